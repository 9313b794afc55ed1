"""Omzetten (`string`, `number`), waarheid (`not`), `is`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from feel.drukker import tekstliteraal
from feel.fouten import Telling
from feel.getallen import als_tekst, literaal
from feel.namen import is_samengesteld
from feel.staat import Staat
from feel.tijd import DatumTijd, Tijd
from feel.vergelijken import gelijk
from feel.waarden import Bereik, is_functie

_GETAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")


def tekst(waarde: Any, *, binnen: bool = False, telling: Telling | None = None) -> str:  # noqa: PLR0911 - één geval per soort
    """De tekst van een waarde zoals FEEL haar schrijft; teksten binnen een lijst krijgen aanhalingstekens."""
    telling = telling or Telling()
    telling.tel()
    match waarde:
        case None:
            return "null"
        case str():
            return tekstliteraal(waarde) if binnen else waarde
        case bool():
            return "true" if waarde else "false"
        case Decimal():
            return als_tekst(waarde)
        case list():
            return "[" + ", ".join(tekst(deel, binnen=True, telling=telling) for deel in waarde) + "]"
        case dict():
            delen = (f"{_sleutel(naam)}: {tekst(deel, binnen=True, telling=telling)}" for naam, deel in waarde.items())
            return "{" + ", ".join(delen) + "}"
        case Bereik():
            return _bereik(waarde)
        case _ if is_functie(waarde):
            return f"function {waarde.naam}"
    return str(waarde)


def _sleutel(naam: str) -> str:
    return naam if naam and not any(is_samengesteld(deel) for deel in naam.split(" ")) else tekstliteraal(naam)


def _bereik(bereik: Bereik) -> str:
    if bereik.laag is None:
        return f"({'<=' if bereik.hoog_dicht else '<'} {tekst(bereik.hoog, binnen=True)})"
    if bereik.hoog is None:
        return f"({'>=' if bereik.laag_dicht else '>'} {tekst(bereik.laag, binnen=True)})"
    kanten = f"{tekst(bereik.laag, binnen=True)}..{tekst(bereik.hoog, binnen=True)}"
    return f"{'[' if bereik.laag_dicht else '('}{kanten}{']' if bereik.hoog_dicht else ')'}"


def string(staat: Staat, waarde: Any) -> str | None:
    """`string(from)`: null blijft null."""
    if waarde is None:
        staat.meld("string.null", "string(null) is null", "string(null) is null")
        return None
    uit = tekst(waarde)
    staat.tekst(len(uit))
    return uit


def number(staat: Staat, bron: str, groep: str | None, decimaal: str | None) -> Decimal | None:
    """`number(from, grouping separator, decimal separator)`."""
    goed = groep in {None, " ", ",", "."} and decimaal in {None, ",", "."} and (groep is None or groep != decimaal)
    kaal = bron.replace(groep, "") if groep else bron
    if decimaal and decimaal != ".":
        goed = goed and "." not in kaal
        kaal = kaal.replace(decimaal, ".")
    if goed and _GETAL.fullmatch(kaal):
        return literaal(kaal)
    staat.meld("number.tekst", f"“{bron}” is zo geen getal", f"“{bron}” is not a number this way")
    return None


def niet(_staat: Staat, waarde: Any) -> bool | None:
    """`not(negand)`: alles behalve een boolean geeft null."""
    return None if not isinstance(waarde, bool) else not waarde


def is_(_staat: Staat, links: Any, rechts: Any) -> bool:
    """`is(value1, value2)`: dezelfde soort en dezelfde onderdelen, ook zone en offset."""
    if isinstance(links, DatumTijd | Tijd) or isinstance(rechts, DatumTijd | Tijd):
        return bool(links == rechts)
    return type(links) is type(rechts) and gelijk(links, rechts) is True


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "string": {"from: Any": string},
    "number": {"from: string, grouping separator: string~, decimal separator: string~": number},
    "not": {"negand: Any": niet},
    "is": {"value1: Any, value2: Any": is_},
}
