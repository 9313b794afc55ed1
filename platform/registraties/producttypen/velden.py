"""Leesvelden van de Producttypen API die geen kolom zijn: wat bij een producttype hoort, in dezelfde SELECT als het producttype."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from kit import Afgeleid, Omgeving
from kit.afgeleid import Uitdrukking
from kit.taal import vertaal
from registraties.producttypen.modellen import (
    BIJ_THEMA,
    Actie,
    Bestand,
    Contact,
    JsonSchema,
    Organisatie,
    Prijs,
    ProductType,
    Thema,
)

Omzetting = Callable[[dict[str, Any], Omgeving], dict[str, Any]]
ADRES = ("naam", "email", "telefoonnummer", "straat", "huisnummer", "postcode", "stad")
THEMA = ("naam", "beschrijving", "gepubliceerd", "hoofd_thema", "aanmaak_datum", "update_datum")
_PRODUCTTYPE = (
    "code", "naam", "keywords", "uniforme_product_naam", "toegestane_statussen", "publicatie_start_datum",
    "publicatie_eind_datum", "aanmaak_datum", "update_datum", "vertalingen",
)  # fmt: skip
_ACTIE = ("naam", "mapping", "direct_url", "tabel_endpoint", "dmn_tabel_id")


def _object(model: Any, velden: Sequence[str], **anders: Any) -> ColumnElement[Any]:
    paren = {"uuid": model.id, **{veld: getattr(model, veld) for veld in velden}, **anders}
    return func.jsonb_build_object(*(deel for paar in paren.items() for deel in paar))


def _lijst(model: Any, velden: Sequence[str], waar: ColumnElement[bool], **anders: Any) -> Uitdrukking:
    rijen = func.jsonb_agg(aggregate_order_by(_object(model, velden, **anders), model.nr))
    return select(func.coalesce(rijen, func.jsonb_build_array())).where(waar).scalar_subquery()


def _elk(om: Omzetting) -> Callable[[list[dict[str, Any]], Omgeving], list[dict[str, Any]]]:
    return lambda rijen, omgeving: [om(rij, omgeving) for rij in rijen]


def kinderen(model: type[Any], velden: Sequence[str], om: Omzetting | None = None) -> Afgeleid:
    """Wat met `producttype_uuid` naar het producttype verwijst."""

    def uitdrukking() -> Uitdrukking:
        kind = aliased(model)
        return _lijst(kind, velden, kind.producttype_uuid == ProductType.id)

    return Afgeleid(uitdrukking, in_omgeving=_elk(om) if om else None)


def gekoppeld(koppeling: Table, model: type[Any], velden: Sequence[str]) -> Afgeleid:
    """Wat via een koppeltabel bij het producttype hoort; een contact met zijn organisatie."""

    def uitdrukking() -> Uitdrukking:
        doel: Any = aliased(model)
        waar = doel.id.in_(select(koppeling.c.doel).where(koppeling.c.producttype == ProductType.id))
        anders = {"organisatie": organisatie_van(doel)} if model is Contact else {}
        return _lijst(doel, velden, waar, **anders)

    return Afgeleid(uitdrukking)


def organisatie_van(contact: Any) -> Uitdrukking:
    """De organisatie waar een contact bij hoort, of null."""
    organisatie = aliased(Organisatie)
    velden = _object(organisatie, (*ADRES, "code"))
    return select(velden).where(organisatie.id == contact.organisatie_uuid).scalar_subquery()


def schema_in(kolom: str) -> Afgeleid:
    """Het JSON Schema waar een kolom van het producttype naar verwijst, of null."""

    def uitdrukking() -> Uitdrukking:
        schema = aliased(JsonSchema)
        vorm = func.jsonb_build_object("naam", schema.naam, "schema", schema.json_schema)
        return select(vorm).where(schema.id == getattr(ProductType, kolom)).scalar_subquery()

    return Afgeleid(uitdrukking)


def producttypen_van_thema() -> Uitdrukking:
    """De producttypen bij een thema."""
    soort = aliased(ProductType)
    waar = soort.id.in_(select(BIJ_THEMA.c.producttype).where(BIJ_THEMA.c.doel == Thema.id))
    return _lijst(soort, _PRODUCTTYPE, waar)


def is_gepubliceerd(begin: str | None, eind: str | None, omgeving: Omgeving) -> bool:
    """Is een producttype met deze publicatiedatums vandaag te zien?"""
    vandaag = omgeving.installatie.klok.vandaag().isoformat()
    return begin is not None and begin <= vandaag and (eind is None or eind > vandaag)


def _producttype_kort(rij: dict[str, Any], omgeving: Omgeving) -> dict[str, Any]:
    vertalingen = rij.pop("vertalingen")
    vertaald = dict(rij)
    vertaal(vertaald, vertalingen)
    vertaald.pop("samenvatting", None)
    datums = rij["publicatie_start_datum"], rij["publicatie_eind_datum"]
    return {**vertaald, "gepubliceerd": is_gepubliceerd(*datums, omgeving)}


def actie_adres(rij: Mapping[str, Any]) -> str:
    """Waar een actie naartoe wijst: het formulier zelf, of de beslistabel."""
    return str(rij["direct_url"] or dmn_adres(rij))


def dmn_adres(rij: Mapping[str, Any]) -> str:
    """Het adres van een beslistabel in haar DMN-omgeving."""
    return f"{rij['tabel_endpoint'].rstrip('/')}/{rij['dmn_tabel_id']}"


def _actie(rij: dict[str, Any], _omgeving: Omgeving) -> dict[str, Any]:
    return {naam: rij[naam] for naam in ("uuid", "naam", "mapping")} | {"url": actie_adres(rij)}


def prijsregels(regels: list[dict[str, Any]], _omgeving: Omgeving | None = None) -> list[dict[str, Any]]:
    """Prijsregels zoals de standaard ze toont: met het adres van hun beslistabel."""
    return [
        {naam: regel[naam] for naam in ("uuid", "beschrijving", "mapping")} | {"url": dmn_adres(regel)}
        for regel in regels
    ]


def _prijs(rij: dict[str, Any], _omgeving: Omgeving) -> dict[str, Any]:
    return {**rij, "prijsregels": prijsregels(rij["prijsregels"])}


def download(rij: Mapping[str, Any], omgeving: Omgeving) -> str:
    """Waar de inhoud van een bestand te halen is; het adres eindigt op de naam, want die heeft de standaard nergens anders."""
    return f"{omgeving.basis}/bestanden/{rij['uuid']}/{quote(rij['bestandsnaam'], safe='')}"


def _bestand(rij: dict[str, Any], omgeving: Omgeving) -> dict[str, Any]:
    return {"uuid": rij["uuid"], "bestand": download(rij, omgeving)}


PRODUCTTYPEN = Afgeleid(producttypen_van_thema, in_omgeving=_elk(_producttype_kort))
PRIJZEN = kinderen(Prijs, ("actief_vanaf", "prijsopties", "prijsregels"), _prijs)
ACTIES = kinderen(Actie, _ACTIE, _actie)
BESTANDEN = kinderen(Bestand, ("bestandsnaam",), _bestand)
ADRES_VAN_BESTAND = Afgeleid(lambda: _object(Bestand, ("bestandsnaam",)), in_omgeving=download)
ADRES_VAN_ACTIE = Afgeleid(lambda: _object(Actie, _ACTIE), in_omgeving=lambda rij, _omgeving: actie_adres(rij))
