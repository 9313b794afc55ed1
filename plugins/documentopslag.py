"""Een document vinden of maken op een documentnummer dat vóór de eerste poging vaststaat, en het bij een zaak hangen."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from contracten import Onherstelbaar, Opdracht
from integratie.documenten.schemas import DocumentIn
from integratie.zaken.schemas import ZaakInformatieObjectIn
from plugins.hulp import bestaat_misschien_al, clients, gekozen, vandaag


def vind_of_maak(opdracht: Opdracht[Any, Any], gegevens: Callable[[], Mapping[str, Any]]) -> str:
    """De URL van het document van deze uitvoering. `gegevens` (met `inhoud` in bytes) wordt alleen gevraagd als het er nog niet is."""
    client, rsin = clients(opdracht).documenten, opdracht.installatie.instellingen.bronorganisatie
    nummer = f"DOC-{opdracht.uuid('document').hex[:20]}"
    gevonden = client.zoek_documenten(identificatie=nummer, bronorganisatie=rsin).results
    if gevonden:
        return gevonden[0].url
    document = _document(opdracht, nummer, gegevens())
    return client.maak_document(document, sleutel=opdracht.idempotentie("document")).url


def _document(opdracht: Opdracht[Any, Any], nummer: str, gegevens: Mapping[str, Any]) -> DocumentIn:
    instellingen, inhoud = opdracht.installatie.instellingen, gegevens["inhoud"]
    vast = {
        "identificatie": nummer,
        "bronorganisatie": instellingen.bronorganisatie,
        "creatiedatum": vandaag(opdracht),
        "auteur": instellingen.gemeente_naam,
        "status": "definitief",
        "taal": "nld",
        "informatieobjecttype": documenttype_van(opdracht),
        "bestandsomvang": len(inhoud),
        "indicatie_gebruiksrecht": False,
    }
    return DocumentIn.model_validate({**vast, **gegevens, "inhoud": b64encode(inhoud).decode()})


def documenttype_van(opdracht: Opdracht[Any, Any]) -> str:
    """De URL van het documenttype dat de stap noemt."""
    omschrijving, op, catalogi = gekozen(opdracht, "documenttype"), vandaag(opdracht), clients(opdracht).catalogi
    soort = catalogi.informatieobjecttype(omschrijving, op, _catalogus(opdracht)) or catalogi.informatieobjecttype(
        omschrijving, op
    )
    if soort is None:
        raise Onherstelbaar(f"documenttype '{omschrijving}' bestaat niet")
    return soort.url


def _catalogus(opdracht: Opdracht[Any, Any]) -> str:
    """De catalogus van de zaak waar het document bij komt: een andere kan een type met dezelfde naam hebben. Leeg zonder zaak."""
    zaak = getattr(opdracht.invoer, "zaak", "")
    return (
        clients(opdracht).catalogi.type_bij_url(clients(opdracht).zaken.zaak(zaak).zaaktype).catalogus if zaak else ""
    )


def koppel(opdracht: Opdracht[Any, Any], zaak: str, document: str) -> None:
    """Hang een document bij een zaak; hangt het er al, dan is dat goed."""
    koppeling = ZaakInformatieObjectIn(zaak=zaak, informatieobject=document)
    with bestaat_misschien_al():
        clients(opdracht).zaken.koppel_document(koppeling, sleutel=opdracht.idempotentie(f"koppel:{document}"))
