"""De resource van de Producten API, met haar regels (regels hoofdstuk 14)."""

from collections.abc import Iterable
from uuid import uuid4

from sqlalchemy import ColumnElement

from integratie.basis import ApiFout
from integratie.producten import schemas
from kern.fouten import ParamFout
from kit import Bron, Filter, Omgeving, Registratie, TokenRechten, Wijziging, filters
from kit.bron import Kanaal
from registraties.producten.modellen import Product

Fouten = Iterable[ParamFout]


def producttype_bestaat(w: Wijziging[schemas.ProductIn]) -> Fouten:
    """Het producttype bestaat en staat de status toe; wat ervan getoond wordt, gaat mee in het product."""
    try:
        soort = w.omgeving.ophaler.client("producttypen").vraag("GET", f"producttypen/{w.nieuw.producttype_uuid}")
    except ApiFout as fout:
        if fout.status >= 500:  # noqa: PLR2004  # een storing is geen foute verwijzing
            raise
        yield ParamFout("producttype_uuid", "does_not_exist", "Dit producttype bestaat niet.")
        return
    w.waarden["producttype"] = {naam: soort[naam] for naam in ("uuid", "code", "naam", "uniforme_product_naam")}
    if w.nieuw.status not in ("initieel", *soort["toegestane_statussen"]):
        yield ParamFout("status", "invalid", "Deze status is bij dit producttype niet toegestaan.")
    for veld, status in (("start_datum", "actief"), ("eind_datum", "verlopen")):
        if getattr(w.nieuw, veld) and status not in soort["toegestane_statussen"]:
            yield ParamFout(veld, "invalid", f"Een {veld} vraagt dat de status {status} is toegestaan.")


def einde_ligt_na_begin(w: Wijziging[schemas.ProductIn]) -> Fouten:
    """Een product eindigt na zijn begin."""
    if w.nieuw.start_datum and w.nieuw.eind_datum and w.nieuw.eind_datum <= w.nieuw.start_datum:
        yield ParamFout("eind_datum", "invalid", "De einddatum ligt voor de startdatum.")


def vul_aan(w: Wijziging[schemas.ProductIn]) -> Fouten:
    """Tijdstippen en de uuid's van eigenaren zet het systeem; de prijs gaat als getal de database in."""
    w.waarden |= {"update_datum": w.nu, **({"aanmaak_datum": w.nu} if w.aanmaken else {})}
    w.waarden["eigenaren"] = [
        {**eigenaar, "uuid": str(eigenaar.get("uuid") or uuid4())} for eigenaar in w.waarden["eigenaren"]
    ]
    return ()


def _eigenaar(veld: str) -> Filter:
    def voorwaarde(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
        return Product.eigenaren.contains([{veld: zoek}])

    return Filter(str, voorwaarde)


def _zaak(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    return Product.zaken.contains([{"urn": zoek}])


def _code(zoek: str, _omgeving: Omgeving) -> ColumnElement[bool]:
    voorwaarde: ColumnElement[bool] = Product.producttype["code"].astext == zoek
    return voorwaarde


PRODUCT = Bron(
    pad="producten",
    enkelvoud="product",
    model=Product,
    lees=schemas.ProductUit,
    schrijf=schemas.ProductIn,
    rechten=TokenRechten("producten"),
    zoek=True,
    filters=filters(
        Product,
        "naam status gepubliceerd frequentie start_datum start_datum__gte start_datum__lte eind_datum eind_datum__gte eind_datum__lte "
        "aanvraag_zaak_urn aanvraag_zaak_url",
        eigenaren__bsn=_eigenaar("bsn"),
        eigenaren__kvk_nummer=_eigenaar("kvk_nummer"),
        eigenaren__vestigingsnummer=_eigenaar("vestigingsnummer"),
        eigenaren__klantnummer=_eigenaar("klantnummer"),
        zaken__urn=Filter(str, _zaak),
        producttype__code=Filter(str, _code),
        producttype__uuid=Filter(str, lambda zoek, _o: Product.producttype_uuid == zoek),
    ),
    ordening=("start_datum", "naam"),
    regels=(producttype_bestaat, einde_ligt_na_begin, vul_aan),
    kanaal=Kanaal("producten"),
)

PRODUCTEN = Registratie(
    naam="producten", titel="Producten API", versie="1.7.0", grootteveld="page_size", bronnen=(PRODUCT,)
)
