"""Een product aan de aanvrager van een zaak verstrekken; voor elk bouwblok dat dat doet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracten import Onherstelbaar, Opdracht
from integratie.producten.schemas import ProductIn, ProductUit
from integratie.producttypen.schemas import UrnOfUrl
from integratie.urn import urn_zaak
from integratie.zaken.rollen import initiator_van
from plugins.eigenaren import eigenaar
from plugins.hulp import clients, gewoon, vandaag


def verstrek(
    opdracht: Opdracht[Any, Any],
    producttype: str,
    zaak_url: str,
    naam: str,
    gegevens: Mapping[str, Any] | None,
    *,
    start_datum: date | None = None,
    eind_datum: date | None = None,
) -> ProductUit:
    """Leg het product vast, of geef het bestaande: de natuurlijke sleutel is zijn naam en de zaak."""
    api, installatie = clients(opdracht), opdracht.installatie
    soort = api.producttypen.producttype(producttype)
    if soort is None:
        raise Onherstelbaar(f"producttype {producttype} bestaat niet")
    zaak = api.zaken.zaak(zaak_url)
    rol = initiator_van(api.zaken, zaak.url)
    if rol is None:
        raise Onherstelbaar("de zaak heeft geen initiator om het product aan te verstrekken")
    urn = urn_zaak(installatie.instellingen.bronorganisatie, zaak.identificatie)
    product = ProductIn(
        producttype_uuid=soort.uuid,
        naam=naam,
        status="actief",
        gepubliceerd=True,
        eigenaren=[eigenaar(rol)],
        start_datum=start_datum or vandaag(opdracht),
        eind_datum=eind_datum,
        dataobject=gewoon(gegevens),
        zaken=[UrnOfUrl(urn=urn)],
        aanvraag_zaak_urn=urn,
        aanvraag_zaak_url=zaak.url,
    )
    return api.producten.verstrek(product, sleutel=opdracht.idempotentie("product"))
