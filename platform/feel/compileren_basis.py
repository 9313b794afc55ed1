"""Closures van waarden, namen, rekenen, vergelijken, functies: elke knoop wordt één Python-functie van de scope."""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from feel import boom
from feel.bouwer import Bouwer, Closure, Makers
from feel.eigenschappen import eigenschap
from feel.fouten import lijkt_op
from feel.rekenen import BEWERKINGEN, GETALBEWERKING, negatief
from feel.staat import Omgeving, Staat
from feel.tijd_lezen import lees_tijdwaarde
from feel.typen import maak_soort
from feel.vergelijken import is_geordend, vergelijk
from feel.waarden import Bereik, Functie, Parameter, is_functie, soortnaam

_ONTBREEKT = object()


def _getal(_bouw: Bouwer, knoop: Any) -> Closure:
    waarde = knoop.waarde
    return lambda _o: waarde


def _niets(_bouw: Bouwer, _knoop: boom.Niets) -> Closure:
    return lambda _o: None


def _apenstaart(_bouw: Bouwer, knoop: boom.Apenstaart) -> Closure:
    waarde = lees_tijdwaarde(knoop.waarde)
    if waarde is not None:
        return lambda _o: waarde

    def verkeerd(o: Omgeving) -> None:
        o.staat.meld(
            "literaal.tijd",
            f"@“{knoop.waarde}” is geen datum, tijd of duur",
            f"@“{knoop.waarde}” is not a date, time or duration",
        )

    return verkeerd


def _naam(bouw: Bouwer, knoop: boom.Naam) -> Closure:
    naam, functies = knoop.naam, bouw.functies

    def zoek(o: Omgeving) -> Any:
        scope: Omgeving | None = o
        while scope is not None:
            waarde = scope.waarden.get(naam, _ONTBREEKT)
            if waarde is not _ONTBREEKT:
                return waarde
            scope = scope.ouder
        if naam in functies:
            return functies[naam]
        return onbekend(o, naam, functies)

    return zoek


def onbekend(o: Omgeving, naam: str, functies: Mapping[str, Any]) -> None:
    """Bewaar dat deze naam niet bestaat, met de naam die erop lijkt."""
    namen: set[str] = {*functies, *o.staat.bekend}
    scope: Omgeving | None = o
    while scope is not None:
        namen.update(scope.waarden)
        scope = scope.ouder
    lijkt = lijkt_op(naam, namen) if len(o.staat.redenen) < 5 else ""  # noqa: PLR2004 - zoeken is duur
    o.staat.meld(
        "naam.onbekend",
        f"De naam “{naam}” is onbekend" + (f"; bedoelde u “{lijkt}”?" if lijkt else ""),
        f"The name “{naam}” is unknown" + (f"; did you mean “{lijkt}”?" if lijkt else ""),
    )


def _lijst(bouw: Bouwer, knoop: boom.Lijst) -> Closure:
    delen = [bouw.maak(deel) for deel in knoop.delen]
    return lambda o: [deel(o) for deel in delen]


def _context(bouw: Bouwer, knoop: boom.Context) -> Closure:
    velden = [(naam, bouw.maak(deel)) for naam, deel in knoop.velden]
    if len({naam for naam, _ in velden}) != len(velden):
        return _dubbele_naam

    def maak(o: Omgeving) -> dict[str, Any]:
        waarden: dict[str, Any] = {}
        binnen = o.binnen(waarden)
        for naam, deel in velden:
            waarden[naam] = deel(binnen)
        return waarden

    return maak


def _dubbele_naam(o: Omgeving) -> None:
    o.staat.meld("context.dubbel", "Deze context noemt een naam twee keer", "This context has the same name twice")


def _bereik(bouw: Bouwer, knoop: boom.Bereik) -> Closure:
    laag = bouw.maak(knoop.laag) if knoop.laag is not None else None
    hoog = bouw.maak(knoop.hoog) if knoop.hoog is not None else None

    def maak(o: Omgeving) -> Bereik | None:
        onder, boven = laag(o) if laag else None, hoog(o) if hoog else None
        goed = (is_geordend(onder) or not laag) and (is_geordend(boven) or not hoog)
        if goed and (not (laag and hoog) or type(onder) is type(boven)):
            return Bereik(knoop.laag_dicht, onder, boven, knoop.hoog_dicht)
        o.staat.meld(
            "bereik.soort",
            f"Een bereik van {soortnaam(onder)} tot {soortnaam(boven)} bestaat niet",
            f"A range from {soortnaam(onder)} to {soortnaam(boven)} does not exist",
        )
        return None

    return maak


def _min(bouw: Bouwer, knoop: boom.Min) -> Closure:
    deel = bouw.maak(knoop.deel)

    def keer(o: Omgeving) -> Any:
        waarde = deel(o)
        uit = negatief(waarde)
        if uit is None and waarde is not None:
            soort = soortnaam(waarde)
            o.staat.meld("reken.soort", f"Een {soort} kan niet negatief", f"A {soort} cannot be negated")
        return uit

    return keer


def _reken(bouw: Bouwer, knoop: boom.Reken) -> Closure:
    eerste = bouw.maak(knoop.eerste)
    rest = [(op, GETALBEWERKING[op], bouw.maak(deel)) for op, deel in knoop.rest]

    def bereken(o: Omgeving) -> Any:
        links = eerste(o)
        for op, getalbewerking, deel in rest:
            rechts = deel(o)
            if type(links) is Decimal and type(rechts) is Decimal:
                try:
                    links = getalbewerking(links, rechts)
                except decimal.DecimalException:
                    links = _rekenfout(o, op)
            else:
                links = _reken_anders(o, op, links, rechts)
        return links

    return bereken


def _rekenfout(o: Omgeving, op: str) -> Any:
    o.staat.meld(
        "reken.getal",
        f"De bewerking {op} heeft hier geen uitkomst (delen door nul of een te groot getal)",
        f"The operation {op} has no result here (division by zero or a number that is too large)",
    )


def _reken_anders(o: Omgeving, op: str, links: Any, rechts: Any) -> Any:
    try:
        uit = BEWERKINGEN[op](links, rechts)
    except (decimal.DecimalException, OverflowError):
        return _rekenfout(o, op)
    if uit is None:
        o.staat.meld(
            "reken.soort",
            f"{soortnaam(links)} {op} {soortnaam(rechts)} bestaat niet",
            f"{soortnaam(links)} {op} {soortnaam(rechts)} does not exist",
        )
    elif type(uit) is str:
        o.staat.tekst(len(uit))
    return uit


def meld_vergelijking(o: Omgeving, links: Any, rechts: Any) -> None:
    """Bewaar dat deze soorten niet te vergelijken zijn."""
    o.staat.meld(
        "vergelijk.soort",
        f"{soortnaam(links)} en {soortnaam(rechts)} zijn niet te vergelijken",
        f"{soortnaam(links)} and {soortnaam(rechts)} cannot be compared",
    )


def _vergelijk(bouw: Bouwer, knoop: boom.Vergelijk) -> Closure:
    op, links, rechts = knoop.op, bouw.maak(knoop.links), bouw.maak(knoop.rechts)

    def doe(o: Omgeving) -> bool | None:
        a, b = links(o), rechts(o)
        uit = vergelijk(op, a, b)
        if uit is None:
            meld_vergelijking(o, a, b)
        return uit

    return doe


def _logisch(bouw: Bouwer, knoop: boom.Logisch) -> Closure:
    delen = [bouw.maak(deel) for deel in knoop.delen]
    beslist = bool(knoop.op == "or")

    def doe(o: Omgeving) -> bool | None:
        onbekende = False
        for deel in delen:
            waarde = deel(o)
            if waarde is beslist:
                return knoop.op == "or"
            if waarde is not (not beslist):
                onbekende = True
        return None if onbekende else not beslist

    return doe


def _tussen(bouw: Bouwer, knoop: boom.Tussen) -> Closure:
    deel, laag, hoog = bouw.maak(knoop.deel), bouw.maak(knoop.laag), bouw.maak(knoop.hoog)

    def doe(o: Omgeving) -> bool | None:
        waarde, onder, boven = deel(o), laag(o), hoog(o)
        van, tot = vergelijk(">=", waarde, onder), vergelijk("<=", waarde, boven)
        if van is False or tot is False:
            return False
        if van is None or tot is None:
            meld_vergelijking(o, waarde, onder if van is None else boven)
            return None
        return True

    return doe


def _als(bouw: Bouwer, knoop: boom.Als) -> Closure:
    voorwaarde, dan, anders = bouw.maak(knoop.voorwaarde), bouw.maak(knoop.dan), bouw.maak(knoop.anders)

    def kies(o: Omgeving) -> Any:
        waarde = voorwaarde(o)
        if waarde is not None and not isinstance(waarde, bool):
            o.staat.meld(
                "als.soort",
                f"De voorwaarde van if is een {soortnaam(waarde)}, geen boolean",
                f"The condition of if is a {soortnaam(waarde)}, not a boolean",
            )
        return dan(o) if waarde is True else anders(o)

    return kies


def _pad(bouw: Bouwer, knoop: boom.Pad) -> Closure:
    bron, naam = bouw.maak(knoop.bron), knoop.naam

    def neem(o: Omgeving) -> Any:
        waarde = bron(o)
        if type(waarde) is dict and naam in waarde:
            return waarde[naam]
        return eigenschap(o.staat, waarde, naam)

    return neem


def _instantie(bouw: Bouwer, knoop: boom.InstantieVan) -> Closure:
    deel, soort = bouw.maak(knoop.deel), maak_soort(knoop.type, bouw.soorten)

    def doe(o: Omgeving) -> bool | None:
        waarde = deel(o)
        if soort is None:
            o.staat.meld(
                "type.onbekend", f"Het type {knoop.type.naam} is onbekend", f"The type {knoop.type.naam} is unknown"
            )
            return None
        return soort.bevat(waarde)

    return doe


def _functie(bouw: Bouwer, knoop: boom.Functie) -> Closure:
    lichaam = bouw.maak(knoop.lichaam)
    parameters = tuple(
        Parameter(p.naam, maak_soort(p.type, bouw.soorten) if p.type is not None else None) for p in knoop.parameters
    )
    if knoop.extern:
        return _extern(bouw, parameters, lichaam)
    namen = [p.naam for p in parameters]

    def maak(o: Omgeving) -> Functie:
        def werk(staat: Staat, argumenten: Any) -> Any:
            return lichaam(Omgeving(dict(zip(namen, argumenten, strict=True)), o, staat))

        return Functie("function", parameters, werk)

    return maak


def _extern(bouw: Bouwer, parameters: tuple[Parameter, ...], beschrijving: Closure) -> Closure:
    def maak(o: Omgeving) -> Functie | None:
        functie = bouw.extern(parameters, beschrijving(o)) if bouw.extern else None
        if functie is None:
            o.staat.meld(
                "functie.extern",
                "Externe functies (Java, PMML) zijn niet toegestaan",
                "External functions are not allowed",
            )
        return functie

    return maak


def _aanroep(bouw: Bouwer, knoop: boom.Aanroep) -> Closure:
    argumenten = [bouw.maak(argument) for argument in knoop.argumenten]
    naam = knoop.functie.naam if isinstance(knoop.functie, boom.Naam) else ""
    zoek = _zoek_functie(bouw, naam) if naam else bouw.maak(knoop.functie)
    namen = knoop.namen

    def doe(o: Omgeving) -> Any:
        functie = zoek(o)
        if not is_functie(functie):
            return _niet_aanroepbaar(o, naam)
        if namen:
            if len(set(namen)) != len(namen):
                return _dubbele_naam(o)
            return functie.roep_op_naam(o.staat, {n: a(o) for n, a in zip(namen, argumenten, strict=True)})
        return functie.roep(o.staat, [argument(o) for argument in argumenten])

    return doe


def _zoek_functie(bouw: Bouwer, naam: str) -> Closure:
    """Een functie bij naam: een waarde in scope die geen functie is, verbergt de ingebouwde niet."""
    ingebouwd = bouw.functies.get(naam)

    def zoek(o: Omgeving) -> Any:
        scope: Omgeving | None = o
        while scope is not None:
            waarde = scope.waarden.get(naam)
            if is_functie(waarde):
                return waarde
            scope = scope.ouder
        return ingebouwd if ingebouwd is not None else onbekend(o, naam, bouw.functies)

    return zoek


def _niet_aanroepbaar(o: Omgeving, naam: str) -> None:
    o.staat.meld(
        "functie.geen",
        f"{naam or 'Deze waarde'} is geen functie",
        f"{naam or 'This value'} is not a function",
    )


def _operatortest(bouw: Bouwer, knoop: boom.Operatortest) -> Closure:
    """Een losse `< 5` als waarde is het onbegrensde bereik; `!=` is een functie die test."""
    deel, op = bouw.maak(knoop.deel), knoop.op

    def maak(o: Omgeving) -> Any:
        grens = deel(o)
        if op in {"<", "<="}:
            return Bereik(False, None, grens, op == "<=")
        if op in {">", ">="}:
            return Bereik(op == ">=", grens, None, False)
        return grens if op == "=" else None

    return maak


MAKERS: Makers = {
    boom.Getal: _getal,
    boom.Tekst: _getal,
    boom.Waarheid: _getal,
    boom.Niets: _niets,
    boom.Apenstaart: _apenstaart,
    boom.Naam: _naam,
    boom.Lijst: _lijst,
    boom.Context: _context,
    boom.Bereik: _bereik,
    boom.Min: _min,
    boom.Reken: _reken,
    boom.Vergelijk: _vergelijk,
    boom.Logisch: _logisch,
    boom.Tussen: _tussen,
    boom.Operatortest: _operatortest,
    boom.Als: _als,
    boom.Pad: _pad,
    boom.InstantieVan: _instantie,
    boom.Functie: _functie,
    boom.Aanroep: _aanroep,
}
