"""De syntaxboom terug naar tekst: opnieuw ontleden (met dezelfde namen in scope) geeft dezelfde boom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from feel import boom
from feel.namen import is_samengesteld

_LOS, _OF, _EN, _VERGELIJK, _PLUS, _MAAL, _MACHT, _UNAIR, _ATOOM = range(9)
_REKEN = {"+": _PLUS, "-": _PLUS, "*": _MAAL, "/": _MAAL, "**": _MACHT}


def druk_af(knoop: boom.Knoop) -> str:
    """De tekst van een boom, met alleen de haakjes die nodig zijn."""
    return _op(knoop, _LOS)


def _op(knoop: boom.Knoop, niveau: int) -> str:
    """De tekst, tussen haakjes als de knoop losser bindt dan `niveau`."""
    eigen, tekst = _DRUKKERS[type(knoop)](knoop)
    return tekst if eigen >= niveau else f"({tekst})"


def tekstliteraal(inhoud: str) -> str:
    """De inhoud als FEEL-tekst met aanhalingstekens."""
    return '"' + inhoud.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reeks(knopen: Iterable[boom.Knoop]) -> str:
    return ", ".join(druk_af(knoop) for knoop in knopen)


def _reken(knoop: boom.Reken) -> tuple[int, str]:
    niveau = _REKEN[knoop.rest[0][0]]
    delen = [_op(knoop.eerste, niveau + 1), *(f"{op} {_op(deel, niveau + 1)}" for op, deel in knoop.rest)]
    return niveau, " ".join(delen)


def _logisch(knoop: boom.Logisch) -> tuple[int, str]:
    niveau = _OF if knoop.op == "or" else _EN
    return niveau, f" {knoop.op} ".join(_op(deel, niveau + 1) for deel in knoop.delen)


def _vergelijk(knoop: boom.Vergelijk) -> tuple[int, str]:
    return _VERGELIJK, f"{_op(knoop.links, _PLUS)} {knoop.op} {_op(knoop.rechts, _PLUS)}"


def _tussen(knoop: boom.Tussen) -> tuple[int, str]:
    laag, hoog = _op(knoop.laag, _PLUS), _op(knoop.hoog, _PLUS)
    return _VERGELIJK, f"{_op(knoop.deel, _PLUS)} between {laag} and {hoog}"


def _bereik(knoop: boom.Bereik) -> tuple[int, str]:
    if knoop.laag is None:
        return _ATOOM, f"({'<=' if knoop.hoog_dicht else '<'} {_op(knoop.hoog or boom.Niets(), _PLUS)})"
    if knoop.hoog is None:
        return _ATOOM, f"({'>=' if knoop.laag_dicht else '>'} {_op(knoop.laag, _PLUS)})"
    kanten = f"{_op(knoop.laag, _PLUS)}..{_op(knoop.hoog, _PLUS)}"
    return _ATOOM, f"{'[' if knoop.laag_dicht else '('}{kanten}{']' if knoop.hoog_dicht else ')'}"


def _min(knoop: boom.Min) -> tuple[int, str]:
    deel = _op(knoop.deel, _UNAIR)
    return _UNAIR, f"-({deel})" if deel[0] in "0123456789." else f"-{deel}"


def _sleutel(naam: str) -> str:
    return tekstliteraal(naam) if is_samengesteld(naam) else naam


def _context(knoop: boom.Context) -> tuple[int, str]:
    return _ATOOM, "{" + ", ".join(f"{_sleutel(naam)}: {druk_af(deel)}" for naam, deel in knoop.velden) + "}"


def _aanroep(knoop: boom.Aanroep) -> tuple[int, str]:
    delen = [druk_af(argument) for argument in knoop.argumenten]
    if knoop.namen:
        delen = [f"{naam}: {deel}" for naam, deel in zip(knoop.namen, delen, strict=True)]
    return _ATOOM, f"{_op(knoop.functie, _ATOOM)}({', '.join(delen)})"


def _type(soort: boom.Type) -> str:
    if soort.naam == "function" and soort.delen:
        return f"function<{', '.join(map(_type, soort.delen[:-1]))}> -> {_type(soort.delen[-1])}"
    if soort.velden:
        return "context<" + ", ".join(f"{naam}: {_type(deel)}" for naam, deel in soort.velden) + ">"
    return f"{soort.naam}<{_type(soort.delen[0])}>" if soort.delen else soort.naam


def _functie(knoop: boom.Functie) -> tuple[int, str]:
    delen = [p.naam if p.type is None else f"{p.naam}: {_type(p.type)}" for p in knoop.parameters]
    extern = " external" if knoop.extern else ""
    return _LOS, f"function({', '.join(delen)}){extern} {druk_af(knoop.lichaam)}"


def _rondes(rondes: Iterable[boom.Ronde]) -> str:
    delen = (f"{r.naam} in {druk_af(r.bron)}" + (f"..{druk_af(r.tot)}" if r.tot else "") for r in rondes)
    return ", ".join(delen)


def _voor(knoop: boom.Voor) -> tuple[int, str]:
    return _LOS, f"for {_rondes(knoop.rondes)} return {druk_af(knoop.geeft)}"


def _kwantor(knoop: boom.Kwantor) -> tuple[int, str]:
    woord = "every" if knoop.alle else "some"
    return _LOS, f"{woord} {_rondes(knoop.rondes)} satisfies {druk_af(knoop.voldoet)}"


def _als(knoop: boom.Als) -> tuple[int, str]:
    return _LOS, f"if {druk_af(knoop.voorwaarde)} then {druk_af(knoop.dan)} else {druk_af(knoop.anders)}"


def _testen(knoop: boom.Testen) -> tuple[int, str]:
    if knoop.alles:
        return _LOS, "-"
    return _LOS, f"not({_reeks(knoop.delen)})" if knoop.niet else _reeks(knoop.delen)


def _getal(knoop: boom.Getal) -> tuple[int, str]:
    return _ATOOM, format(knoop.waarde, "f")


_DRUKKERS: dict[type, Callable[[Any], tuple[int, str]]] = {
    boom.Getal: _getal,
    boom.Tekst: lambda k: (_ATOOM, tekstliteraal(k.waarde)),
    boom.Waarheid: lambda k: (_ATOOM, "true" if k.waarde else "false"),
    boom.Niets: lambda _k: (_ATOOM, "null"),
    boom.Apenstaart: lambda k: (_ATOOM, "@" + tekstliteraal(k.waarde)),
    boom.Naam: lambda k: (_ATOOM, k.naam),
    boom.Lijst: lambda k: (_ATOOM, f"[{_reeks(k.delen)}]"),
    boom.Context: _context,
    boom.Bereik: _bereik,
    boom.Min: _min,
    boom.Reken: _reken,
    boom.Vergelijk: _vergelijk,
    boom.Logisch: _logisch,
    boom.Tussen: _tussen,
    boom.In: lambda k: (_VERGELIJK, f"{_op(k.deel, _PLUS)} in ({_reeks(k.testen)})"),
    boom.Operatortest: lambda k: (_LOS, f"{k.op} {_op(k.deel, _PLUS)}"),
    boom.Testen: _testen,
    boom.Als: _als,
    boom.Voor: _voor,
    boom.Kwantor: _kwantor,
    boom.Filter: lambda k: (_ATOOM, f"{_op(k.bron, _ATOOM)}[{druk_af(k.test)}]"),
    boom.Pad: lambda k: (_ATOOM, f"{_op(k.bron, _ATOOM)}.{k.naam}"),
    boom.InstantieVan: lambda k: (_UNAIR, f"{_op(k.deel, _ATOOM)} instance of {_type(k.type)}"),
    boom.Functie: _functie,
    boom.Aanroep: _aanroep,
}
