"""De applicatie van één client_id: als route voor andere componenten, en als rechten van wie deze API zelf aanroept."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select

from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.machines import Aanroeper
from kit import Bron, Omgeving
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from kit.autorisaties import is_registratie, uit_applicatie
from kit.filters import toets_parameters
from kit.lezen import Lezer
from kit.toegang import Toegang
from registraties.autorisaties.modellen import Applicatie, Client


class UitEigenTabellen:
    """De Autorisatiebron van de Autorisaties API zelf: zonder HTTP naar zichzelf, en altijd de laatste stand."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def toegang(self, aanroeper: Aanroeper) -> Toegang:
        if is_registratie(aanroeper):
            return Toegang(aanroeper, alles=True)
        vraag = select(Applicatie.heeft_alle_autorisaties, Applicatie.autorisaties)
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(
                vraag.join(Client, Client.applicatie == Applicatie.id).where(Client.client_id == aanroeper.client_id)
            ).first()
        if rij is None:
            return Toegang(aanroeper)
        inhoud = {"heeftAlleAutorisaties": rij.heeft_alle_autorisaties, "autorisaties": rij.autorisaties}
        return uit_applicatie(aanroeper, inhoud)


def consumer_route(bron: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """`GET /applicaties/consumer?clientId=`: één applicatie, of 404 (regels 17: object, geen lijst)."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        lezer = Lezer(omgeving, bron)
        scopes = bron.scopes["haal"]

        def consumer() -> Response:
            bron.rechten.eis(omgeving.toegang, "haal", scopes)
            return Antwoord.json(_van(omgeving, lezer, _client_id())).response()

        blauwdruk.add_url_rule(
            f"/{bron.pad}/consumer", "applicatie_consumer", machine_toegang(omgeving, *scopes)(consumer)
        )

    return voeg_toe


def _client_id() -> str:
    toets_parameters({"clientId": str}, request.args.items(multi=True))
    if not request.args.get("clientId"):
        raise Ongeldig(ParamFout("clientId", "required", "Dit veld is verplicht."))
    return request.args["clientId"]


def _van(omgeving: Omgeving, lezer: Lezer, client_id: str) -> dict[str, Any]:
    van_client = Applicatie.id.in_(select(Client.applicatie).where(Client.client_id == client_id))
    with omgeving.installatie.db.lezen() as verbinding:
        rijen = lezer.lijst(verbinding, [van_client], [])
    if not rijen:
        raise Probleem(404)
    return lezer.geef_weer(rijen[0])
