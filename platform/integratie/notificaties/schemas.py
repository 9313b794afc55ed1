"""Schema's van de Notificaties API 1.0.1."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from integratie.basis import Schema, Url
from integratie.typen import Tijdstip

Kenmerken = dict[str, Annotated[str, Field(max_length=1000)]]


class KanaalIn(Schema):
    naam: Annotated[str, Field(max_length=50, min_length=1)]
    documentatie_link: Annotated[str, Field(max_length=200)] = ""
    filters: list[Annotated[str, Field(max_length=100, min_length=1)]] = Field(default_factory=list)


class KanaalUit(KanaalIn):
    url: str


class KanaalFilter(Schema):
    """Een kanaal met de kenmerken waarop het abonnement filtert; een kenmerk dat ontbreekt, leeg is of `*` laat alles door."""

    naam: Annotated[str, Field(min_length=1)]
    filters: Kenmerken = Field(default_factory=dict)


class CloudEventFilter(Schema):
    """Welke CloudEvents een abonnee wil: de soort bevat `type_substring`, en elk gegeven in `data` is gelijk (uitbreiding)."""

    type_substring: Annotated[str, Field(max_length=100)] = ""
    filters: Kenmerken = Field(default_factory=dict)


class AbonnementBasis(Schema):
    """Met `send_cloudevents` komt elk bericht als CloudEvent (NL GOV-profiel), en ook gebeurtenissen die bij
    `cloudevent_filters` passen (uitbreidingen, ook van Open Notificaties).
    """

    callback_url: Annotated[Url, Field(min_length=1)]
    kanalen: list[KanaalFilter]
    send_cloudevents: bool = False
    cloudevent_filters: list[CloudEventFilter] = Field(default_factory=list)


def _eis_kopwaarde(waarde: str) -> str:
    if not (waarde.isascii() and (waarde.isprintable() or not waarde)):
        raise ValueError("In een header passen alleen gewone leestekens.")
    return waarde


Kopwaarde = Annotated[str, AfterValidator(_eis_kopwaarde)]


class AbonnementIn(AbonnementBasis):
    """`auth` is de hele waarde van de Authorization-header waarmee wij afleveren."""

    auth: Annotated[Kopwaarde, Field(min_length=1)]


class AbonnementPatch(AbonnementBasis):
    auth: Kopwaarde = ""


class AbonnementUit(AbonnementBasis):
    """`auth` komt nooit terug."""

    url: str


class Notificatie(Schema):
    """Eén bericht, zoals een registratie het aanbiedt en een abonnee het krijgt."""

    kanaal: Annotated[str, Field(max_length=50, min_length=1)]
    hoofd_object: Annotated[Url, Field(min_length=1)]
    resource: Annotated[str, Field(max_length=100, min_length=1)]
    resource_url: Annotated[Url, Field(min_length=1)]
    actie: Annotated[str, Field(max_length=100, min_length=1)]
    aanmaakdatum: Tijdstip
    kenmerken: Kenmerken = Field(default_factory=dict)


class CloudEvent(Schema):
    """Een gebeurtenis volgens het NL GOV-profiel voor CloudEvents 1.0, in JSON; eigen attributen erbij mogen."""

    model_config = ConfigDict(extra="allow", json_schema_serialization_defaults_required=False)

    specversion: Literal["1.0"]
    id: Annotated[str, Field(max_length=255, min_length=1)]
    source: Annotated[str, Field(max_length=1000, min_length=1)]
    type: Annotated[str, Field(max_length=255, min_length=1)]
    subject: Annotated[str, Field(max_length=1000)] = ""
    time: Tijdstip | None = None
    dataref: Annotated[str, Field(max_length=1000)] = ""
    datacontenttype: Annotated[str, Field(max_length=255)] = ""
    data: Any = None
