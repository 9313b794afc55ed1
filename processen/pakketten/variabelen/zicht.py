"""Wat er op een plek in een model aan variabelen kan zijn: namen, met hun soort en hun velden voor zover bekend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

from feel import FeelFout, Functies, boom, compileer
from feel.functies import INGEBOUWD
from feel.vrij import delen, vrije_plekken
from formuliermotor.componenten import Vraag

Aard = Literal["", "tekst", "getal", "waarheid", "lijst", "context"]
"""Leeg is onbekend, of verschillend per pad. Een datum telt als onbekend: zij komt als tekst en als datum voor."""


@dataclass(frozen=True)
class Soort:
    """Wat voor waarde het is; `velden` als die allemaal bekend zijn."""

    aard: Aard = ""
    velden: Mapping[str, Soort] | None = None

    def samen(self, ander: Soort) -> Soort:
        """Als de waarde van twee kanten kan komen."""
        velden = None if self.velden is None or ander.velden is None else {**ander.velden, **self.velden}
        return Soort(self.aard if self.aard == ander.aard else "", velden)


ONBEKEND, TEKST, GETAL, WAARHEID, LIJST = Soort(), Soort("tekst"), Soort("getal"), Soort("waarheid"), Soort("lijst")


@dataclass(frozen=True)
class Zicht:
    """De variabelen op een plek; `open` als er ook andere kunnen zijn (de inhoud van een bericht, de invoer van een aanroep)."""

    namen: Mapping[str, Soort] = field(default_factory=dict)
    open: bool = False

    def erbij(self, namen: Mapping[str, Soort], *, open_: bool = False) -> Zicht:
        """Met deze variabelen (opnieuw) gezet."""
        return Zicht({**self.namen, **namen}, self.open or open_)

    def samen(self, ander: Zicht) -> Zicht:
        """Waar twee paden samenkomen: alles wat er van een van beide kan zijn."""
        beide = {n: s.samen(ander.namen[n]) if n in ander.namen else s for n, s in self.namen.items()}
        return Zicht({**ander.namen, **beide}, self.open or ander.open)


def alles_samen(zichten: Iterable[Zicht]) -> Zicht:
    """Alles wat er op een van deze plekken kan zijn."""
    samen = Zicht()
    for zicht in zichten:
        samen = samen.samen(zicht)
    return samen


class Uitdrukking:
    """Een FEEL-uitdrukking om na te kijken: welke variabelen en velden zij leest, en wat voor waarde zij geeft."""

    def __init__(self, tekst: str, functies: Functies) -> None:
        self.tekst = tekst
        self._functies = functies.functies
        try:
            self.boom: boom.Knoop | None = compileer(tekst.removeprefix("=").strip(), functies=functies).boom
        except FeelFout:
            self.boom = None  # dat meldt de controle van het model zelf

    def namen(self) -> list[str]:
        """De variabelen die zij leest."""
        plekken = vrije_plekken(self.boom) if self.boom else []
        namen = dict.fromkeys(naam.naam for naam in plekken)
        return [naam for naam in namen if naam not in INGEBOUWD and naam not in self._functies]

    def soort(self, zicht: Zicht) -> Soort:
        """Wat voor waarde zij geeft, voor zover dat zonder rekenen te zien is."""
        return _soort(self.boom, zicht) if self.boom else ONBEKEND

    def onbekende_velden(self, zicht: Zicht) -> Iterator[tuple[str, str, Iterable[str]]]:
        """(variabele, veld, wat wel kan) van elk veld dat er niet in zit."""
        for knoop in _knopen(self.boom):
            if isinstance(knoop, boom.Pad) and isinstance(knoop.bron, boom.Naam):
                soort = zicht.namen.get(knoop.bron.naam, ONBEKEND)
                if soort.velden is not None and knoop.naam not in soort.velden:
                    yield knoop.bron.naam, knoop.naam, soort.velden

    def verkeerd_vergeleken(self, zicht: Zicht) -> Iterator[tuple[str, Aard, Aard]]:
        """(variabele, wat zij is, waarmee zij vergeleken wordt) van elke vergelijking die nooit waar kan zijn."""
        for knoop in _knopen(self.boom):
            if isinstance(knoop, boom.Vergelijk):
                een, ander = _soort(knoop.links, zicht).aard, _soort(knoop.rechts, zicht).aard
                if een and ander and een != ander:
                    yield _noem(knoop.links), een, ander


def _knopen(knoop: boom.Knoop | None) -> Iterator[boom.Knoop]:
    nog = [knoop] if knoop else []
    while nog:
        deze = nog.pop()
        yield deze
        if not isinstance(deze, boom.Filter | boom.Functie | boom.Voor | boom.Kwantor):  # die binden zelf namen
            nog += delen(deze)


_LETTERLIJK: dict[type[object], Soort] = {
    boom.Tekst: TEKST, boom.Getal: GETAL, boom.Lijst: LIJST,
    **dict.fromkeys((boom.Waarheid, boom.Vergelijk, boom.Logisch, boom.Tussen, boom.In), WAARHEID),
}  # fmt: skip


def _soort(knoop: boom.Knoop, zicht: Zicht) -> Soort:
    match knoop:
        case boom.Naam(naam):
            return zicht.namen.get(naam, ONBEKEND)
        case boom.Pad(bron, naam):
            return (_soort(bron, zicht).velden or {}).get(naam, ONBEKEND)
        case boom.Context(velden):
            return Soort("context", {naam: _soort(deel, zicht) for naam, deel in velden})
        case boom.Als(_, dan, anders):
            return _soort(dan, zicht).samen(_soort(anders, zicht))
    return _LETTERLIJK.get(type(knoop), ONBEKEND)


def _noem(knoop: boom.Knoop) -> str:
    if isinstance(knoop, boom.Pad):
        return f"{_noem(knoop.bron)}.{knoop.naam}"
    return knoop.naam if isinstance(knoop, boom.Naam) else "de linkerkant"


def van_annotatie(annotatie: Any) -> Soort:
    """De soort van een veld van een bouwblok."""
    soorten = [deel for deel in get_args(annotatie) if deel is not type(None)] if get_args(annotatie) else []
    kaal = get_origin(annotatie) or annotatie
    if kaal is Literal:
        return TEKST
    if kaal in (list, tuple, set, frozenset):
        return LIJST
    if kaal in (dict, Mapping):
        return Soort("context")
    if soorten:
        gevonden = {van_annotatie(deel) for deel in soorten}
        return gevonden.pop() if len(gevonden) == 1 else ONBEKEND
    return _KALE.get(kaal, ONBEKEND)


_KALE: dict[Any, Soort] = {str: TEKST, bool: WAARHEID, int: GETAL, float: GETAL, date: ONBEKEND, datetime: ONBEKEND}
_VRAGEN: dict[str, Soort] = {
    "number": GETAL, "currency": GETAL, "checkbox": WAARHEID, "editgrid": LIJST, "file": LIJST, "selectboxes": LIJST,
    "textfield": TEKST, "textarea": TEKST, "radio": TEKST, "select": TEKST, "email": TEKST, "postcode": TEKST,
}  # fmt: skip


def van_vraag(vraag: Vraag) -> Soort:
    """De soort van het antwoord op een vraag in een formulier."""
    return _VRAGEN.get(str(getattr(vraag, "type", "")), ONBEKEND)
