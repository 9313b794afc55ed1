"""Een zaak vinden of maken op een zaaknummer dat vóór de eerste poging vaststaat."""

from datetime import date
from typing import Any

from pydantic import Field

from contracten import Gegevens, Onherstelbaar, Opdracht
from contracten.nummer import nummer_bij
from integratie.zaken.schemas import ZaakIn, ZaakUit
from plugins.hulp import clients


class ZaakKeuze(Gegevens):
    zaaktype: str = Field(
        title="Zaaktype", description="Identificatie van het zaaktype; de versie van vandaag wordt gekozen."
    )
    omschrijving: str = Field("", title="Omschrijving", description="Korte omschrijving van de zaak.", max_length=80)


def zoek_of_maak(opdracht: Opdracht[Any, Any], keuze: ZaakKeuze, start: date, **velden: Any) -> ZaakUit:
    """De zaak die bij deze uitvoering hoort; `velden` zijn verdere velden van een nieuwe."""
    zaken, rsin = clients(opdracht).zaken, opdracht.installatie.instellingen.bronorganisatie
    nummer = f"ZAAK-{start.year}-{nummer_bij(opdracht.uuid('zaak'), 3)}"
    gevonden = zaken.zoek_zaken(identificatie=nummer, bronorganisatie=rsin).results
    if gevonden:
        return gevonden[0]
    nieuw = ZaakIn(
        identificatie=nummer,
        bronorganisatie=rsin,
        verantwoordelijke_organisatie=rsin,
        zaaktype=_zaaktype(opdracht, keuze.zaaktype, start),
        startdatum=start,
        omschrijving=keuze.omschrijving,
        **velden,
    )
    return zaken.maak_zaak(nieuw, sleutel=opdracht.idempotentie("zaak"))


def _zaaktype(opdracht: Opdracht[Any, Any], identificatie: str, op: date) -> str:
    zaaktype = clients(opdracht).catalogi.zaaktype(identificatie, op)
    if zaaktype is None:
        raise Onherstelbaar(f"zaaktype {identificatie} heeft op {op} geen gepubliceerde versie")
    return zaaktype.url
