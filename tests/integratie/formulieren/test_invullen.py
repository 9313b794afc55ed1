"""Een formulier invullen: wie het mag, wat wij al weten, en dat er niets verloren gaat of lekt."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

import formulieren
from formuliermotor.teksten import TEKSTEN
from huisstijl.taal import Catalogus, teksten_in
from kern.concepten import ruim_verlopen_op
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.ldv import gebruik_van
from tests.integratie.formulieren.hulp import JAN, REGISTRATIE, VERGUNNING, Browser
from tests.integratie.formulieren.invullen import (
    AKKOORD,
    CONTACT,
    MIDDEN,
    PDF,
    WONING,
    begin,
    publiceer,
    tot_overzicht,
    verzoeken,
)
from tests.integratie.formulieren.storing import storing

ANDER = "999000147"
EXE = b"MZ\x90\x00 geen pdf"


def test_startpagina_zegt_wat_het_is_en_hoe_in_te_loggen(browser: Browser) -> None:
    browser.ga(VERGUNNING)
    assert browser.kop == "Vergunning toeristische verhuur aanvragen"
    assert "Inloggen met DigiD" in browser.tekst
    assert "Inloggen met eHerkenning" in browser.tekst
    assert "eIDAS" not in browser.tekst
    assert "extra zekerheid" in browser.tekst


def test_inlogkeuze_heeft_alleen_wat_bij_het_formulier_past(browser: Browser) -> None:
    browser.ga(f"{VERGUNNING}/{uuid4()}/stap/woning")
    assert "DigiD Machtigen" in browser.tekst
    assert "eIDAS" not in browser.tekst


def test_te_laag_niveau_vraagt_opnieuw_inloggen(browser: Browser) -> None:
    browser.log_in(VERGUNNING)
    assert "Inloggen met DigiD" in browser.tekst
    adres = next(a for a in browser.links() if "/aanmelden/" in a)
    assert parse_qs(urlsplit(adres).query)["niveau"] == ["midden"]
    browser.ga("/aanmelden/digid?terug=" + VERGUNNING + "&niveau=midden")
    browser.kies_persoon()
    assert "Beginnen" in browser.tekst
    browser.stuur()
    assert browser.kop == "Uw gegevens"


@pytest.mark.parametrize("slug", ["bestaat-niet", "toeristische-verhuur-beoordelen", "x%00", "a" * 500])
def test_onbekend_formulier_is_404(browser: Browser, slug: str) -> None:
    assert browser.ga(f"/formulieren/{slug}").status_code == 404


def test_voorgevuld_uit_de_brp_met_regel_in_het_logboek(browser: Browser, ingericht: Installatie) -> None:
    begin(browser)
    velden = browser.velden()
    assert velden["naam"]
    assert velden["adres"]
    assert "bedrijfsnaam" not in velden
    regels = gebruik_van(ingericht, ("bsn", JAN))
    assert [(regel.verwerkingsactiviteit, regel.status) for regel in regels] == [
        ("urn:dienstverlening:verwerking:formulier-invullen", "Ok")
    ]


def test_zonder_brp_is_het_formulier_zelf_in_te_vullen(browser: Browser, ingericht: Installatie) -> None:
    browser.log_in(REGISTRATIE)
    with storing(ingericht, "/simulatoren/brp"):
        browser.stuur()
    assert "Wij kunnen uw gegevens nu niet ophalen" in browser.tekst
    browser.stuur({"naam": "Jan Jansen"})
    assert browser.kop == "De woning"


def test_wat_de_bron_weet_en_vast_ligt_is_niet_te_vervalsen(browser: Browser, ingericht: Installatie) -> None:
    naam = {"type": "textfield", "key": "naam", "label": "Naam", "disabled": True}
    adres = publiceer(
        ingericht,
        "vast",
        {**naam, "prefill": {"plugin": "brp", "attribute": "naam.volledigeNaam"}},
        {"type": "textfield", "key": "reden", "label": "Reden"},
    )
    begin(browser, adres)
    assert "naam" not in browser.velden()
    echt = browser.tekst
    browser.stuur({"naam": "Iemand Anders", "_velden": "naam,reden", "reden": "Daarom"})
    assert "Iemand Anders" not in browser.tekst
    assert "Daarom" in browser.tekst
    assert "Jan" in echt
    assert "Jan" in browser.tekst


def test_fouten_staan_bij_de_vraag_en_antwoorden_blijven(browser: Browser) -> None:
    begin(browser)
    browser.stuur()
    assert browser.stuur({"woning-postcode": "1234 AB", "woonsituatie": "huur"}).status_code == 422
    assert "Er gaat nog iets niet goed" in browser.tekst
    assert browser.velden()["woning-postcode"] == "1234 AB"
    assert browser.antwoord.text.count("<title>Fout:") == 1


def test_bsn_met_een_typefout(browser: Browser, ingericht: Installatie) -> None:
    adres = publiceer(ingericht, "bsn", {"type": "bsn", "key": "kind", "label": "BSN van uw kind"})
    begin(browser, adres)
    assert browser.stuur({"kind": "123456789"}).status_code == 422
    assert browser.velden()["kind"] == "123456789"
    assert browser.stuur({"kind": "999000147"}).status_code == 200


@pytest.mark.parametrize(
    ("naam", "inhoud", "soort"),
    [
        ("virus.exe", EXE, "application/octet-stream"),
        ("plattegrond.pdf", EXE, "application/pdf"),
        ("groot.pdf", PDF + b"0" * 10_600_000, "application/pdf"),
        ("leeg.pdf", b"", "application/pdf"),
    ],
)
def test_een_verkeerd_bestand_wordt_geweigerd(browser: Browser, naam: str, inhoud: bytes, soort: str) -> None:
    _naar_documenten(browser)
    antwoord = browser.stuur(files=[("bijlagen", (naam, inhoud, soort)), ("bijlagen", ("goed.pdf", PDF, soort))])
    assert antwoord.status_code == 422
    assert "Er gaat nog iets niet goed" in browser.tekst


def test_veel_te_groot_is_een_duidelijke_pagina(browser: Browser) -> None:
    _naar_documenten(browser)
    stap = browser.pad
    antwoord = browser.stuur(files=[("bijlagen", ("groot.pdf", b"%PDF" + b"0" * 51_000_000, "application/pdf"))])
    assert antwoord.status_code == 413
    assert "Kies een kleiner bestand" in browser.tekst
    browser.ga(stap)
    assert browser.kop == "Documenten"


def test_een_bestand_is_weer_te_verwijderen(browser: Browser, ingericht: Installatie) -> None:
    _naar_documenten(browser)
    stap = browser.pad
    browser.stuur(files=[("bijlagen", ("plattegrond.pdf", PDF, "application/pdf"))])
    browser.ga(stap)
    assert "plattegrond.pdf" in browser.tekst
    knop = next(w for w in browser.knopwaarden() if w.startswith("verwijder-bestand:"))
    sleutel = f"concept/{stap.split('/')[3]}/{knop.rpartition(':')[2]}"
    assert ingericht.opslag.bestaat(sleutel)
    browser.stuur(actie=knop)
    assert "plattegrond.pdf" not in browser.tekst
    assert not ingericht.opslag.bestaat(sleutel)


def test_een_verlopen_inzending_verdwijnt_met_haar_bestanden(
    browser: Browser, ingericht: Installatie, klok: VerzetbareKlok
) -> None:
    _naar_documenten(browser)
    map_ = f"concept/{browser.pad.split('/')[3]}"
    browser.stuur(files=[("bijlagen", ("plattegrond.pdf", PDF, "application/pdf"))])
    assert ingericht.opslag.bestaat(map_)
    klok.verzet(timedelta(days=31))
    assert ruim_verlopen_op(ingericht) == 1
    assert not ingericht.opslag.bestaat(map_)


def _naar_documenten(browser: Browser) -> None:
    begin(browser, VERGUNNING)
    browser.stuur()
    browser.stuur({**WONING, "nachten": "40"})
    assert browser.kop == "Documenten", browser.tekst


def test_sessie_voorbij_antwoorden_blijven(browser: Browser, klok: VerzetbareKlok) -> None:
    begin(browser)
    browser.stuur()
    stap = browser.pad
    klok.verzet(timedelta(minutes=16))
    browser.stuur({**WONING, "woning-postcode": "klopt niet"})
    assert browser.kop == "Hoe wilt u inloggen?"
    browser.ga(next(a for a in browser.links() if a.startswith("/aanmelden/digid?")))
    browser.kies_persoon()
    assert browser.pad == stap
    assert "Uw antwoorden zijn er nog" in browser.tekst
    velden = browser.velden()
    assert (velden["woonsituatie"], velden["woning-postcode"]) == ("koop", "klopt niet")
    browser.stuur({"woning-postcode": "1234 AB"})
    assert browser.kop == "Hoe houden wij u op de hoogte?"


def test_geredde_antwoorden_zijn_niet_voor_een_ander(browser: Browser, klok: VerzetbareKlok) -> None:
    begin(browser)
    browser.stuur()
    klok.verzet(timedelta(minutes=16))
    browser.stuur({**WONING, "woning-postcode": "4321 ZZ"})
    browser.ga(next(a for a in browser.links() if a.startswith("/aanmelden/digid?")))
    assert browser.kies_persoon(ANDER).status_code == 404
    assert "4321" not in browser.antwoord.text


def test_inzending_van_een_ander_bestaat_niet(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    adres = browser.pad
    ander = Browser(ingericht)
    ander.log_in("/", persoon=ANDER)
    for pagina in ("overzicht", "stap/woning", "bewaard", "bevestiging", "kopie.pdf"):
        assert ander.ga(adres.replace("overzicht", pagina)).status_code == 404
    assert ander.ga(adres.replace("registratie", "vergunning")).status_code in (200, 404)
    assert "jan@example.nl" not in ander.antwoord.text


def test_later_verder_en_verwijderen(browser: Browser) -> None:
    begin(browser)
    browser.stuur({"telefoon": "0612345678"}, actie="later")
    assert browser.kop == "Uw antwoorden zijn bewaard"
    browser.ga(REGISTRATIE)
    assert "U bent al begonnen" in browser.tekst
    browser.ga(next(a for a in browser.links() if "/stap/" in a))
    assert browser.velden()["telefoon"]
    browser.ga(REGISTRATIE)
    formulieren_ = browser.formulieren()
    browser.antwoord = browser.http.post(formulieren_[0][0], data=formulieren_[0][1])
    assert "Uw antwoorden zijn verwijderd." in browser.tekst
    assert "U bent al begonnen" not in browser.tekst


def test_twee_tabbladen_wissen_elkaars_antwoorden_niet(browser: Browser) -> None:
    begin(browser)
    browser.stuur()
    woning = browser.antwoord
    browser.ga(browser.pad.replace("woning", "contact"))
    browser.stuur(CONTACT)
    browser.antwoord = woning
    browser.stuur(WONING)
    browser.ga(browser.pad.replace("stap/contact", "overzicht"))
    assert "jan@example.nl" in browser.tekst
    assert "Een deel, zoals een kamer" in browser.tekst


def test_overslaan_van_stappen_wordt_bij_versturen_gezien(browser: Browser, ingericht: Installatie) -> None:
    begin(browser)
    browser.ga(browser.pad.replace("stap/gegevens", "overzicht"))
    antwoord = browser.stuur(AKKOORD)
    assert antwoord.status_code == 422
    assert browser.kop == "De woning"
    assert "Er gaat nog iets niet goed" in browser.tekst
    assert verzoeken(ingericht) == []


def test_onderneming_heeft_een_eigen_weg(browser: Browser, ingericht: Installatie) -> None:
    browser.log_in(REGISTRATIE, "eherkenning", "havenzicht")
    browser.stuur()
    velden = browser.velden()
    assert velden["bedrijfsnaam"] == "Havenzicht Vastgoed"
    assert "naam" not in velden
    browser.stuur({"soortVerhuur": "tweedewoning"})
    assert "hoofdverblijf" not in browser.antwoord.text
    browser.stuur({k: v for k, v in WONING.items() if k != "hoofdverblijf"})
    browser.stuur(CONTACT)
    browser.stuur(AKKOORD)
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.initiator == "urn:nld:hr:kvknummer:90000026"
    assert verzoek.authenticatie_context is not None
    assert verzoek.authenticatie_context["source"] == "eherkenning"


def test_machtiging_is_voor_de_vertegenwoordigde(browser: Browser, ingericht: Installatie) -> None:
    browser.log_in(REGISTRATIE, "digid-machtigen", "anna-voor-hendrik")
    browser.stuur()
    assert "Hendrik" in browser.velden()["naam"]
    browser.stuur()
    browser.stuur(WONING)
    browser.stuur(CONTACT)
    browser.stuur(AKKOORD)
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.initiator == "urn:nld:brp:bsn:999000147"
    assert verzoek.authenticatie_context is not None
    assert verzoek.authenticatie_context["representee"]["identifier"] == "999000147"


def test_een_machtiging_geldt_alleen_voor_haar_dienst(browser: Browser, ingericht: Installatie) -> None:
    browser.log_in(REGISTRATIE, "digid-machtigen", "eva-voor-marit")
    assert browser.kop == "Toeristische verhuur registreren"
    assert "Uw machtiging geldt niet voor dit formulier" in browser.tekst
    assert "Marit Postma" in browser.tekst
    assert browser.formulieren() == []
    parkeren = publiceer(ingericht, "parkeren", {"type": "textfield", "key": "iets", "label": "Iets"})
    ander = publiceer(
        ingericht,
        "ander",
        {"type": "textfield", "key": "iets", "label": "Iets"},
        gegevens={"verzoektype": "proef", "machtigingsdiensten": ["wonen", "parkeren"]},
    )
    for adres in (parkeren, ander):
        browser.ga(adres)
        browser.stuur()
        assert browser.kop == "Vragen", adres


def test_eidas_zonder_bsn(browser: Browser, ingericht: Installatie) -> None:
    browser.log_in(REGISTRATIE, "eidas", "duitsland")
    browser.stuur()
    assert browser.velden()["naam"] == "Greta Schmidt"
    browser.stuur()
    browser.stuur(WONING)
    browser.stuur(CONTACT)
    browser.stuur(AKKOORD)
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.initiator.startswith("urn:nld:eidas:pseudoniem:")


def test_medewerker_vult_geen_formulier_in(browser: Browser) -> None:
    browser.log_in(REGISTRATIE, "medewerkers", "kim")
    assert "Inloggen met DigiD" in browser.tekst
    assert "Beginnen" not in browser.tekst.replace("Inloggen en beginnen", "")


def test_zonder_inloggen(browser: Browser, ingericht: Installatie) -> None:
    vraag = {"type": "textarea", "key": "melding", "label": "Wat is er?", "validate": {"required": True}}
    adres = publiceer(ingericht, "melding", vraag, inlogmiddelen=[])
    browser.ga(adres)
    browser.stuur()
    browser.stuur({"melding": "Een gat in de weg"})
    assert browser.kop == "Controleer uw antwoorden"
    overzicht = browser.pad
    assert Browser(ingericht).ga(overzicht).status_code == 404


def test_een_stukje_pagina_bij_een_andere_keuze(browser: Browser) -> None:
    begin(browser)
    browser.stuur()
    velden = {**browser.velden(), "woonsituatie": "huur", "actie": "ververs"}
    antwoord = browser.http.post(browser.pad, data=velden, headers={"X-Fragment": "1"})
    assert "woningcorporatie" in antwoord.text
    assert "<html" not in antwoord.text


def test_niveau_op_maat_blijft_bij_doorgaan(browser: Browser) -> None:
    browser.log_in(VERGUNNING, acr=MIDDEN)
    browser.stuur()
    assert browser.kop == "Uw gegevens"


def test_alle_teksten_hebben_een_vertaling() -> None:
    map_ = Path(formulieren.__file__).parent
    bekend = TEKSTEN.met(Catalogus.lees(map_ / "vertalingen"))
    assert bekend.ontbrekend(teksten_in(map_)) == set()
