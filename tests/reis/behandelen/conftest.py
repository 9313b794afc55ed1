"""Het hele platform op een eigen poort en database, met zaken in elke toestand, en behandelaars in een echte browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from kern.instellingen import Instellingen
from tests.integratie.behandelen.hulp import (
    BAS,
    TESSA,
    losse_taak,
    pad_taak,
    pad_zaak,
    registratie,
    taken_van,
    te_beoordelen,
)
from tests.reis.huisstijl import hulp
from tests.reis.platform import op_een_poort
from tests.reishulp import Gemeente

LANG = "Verantwoordingsdocumentatiebijlage van het bestemmingsplan en de splitsingsvergunning, met alle tekeningen"


@dataclass(frozen=True)
class Balie:
    """Een draaiend platform. De paden: een verse taak en haar zaak, en verder een van elke toestand."""

    adres: str
    gemeente: Gemeente
    vers: str
    gepakt: str
    van_collega: str
    afgerond: str
    verlopen: str
    zaak: str
    wachtend: str
    klaar: str


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with hulp.browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def balie(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Balie]:
    with op_een_poort(eigen_instellingen("balie", ingericht=True)) as installatie:
        yield _vul(Gemeente(installatie))


def _vul(gemeente: Gemeente) -> Balie:
    installatie = gemeente.installatie
    zaak, vers = te_beoordelen(gemeente)
    wachtende_zaak, _vragen = te_beoordelen(gemeente)
    gemeente.rond_af(wachtende_zaak, besluit="aanvullen", vraag="Stuur een plattegrond van de woning.")
    geweigerd, afgerond = te_beoordelen(gemeente)
    gemeente.rond_af(
        geweigerd, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren."
    )
    klaar = registratie(gemeente)
    (_andere, gepakt), (_nog_een, van_collega) = te_beoordelen(gemeente), te_beoordelen(gemeente)
    geef(gemeente, gepakt.url, BAS, "Bas Behandelaar")
    geef(gemeente, van_collega.url, TESSA, "Tessa de Lange")
    for nummer in range(30):
        losse_taak(installatie, f"{LANG} {nummer}")
    te_laat = installatie.klok.vandaag().replace(year=2020)
    verlopen = losse_taak(installatie, "Al veel te lang blijven liggen", einddatum=te_laat.isoformat())
    return Balie(
        installatie.instellingen.adres,
        gemeente,
        vers=pad_taak(vers),
        gepakt=pad_taak(gepakt),
        van_collega=pad_taak(van_collega),
        afgerond=pad_taak(afgerond),
        verlopen=pad_taak(verlopen),
        zaak=pad_zaak(zaak),
        wachtend=pad_zaak(wachtende_zaak),
        klaar=pad_zaak(klaar),
    )


def geef(gemeente: Gemeente, taak: str, wie: str, naam: str) -> None:
    taken_van(gemeente.installatie).wijzig_medewerkertaak(taak, behandelaar=wie, behandelaarNaam=naam)


@pytest.fixture(params=[1280, 320])
def bas(chromium: Browser, balie: Balie, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Bas is aangemeld; breed scherm en smal scherm."""
    pagina = chromium.new_page(viewport={"width": request.param, "height": 900}, base_url=balie.adres)
    fouten: list[str] = []
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    log_in(pagina, balie, "Bas Behandelaar")
    yield pagina
    pagina.close()
    assert fouten == []


def log_in(pagina: Page, balie: Balie, naam: str) -> None:
    """Aanmelden zoals een medewerker: via de inlogpagina van de simulator."""
    pagina.goto(f"{balie.adres}/behandelen/")
    pagina.get_by_text(naam).click()
    pagina.get_by_role("button", name="Inloggen").click()
    pagina.wait_for_url("**/behandelen/")
