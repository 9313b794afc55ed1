"""De applicatie van één client_id: als route voor andere componenten, en als rechten van wie deze API zelf aanroept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select

from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.machines import Aanroeper
from kit import Bron, Omgeving
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from kit.autorisaties import TYPEVELD, is_registratie, uit_applicatie
from kit.filters import toets_parameters
from kit.lezen import Lezer
from kit.toegang import Toegang
from registraties.autorisaties.modellen import Applicatie, Client

CATALOGUS = "catalogi:catalogussen/"
VERZAMELING = {"zaaktype": "zaaktypen", "informatieobjecttype": "informatieobjecttypen", "besluittype": "besluittypen"}
GROOTSTE_PAGINA = 500


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
    weergave = lezer.geef_weer(rijen[0])
    delen = weergave["autorisaties"]
    return weergave | {"autorisaties": [los for deel in delen for los in per_type(omgeving, deel)]}


def per_type(omgeving: Omgeving, autorisatie: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Een autorisatie voor een catalogus als losse autorisaties voor de types die daar nu in staan (regels 9).

    Zo kan elk onderdeel haar toepassen, ook een van een ander; wie haar onthoudt, vraagt opnieuw als er een type bij komt.
    """
    veld = TYPEVELD.get(autorisatie["component"], "")
    url = autorisatie.get(veld) or ""
    if not omgeving.diensten.naar_opslag(url).startswith(CATALOGUS):
        return (autorisatie,)
    return ({**autorisatie, veld: type_} for type_ in _typen(omgeving, VERZAMELING[veld], url))


def _typen(omgeving: Omgeving, verzameling: str, catalogus: str) -> Iterable[str]:
    """De URL's van alle types in een catalogus, ook wat nog concept is of niet meer geldt."""
    client = omgeving.ophaler.client("catalogi")
    params = {"catalogus": catalogus, "status": "alles", "pageSize": GROOTSTE_PAGINA}
    pagina = client.vraag("GET", verzameling, params=params)
    while True:
        yield from (type_["url"] for type_ in pagina["results"])
        if not pagina.get("next"):
            return
        pagina = client.vraag("GET", pagina["next"])
