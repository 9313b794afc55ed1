"""De blauwdruk met alle eindpunten van de motor, en het OpenAPI-document van de hele processen-API."""

from functools import cache

import orjson
from flask import Blueprint, Response

from integratie.processen.publicaties import PublicatieIn, PublicatieUit, TekstIn
from integratie.processen.schemas import ActieIn, ActieUit, ZendingIn, ZendingUit
from kern.installatie import Installatie
from kern.toegang import openbaar
from kit.bron import Registratie, Route
from kit.openapi import maak_document
from processen.api import beheer, beslissingen, definities, instanties
from processen.api.basis import SCOPES, voeg_toe
from processen.motor import Motor

VERSIE = "1.0.0"
ANDERE = (
    Route(pad="/zendingen", methode="get", operatie="zendingen", lees=ZendingUit, lijst=True, scopes=("zendingen.lezen",),
          parameters={"zaak": str}),
    Route(pad="/publicaties", methode="get", operatie="publicaties", lees=PublicatieUit, lijst=True, scopes=("publicaties.lezen",),
          parameters={"zaak": str}),
    Route(pad="/publicaties", methode="post", operatie="publicaties", lees=PublicatieUit, schrijf=PublicatieIn, status=201,
          scopes=("publicaties.beheren",)),
    Route(pad="/publicaties/{uuid}", methode="get", operatie="publicatie", lees=PublicatieUit, scopes=("publicaties.lezen",)),
    Route(pad="/publicaties/{uuid}", methode="patch", operatie="publicatie", lees=PublicatieUit, schrijf=TekstIn,
          scopes=("publicaties.beheren",)),
    Route(pad="/publicaties/{uuid}/aanleveren", methode="post", operatie="publicaties_aanleveren", lees=PublicatieUit,
          scopes=("publicaties.beheren",)),
    Route(pad="/zendingen", methode="post", operatie="zendingen", lees=ZendingUit, schrijf=ZendingIn, status=201,
          scopes=("zendingen.beheren",)),
    Route(pad="/acties", methode="post", operatie="acties", lees=ActieUit, schrijf=ActieIn, status=201, scopes=("instanties.beheren",)),
)  # fmt: skip
"""Routes die een eigen blauwdruk hebben."""


def maak_motor_api(installatie: Installatie, motor: Motor) -> Blueprint:
    """Alle eindpunten, en `/openapi.json`."""
    blauwdruk = Blueprint("motor", __name__)
    eindpunten = [
        *definities.eindpunten(),
        *beslissingen.eindpunten(),
        *instanties.eindpunten(),
        *beheer.eindpunten(),
    ]
    voeg_toe(blauwdruk, installatie, motor, eindpunten)
    document = cache(
        lambda: _document(installatie, [*(deel.route for deel in eindpunten), *ANDERE])
    )  # pas als iemand erom vraagt: het kost een halve seconde

    @blauwdruk.get("/openapi.json")
    @openbaar
    def openapi() -> Response:
        """Het OpenAPI-document, leesbaar van andere websites (ADR: CORS op alleen dit bestand)."""
        return Response(document(), content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})

    return blauwdruk


def _document(installatie: Installatie, routes: list[Route]) -> bytes:
    registratie = Registratie(naam="processen", titel="Processen", versie=VERSIE, bronnen=(), paden=routes)
    document = maak_document(registratie, installatie.diensten["processen"].basis)
    regels = "\n".join(f"* `{scope}`: {uitleg}" for scope, uitleg in SCOPES.items())
    document["info"]["description"] = (
        "De procesmotor: definities, instanties, taken, berichten, incidenten en verhuizingen; en zendingen. Scopes van een token:\n\n"
        f"{regels}"
    )
    return orjson.dumps(document)
