"""Verzendregels: bij welke gebeurtenis gaat welk sjabloon uit. Een beheerder richt ze in, zonder programmeren.

Een regel noemt de gebeurtenis (`zaken.status.create`, `taken.externetaak.herinnerd`), eventueel het zaaktype, en een voorwaarde in
FEEL over `zaaktype`, `status` (omschrijving van het statustype, bij een status) en `taak` (titel, bij een taak).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from sqlalchemy import Connection

import feel
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import StatusTypeUit
from integratie.configuratie import VERZENDREGEL, Configuratie
from integratie.processen.schemas import ZendingIn
from integratie.taken import TakenClient
from integratie.urn import ontleed
from integratie.zaken import ZakenClient
from integratie.zaken.schemas import StatusUit, ZaakUit
from kern.installatie import Installatie
from kern.outbox import Werk
from processen.verzenden.api import zet_klaar

log = structlog.get_logger()
NAMENS = "verzenden"


@dataclass(frozen=True)
class Gebeurtenis:
    """Waar iets over verstuurd kan worden: de zaak, en wat regels daarover mogen weten."""

    zaak: ZaakUit
    gegevens: Mapping[str, Any]


def pas_toe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
    """Zoek de regels bij een notificatie; de afronding zet de zendingen klaar, elk hoogstens één keer."""
    inhoud = werk.inhoud
    naam = f"{inhoud['kanaal']}.{inhoud['resource']}.{inhoud['actie']}"
    regels = [
        regel for regel in Configuratie(installatie, namens=NAMENS).alle(VERZENDREGEL) if regel["gebeurtenis"] == naam
    ]
    gebeurtenis = _lees(installatie, inhoud) if regels else None
    if gebeurtenis is None:
        return None
    zendingen = list(_zendingen(installatie, regels, gebeurtenis, inhoud["id"]))

    def afronding(verbinding: Connection) -> None:
        for zending in zendingen:
            zet_klaar(installatie, verbinding, zending)

    return afronding


def _zendingen(
    installatie: Installatie, regels: list[dict[str, Any]], gebeurtenis: Gebeurtenis, id_: str
) -> Iterator[ZendingIn]:
    for regel in regels:
        if regel.get("zaaktype") and regel["zaaktype"] != gebeurtenis.gegevens["zaaktype"]:
            continue
        voorwaarde = feel.evalueer(regel.get("als") or "true", gebeurtenis.gegevens, klok=installatie.klok.nu)
        if voorwaarde is not True:
            continue
        yield ZendingIn(
            uuid=uuid5(NAMESPACE_URL, f"verzendregel:{regel['sleutel']}:{id_}"),
            zaak=gebeurtenis.zaak.url,
            sjabloon=regel["sjabloon"],
            soort=regel["soort"],
        )


def _lees(installatie: Installatie, inhoud: Mapping[str, Any]) -> Gebeurtenis | None:
    """De zaak achter een notificatie; None als er geen zaak bij is."""
    zaken = ZakenClient(installatie, namens=NAMENS)
    if inhoud["kanaal"] == "zaken":
        zaak = zaken.zaak(installatie.diensten.naar_url(inhoud["hoofd_object"]))
        return Gebeurtenis(zaak, _gegevens(installatie, zaak, inhoud))
    if inhoud["kanaal"] == "taken":
        taak = TakenClient(installatie, namens=NAMENS).klanttaak(installatie.diensten.naar_url(inhoud["resource_url"]))
        nummers = [nummer for deel in taak.is_gerelateerd_aan if (nummer := ontleed(deel.urn)["zaaknummer"])]
        gevonden = zaken.zoek_zaken(identificatie=nummers[0]).results if nummers else []
        if gevonden:
            return Gebeurtenis(gevonden[0], _gegevens(installatie, gevonden[0], inhoud) | {"taak": taak.titel})
    return None


def _gegevens(installatie: Installatie, zaak: ZaakUit, inhoud: Mapping[str, Any]) -> dict[str, Any]:
    catalogi = CatalogiClient(installatie, namens=NAMENS)
    gegevens = {"zaaktype": catalogi.type_bij_url(zaak.zaaktype).identificatie, "status": "", "taak": ""}
    if inhoud["resource"] == "status":
        url = installatie.diensten.naar_url(inhoud["resource_url"])
        status = ZakenClient(installatie, namens=NAMENS).haal(url, StatusUit)
        gegevens["status"] = catalogi.haal(status.statustype, StatusTypeUit).omschrijving
    return gegevens
