"""Bestanden: een map of een S3-compatibele opslag achter één adres (fsspec)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

BROK = 1 << 20


class Opslag:
    """Bestanden onder een sleutel (`ab/<uuid>`). Alles stroomt: nooit een heel bestand in het geheugen."""

    def __init__(self, url: str) -> None:
        self._fs, self._wortel = fsspec.core.url_to_fs(url)

    def schrijf(self, sleutel: str, delen: Iterable[bytes]) -> int:
        """Bewaar de delen en geef het aantal bytes. Pas bij slagen staat het bestand er onder zijn naam, en dan ook na stroomuitval."""
        pad = self._pad(sleutel)
        tijdelijk = f"{pad}.deel"
        if not isinstance(self._fs, LocalFileSystem):
            self._fs.makedirs(pad.rpartition("/")[0], exist_ok=True)
            with self._fs.open(tijdelijk, "wb") as bestand:
                omvang = _schrijf_delen(bestand, delen)
            self._fs.mv(tijdelijk, pad)
            return omvang
        nieuwe_mappen = _maak_mappen(Path(pad).parent)
        with Path(tijdelijk).open("wb") as bestand:
            omvang = _schrijf_delen(bestand, delen)
            bestand.flush()
            Path(tijdelijk).rename(pad)
            zet_vast(bestand.fileno(), [Path(pad).parent, *nieuwe_mappen])
        return omvang

    def lees(self, sleutel: str, begin: int = 0, eind: int | None = None) -> Iterator[bytes]:
        """De bytes van `begin` tot `eind` (exclusief), in brokken van hoogstens 1 MB."""
        with self._fs.open(self._pad(sleutel), "rb") as bestand:
            bestand.seek(begin)
            rest = eind - begin if eind is not None else None
            while brok := bestand.read(BROK if rest is None else min(BROK, rest)):
                rest = None if rest is None else rest - len(brok)
                yield brok

    def bestaat(self, sleutel: str) -> bool:
        return bool(self._fs.exists(self._pad(sleutel)))

    def verwijder(self, sleutel: str) -> None:
        """Verwijder het bestand; bestaat het niet (meer), dan gebeurt er niets."""
        if self.bestaat(sleutel):
            self._fs.rm(self._pad(sleutel))

    def verwijder_map(self, sleutel: str) -> None:
        """Verwijder alles onder `sleutel`; is er niets (meer), dan gebeurt er niets."""
        if self.bestaat(sleutel):
            self._fs.rm(self._pad(sleutel), recursive=True)

    def _pad(self, sleutel: str) -> str:
        if ".." in sleutel or sleutel.startswith("/"):
            raise ValueError("ongeldige sleutel")
        pad: Any = f"{self._wortel}/{sleutel}"
        return str(pad)


def zet_vast(bestand: int, mappen: Iterable[Path]) -> None:
    """Wacht tot de inhoud van dit bestand en wat er in deze mappen staat op de schijf staat.

    Het bestand heeft zijn naam dan al: zo is het voor de schijf één ronde, want de map gaat in dezelfde ronde mee.
    """
    os.fsync(bestand)
    for map_ in mappen:
        nummer = os.open(map_, os.O_RDONLY)
        try:
            os.fsync(nummer)
        finally:
            os.close(nummer)


def _schrijf_delen(bestand: IO[bytes], delen: Iterable[bytes]) -> int:
    return sum(bestand.write(deel) for deel in delen)


def _maak_mappen(map_: Path) -> list[Path]:
    """De mappen waar hierdoor een map bij kwam."""
    if map_.is_dir():  # bijna altijd
        return []
    nieuw = [deel for deel in (map_, *map_.parents) if not deel.exists()]
    map_.mkdir(parents=True, exist_ok=True)
    return [deel.parent for deel in nieuw]
