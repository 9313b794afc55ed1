"""Van gelezen model naar de specs van Spiff. De tekening wordt hierbij gladgestreken; `element` op elke spec wijst terug.

* voorwaardelijke pijlen uit een gewone stap: een onzichtbare keuze erachter (`#id>`);
* links: de zender gaat rechtstreeks naar de ontvanger met dezelfde naam;
* compensatie: de grensgebeurtenis verdwijnt; de activiteit die terugdraait hangt los en begint pas als `compenseren` dat zegt;
* zonder startgebeurtenis: een onzichtbaar begin (`#^`) naar alles waar geen pijl aankomt;
* herhaalde activiteiten: een stap die per keer een exemplaar (`#id*`) start;
* elke naam krijgt een `#`, zodat een element ook `Start` of `End` mag heten.

Er is geen recursie over de pijlen: een keten van duizenden stappen bouwt gewoon.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from processen.motor.model import Bereik, Element, Proces, Stroom
from processen.motor.spiff_aanpassing import (
    Bundel,
    Inclusief,
    Keuze,
    Luisteraar,
    Randgebeurtenis,
    StapSpec,
    Uitgangen,
    nieuw_bereik,
)

GATEWAYS: dict[str, type[StapSpec]] = {
    "exclusiveGateway": Keuze,
    "inclusiveGateway": Inclusief,
    "parallelGateway": Bundel,
}


@dataclass
class BereikSpec:
    """Wat de motor van één (sub)proces nodig heeft: de Spiff-spec, de starts en de luisteraars."""

    id: str
    spec: Any
    starts: dict[str, StapSpec] = field(default_factory=dict)
    luisteraars: list[Luisteraar] = field(default_factory=list)


@dataclass
class Gecompileerd:
    """Een definitie, klaar om uit te voeren."""

    definitie: UUID
    sleutel: str
    proces: Proces
    bereiken: dict[str, BereikSpec]
    beslissingen: tuple[Any, ...] = ()

    @cached_property
    def _elementen(self) -> dict[str, Element]:
        return {element.id: element for _, element in self.proces.bereik.alles()}

    def element(self, naam: str) -> Element:
        """Het getekende element met dit id."""
        return self._elementen[naam]


def compileer(proces: Proces, definitie: UUID, beslissingen: tuple[Any, ...] = ()) -> Gecompileerd:
    """Bouw alle bereiken van een gecontroleerd proces."""
    bereiken: dict[str, BereikSpec] = {}
    nog = [proces.bereik]
    while nog:
        bereik = nog.pop()
        bereiken[bereik.id] = _Bouwer(bereik).bouw()
        nog += [element.inhoud for element in bereik.elementen.values() if element.inhoud is not None]
    return Gecompileerd(definitie, proces.id, proces, bereiken, beslissingen)


class _Bouwer:
    def __init__(self, bereik: Bereik) -> None:
        self.bereik = bereik
        self.uit = BereikSpec(bereik.id, nieuw_bereik(bereik.id))
        self.specs: dict[str, StapSpec] = {}

    def bouw(self) -> BereikSpec:
        elementen = [e for e in self.bereik.elementen.values() if not is_keerpunt(e)]
        for element in elementen:
            self._maak(element)
        for element in elementen:
            self._verbind(element)
        if not self.uit.starts:
            self._begin_vanzelf()
        return self.uit

    def _begin_vanzelf(self) -> None:
        """Zonder startgebeurtenis begint alles waar geen pijl aankomt."""
        begin = self.uit.starts[""] = StapSpec(self.uit.spec, "#^")
        for element in self.bereik.vanzelf():
            begin.connect(self.specs[element.id])

    def _maak(self, element: Element) -> None:
        naam = f"#{element.id}"
        if element.soort == "boundaryEvent":
            self.specs[element.id] = Randgebeurtenis(self.uit.spec, naam, element, f"#{element.gehecht_aan}")
        else:
            soort = GATEWAYS.get(element.soort, StapSpec)
            self.specs[element.id] = soort(self.uit.spec, naam, element)
        if element.herhaald is not None:
            self.specs[element.id].exemplaar = f"{naam}*"
            StapSpec(self.uit.spec, f"{naam}*", element)
        if element.soort == "startEvent":
            self.uit.starts[element.id] = self.specs[element.id]

    def _verbind(self, element: Element) -> None:
        spec = self.specs[element.id]
        if element.soort == "boundaryEvent":
            self.specs[element.gehecht_aan].rand.append(spec.name)
        if element.door_gebeurtenis:
            self._luister(element, spec)
        stromen = self.bereik.uit(element.id) + self._link(element)
        if element.soort in GATEWAYS and element.soort != "parallelGateway":
            self._voorwaardelijk(spec, element, stromen)
        elif any(stroom.voorwaarde for stroom in stromen):
            keuze = Uitgangen(self.uit.spec, f"{spec.name}>")
            spec.connect(keuze)
            self._voorwaardelijk(keuze, element, stromen)
        else:
            for stroom in stromen:
                spec.connect(self.specs[stroom.naar])

    def _voorwaardelijk(self, spec: StapSpec, element: Element, stromen: list[Stroom]) -> None:
        for stroom in stromen:
            doel = self.specs[stroom.naar]
            if stroom.id and stroom.id == element.standaard:
                spec.connect(doel)
                if isinstance(spec, Uitgangen):
                    spec.standaardpad = doel.name
            else:
                spec.connect_outgoing_if(stroom.voorwaarde or None, doel)

    def _luister(self, element: Element, spec: StapSpec) -> None:
        assert element.inhoud is not None  # noqa: S101  # een subproces heeft inhoud
        start = next(e for e in element.inhoud.elementen.values() if e.soort == "startEvent")
        luisteraar = Luisteraar(self.uit.spec, f"#{element.id}!", start)
        luisteraar.connect(spec)
        self.uit.luisteraars.append(luisteraar)

    def _link(self, element: Element) -> list[Stroom]:
        gebeurtenis = element.gebeurtenis
        if gebeurtenis is None or gebeurtenis.soort != "link" or element.soort != "intermediateThrowEvent":
            return []
        return [Stroom("", element.id, doel.id) for doel in ontvangers(self.bereik, gebeurtenis.naam)]


def is_keerpunt(element: Element) -> bool:
    """Een grensgebeurtenis voor compensatie: zij wacht niet, zij wijst alleen aan wat de activiteit terugdraait."""
    gebeurtenis = element.gebeurtenis
    return element.soort == "boundaryEvent" and gebeurtenis is not None and gebeurtenis.soort == "compensatie"


def ontvangers(bereik: Bereik, naam: str) -> list[Element]:
    """De linkgebeurtenissen die een link met deze naam ontvangen."""
    return [
        e for e in bereik.elementen.values()
        if e.soort == "intermediateCatchEvent" and e.gebeurtenis and e.gebeurtenis.soort == "link" and e.gebeurtenis.naam == naam
    ]  # fmt: skip
