"""Elk onderdeel dat persoonsgegevens gebruikt schrijft regels in het verwerkingenlogboek, en altijd met dezelfde functie."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from dienstverlening.delen import DELEN
from dienstverlening.token import geef_token
from kern.deel import Deel
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.ldv import gebruik_van
from tests.integratie.kit.test_vragen import hoeveel
from tests.integratie.registraties.voorbeelden import BSN, VOORBEELDEN, Gemaakt, Voorbeeld, operaties

WORTEL = Path(__file__).parents[3]
MAPPEN = ("platform", "formulieren", "mijngemeente", "kcc", "processen", "plugins")
# Hoe een onderdeel een regel schrijft: rechtstreeks, of via iets dat het voor hem doet.
SCHRIJFT = re.compile(
    r"ldv\.(verwerking|leg_gebruik_vast)\(|betrokkenen(_achter)?=|kit\.verantwoorden|kcc\.verantwoording|geadresseerde"
)
ZONDER = {
    "kern": "schrijft de regels zelf",
    "huisstijl": "toont alleen vormgeving",
    "publiek": "toont alleen de catalogus, zonder aanmelden",
    "sjablonen": "gaat over teksten en voorbeelden, niet over personen; wie wat bewaart staat in de auditregel",
    "mandaten": "gaat over medewerkers; wie wat vastlegt staat in de auditregel",
    "termijnen": "rekent met data van zaken, niet met mensen",
    "termijnenbeheer": "feestdagen en termijnen",
    "modelleren": "modellen, geen gegevens van inwoners",
    "autorisaties": "rechten van systemen",
    "besluiten": "over wie een besluit gaat staat in de rollen van de zaak; het besluit zelf noemt niemand",
    "catalogi": "types",
    "documenten": "over wie een document gaat staat in de rollen van de zaak; het document zelf noemt niemand",
    "notificaties": "berichten tussen systemen, zonder persoonsgegevens",
    "objecttypen": "types",
    "producttypen": "de catalogus",
    "referentielijsten": "lijsten",
}


def bestanden(deel: Deel) -> Iterator[Path]:
    """De code van een onderdeel."""
    spec = find_spec(deel.pakket)
    assert spec
    assert spec.origin
    yield from Path(spec.origin).parent.rglob("*.py")


def test_alleen_kern_schrijft_in_het_logboek() -> None:
    """Geen ander onderdeel kent de tabel."""
    fout = []
    for pad in (pad for map_ in MAPPEN for pad in (WORTEL / map_).rglob("*.py")):
        namen = {
            naam.name
            for deel in ast.walk(ast.parse(pad.read_text()))
            if isinstance(deel, ast.ImportFrom) and deel.module == "kern.tabellen"
            for naam in deel.names
        }
        if "Verwerking" in namen and pad != WORTEL / "platform/kern/ldv.py":
            fout.append(str(pad))
    assert fout == []


@pytest.mark.parametrize("deel", [deel for deel in DELEN if deel.naam not in ZONDER], ids=lambda deel: deel.naam)
def test_elk_onderdeel_schrijft_regels_of_zegt_waarom_niet(deel: Deel) -> None:
    assert any(SCHRIJFT.search(pad.read_text()) for pad in bestanden(deel))


def over_iemand(voorbeeld: Voorbeeld) -> bool:
    """Noemt het voorbeeld een inwoner, zelf of via zijn partij of zijn klantcontact?"""
    verwijst = {"@partij", "@klantcontact"} & set(re.findall(r"@\w+", str(voorbeeld.lichaam)))
    return BSN in str(voorbeeld.lichaam) or bool(verwijst) or voorbeeld.naam in ("partij", "klantcontact")


def test_elke_resource_over_iemand_laat_een_regel_na(installatie: Installatie, klok: VerzetbareKlok) -> None:
    """Een ander systeem leest of doorzoekt: van elke resource waar een inwoner in staat een regel bij die inwoner."""
    gemaakt = Gemaakt(installatie).alles()
    koppen = {
        "Authorization": f"Token {geef_token(installatie, 'zaaksysteem', {'*': 'lezen'})}",
        "Accept-Crs": "EPSG:4326",
    }
    fout = []
    for voorbeeld in VOORBEELDEN:
        urls = [gemaakt.url(voorbeeld)]
        urls += (
            [f"{installatie.diensten[voorbeeld.api].basis}/{gemaakt.pad(voorbeeld)}"]
            if "lijst" in operaties(voorbeeld)
            else []
        )
        for url in urls:
            klok.verzet(timedelta(minutes=1))
            voor = len(gebruik_van(installatie, ("bsn", BSN), hoogstens=1000))
            assert installatie.http.get(url, headers=koppen).status_code == 200, url
            regels = gebruik_van(installatie, ("bsn", BSN), hoogstens=1000)
            if (len(regels) > voor) is not over_iemand(voorbeeld):
                fout.append(f"{voorbeeld}: {url} gaf {len(regels) - voor} regels")
            elif over_iemand(voorbeeld):
                assert regels[0].naam.endswith("gelezen door zaaksysteem")
    assert fout == []


def test_wie_mijn_gegevens_gebruikte_is_een_vraag(installatie: Installatie) -> None:
    assert hoeveel(installatie, lambda: gebruik_van(installatie, ("bsn", BSN))) == 1
