"""Schema's van de Autorisaties API 1.1."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from integratie.basis import Schema, Url
from integratie.typen import Vertrouwelijkheid

Component = Literal["ac", "nrc", "zrc", "ztc", "drc", "brc"]


class Autorisatie(Schema):
    """Scopes binnen één component. De velden met een type horen bij zrc, drc of brc; bij een andere component tellen ze niet.

    Als type mag ook de URL van de hele verzameling staan (`…/zaaktypen`) of van een catalogus (`…/catalogussen/<uuid>`): dan geldt
    de autorisatie voor alle types, of voor alle types in die catalogus, ook toekomstige (uitbreiding).
    """

    component: Component
    scopes: list[Annotated[str, Field(max_length=100, min_length=1)]]
    zaaktype: Url = ""
    informatieobjecttype: Url = ""
    besluittype: Url = ""
    max_vertrouwelijkheidaanduiding: Literal[""] | Vertrouwelijkheid = ""


class AutorisatieUit(Autorisatie):
    """Een veld dat bij deze component niet telt, ontbreekt in het antwoord."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    component_weergave: str = ""


class ApplicatieIn(Schema):
    client_ids: list[Annotated[str, Field(max_length=50, min_length=1)]]
    label: Annotated[str, Field(max_length=100, min_length=1)]
    heeft_alle_autorisaties: bool = False
    alleen_is_gereed_voor_publicatie: bool = False
    autorisaties: list[Autorisatie] = Field(default_factory=list)


class ApplicatieUit(ApplicatieIn):
    url: str
    autorisaties: list[AutorisatieUit] = Field(default_factory=list)  # type: ignore[assignment]  # de leesvorm van hetzelfde veld
