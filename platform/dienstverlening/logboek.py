"""Het Logboek dataverwerkingen lezen (LDV, extensie Lezen 1.1), en het register van verwerkingsactiviteiten (onze uitbreiding).

Een betrokkene staat als URN in het lichaam van de vraag, nooit in een adres; in het antwoord staat hij versleuteld.
"""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Literal

from flask import Blueprint, Response, request
from pydantic import Field

from integratie.basis import Schema
from integratie.betrokkene import uit_urns
from integratie.typen import Urn
from kern import ldv
from kern.deel import Deel
from kern.diensten import API_PADEN
from kern.fouten import Ongeldig, ParamFout
from kern.verwerkingsactiviteiten import Verwerkingsactiviteit, register
from kit import Omgeving, Registratie, TokenRechten
from kit.antwoord import Antwoord
from kit.app import lees_json, maak_registratie_app, machine_toegang
from kit.bron import Route
from kit.filters import toets_parameters
from kit.schema import valideer

ACTIVITEIT, BETROKKENE = "dpl.core.processing_activity_id", "dpl.core.data_subject_id"
ACTIVITEIT_IN_QUERY = "dpl.core.processingActivityId"
RECHTEN = TokenRechten("logboek")
MEESTE = 1000
LAATSTE_TIJD = 253402300799999  # 31 december 9999
QUERY: dict[str, Any] = {"traceId": str, ACTIVITEIT_IN_QUERY: str, "startTime": int, "endTime": int}


class Kenmerken(Schema):
    """De attributen uit de standaard, met hun namen daarin."""

    activiteit: str = Field("", alias=ACTIVITEIT, max_length=1000)
    betrokkene: Literal[""] | Urn = Field("", alias=BETROKKENE)


class VraagIn(Schema):
    """Tijden in milliseconden sinds 1970, zoals de standaard ze heeft."""

    trace_id: str = Field("", pattern="^([0-9a-f]{32})?$")
    start_time: int | None = Field(None, ge=0, le=LAATSTE_TIJD)
    end_time: int | None = Field(None, ge=0, le=LAATSTE_TIJD)
    attributes: Kenmerken = Field(default_factory=Kenmerken)


class DataverwerkingUit(Schema):
    trace_id: str
    span_id: str
    status: Literal["Unset", "Ok", "Error"]
    name: str
    start_time: int
    end_time: int
    attributes: dict[str, str]


class LijstUit(Schema):
    processing_activities: list[DataverwerkingUit]


class ActiviteitUit(Schema):
    id: str
    naam: str
    doel: str
    grondslag: str
    betrokkenen: str
    gegevens: str
    ontvangers: str
    bewaartermijn: str


def _routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    toegang = machine_toegang(omgeving)

    def dataverwerkingen() -> Response:
        RECHTEN.eis(omgeving.toegang, "zoek", ())
        regels = ldv.zoek(omgeving.installatie, _vraag(), hoogstens=MEESTE)
        return Antwoord.json({"processingActivities": [_weergave(regel) for regel in regels]}).response()

    def activiteiten() -> Response:
        RECHTEN.eis(omgeving.toegang, "lijst", ())
        toets_parameters({}, request.args.items(multi=True))
        alle = register(omgeving.installatie.instellingen.verwerkingsregister)
        return Antwoord.json([_activiteit(activiteit) for activiteit in alle.values()]).response()

    blauwdruk.add_url_rule("/processing-activities", "lezen", toegang(dataverwerkingen), methods=["POST"])
    blauwdruk.add_url_rule("/verwerkingsactiviteiten", "activiteiten", toegang(activiteiten))


def _vraag() -> ldv.Logvraag:
    """De vraag uit het lichaam en de query samen; een betrokkene in de query wordt geweigerd."""
    if BETROKKENE in request.args:
        raise Ongeldig(ParamFout(BETROKKENE, "in-body", "Noem een betrokkene in het lichaam, niet in het adres."))
    toets_parameters(QUERY, request.args.items(multi=True))
    lichaam = lees_json() if request.get_data() else {}
    if not isinstance(lichaam, dict):
        raise Ongeldig(ParamFout("nonFieldErrors", "invalid", "Het lichaam is een JSON-object."))
    uit_query = {naam: waarde for naam, waarde in request.args.items() if naam != ACTIVITEIT_IN_QUERY}
    kenmerken = lichaam.get("attributes") or {}
    if ACTIVITEIT_IN_QUERY in request.args and isinstance(kenmerken, dict):
        kenmerken = {ACTIVITEIT: request.args[ACTIVITEIT_IN_QUERY], **kenmerken}
    gelezen = valideer(VraagIn, {**uit_query, **lichaam, "attributes": kenmerken})
    if isinstance(gelezen, list):
        raise Ongeldig(*gelezen)
    assert isinstance(gelezen, VraagIn)  # noqa: S101  # `valideer` geeft het gevraagde schema
    return _gevuld(gelezen)


def _gevuld(vraag: VraagIn) -> ldv.Logvraag:
    betrokkene = next(uit_urns(vraag.attributes.betrokkene), None)
    if vraag.attributes.betrokkene and betrokkene is None:
        raise Ongeldig(ParamFout(BETROKKENE, "invalid", "Deze URN wijst geen persoon of organisatie aan."))
    if not (vraag.trace_id or vraag.attributes.activiteit or betrokkene):
        reden = f"Noem een traceId, een {ACTIVITEIT} of een {BETROKKENE}."
        raise Ongeldig(ParamFout("nonFieldErrors", "required", reden))
    return ldv.Logvraag(
        trace_id=vraag.trace_id,
        activiteit=vraag.attributes.activiteit,
        betrokkene=betrokkene,
        vanaf=_tijdstip(vraag.start_time),
        tot=_tijdstip(vraag.end_time),
    )


def _tijdstip(milliseconden: int | None) -> datetime | None:
    return None if milliseconden is None else datetime.fromtimestamp(milliseconden / 1000, UTC)


def _weergave(regel: ldv.Logregel) -> dict[str, Any]:
    return {
        "traceId": regel.trace_id,
        "spanId": regel.operation_id,
        "status": regel.status,
        "name": regel.naam,
        "startTime": int(regel.begin.timestamp() * 1000),
        "endTime": int(regel.eind.timestamp() * 1000),
        "attributes": {ACTIVITEIT: regel.verwerkingsactiviteit, BETROKKENE: regel.betrokkene.decode()},
    }


def _activiteit(activiteit: Verwerkingsactiviteit) -> dict[str, str]:
    return {naam: getattr(activiteit, naam) for naam in ActiviteitUit.model_fields}


LOGBOEK = Registratie(
    naam="logboek",
    titel="Logboek dataverwerkingen: lezen",
    versie="1.1.0",
    bronnen=(),
    routes=_routes,
    paden=(
        Route(
            pad="/processing-activities",
            methode="post",
            operatie="listProcessingActivitiesPost",
            lees=LijstUit,
            schrijf=VraagIn,
            status=HTTPStatus.OK,
            parameters=QUERY,
        ),
        Route(
            pad="/verwerkingsactiviteiten",
            methode="get",
            operatie="verwerkingsactiviteiten",
            lees=ActiviteitUit,
            lijst=True,
            uitbreiding="Het register van verwerkingsactiviteiten (AVG artikel 30).",
        ),
    ),
)

DEEL = Deel(
    "logboek",
    "dienstverlening",
    API_PADEN["logboek"][0],
    lambda installatie: maak_registratie_app(installatie, LOGBOEK),
)
