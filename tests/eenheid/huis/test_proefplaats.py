"""Een proefplaats doet niets naar buiten, wat de omgeving van de gemeente ook zegt."""

from pathlib import Path

import pytest

from dienstverlening.proefplaats import niets_naar_buiten
from kern.instellingen import laad_instellingen

ECHT = {
    "BRP_URL": "https://brp.voorbeeld.nl",
    "DIENST_ZAKEN": "https://ik:geheim@zaken.voorbeeld.nl/zaken/api/v1",
    "OPSLAG_URL": "s3://echt",
    "SMTP_URL": "smtp://mail.voorbeeld.nl",
    "SMS_URL": "https://sms.voorbeeld.nl",
    "UITBETALEN_URL": "https://bank.voorbeeld.nl",
    "PRINT_MAP": "/srv/print",
    "ZEGEL_BESTAND": "/srv/zegel.p12",
    "HTTP_TOEGESTAAN": "https://ander.voorbeeld.nl",
}


def test_de_omgeving_wijst_een_proefplaats_niet_naar_buiten(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for naam, waarde in ECHT.items():
        monkeypatch.setenv(naam, waarde)
    monkeypatch.setenv("BRP_SLEUTEL", "echt")
    monkeypatch.setenv("GEMEENTE_NAAM", "Gemeente Elders")
    instellingen = laad_instellingen(**niets_naar_buiten(), omgeving="test", data=tmp_path)
    assert [naam for naam in ECHT if getattr(instellingen, naam.lower())] == []
    assert instellingen.brp_sleutel.get_secret_value() == ""
    assert instellingen.gemeente_naam == "Gemeente Elders"
