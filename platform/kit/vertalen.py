"""Vertalingen schrijven: PUT, PATCH en DELETE op `<resource>/vertaling/<taal>` (regels hoofdstuk 14). Lezen: `kit.taal`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, Response

from kern.fouten import ParamFout, Probleem
from kern.toegang import Toegangsregel
from kit.bron import Actie, Bron, Route
from kit.schema import valideer
from kit.schrijven import Schrijver
from kit.taal import TALEN
from kit.wijziging import Wijziging


def vertaalpaden(bron: Bron) -> Iterator[Route]:
    """De routes hieronder, voor het OpenAPI-document."""
    if bron.vertaling is None:
        return
    for methode in bron.vertaling.operaties:
        weg = methode == "delete"
        yield Route(
            pad=f"/{bron.pad}/{{uuid}}/vertaling/{{taal}}",
            methode=methode,
            operatie=f"{bron.enkelvoud}_vertaling",
            lees=None if weg else bron.vertaling.lees,
            schrijf=None if weg else bron.vertaling.schrijf,
            status=204 if weg else 200,
            parameters={"taal": str},
        )


def voeg_vertaalroutes_toe(
    blauwdruk: Blueprint, bron: Bron, schrijver: Schrijver, toegang: Toegangsregel, lees_json: Callable[[], Any]
) -> None:
    """De routes van een bron met een vertaling; zonder gebeurt er niets."""
    stappen: dict[str, tuple[str, Callable[[str], Actie]]] = {
        "put": ("vervang", lambda taal: _zet(bron, taal, lees_json(), volledig=True)),
        "patch": ("wijzig", lambda taal: _zet(bron, taal, lees_json(), volledig=False)),
        "delete": ("verwijder", _haal_weg),
    }

    def route(maak: Callable[[str], Actie], status: int) -> Callable[..., Response]:
        def voer_uit(sleutel: UUID, taal: str) -> Response:
            schrijver.eis("vertaling")
            if taal not in TALEN:
                raise Probleem(404, detail=f"Deze taal is er niet: {taal}.")
            return schrijver.voer_uit(sleutel, maak(taal), {}, status).response()

        return voer_uit

    for methode in bron.vertaling.operaties if bron.vertaling else ():
        naam, maak = stappen[methode]
        blauwdruk.add_url_rule(
            f"/{bron.pad}/<uuid:sleutel>/vertaling/<taal>",
            f"{bron.enkelvoud}_vertaling_{naam}",
            toegang(route(maak, 204 if methode == "delete" else 200)),
            methods=[methode.upper()],
        )


def _zet(bron: Bron, taal: str, invoer: Any, *, volledig: bool) -> Actie:
    def regel(w: Wijziging[Any]) -> Iterable[ParamFout]:
        vertalingen = (w.oud or {})["vertalingen"]
        oud = {} if volledig else vertalingen.get(taal, {})
        voorstel = valideer(bron.vertaling.schrijf, oud | invoer if isinstance(invoer, dict) else invoer)  # type: ignore[union-attr]  # alleen bij een bron met vertaling
        if isinstance(voorstel, list):
            return voorstel
        w.waarden["vertalingen"] = {**vertalingen, taal: voorstel.als_json()}
        w.antwoord = {"uuid": w.id, **voorstel.als_json()}
        return ()

    return Actie(naam="vertaling", regels=(regel,))


def _haal_weg(taal: str) -> Actie:
    def regel(w: Wijziging[Any]) -> Iterable[ParamFout]:
        vertalingen = dict((w.oud or {})["vertalingen"])
        if vertalingen.pop(taal, None) is None:
            raise Probleem(404)
        w.waarden["vertalingen"] = vertalingen
        return ()

    return Actie(naam="vertaling", regels=(regel,))
