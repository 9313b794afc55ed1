"""Lopende zaken naar een nieuwe versie: proef, overbrengen, wie niet kan en waarom, en terug zolang het kan."""

import re
from uuid import UUID

from sqlalchemy import func, select

from processen import maak_motor
from processen.modelleren import Werkplaats
from processen.motor.tabellen import Instantie
from tests.integratie.processen.modelleren.conftest import PAKKET
from tests.reishulp import CORPORATIE, Gemeente
from tests.schermhulp import Venster

PROCES = "toeristische-verhuur-vergunning"
ADRES = f"/beheer/pakketten/{PAKKET}/proces/{PROCES}/verhuizen"
OUD, NIEUW = "handmatig", "opnieuw-beoordelen"


def _op(gemeente: Gemeente, definitie: UUID) -> int:
    vraag = select(func.count()).where(Instantie.definitie == definitie, Instantie.staat == "loopt")
    with gemeente.installatie.db.lezen() as verbinding:
        return verbinding.scalar(vraag) or 0


def test_overbrengen_en_terug(femke: Venster, plaats: Werkplaats, gemeente: Gemeente) -> None:
    verzoeken = [gemeente.dien_in("vergunning", CORPORATIE) for _ in range(3)]
    gemeente.werk()
    motor = maak_motor(gemeente.installatie)
    bestanden = plaats.bestanden(PAKKET)
    bpmn = re.sub(rb'"%b"' % OUD.encode(), b'"%b"' % NIEUW.encode(), bestanden[f"processen/{PROCES}.bpmn"])
    beslissingen = [inhoud.decode() for pad, inhoud in bestanden.items() if pad.startswith("beslissingen/")]
    with gemeente.installatie.db.schrijven() as verbinding:
        van = next(d for d in motor.definities.lijst(verbinding, PROCES) if d.staat == "actief")
        naar = motor.zet_neer(verbinding, bpmn, beslissingen, pakket=PAKKET)
    lopend = _op(gemeente, van.id)
    assert lopend >= 3

    femke.naar(ADRES)
    assert f"Van versie {van.versie} naar versie {naar.versie}" in femke.tekst
    assert f'<option value="{NIEUW}" selected>' in femke.tekst
    femke.stuur(ADRES, actie="proef", van=str(van.id), **{f"stap-{OUD}": ""})
    assert f"0 zaken kunnen over, {lopend} niet. Er is nog niets veranderd." in femke.tekst
    assert "waar gaat deze open stap heen?" in femke.tekst
    femke.stuur(ADRES, actie="proef", van=str(van.id))
    assert f"{lopend} zaken kunnen over, 0 niet." in femke.tekst
    assert _op(gemeente, naar.id) == 0

    femke.stuur(ADRES, actie="verhuis", van=str(van.id), **{f"stap-{OUD}": NIEUW})
    assert f"{lopend} zaken zijn verhuisd." in femke.tekst
    assert (_op(gemeente, van.id), _op(gemeente, naar.id)) == (0, lopend)
    gemeente.rond_af(gemeente.zaak(verzoeken[0]), besluit="weigeren", steuntOp="nee", motivering="Corporatiewoning.")
    femke.stuur(ADRES, actie="terug", van=str(van.id))
    assert "terug op de oude versie. 1 zaak was al verder en blijft." in femke.tekst
    assert _op(gemeente, van.id) == lopend - 1

    model = f"/beheer/pakketten/{PAKKET}/proces/{PROCES}/versie"
    assert femke.http.get(f"{model}/{naar.id}.bpmn").content == bpmn
    assert femke.http.get(f"/beheer/pakketten/{PAKKET}/proces/ander/versie/{naar.id}.bpmn").status_code == 404
    with gemeente.installatie.db.schrijven() as verbinding:
        motor.activeer(verbinding, van.id)
