"""Schema's van de processen-API."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema, Url

Zendingkanaal = Literal["voorkeur", "portaal", "email", "sms", "brief"]
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


class ActieIn(Schema):
    """Een proces dat een medewerker op een zaak start. `uuid` maakt een dubbele klik onschadelijk."""

    uuid: UUID
    zaak: Url
    proces: Annotated[str, Field(min_length=1, max_length=100)]


class ActieUit(Schema):
    procesinstantie: UUID


class ZendingUit(ZendingIn):
    staat: Zendingstaat
    kanalen: list[str]
    onderwerp: str
    aangemaakt: datetime
    verzonden: datetime | None = None
