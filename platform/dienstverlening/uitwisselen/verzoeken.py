"""Productaanvragen in de Objecten API overnemen als verzoek, en verzoeken daar uitschrijven."""

from uuid import UUID

from dienstverlening.uitwisselen.basis import Uitwisseling
from integratie.basis import ApiFout
from integratie.betrokkene import uit_urns
from integratie.objecten.schemas import ObjectUit
from integratie.verzoeken.productaanvraag import Productaanvraag, lees_aanvraag, schrijf_aanvraag
from integratie.verzoeken.schemas import VerzoekTypeUit, VerzoekUit

NIET_GEVONDEN = 404
AL_OVERGENOMEN = "unique"


def neem_over(uitwisseling: Uitwisseling, gevonden: ObjectUit) -> None:
    """Eén object wordt één verzoek, van het verzoektype met de naam die de aanvraag noemt; anders `LookupError`."""
    aanvraag = Productaanvraag.model_validate(gevonden.record.data)
    if _verzoek(uitwisseling, f"verzoeken/{gevonden.uuid}") is not None:  # dat schreven wij zelf
        return
    soort = uitwisseling.verzoeken.verzoektype(aanvraag.type)
    if soort is None:
        raise LookupError(f"er is geen verzoektype {aanvraag.type} voor object {gevonden.uuid}")
    nieuw = lees_aanvraag(aanvraag, verzoektype=soort.url, rsin=uitwisseling.rsin)
    if nieuw.verzoek_bron is not None and not nieuw.verzoek_bron.kenmerk:
        nieuw.verzoek_bron.kenmerk = str(gevonden.uuid)
    try:
        uitwisseling.verzoeken.dien_in(nieuw, sleutel=f"object-{gevonden.uuid}")
    except ApiFout as fout:
        if {deel.code for deel in fout.fouten} != {AL_OVERGENOMEN}:
            raise
    else:
        betrokkenen = uit_urns(nieuw.initiator, nieuw.mede_initiator)
        uitwisseling.verantwoord("Verzoek uit de Objecten API overgenomen", *betrokkenen)


def schrijf_uit(uitwisseling: Uitwisseling, url: str) -> None:
    """Een verzoek van onszelf als productaanvraag in de Objecten API, als dat is ingesteld."""
    objecttype = uitwisseling.instellingen.objecttype_productaanvraag
    if not (objecttype and uitwisseling.instellingen.objecten_uitschrijven):
        return
    verzoek = _verzoek(uitwisseling, url)
    if verzoek is None or _kwam_van_daar(uitwisseling, verzoek):
        return
    soort = uitwisseling.verzoeken.haal(verzoek.verzoek_type, VerzoekTypeUit)
    documenten = uitwisseling.installatie.diensten["documenten"].basis

    def document_url(uuid: UUID) -> str:
        return f"{documenten}/enkelvoudiginformatieobjecten/{uuid}"

    data = schrijf_aanvraag(verzoek, soort=soort.naam, document_url=document_url)
    uitwisseling.bewaar(verzoek.uuid, objecttype, data)
    uitwisseling.verantwoord("Verzoek in de Objecten API gezet", *uit_urns(verzoek.initiator, verzoek.mede_initiator))


def _kwam_van_daar(uitwisseling: Uitwisseling, verzoek: VerzoekUit) -> bool:
    """Is er al een object met deze bron? Dan kwam het verzoek daaruit."""
    bron = verzoek.verzoek_bron
    if bron is None or not bron.kenmerk:
        return False
    objecttype = uitwisseling.instellingen.objecttype_productaanvraag
    zoek = (f"bron__naam__exact__{bron.naam}", f"bron__kenmerk__exact__{bron.kenmerk}")
    gevonden = next(uitwisseling.objecten.objecten(objecttype, *zoek), None)
    return gevonden is not None and gevonden.uuid != verzoek.uuid


def _verzoek(uitwisseling: Uitwisseling, url: str) -> VerzoekUit | None:
    try:
        return uitwisseling.verzoeken.verzoek(url)
    except ApiFout as fout:
        if fout.status != NIET_GEVONDEN:
            raise
        return None
