"""Producttypen bij producten: gevraagd aan de Producttypen API, per pagina of filter in één keer.

Bij een product staat wat zijn type was toen het product geschreven werd. Lezen toont het type zoals het nu is; is de andere API
er niet, of kent zij de vraag niet, dan is wat bewaard is goed genoeg.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog

from integratie.basis import ApiFout
from integratie.producten.schemas import ProducttypeBijProduct
from integratie.producttypen import ProducttypenClient
from kern.fouten import Ongeldig, ParamFout
from kit import Omgeving
from kit.taal import gevraagde_taal

log = structlog.get_logger()
GROOTTE = 500
VELDEN = tuple(ProducttypeBijProduct.model_fields)


def producttype(omgeving: Omgeving, uuid: UUID) -> dict[str, Any] | None:
    """Het volledige producttype; None als het niet bestaat. `ApiFout` bij een storing."""
    try:
        gevonden: dict[str, Any] = _client(omgeving).vraag("GET", f"producttypen/{uuid}")
    except ApiFout as fout:
        if fout.status >= 500:  # noqa: PLR2004  # een storing is geen foute verwijzing
            raise
        return None
    return gevonden


def kort(soort: Mapping[str, Any]) -> dict[str, Any]:
    """Wat een product van zijn type toont."""
    return {veld: soort.get(veld) for veld in VELDEN}


def actualiseer(omgeving: Omgeving, weergaven: Sequence[dict[str, Any]]) -> None:
    """Zet bij elk product zijn type zoals het nu is, in de gevraagde taal; één vraag per 500 producttypen."""
    uuids = sorted({str(weergave["producttype"]["uuid"]) for weergave in weergaven})
    client = _client(omgeving, gevraagde_taal())
    try:
        gevonden = {soort["uuid"]: soort for soort in _pagina(client, {"uuid__in": ",".join(uuids)})["results"]}
    except ApiFout as fout:
        log.warning("producttypen niet gelezen; de bewaarde gelden", fout=str(fout))
        return
    for weergave in weergaven:
        soort = gevonden.get(str(weergave["producttype"]["uuid"]))
        if soort is not None:
            weergave["producttype"] = kort(soort)


def uuids_met(omgeving: Omgeving, criteria: Mapping[str, Any]) -> list[UUID]:
    """De producttypen die aan deze filters van de Producttypen API voldoen; wat zij weigert, is ook hier een fout."""
    try:
        return _uuids(_client(omgeving), criteria)
    except ApiFout as fout:
        if fout.status >= 500:  # noqa: PLR2004  # een storing is geen foute zoekvraag
            raise
        reden = "De Producttypen API kan hier niet op zoeken."
        raise Ongeldig(*(ParamFout(f"producttype__{naam}", "invalid", reden) for naam in criteria)) from None


def _uuids(client: ProducttypenClient, criteria: Mapping[str, Any]) -> list[UUID]:
    gevonden = list[UUID]()
    pagina = _pagina(client, criteria)
    while True:
        gevonden += [UUID(soort["uuid"]) for soort in pagina["results"]]
        if not pagina["next"]:
            return gevonden
        pagina = client.vraag("GET", pagina["next"])


def _pagina(client: ProducttypenClient, criteria: Mapping[str, Any]) -> Any:
    return client.vraag("GET", "producttypen", params={**criteria, "page_size": GROOTTE})


def _client(omgeving: Omgeving, taal: str = "") -> ProducttypenClient:
    return ProducttypenClient(omgeving.installatie, namens=omgeving.registratie.naam, taal=taal)
