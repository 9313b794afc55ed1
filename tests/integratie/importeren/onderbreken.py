"""Een import die telkens omvalt en verder gaat waar zij bleef."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from dienstverlening.importeren.andere import Aanmelding, Andere
from dienstverlening.importeren.kern import Import, Stap
from dienstverlening.importeren.stand import Telling
from kern.installatie import Installatie


class Afgebroken(Exception):
    """De import valt halverwege om."""


@dataclass(frozen=True)
class Onderbroken:
    """`porties`: (stap, gelezen, totaal) van elke gelezen portie, over alle pogingen samen."""

    tellingen: dict[str, Telling]
    pogingen: int
    porties: list[tuple[str, int, int]]


def importeer_onderbroken(
    doel: Installatie,
    adres: str,
    aanmelding: Aanmelding,
    stappen: tuple[Stap, ...],
    *,
    per_poging: int,
    einde: Callable[[str, int, int], bool],
) -> Onderbroken:
    """Val om na meer dan `per_poging` porties, behalve aan het einde, en begin opnieuw tot alles er is."""
    porties: list[tuple[str, int, int]] = []

    def poging() -> dict[str, Telling]:
        over = iter(range(per_poging))

        def voortgang(stap: str, gelezen: int, totaal: int) -> None:
            porties.append((stap, gelezen, totaal))
            if not einde(stap, gelezen, totaal) and next(over, None) is None:
                raise Afgebroken

        andere = Andere(doel, adres, aanmelding)
        try:
            return Import(doel, andere, stappen, "proef").voer_uit(voortgang)
        finally:
            andere.sluit()

    for keer in count(1):
        try:
            return Onderbroken(poging(), keer, porties)
        except Afgebroken:
            assert keer < 40
    raise AssertionError
