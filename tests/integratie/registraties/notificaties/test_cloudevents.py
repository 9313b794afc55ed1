"""CloudEvents volgens het NL GOV-profiel: dezelfde berichten voor wie daarom vraagt, en gebeurtenissen met een eigen naam."""

from collections.abc import Callable
from typing import Any

import pytest

from integratie.notificaties import NotificatiesClient
from kern.installatie import Installatie
from kit.cloudevents import bron_urn, maak_gebeurtenis, meld_gebeurtenis
from tests.integratie.registraties.notificaties.test_notificaties import (
    ZAAK,
    Abonnee,
    abonnees,
    abonnement,
    bericht,
    nrc,
)
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van

__all__ = ["abonnees", "nrc"]
GEBEURTENIS: dict[str, Any] = {
    "specversion": "1.0",
    "id": "een-2",
    "source": "urn:nld:oin:00000001517439943000:systeem:taken",
    "type": "nl.overheid.taken.externetaak-geregistreerd",
    "subject": "http://platform.test/taken/api/v1/externetaken/0c3a7c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f",
    "time": "2026-01-01T12:00:00Z",
    "data": {"taakSoort": "betaaltaak"},
}


def met_cloudevents(*soorten: str, **filters: str) -> dict[str, Any]:
    gevraagd = [{"typeSubstring": soort, "filters": filters} for soort in soorten]
    return abonnement(kanalen=[], sendCloudevents=True, cloudeventFilters=gevraagd)


def test_een_notificatie_als_cloudevent(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    nrc.vraag("POST", "abonnement", json=abonnement(sendCloudevents=True))
    nrc.vraag("POST", "abonnement", json=abonnement("/twee"))
    nrc.vraag("POST", "notificaties", json=bericht(resource="status", resourceUrl=f"{ZAAK}/statussen/1"))
    werk_outbox_af()
    (gekregen,) = abonnees["/een"].berichten
    assert gekregen == {
        "specversion": "1.0",
        "id": gekregen["id"],
        "source": "urn:nld:oin:00000001517439943000:systeem:zaken",
        "type": "nl.overheid.zaken.status.create",
        "subject": ZAAK,
        "time": "2026-01-01T12:00:00Z",
        "dataref": f"{ZAAK}/statussen/1",
        "datacontenttype": "application/json",
        "data": {"bronorganisatie": "517439943", "hoofdObject": ZAAK},
    }
    assert abonnees["/een"].mediatypes == {"application/cloudevents+json"}
    assert abonnees["/twee"].mediatypes == {"application/json"}
    assert abonnees["/twee"].berichten[0]["resource"] == "status"


def test_elke_poging_heeft_hetzelfde_id(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    """Wie een bericht twee keer krijgt, herkent het aan bron en id; elke abonnee krijgt hetzelfde."""
    for pad in ("/een", "/twee"):
        nrc.vraag("POST", "abonnement", json=abonnement(pad, sendCloudevents=True))
    nrc.vraag("POST", "notificaties", json=bericht())
    werk_outbox_af()
    assert abonnees["/een"].berichten == abonnees["/twee"].berichten


@pytest.mark.parametrize(
    ("soorten", "filters", "komt_aan"),
    [
        (("nl.overheid.taken",), {}, True),
        (("",), {}, True),
        (("nl.overheid.zaken", "externetaak-geregistreerd"), {}, True),
        (("nl.overheid.taken",), {"taakSoort": "betaaltaak"}, True),
        (("nl.overheid.taken",), {"taakSoort": "urltaak"}, False),
        (("nl.overheid.zaken",), {}, False),
        ((), {}, False),
    ],
)
def test_een_eigen_gebeurtenis_voor_wie_erom_vroeg(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    soorten: tuple[str, ...],
    filters: dict[str, str],
    komt_aan: bool,
) -> None:
    nrc.vraag("POST", "abonnement", json=met_cloudevents(*soorten, **filters))
    nrc.vraag("POST", "abonnement", json=abonnement("/twee"))
    assert nrc.vraag("POST", "cloudevents", json=GEBEURTENIS) == GEBEURTENIS
    werk_outbox_af()
    assert abonnees["/een"].berichten == ([GEBEURTENIS] if komt_aan else [])
    assert abonnees["/twee"].berichten == []


def test_een_registratie_meldt_een_gebeurtenis(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    installatie: Installatie,
) -> None:
    nrc.vraag("POST", "abonnement", json=met_cloudevents("nl.overheid.taken"))
    geef_rechten(installatie, {"component": "nrc", "scopes": ["notificaties.publiceren"]}, namens="taken")
    werk_outbox_af()  # de melding over deze rechten gaat eerst: haar kanaal is hier nog niet bekend
    gebeurtenis = maak_gebeurtenis(
        installatie, registratie="taken", soort=GEBEURTENIS["type"], onderwerp="taken:externetaken/1"
    )
    with installatie.db.schrijven() as verbinding:
        meld_gebeurtenis(installatie, verbinding, gebeurtenis)
    werk_outbox_af()
    (gekregen,) = abonnees["/een"].berichten
    assert gekregen["source"] == bron_urn(installatie, "taken")
    assert gekregen["subject"] == "http://platform.test/taken/api/v1/externetaken/1"
    assert gekregen["type"] == GEBEURTENIS["type"]


def test_een_gebeurtenis_is_compleet_en_van_wie_mag_publiceren(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], installatie: Installatie
) -> None:
    assert fouten_van(nrc, "POST", "cloudevents", {"specversion": "2"}) == {
        "specversion": "invalid_choice",
        "id": "required",
        "source": "required",
        "type": "required",
    }
    geef_rechten(installatie, {"component": "nrc", "scopes": ["notificaties.consumeren"]})
    assert status_van(NotificatiesClient(installatie, namens=PROEF), "POST", "cloudevents", GEBEURTENIS) == 403
