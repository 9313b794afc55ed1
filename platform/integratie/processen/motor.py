"""Schema's van de procesmotor in de processen-API. Variabelen staan in de bewaarvorm van FEEL: JSON, met `$feel` bij een datum of breuk."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema

Variabelen = dict[str, Any]
Naam = Annotated[str, Field(min_length=1, max_length=200)]


class BevindingUit(Schema):
    """Waarom een model niet kan draaien: het getekende element, een vaste code, de reden en wat eraan te doen is."""

    element: str
    code: str
    nl: str
    en: str
    remedie_nl: str
    remedie_en: str


class ModelIn(Schema):
    """Een BPMN-model met de DMN-bestanden erbij, als tekst. Met `concept` hoeft het nog niet te kunnen draaien."""

    bpmn: Annotated[str, Field(min_length=1, max_length=1 << 20)]
    dmn: list[str] = Field(default_factory=list, max_length=50)
    pakket: str = ""
    concept: bool = False


class ControleUit(Schema):
    """De uitkomst van een controle; zonder bevindingen kan het model draaien."""

    bevindingen: list[BevindingUit]


class DefinitieUit(Schema):
    """Eén versie van een procesdefinitie. `hash` is van de inhoud (BPMN en DMN)."""

    uuid: UUID
    sleutel: str
    versie: int
    staat: Literal["concept", "actief", "ingetrokken"]
    naam: str
    versielabel: str
    pakket: str
    hash: str
    neergezet: datetime


class ModelUit(DefinitieUit):
    """Een versie met haar bestanden, byte voor byte zoals zij kwamen."""

    bpmn: str
    dmn: list[str]


class ElementCijfersUit(Schema):
    """Een element: hoe vaak bereikt, hoeveel er nu lopen en wachten, open incidenten, en de duur in seconden."""

    element: str
    naam: str = ""
    bereikt: int
    loopt: int
    wacht: int = 0
    incidenten: int
    mediaan: float | None
    p95: float | None
    warmte: float = 0
    """Van 0 tot 1: hoe vaak bereikt, ten opzichte van het drukste element."""


class CijfersUit(Schema):
    """Een definitie over alle versies, van instanties die sinds `sinds` begonnen."""

    sleutel: str
    sinds: datetime
    staten: dict[str, int]
    elementen: list[ElementCijfersUit]


class InstantieIn(Schema):
    """Een te starten instantie. Dezelfde `bedrijfssleutel` bij dezelfde definitie geeft de bestaande instantie."""

    definitie: Naam
    bedrijfssleutel: Naam
    variabelen: Variabelen = Field(default_factory=dict)


class WachtendUit(Schema):
    """Waar een instantie op wacht."""

    stap: UUID
    element: str
    soort: Literal["bouwblok", "taak", "tijd", "bericht", "signaal"]
    naam: str
    sleutel: str
    vanaf: datetime | None
    verwijzing: str
    sinds: datetime


class InstantieUit(Schema):
    """Een procesinstantie."""

    uuid: UUID
    definitie: UUID
    sleutel: str
    bedrijfssleutel: str
    staat: Literal["loopt", "klaar", "afgebroken"]
    gestart: datetime
    geeindigd: datetime | None
    variabelen: Variabelen
    wachtend: list[WachtendUit] = Field(default_factory=list)


class VariabelenIn(Schema):
    """Te wijzigen variabelen; de andere blijven zoals zij zijn."""

    variabelen: Variabelen


class StapUit(Schema):
    """Eén bereikt element. `uitkomst` is leeg zolang het loopt."""

    nr: int
    stap: UUID
    element: str
    soort: str
    naam: str
    begonnen: datetime
    geeindigd: datetime | None
    door: str
    uitkomst: Literal["", "voltooid", "afgebroken", "fout", "overgeslagen"]
    invoer: Variabelen | None
    uitvoer: Variabelen | None
    uitleg: Variabelen | None


class TaakUit(Schema):
    """Een open taak van een instantie; `verwijzing` is haar record in de Taken API."""

    uuid: UUID
    instantie: UUID
    element: str
    naam: str
    verwijzing: str
    sinds: datetime


class TaakAfrondenIn(Schema):
    """De uitkomst van een medewerkertaak."""

    uitkomst: Variabelen = Field(default_factory=dict)
    door: Naam


class BerichtIn(Schema):
    """Een bericht voor wie op `naam` met deze correlatiesleutel wacht. Hetzelfde `uniekId` telt één keer."""

    naam: Naam
    correlatiesleutel: Naam
    uniek_id: Naam
    inhoud: Variabelen = Field(default_factory=dict)


class BerichtUit(Schema):
    """`nieuw` is onwaar als dit bericht al eens ontvangen was."""

    nieuw: bool


class SignaalIn(Schema):
    """Een signaal voor iedereen die er nu op wacht."""

    naam: Naam
    inhoud: Variabelen = Field(default_factory=dict)


class IncidentUit(Schema):
    """Een gestopte stap. `oplossing` is leeg zolang het incident open is."""

    uuid: UUID
    instantie: UUID
    sleutel: str
    bedrijfssleutel: str
    element: str
    soort: str
    fout: str
    poging: int
    gemaakt: datetime
    opgelost: datetime | None
    door: str
    oplossing: str


class HerstelIn(Schema):
    """Hoe een incident hersteld wordt. Overslaan (met `uitvoer`) en verplaatsen (`naar`) vragen een reden."""

    actie: Literal["opnieuw", "overslaan", "verplaatsen"]
    door: Naam
    reden: str = ""
    variabelen: Variabelen = Field(default_factory=dict)
    uitvoer: Variabelen = Field(default_factory=dict)
    naar: str = ""


class HerstelAlleIn(Schema):
    """Probeer hoogstens `limiet` open incidenten met deze kenmerken opnieuw, de oudste eerst."""

    door: Naam
    definitie: str = ""
    element: str = ""
    soort: str = ""
    limiet: Annotated[int, Field(ge=1, le=500)] = 200


class HersteldUit(Schema):
    """Hoeveel incidenten opnieuw geprobeerd zijn, en hoeveel een ander al opgelost had."""

    gedaan: int
    al_opgelost: int


class VerhuizingIn(Schema):
    """Lopende instanties van versie `van` naar `naar`. Zonder `plan` geldt het voorstel; `na` is `volgende` van de vorige portie."""

    van: UUID
    naar: UUID
    plan: dict[str, str] | None = None
    na: UUID | None = None
    limiet: Annotated[int, Field(ge=1, le=500)] = 100
    door: Naam = "api"


class OordeelUit(Schema):
    """Kan deze instantie verhuizen? Dan zijn er geen `problemen`."""

    instantie: UUID
    bedrijfssleutel: str
    problemen: list[str]


class ProefUit(Schema):
    """Het plan (oud element naar nieuw) en wat het voor elke lopende instantie zou doen."""

    plan: dict[str, str]
    oordelen: list[OordeelUit]
    volgende: UUID | None


class PortieUit(Schema):
    """Wat in deze portie verhuisd is, wat bleef en waarom; ga verder met `volgende` tot die leeg is."""

    verhuisd: list[OordeelUit]
    gebleven: list[OordeelUit]
    volgende: UUID | None


class TeruggedraaidUit(Schema):
    """Onwaar als de instantie na de verhuizing al verder was."""

    teruggedraaid: bool


class BeslisIn(Schema):
    """Een beslissing (id of naam) uit de actieve versie van een definitie uitrekenen; zonder `peildatum` op vandaag.

    Met `versie` gelden de tabellen van die versie, zoals toen er besloten werd.
    """

    definitie: Naam
    versie: UUID | None = None
    beslissing: Naam
    gegevens: Variabelen = Field(default_factory=dict)
    peildatum: date | None = None


class BeslisUit(Schema):
    """De uitkomst in de bewaarvorm van FEEL, met de uitleg in zinnen per taal en als gegevens."""

    beslissing: str
    versie: UUID
    peildatum: date
    uitkomst: Any
    zinnen: dict[str, list[str]]
    uitleg: dict[str, Any]
