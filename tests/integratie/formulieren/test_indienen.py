"""Indienen: wat er in de registraties komt, en dat het er één keer komt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.klantinteracties import KlantinteractiesClient
from integratie.urn import ontleed
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from kern.concepten import Concepten
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.outbox.sweeper import ruim_op
from tests.integratie.formulieren.hulp import JAN, VERGUNNING, Browser
from tests.integratie.formulieren.invullen import (
    AKKOORD,
    CONTACT,
    PDF,
    POST,
    WONING,
    begin,
    publiceer,
    tot_overzicht,
    verzoeken,
)
from tests.integratie.formulieren.storing import Soort, storing


def _document(installatie: Installatie, urn: str) -> DocumentUit:
    pad = f"enkelvoudiginformatieobjecten/{ontleed(urn)['uuid']}"
    return DocumentenClient(installatie, namens="formulieren").document(pad)


def test_van_begin_tot_bevestiging(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    browser.stuur(AKKOORD)
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.verzoek_bron is not None
    assert verzoek.verzoek_bron.kenmerk in browser.tekst
    assert "Zet het nummer in elke advertentie" in browser.tekst  # wat er nu gebeurt, uit het pakket
    assert verzoek.initiator == f"urn:nld:brp:bsn:{JAN}"
    assert (verzoek.kanaal, verzoek.verzoek_taal) == ("formulieren", "nl")
    assert verzoek.aanvraag_gegevens["woning"]["huisnummer"] == 10
    assert verzoek.aanvraag_gegevens["naam"]
    assert verzoek.authenticatie_context is not None
    assert verzoek.authenticatie_context["source"] == "digid"
    document = _document(ingericht, verzoek.verzoek_informatie_object)
    assert (document.formaat, document.status, document.tonen_aan_initiator) == ("application/pdf", "definitief", True)
    kopie = browser.http.get(browser.pad.replace("bevestiging", "kopie.pdf"))
    assert kopie.content.startswith(b"%PDF")
    assert len(kopie.content) == document.bestandsomvang
    assert JAN not in "".join(str(antwoord.url) for antwoord in browser.bezocht)


def test_van_de_antwoorden_blijft_niets_bewaard(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    browser.stuur(AKKOORD)
    (concept,) = Concepten(ingericht).van(("bsn", JAN), "inzending")
    assert concept.inhoud["waarden"] == {}
    assert concept.inhoud["verzending"] is None
    assert "jan@example.nl" not in str(concept.inhoud)


@pytest.mark.parametrize(("contact", "adres"), [(CONTACT, "jan@example.nl"), (POST, "")])
def test_keuze_voor_email_staat_bij_de_partij(
    browser: Browser, ingericht: Installatie, contact: dict[str, str], adres: str
) -> None:
    tot_overzicht(browser, contact)
    browser.stuur(AKKOORD)
    client = KlantinteractiesClient(ingericht, namens="formulieren")
    partij = client.partij_bij_bsn(JAN)
    assert partij is not None
    keuze = client.kanaalvoorkeur(partij.uuid, "toeristische-verhuur")
    assert keuze is not None
    assert (keuze.elektronisch, keuze.adres) == (bool(adres), adres)


def test_zonder_verklaring_gaat_er_niets_weg(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    assert browser.stuur().status_code == 422
    assert "Zet een vinkje als u alles naar waarheid heeft ingevuld." in browser.tekst
    assert verzoeken(ingericht) == []


def test_nog_eens_versturen_geeft_dezelfde_bevestiging(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    overzicht = browser.antwoord
    browser.stuur(AKKOORD)
    eerste = browser.pad
    browser.antwoord = overzicht  # de terugknop
    browser.stuur(AKKOORD)
    assert (browser.pad, browser.kop) == (eerste, "Uw formulier is ontvangen")
    browser.ga(eerste.replace("bevestiging", "stap/woning"))
    assert browser.pad == eerste
    assert len(verzoeken(ingericht)) == 1


def test_tegelijk_versturen_geeft_een_verzoek(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    adres, velden = browser.pad, {**browser.velden(), **AKKOORD}

    def verstuur(_nummer: int) -> str:
        return str(browser.http.post(adres, data=velden).url)

    with ThreadPoolExecutor(3) as draden:
        eindigt = set(draden.map(verstuur, range(3)))
    assert len(verzoeken(ingericht)) == 1
    assert {pad.rpartition("/")[2] for pad in eindigt} == {"bevestiging"}


@pytest.mark.parametrize("soort", ["weg", "antwoord kwijt"])
@pytest.mark.parametrize("pad", ["/documenten/", "/klantinteracties/", "/catalogi/", "/verzoeken/"])
def test_een_storing_kost_geen_antwoorden_en_geeft_geen_tweede(
    browser: Browser, ingericht: Installatie, pad: str, soort: Soort
) -> None:
    tot_overzicht(browser)
    with storing(ingericht, pad, soort) as mislukt:
        assert browser.stuur(AKKOORD).status_code == 503
    assert mislukt
    assert "u hoeft niets opnieuw in te vullen" in browser.tekst
    assert "jan@example.nl" in browser.tekst
    browser.stuur()
    assert browser.kop == "Uw formulier is ontvangen"
    assert len(verzoeken(ingericht)) == 1
    assert len(_documenten(ingericht)) == 1


def test_ook_een_dag_later_komt_er_geen_tweede(browser: Browser, ingericht: Installatie, klok: VerzetbareKlok) -> None:
    """De bewaarde antwoorden bij een Idempotency-Key zijn dan weg."""
    tot_overzicht(browser)
    with storing(ingericht, "/verzoeken/api/v1/verzoeken", "antwoord kwijt", "POST"):
        browser.stuur(AKKOORD)
    overzicht = browser.pad
    klok.verzet(timedelta(days=2))
    ruim_op(ingericht)
    browser.log_in(overzicht)
    browser.stuur()
    assert browser.kop == "Uw formulier is ontvangen"
    assert len(verzoeken(ingericht)) == 1


def test_wat_een_register_weigert_is_weer_te_wijzigen(browser: Browser, ingericht: Installatie) -> None:
    _beperk_nachten(ingericht, hoogstens=30)
    getal = {"type": "number", "key": "nachten", "label": "Aantal nachten"}
    bestand = {"type": "file", "key": "bijlage", "label": "Plattegrond"}
    browser.log_in(publiceer(ingericht, "streng", getal, bestand, gegevens={**STRENG, "verzoektype": "streng"}))
    browser.stuur()
    browser.stuur({"nachten": "40"}, files=[("bijlage", ("plattegrond.pdf", PDF, "application/pdf"))])
    assert browser.stuur(AKKOORD).status_code == 422
    assert "Wij kunnen uw formulier zo niet aannemen" in browser.tekst
    assert _documenten(ingericht) == []  # niets blijft los achter
    assert verzoeken(ingericht) == []
    browser.ga(next(link for link in browser.links() if link.endswith("/stap/vragen")))
    browser.stuur({"nachten": "20"})
    assert "plattegrond.pdf" in browser.tekst
    browser.stuur(AKKOORD)
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.aanvraag_gegevens["nachten"] == 20
    assert sorted(document.formaat for document in _documenten(ingericht)) == ["application/pdf"] * 2


STRENG = {"documenttype": "Ingediend formulier", "bijlagetype": "Bijlage bij verzoek"}


def _beperk_nachten(installatie: Installatie, hoogstens: int) -> None:
    """Een verzoektype waarvan het register strenger is dan het formulier."""
    schema = {"type": "object", "properties": {"nachten": {"type": "number", "maximum": hoogstens}}}
    client = VerzoekenClient(installatie, namens="processen")
    client.zorg_voor_type(VerzoekTypeIn(naam="streng"), VerzoekTypeVersionIn(aanvraag_gegevens_schema=schema))


def _documenten(installatie: Installatie) -> list[DocumentUit]:
    rsin = installatie.instellingen.bronorganisatie
    return DocumentenClient(installatie, namens="formulieren").zoek_documenten(bronorganisatie=rsin).results


def test_bijlagen_worden_documenten(browser: Browser, ingericht: Installatie) -> None:
    begin(browser, VERGUNNING)
    browser.stuur()
    browser.stuur({**WONING, "nachten": "40"})
    browser.stuur(files=[("bijlagen", ("plattegrond.pdf", PDF, "application/pdf"))])
    browser.stuur(CONTACT)
    assert "plattegrond.pdf" in browser.tekst
    browser.stuur(AKKOORD)
    assert browser.kop == "Uw formulier is ontvangen", browser.tekst
    (verzoek,) = verzoeken(ingericht)
    (bijlage,) = verzoek.bijlagen
    document = _document(ingericht, bijlage.informatie_object)
    inhoud = b"".join(DocumentenClient(ingericht, namens="formulieren").inhoud(document))
    assert inhoud == PDF
    assert document.titel == "plattegrond.pdf"
    gegevens: list[dict[str, Any]] = verzoek.aanvraag_gegevens["bijlagen"]
    assert gegevens == [{"naam": "plattegrond.pdf", "informatieObject": bijlage.informatie_object}]
    map_ = Path(ingericht.instellingen.data) / "bestanden" / "concept" / browser.pad.split("/")[3]
    assert list(map_.iterdir()) == []


def test_engels_formulier_geeft_engelse_kopie(browser: Browser, ingericht: Installatie) -> None:
    tot_overzicht(browser)
    browser.ga(f"{browser.pad}?taal=en")
    assert browser.kop == "Check your answers"
    browser.stuur(AKKOORD)
    assert browser.kop == "We have received your form"
    (verzoek,) = verzoeken(ingericht)
    assert verzoek.verzoek_taal == "en"
    assert _document(ingericht, verzoek.verzoek_informatie_object).taal == "eng"
