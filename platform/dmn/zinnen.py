"""De uitleg als zinnen in het Nederlands en het Engels, op taalniveau B1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dmn.gebied import GEEN, constante
from dmn.herkomst import Vindplaats
from feel import boom
from feel.fouten import FeelFout
from feel.naar_python import naar_python, uit_json
from feel.parser import ontleed
from feel.tijd import DagenDuur, MaandenDuur

if TYPE_CHECKING:
    from dmn.uitleg import Beslissinguitleg, Geldig, Mismatch, Regeluitleg, Taal, Tabeluitleg, Uitleg

_MAANDEN = {
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WOORDEN = {
    "nl": {
        True: "ja", False: "nee", None: "onbekend", "<": "minder dan", "<=": "hoogstens", ">": "meer dan",
        ">=": "minstens", "=": "", "!=": "niet", "tot": "van {} tot en met {}", "open": "tussen {} en {}",
        "halfopen": "van {} tot {}", "halfdicht": "meer dan {} tot en met {}", "niet": "niet {}", "of": " of ",
        "en": " en ", "leeg": "niets",
    },
    "en": {
        True: "yes", False: "no", None: "unknown", "<": "less than", "<=": "at most", ">": "more than",
        ">=": "at least", "=": "", "!=": "not", "tot": "from {} up to and including {}", "open": "between {} and {}",
        "halfopen": "from {} up to {}", "halfdicht": "more than {} up to and including {}", "niet": "not {}",
        "of": " or ", "en": " and ", "leeg": "nothing",
    },
}  # fmt: skip
_DUUR = re.compile(
    r"P(?=.)(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<W>\d+)W)?(?:(?P<D>\d+)D)?"
    r"(?:T(?:(?P<uur>\d+)H)?(?:(?P<minuut>\d+)M)?(?:(?P<seconde>\d+)S)?)?"
)
_EENHEDEN = {
    "nl": {
        "Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "W": ("week", "weken"), "D": ("dag", "dagen"),
        "uur": ("uur", "uur"), "minuut": ("minuut", "minuten"), "seconde": ("seconde", "seconden"),
    },
    "en": {
        "Y": ("year", "years"), "M": ("month", "months"), "W": ("week", "weeks"), "D": ("day", "days"),
        "uur": ("hour", "hours"), "minuut": ("minute", "minutes"), "seconde": ("second", "seconds"),
    },
}  # fmt: skip
_ZINNEN = {
    "nl": {
        "uitkomst": "De uitkomst van “{}” is: {}.",
        "peildatum": "We kijken naar de regels zoals die gelden op {}.",
        "gegevens": "We gebruikten deze gegevens: {}.",
        "tussen": "“{}” is: {}.",
        "raak": "In “{}” past regel {}{}.",
        "omdat": ", want {}",
        "mis": "Regel {} past niet: {}.",
        "mis_cel": "{} is {}, maar gevraagd is {}",
        "buiten": "Regel {} telt niet mee: die geldt niet op deze datum.",
        "geen": "In “{}” past geen enkele regel.",
        "bron": "Dit staat in {}.",
        "van": "Deze regel geldt vanaf {}.",
        "tot": "Deze regel gold tot {}.",
        "van_tot": "Deze regel geldt van {} tot {}.",
        "overgang": "Overgangsrecht: {}",
        "toelichting": "Toelichting: {}",
        "reden": "Let op: {}.",
    },
    "en": {
        "uitkomst": "The outcome of “{}” is: {}.",
        "peildatum": "We apply the rules that are in force on {}.",
        "gegevens": "We used this information: {}.",
        "tussen": "“{}” is: {}.",
        "raak": "In “{}” rule {} applies{}.",
        "omdat": ", because {}",
        "mis": "Rule {} does not apply: {}.",
        "mis_cel": "{} is {}, but the rule asks for {}",
        "buiten": "Rule {} does not count: it is not in force on this date.",
        "geen": "In “{}” no rule applies.",
        "bron": "This is laid down in {}.",
        "van": "This rule is in force from {}.",
        "tot": "This rule was in force until {}.",
        "van_tot": "This rule is in force from {} until {}.",
        "overgang": "Transitional law: {}",
        "toelichting": "Explanation: {}",
        "reden": "Please note: {}.",
    },
}
_MIS_MAX = 5
_DUBBELE_PUNT = re.compile(r"(?<!\.)\.(?=\.(?:\s|$)|[,;] )")  # een bereik ([1..5]) en een beletselteken blijven


def maak_zinnen(uitleg: Uitleg, taal: Taal) -> list[str]:
    """De zinnen: eerst de uitkomst, dan de gegevens, dan per beslissing wat er gebeurde."""
    return [zonder_dubbele_punt(zin) for zin in _alles(uitleg, taal, _ZINNEN[taal])]


def zonder_dubbele_punt(zin: str) -> str:
    """Een waarde kan zelf een zin zijn: haar punt vervalt voor de punt, komma of puntkomma van de zin eromheen."""
    return _DUBBELE_PUNT.sub("", zin)


def _alles(uitleg: Uitleg, taal: Taal, z: dict[str, str]) -> Iterator[str]:
    yield z["uitkomst"].format(uitleg.beslissing, waarde_in_woorden(uitleg.uitkomst, taal))
    if uitleg.peildatum is not None:
        yield z["peildatum"].format(_dag(uitleg.peildatum, taal))
    if uitleg.invoer:
        delen = (f"{deel.label}: {waarde_in_woorden(deel.waarde, taal)}" for deel in uitleg.invoer)
        yield z["gegevens"].format("; ".join(delen))
    yield from _herkomst(uitleg.herkomst, taal, z)
    for beslissing in uitleg.beslissingen:
        yield from _beslissing(beslissing, taal, z, laatste=beslissing is uitleg.beslissingen[-1])
    for reden in uitleg.redenen:
        yield z["reden"].format(reden.nederlands if taal == "nl" else reden.engels)


def _beslissing(beslissing: Beslissinguitleg, taal: Taal, z: dict[str, str], *, laatste: bool) -> Iterator[str]:
    if not laatste:
        yield z["tussen"].format(beslissing.naam, waarde_in_woorden(beslissing.uitkomst, taal))
    yield from _herkomst(beslissing.herkomst, taal, z)
    for tabel in beslissing.tabellen:
        yield from _tabel(tabel, taal, z)


def _tabel(tabel: Tabeluitleg, taal: Taal, z: dict[str, str]) -> Iterator[str]:
    yield from _herkomst(tabel.herkomst, taal, z)
    raak = [regel for regel in tabel.regels if regel.raak]
    for regel in raak:
        yield from _raak(tabel, regel, taal, z)
    if not raak:
        yield z["geen"].format(tabel.naam)
    for regel in [regel for regel in tabel.regels if not regel.raak][:_MIS_MAX]:
        if regel.buiten_geldigheid:
            yield z["buiten"].format(regel.nummer)
        elif regel.niet_raak:
            cellen = _WOORDEN[taal]["en"].join(_mis(cel, taal, z) for cel in regel.niet_raak)
            yield z["mis"].format(regel.nummer, cellen)


def _raak(tabel: Tabeluitleg, regel: Regeluitleg, taal: Taal, z: dict[str, str]) -> Iterator[str]:
    delen = [f"{cel.label} is {waarde_in_woorden(cel.waarde, taal)}" for cel in regel.voorwaarden]
    omdat = z["omdat"].format(_WOORDEN[taal]["en"].join(delen)) if delen else ""
    yield z["raak"].format(tabel.naam, regel.nummer, omdat)
    for tekst in [*regel.annotaties.values(), regel.omschrijving]:
        if tekst:
            yield z["toelichting"].format(tekst)
    yield from _herkomst(regel.herkomst, taal, z)


def _mis(cel: Mismatch, taal: Taal, z: dict[str, str]) -> str:
    return z["mis_cel"].format(cel.label, waarde_in_woorden(cel.waarde, taal), cel_in_woorden(cel.gevraagd, taal))


def _herkomst(herkomst: Geldig, taal: Taal, z: dict[str, str]) -> Iterator[str]:
    bronnen = [Vindplaats(b.wet, b.artikel, b.lid, b.url).zin(taal) for b in herkomst.bronnen]
    if bronnen:
        yield z["bron"].format("; ".join(bronnen))
    van, tot = (_dag(dag, taal) if dag is not None else "" for dag in (herkomst.van, herkomst.tot))
    if van and tot:
        yield z["van_tot"].format(van, tot)
    elif van or tot:
        yield z["van" if van else "tot"].format(van or tot)
    if herkomst.overgangsrecht:
        yield z["overgang"].format(herkomst.overgangsrecht)


def _dag(dag: date, taal: Taal) -> str:
    return f"{dag.day} {_MAANDEN[taal][dag.month - 1]} {dag.year}"


def duur_in_woorden(duur: str, taal: Taal) -> str:
    """`P1Y6M` als “1 jaar en 6 maanden”, `P4W` als “4 weken”. Wat geen duur is blijft zoals het is."""
    gelezen = _DUUR.fullmatch(duur)
    if gelezen is None:
        return duur
    delen = {eenheid: int(getal) for eenheid, getal in gelezen.groupdict().items() if getal and int(getal)}
    woorden = [f"{getal} {_EENHEDEN[taal][eenheid][getal != 1]}" for eenheid, getal in (delen or {"D": 0}).items()]
    *eerst, laatste = woorden
    return _WOORDEN[taal]["en"].join([", ".join(eerst), laatste] if eerst else [laatste])


def waarde_in_woorden(json: Any, taal: Taal) -> str:
    """Een waarde (als JSON van `feel.naar_json`) zoals mensen haar schrijven."""
    return _woord(uit_json(json), taal)


def _woord(waarde: Any, taal: Taal) -> str:  # noqa: PLR0911 - één geval per soort
    woorden = _WOORDEN[taal]
    match waarde:
        case bool() | None:
            return woorden[waarde]
        case str():
            return waarde or woorden["leeg"]
        case Decimal():
            tekst = format(waarde, "f")
            return tekst.replace(".", ",") if taal == "nl" else tekst
        case date():
            return _dag(waarde, taal)
        case DagenDuur() | MaandenDuur():
            return duur_in_woorden(str(waarde), taal)
        case list():
            return ", ".join(_woord(deel, taal) for deel in waarde) or woorden["leeg"]
        case dict():
            return ", ".join(f"{naam}: {_woord(deel, taal)}" for naam, deel in waarde.items()) or woorden["leeg"]
    return str(waarde)


def cel_in_woorden(cel: str, taal: Taal) -> str:
    """Een cel in woorden (`>= 18` wordt “minstens 18”); wat niet eenvoudig is, blijft FEEL."""
    try:
        knoop = ontleed(cel, unair=True)
    except FeelFout:
        return cel
    if not isinstance(knoop, boom.Testen):
        return cel
    delen = [_test(deel, taal) for deel in knoop.delen]
    if any(deel is None for deel in delen):
        return cel
    tekst = _WOORDEN[taal]["of"].join(deel for deel in delen if deel is not None)
    return _WOORDEN[taal]["niet"].format(tekst) if knoop.niet else tekst


def _test(knoop: boom.Knoop, taal: Taal) -> str | None:
    woorden = _WOORDEN[taal]
    if isinstance(knoop, boom.Operatortest):
        grens = _test(knoop.deel, taal)
        return None if grens is None else f"{woorden[knoop.op]} {grens}".strip()
    if isinstance(knoop, boom.Bereik):
        laag, hoog = (None if kant is None else _test(kant, taal) for kant in (knoop.laag, knoop.hoog))
        vorm = {(True, True): "tot", (False, False): "open", (True, False): "halfopen", (False, True): "halfdicht"}
        if laag is None or hoog is None:
            return None
        return woorden[vorm[knoop.laag_dicht, knoop.hoog_dicht]].format(laag, hoog)
    waarde = constante(knoop)
    if waarde is GEEN:
        return None
    return _woord(naar_python(waarde), taal)
