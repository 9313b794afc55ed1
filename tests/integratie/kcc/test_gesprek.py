"""Gesprekken: onderweg bewaard op de server, en afgerond als precies één klantcontact per vraag."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.client import KlantcontactMetRelaties
from kcc.afdelingen import zet_afdelingen
from kern.installatie import Installatie
from tests.integratie.kcc.hulp import JAN, TOKEN, VERSIE, Medewerker, medewerker
from tests.integratie.kcc.voorbeeld import klanten, maak_zaken

GOED = {"onderwerp": "Hoe lang duurt het?", "uitkomst": "beantwoord", "notitie": "Zes weken."}


@pytest.fixture
def gesprek(kim: Medewerker) -> Medewerker:
    """Kim is in gesprek met Jan."""
    klant = kim.zoek("bsn", bsn=JAN).pad.rpartition("/")[2]
    return kim.begin_gesprek(klant)


def contacten(installatie: Installatie) -> list[KlantcontactMetRelaties]:
    return klanten(installatie).klantcontacten({"ordering": "plaatsgevondenOp"}).results


def test_afronden_legt_het_contact_vast_bij_de_klant_en_de_zaak(gesprek: Medewerker, installatie: Installatie) -> None:
    zaken = maak_zaken(installatie, JAN)
    gesprek.bewaar("afronden", **GOED, zaaknummer="ZAAK-0")
    assert gesprek.pad.startswith("/kcc/klant/"), gesprek.tekst
    assert "Het contact is vastgelegd." in gesprek.tekst
    assert "Hoe lang duurt het?" in gesprek.tekst
    (contact,) = contacten(installatie)
    assert contact.had_betrokken_actoren[0].naam == "Kim Jansma"
    partij = klanten(installatie).partij_bij_bsn(JAN)
    assert partij
    (betrokkene,) = contact.gekoppeld["hadBetrokkenen"]
    assert betrokkene["wasPartij"]["uuid"] == str(partij.uuid)
    (onderwerp,) = contact.gekoppeld["gingOverOnderwerpobjecten"]
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == zaken[0]["uuid"]
    assert "Hoe lang duurt het?" in gesprek.naar(f"/kcc/zaak/{zaken[0]['uuid']}").tekst
    assert "Zes weken." in gesprek.naar(f"/kcc/contact/{contact.uuid}").tekst


def test_twee_keer_klikken_geeft_een_contact(gesprek: Medewerker, installatie: Installatie) -> None:
    versie, token = VERSIE.search(gesprek.tekst), TOKEN.search(gesprek.tekst)
    assert versie
    assert token
    velden = {f"{gesprek.vragen[0]}{naam}": waarde for naam, waarde in GOED.items()}
    inhoud = {"csrf_token": token[1], "versie": versie[1], "kanaal": "telefoon", "actie": "afronden", **velden}
    with ThreadPoolExecutor(2) as pool:
        antwoorden = list(pool.map(lambda _: gesprek.http.post(gesprek.pad, data=inhoud), range(2)))
    assert {antwoord.status_code for antwoord in antwoorden} <= {200, 409}
    assert len(contacten(installatie)) == 1
    gesprek.antwoord = antwoorden[0]
    gesprek.stuur(gesprek.pad, **inhoud)
    assert len(contacten(installatie)) == 1


def test_gesprek_overleeft_een_nieuwe_browser(gesprek: Medewerker, installatie: Installatie) -> None:
    velden = {f"{gesprek.vragen[0]}notitie": "Halverwege ging het mis"}
    versie = VERSIE.search(gesprek.tekst)
    assert versie
    pad = gesprek.pad
    gesprek.stuur(f"{pad}/bewaar", versie=versie[1], **velden)
    assert gesprek.antwoord.json() == {"versie": int(versie[1]) + 1}
    with medewerker(installatie) as opnieuw:
        assert "Jan Willem de Vries" in opnieuw.naar("/kcc/gesprekken").tekst
        assert "Halverwege ging het mis" in opnieuw.naar(pad).tekst


def test_ander_tabblad_overschrijft_niets(gesprek: Medewerker) -> None:
    oud = VERSIE.search(gesprek.tekst)
    assert oud
    pad, vraag = gesprek.pad, gesprek.vragen[0]
    gesprek.bewaar("bewaar", onderwerp="Eerste tabblad")
    gesprek.stuur(pad, versie=oud[1], actie="bewaar", **{f"{vraag}onderwerp": "Tweede tabblad"})
    assert gesprek.antwoord.status_code == 409
    assert "in een ander tabblad gewijzigd" in gesprek.tekst
    assert "Tweede tabblad" in gesprek.tekst
    assert "Eerste tabblad" in gesprek.naar(pad).tekst


def test_meer_vragen_in_een_gesprek(gesprek: Medewerker, installatie: Installatie) -> None:
    gesprek.bewaar("erbij", onderwerp="Eerste vraag", uitkomst="beantwoord")
    gesprek.bewaar("erbij")
    eerste, tweede, derde = gesprek.vragen
    gesprek.bewaar(f"weg:{derde[1:-1]}", onderwerp="Eerste vraag")
    assert gesprek.vragen == [eerste, tweede]
    versie = VERSIE.search(gesprek.tekst)
    assert versie
    antwoorden = {
        f"{begin}{naam}": waarde
        for begin, onderwerp in ((eerste, "Eerste vraag"), (tweede, "Tweede vraag"))
        for naam, waarde in {"onderwerp": onderwerp, "uitkomst": "beantwoord"}.items()
    }
    gesprek.stuur(gesprek.pad, versie=versie[1], kanaal="balie", actie="afronden", **antwoorden)
    assert [contact.onderwerp for contact in contacten(installatie)] == ["Eerste vraag", "Tweede vraag"]
    assert {contact.kanaal for contact in contacten(installatie)} == {"balie"}


def test_pauzeren_en_wisselen(gesprek: Medewerker) -> None:
    eerste = gesprek.pad
    gesprek.bewaar("bewaar", onderwerp="Van Jan")
    gesprek.begin_gesprek()
    tweede = gesprek.pad
    assert "Gepauzeerd" in gesprek.naar("/kcc/gesprekken").tekst
    gesprek.naar(eerste)
    assert "Van Jan" in gesprek.tekst
    gesprek.bewaar("hervat")
    assert "Dit gesprek is gepauzeerd." not in gesprek.tekst
    assert "Dit gesprek is gepauzeerd." in gesprek.naar(tweede).tekst
    gesprek.bewaar("verwijder")
    assert gesprek.naar(tweede).antwoord.status_code == 404


def test_wat_niet_klopt_wordt_niet_vastgelegd_maar_ook_niet_vergeten(
    gesprek: Medewerker, installatie: Installatie
) -> None:
    gesprek.bewaar("afronden", onderwerp="", notitie="Niet kwijtraken", uitkomst="beantwoord")
    assert "Er gaat nog iets niet goed" in gesprek.tekst
    assert "Niet kwijtraken" in gesprek.tekst
    gesprek.bewaar("afronden", **GOED, zaaknummer="BESTAAT-NIET")
    assert "Er is geen zaak met dit zaaknummer." in gesprek.tekst
    assert contacten(installatie) == []


def test_contactverzoek_vraagt_afdeling_en_bereikbaarheid(gesprek: Medewerker, installatie: Installatie) -> None:
    zet_afdelingen(installatie, {"vergunningen": "Vergunningen"})
    gesprek.bewaar("afronden", onderwerp="Bel mij", uitkomst="contactverzoek")
    for tekst in (
        "Kies een afdeling.",
        "Vul in wat de collega moet doen.",
        "Vul een telefoonnummer of e-mailadres in.",
    ):
        assert tekst in gesprek.tekst
    assert contacten(installatie) == []


def test_zaak_bij_het_lopende_gesprek_zetten(gesprek: Medewerker, installatie: Installatie) -> None:
    (zaak, *_) = maak_zaken(installatie, JAN)
    gesprek.naar(f"/kcc/zaak/{zaak['uuid']}").stuur(f"/kcc/zaak/{zaak['uuid']}/gesprek")
    assert gesprek.pad.startswith("/kcc/gesprek/")
    assert 'value="ZAAK-0"' in gesprek.tekst


def test_wat_al_vaststaat_houdt_het_afronden_niet_tegen(gesprek: Medewerker, installatie: Installatie) -> None:
    """Het contact kwam er, maar het gesprek bleef staan; daarna veranderde de tekst nog."""
    concept, vraag = gesprek.pad.rpartition("/")[2], gesprek.vragen[0][1:-1]
    contact = {"klantcontact": {"kanaal": "chat", "onderwerp": "Eerst", "taal": "nld", "vertrouwelijk": False}}
    kcc = KlantinteractiesClient(installatie, namens="kcc")
    kcc.vraag("POST", "klantcontacten/_afronden", json=contact, sleutel=f"kcc-{concept}-{vraag}")
    gesprek.bewaar("afronden", **GOED)
    assert "Het contact is vastgelegd." in gesprek.tekst
    assert [deel.onderwerp for deel in contacten(installatie)] == ["Eerst"]


def test_klant_pas_tijdens_het_gesprek_bekend(kim: Medewerker) -> None:
    gesprek = kim.begin_gesprek().pad
    kim.bewaar("bewaar", onderwerp="Wie is dit?")
    klant = kim.zoek("bsn", bsn=JAN).pad
    kim.stuur(f"{klant}/gesprek")
    assert kim.pad == gesprek
    assert "Gesprek met Jan Willem de Vries" in kim.tekst
    assert "Wie is dit?" in kim.tekst
    assert kim.stuur(f"{klant}/gesprek").antwoord.status_code == 409


def test_gesprek_van_een_ander_is_er_niet(gesprek: Medewerker, installatie: Installatie) -> None:
    with medewerker(installatie, "bas") as bas:
        assert bas.naar(gesprek.pad).antwoord.status_code == 403
