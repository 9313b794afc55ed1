"""Bestanden: een map, of een S3-compatibele opslag (fsspec), achter één adres."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

BROK = 1 << 20
HIER = "file:///"


class Opslag(Protocol):
    """Bestanden onder een sleutel (`ab/<uuid>`). Alles stroomt: nooit een heel bestand in het geheugen."""

    def schrijf(self, sleutel: str, delen: Iterable[bytes]) -> int:
        """Bewaar de delen en geef het aantal bytes. Pas bij slagen staat het bestand er onder zijn naam, en dan ook na stroomuitval."""

    def lees(self, sleutel: str, begin: int = 0, eind: int | None = None) -> Iterator[bytes]:
        """De bytes van `begin` tot `eind` (exclusief), in brokken van hoogstens 1 MB."""

    def bestaat(self, sleutel: str) -> bool:
        """Is er een bestand of map met deze sleutel?"""

    def verwijder(self, sleutel: str) -> None:
        """Verwijder het bestand; bestaat het niet (meer), dan gebeurt er niets."""

    def verwijder_map(self, sleutel: str) -> None:
        """Verwijder alles onder `sleutel`; is er niets (meer), dan gebeurt er niets."""


def open_opslag(url: str) -> Opslag:
    """De opslag op dit adres: `file:///…` is een map van deze machine, de rest is aan fsspec."""
    return OpSchijf(f"/{url.removeprefix(HIER).strip('/')}") if url.startswith(HIER) else Elders(url)


class OpSchijf:
    """Een map van deze machine.

    De naam van een bestand gaat niet door `pathlib`: dat onthoudt elk deel van een pad in de tabel van Python zelf, en die groeit mee.
    """

    def __init__(self, wortel: str) -> None:
        self._wortel = wortel

    def schrijf(self, sleutel: str, delen: Iterable[bytes]) -> int:
        map_, _, naam = _pad(self._wortel, sleutel).rpartition("/")
        tijdelijk, nieuwe_mappen = f"{naam}.deel", _maak_mappen(Path(map_))
        in_map = os.open(map_, os.O_RDONLY)
        try:
            nieuw = os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=in_map)
            with os.fdopen(nieuw, "wb") as bestand:
                omvang = _schrijf_delen(bestand, delen)
                bestand.flush()
                os.rename(tijdelijk, naam, src_dir_fd=in_map, dst_dir_fd=in_map)
                # Het bestand heeft zijn naam dan al: zo is het voor de schijf één ronde, want de map gaat in dezelfde ronde mee.
                os.fsync(nieuw)
                os.fsync(in_map)
        finally:
            os.close(in_map)
        for nieuwe in nieuwe_mappen:
            zet_vast(nieuwe)
        return omvang

    def lees(self, sleutel: str, begin: int = 0, eind: int | None = None) -> Iterator[bytes]:
        with os.fdopen(os.open(_pad(self._wortel, sleutel), os.O_RDONLY), "rb") as bestand:
            yield from _brokken(bestand, begin, eind)

    def bestaat(self, sleutel: str) -> bool:
        return os.access(_pad(self._wortel, sleutel), os.F_OK)

    def verwijder(self, sleutel: str) -> None:
        if self.bestaat(sleutel):
            os.unlink(_pad(self._wortel, sleutel))  # noqa: PTH108  # zie hierboven

    def verwijder_map(self, sleutel: str) -> None:
        if self.bestaat(sleutel):
            shutil.rmtree(_pad(self._wortel, sleutel))


class Elders:
    """Wat fsspec kent, zoals `s3://`."""

    def __init__(self, url: str) -> None:
        import fsspec  # noqa: PLC0415  # groot, en zelden nodig

        self._fs, self._wortel = fsspec.core.url_to_fs(url)

    def schrijf(self, sleutel: str, delen: Iterable[bytes]) -> int:
        pad = _pad(self._wortel, sleutel)
        self._fs.makedirs(pad.rpartition("/")[0], exist_ok=True)
        with self._fs.open(f"{pad}.deel", "wb") as bestand:
            omvang = _schrijf_delen(bestand, delen)
        self._fs.mv(f"{pad}.deel", pad)
        return omvang

    def lees(self, sleutel: str, begin: int = 0, eind: int | None = None) -> Iterator[bytes]:
        with self._fs.open(_pad(self._wortel, sleutel), "rb") as bestand:
            yield from _brokken(bestand, begin, eind)

    def bestaat(self, sleutel: str) -> bool:
        return bool(self._fs.exists(_pad(self._wortel, sleutel)))

    def verwijder(self, sleutel: str) -> None:
        if self.bestaat(sleutel):
            self._fs.rm(_pad(self._wortel, sleutel))

    def verwijder_map(self, sleutel: str) -> None:
        if self.bestaat(sleutel):
            self._fs.rm(_pad(self._wortel, sleutel), recursive=True)


def _pad(wortel: Any, sleutel: str) -> str:
    if ".." in sleutel or sleutel.startswith("/"):
        raise ValueError("ongeldige sleutel")
    return f"{wortel}/{sleutel}"


def zet_vast(map_: Path) -> None:
    """Wacht tot wat er in deze map staat op de schijf staat."""
    nummer = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def _brokken(bestand: IO[bytes], begin: int, eind: int | None) -> Iterator[bytes]:
    bestand.seek(begin)
    rest = eind - begin if eind is not None else None
    while brok := bestand.read(BROK if rest is None else min(BROK, rest)):
        rest = None if rest is None else rest - len(brok)
        yield brok


def _schrijf_delen(bestand: IO[bytes], delen: Iterable[bytes]) -> int:
    return sum(bestand.write(deel) for deel in delen)


def _maak_mappen(map_: Path) -> list[Path]:
    """De mappen waar hierdoor een map bij kwam."""
    if map_.is_dir():  # bijna altijd
        return []
    nieuw = [deel for deel in (map_, *map_.parents) if not deel.exists()]
    map_.mkdir(parents=True, exist_ok=True)
    return [deel.parent for deel in nieuw]
