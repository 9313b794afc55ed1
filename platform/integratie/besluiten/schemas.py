"""Schema's van de Besluiten API 1.1."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from integratie.basis import Schema, Url
from integratie.besluiten.toelichting import Toelichting
from integratie.typen import Rsin, leeg_als_null

Vervalreden = Literal["", "tijdelijk", "ingetrokken_overheid", "ingetrokken_belanghebbende"]


class BesluitIn(Schema):
    identificatie: Annotated[str, Field(max_length=50)] = ""
    verantwoordelijke_organisatie: Annotated[Rsin, Field(min_length=1)]
    besluittype: Annotated[Url, Field(min_length=1, max_length=200)]
    zaak: Annotated[Url, Field(max_length=200), leeg_als_null(str)] = ""
    datum: date
    toelichting: str = ""
    bestuursorgaan: Annotated[str, Field(max_length=50)] = ""
    ingangsdatum: date
    vervaldatum: date | None = None
    vervalreden: Vervalreden = ""
    publicatiedatum: date | None = None
    verzenddatum: date | None = None
    uiterlijke_reactiedatum: date | None = None


class BesluitUit(BesluitIn):
    url: str
    vervalreden_weergave: str = ""

    @property
    def uitleg(self) -> Toelichting:
        """De toelichting, uiteengelegd in motivering en verantwoording."""
        return Toelichting.lees(self.toelichting)


class BesluitInformatieObjectIn(Schema):
    informatieobject: Annotated[Url, Field(min_length=1)]
    besluit: Annotated[Url, Field(min_length=1)]


class BesluitInformatieObjectUit(BesluitInformatieObjectIn):
    url: str


class VerwerkenIn(Schema):
    """Een besluit met de documenten waarin het vastligt (uitbreiding, ook van Open Zaak); `besluit` mag in de koppelingen weg."""

    besluit: dict[str, Any]
    besluitinformatieobjecten: list[dict[str, Any]] = Field(default_factory=list)


class VerwerkenUit(Schema):
    besluit: BesluitUit
    besluitinformatieobjecten: list[BesluitInformatieObjectUit]
