"""Een taak doen: formulier, upload, bewaren, controleren en één keer versturen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from integratie.documenten import DocumentenClient
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit
from kern.concepten import Concepten
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.formulieren.hulp import Browser
from tests.integratie.formulieren.storing import storing
from tests.integratie.mijngemeente.conftest import ANNA, JAN, inwoner
from tests.integratie.mijngemeente.voorbeeld import maak_taak
from tests.integratie.registraties.typen import maak_typen

PDF = ("plattegrond.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")


def _taak(installatie: Installatie) -> ExterneTaakUit:
    maak_typen(installatie)
    return maak_taak(installatie, JAN, "ZAAK-1", "Stuur een aanvulling")


def _nu(installatie: Installatie, taak: ExterneTaakUit) -> ExterneTaakUit:
    return TakenClient(installatie, namens="proef").klanttaak(taak.url)


def _documenten(installatie: Installatie) -> list[Any]:
    return DocumentenClient(installatie, namens="documenten").zoek_documenten(titel="plattegrond.pdf").results


def _vul_in(jan: Browser, taak: ExterneTaakUit) -> None:
    jan.ga(f"/mijn/taken/{taak.uuid}")
    assert "Stuur een plattegrond" in jan.tekst
    jan.stuur({"toelichting": "Hier is hij"}, files={"bijlagen": PDF})
    assert jan.kop == "Controleer uw antwoorden", jan.tekst
    assert "plattegrond.pdf" in jan.tekst


def test_taak_met_bestand_versturen(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    _vul_in(jan, taak)
    assert _documenten(ingericht) == []
    controle = jan.antwoord
    jan.stuur()
    assert "Verstuurd" in jan.tekst
    assert "Hier is hij" in jan.tekst
    klaar = _nu(ingericht, taak)
    assert klaar.status == "uitgevoerd"
    (document,) = _documenten(ingericht)
    assert klaar.details["ontvangenGegevens"] == {
        "toelichting": "Hier is hij",
        "bijlagen": [{"id": document.url, "naam": "plattegrond.pdf"}],
    }
    assert (document.status, document.tonen_aan_initiator) == ("definitief", True)
    assert Concepten(ingericht).van(("bsn", JAN), "klanttaak") == []
    # Terug en nog een keer versturen: dezelfde pagina, geen tweede document.
    jan.antwoord = controle
    jan.stuur()
    assert "Verstuurd" in jan.tekst
    assert len(_documenten(ingericht)) == 1


def test_antwoord_kwijt_en_opnieuw_versturen(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    _vul_in(jan, taak)
    controle = jan.antwoord
    with storing(ingericht, "/taken/api/v1", "antwoord kwijt", "PATCH"):
        jan.stuur()
    assert jan.antwoord.status_code == 503
    jan.antwoord = controle
    jan.stuur()
    assert "Verstuurd" in jan.tekst
    assert len(_documenten(ingericht)) == 1


def test_storing_voor_het_versturen_verliest_niets(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    _vul_in(jan, taak)
    controle = jan.antwoord
    with storing(ingericht, "/taken/api/v1", methode="PATCH"):
        jan.stuur()
    assert _nu(ingericht, taak).status == "open"
    jan.antwoord = controle
    jan.stuur()
    assert _nu(ingericht, taak).status == "uitgevoerd"
    assert len(_documenten(ingericht)) == 1


def test_fout_ingevuld_en_verkeerd_bestand(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    jan.ga(f"/mijn/taken/{taak.uuid}")
    jan.stuur({"toelichting": ""}, files={"bijlagen": ("virus.exe", b"MZ", "application/octet-stream")})
    assert jan.antwoord.status_code == 422
    assert "Er gaat nog iets niet goed" in jan.tekst
    assert _nu(ingericht, taak).status == "open"
    assert _documenten(ingericht) == []


def test_later_verder_op_een_ander_apparaat(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    jan.ga(f"/mijn/taken/{taak.uuid}")
    jan.stuur({"toelichting": "Half antwoord"}, "later")
    assert "Uw antwoorden zijn bewaard" in jan.tekst
    elders = inwoner(ingericht, JAN)
    elders.ga(f"/mijn/taken/{taak.uuid}")
    assert elders.velden()["toelichting"].strip() == "Half antwoord"


def _te_laat_verstuurd(jan: Browser, klok: VerzetbareKlok, taak: ExterneTaakUit) -> None:
    """De sessie is voorbij als Jan verstuurt; hij komt op de keuze van een inlogmiddel en kiest DigiD."""
    jan.ga(f"/mijn/taken/{taak.uuid}")
    klok.verzet(timedelta(minutes=16))
    jan.stuur({"toelichting": "Lang over nagedacht"})
    jan.ga(next(adres for adres in jan.links() if adres.startswith("/aanmelden/digid?")))


def test_sessie_voorbij_antwoorden_blijven(ingericht: Installatie, jan: Browser, klok: VerzetbareKlok) -> None:
    taak = _taak(ingericht)
    _te_laat_verstuurd(jan, klok, taak)
    jan.kies_persoon(JAN)
    assert jan.pad == f"/mijn/taken/{taak.uuid}/stap/antwoord"
    assert "Uw antwoorden zijn er nog" in jan.tekst
    assert jan.velden()["toelichting"].strip() == "Lang over nagedacht"


def test_geredde_antwoorden_zijn_niet_voor_een_ander(
    ingericht: Installatie, jan: Browser, klok: VerzetbareKlok
) -> None:
    _te_laat_verstuurd(jan, klok, _taak(ingericht))
    assert jan.kies_persoon(ANNA).status_code == 404
    assert "nagedacht" not in jan.antwoord.text


def test_verlopen_taak_legt_uit_wat_er_gebeurt(ingericht: Installatie, jan: Browser, klok: VerzetbareKlok) -> None:
    taak = _taak(ingericht)
    jan.ga(f"/mijn/taken/{taak.uuid}")
    klok.verzet(timedelta(days=15))
    jan = inwoner(ingericht, JAN)
    jan.ga("/mijn/taken")
    assert "Te laat" in jan.tekst
    jan.ga(f"/mijn/taken/{taak.uuid}")
    assert "De tijd is voorbij" in jan.tekst
    jan.ga(f"/mijn/taken/{taak.uuid}/stap/antwoord")
    assert jan.pad == f"/mijn/taken/{taak.uuid}"
    assert jan.ga(f"/mijn/taken/{taak.uuid}/controleren").status_code == 200


def test_twee_keer_tegelijk_bewaren(ingericht: Installatie, jan: Browser) -> None:
    """Een dubbelklik of tweede tabblad: de laatste antwoorden gelden, en niemand krijgt een foutmelding."""
    taak = _taak(ingericht)
    jan.ga(f"/mijn/taken/{taak.uuid}")
    jan.stuur({"toelichting": "Eerst"}, "later")
    eerste, tweede = inwoner(ingericht, JAN), inwoner(ingericht, JAN)
    for browser in (eerste, tweede):
        browser.ga(f"/mijn/taken/{taak.uuid}")
    with ThreadPoolExecutor(2) as pool:
        antwoorden = list(pool.map(lambda b: b.stuur({"toelichting": "Daarna"}).status_code, (eerste, tweede)))
    assert antwoorden == [200, 200]
    eerste.stuur()
    assert "Verstuurd" in eerste.tekst
    tweede.stuur()
    assert "Verstuurd" in tweede.tekst
    assert _nu(ingericht, taak).details["ontvangenGegevens"] == {"toelichting": "Daarna"}
    assert Concepten(ingericht).van(("bsn", JAN), "klanttaak") == []


def test_onbekende_stap(ingericht: Installatie, jan: Browser) -> None:
    taak = _taak(ingericht)
    assert jan.ga(f"/mijn/taken/{taak.uuid}/stap/bestaat-niet").status_code == 404
