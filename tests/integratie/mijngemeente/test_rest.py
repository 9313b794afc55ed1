"""Berichten, contacten, producten, gegevens, gebruik en voorkeuren."""

import re
from datetime import timedelta

import pytest

from integratie.berichten import BerichtenClient
from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from kern.ldv import gebruik_van
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.formulieren.storing import storing
from tests.integratie.kcc.voorbeeld import maak_contact
from tests.integratie.mijngemeente.conftest import JAN, inwoner
from tests.integratie.mijngemeente.voorbeeld import INHOUD, maak_bericht, maak_dossier
from tests.opzet import richt_voorbeeld_in

SOPHIE, BEWIND = "999000275", "anna-voor-hendrik"
TELLER = re.compile(r'utrecht-badge-counter">(\d+)')


def test_bericht_lezen(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    maak_bericht(ingericht, JAN, "Nog een bericht")
    jan.ga("/mijn/berichten")
    assert jan.tekst.count("Nieuw") == 2
    jan.ga(f"/mijn/berichten/{dossier.bericht}")
    assert "Er is nieuws" in jan.tekst
    assert "Brief kiwi.pdf" in jan.tekst  # de naam van het document, ook als het bericht zelf geen omschrijving geeft
    bijlage = next(link for link in jan.links() if "/bijlagen/" in link)
    assert jan.http.get(bijlage).content == INHOUD
    gelezen = BerichtenClient(ingericht, namens="proef").bericht(f"berichten/{dossier.bericht}")
    assert gelezen.geopend_op is not None
    jan.ga("/mijn/berichten")
    assert jan.tekst.count("Nieuw") == 1
    assert "1" in TELLER.findall(jan.antwoord.text)


def test_een_bericht_voor_later_is_er_nog_niet(ingericht: Installatie, jan: Browser) -> None:
    straks = ingericht.klok.nu() + timedelta(days=1)
    bericht = maak_bericht(ingericht, JAN, "Pas morgen", publicatiedatum=straks)
    assert jan.ga(f"/mijn/berichten/{bericht.uuid}").status_code == 404
    jan.ga("/mijn/berichten")
    assert "Pas morgen" not in jan.tekst


def test_contacten_zonder_de_notitie(ingericht: Installatie, jan: Browser) -> None:
    maak_contact(ingericht, JAN, "Vraag over de tekening", afdeling="wonen")
    jan.ga("/mijn/contacten")
    assert "Vraag over de tekening" in jan.tekst
    assert "Wij zijn ermee bezig" in jan.tekst
    assert "Telefoon" in jan.tekst


def test_producten(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    jan.ga("/mijn/producten")
    assert "Product kiwi" in jan.tekst
    jan.ga(f"/mijn/producten/{dossier.product}")
    assert "Geldig" in jan.tekst
    assert f"/mijn/zaken/nummer/{dossier.nummer}" in jan.links()


def test_gegevens_met_een_regel_in_het_logboek(ingericht: Installatie, jan: Browser) -> None:
    jan.ga("/mijn/gegevens")
    assert "Jan Willem de Vries" in jan.tekst
    assert JAN not in jan.antwoord.text
    namen = [regel.naam for regel in gebruik_van(ingericht, ("bsn", JAN))]
    assert namen.count("Eigen gegevens bekeken") == 1
    assert set(namen) == {"Eigen gegevens bekeken", "MijnGemeente bekeken"}
    jan.ga("/mijn/gegevens/gebruik")
    assert "Eigen gegevens bekeken" in jan.tekst


def test_geheimhouding(ingericht: Installatie) -> None:
    sophie = inwoner(ingericht, SOPHIE)
    sophie.ga("/mijn/gegevens")
    assert "Uw gegevens zijn geheim" in sophie.tekst


def test_brp_hapert(ingericht: Installatie, jan: Browser) -> None:
    with storing(ingericht, "/simulatoren/brp"):
        jan.ga("/mijn/gegevens")
    assert jan.antwoord.status_code == 200
    assert "niet bereikbaar" in jan.tekst


@pytest.mark.parametrize(
    ("middel", "wie", "naam"),
    [("eherkenning", "zonnebloem", "90000018"), ("eherkenning", "korenaar-haven", "000090000342")],
)
def test_onderneming(ingericht: Installatie, middel: str, wie: str, naam: str) -> None:
    browser = Browser(ingericht)
    browser.log_in("/mijn/", middel, wie)
    browser.ga("/mijn/gegevens")
    assert naam in browser.tekst
    assert (
        f"nummer {naam}" in browser.tekst or f"vestiging {naam}" in browser.tekst
    )  # in de kop: voor welke onderneming
    assert "Kamer van Koophandel" in browser.tekst
    for pad in ("zaken", "taken", "berichten", "producten", "contacten", "voorkeuren", "gegevens/gebruik"):
        assert browser.ga(f"/mijn/{pad}").status_code == 200, pad


def test_machtiging_staat_erbij(ingericht: Installatie) -> None:
    browser = Browser(ingericht)
    browser.log_in("/mijn/", "digid-machtigen", BEWIND)
    assert "U handelt nu voor" in browser.tekst


def test_een_machtiging_voor_iets_anders_opent_niets(ingericht: Installatie) -> None:
    browser = Browser(ingericht)
    browser.log_in("/mijn/", "digid-machtigen", "eva-voor-marit")
    for pad in ("", "zaken", "gegevens"):
        assert browser.ga(f"/mijn/{pad}").status_code == 403
        assert "Uw machtiging geldt niet voor MijnGemeente" in browser.tekst


def test_bijlagen_zonder_documentenapi(ingericht: Installatie, jan: Browser) -> None:
    dossier = maak_dossier(ingericht, JAN, "kiwi")
    with storing(ingericht, "/documenten/api/v1"):
        assert jan.ga(f"/mijn/berichten/{dossier.bericht}").status_code == 200
    assert "Bijlage 1" in jan.tekst


def test_europeaan_zonder_bsn(ingericht: Installatie) -> None:
    browser = Browser(ingericht)
    browser.log_in("/mijn/", "eidas", "duitsland")
    assert browser.pad == "/mijn/"
    for pad in ("zaken", "taken", "berichten", "producten", "contacten", "voorkeuren", "gegevens", "gegevens/gebruik"):
        assert browser.ga(f"/mijn/{pad}").status_code == 200, pad


def test_voorkeuren(installatie: Installatie) -> None:
    richt_voorbeeld_in(installatie)
    jan = inwoner(installatie, JAN)
    jan.ga("/mijn/voorkeuren")
    assert "Bouwstenen" not in jan.tekst
    assert "onderwerp-algemene-aanvraag" in jan.antwoord.text
    onderwerp = next(naam for naam in ("onderwerp-toeristische-verhuur",) if naam in jan.antwoord.text)
    jan.stuur({onderwerp: "email", "email": "", "taal": "nld"})
    assert jan.antwoord.status_code == 422
    jan.stuur({onderwerp: "email", "email": "jan@voorbeeld.nl", "taal": "eng"})
    assert "Uw voorkeuren zijn bewaard" in jan.tekst
    client = KlantinteractiesClient(installatie, namens="proef")
    partij = client.partij_bij_bsn(JAN)
    assert partij is not None
    assert partij.voorkeurstaal == "eng"
    keuze = client.kanaalvoorkeur(partij.uuid, "toeristische-verhuur")
    assert keuze is not None
    assert keuze.adres == "jan@voorbeeld.nl"
    assert jan.velden()["email"] == "jan@voorbeeld.nl"
    jan.stuur({onderwerp: "post", "taal": "nld"})
    keuze = client.kanaalvoorkeur(partij.uuid, "toeristische-verhuur")
    assert keuze is not None
    assert not keuze.elektronisch
    client.zet_kanaalvoorkeur(partij.uuid, "oud-onderwerp", "jan@voorbeeld.nl", omschrijving="Oud onderwerp")
    jan.ga("/mijn/voorkeuren")
    assert "Oud onderwerp" not in jan.tekst
    assert jan.velden()[onderwerp] == "post"
    jan.stuur({onderwerp: "post", "taal": "nld"})
    bewaard = client.kanaalvoorkeur(partij.uuid, "oud-onderwerp")
    assert bewaard is not None
    assert bewaard.elektronisch


def test_sessie_verlengen_en_uitloggen(jan: Browser) -> None:
    assert jan.http.get("/mijn/sessie").status_code == 204
    jan.ga("/mijn/")
    assert 'data-verleng="/mijn/sessie"' in jan.antwoord.text
    assert 'data-seconden="900"' in jan.antwoord.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', jan.antwoord.text)
    assert token
    jan.http.post("/afmelden", data={"csrf_token": token[1]})
    assert jan.http.get("/mijn/sessie", follow_redirects=False).status_code == 302
