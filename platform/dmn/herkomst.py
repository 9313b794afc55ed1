"""Waar een regel of tabel vandaan komt: vindplaats in de wet, geldigheid en overgangsrecht.

In het model staan zij als uitbreiding (`extensionElements`) in de naamruimte `NAAMRUIMTE`:

    <d:vindplaats wet="Participatiewet" artikel="36" lid="1" url="https://wetten.overheid.nl/..."/>
    <d:geldig van="2024-01-01" tot="2025-01-01"/>            (van telt mee, tot niet meer)
    <d:overgangsrecht>Wie voor 1 januari aanvroeg, valt onder de oude regel.</d:overgangsrecht>
"""

from __future__ import annotations

from datetime import date

from feel.vast import vast

NAAMRUIMTE = "urn:dienstverlening:dmn:1"


@vast
class Vindplaats:
    """Een plaats in een wet of regeling."""

    wet: str
    artikel: str = ""
    lid: str = ""
    url: str = ""

    def zin(self, taal: str = "nl") -> str:
        """`artikel 36, lid 1, Participatiewet`."""
        artikel, lid = ("artikel", "lid") if taal == "nl" else ("article", "paragraph")
        delen = [f"{artikel} {self.artikel}" if self.artikel else "", f"{lid} {self.lid}" if self.lid else "", self.wet]
        return ", ".join(deel for deel in delen if deel)


@vast
class Herkomst:
    """Vindplaatsen, geldigheid (van tot en met de dag voor tot) en overgangsrecht."""

    vindplaatsen: tuple[Vindplaats, ...] = ()
    van: date | None = None
    tot: date | None = None
    overgangsrecht: str = ""

    @property
    def begrensd(self) -> bool:
        """Geldt dit niet altijd?"""
        return self.van is not None or self.tot is not None

    def geldt_op(self, peildatum: date) -> bool:
        """Geldt dit op de peildatum?"""
        return (self.van is None or self.van <= peildatum) and (self.tot is None or peildatum < self.tot)


GEEN = Herkomst()
