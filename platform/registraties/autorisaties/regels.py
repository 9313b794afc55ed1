"""De regels van de Autorisaties API: één functie per regel uit de standaard, met haar code in de docstring."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from integratie.autorisaties.schemas import ApplicatieIn
from kern.fouten import Ongeldig, ParamFout
from kit import Wijziging
from kit.autorisaties import TYPEVELD
from registraties.autorisaties.modellen import Client

Fouten = Iterable[ParamFout]
VA = "maxVertrouwelijkheidaanduiding"
VERPLICHT = {
    "zrc": ("zaken.", ("zaaktype", VA)),
    "drc": ("documenten.", ("informatieobjecttype", VA)),
    "brc": ("besluiten.", ("besluittype",)),
}
WEERGAVEN = {
    "ac": "Autorisaties API",
    "nrc": "Notificaties API",
    "zrc": "Zaken API",
    "ztc": "Catalogi API",
    "drc": "Documenten API",
    "brc": "Besluiten API",
}


def alles_of_autorisaties(w: Wijziging[ApplicatieIn]) -> Fouten:
    """ac-002: alle autorisaties, of een lijst; niet allebei en niet geen van beide."""
    if w.nieuw.heeft_alle_autorisaties and w.nieuw.autorisaties:
        yield ParamFout(
            "nonFieldErrors",
            "ambiguous-authorizations-specified",
            "Geef autorisaties of heeftAlleAutorisaties, niet allebei.",
        )
    elif not w.nieuw.heeft_alle_autorisaties and not w.nieuw.autorisaties:
        yield ParamFout("nonFieldErrors", "missing-authorizations", "Geef autorisaties of heeftAlleAutorisaties.")


def autorisaties_zijn_compleet(w: Wijziging[ApplicatieIn]) -> Fouten:
    """ac-003: met scopes voor zaken, documenten of besluiten horen het type en (behalve bij besluiten) de va-grens."""
    for index, deel in enumerate(w.nieuw.autorisaties):
        soort, velden = VERPLICHT.get(deel.component, ("", ()))
        gegeven = deel.als_json()
        if velden and any(scope.startswith(soort) for scope in deel.scopes):
            for veld in velden:
                if not gegeven[veld]:
                    yield ParamFout(
                        f"autorisaties.{index}.{veld}", "required", "Dit veld is verplicht bij deze scopes."
                    )


def schoon_autorisaties(w: Wijziging[ApplicatieIn]) -> Fouten:
    """Bewaar per autorisatie alleen de velden van haar component, met de naam van die component."""
    w.waarden["autorisaties"] = [_geschoond(deel) for deel in w.waarden["autorisaties"]]
    return ()


def _geschoond(deel: dict[str, Any]) -> dict[str, Any]:
    component = deel["component"]
    velden = VERPLICHT.get(component, ("", ()))[1] if component in TYPEVELD else ()
    basis = {"component": component, "componentWeergave": WEERGAVEN[component], "scopes": deel["scopes"]}
    return basis | {veld: deel[veld] for veld in velden}


def leg_client_ids_vast(w: Wijziging[ApplicatieIn]) -> None:
    """ac-001: elk client_id hoort bij één applicatie. Wie het al heeft wint, ook bij gelijktijdige verzoeken."""
    w.verbinding.execute(delete(Client).where(Client.applicatie == w.id))
    if w.actie == "destroy":
        return
    for client_id in dict.fromkeys(w.nieuw.client_ids):
        opdracht = insert(Client).values(client_id=client_id, applicatie=w.id).on_conflict_do_nothing()
        if w.verbinding.execute(opdracht.returning(Client.client_id)).first() is None:
            raise Ongeldig(
                ParamFout("clientIds", "clientId-exists", f"Het client_id {client_id} hoort al bij een applicatie.")
            )
