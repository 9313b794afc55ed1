"""Schema's van de processen-API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url

Zendingkanaal = Literal["voorkeur", "portaal", "email", "sms", "brief"]
Berichtaard = Literal["besluit", "aanvulling", "voornemen", "verdaging", "dwangsom", "ontvangstbevestiging", "overig"]
"""Wat een bericht voor de wet is; daarvan hangt af of het na een tijd ongelezen alsnog als brief gaat."""
Zendingstaat = Literal["klaar", "verzonden", "mislukt"]


class ZendingIn(Schema):
    """Iets dat naar wie de zaak begon moet: altijd in MijnGemeente, en daarnaast over `kanaal` of naar eigen voorkeur. Adressen staan er niet in: die worden pas bij het versturen opgezocht."""

    uuid: UUID
    zaak: Url
    sjabloon: Annotated[str, Field(min_length=1, max_length=80)]
    soort: Annotated[str, Field(min_length=1, max_length=40)]
    gegevens: dict[str, Any] = Field(default_factory=dict)
    documenten: list[Url] = Field(default_factory=list)
    bijlagen_in_email: bool = False
    kanaal: Zendingkanaal = "voorkeur"
    besluit: Url | None = None
    ontvangst: bool = False
    """Een ontvangstbevestiging (Awb 4:3a): de kopie, de dag van ontvangst en de termijn komen er vanzelf bij."""
    verzoek: Url | None = None
    """Het verzoek waar dit over gaat; leeg is dat waarmee de zaak begon."""
    aard: Literal[""] | Berichtaard = ""
    """Leeg: besluit als `besluit` gevuld is, ontvangstbevestiging als `ontvangst` waar is, anders overig."""


class ActieIn(Schema):
    """Een proces dat een medewerker op een zaak start. `uuid` maakt een dubbele klik onschadelijk; `gegevens` zijn variabelen voor het proces."""

    uuid: UUID
    zaak: Url
    proces: Annotated[str, Field(min_length=1, max_length=100)]
    gegevens: dict[str, Any] = Field(default_factory=dict)


Intrekvorm = Literal["mijngemeente", "schriftelijk", "balie", "telefoon", "hoorzitting"]


class IntrekkingIn(Schema):
    """Wie de zaak begon trekt zijn verzoek in. `door` is de medewerker die dat vastlegt; leeg als hij het zelf deed."""

    zaak: Url
    hoe: Intrekvorm
    ontvangen: date
    reden: Annotated[str, Field(max_length=1000)] = ""
    door: Annotated[str, Field(max_length=200)] = ""


class ActieUit(Schema):
    procesinstantie: UUID


class BezorgingIn(Schema):
    """Wat een kanaal later liet weten: bezorgd, of teruggekomen."""

    kanaal: Annotated[str, Field(min_length=1, max_length=40)]
    bezorgd: bool
    antwoord: Annotated[str, Field(max_length=500)] = ""


class BewijsUit(Schema):
    """Eén poging om te bezorgen; `waarheen` is verhuld."""

    kanaal: str
    waarheen: str
    moment: datetime
    aanbieder: str
    antwoord: str
    wat: str = ""
    bezorgd: bool


class ZendingUit(ZendingIn):
    staat: Zendingstaat
    kanalen: list[str]
    onderwerp: str
    tekst: str = ""
    aangemaakt: datetime
    verzonden: datetime | None = None
    bewijs: list[BewijsUit] = Field(default_factory=list)
