"""Reis 2: de verordening verandert. Dertig nachten worden er zestig, vanaf een datum; wie eerder komt houdt de oude regel.

Nakijken, terugtoetsen op tweehonderd zaken, kiezen welke dag telt en het overgangsrecht, zien wat het voor lopende zaken betekent, publiceren.
"""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from integratie.verzoeken.schemas import VerzoekUit
from processen.motor.tabellen import Geschiedenis
from tests.reis.modelleren.conftest import Stad
from tests.reis.modelleren.hulp import BANK, Beheerder, femke_aan_het_werk
from tests.reishulp import KOOP, Gemeente

PAKKET = "toeristische-verhuur"
ZAKEN = 200
VANAF = date(2027, 1, 1)
OVERGANGSRECHT = "Wie voor 1 januari 2027 aankomt, houdt de grens van dertig nachten."
ARTIKEL = "artikel 3.5, lid 1, Huisvestingsverordening"


@pytest.mark.traag
def test_dertig_nachten_worden_zestig(stad: Stad, chromium: Browser) -> None:
    with stad() as installatie:
        gemeente = Gemeente(installatie)
        nummer = _registreer(gemeente)
        _tweehonderd_zaken(gemeente, nummer)
        with femke_aan_het_werk(chromium, installatie.instellingen.adres) as femke:
            _regel(femke)
            _dag_die_telt(femke)
            _terugtoets(femke)
            _publiceer(femke)
            femke.verslag("reis 2, de verordening verandert")
            assert femke.klikken <= 40, femke.klikken
        _besluiten(gemeente, nummer)


def _registreer(gemeente: Gemeente) -> str:
    gemeente.dien_in("registratie", {k: KOOP[k] for k in ("woonsituatie", "deelVanWoning")})
    gemeente.werk()
    einde = time.monotonic() + 60
    while time.monotonic() < einde:
        if producten := gemeente.producten():
            return str(producten[0].naam)
        time.sleep(0.5)
    raise AssertionError("er kwam geen registratienummer")


def _tweehonderd_zaken(gemeente: Gemeente, nummer: str) -> None:
    """Elke melding is één nacht: dertig passen er, de andere wachten op een medewerker."""
    for volgnummer in range(ZAKEN):
        _meld(gemeente, nummer, f"2026-{volgnummer // 27 + 1:02d}-{volgnummer % 27 + 1:02d}", 1)
    gemeente.werk()
    beslist = select(func.count()).where(Geschiedenis.uitleg["beslissing"].astext == "nachtenlimiet")
    einde = time.monotonic() + 300
    while time.monotonic() < einde:
        with gemeente.installatie.db.lezen() as verbinding:
            if verbinding.scalar(beslist) == ZAKEN:
                return
        time.sleep(1)
    raise AssertionError("niet alle meldingen zijn beslist")


def _meld(gemeente: Gemeente, nummer: str, aankomst: str, nachten: int) -> VerzoekUit:
    vertrek = date.fromordinal(date.fromisoformat(aankomst).toordinal() + nachten).isoformat()
    return gemeente.dien_in("melding", {"registratienummer": nummer, "aankomst": aankomst, "vertrek": vertrek})


def _regel(femke: Beheerder) -> None:
    """De vindplaats erbij, en per 1 januari zestig nachten."""
    femke.ga(f"{BANK}/{PAKKET}/")
    femke.tab("Beslissingen", "2-01-beslissingen")
    femke.link("Nachten per jaar")
    femke.link("Herkomst en geldigheid")
    femke.bekijk("2-02-herkomst")
    femke.druk(femke.pagina.get_by_role("link", name=re.compile("Herkomst.*regel 2")))
    femke.vul("Wet of verordening", "Huisvestingsverordening")
    femke.vul("Artikel", "3.5")
    femke.vul("Lid", "1")
    femke.bekijk("2-03-vindplaats")
    femke.klik("Bewaren")
    femke.druk(femke.pagina.get_by_role("link", name=re.compile("Verandert per datum.*regel 2")))
    _vul_dag(femke, "per", VANAF)
    femke.vul("Nachten per kalenderjaar", "60")
    femke.vul("Overgangsrecht", OVERGANGSRECHT)
    femke.bekijk("2-04-verandert")
    femke.klik("Bewaren")
    femke.meldt(re.compile("vanaf 1 januari 2027"))


def _vul_dag(femke: Beheerder, veld: str, dag: date) -> None:
    for deel, waarde in (("dag", dag.day), ("maand", dag.month), ("jaar", dag.year)):
        femke.pagina.locator(f"input[name={veld}-{deel}]").fill(str(waarde))


def _dag_die_telt(femke: Beheerder) -> None:
    femke.link("Welke dag telt")
    femke.druk(femke.pagina.get_by_role("radio", name=re.compile("De dag uit de aanvraag: aankomst")))
    femke.bekijk("2-05-peildatum")
    femke.klik("Bewaren")
    femke.meldt("Bewaard.")
    femke.link("Terug naar de tabel")
    femke.meldt("Geen fouten en geen aandachtspunten.")
    femke.bekijk("2-06-tabel")


def _terugtoets(femke: Beheerder) -> None:
    femke.link("Over eerdere zaken")
    femke.klik("Vergelijken")
    femke.meldt(f"{ZAKEN} beslissingen; alle uitkomsten blijven gelijk.")
    _vul_dag(femke, "peildatum", VANAF)
    femke.klik("Vergelijken")
    femke.meldt(f"Van {ZAKEN} beslissingen veranderen er {ZAKEN}.")
    femke.bekijk("2-07-terugtoets")


def _publiceer(femke: Beheerder) -> None:
    """Voor het publiceren staat er wat er voor lopende zaken gebeurt."""
    femke.link("Publiceren")
    femke.meldt(OVERGANGSRECHT)
    femke.meldt(re.compile(r"de regels van de dag date\(aankomst\) tellen"))
    femke.meldt(re.compile(r"170 lopende zaken houden de regels waarmee zij begonnen"))
    femke.klik("Speel de scenario's")
    femke.pagina.locator("#proefverslag[data-bezig=nee]").wait_for(timeout=400_000)
    femke.bekijk("2-08-publiceren")
    femke.publiceer(toelichting="Verordening 2027: zestig nachten.")


def _besluiten(gemeente: Gemeente, nummer: str) -> None:
    """Aankomst in december: dertig. Aankomst in februari: zestig. De uitleg noemt regel, artikel en datum."""
    _meld(gemeente, nummer, "2026-12-20", 3)
    voor = _wacht_op_uitleg(gemeente, ZAKEN + 1)
    _meld(gemeente, nummer, "2027-02-01", 42)
    na = _wacht_op_uitleg(gemeente, ZAKEN + 2)
    for zinnen, verwacht in (
        (voor, ("is: 30.", "20 december 2026", "Deze regel gold tot 1 januari 2027", "past regel 2", ARTIKEL)),
        (na, ("is: 60.", "1 februari 2027", "Deze regel geldt vanaf 1 januari 2027", "past regel 3", ARTIKEL)),
    ):
        for deel in verwacht:
            assert deel in zinnen, (deel, zinnen)
    assert OVERGANGSRECHT in na


def _wacht_op_uitleg(gemeente: Gemeente, aantal: int) -> str:
    """De uitleg van de laatste beslissing, als er zoveel zijn."""
    waar = Geschiedenis.uitleg["beslissing"].astext == "nachtenlimiet"
    vraag = select(Geschiedenis.uitleg["zinnen"]["nl"]).where(waar).order_by(Geschiedenis.begonnen.desc())
    einde = time.monotonic() + 60
    while time.monotonic() < einde:
        with gemeente.installatie.db.lezen() as verbinding:
            gevonden = verbinding.scalars(vraag).all()
        if len(gevonden) == aantal:
            return "\n".join(gevonden[0])
        time.sleep(0.5)
    raise AssertionError(len(gevonden))
