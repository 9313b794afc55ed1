"""De resources van de Producttypen API, met hun regels (regels hoofdstuk 14)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from integratie.producttypen import schemas
from kern.fouten import ParamFout
from kit import Afgeleid, Bron, Filter, Omgeving, Registratie, TokenRechten, Wijziging, filters, waarde
from kit.bron import Kanaal, Vertaling
from kit.regels import uniek
from registraties.producttypen.modellen import ContentElement, Link, Prijs, ProductType

Fouten = Iterable[ParamFout]
RECHTEN = TokenRechten("producttypen")
MET_UPN = ("burgers", "bedrijven_en_instellingen")


def dateer(w: Wijziging[Any]) -> Fouten:
    """De tijdstippen zet het systeem."""
    w.waarden |= {"update_datum": w.nu, **({"aanmaak_datum": w.nu} if w.aanmaken else {})}
    return ()


def upn_is_verplicht_voor_inwoners(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """Een product voor burgers of bedrijven heeft een uniforme productnaam (UPL)."""
    if w.nieuw.doelgroep in MET_UPN and not w.nieuw.uniforme_product_naam:
        yield ParamFout(
            "uniforme_product_naam", "required", "Voor burgers en bedrijven is de uniforme productnaam verplicht."
        )


def einde_ligt_na_begin(w: Wijziging[schemas.ProductTypeIn]) -> Fouten:
    """De publicatie eindigt na haar begin, en heeft een begin."""
    begin, eind = w.nieuw.publicatie_start_datum, w.nieuw.publicatie_eind_datum
    if eind and (begin is None or eind <= begin):
        yield ParamFout("publicatie_eind_datum", "invalid", "De publicatie eindigt voor zij begint.")


def opties_of_regels(w: Wijziging[schemas.PrijsIn]) -> Fouten:
    """Een prijs heeft opties of regels, niet beide."""
    if bool(w.nieuw.prijsopties) == bool(w.nieuw.prijsregels):
        yield ParamFout("nonFieldErrors", "invalid", "Een prijs heeft opties of regels.")


def vandaag_gepubliceerd(dag: date) -> ColumnElement[bool]:
    """Is een producttype op deze dag gepubliceerd?"""
    eind = ProductType.publicatie_eind_datum
    return and_(ProductType.publicatie_start_datum <= dag, or_(eind.is_(None), eind > dag))


def _gepubliceerd(ja: bool, omgeving: Omgeving) -> ColumnElement[bool]:
    voorwaarde = func.coalesce(vandaag_gepubliceerd(omgeving.installatie.klok.vandaag()), literal(False))
    return voorwaarde if ja else ~voorwaarde


def _is_gepubliceerd(periode: list[str | None], omgeving: Omgeving) -> bool:
    begin, eind = periode
    vandaag = omgeving.installatie.klok.vandaag().isoformat()
    return begin is not None and begin <= vandaag and (eind is None or eind > vandaag)


def _zoek(tekst: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    """Zoeken in naam, samenvatting en trefwoorden, op Nederlandse woordstammen; ook een begin van een woord."""
    begin = func.websearch_to_tsquery("dutch", tekst)
    return or_(ProductType.zoektekst.op("@@")(begin), ProductType.naam.icontains(tekst, autoescape=True))


def _prijzen() -> Any:
    prijs = aliased(Prijs)
    rij = func.jsonb_build_object(
        "uuid",
        prijs.id,
        "actief_vanaf",
        prijs.actief_vanaf,
        "prijsopties",
        prijs.prijsopties,
        "prijsregels",
        prijs.prijsregels,
    )
    return (
        select(func.coalesce(func.jsonb_agg(rij), func.jsonb_build_array()))
        .where(prijs.producttype_uuid == ProductType.id)
        .scalar_subquery()
    )


def _links() -> Any:
    link = aliased(Link)
    rij = func.jsonb_build_object("uuid", link.id, "naam", link.naam, "url", link.url)
    return (
        select(func.coalesce(func.jsonb_agg(rij), func.jsonb_build_array()))
        .where(link.producttype_uuid == ProductType.id)
        .scalar_subquery()
    )


PRODUCTTYPE = Bron(
    pad="producttypen",
    enkelvoud="producttype",
    model=ProductType,
    lees=schemas.ProductTypeUit,
    schrijf=schemas.ProductTypeIn,
    rechten=RECHTEN,
    filters=filters(
        ProductType,
        "code naam naam__icontains doelgroep uniforme_product_naam publicatie_start_datum publicatie_start_datum__gte "
        "publicatie_start_datum__lte publicatie_eind_datum publicatie_eind_datum__gte publicatie_eind_datum__lte",
        gepubliceerd=Filter(bool, _gepubliceerd),
        zoek=Filter(str, _zoek),
        uuid__in=Filter(list[str], lambda ids, _o: cast(ProductType.id, String).in_(ids)),
    ),
    ordening=("naam", "code"),
    afgeleid={
        "gepubliceerd": Afgeleid(
            lambda: func.jsonb_build_array(ProductType.publicatie_start_datum, ProductType.publicatie_eind_datum),
            in_omgeving=_is_gepubliceerd,
        ),
        "prijzen": waarde(_prijzen),
        "links": waarde(_links),
    },
    regels=(dateer, upn_is_verplicht_voor_inwoners, einde_ligt_na_begin),
    binnen=(uniek("code", naam="code"),),
    vertaling=Vertaling(lees=schemas.ProductTypeVertalingUit, schrijf=schemas.ProductTypeVertalingIn),
    kanaal=Kanaal("producttypen", ("code",)),
)

CONTENT = Bron(
    pad="content",
    enkelvoud="content",
    model=ContentElement,
    lees=schemas.ContentElementUit,
    schrijf=schemas.ContentElementIn,
    rechten=RECHTEN,
    filters=filters(ContentElement, "content__icontains")
    | {"producttype__uuid": Filter(str, lambda zoek, _o: ContentElement.producttype_uuid == zoek)},
    vertaling=Vertaling(
        lees=schemas.ContentVertalingUit, schrijf=schemas.ContentVertalingIn, operaties=("put", "delete")
    ),
    hoofd="producttype_uuid",
)

PRIJS = Bron(
    pad="prijzen",
    enkelvoud="prijs",
    model=Prijs,
    lees=schemas.PrijsUit,
    schrijf=schemas.PrijsIn,
    rechten=RECHTEN,
    filters=filters(Prijs, "actief_vanaf actief_vanaf__gte actief_vanaf__lte")
    | {"producttype__uuid": Filter(str, lambda zoek, _o: Prijs.producttype_uuid == zoek)},
    regels=(opties_of_regels,),
    binnen=(uniek("producttype_uuid", "actief_vanaf"),),
    hoofd="producttype_uuid",
)

LINK = Bron(
    pad="links",
    enkelvoud="link",
    model=Link,
    lees=schemas.LinkUit,
    schrijf=schemas.LinkIn,
    rechten=RECHTEN,
    filters=filters(Link, "naam naam__icontains url")
    | {"producttype__uuid": Filter(str, lambda zoek, _o: Link.producttype_uuid == zoek)},
    hoofd="producttype_uuid",
)

PRODUCTTYPEN = Registratie(
    naam="producttypen", titel="Producttypen API", versie="1.7.0", bronnen=(PRODUCTTYPE, CONTENT, PRIJS, LINK)
)
