"""Wat een simulator even of blijvend bewaart, als bestanden in een map: zo delen meerdere webprocessen het."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kern.klok import Klok


def schrijf_heel(bestand: Path, inhoud: bytes, *, vervang: bool = True) -> bool:
    """Schrijf een bestand in één keer zichtbaar. Zonder `vervang` wint wie het eerst is; geeft of dit de inhoud werd."""
    bestand.parent.mkdir(parents=True, exist_ok=True)
    tijdelijk = bestand.with_name(f".{bestand.name}.{secrets.token_hex(6)}")
    tijdelijk.touch(mode=0o600)
    tijdelijk.write_bytes(inhoud)
    try:
        if vervang:
            tijdelijk.replace(bestand)
        else:
            bestand.hardlink_to(tijdelijk)
    except FileExistsError:
        return False
    finally:
        tijdelijk.unlink(missing_ok=True)
    return True


def bewaard(bestand: Path, maak: Callable[[], str]) -> str:
    """De inhoud van een bestand; bestaat het nog niet, dan die van `maak` (één keer, ook bij gelijktijdig starten)."""
    if not bestand.exists():
        schrijf_heel(bestand, maak().encode(), vervang=False)
    return bestand.read_text(encoding="utf-8")


class Briefjes:
    """Kort geldige gegevens onder een geheim nummer. Het nummer zelf staat nergens, alleen zijn afdruk."""

    def __init__(self, map_: Path, klok: Klok) -> None:
        self._map = map_
        self._klok = klok

    def leg(self, soort: str, inhoud: dict[str, Any], seconden: int) -> str:
        """Bewaar `inhoud` en geef het nummer waarmee zij op te halen is."""
        self._veeg()
        nummer = secrets.token_urlsafe(32)
        verloopt = int(self._klok.nu().timestamp()) + seconden
        schrijf_heel(self._map / f"{_afdruk(soort, nummer)}.{verloopt}", json.dumps(inhoud).encode())
        return nummer

    def neem(self, soort: str, nummer: str) -> dict[str, Any] | None:
        """Haal op wat er onder een nummer ligt. Het lukt precies één keer, ook als twee processen het tegelijk proberen."""
        for bestand in self._map.glob(f"{_afdruk(soort, nummer)}.*"):
            eigen = bestand.with_name(f".{secrets.token_hex(8)}")
            try:
                os.rename(bestand, eigen)  # noqa: PTH104  # het slagen van de rename beslist wie het krijgt
            except FileNotFoundError:
                return None
            inhoud = json.loads(eigen.read_bytes())
            eigen.unlink()
            return inhoud if self._geldig(bestand) else None
        return None

    def lees(self, soort: str, nummer: str) -> dict[str, Any] | None:
        """Kijk wat er onder een nummer ligt; het blijft liggen."""
        for bestand in self._map.glob(f"{_afdruk(soort, nummer)}.*"):
            if self._geldig(bestand):
                gelezen: dict[str, Any] = json.loads(bestand.read_bytes())
                return gelezen
        return None

    def eerste_keer(self, soort: str, nummer: str, seconden: int) -> bool:
        """Of dit nummer nog niet eerder is langsgekomen (voor `jti`)."""
        verloopt = int(self._klok.nu().timestamp()) + seconden
        if any(map(self._geldig, self._map.glob(f"{_afdruk(soort, nummer)}.*"))):
            return False
        return schrijf_heel(self._map / f"{_afdruk(soort, nummer)}.{verloopt}", b"{}", vervang=False)

    def _geldig(self, bestand: Path) -> bool:
        return int(bestand.suffix[1:]) > self._klok.nu().timestamp()

    def _veeg(self) -> None:
        for bestand in self._map.glob("[0-9a-f]*.*"):
            if not self._geldig(bestand):
                bestand.unlink(missing_ok=True)


def _afdruk(soort: str, nummer: str) -> str:
    return hashlib.sha256(f"{soort}:{nummer}".encode()).hexdigest()
