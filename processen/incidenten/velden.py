"""Elke variabele als veld dat een beheerder kan invullen: een naam in gewone taal, en een veld naar de soort van de waarde.

De naam komt uit de vragen van de formulieren van het pakket, en anders uit wat het bouwblok oplevert dat haar vulde. Lijsten, objecten en
verwijzingen zijn techniek: die staan apart.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import orjson

import feel
from contracten import Bouwblokken
from contracten.sjabloon import velden as blokvelden
from contracten.veldteksten import catalogus_van
from huisstijl import huidige_taal, kies
from processen.motor.incidenten import Detail

Soort = Literal["tekst", "lang", "getal", "datum", "ja-nee", "json"]
MERK = "$feel"
VAN_VRAAG: Mapping[str, Soort] = {
    "number": "getal", "currency": "getal", "date": "datum", "checkbox": "ja-nee", "textfield": "tekst", "textarea": "lang", "radio": "tekst",
    "select": "tekst", "email": "tekst", "phoneNumber": "tekst",
}  # fmt: skip
LANG = 80
VERWIJZING = re.compile(r"(https?://|urn:)\S+")
ALTIJD = {
    "verzoek": {"nl": "Verzoek", "en": "Request"}, "zaak": {"nl": "Zaak", "en": "Case"},
    "zaaknummer": {"nl": "Nummer van de zaak", "en": "Case number"},
}  # fmt: skip
FOUTEN = {
    "getal": {"nl": "vul een getal in, zoals 12 of 3,5", "en": "enter a number, such as 12 or 3,5"},
    "datum": {"nl": "vul een datum in", "en": "enter a date"},
    "ja-nee": {"nl": "kies ja of nee", "en": "choose yes or no"},
    "json": {
        "nl": "dit is geen JSON. Zet tekst tussen dubbele aanhalingstekens",
        "en": "this is not JSON. Put text between double quotes",
    },
}


@dataclass(frozen=True)
class Veld:
    """Eén variabele. `tekst` is wat er in het veld staat; een technisch veld staat apart."""

    naam: str
    label: str
    soort: Soort
    tekst: str
    waarde: Any
    """De bewaarde waarde, in de bewaarvorm van FEEL."""

    @property
    def technisch(self) -> bool:
        """Of dit alleen voor wie de techniek kent te wijzigen is."""
        return self.soort == "json" or bool(VERWIJZING.fullmatch(self.tekst))

    def lees(self, ingevuld: str) -> Any:
        """De FEEL-waarde van wat iemand invulde. `ValueError` met wat er wel mag."""
        if self.soort in ("tekst", "lang"):
            return ingevuld
        if self.soort != "json" and not ingevuld.strip():
            return None
        try:
            gelezen = LEZERS[self.soort](ingevuld.strip())
        except (ValueError, TypeError, InvalidOperation, KeyError):
            raise ValueError(kies(FOUTEN[self.soort])) from None
        return ingevuld.strip() if self.soort == "datum" and isinstance(self.waarde, str) else gelezen


def lees_json(tekst: str) -> Any:
    """De FEEL-waarde van een stuk JSON. `ValueError`."""
    return feel.uit_json(orjson.loads(tekst))


def _lees_getal(tekst: str) -> Decimal:
    """Een komma is het decimaalteken; een punt kan hier van alles betekenen en mag dus niet."""
    if not re.fullmatch(r"-?\d+(,\d+)?", tekst):
        raise ValueError(tekst)
    return Decimal(tekst.replace(",", "."))


LEZERS: Mapping[str, Callable[[str], Any]] = {
    "getal": _lees_getal,
    "datum": date.fromisoformat,
    "ja-nee": {"ja": True, "nee": False}.__getitem__,
    "json": lees_json,
}


def velden_van(detail: Detail, definities: Iterable[Mapping[str, Any]], bouwblokken: Bouwblokken) -> list[Veld]:
    """Alle variabelen van het proces, op hun naam in gewone taal. `definities` zijn de formulieren van het pakket."""
    vragen = dict(_vragen(definities))
    labels = {**dict(_uitvoer(detail, bouwblokken)), **{naam: kies(tekst) for naam, tekst in ALTIJD.items()}}
    gevonden = []
    for naam, waarde in detail.variabelen.items():
        vraag = vragen.get(naam, {})
        label = kies(vraag.get("label")) or labels.get(naam) or in_woorden(naam)
        soort = _soort(waarde, VAN_VRAAG.get(str(vraag.get("type"))))
        gevonden.append(Veld(naam, label, soort, _tekst(waarde, soort), waarde))
    return sorted(_uiteen(gevonden), key=lambda veld: (veld.label.lower(), veld.naam))


def _uiteen(velden: list[Veld]) -> Iterator[Veld]:
    """Heten er twee hetzelfde, dan staat de naam uit het model erbij."""
    aantal = Counter(veld.label for veld in velden)
    for veld in velden:
        yield replace(veld, label=f"{veld.label} ({veld.naam})") if aantal[veld.label] > 1 else veld


def invoer_van(detail: Detail, bouwblokken: Bouwblokken) -> list[tuple[str, Any]]:
    """Wat de stap kreeg, met de namen die het bouwblok eraan geeft."""
    blok = bouwblokken.get(detail.element.zeebe.taak_type)
    namen = dict(_namen(blok, blok.Invoer)) if blok else {}
    return sorted((namen.get(naam) or in_woorden(naam), waarde) for naam, waarde in detail.invoer.items())


def in_woorden(naam: str) -> str:
    """Een naam uit het model als woorden: `eerderBehandeld` wordt `Eerder behandeld`."""
    woorden = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", " ", naam).lower().strip()
    return woorden[:1].upper() + woorden[1:]


def _vragen(definities: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for definitie in definities:
        for stap in definitie.get("stappen", ()):
            yield from _onderdelen(stap.get("componenten", ()))


def _onderdelen(delen: Iterable[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for deel in delen:
        if deel.get("key") and deel.get("label"):
            yield str(deel["key"]), deel
        yield from _onderdelen(deel.get("components", ()))
        for kolom in deel.get("columns", ()):
            yield from _onderdelen(kolom.get("components", ()))


def _uitvoer(detail: Detail, bouwblokken: Bouwblokken) -> Iterator[tuple[str, str]]:
    """Variabelen die een bouwblok vult heten zoals het bouwblok hen noemt; de uitkomst van een beslissing heet zoals de stap."""
    for element in detail.elementen:
        if element.zeebe.resultaat and element.naam:
            yield element.zeebe.resultaat, element.naam
        blok = bouwblokken.get(element.zeebe.taak_type)
        namen = dict(_namen(blok, blok.Uitvoer)) if blok else {}
        for regel in element.zeebe.uitvoer:
            if label := namen.get(regel.bron.removeprefix("=").strip()):
                yield regel.doel, label


def _namen(blok: Any, schema: Any) -> Iterator[tuple[str, str]]:
    catalogus = catalogus_van(blok)
    for naam, veld in blokvelden(schema):
        if veld.title:
            yield naam, catalogus.zoek(veld.title, huidige_taal())


def _soort(waarde: Any, van_vraag: Soort | None) -> Soort:
    if waarde is None:
        return van_vraag or "json"
    if isinstance(waarde, bool):
        return "ja-nee"
    if isinstance(waarde, int):
        return "getal"
    if isinstance(waarde, str):
        if van_vraag == "datum" and _is_datum(waarde):
            return "datum"
        return "lang" if len(waarde) > LANG or "\n" in waarde else "tekst"
    feelsoorten: Mapping[Any, Soort] = {"number": "getal", "date": "datum"}
    return feelsoorten.get(waarde.get(MERK), "json") if isinstance(waarde, dict) else "json"


def _is_datum(tekst: str) -> bool:
    try:
        date.fromisoformat(tekst)
    except ValueError:
        return False
    return True


def _tekst(waarde: Any, soort: Soort) -> str:
    """Wat er in het veld staat."""
    if soort == "json":
        return orjson.dumps(waarde).decode()
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    kaal = str(waarde["waarde"] if isinstance(waarde, dict) else waarde)
    return kaal.replace(".", ",") if soort == "getal" else kaal
