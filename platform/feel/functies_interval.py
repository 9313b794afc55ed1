"""De verhoudingen tussen punten en bereiken: `before` tot en met `coincides`, en `range`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from feel import boom
from feel.fouten import FeelFout
from feel.staat import Staat
from feel.tijd_lezen import lees_tijdwaarde
from feel.vergelijken import is_geordend, stand
from feel.waarden import Bereik


class _GeenOrdeError(Exception):
    """Twee punten zijn niet te vergelijken."""


def _stand(a: Any, b: Any) -> int:
    verschil = stand(a, b)
    if verschil is None:
        raise _GeenOrdeError
    return verschil


def _kant(a: Any, b: Any, a_leeg: int, b_leeg: int) -> int:
    """De stand van twee kanten; een onbegrensde kant ligt op min of plus oneindig (-1 of 1)."""
    if a is None or b is None:
        return (a_leeg if a is None else 0) - (b_leeg if b is None else 0)
    return _stand(a, b)


def _begin_begin(a: Bereik, b: Bereik) -> int:
    """Begint a eerder (negatief), gelijk of later dan b; een dicht begin ligt net voor een open begin."""
    return _kant(a.laag, b.laag, -1, -1) or int(b.laag_dicht) - int(a.laag_dicht)


def _eind_eind(a: Bereik, b: Bereik) -> int:
    return _kant(a.hoog, b.hoog, 1, 1) or int(a.hoog_dicht) - int(b.hoog_dicht)


def _raakt(a: Bereik, b: Bereik) -> int:
    """Het einde van a tegen het begin van b: negatief als a er voor stopt, nul als zij één punt delen."""
    verschil = _kant(a.hoog, b.laag, 1, -1)
    return verschil or (0 if a.hoog_dicht and b.laag_dicht else -1)


def _punt(punt: Any) -> Bereik:
    return Bereik(True, punt, punt, True)


def before(a: Bereik, b: Bereik) -> bool:
    """Of a helemaal voor b ligt."""
    return _raakt(a, b) < 0


def meets(a: Bereik, b: Bereik) -> bool:
    """Of a precies eindigt waar b begint."""
    return a.hoog is not None and _raakt(a, b) == 0


def overlaps(a: Bereik, b: Bereik) -> bool:
    """Of a en b iets delen."""
    return _raakt(a, b) >= 0 and _raakt(b, a) >= 0


def overlaps_before(a: Bereik, b: Bereik) -> bool:
    """Of a eerder begint en binnen b eindigt."""
    return _begin_begin(a, b) < 0 and _raakt(a, b) >= 0 and _eind_eind(a, b) <= 0


def includes(a: Bereik, b: Bereik) -> bool:
    """Of b ligt helemaal in a."""
    return _begin_begin(a, b) <= 0 and _eind_eind(a, b) >= 0


def finishes(a: Bereik, b: Bereik) -> bool:
    """Of a gelijk met b eindigt en niet eerder begint."""
    return _eind_eind(a, b) == 0 and _begin_begin(a, b) >= 0


def starts(a: Bereik, b: Bereik) -> bool:
    """Of a gelijk met b begint en niet later eindigt."""
    return _begin_begin(a, b) == 0 and _eind_eind(a, b) <= 0


def coincides(a: Bereik, b: Bereik) -> bool:
    """Of a en b hetzelfde zijn."""
    return _begin_begin(a, b) == 0 and _eind_eind(a, b) == 0


Verhouding = Callable[[Bereik, Bereik], bool]


def _om(verhouding: Verhouding) -> Verhouding:
    return lambda a, b: verhouding(b, a)


def _vormen(verhouding: Verhouding, vormen: str) -> dict[str, Callable[..., Any]]:
    """De handtekeningen: pp (punten), pr, rp en rr."""
    teksten = {
        "pp": "point1: punt, point2: punt", "pr": "point: punt, range: range", "rp": "range: range, point: punt",
        "rr": "range1: range, range2: range",
    }  # fmt: skip
    punt = "number | string | date | time | date and time | days and time duration | years and months duration"
    return {teksten[vorm].replace(": punt", f": {punt}"): _werk(verhouding) for vorm in vormen.split()}


def _werk(verhouding: Verhouding) -> Callable[[Staat, Any, Any], bool | None]:
    def doe(staat: Staat, a: Any, b: Any) -> bool | None:
        try:
            return verhouding(a if isinstance(a, Bereik) else _punt(a), b if isinstance(b, Bereik) else _punt(b))
        except _GeenOrdeError:
            staat.meld("interval.orde", "Deze punten zijn niet te vergelijken", "These points cannot be compared")
            return None

    return doe


def range_(staat: Staat, bron: str) -> Bereik | None:
    """`range(from)`: een bereik uit tekst, met letterlijke kanten; een lege kant is onbegrensd."""
    from feel.parser import ontleed  # noqa: PLC0415 - alleen wie range() aanroept, heeft hier de parser nodig

    try:
        knoop = ontleed(_LEEG_EIND.sub(r"..null\1", _LEEG_BEGIN.sub(r"\1null..", bron)))
        if isinstance(knoop, boom.Bereik):
            laag, hoog = _letterlijk(knoop.laag), _letterlijk(knoop.hoog)
            half = laag is None or hoog is None
            leeg = (laag is None and knoop.laag_dicht) or (hoog is None and knoop.hoog_dicht) or laag is hoog is None
            if not leeg and (half or (type(laag) is type(hoog) and _stand(laag, hoog) <= 0)):
                return Bereik(knoop.laag_dicht, laag, hoog, knoop.hoog_dicht)
    except (FeelFout, _GeenOrdeError):
        pass
    staat.meld("range.tekst", f"“{bron}” is geen bereik", f"“{bron}” is not a range")
    return None


def _letterlijk(knoop: boom.Knoop | None) -> Any:
    match knoop:
        case None | boom.Niets():
            return None
        case boom.Getal() | boom.Tekst():
            return knoop.waarde
        case boom.Apenstaart(waarde):
            uit = lees_tijdwaarde(waarde)
        case boom.Aanroep(boom.Naam(naam), (boom.Tekst(waarde),), ()) if naam in _MAKERS:
            uit = lees_tijdwaarde(waarde)
        case _:
            uit = None
    if not is_geordend(uit):
        raise _GeenOrdeError
    return uit


# `(..5]` en `[5..)`: een lege kant is onbegrensd, en dus open.
_LEEG_BEGIN = re.compile(r"^(\s*[\[(\]]\s*)\.\.")
_LEEG_EIND = re.compile(r"\.\.(\s*[\])\[]\s*)$")
_MAKERS = frozenset(["date", "time", "date and time", "duration"])

FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "before": _vormen(before, "pp pr rp rr"),
    "after": _vormen(_om(before), "pp pr rp rr"),
    "meets": _vormen(meets, "rr"),
    "met by": _vormen(_om(meets), "rr"),
    "overlaps": _vormen(overlaps, "rr"),
    "overlaps before": _vormen(overlaps_before, "rr"),
    "overlaps after": _vormen(_om(overlaps_before), "rr"),
    "finishes": _vormen(finishes, "pr rr"),
    "finished by": _vormen(_om(finishes), "rp rr"),
    "includes": _vormen(includes, "rp rr"),
    "during": _vormen(_om(includes), "pr rr"),
    "starts": _vormen(starts, "pr rr"),
    "started by": _vormen(_om(starts), "rp rr"),
    "coincides": _vormen(coincides, "pp rr"),
    "range": {"from: string": range_},
}
