"""Een formulierdefinitie veranderen. Elke functie geeft een nieuwe definitie; de oude blijft zoals zij was.

Een definitie is het JSON-document zoals de formuliermotor het leest. Vragen worden gevonden op hun sleutel (`key`), stappen op hun naam.
"""

import copy
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

Definitie = dict[str, Any]
Component = dict[str, Any]
OMHOOG, OMLAAG = "omhoog", "omlaag"


class NietGevonden(LookupError):
    """Deze stap of vraag is er niet (meer)."""


class KanNiet(ValueError):
    """Deze wijziging kan niet; de tekst zegt waarom."""


# --- vinden ----------------------------------------------------------------------------------------------------------------


def stap_van(definitie: Definitie, naam: str) -> Component:
    """De stap met deze naam. `NietGevonden` als zij er niet is."""
    for stap in definitie.get("stappen", []):
        if stap["naam"] == naam:
            gevonden: Component = stap
            return gevonden
    raise NietGevonden(naam)


def lijsten(definitie: Definitie) -> Iterator[tuple[str, list[Component]]]:
    """Elke lijst van onderdelen, met de stap waarin zij staat."""
    for stap in definitie.get("stappen", []):
        yield from ((stap["naam"], lijst) for lijst in _lijsten_in(stap.setdefault("componenten", [])))


def _lijsten_in(lijst: list[Component]) -> Iterator[list[Component]]:
    yield lijst
    for deel in lijst:
        for groep in kinderen(deel):
            yield from _lijsten_in(groep)


def kinderen(deel: Component) -> list[list[Component]]:
    """De lijsten met onderdelen direct hierbinnen."""
    kolommen = [kolom.setdefault("components", []) for kolom in deel.get("columns", [])]
    return [*kolommen, *([deel["components"]] if isinstance(deel.get("components"), list) else [])]


def alle(definitie: Definitie) -> Iterator[tuple[str, Component]]:
    """Elk onderdeel met zijn stap, in de volgorde van het formulier."""

    def loop(delen: list[Component]) -> Iterator[Component]:
        for deel in delen:
            yield deel
            for groep in kinderen(deel):
                yield from loop(groep)

    for stap in definitie.get("stappen", []):
        yield from ((stap["naam"], deel) for deel in loop(stap.get("componenten", [])))


def vraag_van(definitie: Definitie, sleutel: str) -> tuple[str, Component]:
    """De stap en het onderdeel met deze sleutel. `NietGevonden` als het er niet is."""
    for stap, deel in alle(definitie):
        if deel.get("key") == sleutel:
            return stap, deel
    raise NietGevonden(sleutel)


def eerdere(definitie: Definitie, stap: str, sleutel: str) -> list[Component]:
    """De onderdelen vóór deze vraag; bij een nieuwe vraag (lege sleutel) alles tot en met het einde van de stap."""
    gevonden: list[Component] = []
    klaar = False
    for in_stap, deel in alle(definitie):
        if sleutel and deel.get("key") == sleutel:
            return gevonden
        klaar = klaar or in_stap == stap
        if klaar and in_stap != stap:
            return gevonden
        gevonden.append(deel)
    return gevonden


# --- veranderen ------------------------------------------------------------------------------------------------------------


def voeg_stap_toe(definitie: Definitie, titel: dict[str, str], omschrijving: dict[str, str]) -> tuple[Definitie, str]:
    """Een nieuwe stap achteraan, met een eerste uitleg: een stap zonder inhoud kan niet. Geeft ook haar naam."""
    nieuw = copy.deepcopy(definitie)
    naam = vrije_naam(slak(titel.get("nl", ""), "-") or "stap", {stap["naam"] for stap in nieuw["stappen"]}, "-")
    stap: Component = {"naam": naam, "titel": titel, "componenten": []}
    nieuw["stappen"].append(stap | ({"omschrijving": omschrijving} if omschrijving else {}))
    return nieuw, naam


def wijzig_stap(definitie: Definitie, naam: str, velden: Component) -> Definitie:
    """Andere teksten of een andere voorwaarde; een lege waarde haalt het veld weg."""
    nieuw = copy.deepcopy(definitie)
    stap = stap_van(nieuw, naam)
    for veld, waarde in velden.items():
        stap.pop(veld, None)
        if waarde:
            stap[veld] = waarde
    return nieuw


def voeg_vraag_toe(definitie: Definitie, stap: str, vraag: Component) -> tuple[Definitie, str]:
    """Een nieuwe vraag achteraan een stap. Geeft ook haar sleutel, die uit het label komt en daarna niet meer verandert."""
    nieuw = copy.deepcopy(definitie)
    sleutel = _vrije_sleutel(nieuw, vraag)
    stap_van(nieuw, stap)["componenten"].append({"type": vraag["type"], "key": sleutel, **vraag})
    return nieuw, sleutel


def wijzig_vraag(definitie: Definitie, sleutel: str, vraag: Component) -> Definitie:
    """Vervang een vraag; haar sleutel en wat de editor niet kent (kinderen, regels) blijven."""
    nieuw = copy.deepcopy(definitie)
    _, deel = vraag_van(nieuw, sleutel)
    deel.clear()
    deel.update({"type": vraag["type"], "key": sleutel, **vraag})
    return nieuw


def kopieer_vraag(definitie: Definitie, sleutel: str) -> tuple[Definitie, str]:
    """Een kopie van een vraag, vlak eronder, met een eigen sleutel (ook voor wat erin staat)."""
    nieuw = copy.deepcopy(definitie)
    _, lijst, plek = _plek(nieuw, sleutel)
    kopie = copy.deepcopy(lijst[plek])
    bezet = _sleutels(nieuw)
    for deel in (kopie, *_onder(kopie)):
        deel["key"] = vrije_naam(deel["key"], bezet, "")
        bezet.add(deel["key"])
    lijst.insert(plek + 1, kopie)
    return nieuw, str(kopie["key"])


def verwijder_vraag(definitie: Definitie, sleutel: str) -> Definitie:
    """Zonder deze vraag. Verwijst een voorwaarde er nog naar, dan zegt de controle dat."""
    nieuw = copy.deepcopy(definitie)
    _, lijst, plek = _plek(nieuw, sleutel)
    del lijst[plek]
    return nieuw


def verplaats_vraag(definitie: Definitie, sleutel: str, richting: str) -> Definitie:
    """Een plek omhoog of omlaag; aan het begin of einde van een stap naar de stap ernaast."""
    nieuw = copy.deepcopy(definitie)
    stap, lijst, plek = _plek(nieuw, sleutel)
    doel = plek + (-1 if richting == OMHOOG else 1)
    if 0 <= doel < len(lijst):
        lijst[plek], lijst[doel] = lijst[doel], lijst[plek]
        return nieuw
    buur = _buur(nieuw, stap, richting)
    if buur is None or lijst is not stap_van(nieuw, stap)["componenten"]:
        raise KanNiet("deze vraag staat al helemaal bovenaan" if richting == OMHOOG else "deze vraag staat al onderaan")
    deel = lijst.pop(plek)
    buur["componenten"].insert(len(buur["componenten"]) if richting == OMHOOG else 0, deel)
    return nieuw


def verplaats_stap(definitie: Definitie, naam: str, richting: str) -> Definitie:
    """De stap een plek eerder of later."""
    nieuw = copy.deepcopy(definitie)
    plek = nieuw["stappen"].index(stap_van(nieuw, naam))
    doel = plek + (-1 if richting == OMHOOG else 1)
    if not 0 <= doel < len(nieuw["stappen"]):
        raise KanNiet("deze stap is al de eerste" if richting == OMHOOG else "deze stap is al de laatste")
    nieuw["stappen"].insert(doel, nieuw["stappen"].pop(plek))
    return nieuw


def verwijder_stap(definitie: Definitie, naam: str) -> Definitie:
    """Zonder deze stap en haar vragen; een formulier houdt minstens één stap."""
    nieuw = copy.deepcopy(definitie)
    if len(nieuw["stappen"]) == 1:
        raise KanNiet("een formulier heeft minstens één stap")
    nieuw["stappen"].remove(stap_van(nieuw, naam))
    return nieuw


# --- namen -----------------------------------------------------------------------------------------------------------------


def slak(tekst: str, scheiding: str) -> str:
    """Een naam uit een tekst: kleine letters en cijfers, met `scheiding` ertussen; zonder scheiding in camelCase."""
    kaal = unicodedata.normalize("NFKD", tekst).encode("ascii", "ignore").decode().lower()
    woorden = [woord for woord in re.split(r"[^a-z0-9]+", kaal) if woord][:6]
    if not scheiding:
        woorden = [woord if nr == 0 else woord.capitalize() for nr, woord in enumerate(woorden)]
    naam = scheiding.join(woorden)[:40].strip("-")
    return naam if naam[:1].isalpha() else (f"v{naam}" if naam else "")


def vrije_naam(naam: str, bezet: set[str], scheiding: str) -> str:
    """De naam, of met een volgnummer erachter als zij bezet is."""
    kaal = re.sub(r"-?\d+$", "", naam) or naam
    nummer, kandidaat = 1, naam
    while kandidaat in bezet:
        nummer += 1
        kandidaat = f"{kaal}{scheiding}{nummer}"
    return kandidaat


def _vrije_sleutel(definitie: Definitie, vraag: Component) -> str:
    tekst = vraag.get("label", {}).get("nl") or re.sub(r"<[^>]*>", " ", vraag.get("html", {}).get("nl", ""))
    return vrije_naam(slak(tekst, "") or "vraag", _sleutels(definitie) | GERESERVEERD, "")


def _sleutels(definitie: Definitie) -> set[str]:
    return {str(deel.get("key")) for _, deel in alle(definitie)}


def _onder(deel: Component) -> Iterator[Component]:
    for groep in kinderen(deel):
        for kind in groep:
            yield kind
            yield from _onder(kind)


def _plek(definitie: Definitie, sleutel: str) -> tuple[str, list[Component], int]:
    for stap, lijst in lijsten(definitie):
        for plek, deel in enumerate(lijst):
            if deel.get("key") == sleutel:
                return stap, lijst, plek
    raise NietGevonden(sleutel)


def _buur(definitie: Definitie, naam: str, richting: str) -> Component | None:
    stappen = definitie["stappen"]
    doel = [stap["naam"] for stap in stappen].index(naam) + (-1 if richting == OMHOOG else 1)
    return stappen[doel] if 0 <= doel < len(stappen) else None


GERESERVEERD = {
    "actie", "taal", "if", "then", "else", "for", "return", "some", "every", "satisfies", "in", "and", "or", "not", "between",
    "instance", "of", "true", "false", "null", "function", "list", "external", "aanmelding", "voorinvulling", "product", "zaak",
    "taak", "formulier",
}  # fmt: skip
"""Woorden die in een uitdrukking al iets betekenen; de formuliermotor weigert ze als sleutel."""
