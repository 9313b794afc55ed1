"""De hele reis in een browser: inwoner, behandelaar, KCC en ondernemer, met axe op elke pagina en zonder fouten in de console."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import click
import pytest
from playwright.sync_api import Browser, FilePayload, expect

from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from tests import opzet
from tests.reis.hoofdreis import Bezoeker, draaiende_gemeente
from tests.reis.huisstijl.hulp import browser

JAN, JAN_BSN = "Jan Willem de Vries", "999000007"
REGISTRATIE = "/formulieren/toeristische-verhuur-registratie"
VERGUNNING = "/formulieren/toeristische-verhuur-vergunning"
PDF = FilePayload(name="brief.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\nbrief van de verhuurder\n%%EOF")
PLATTEGROND = FilePayload(name="plattegrond.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\nplattegrond\n%%EOF")
TE_GROOT = FilePayload(name="groot.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n" + b"0" * 11_000_000)
PROGRAMMA = FilePayload(name="programma.exe", mimeType="application/pdf", buffer=b"MZ" + bytes(2000))

Bezoek = Callable[..., Bezoeker]


@pytest.fixture(scope="module")
def stad(
    motoren: Motoren, maak_database: Callable[..., str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installatie]:
    data = tmp_path_factory.mktemp("hoofdreis")
    maak = partial(
        opzet.instellingen_voor,
        maak_database(ingericht=True),
        motoren.redis_url,
        redis_prefix=f"{worker_naam}:{data.name}:",
    )
    with draaiende_gemeente(maak, data) as installatie:
        yield installatie


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as venster:
        yield venster


@pytest.fixture(scope="module")
def bezoek(stad: Installatie, chromium: Browser) -> Iterator[Bezoek]:
    """Maakt een bezoeker; aan het eind mag er bij niemand iets in de console staan."""
    bezoekers: list[Bezoeker] = []

    def maak(*, javascript: bool = True) -> Bezoeker:
        bezoekers.append(Bezoeker.nieuw(chromium, stad.instellingen.adres, javascript=javascript))
        return bezoekers[-1]

    yield maak
    for bezoeker in bezoekers:
        bezoeker.sluit()


@dataclass(frozen=True)
class Registratie:
    """Wat Jan na zijn registratie heeft."""

    jan: Bezoeker
    verzoeknummer: str
    zaaknummer: str
    zaak: str
    seconden: float


@pytest.fixture(scope="module")
def registratie(bezoek: Bezoek) -> Registratie:
    """Jan zoekt, logt in, vult in, verstuurt en wacht tot de zaak gesloten is."""
    jan = bezoek()
    _vind_product(jan)
    jan.link("Registreren")
    jan.zie("Toeristische verhuur registreren")
    jan.link("Inloggen met DigiD")
    jan.zie("Hoe wilt u inloggen?")
    jan.link("DigiD")
    jan.zie("Inloggen met DigiD")
    jan.log_in(JAN)
    jan.klik("Beginnen")
    jan.zie("Uw gegevens")
    expect(jan.pagina.get_by_label("Naam", exact=True)).to_have_value(JAN)
    jan.klik("Verder")
    _vul_woning(jan, "De woning is van mij", "Een deel, zoals een kamer")
    jan.klik("Verder")
    _wil_mail(jan, "jan@example.nl")
    nummer = _verstuur(jan)
    seconden = jan.wacht_op("/mijn/zaken?stand=afgerond", "Registratie toeristische verhuur")
    jan.link("Registratie toeristische verhuur")
    jan.zie("Registratie toeristische verhuur")
    expect(jan.pagina.locator("main")).to_contain_text("ZAAK-")
    zaaknummer = re.search(r"ZAAK-[\w-]+\w", jan.pagina.locator("main").inner_text())
    assert zaaknummer
    return Registratie(jan, nummer, zaaknummer[0], jan.pagina.url, seconden)


def _vind_product(jan: Bezoeker) -> None:
    jan.ga("/", "Waarmee kunnen wij u helpen?")
    click.echo(f"\nstartpagina {jan.gewicht() / 1024:.0f} kB")
    jan.vul("Wat wilt u regelen?", "airbnb")
    jan.klik("Zoeken")
    jan.zie("Zoeken naar “airbnb”")
    jan.link("Toeristische verhuur registreren")
    jan.zie("Toeristische verhuur registreren")


def _vul_woning(wie: Bezoeker, van_wie: str, deel: str) -> None:
    wie.zie("De woning")
    wie.vul("Postcode", "9999 ZA")
    wie.vul("Huisnummer", "12")
    wie.kies("Is de woning van u", van_wie)
    wie.kies("Wat verhuurt u", deel)
    zelf = wie.groep("Woont u zelf")
    if zelf.is_visible():
        zelf.get_by_label("Ja", exact=True).check()


def _wil_mail(wie: Bezoeker, adres: str) -> None:
    wie.zie("Hoe houden wij u op de hoogte?")
    wie.kies("Mogen wij u", "Ja, per e-mail")
    wie.vul("E-mailadres", adres)
    wie.klik("Verder")


def _verstuur(wie: Bezoeker, keer: int = 1) -> str:
    """Controleer, verstuur (ook dubbel), en lees het verzoeknummer van de bevestiging."""
    wie.zie("Controleer uw antwoorden")
    wie.pagina.get_by_role("checkbox").check()
    wie.pagina.get_by_role("button", name="Versturen").click(click_count=keer)
    wie.zie("Uw formulier is ontvangen")
    nummer = re.search(r"\w{4}-\w{4}", wie.pagina.locator("dl").inner_text())
    assert nummer
    return nummer[0]


def _begin_vergunning(wie: Bezoeker, naam: str) -> None:
    wie.inwoner(naam, VERGUNNING)
    wie.klik("Beginnen")
    wie.zie("Uw gegevens")
    wie.klik("Verder")


def _haal_pdf(wie: Bezoeker, link: str) -> bytes:
    adres = wie.pagina.get_by_role("link", name=link).first.get_attribute("href")
    antwoord = wie.pagina.context.request.get(adres or "")
    assert (antwoord.status, antwoord.headers["content-type"]) == (200, "application/pdf")
    return antwoord.body()


def test_registratie_is_na_versturen_meteen_af(registratie: Registratie) -> None:
    jan = registratie.jan
    click.echo(f"versturen tot gesloten {registratie.seconden:.1f} s; zaak {jan.gewicht() / 1024:.0f} kB")
    jan.ga(registratie.zaak, "Registratie toeristische verhuur")
    expect(jan.pagina.get_by_text("Deze zaak is afgerond op")).to_be_visible()
    expect(jan.pagina.locator("main").get_by_text("komt nog")).to_have_count(0)
    for document in ("Uw registratienummer", "Toeristische verhuur registreren"):
        assert _haal_pdf(jan, document).startswith(b"%PDF")
    jan.ga("/mijn/berichten", "Berichten")
    jan.pagina.get_by_role("link", name="Uw woning is geregistreerd").first.click()
    jan.zie("Uw woning is geregistreerd")
    jan.ga("/mijn/producten")
    expect(jan.pagina.get_by_role("link", name="Toeristische verhuur").first).to_be_visible()
    jan.kijk()


def test_bevestiging_komt_ook_per_mail(registratie: Registratie, bezoek: Bezoek) -> None:
    """Met de registratie en een kopie van het formulier als bijlage."""
    kijker = bezoek()
    kijker.wacht_op("/simulatoren/postvak/", "Uw woning is geregistreerd")
    kijker.kijk()
    kijker.pagina.get_by_role("link", name="Uw woning is geregistreerd").first.click()
    expect(kijker.pagina.get_by_text("jan@example.nl").first).to_be_visible()
    expect(kijker.pagina.get_by_role("link", name=re.compile(r"\.pdf"))).to_have_count(2)
    kijker.kijk()


def test_vergunning_met_aanvulling_wordt_geweigerd(bezoek: Bezoek, stad: Installatie) -> None:
    samira, bas = bezoek(), bezoek()
    _vraag_aan_met_slechte_bestanden(samira)
    _verstuur(samira)
    bas.ga("/behandelen/")
    bas.log_in("Bas Behandelaar")
    _pak_taak(bas)
    bas.kies("Wat is uw besluit", "De aanvrager om een aanvulling vragen")
    bas.vul("Wat heeft u nog nodig?", "Stuur de brief van uw verhuurder.")
    bas.klik("Afronden")
    _vul_aan(samira)
    _pak_taak(bas)
    expect(bas.pagina.get_by_role("link", name="brief.pdf").first).to_be_visible()
    bas.kies("Wat is uw besluit", "De vergunning weigeren")
    bas.klik("Afronden")
    expect(bas.pagina.get_by_role("alert").first).to_contain_text("Motivering")
    bas.kijk()
    bas.kies("Rust de afwijzing op gegevens", "Nee")
    bas.vul("Motivering", "De corporatie staat verhuur niet toe.")
    bas.klik("Afronden")
    bas.zie("Werklijst")
    samira.wacht_op("/mijn/zaken?stand=afgerond", "Vergunning toeristische verhuur")
    samira.link("Vergunning toeristische verhuur")
    samira.zie("Vergunning toeristische verhuur")
    expect(samira.pagina.get_by_text("De corporatie staat verhuur niet toe.")).to_be_visible()
    expect(samira.pagina.get_by_text("U kunt bezwaar maken tot en met")).to_be_visible()
    assert list((stad.instellingen.data / "print").glob("*.pdf"))
    bas.ga("/simulatoren/print/")
    bas.kijk()


def _vraag_aan_met_slechte_bestanden(samira: Bezoeker) -> None:
    _begin_vergunning(samira, "Samira Bouzid")
    _vul_woning(samira, "Ik huur de woning", "De hele woning")
    samira.kies("Huurt u van een woningcorporatie", "Ja")
    samira.vul("Hoeveel nachten", "90")
    samira.klik("Verder")
    samira.zie("Documenten")
    for bestand, melding in ((PROGRAMMA, "kunnen wij niet gebruiken"), (TE_GROOT, "te groot")):
        samira.pagina.locator("input[type=file]").first.set_input_files([bestand])
        samira.klik("Verder")
        expect(samira.pagina.get_by_role("alert").first).to_contain_text(melding)
        samira.kijk()
    samira.pagina.locator("input[type=file]").first.set_input_files([PLATTEGROND])
    samira.klik("Verder")
    samira.zie("Hoe houden wij u op de hoogte?")
    samira.kies("Mogen wij u", "Nee, stuur post")
    samira.klik("Verder")


def _pak_taak(bas: Bezoeker) -> None:
    bas.wacht_op("/behandelen/", "Aanvraag beoordelen")
    bas.kijk()
    bas.link("Aanvraag beoordelen")
    bas.zie("Aanvraag beoordelen")
    bas.klik("Taak pakken")
    expect(bas.pagina.get_by_text("U heeft deze taak nu in behandeling.")).to_be_visible()


def _vul_aan(samira: Bezoeker) -> None:
    samira.wacht_op("/mijn/taken", "Aanvulling sturen")
    samira.kijk()
    samira.link("Aanvulling sturen")
    samira.zie("Aanvulling sturen")
    expect(samira.pagina.get_by_text("Stuur de brief van uw verhuurder.")).to_be_visible()
    samira.vul("Uw antwoord", "Hierbij de brief.")
    samira.pagina.locator("input[type=file]").first.set_input_files([PDF])
    samira.klik("Verder")
    samira.zie("Controleer uw antwoorden")
    samira.klik("Versturen")
    expect(samira.pagina.get_by_text("Wij hebben uw antwoord ontvangen")).to_be_visible()
    samira.kijk()


def test_vergunning_volgens_de_regels_gaat_vanzelf_en_dubbel_versturen_geeft_er_een(bezoek: Bezoek) -> None:
    """Dubbel klikken, en daarna met de knop Terug nog eens versturen: één zaak."""
    ingrid = bezoek()
    _begin_vergunning(ingrid, "Ingrid Peters")
    _vul_woning(ingrid, "De woning is van mij", "De hele woning")
    ingrid.vul("Hoeveel nachten", "30")
    ingrid.klik("Verder")
    ingrid.zie("Documenten")
    ingrid.klik("Verder")
    _wil_mail(ingrid, "ingrid@example.nl")
    nummer = _verstuur(ingrid, keer=2)
    ingrid.pagina.go_back()
    opnieuw = ingrid.pagina.get_by_role("button", name="Versturen")
    if opnieuw.is_visible():
        opnieuw.click()
    expect(ingrid.pagina.locator("main")).to_contain_text(nummer)
    ingrid.wacht_op("/mijn/zaken?stand=afgerond", "Vergunning toeristische verhuur")
    expect(ingrid.pagina.locator("main")).to_contain_text("1 zaak")
    ingrid.link("Vergunning toeristische verhuur")
    ingrid.zie("Vergunning toeristische verhuur")
    expect(ingrid.pagina.get_by_text("Resultaat: Verleend")).to_be_visible()


def test_kcc_vindt_de_klant_en_legt_het_gesprek_vast(registratie: Registratie, bezoek: Bezoek) -> None:
    kim = bezoek()
    kim.ga("/kcc/")
    kim.log_in("Kim Jansma")
    for zoek in (_zoek_op_naam, _zoek_op_adres, _zoek_op_bsn):
        zoek(kim)
        kim.zie(JAN)
    expect(kim.pagina.locator("main")).to_contain_text(registratie.zaaknummer)
    click.echo(f"\nklantbeeld {kim.gewicht() / 1024:.0f} kB")
    kim.klik("Gesprek beginnen")
    kim.zie(f"Gesprek met {JAN}")
    kim.pagina.get_by_label("Hoe kwam het contact?").select_option("Telefoon")
    kim.vul("Waar gaat de vraag over?", "Waar vind ik mijn nummer?")
    kim.vul("Zaaknummer", registratie.zaaknummer)
    kim.pagina.get_by_label("Een collega neemt contact op").check()
    kim.pagina.get_by_text("Contactverzoek: een collega neemt contact op").click()
    kim.pagina.get_by_label("Welke afdeling neemt contact op?").select_option(index=1)
    kim.vul("Wat moet de collega doen?", "Bel over het registratienummer")
    kim.vul("Telefoonnummer van de klant", "06 12345678")
    kim.klik("Afronden")
    expect(kim.pagina.get_by_text("Het contact is vastgelegd.")).to_be_visible()
    kim.kijk()
    _zoek_op_bsn(kim)
    expect(kim.pagina.locator("main")).to_contain_text("Waar vind ik mijn nummer?")
    registratie.jan.wacht_op(registratie.zaak, "Waar vind ik mijn nummer?")


def _zoek_op_bsn(kim: Bezoeker) -> None:
    kim.ga("/kcc/", "Klant zoeken")
    kim.vul("Burgerservicenummer", JAN_BSN)
    kim.klik("Zoeken")
    kim.zie(JAN)
    assert JAN_BSN not in kim.pagina.url


def _zoek_op_naam(kim: Bezoeker) -> None:
    kim.ga("/kcc/zoeken/naam", "Klant zoeken")
    for vraag, antwoord in (("Achternaam", "Vries"), ("Dag", "14"), ("Maand", "3"), ("Jaar", "1978")):
        kim.vul(vraag, antwoord)
    kim.klik("Zoeken")


def _zoek_op_adres(kim: Bezoeker) -> None:
    kim.ga("/kcc/zoeken/adres", "Klant zoeken")
    kim.vul("Postcode", "9999 ZA")
    kim.vul("Huisnummer", "12")
    kim.klik("Zoeken")
    kim.zie("Gevonden klanten")
    rol = kim.pagina.locator("main").get_by_role
    rol("link", name=JAN).or_(rol("button", name=JAN)).first.click()


def test_ondernemer_registreert_een_bed_and_breakfast(bezoek: Bezoek) -> None:
    willemijn = bezoek()
    willemijn.ga(f"/aanmelden/eherkenning?terug={REGISTRATIE}")
    willemijn.log_in("B&B De Zonnebloem (eenmanszaak)")
    willemijn.klik("Beginnen")
    willemijn.zie("Uw gegevens")
    expect(willemijn.pagina.get_by_label("Naam van de organisatie")).to_have_value(re.compile("Zonnebloem"))
    willemijn.kies("Wat gaat u verhuren", "Een bed and breakfast")
    willemijn.klik("Verder")
    _vul_woning(willemijn, "De woning is van mij", "Een deel, zoals een kamer")
    willemijn.klik("Verder")
    _wil_mail(willemijn, "zonnebloem@example.nl")
    _verstuur(willemijn)
    willemijn.wacht_op("/mijn/zaken?stand=afgerond", "Registratie toeristische verhuur")
    willemijn.kijk()


def test_verlopen_sessie_bewaart_de_antwoorden(bezoek: Bezoek, stad: Installatie) -> None:
    """Zonder JavaScript: dan is er geen verzoek meer onderweg als de klok verspringt."""
    eva = bezoek(javascript=False)
    eva.inwoner("Eva Louise Hendriks", REGISTRATIE)
    eva.klik("Beginnen")
    eva.zie("Uw gegevens")
    eva.klik("Verder")
    _vul_woning(eva, "De woning is van mij", "De hele woning")
    assert isinstance(stad.klok, VerzetbareKlok)
    stad.klok.verzet(timedelta(minutes=20))
    eva.klik("Verder")
    eva.zie("Hoe wilt u inloggen?")
    eva.link("DigiD")
    eva.log_in("Eva Louise Hendriks")
    eva.zie("De woning")
    expect(eva.pagina.get_by_label("Huisnummer")).to_have_value("12")
    expect(eva.groep("Is de woning van u").get_by_label("De woning is van mij")).to_be_checked()


def test_zaak_van_een_ander_en_wat_niet_bestaat_zijn_404(registratie: Registratie, bezoek: Bezoek) -> None:
    sophie = bezoek()
    sophie.inwoner("Sophie van den Berg", "/mijn/")
    for pad in (registratie.zaak, "/formulieren/bestaat-niet", "/mijn/zaken/5b1f0e7c-0000-4000-8000-000000000000"):
        antwoord = sophie.pagina.goto(pad)
        assert antwoord
        assert antwoord.status == 404, pad
        assert registratie.zaaknummer not in antwoord.text()
        sophie.kijk()
