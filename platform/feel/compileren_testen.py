"""Unaire testen: de cellen van een beslistabel en de rechterkant van `in`, met `?` als de geteste waarde."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from feel import boom
from feel.bouwer import Bouwer, Closure, Makers
from feel.staat import Omgeving
from feel.vergelijken import gelijk, in_bereik, lid_van, vergelijk
from feel.vrij import noemt
from feel.waarden import Bereik

Test = Callable[[Omgeving, Any], "bool | None"]


def maak_testen(bouw: Bouwer, delen: Sequence[boom.Knoop]) -> Test:
    """Eén test die waar is als een van de delen waar is."""
    testen = [maak_test(bouw, deel) for deel in delen]
    if len(testen) == 1:
        return testen[0]

    def doe(o: Omgeving, waarde: Any) -> bool | None:
        uit: bool | None = False
        for test in testen:
            antwoord = test(o, waarde)
            if antwoord is True:
                return True
            if antwoord is None:
                uit = None
        return uit

    return doe


def maak_test(bouw: Bouwer, knoop: boom.Knoop) -> Test:
    """De test bij één deel."""
    if isinstance(knoop, boom.Operatortest):
        return _operator(bouw, knoop)
    if isinstance(knoop, boom.Testen):
        return testen(bouw, knoop)
    if isinstance(knoop, boom.Bereik) and knoop.laag is not None and knoop.hoog is not None:
        return _bereik(bouw, knoop, knoop.laag, knoop.hoog)
    deel = bouw.maak(knoop)
    if noemt(knoop, "?"):
        return _met_vraagteken(deel)
    if isinstance(knoop, boom.Getal | boom.Tekst | boom.Waarheid | boom.Apenstaart):
        return lambda o, waarde: gelijk(waarde, deel(o))
    return lambda o, waarde: lid_van(waarde, deel(o))


def _operator(bouw: Bouwer, knoop: boom.Operatortest) -> Test:
    op, deel, vraagt = knoop.op, bouw.maak(knoop.deel), noemt(knoop.deel, "?")

    def doe(o: Omgeving, waarde: Any) -> bool | None:
        grens = deel(o.binnen({"?": waarde}) if vraagt else o)
        if isinstance(waarde, Bereik) and op not in {"=", "!="}:
            return None
        if isinstance(grens, Bereik) and not isinstance(waarde, Bereik):
            return in_bereik(waarde, grens)
        return vergelijk(op, waarde, grens)

    return doe


def _bereik(bouw: Bouwer, knoop: boom.Bereik, laag: boom.Knoop, hoog: boom.Knoop) -> Test:
    """`waarde in [a..b]` is `waarde >= a and waarde <= b`, driewaardig: een null-kant geeft null of onwaar."""
    onder, boven, vraagt = bouw.maak(laag), bouw.maak(hoog), noemt(knoop, "?")
    op_onder, op_boven = (">=" if knoop.laag_dicht else ">"), ("<=" if knoop.hoog_dicht else "<")

    def doe(o: Omgeving, waarde: Any) -> bool | None:
        binnen = o.binnen({"?": waarde}) if vraagt else o
        van, tot = onder(binnen), boven(binnen)
        if isinstance(waarde, Bereik):
            return gelijk(waarde, Bereik(knoop.laag_dicht, van, tot, knoop.hoog_dicht))
        groot, klein = vergelijk(op_onder, waarde, van), vergelijk(op_boven, waarde, tot)
        if groot is False or klein is False:
            return False
        return None if groot is None or klein is None else True

    return doe


def _met_vraagteken(deel: Closure) -> Test:
    def doe(o: Omgeving, waarde: Any) -> bool | None:
        uit = deel(o.binnen({"?": waarde}))
        return uit if isinstance(uit, bool) or uit is None else lid_van(waarde, uit)

    return doe


def testen(bouw: Bouwer, knoop: boom.Testen) -> Test:
    """De hele cel, met `not(...)` en het streepje."""
    if knoop.alles:
        return lambda _o, _waarde: True
    doe = maak_testen(bouw, knoop.delen)
    if not knoop.niet:
        return doe

    def omgekeerd(o: Omgeving, waarde: Any) -> bool | None:
        uit = doe(o, waarde)
        return None if uit is None else not uit

    return omgekeerd


def testen_als_waarde(bouw: Bouwer, knoop: boom.Testen) -> Closure:
    """De cel als expressie: zij test de waarde van `?` in de scope."""
    test, vraag = testen(bouw, knoop), bouw.maak(boom.Naam("?"))
    return lambda o: test(o, vraag(o))


def in_(bouw: Bouwer, knoop: boom.In) -> Closure:
    """`waarde in testen`."""
    deel, test = bouw.maak(knoop.deel), maak_testen(bouw, knoop.testen)
    return lambda o: test(o, deel(o))


MAKERS: Makers = {boom.Testen: testen_als_waarde, boom.In: in_}
