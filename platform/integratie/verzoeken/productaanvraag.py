"""De productaanvraag als object in de Objecten API (zoals Open Formulieren haar maakt), van en naar de Verzoeken API.

Zuivere omzettingen; de aanroeper kent het verzoektype en de adressen van documenten.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import Schema
from integratie.geojson import GeoJson
from integratie.typen import OmschrijvingGeneriek
from integratie.urn import ontleed, urn_bsn, urn_kvk, urn_uuid, urn_zaak
from integratie.verzoeken.schemas import (
    Bijlage,
    IsGerelateerdAan,
    VerzoekBetaling,
    VerzoekBron,
    VerzoekIn,
    VerzoekUit,
)

TALEN = {
    "nld": "nl",
    "eng": "en",
    "deu": "de",
    "fra": "fr",
    "spa": "es",
    "ara": "ar",
    "tur": "tr",
    "pol": "pl",
    "ukr": "uk",
}
TERUG = {kort: lang for lang, kort in TALEN.items()}
DOCUMENT = "informatieobject"
GESLAAGD: Literal["geslaagd"] = "geslaagd"


class Bron(Schema):
    naam: Annotated[str, Field(min_length=1)]
    kenmerk: str = ""


class Zaakgegevens(Schema):
    identificatie: str = ""
    communicatiekanaal: str = ""
    omschrijving: str = ""
    toelichting: str = ""


class Betrokkene(Schema):
    """Eén van de identificaties is gevuld."""

    inp_bsn: str = ""
    inn_nnp_id: str = ""
    kvk_nummer: str = ""
    vestigings_nummer: str = ""
    rol_omschrijving_generiek: OmschrijvingGeneriek


class Betaling(Schema):
    kenmerk: str
    bedrag: Decimal
    status: Literal["in_behandeling", "geslaagd", "niet_geslaagd", "geannuleerd"]
    transactie_id: str = ""
    transactiedatumtijd: datetime | None = None


class Productaanvraag(Schema):
    """`record.data` van het object."""

    bron: Bron
    type: Annotated[str, Field(min_length=1)]
    aanvraaggegevens: dict[str, Any]
    taal: str = "nld"
    zaakgegevens: Zaakgegevens | None = None
    betrokkenen: list[Betrokkene] = Field(default_factory=list)
    betaling: Betaling | None = None
    geometry: GeoJson | None = None
    pdf: str = ""
    csv: str = ""
    bijlagen: list[str] = Field(default_factory=list)


def lees_aanvraag(aanvraag: Productaanvraag, *, verzoektype: str, rsin: str) -> VerzoekIn:
    """Het verzoek voor de Verzoeken API, van dit verzoektype (URL); documenten worden URN's van deze gemeente."""
    zaak = aanvraag.zaakgegevens or Zaakgegevens()
    return VerzoekIn(
        verzoek_type=verzoektype,
        aanvraag_gegevens=aanvraag.aanvraaggegevens,
        verzoek_taal=TALEN.get(aanvraag.taal, "nl"),
        initiator=_urn(aanvraag, "initiator"),
        mede_initiator=_urn(aanvraag, "mede_initiator"),
        is_gerelateerd_aan=[IsGerelateerdAan(urn=urn_zaak(rsin, zaak.identificatie))] if zaak.identificatie else [],
        kanaal=zaak.communicatiekanaal[:200],
        geometrie=aanvraag.geometry,
        verzoek_informatie_object=_document(rsin, aanvraag.pdf) if aanvraag.pdf else "",
        bijlagen=[Bijlage(informatie_object=_document(rsin, url)) for url in (*aanvraag.bijlagen, aanvraag.csv) if url],
        verzoek_bron=VerzoekBron(naam=aanvraag.bron.naam[:100], kenmerk=aanvraag.bron.kenmerk[:255]),
        verzoek_betaling=_betaling(aanvraag.betaling),
    )


def schrijf_aanvraag(verzoek: VerzoekUit, *, soort: str, document_url: Callable[[UUID], str]) -> dict[str, Any]:
    """`record.data` voor een verzoek; `soort` is de naam van het verzoektype, `document_url` geeft het adres van een document."""
    bron = verzoek.verzoek_bron or VerzoekBron()
    zaken = [nummer for deel in verzoek.is_gerelateerd_aan if (nummer := ontleed(deel.urn)["zaaknummer"])]
    uit = Productaanvraag(
        bron=Bron(naam=bron.naam or "Verzoeken API", kenmerk=bron.kenmerk or str(verzoek.uuid)),
        type=soort,
        aanvraaggegevens=verzoek.aanvraag_gegevens,
        taal=TERUG.get(verzoek.verzoek_taal, "nld"),
        zaakgegevens=Zaakgegevens(identificatie=next(iter(zaken), ""), communicatiekanaal=verzoek.kanaal),
        betrokkenen=[
            *_betrokkene(verzoek.initiator, "initiator"),
            *_betrokkene(verzoek.mede_initiator, "mede_initiator"),
        ],
        geometry=verzoek.geometrie,
        pdf=_adres(verzoek.verzoek_informatie_object, document_url),
        bijlagen=[adres for deel in verzoek.bijlagen if (adres := _adres(deel.informatie_object, document_url))],
    )
    kaal = uit.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"type": soort}
    betaald = verzoek.verzoek_betaling
    return kaal | ({"betaling": _betaald(betaald)} if betaald and betaald.bedrag is not None else {})


def _urn(aanvraag: Productaanvraag, rol: str) -> str:
    gevonden = next((deel for deel in aanvraag.betrokkenen if deel.rol_omschrijving_generiek == rol), None)
    if gevonden is None:
        return ""
    if gevonden.inp_bsn:
        return urn_bsn(gevonden.inp_bsn)
    kvk = gevonden.kvk_nummer or gevonden.inn_nnp_id
    return urn_kvk(kvk, gevonden.vestigings_nummer) if kvk else ""


def _betrokkene(urn: str, rol: Literal["initiator", "mede_initiator"]) -> list[Betrokkene]:
    delen = ontleed(urn) if urn else None
    if delen is None or not (delen["bsn"] or delen["kvknummer"]):
        return []
    velden = {"inp_bsn": delen["bsn"], "kvk_nummer": delen["kvknummer"], "vestigings_nummer": delen["vestigingsnummer"]}
    return [Betrokkene(rol_omschrijving_generiek=rol, **velden)]


def _betaling(betaling: Betaling | None) -> VerzoekBetaling | None:
    if betaling is None:
        return None
    return VerzoekBetaling(
        provider_kenmerk=betaling.kenmerk[:100],
        bedrag=betaling.bedrag,
        voltooid=betaling.status == GESLAAGD,
        transactie_datum=betaling.transactiedatumtijd,
        transactie_referentie=betaling.transactie_id[:100],
    )


def _betaald(betaling: VerzoekBetaling) -> dict[str, Any]:
    moment = betaling.transactie_datum
    return {
        "kenmerk": betaling.provider_kenmerk,
        "bedrag": float(betaling.bedrag or 0),
        "status": GESLAAGD if betaling.voltooid else "in_behandeling",
        "transactieId": betaling.transactie_referentie,
        **({"transactiedatumtijd": moment.isoformat()} if moment else {}),
    }


def _document(rsin: str, url: str) -> str:
    return urn_uuid(rsin, DOCUMENT, url.partition("?")[0].rstrip("/").rpartition("/")[2])


def _adres(urn: str, document_url: Callable[[UUID], str]) -> str:
    uuid = ontleed(urn)["uuid"] if urn else ""
    return document_url(UUID(uuid)) if uuid else ""
