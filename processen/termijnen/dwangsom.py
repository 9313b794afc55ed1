"""De dwangsom bij niet tijdig beslissen (Awb 4:17 en 4:18)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kern.termijnen import GEEN, termijn

LANGST = 42  # dagen
SCHIJF = 14  # dagen per tarief
TARIEVEN: tuple[tuple[date, tuple[int, int, int]], ...] = (
    (date(2009, 10, 1), (20, 30, 40)),
    (date(2019, 1, 1), (23, 35, 45)),
)
"""Vanaf welke eerste dag welke bedragen per dag gelden, in hele euro's (Awb 4:17, tweede lid; geïndexeerd)."""


@dataclass(frozen=True)
class Dwangsom:
    """`bedrag` in hele euro's tot en met de peildatum; `vaststellen_voor`: uiterlijk dan moet het bedrag bij besluit vaststaan."""

    eerste_dag: date
    dagen: int
    bedrag: int
    laatste_dag: date
    vaststellen_voor: date


def dwangsom(ingebreke: date, beslist: date | None, peildatum: date, vrij: Collection[date] = GEEN) -> Dwangsom | None:
    """De dwangsom na een geldige ingebrekestelling, of None als er (nog) geen dag verschuldigd is.

    De eerste dag is die na twee weken na de ontvangst. De dag waarop beslist wordt telt niet meer mee; hierop is de Algemene
    termijnenwet niet van toepassing.
    """
    eerste = ingebreke + timedelta(days=SCHIJF + 1)
    uiterlijk = eerste + timedelta(days=LANGST - 1)
    laatste = min(uiterlijk, beslist - timedelta(days=1)) if beslist else uiterlijk
    dagen = (min(laatste, peildatum) - eerste).days + 1
    if dagen <= 0:
        return None
    return Dwangsom(eerste, dagen, bedrag(eerste, dagen), laatste, termijn(laatste, "P2W", vrij))


def bedrag(eerste: date, dagen: int) -> int:
    """Hoeveel euro er na zoveel dagen verschuldigd is."""
    tarief = next(bedragen for vanaf, bedragen in reversed(TARIEVEN) if vanaf <= eerste)
    return sum(tarief[min(dag // SCHIJF, 2)] for dag in range(min(dagen, LANGST)))
