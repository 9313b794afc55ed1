"""Wat een producttype vandaag kost: de prijs met de laatste begindatum die niet in de toekomst ligt."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from integratie.producttypen.schemas import ActuelePrijsUit
from kern.fouten import Probleem
from kit import Omgeving, TokenRechten
from kit.antwoord import Antwoord
from kit.app import machine_toegang
from kit.bron import Route
from kit.filters import toets_parameters
from registraties.producttypen.modellen import Prijs, ProductType, UniformeProductnaam
from registraties.producttypen.velden import prijsregels

RECHTEN = TokenRechten("producttypen")
EEN = "/producttypen/{uuid}/actuele-prijs"
ALLE = "/producttypen/actuele-prijzen"
PADEN = (
    Route(pad=EEN, methode="get", operatie="actuele_prijs", lees=ActuelePrijsUit),
    Route(pad=ALLE, methode="get", operatie="actuele_prijzen", lees=ActuelePrijsUit, lijst=True),
)


def _vraag(omgeving: Omgeving) -> Select[Any]:
    prijs = aliased(Prijs)
    nu = (
        select(
            func.jsonb_build_object(
                "uuid",
                prijs.id,
                "actief_vanaf",
                prijs.actief_vanaf,
                "prijsopties",
                prijs.prijsopties,
                "prijsregels",
                prijs.prijsregels,
            )
        )
        .where(prijs.producttype_uuid == ProductType.id, prijs.actief_vanaf <= omgeving.installatie.klok.vandaag())
        .order_by(prijs.actief_vanaf.desc())
        .limit(1)
        .scalar_subquery()
    )
    upn = UniformeProductnaam
    return (
        select(ProductType.id, ProductType.code, ProductType.uniforme_product_naam, upn.uri, nu.label("prijs"))
        .outerjoin(upn, upn.naam == ProductType.uniforme_product_naam)
        .order_by(ProductType.nr)
    )


def _weergave(rij: Mapping[str, Any]) -> dict[str, Any]:
    prijs = rij["prijs"] and {**rij["prijs"], "prijsregels": prijsregels(rij["prijs"]["prijsregels"])}
    return {
        "uuid": rij["id"],
        "code": rij["code"],
        "upl_naam": rij["uniforme_product_naam"],
        "upl_uri": rij["uri"],
        "actuele_prijs": prijs,
    }


def routes(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    """De twee routes; alle prijzen in één vraag."""

    def een(id_: UUID) -> Response:
        RECHTEN.eis(omgeving.toegang, "haal", ())
        toets_parameters({}, request.args.items(multi=True))
        with omgeving.installatie.db.lezen() as verbinding:
            rij = verbinding.execute(_vraag(omgeving).where(ProductType.id == id_)).mappings().first()
        if rij is None:
            raise Probleem(404)
        return Antwoord.json(_weergave(dict(rij))).response()

    def alle() -> Response:
        RECHTEN.eis(omgeving.toegang, "lijst", ())
        toets_parameters({}, request.args.items(multi=True))
        with omgeving.installatie.db.lezen() as verbinding:
            rijen = verbinding.execute(_vraag(omgeving)).mappings().all()
        return Antwoord.json([_weergave(dict(rij)) for rij in rijen]).response()

    toegang = machine_toegang(omgeving)
    blauwdruk.add_url_rule("/producttypen/<uuid:id_>/actuele-prijs", "actuele_prijs", toegang(een))
    blauwdruk.add_url_rule(ALLE, "actuele_prijzen", toegang(alle))
