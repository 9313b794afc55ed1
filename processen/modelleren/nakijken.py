"""De controle van een werkversie: alles wat publiceren tegenhoudt of aandacht vraagt, met het bestand en de plek.

Zij doet wat `dienstverlening pakket controleer` doet, en noemt daarnaast wat de Catalogi API bij publiceren zou weigeren, scenario's die
niet te lezen zijn, en wat er aan beslistabellen opvalt (gaten, dode kolommen).
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import dmn
from dmn.controle import controleer as controleer_dmn
from huisstijl import kies
from processen.modelleren.nakijken_typen import typen
from processen.modelleren.proeven import zet_neer
from processen.motor import Motor
from processen.pakketten.controle import controleer
from processen.pakketten.formaat import Pakket, PakketFout, lees_pakket
from processen.pakketten.scenario import lees_scenarios

__all__ = ["Bevinding", "Verslag", "kijk_na", "lees_bestanden"]

Ernst = Literal["fout", "let op"]
TAB_VAN_MAP = {
    "producten": "product", "formulieren": "formulier", "zaaktypen": "zaaktype", "processen": "proces",
    "beslissingen": "beslissingen", "sjablonen": "brieven", "scenarios": "scenarios", "verzoektypen": "formulier",
    "referentielijsten": "formulier",
}  # fmt: skip
TAB_VAN_BESTAND = {"verzendregels.json": "regels", "pakket.toml": "overzicht"}


@dataclass(frozen=True)
class Bevinding:
    """Eén bevinding. `pad` is het bestand; `tekst` begint met de plek daarbinnen."""

    pad: str
    tekst: str
    ernst: Ernst = "fout"

    @property
    def tab(self) -> str:
        """Het tabblad waar dit te verhelpen is."""
        return TAB_VAN_BESTAND.get(self.pad) or TAB_VAN_MAP.get(self.pad.partition("/")[0], "overzicht")

    @property
    def naam(self) -> str:
        """Het bestand zonder map en uitgang."""
        return self.pad.rpartition("/")[2].rpartition(".")[0]


@dataclass(frozen=True)
class Verslag:
    """Alle bevindingen, en het gelezen pakket als het te lezen was."""

    bevindingen: list[Bevinding]
    pakket: Pakket | None

    @property
    def fouten(self) -> list[Bevinding]:
        """Wat publiceren tegenhoudt."""
        return [bevinding for bevinding in self.bevindingen if bevinding.ernst == "fout"]


def kijk_na(bestanden: Mapping[str, bytes], motor: Motor) -> Verslag:
    """Kijk deze bestanden na als pakket."""
    with tempfile.TemporaryDirectory(prefix="dv-controle-") as map_:
        zet_neer(bestanden, Path(map_))
        gevonden = list(_scenarios(Path(map_)))
        try:
            pakket = lees_pakket(Path(map_))
        except PakketFout as fout:
            return Verslag([*_uit_regels(fout.fouten), *gevonden], None)
    gevonden = [*_uit_regels(controleer(pakket, motor)), *(Bevinding(*t) for t in typen(pakket)), *gevonden]
    return Verslag(list(dict.fromkeys([*gevonden, *_tabellen(pakket), *_zonder(pakket)])), pakket)


def lees_bestanden(bestanden: Mapping[str, bytes]) -> Pakket:
    """De bestanden als pakket. `PakketFout` met alle fouten."""
    with tempfile.TemporaryDirectory(prefix="dv-lezen-") as map_:
        zet_neer(bestanden, Path(map_))
        return lees_pakket(Path(map_))


def _uit_regels(regels: Iterable[str]) -> Iterator[Bevinding]:
    """`bestand: de rest` wordt een bevinding bij dat bestand."""
    for regel in regels:
        pad, scheiding, rest = regel.partition(": ")
        is_pad = scheiding and (pad in TAB_VAN_BESTAND or pad.partition("/")[0] in TAB_VAN_MAP)
        yield Bevinding(pad, rest) if is_pad else Bevinding("pakket.toml", regel)


def _scenarios(map_: Path) -> Iterator[Bevinding]:
    try:
        lees_scenarios(map_)
    except PakketFout as fout:
        yield from _uit_regels(fout.fouten)


def _tabellen(pakket: Pakket) -> Iterator[Bevinding]:
    """Wat er aan beslistabellen opvalt; wat echt fout is, houdt de controle van het model al tegen."""
    for naam, inhoud in pakket.beslissingen.items():
        try:
            problemen = controleer_dmn(dmn.lees(inhoud))
        except dmn.DmnFout as fout:
            problemen = list(fout.problemen)
        for probleem in problemen:
            tekst = str(kies({"nl": probleem.nederlands, "en": probleem.engels}))
            ernst: Ernst = "let op" if probleem.ernst == "waarschuwing" else "fout"
            yield Bevinding(f"beslissingen/{naam}.dmn", f"{probleem.plek}: {tekst}" if probleem.plek else tekst, ernst)


def _zonder(pakket: Pakket) -> Iterator[Bevinding]:
    """Wat niet hoeft, maar bijna altijd vergeten is."""
    if not pakket.kop.starts and not pakket.kop.acties:
        tekst = "geen enkel verzoek of actie start een proces; alleen een ander pakket kan het dan aanroepen"
        yield Bevinding("pakket.toml", tekst, "let op")
    if not pakket.scenarios and pakket.processen:
        yield Bevinding("scenarios/.yaml", "er is nog geen scenario dat laat zien dat het werkt", "let op")
