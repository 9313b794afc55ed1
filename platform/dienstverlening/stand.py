"""Is een datamap al bijgewerkt door precies deze code? Dan kan een volgende start dat overslaan."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kern.instellingen import Instellingen

PAKKETTEN = (
    "dienstverlening", "formulieren", "mijngemeente", "kcc", "processen", "plugins", "registraties", "simulatoren",
    "formuliermotor", "contracten", "huisstijl", "integratie", "kit", "kern", "dmn", "feel",
)  # fmt: skip


def is_bij(instellingen: Instellingen) -> bool:
    """Of de eigen database op deze datamap al bij is; een database van een ander wordt altijd nagekeken."""
    bestand = _bestand(instellingen)
    return not instellingen.database_url and bestand.exists() and bestand.read_text() == _afdruk(instellingen)


def zet_bij(instellingen: Instellingen) -> None:
    """Onthoud dat de database op deze datamap bij is."""
    bestand = _bestand(instellingen)
    if bestand.parent.is_dir():
        bestand.write_text(_afdruk(instellingen))


def _bestand(instellingen: Instellingen) -> Path:
    # In de map van de database: verdwijnt die, dan verdwijnt dit ook.
    return instellingen.data / "postgres" / "bijgewerkt"


def _afdruk(instellingen: Instellingen) -> str:
    return hashlib.sha256(f"{instellingen.model_dump_json()}\n{code()}".encode()).hexdigest()


@cache
def code() -> str:
    """Een afdruk van de code waarmee dit proces draait."""
    som = hashlib.sha256()
    for pad in _bronnen():
        stand = pad.stat()
        som.update(f"{pad}:{stand.st_mtime_ns}:{stand.st_size}\n".encode())
    return som.hexdigest()


def _bronnen() -> Iterator[Path]:
    for pakket in PAKKETTEN:
        vondst = find_spec(pakket)
        for map_ in vondst.submodule_search_locations or () if vondst else ():
            yield from sorted(
                p for p in Path(map_).rglob("*.*") if p.is_file() and p.suffix != ".pyc" and "gebouwd" not in p.parts
            )
