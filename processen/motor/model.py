"""Een BPMN-model zoals de motor het ziet: gelezen, nog niet gecontroleerd. Alle id's zijn die van de tekening."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

GebeurtenisSoort = Literal[
    "bericht", "tijd", "signaal", "fout", "escalatie", "beeindig", "annuleer", "compensatie", "link", "voorwaarde"
]
TijdSoort = Literal["datum", "duur", "cyclus"]


WACHTTIJDEN = "wachttijden"
"""De `zeebe:property` van een dienst met de wachttijden tussen herhalingen, bijvoorbeeld `PT10S,PT5M`."""


VOLGORDE = "volgorde"
"""De `zeebe:property` van een dienst waarmee stappen een voor een gaan, ook van verschillende instanties: wie dezelfde waarde heeft, wacht op elkaar."""
VOLGORDESLEUTEL = "volgorde:"
"""Hoe de sleutel in de outbox van zulke stappen begint."""


@dataclass(frozen=True)
class Gebeurtenis:
    """Waar een gebeurtenis op wacht of wat zij meldt. `naam` is de bericht-, signaal- of linknaam, `code` die van een fout."""

    soort: GebeurtenisSoort
    naam: str = ""
    code: str = ""
    uitdrukking: str = ""
    tijd: TijdSoort = "datum"
    correlatie: str = ""
    activiteit: str = ""
    """Bij compensatie: alleen deze activiteit terugdraaien; leeg is alles in dit bereik."""
    compleet: bool = True
    """Onwaar als het model naar een bericht, signaal of fout verwijst dat er niet is."""


@dataclass(frozen=True)
class Afbeelding:
    """Eén regel van een ioMapping: FEEL-`bron` naar variabele `doel`."""

    bron: str
    doel: str


@dataclass(frozen=True)
class Herhaald:
    """Een activiteit die per element van een lijst gebeurt (multi-instance), of steeds opnieuw (lus)."""

    soort: Literal["parallel", "na-elkaar", "lus"]
    lijst: str = ""
    element: str = ""
    resultaatlijst: str = ""
    resultaat: str = ""
    aantal: str = ""
    voorwaarde: str = ""
    vooraf: bool = False
    """Bij een lus: de voorwaarde telt ook vóór de eerste keer."""


@dataclass(frozen=True)
class Zeebe:
    """De uitvoeringsgegevens uit de zeebe-namespace. Een lege tekst is: niet ingevuld."""

    taak_type: str = ""
    herhalingen: str = ""
    koppen: dict[str, str] = field(default_factory=dict)
    invoer: tuple[Afbeelding, ...] = ()
    uitvoer: tuple[Afbeelding, ...] = ()
    beslissing: str = ""
    resultaat: str = ""
    script: str = ""
    proces: str = ""
    alle_uit_ouder: bool = True
    alle_naar_ouder: bool = True
    formulier: str = ""
    toegewezen: str = ""
    groepen: str = ""
    uiterlijk: str = ""
    opvolgen: str = ""
    prioriteit: str = ""
    eigenschappen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stroom:
    """Een pijl."""

    id: str
    van: str
    naar: str
    voorwaarde: str = ""


@dataclass
class Element:
    """Eén knoop uit de tekening. `soort` is de naam van de BPMN-tag (`userTask`)."""

    id: str
    soort: str
    naam: str = ""
    gebeurtenissen: tuple[Gebeurtenis, ...] = ()
    zeebe: Zeebe = field(default_factory=Zeebe)
    standaard: str = ""
    gehecht_aan: str = ""
    onderbreekt: bool = True
    door_gebeurtenis: bool = False
    herhaald: Herhaald | None = None
    inhoud: "Bereik | None" = None
    compensatie: bool = False
    """Deze activiteit draait een andere terug en hangt daarom aan geen pijl."""
    handelaar: str = ""
    """De activiteit die deze terugdraait, als die getekend is."""
    bijzonder: dict[str, str] = field(default_factory=dict)
    """Attributen die de betekenis veranderen en die de motor niet kent."""

    @property
    def gebeurtenis(self) -> Gebeurtenis | None:
        """De enige gebeurtenis, als die er is."""
        return self.gebeurtenissen[0] if self.gebeurtenissen else None


@dataclass
class Bereik:
    """De inhoud van een proces of subproces."""

    id: str
    elementen: dict[str, Element] = field(default_factory=dict)
    stromen: list[Stroom] = field(default_factory=list)
    onbekend: list[tuple[str, str]] = field(default_factory=list)
    """(id, tag) van wat de motor niet kent en wel betekenis heeft."""

    def uit(self, element: str) -> list[Stroom]:
        return self._per_kant()[0].get(element, [])

    def naar(self, element: str) -> list[Stroom]:
        return self._per_kant()[1].get(element, [])

    def _per_kant(self) -> tuple[dict[str, list[Stroom]], dict[str, list[Stroom]]]:
        if self._index is None:
            uit: dict[str, list[Stroom]] = {}
            naar: dict[str, list[Stroom]] = {}
            for stroom in self.stromen:
                uit.setdefault(stroom.van, []).append(stroom)
                naar.setdefault(stroom.naar, []).append(stroom)
            self._index = (uit, naar)
        return self._index

    _index: tuple[dict[str, list[Stroom]], dict[str, list[Stroom]]] | None = None

    def vanzelf(self) -> list[Element]:
        """Waar een token begint als er geen startgebeurtenis getekend is: alles waar geen pijl aankomt (BPMN 2.0, 10.5.2)."""
        return [e for e in self.elementen.values() if not self.naar(e.id) and _begint_vanzelf(e)]

    def alles(self) -> Iterator[tuple["Bereik", Element]]:
        """Elk element met het bereik waarin het staat, ook in subprocessen."""
        for element in self.elementen.values():
            yield self, element
            if element.inhoud is not None:
                yield from element.inhoud.alles()


def _begint_vanzelf(element: Element) -> bool:
    gebeurtenis = element.gebeurtenis
    if element.soort == "boundaryEvent" or element.door_gebeurtenis or element.compensatie:
        return False
    return not (element.soort == "intermediateCatchEvent" and gebeurtenis is not None and gebeurtenis.soort == "link")


@dataclass
class Proces:
    """Eén uitvoerbaar proces; `id` is de sleutel van de definitie."""

    id: str
    naam: str
    versielabel: str
    bereik: Bereik
