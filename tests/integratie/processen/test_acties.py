"""Een actie starten op een zaak: alleen op een zaak van deze gemeente."""

from uuid import uuid4

import pytest

from kern.installatie import Installatie
from tests.integratie.processen.api.hulp import PAD, maak_token


@pytest.mark.parametrize(
    "zaak", ["https://elders.example/zaken/1", "/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000"]
)
def test_een_zaak_die_er_niet_is_wordt_geweigerd(installatie: Installatie, zaak: str) -> None:
    """Een adres van een ander wordt niet bezocht."""
    url = zaak if zaak.startswith("https") else installatie.instellingen.adres + zaak
    invoer = {"uuid": str(uuid4()), "zaak": url, "proces": "toeristische-verhuur-controle"}
    bezocht = []
    installatie.http.event_hooks["request"].append(lambda verzoek: bezocht.append(verzoek.url.host))
    koppen = maak_token(installatie)
    antwoord = installatie.http.post(f"{installatie.instellingen.adres}{PAD}/acties", json=invoer, headers=koppen)
    installatie.http.event_hooks["request"].pop()
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "zaak")
    assert "elders.example" not in bezocht


def test_een_wekker_op_iets_dat_geen_zaak_is(installatie: Installatie) -> None:
    invoer = {"uuid": str(uuid4()), "zaak": "https://elders.example", "moment": "dreigt"}
    adres = f"{installatie.instellingen.adres}/termijnen/api/v1/wekkers"
    koppen = maak_token(installatie, api="termijnen")
    antwoord = installatie.http.post(adres, json=invoer, headers=koppen)
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "zaak")
