"""Bestanden: een map of een S3-compatibele opslag achter één adres (fsspec)."""

from collections.abc import Iterable, Iterator
from typing import Any

import fsspec

BROK = 1 << 20


class Opslag:
    """Bestanden onder een sleutel (`ab/<uuid>`). Alles stroomt: nooit een heel bestand in het geheugen."""

    def __init__(self, url: str) -> None:
        self._fs, self._wortel = fsspec.core.url_to_fs(url)

    def schrijf(self, sleutel: str, delen: Iterable[bytes]) -> int:
        """Bewaar de delen en geef het aantal bytes. Pas bij slagen staat het bestand er onder zijn naam."""
        pad = self._pad(sleutel)
        self._fs.makedirs(pad.rpartition("/")[0], exist_ok=True)
        tijdelijk, omvang = f"{pad}.deel", 0
        with self._fs.open(tijdelijk, "wb") as bestand:
            for deel in delen:
                omvang += bestand.write(deel)
        self._fs.mv(tijdelijk, pad)
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
