"""De resource van de Producten API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from integratie.betrokkene import uit_eigenaren
from integratie.producten import schemas
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, filters
from kit.attribuut import attribuutfilter
from kit.bron import Kanaal
from kit.urn import verwijzingen
from registraties.producten import datums, regels
from registraties.producten.modellen import Product
from registraties.producten.typen import actualiseer, uuids_met

KOLOMMEN = (
    "naam status gepubliceerd frequentie aanvraag_zaak_urn aanvraag_zaak_urn__contains aanvraag_zaak_url "
    "aanvraag_zaak_url__contains"
)
GRENZEN = "start_datum eind_datum aanmaak_datum update_datum prijs"
VAN_HET_TYPE: Mapping[str, Any] = {
    "gepubliceerd": bool,
    "code": str,
    "naam": str,
    "naam__icontains": str,
    "locaties__uuid": UUID,
    "organisaties__code": str,
    "organisaties__uuid": UUID,
    "themas__naam": str,
    "themas__naam__in": list[str],
    "themas__uuid": UUID,
    "themas__uuid__in": list[UUID],
}
"""Filters die de Producttypen API heeft: welke producttypen eraan voldoen vragen wij daar."""


def _eigenaar(veld: str, type_: Any = str) -> Filter:
    return Filter(type_, lambda zoek, _omgeving: Product.eigenaren.contains([{veld: str(zoek)}]))


def _type(naam: str, type_: Any) -> Filter:
    def voorwaarde(zoek: Any, omgeving: Omgeving) -> ColumnElement[bool]:
        tekst = (
            ",".join(map(str, zoek)) if isinstance(zoek, list) else str(zoek).lower() if type_ is bool else str(zoek)
        )
        return Product.producttype_uuid.in_(uuids_met(omgeving, {naam: tekst}))

    return Filter(type_, voorwaarde)


def _type_een_van(naam: str) -> Filter:
    """Een lijst waarvan de Producttypen API er één tegelijk kent."""

    def voorwaarde(zoek: list[str], omgeving: Omgeving) -> ColumnElement[bool]:
        uuids = [uuid for waarde in zoek for uuid in uuids_met(omgeving, {naam: waarde})]
        return Product.producttype_uuid.in_(uuids)

    return Filter(list[str], voorwaarde)


FILTERS: Mapping[str, Filter] = {
    **filters(Product, KOLOMMEN),
    **filters(Product, " ".join(f"{veld}{rest}" for veld in GRENZEN.split() for rest in ("", "__gte", "__lte"))),
    "eigenaren__uuid": _eigenaar("uuid", UUID),
    **{f"eigenaren__{veld}": _eigenaar(veld) for veld in ("bsn", "kvk_nummer", "vestigingsnummer", "klantnummer")},
    **verwijzingen(Product.documenten, "documenten"),
    **verwijzingen(Product.zaken, "zaken"),
    **verwijzingen(Product.taken, "taken"),
    "dataobject_attr": attribuutfilter(Product.dataobject, "dataobject_attr"),
    "verbruiksobject_attr": attribuutfilter(Product.verbruiksobject, "verbruiksobject_attr"),
    "producttype__uuid": Filter(UUID, lambda uuid, _omgeving: Product.producttype_uuid == uuid),
    "producttype__uuid__in": Filter(list[UUID], lambda uuids, _omgeving: Product.producttype_uuid.in_(uuids)),
    "producttype__code__in": _type_een_van("code"),
    "producttype__naam__in": _type_een_van("naam"),
    **{f"producttype__{naam}": _type(naam, type_) for naam, type_ in VAN_HET_TYPE.items()},
    "uniforme_product_naam": _type("uniforme_product_naam", str),
}

PRODUCT = Bron(
    pad="producten",
    enkelvoud="product",
    model=Product,
    lees=schemas.ProductUit,
    schrijf=schemas.ProductIn,
    betrokkenen=lambda rij: uit_eigenaren(rij["eigenaren"]),
    rechten=TokenRechten("producten"),
    zoek=True,
    filters=FILTERS,
    ordening=("start_datum", "naam"),
    aanvullen=actualiseer,
    regels=(
        regels.producttype_bestaat,
        regels.status_is_toegestaan,
        regels.objecten_passen_bij_het_schema,
        regels.einde_ligt_na_begin,
        regels.verwijzingen_zijn_volledig,
        regels.status_volgt_de_datums,
        regels.dateer,
    ),
    gevolgen=(datums.plan,),
    kanaal=Kanaal("producten", tuple(f"producttype.{veld}" for veld in datums.KENMERKEN)),
)

PRODUCTEN = Registratie(
    naam="producten", titel="Producten API", versie="1.7.0", grootteveld="page_size", bronnen=(PRODUCT,)
)
