"""Wat elk eindpunt van de API deelt: een declaratie met schema's en scope, en de omzetting van fouten van de motor."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from integratie.basis import Schema
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.toegang import huidige_aanroeper, voor_machine
from kit.antwoord import Antwoord
from kit.app import lees_json
from kit.bron import Route
from kit.filters import lees_parameter, toets_parameters
from kit.paginering import Pagina, lees_pagina
from kit.schema import valideer
from processen.motor import ModelGeweigerd, Motor, MotorFout, NietGevonden

LEZEN = ".lezen"
SCOPES = {
    "definities.lezen": "procesdefinities, modellen en cijfers lezen",
    "definities.beheren": "modellen neerzetten, activeren en intrekken",
    "instanties.lezen": "procesinstanties, variabelen, geschiedenis en taken lezen",
    "instanties.beheren": "procesinstanties starten, wijzigen en afbreken, taken afronden",
    "berichten.beheren": "berichten en signalen geven",
    "incidenten.lezen": "incidenten lezen",
    "incidenten.beheren": "incidenten herstellen",
    "verhuizingen.beheren": "instanties naar een andere versie brengen",
    "zendingen.lezen": "zendingen lezen",
    "zendingen.beheren": "zendingen klaarzetten",
    "publicaties.lezen": "officiële bekendmakingen lezen",
    "publicaties.beheren": "officiële bekendmakingen klaarzetten en aanleveren",
}
"""Wat een token mag. Een token met `lezen` heeft alle scopes die daarop eindigen, een token met `alles` heeft ze allemaal."""


@dataclass(frozen=True)
class Aanroep:
    """Eén aanroep van een API van de processen: het gelezen lichaam en de queryparameters."""

    installatie: Installatie
    invoer: Any
    parameters: Mapping[str, Any]
    pad: str
    api: str

    def pagina(self) -> Pagina:
        """De gevraagde pagina."""
        return lees_pagina(request.args, self.installatie.diensten[self.api].basis, self.pad)


@dataclass(frozen=True)
class Vraag(Aanroep):
    """Een aanroep van de motor."""

    motor: Motor


@dataclass(frozen=True)
class Eindpunt:
    """Een route en wat zij doet. `doe` krijgt de vraag en de uuid's uit het pad, en geeft een schema, een lijst of een pagina."""

    route: Route
    doe: Callable[..., Any]


def eindpunt(pad: str, methode: str, operatie: str, scope: str, doe: Callable[..., Any], **meer: Any) -> Eindpunt:
    """Een eindpunt; `meer` zijn de velden van `Route`."""
    return Eindpunt(Route(pad=pad, methode=methode, operatie=operatie, scopes=(scope,), **meer), doe)


def eis(scope: str, api: str = "processen") -> None:
    """403 als de aanroeper deze scope niet heeft."""
    rechten = huidige_aanroeper().rechten
    recht = rechten.get(api, rechten.get("*"))
    mag = (
        scope in recht if isinstance(recht, list) else recht == "alles" or (recht == "lezen" and scope.endswith(LEZEN))
    )
    if not mag:
        raise Probleem(403)


def voeg_toe(blauwdruk: Blueprint, installatie: Installatie, motor: Motor, eindpunten: Iterable[Eindpunt]) -> None:
    """Zet de eindpunten van de motor als routes op een blauwdruk."""
    zet_eindpunten(blauwdruk, eindpunten, "processen", partial(Vraag, installatie, motor=motor), _doe)


def zet_eindpunten(
    blauwdruk: Blueprint,
    eindpunten: Iterable[Eindpunt],
    api: str,
    maak_vraag: Callable[..., Aanroep],
    doe: Callable[[Eindpunt, Any, Mapping[str, UUID]], Any],
) -> None:
    """Zet eindpunten als routes op een blauwdruk; `doe` voert er een uit en zet haar fouten om."""
    for deel in eindpunten:
        regel = re.sub(r"{(\w+)}", r"<uuid:\1>", deel.route.pad)
        naam = f"{deel.route.operatie}_{deel.route.methode}"
        toegang = voor_machine(*deel.route.scopes, aanmelding="token")
        functie = toegang(_omhul(deel, api, maak_vraag, doe))
        blauwdruk.add_url_rule(regel, naam, functie, methods=[deel.route.methode.upper()])


def _omhul(
    deel: Eindpunt,
    api: str,
    maak_vraag: Callable[..., Aanroep],
    doe: Callable[[Eindpunt, Any, Mapping[str, UUID]], Any],
) -> Callable[..., Response]:
    def antwoord(**pad: UUID) -> Response:
        eis(deel.route.scopes[0], api)
        invoer, parameters = _lees_invoer(deel.route), _lees_parameters(deel.route)
        vraag = maak_vraag(invoer=invoer, parameters=parameters, pad=deel.route.pad, api=api)
        return Antwoord.json(_als_json(doe(deel, vraag, pad)), deel.route.status).response()

    return antwoord


def _doe(deel: Eindpunt, vraag: Vraag, pad: Mapping[str, UUID]) -> Any:
    try:
        return deel.doe(vraag, **pad)
    except NietGevonden as fout:
        raise Probleem(404, detail=f"Niet gevonden: {fout}.") from None
    except ModelGeweigerd as fout:
        raise Ongeldig(
            *(ParamFout(b.element or "bpmn", b.code, f"{b.nl} {b.remedie_nl}".strip()) for b in fout.bevindingen)
        ) from None
    except MotorFout as fout:
        raise Ongeldig(ParamFout("nonFieldErrors", "invalid", str(fout))) from None


def _lees_invoer(route: Route) -> Schema | None:
    if route.schrijf is None:
        return None
    invoer = valideer(route.schrijf, lees_json())
    if isinstance(invoer, list):
        raise Ongeldig(*invoer)
    return invoer


def _lees_parameters(route: Route) -> dict[str, Any]:
    """De queryparameters van deze route, elk met zijn type; onbekende en verkeerde zijn een 400."""
    criteria = {n: w for n, w in request.args.items() if not (route.gepagineerd and n in ("page", "pageSize"))}
    toets_parameters(route.parameters, criteria.items())
    return {naam: lees_parameter(route.parameters[naam], naam, waarde) for naam, waarde in criteria.items()}


def _als_json(uitkomst: Any) -> Any:
    if isinstance(uitkomst, Schema):
        return uitkomst.als_json()
    if isinstance(uitkomst, list):
        return [deel.als_json() for deel in uitkomst]
    if isinstance(uitkomst, Mapping):
        return {**uitkomst, "results": [deel.als_json() for deel in uitkomst["results"]]}
    return uitkomst
