"""Een zaaktype met alles erop en eraan, zoals een procespakket dat neerzet; voor tests die echte typen nodig hebben."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import (
    BesluitTypeIn,
    CatalogusIn,
    EigenschapIn,
    InformatieObjectTypeIn,
    ResultaatTypeIn,
    RolTypeIn,
    StatusTypeIn,
    ZaakTypeIn,
    ZaakTypeInformatieObjectTypeIn,
)
from kern.installatie import Installatie

RSIN = "517439943"
BEGIN = date(2020, 1, 1)
SELECTIELIJST = "https://selectielijst.example/api/v1"


@dataclass(frozen=True)
class Typen:
    """De URL's van een gepubliceerd zaaktype en wat erbij hoort."""

    catalogus: str
    zaaktype: str
    begin: str
    midden: str
    eind: str
    resultaattype: str
    rollen: dict[str, str]
    eigenschap: str
    informatieobjecttype: str
    besluittype: str


Herhaal: TypeAlias = Callable[[Callable[[Installatie], Typen]], Typen]
"""De fixture `herhaal`, voor wie er typen mee maakt."""


def zaaktype_invoer(catalogus: str, identificatie: str = "AANVRAAG", **velden: Any) -> ZaakTypeIn:
    """Een zaaktype met alle verplichte velden."""
    return ZaakTypeIn.model_validate(
        {
            "identificatie": identificatie,
            "omschrijving": "Aanvraag behandelen",
            "vertrouwelijkheidaanduiding": "intern",
            "doel": "Een besluit nemen",
            "aanleiding": "Iemand vraagt iets aan",
            "indicatie_intern_of_extern": "extern",
            "handeling_initiator": "aanvragen",
            "onderwerp": "Vergunning",
            "handeling_behandelaar": "behandelen",
            "doorlooptijd": "P56D",
            "servicenorm": "P28D",
            "opschorting_en_aanhouding_mogelijk": True,
            "verlenging_mogelijk": False,
            "publicatie_indicatie": False,
            "producten_of_diensten": ["https://producten.example/1"],
            "referentieproces": {"naam": "Vergunning", "link": ""},
            "verantwoordelijke": "Vergunningen",
            "catalogus": catalogus,
            "begin_geldigheid": BEGIN,
            "gerelateerde_zaaktypen": [],
            **velden,
        }
    )


def resultaattype_invoer(zaaktype: str, omschrijving: str = "Verleend", **velden: Any) -> ResultaatTypeIn:
    """Een resultaattype dat vanaf afhandeling tien jaar bewaard wordt."""
    return ResultaatTypeIn.model_validate(
        {
            "zaaktype": zaaktype,
            "omschrijving": omschrijving,
            "resultaattypeomschrijving": f"{SELECTIELIJST}/resultaattypeomschrijvingen/1",
            "selectielijstklasse": f"{SELECTIELIJST}/resultaten/1",
            "archiefnominatie": "vernietigen",
            "archiefactietermijn": "P10Y",
            "brondatum_archiefprocedure": {"afleidingswijze": "afgehandeld"},
            **velden,
        }
    )


def maak_catalogus(client: CatalogiClient, domein: str = "ALGEM", rsin: str = RSIN) -> str:
    """De URL van een catalogus."""
    return client.zorg_voor_catalogus(CatalogusIn(domein=domein, rsin=rsin, contactpersoon_beheer_naam="Beheer")).url


def maak_typen(
    installatie: Installatie,
    identificatie: str = "AANVRAAG",
    resultaat: dict[str, Any] | None = None,
    domein: str = "ALGEM",
    **velden: Any,
) -> Typen:
    """Maak en publiceer een zaaktype met status-, resultaat-, rol-, document- en besluittypen."""
    client = CatalogiClient(installatie, namens="catalogi")
    catalogus = maak_catalogus(client, domein)
    soort = client.zorg_voor_informatieobjecttype(
        InformatieObjectTypeIn(
            catalogus=catalogus,
            omschrijving="Aanvraagformulier",
            vertrouwelijkheidaanduiding="intern",
            informatieobjectcategorie="Formulier",
            begin_geldigheid=BEGIN,
        )
    )
    besluit = client.zorg_voor_besluittype(
        BesluitTypeIn(
            catalogus=catalogus,
            omschrijving="Vergunning",
            publicatie_indicatie=False,
            informatieobjecttypen=[soort.omschrijving],
            begin_geldigheid=BEGIN,
        )
    )
    zaaktype = client.zorg_voor_zaaktype(
        zaaktype_invoer(catalogus, identificatie, **{"besluittypen": [besluit.omschrijving], **velden})
    ).url
    statussen = [
        client.zorg_voor_statustype(StatusTypeIn(zaaktype=zaaktype, omschrijving=naam, volgnummer=nummer)).url
        for nummer, naam in ((1, "Ontvangen"), (2, "In behandeling"), (3, "Afgehandeld"))
    ]
    eigenschap = client.zorg_voor_eigenschap(
        EigenschapIn.model_validate(
            {
                "zaaktype": zaaktype,
                "naam": "bewaardatum",
                "definitie": "De dag waarop bewaren begint",
                "specificatie": {"formaat": "datum", "lengte": "8", "kardinaliteit": "1"},
            }
        )
    )
    typen = Typen(
        catalogus,
        zaaktype,
        statussen[0],
        statussen[1],
        statussen[2],
        client.zorg_voor_resultaattype(resultaattype_invoer(zaaktype, **(resultaat or {}))).url,
        {
            soort: client.zorg_voor_roltype(
                RolTypeIn.model_validate({"zaaktype": zaaktype, "omschrijving": soort, "omschrijving_generiek": soort})
            ).url
            for soort in ("initiator", "behandelaar")
        },
        eigenschap.url,
        soort.url,
        besluit.url,
    )
    client.zorg_voor_documenttype(
        ZaakTypeInformatieObjectTypeIn(
            zaaktype=zaaktype, informatieobjecttype=soort.omschrijving, volgnummer=1, richting="inkomend"
        )
    )
    for url in (soort.url, besluit.url, zaaktype):
        client.publiceer(url)
    return typen
