"""Het verschil tussen twee catalogi, in gewone taal: van elk type de laatste versie, met alles wat eraan hangt."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dienstverlening.catalogus.beeld import Beeld, Onderdeel, Type
from dienstverlening.catalogus.inhoud import ONDERDELEN, TYPEN, Rij
from dmn.zinnen import duur_in_woorden


def verschillen(een: Beeld, ander: Beeld, naam_een: str = "de eerste", naam_ander: str = "de tweede") -> Iterator[str]:
    """Eén regel per verschil; niets als de catalogi hetzelfde zeggen."""
    verteller = _Verteller(naam_een, naam_ander)
    for soort in TYPEN:
        links, rechts = een.nieuwste(soort), ander.nieuwste(soort)
        for naam in sorted(links.keys() | rechts.keys()):
            yield from verteller.type_(links.get(naam), rechts.get(naam))


class _Verteller:
    def __init__(self, een: str, ander: str) -> None:
        self._een = een
        self._ander = ander

    def type_(self, een: Type | None, ander: Type | None) -> Iterator[str]:
        gevonden = een or ander
        if gevonden is None:
            return
        kop = f"{gevonden.soort.label.capitalize()} {gevonden.naam}"
        if een is None or ander is None:
            yield f"{kop} staat alleen in {self._ander if een is None else self._een}."
            return
        yield from self._velden(kop, een.velden, ander.velden)
        for soort in ONDERDELEN:
            links = {deel.naam: deel for deel in een.onderdelen.get(soort.bestand, [])}
            rechts = {deel.naam: deel for deel in ander.onderdelen.get(soort.bestand, [])}
            for naam in sorted(links.keys() | rechts.keys()):
                yield from self._onderdeel(kop, links.get(naam), rechts.get(naam))

    def _onderdeel(self, kop: str, een: Onderdeel | None, ander: Onderdeel | None) -> Iterator[str]:
        gevonden = een or ander
        if gevonden is None:
            return
        naam = f"{gevonden.soort.label} {_titel(gevonden)}"
        if een is None or ander is None:
            yield f"{kop}: {naam} staat alleen in {self._ander if een is None else self._een}."
        else:
            yield from self._velden(f"{kop}, {naam}", een.velden, ander.velden)

    def _velden(self, kop: str, een: Rij, ander: Rij, voor: str = "") -> Iterator[str]:
        for veld in sorted(een.keys() | ander.keys()):
            links, rechts = een.get(veld), ander.get(veld)
            if zeg(links) == zeg(rechts):
                continue
            if isinstance(links, Mapping) and isinstance(rechts, Mapping):
                yield from self._velden(kop, dict(links), dict(rechts), f"{voor}{gewone_naam(veld)}, ")
            elif isinstance(links, list) and isinstance(rechts, list):
                yield from self._lijst(f"{kop}: {voor}{gewone_naam(veld)}", links, rechts)
            else:
                yield (
                    f"{kop}: {voor}{gewone_naam(veld)} is {zeg(links)} in {self._een} en {zeg(rechts)} in {self._ander}."
                )

    def _lijst(self, kop: str, een: list[Any], ander: list[Any]) -> Iterator[str]:
        links, rechts = [zeg(deel) for deel in een], [zeg(deel) for deel in ander]
        for deel in links:
            if deel not in rechts:
                yield f"{kop}: {deel} staat alleen in {self._een}."
        for deel in rechts:
            if deel not in links:
                yield f"{kop}: {deel} staat alleen in {self._ander}."


def _titel(onderdeel: Onderdeel) -> str:
    """Zo herkent een beheerder het onderdeel: een statustype heeft naast zijn nummer een naam."""
    if "volgnummer" in onderdeel.soort.sleutel:
        return f"{onderdeel.naam} ({onderdeel.velden.get('omschrijving', '')})"
    return onderdeel.naam


def gewone_naam(veld: str) -> str:
    """`opschortingEnAanhoudingMogelijk` als `opschorting en aanhouding mogelijk`."""
    return re.sub(r"(?<=[a-z])([A-Z])", lambda letter: f" {letter[1].lower()}", veld)


def zeg(waarde: Any) -> str:
    """Een waarde zoals een mens haar zegt."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if waarde in (None, "", [], {}):
        return "leeg"
    if isinstance(waarde, list):
        return ", ".join(zeg(deel) for deel in waarde)
    if isinstance(waarde, Mapping):
        gevuld = {naam: zeg(deel) for naam, deel in waarde.items() if zeg(deel) not in ("leeg", "nee")}
        return ", ".join(f"{gewone_naam(naam)} {deel}" for naam, deel in gevuld.items()) or "leeg"
    # De ene installatie bewaart acht weken als P8W, de andere als P56D: dat is geen verschil.
    in_dagen = re.sub(r"^P(\d+)W$", lambda weken: f"P{7 * int(weken[1])}D", str(waarde))
    gezegd = duur_in_woorden(in_dagen, "nl")
    return gezegd if gezegd != in_dagen else f"“{waarde}”"
