"""Fouten van DMN.

Exception
└── DmnFout        het model is niet te lezen of niet te gebruiken; `problemen` noemt alles wat gevonden is
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Probleem:
    """Eén bevinding, met de plaats in het model en de regel van het bestand (0 als die er niet is)."""

    code: str
    nederlands: str
    engels: str
    plek: str = ""
    regel: int = 0
    kolom: int = 0
    ernst: str = "fout"

    def __str__(self) -> str:
        waar = f"{self.plek}: " if self.plek else ""
        regel = f" (regel {self.regel})" if self.regel else ""
        return f"{waar}{self.nederlands}{regel}"


class DmnFout(ValueError):
    """Het model kan niet; `str()` is de eerste bevinding."""

    def __init__(self, *problemen: Probleem) -> None:
        self.problemen = problemen
        super().__init__("; ".join(str(probleem) for probleem in problemen[:3]))


def fout(code: str, nederlands: str, engels: str, plek: str = "", regel: int = 0) -> DmnFout:
    """Een DmnFout met één bevinding."""
    return DmnFout(Probleem(code, nederlands, engels, plek, regel))
