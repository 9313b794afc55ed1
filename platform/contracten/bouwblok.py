"""Een bouwblok: één klasse voor één stap in een proces, met alles wat de modelleur, de motor en de documentatie ervan nodig hebben.

    class ZaakAanmaken(Bouwblok[Configuratie, Invoer, Uitvoer]):
        sleutel = "zaken.zaak-aanmaken"                   # zeebe:taskDefinition type in het model
        naam = Tekst("Zaak aanmaken", "Create zaak")
        uitleg = Tekst("Maakt een zaak …", "Creates …")
        fouten = (Fout("zaaktype-onbekend", Tekst("…", "…")),)

        def voer_uit(self, opdracht: Opdracht[Configuratie, Invoer]) -> Uitvoer: ...

* `Configuratie`: vaste keuzes bij het modelleren (`zeebe:taskHeaders`), bij het neerzetten al gecontroleerd.
* `Invoer`: wat per keer uit procesvariabelen komt (`zeebe:input`, FEEL). `Uitvoer`: wat terug kan naar variabelen (`zeebe:output`).
* `voer_uit` loopt zonder open transactie en kan na een storing nog eens lopen: gebruik `opdracht.idempotentie(...)` als
  Idempotency-Key en `opdracht.uuid(...)`/`opdracht.moment` als natuurlijke sleutel, die bij elke poging hetzelfde zijn.
* Fouten: `BpmnFout(code)` gaat naar de grensgebeurtenis in het model; `Onherstelbaar` wordt meteen een incident; elke andere
  uitzondering wordt herhaald volgens `herhaling` (of het model) en dan een incident.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin
from uuid import UUID, uuid5

import orjson
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from contracten.verzameling import OpSleutel
from kern.installatie import Installatie
from kern.outbox.afhandelen import STANDAARD_WACHTTIJDEN


class Gegevens(BaseModel):
    """Basis van Configuratie, Invoer en Uitvoer: velden in snake_case, in het model in camelCase; onbekende velden zijn fout.

    Geef elk veld `title` en `description` (Nederlands, voor de modelleur) met `pydantic.Field`.
    """

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, coerce_numbers_to_str=True
    )


OF_INVOER = "of-invoer"


def of_invoer(*, title: str, description: str, max_length: int | None = None) -> Any:
    """Een veld van de Configuratie dat ook als invoer met dezelfde naam mag komen; een van de twee is verplicht.

    De invoer wint. Zo kan een proces dat door andere wordt aangeroepen pas tijdens het lopen kiezen.
    """
    return Field("", title=title, description=description, max_length=max_length, json_schema_extra={OF_INVOER: True})


def mag_als_invoer(schema: type[Gegevens]) -> set[str]:
    """De namen (in het model) van de velden die met `of_invoer` gemaakt zijn."""
    velden = schema.model_fields.items()
    return {
        veld.alias or naam
        for naam, veld in velden
        if isinstance(veld.json_schema_extra, dict) and veld.json_schema_extra.get(OF_INVOER)
    }


class Geen(Gegevens):
    """Voor een bouwblok zonder configuratie, invoer of uitvoer."""


C = TypeVar("C", bound=Gegevens)
I = TypeVar("I", bound=Gegevens)  # noqa: E741  # C, I en U zijn Configuratie, Invoer en Uitvoer
U = TypeVar("U", bound=Gegevens)


@dataclass(frozen=True)
class Tekst:
    """Een tekst voor mensen in beide talen."""

    nl: str
    en: str


@dataclass(frozen=True)
class Fout:
    """Een BPMN-fout die het bouwblok kan geven; de modelleur vangt haar op met een grensgebeurtenis met deze `code`."""

    code: str
    uitleg: Tekst


@dataclass(frozen=True)
class Herhaling:
    """Hoe vaak en na welke wachttijd een mislukte poging herhaald wordt; daarna is er een incident."""

    wachttijden: tuple[timedelta, ...]

    @classmethod
    def seconden(cls, *seconden: float) -> "Herhaling":
        """Herhaling met wachttijden in seconden, bijvoorbeeld `Herhaling.seconden(1, 5, 25)`."""
        return cls(tuple(timedelta(seconds=s) for s in seconden))


STANDAARD_HERHALING = Herhaling(STANDAARD_WACHTTIJDEN)


class BpmnFout(Exception):
    """Een voorziene uitkomst die het model opvangt: een van de `fouten` van het bouwblok."""

    def __init__(self, code: str, bericht: str = "") -> None:
        self.code, self.bericht = code, bericht
        super().__init__(f"{code}: {bericht}" if bericht else code)


class Onherstelbaar(Exception):
    """Herhalen helpt niet: meteen een incident. De tekst is voor de beheerder en bevat nooit persoonsgegevens."""


@dataclass(frozen=True)
class Opdracht(Generic[C, I]):
    """Eén uitvoering van een bouwblok. Alles behalve `poging` is bij elke poging hetzelfde.

    `sleutel` hoort bij deze procesinstantie en deze keer dat het element bereikt werd; `moment` is het tijdstip daarvan.
    `instantie` en `bedrijfssleutel` (meestal de uuid van het verzoek) wijzen de procesinstantie aan.
    """

    installatie: Installatie
    configuratie: C
    invoer: I
    sleutel: UUID
    moment: datetime
    instantie: UUID
    bedrijfssleutel: str
    definitie: str
    element: str
    poging: int = 1
    namens: str = "processen"

    def uuid(self, waarvoor: str) -> UUID:
        """Een vaste uuid voor één gevolg van deze uitvoering (een zelf te kiezen uuid of identificatie)."""
        return uuid5(self.sleutel, waarvoor)

    def idempotentie(self, waarvoor: str) -> str:
        """De Idempotency-Key voor één API-aanroep van deze uitvoering."""
        return str(self.uuid(waarvoor))


class Bouwblok(ABC, Generic[C, I, U]):
    """Basis van elk bouwblok; zie de module. Een exemplaar heeft geen toestand en wordt door meer draden tegelijk gebruikt."""

    sleutel: ClassVar[str]
    versie: ClassVar[int] = 1
    naam: ClassVar[Tekst]
    uitleg: ClassVar[Tekst]
    groep: ClassVar[Tekst] = Tekst("Bouwblokken", "Building blocks")
    fouten: ClassVar[tuple[Fout, ...]] = ()
    herhaling: ClassVar[Herhaling] = STANDAARD_HERHALING
    Configuratie: ClassVar[type[Gegevens]]
    Invoer: ClassVar[type[Gegevens]]
    Uitvoer: ClassVar[type[Gegevens]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Leid de drie schema's af uit `Bouwblok[Configuratie, Invoer, Uitvoer]`."""
        super().__init_subclass__(**kwargs)
        for basis in getattr(cls, "__orig_bases__", ()):
            soorten = [soort for soort in get_args(basis) if isinstance(soort, type) and issubclass(soort, Gegevens)]
            if len(soorten) == 3:  # noqa: PLR2004  # Configuratie, Invoer, Uitvoer
                cls.Configuratie, cls.Invoer, cls.Uitvoer = soorten

    @abstractmethod
    def voer_uit(self, opdracht: Opdracht[C, I]) -> U:
        """Doe het werk. Zonder open transactie; moet twee keer mogen gebeuren."""

    @classmethod
    def lees_configuratie(cls, koppen: Mapping[str, str]) -> Gegevens:
        """De configuratie uit de `zeebe:taskHeaders`, die altijd tekst zijn. Een lijst is JSON of met komma's gescheiden.

        Een lege tekst telt als niet ingevuld. Geeft `pydantic.ValidationError`.
        """
        lijsten = {
            veld.alias or naam
            for naam, veld in cls.Configuratie.model_fields.items()
            if get_origin(veld.annotation) in _LIJSTEN
        }
        gevuld = {naam: tekst for naam, tekst in koppen.items() if tekst.strip()}
        return cls.Configuratie.model_validate({n: _lijst(t) if n in lijsten else t for n, t in gevuld.items()})

    def controleer(self, configuratie: C) -> Iterable[Tekst]:
        """Wat er bij het neerzetten van een model nog mis is met een (al geldige) configuratie. Standaard niets."""
        del configuratie
        return ()


_LIJSTEN = (list, tuple, set, frozenset)


def _lijst(tekst: str) -> Any:
    if tekst.lstrip().startswith("["):
        try:
            return orjson.loads(tekst)
        except orjson.JSONDecodeError:
            return tekst  # het schema noemt de fout
    return [deel.strip() for deel in tekst.split(",") if deel.strip()]


AnyBouwblok = Bouwblok[Any, Any, Any]


class Bouwblokken(OpSleutel[AnyBouwblok]):
    """De bouwblokken van een installatie op sleutel. Twee met dezelfde sleutel is een fout bij het starten."""

    soort = "bouwblokken"
