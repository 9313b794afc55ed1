"""De filters van de Producttypen API."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Numeric, and_, cast, exists, func, literal, not_, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT, array

from integratie.producttypen import schemas
from kern.fouten import Ongeldig, ParamFout
from kit import Filter, Omgeving, filters
from kit.urn import verwijzingen
from registraties.producttypen.koppelen import met_koppeling, met_producttype, uuids, via
from registraties.producttypen.modellen import (
    BIJ_CONTACT,
    BIJ_LOCATIE,
    BIJ_ORGANISATIE,
    BIJ_THEMA,
    Actie,
    Contact,
    DmnConfig,
    JsonSchema,
    Locatie,
    Organisatie,
    Prijs,
    ProductType,
    Thema,
)

Voorwaarde = ColumnElement[bool]
_NAAM_WAARDE = re.compile(r"\[([^:\[\]]+):([^:\[\]]+)\]")


def datums(model: Any, *velden: str) -> dict[str, Filter]:
    """Gelijk, vanaf en tot en met, op elk van deze velden."""
    return filters(model, " ".join(f"{veld}{rest}" for veld in velden for rest in ("", "__gte", "__lte")))


# producttypen


def gepubliceerd_op(tabel: Any, dag: date) -> Voorwaarde:
    """Is het producttype waarvan deze tabel de publicatiedatums heeft op deze dag gepubliceerd?"""
    eind = tabel.publicatie_eind_datum
    te_zien = and_(tabel.publicatie_start_datum <= dag, or_(eind.is_(None), eind > dag))
    return func.coalesce(te_zien, literal(False))


def _gepubliceerd(ja: bool, omgeving: Omgeving) -> Voorwaarde:
    voorwaarde = gepubliceerd_op(ProductType, omgeving.installatie.klok.vandaag())
    return voorwaarde if ja else not_(voorwaarde)


def heeft_een(kolom: Any, waarden: list[str]) -> Voorwaarde:
    """Een lijst van teksten bevat minstens een van deze."""
    uit: Voorwaarde = kolom.has_any(cast(array(waarden), ARRAY(TEXT))) if waarden else literal(False)
    return uit


def een_van(kolom: Any, type_: Any = list[str]) -> Filter:
    """Een filter op een lijst van teksten: minstens een van de gevraagde komt erin voor."""
    return Filter(type_, lambda waarden, _omgeving: heeft_een(kolom, waarden))


def _paar(kolom: Any, veld: str) -> Filter:
    """`[naam:waarde]`, zoals de standaard op parameters en externe codes filtert; vaker is allemaal."""

    def voorwaarde(tekst: str, _omgeving: Omgeving) -> Voorwaarde:
        paar = _NAAM_WAARDE.fullmatch(tekst)
        if paar is None:
            raise Ongeldig(ParamFout("nonFieldErrors", "invalid", f"Gebruik [naam:{veld}]."))
        uit: Voorwaarde = kolom.contains([{"naam": paar[1], veld: paar[2]}])
        return uit

    return Filter(str, voorwaarde)


def _gekoppeld(naam: str, koppeling: Any, model: Any, velden: str) -> dict[str, Filter]:
    return via(naam, uuids(model) | filters(model, velden), met_koppeling(koppeling, model))


def _schema(zoek: str, _omgeving: Omgeving) -> Voorwaarde:
    return ProductType.verbruiksobject_schema_id.in_(select(JsonSchema.id).where(JsonSchema.naam == zoek))


PRODUCTTYPE: Mapping[str, Filter] = {
    **filters(ProductType, "code naam naam__icontains doelgroep uniforme_product_naam"),
    **datums(ProductType, "publicatie_start_datum", "publicatie_eind_datum", "aanmaak_datum", "update_datum"),
    **_gekoppeld("themas", BIJ_THEMA, Thema, "naam naam__in"),
    **_gekoppeld("locaties", BIJ_LOCATIE, Locatie, "naam__contains"),
    **_gekoppeld("organisaties", BIJ_ORGANISATIE, Organisatie, "code naam__contains"),
    **_gekoppeld("contacten", BIJ_CONTACT, Contact, "naam__contains"),
    **verwijzingen(ProductType.zaaktypen, "zaaktypen"),
    **verwijzingen(ProductType.verzoektypen, "verzoektypen"),
    **verwijzingen(ProductType.processen, "processen"),
    "uuid__in": uuids(ProductType)["uuid__in"],
    "gepubliceerd": Filter(bool, _gepubliceerd),
    "letter": Filter(str, lambda letter, _omgeving: ProductType.naam.istartswith(letter, autoescape=True)),
    "keywords": een_van(ProductType.keywords),
    "toegestane_statussen": een_van(ProductType.toegestane_statussen, list[schemas.Productstatus]),
    "externe_code": _paar(ProductType.externe_codes, "code"),
    "parameter": _paar(ProductType.parameters, "waarde"),
    "verbruiksobject_schema__naam": Filter(str, _schema),
}


# wat bij een producttype hoort


def bij_producttype(kolom: Any, velden: str = "code naam naam__icontains") -> dict[str, Filter]:
    """Filters op het producttype waar iets bij hoort, met zijn uniforme naam erbij."""
    op_type = {"uuid": uuids(ProductType)["uuid"]} | filters(ProductType, velden)
    verband = met_producttype(kolom)
    upn = filters(ProductType, "uniforme_product_naam")["uniforme_product_naam"]
    return via("producttype", op_type, verband) | {
        "uniforme_product_naam": Filter(str, lambda zoek, omgeving: verband(upn.voorwaarde(zoek, omgeving)))
    }


def _bedrag(vergelijk: Callable[[Any, Decimal], Voorwaarde]) -> Filter:
    def voorwaarde(bedrag: Decimal, _omgeving: Omgeving) -> Voorwaarde:
        deel = func.jsonb_array_elements(Prijs.prijsopties).table_valued("value", joins_implicitly=True)
        getal = cast(cast(deel.c.value, JSONB)["bedrag"].astext, Numeric)
        return exists(select(1).select_from(deel).where(vergelijk(getal, bedrag)))

    return Filter(Decimal, voorwaarde)


def _in_lijst(kolom: Any, veld: str) -> Filter:
    return Filter(str, lambda zoek, _omgeving: kolom.contains([{veld: zoek}]))


PRIJS: Mapping[str, Filter] = {
    **datums(Prijs, "actief_vanaf"),
    **bij_producttype(Prijs.producttype_uuid),
    "prijsopties__bedrag": _bedrag(lambda bedrag, grens: bedrag == grens),
    "prijsopties__bedrag__gte": _bedrag(lambda bedrag, grens: bedrag >= grens),
    "prijsopties__bedrag__lte": _bedrag(lambda bedrag, grens: bedrag <= grens),
    "prijsopties__beschrijving": _in_lijst(Prijs.prijsopties, "beschrijving"),
    "prijsregels__beschrijving": _in_lijst(Prijs.prijsregels, "beschrijving"),
    "prijsregels__dmn_tabel_id": _in_lijst(Prijs.prijsregels, "dmn_tabel_id"),
}

ACTIE: Mapping[str, Filter] = {
    **filters(Actie, "naam naam__contains direct_url dmn_tabel_id"),
    **bij_producttype(Actie.producttype_uuid),
    **via(
        "dmn_config",
        filters(DmnConfig, "naam tabel_endpoint"),
        lambda waar: Actie.tabel_endpoint.in_(select(DmnConfig.tabel_endpoint).where(waar)),
    ),
}


def bij_content(kolom: Any) -> dict[str, Filter]:
    """De filters op het producttype van een contentelement."""
    namen = ("code", "naam", "themas__uuid", "themas__naam", "zaaktypen__urn", "zaaktypen__url")
    op_type = {"uuid": uuids(ProductType)["uuid"]} | {naam: PRODUCTTYPE[naam] for naam in namen}
    return via("producttype", op_type, met_producttype(kolom))


def labels(kolom: Any) -> dict[str, Filter]:
    """Contentelementen met, of juist zonder, een van deze labels."""
    return {
        "labels": een_van(kolom),
        "exclude_labels": Filter(list[str], lambda zoek, _omgeving: not_(heeft_een(kolom, zoek))),
    }
