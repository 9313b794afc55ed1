"""Een besluit wijzigen of intrekken met een nieuw besluit (Awb 6:19): elk noemt het andere, en het oude eindigt waar het nieuwe begint."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal

from integratie.besluiten.client import BesluitenClient
from integratie.besluiten.schemas import BesluitUit, Vervalreden

INGETROKKEN: Final = "ingetrokken_overheid"
Hoe = Literal["wijzigen", "intrekken"]
NIEUW_NOEMT: Final[Mapping[Hoe, str]] = {"wijzigen": "Vervangt", "intrekken": "Trekt in"}
"""Het kenmerk waarmee het nieuwe besluit het oude noemt."""
OUD_NOEMT: Final[Mapping[Hoe, str]] = {"wijzigen": "Vervangen door", "intrekken": "Ingetrokken door"}
"""Het kenmerk waarmee het oude besluit het nieuwe noemt."""


def vervang(
    client: BesluitenClient,
    oud: BesluitUit,
    nieuw: BesluitUit,
    hoe: Hoe = "wijzigen",
    vervalreden: Vervalreden = INGETROKKEN,
) -> None:
    """Leg de vervanging in beide besluiten vast. Herhalen verandert niets."""
    if nieuw.uitleg.kenmerk(NIEUW_NOEMT[hoe]) != oud.identificatie:
        client.wijzig_besluit(nieuw.url, toelichting=nieuw.uitleg.met(NIEUW_NOEMT[hoe], oud.identificatie).als_tekst())
    if oud.uitleg.kenmerk(OUD_NOEMT[hoe]) != nieuw.identificatie:
        client.wijzig_besluit(
            oud.url,
            toelichting=oud.uitleg.met(OUD_NOEMT[hoe], nieuw.identificatie).als_tekst(),
            vervaldatum=_laatste_dag(oud, nieuw).isoformat(),
            vervalreden=vervalreden,
        )


def opgevolgd_door(besluit: BesluitUit) -> str:
    """Het nummer van het besluit dat dit wijzigt of intrekt; leeg als het er niet is."""
    return next(filter(None, (besluit.uitleg.kenmerk(naam) for naam in OUD_NOEMT.values())), "")


def _laatste_dag(oud: BesluitUit, nieuw: BesluitUit) -> date:
    """De dag voor het nieuwe begint, maar nooit voor de dag waarop het oude begon of na de dag waarop het al eindigde."""
    dag = max(nieuw.ingangsdatum - timedelta(days=1), oud.ingangsdatum)
    return min(dag, oud.vervaldatum) if oud.vervaldatum else dag
