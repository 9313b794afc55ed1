"""De audittrail als alleen-lezen subresource van een hoofdobject (regels 1.11)."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy import Connection, select

from integratie.basis import Schema
from kern.fouten import Probleem
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from kit.bron import Bron, Route
from kit.omgeving import Omgeving
from kit.toegang import Toegang

SCOPE = "audittrails.lezen"
ACTIES = {
    "create": "Object aangemaakt",
    "update": "Object bijgewerkt",
    "partial_update": "Object deels bijgewerkt",
    "destroy": "Object verwijderd",
}


def audit_paden(hoofd: Bron, naam: str, lees: type[Schema]) -> tuple[Route, Route]:
    """De routes van de audittrail in het OpenAPI-document; `naam` is de padparameter van het hoofdobject."""
    pad = f"/{hoofd.pad}/{{{naam}}}/audittrail"
    lijst = Route(pad=pad, methode="get", operatie="audittrail_lijst", lees=lees, lijst=True, scopes=(SCOPE,))
    een = Route(pad=f"{pad}/{{uuid}}", methode="get", operatie="audittrail", lees=lees, scopes=(SCOPE,))
    return lijst, een


def audit_routes(hoofd: Bron) -> Callable[[Blueprint, Omgeving], None]:
    """De routes `<hoofdobject>/audittrail` en `…/audittrail/<uuid>`."""

    def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
        tabel: Any = omgeving.registratie.audit
        component = hoofd.rechten.component  # type: ignore[attr-defined]  # audittrails bestaan alleen bij ZGW-registraties

        def regels(id_: UUID, regel: UUID | None = None) -> Response:
            toegang = omgeving.toegang
            if not toegang.heeft(component, (SCOPE,)):
                raise Probleem(403)
            with omgeving.installatie.db.lezen() as verbinding:
                _eis_zichtbaar(verbinding, hoofd, toegang, id_)
                rijen = (
                    verbinding.execute(select(*tabel.__table__.columns).where(tabel.hoofd == id_).order_by(tabel.nr))
                    .mappings()
                    .all()
                )
            gevonden = [_weergave(omgeving, component, dict(rij)) for rij in rijen if regel in (None, rij["id"])]
            if not gevonden:
                raise Probleem(404)
            return Antwoord.json(gevonden if regel is None else gevonden[0]).response()

        bewaakt = machine_toegang(omgeving, SCOPE)(regels)
        blauwdruk.add_url_rule(f"/{hoofd.pad}/<uuid:id_>/audittrail", "audittrail", bewaakt)
        blauwdruk.add_url_rule(f"/{hoofd.pad}/<uuid:id_>/audittrail/<uuid:regel>", "auditregel", bewaakt)

    return voeg_toe


def _eis_zichtbaar(verbinding: Connection, hoofd: Bron, toegang: Toegang, id_: UUID) -> None:
    """De trail bevat de volledige gegevens, dus hij vraagt de scope voor het type en de va van dit hoofdobject."""
    model: Any = hoofd.model
    waar = hoofd.rechten.beperking(toegang, "haal", (SCOPE,))
    rij = verbinding.execute(select(waar).select_from(model).where(model.id == id_)).first()
    if rij is None:
        raise Probleem(404)
    if not rij[0]:
        raise Probleem(403)


def _weergave(omgeving: Omgeving, component: str, rij: Mapping[str, Any]) -> dict[str, Any]:
    naar_url = omgeving.diensten.naar_url
    return {
        "uuid": rij["id"],
        "bron": component,
        "applicatieId": rij["applicatie_id"],
        "applicatieWeergave": rij["applicatie_id"],
        "gebruikersId": rij["gebruikers_id"],
        "gebruikersWeergave": rij["gebruikers_weergave"],
        "actie": rij["actie"],
        "actieWeergave": ACTIES.get(rij["actie"], rij["actie"]),
        "resultaat": rij["resultaat"],
        "hoofdObject": naar_url(rij["hoofd_object"]),
        "resource": rij["resource"],
        "resourceUrl": naar_url(rij["resource_url"]),
        "toelichting": rij["toelichting"],
        "resourceWeergave": rij["resource_weergave"],
        "aanmaakdatum": rij["aanmaakdatum"],
        "wijzigingen": {"oud": rij["oud"], "nieuw": rij["nieuw"]},
    }
