"""Wanneer een vraag te zien is: gekozen uit eerdere antwoorden, bewaard als FEEL. Een eigen uitdrukking mag ook.

Een keuze is `sleutel|teken|waarde`: `woning|=|koop`, `hobbys|bevat|zingen`, `bedrag|>|` (met de waarde in een eigen veld), of `EIGEN`.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from huisstijl import vertaal
from huisstijl.velden import Optie

ALTIJD, EIGEN = "", "eigen"
MET_KEUZEN = ("radio", "select")
GETALLEN = ("number", "currency")
_GELIJK = re.compile(r'(\w+)\s*(=|!=)\s*"([^"\\]*)"')
_WAAR = re.compile(r"(\w+)\s*=\s*(true|false)")
_GETAL = re.compile(r"(\w+)\s*(<|>|<=|>=)\s*(-?\d+(?:\.\d+)?)")
_BEVAT = re.compile(r'list contains\((\w+), "([^"\\]*)"\)')
_INGEVULD = re.compile(r"(\w+)\s*(!=|=)\s*null")


def opties(eerdere: Iterable[dict[str, Any]]) -> list[Optie]:
    """Waaruit iemand kiest: altijd, elk eerder antwoord, of een eigen uitdrukking."""
    gevonden = [optie for deel in eerdere for optie in _opties_van(deel)]
    altijd = Optie(ALTIJD, vertaal("Altijd"))
    return [altijd, *gevonden, Optie(EIGEN, vertaal("Een eigen voorwaarde (FEEL)"))]


def _opties_van(deel: dict[str, Any]) -> Iterator[Optie]:
    sleutel, soort = str(deel.get("key")), deel.get("type")
    naam = _nl(deel.get("label")) or sleutel
    if soort in MET_KEUZEN or soort == "selectboxes":
        teken = "bevat" if soort == "selectboxes" else "="
        for keuze in keuzen_van(deel):
            label = _nl(keuze["label"]) or keuze["value"]
            yield Optie(
                f"{sleutel}|{teken}|{keuze['value']}",
                vertaal("“%(vraag)s” is “%(antwoord)s”", vraag=naam, antwoord=label),
            )
        if soort in MET_KEUZEN:
            for keuze in keuzen_van(deel):
                label = _nl(keuze["label"]) or keuze["value"]
                tekst = vertaal("“%(vraag)s” is niet “%(antwoord)s”", vraag=naam, antwoord=label)
                yield Optie(f"{sleutel}|!=|{keuze['value']}", tekst)
    elif soort == "checkbox":
        yield Optie(f"{sleutel}|is|true", vertaal("“%(vraag)s” is aangevinkt", vraag=naam))
    elif soort in GETALLEN:
        yield Optie(f"{sleutel}|>|", vertaal("“%(vraag)s” is meer dan …", vraag=naam))
        yield Optie(f"{sleutel}|<|", vertaal("“%(vraag)s” is minder dan …", vraag=naam))
    elif soort not in ("content", "fieldset", "columns", "editgrid"):
        yield Optie(f"{sleutel}|ingevuld|", vertaal("“%(vraag)s” is ingevuld", vraag=naam))


def keuzen_van(deel: dict[str, Any]) -> list[dict[str, Any]]:
    """De mogelijkheden van een keuzevraag."""
    gevonden = deel.get("values") or (deel.get("data") or {}).get("values") or []
    return [keuze for keuze in gevonden if isinstance(keuze, dict)]


def als_feel(keuze: str, getal: str, eigen: str) -> str:
    """De gekozen voorwaarde als FEEL; leeg is altijd. `ValueError` als het getal ontbreekt of geen getal is."""
    if keuze in (ALTIJD, EIGEN):
        return eigen.strip() if keuze == EIGEN else ""
    sleutel, teken, waarde = keuze.split("|", 2)
    if teken == "bevat":
        return f'list contains({sleutel}, "{waarde}")'
    if teken == "is":
        return f"{sleutel} = {waarde}"
    if teken == "ingevuld":
        return f"{sleutel} != null"
    if teken in "<>":
        return f"{sleutel} {teken} {_getal(getal)}"
    return f'{sleutel} {teken} "{waarde}"'


def _getal(tekst: str) -> str:
    try:
        return format(Decimal(tekst.strip().replace(".", "").replace(",", ".")).normalize(), "f")
    except InvalidOperation:
        raise ValueError(vertaal("Vul in bij welk getal.")) from None


def uit_feel(feel: str, mogelijk: set[str]) -> tuple[str, str, str]:
    """Van FEEL terug naar (keuze, getal, eigen). Wat niet in de lijst past is een eigen voorwaarde."""
    tekst = (feel or "").strip()
    if not tekst:
        return ALTIJD, "", ""
    keuze, getal = _herken(tekst)
    return (keuze, getal, "") if keuze in mogelijk - {EIGEN} else (EIGEN, "", tekst)


def _herken(tekst: str) -> tuple[str, str]:
    if treffer := _GELIJK.fullmatch(tekst):
        return f"{treffer[1]}|{treffer[2]}|{treffer[3]}", ""
    if treffer := _BEVAT.fullmatch(tekst):
        return f"{treffer[1]}|bevat|{treffer[2]}", ""
    if treffer := _WAAR.fullmatch(tekst):
        return f"{treffer[1]}|is|{treffer[2]}", ""
    if treffer := _GETAL.fullmatch(tekst):
        return f"{treffer[1]}|{treffer[2]}|", treffer[3].replace(".", ",")
    if (treffer := _INGEVULD.fullmatch(tekst)) and treffer[2] == "!=":
        return f"{treffer[1]}|ingevuld|", ""
    return EIGEN, ""


def in_woorden(feel: str, definitie_delen: Iterable[dict[str, Any]]) -> str:
    """Een voorwaarde om te lezen: de tekst van de keuze, of de uitdrukking zelf."""
    lijst = opties(definitie_delen)
    keuze, getal, eigen = uit_feel(feel, {optie.waarde for optie in lijst})
    if keuze == EIGEN:
        return eigen
    tekst = next(str(optie.label) for optie in lijst if optie.waarde == keuze)
    return tekst.replace("…", getal) if getal else tekst


def _nl(tekst: Any) -> str:
    return str(tekst.get("nl", "")) if isinstance(tekst, dict) else str(tekst or "")
