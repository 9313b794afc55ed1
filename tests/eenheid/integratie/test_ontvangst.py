"""De dag waarop een verzoek ontvangen is."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from integratie.verzoeken.ontvangst import ontvangen_op
from integratie.verzoeken.schemas import VerzoekUit

REGISTRATIE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # in Nederland al 3 maart


def verzoek(kanaal: str, **gegevens: Any) -> VerzoekUit:
    uuid = uuid4()
    return VerzoekUit.model_construct(
        url="https://x/v/1",
        urn="",
        uuid=uuid,
        verzoek_type="https://x/t/1",
        verzoek_type_urn="",
        versie=1,
        kanaal=kanaal,
        aanvraag_gegevens=gegevens,
        geregistreerd_op=REGISTRATIE,
    )


@pytest.mark.parametrize(
    ("kanaal", "gegeven", "dag"),
    [
        ("formulieren", None, date(2026, 3, 3)),
        ("formulieren", "2026-01-01", date(2026, 3, 3)),  # wie zelf indient bepaalt de dag niet
        ("balie", "2026-02-27", date(2026, 2, 27)),
        ("post", "2026-02-27", date(2026, 2, 27)),
        ("telefoon", None, date(2026, 3, 3)),
        ("balie", "2026-03-09", date(2026, 3, 3)),  # nooit na de registratie
        ("balie", "onzin", date(2026, 3, 3)),
    ],
)
def test_ontvangen_op(kanaal: str, gegeven: str | None, dag: date) -> None:
    gegevens = {} if gegeven is None else {"ontvangstdatum": gegeven}
    assert ontvangen_op(verzoek(kanaal, **gegevens)) == dag
