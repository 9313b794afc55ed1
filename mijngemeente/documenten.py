"""Welke documenten van een zaak iemand mag zien, en hoe hij ze krijgt."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from flask import Response, stream_with_context

from integratie.documenten.schemas import DocumentUit
from mijngemeente.bronnen import bronnen

TE_ZIEN = ("openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk")
AF = ("definitief", "gearchiveerd")
_ONVEILIG = re.compile(r'[\x00-\x1f"\\/]')


def zichtbare_documenten(zaak: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """De documenten van een (uitgeklapte) zaak die haar initiator mag zien, nieuwste eerst."""
    koppelingen = zaak["_expand"].get("zaakinformatieobjecten", [])
    documenten = (deel.get("_expand", {}).get("informatieobject") for deel in koppelingen)
    gevonden = [document for document in documenten if document and mag_zien(document)]
    yield from sorted(gevonden, key=lambda document: str(document["beginRegistratie"]), reverse=True)


def mag_zien(document: Mapping[str, Any]) -> bool:
    """Niet geheimer dan zaakvertrouwelijk, en af of (zoals wat iemand zelf instuurde) bedoeld voor de initiator."""
    af = document["status"] in AF or document.get("tonenAanInitiator", False)
    return bool(af and document["vertrouwelijkheidaanduiding"] in TE_ZIEN)


def naam_van(titel: str, bestandsnaam: str) -> str:
    """De titel als bestandsnaam, met de extensie van het bestand."""
    extensie = PurePosixPath(bestandsnaam).suffix
    return titel if not extensie or titel.lower().endswith(extensie.lower()) else f"{titel}{extensie}"


def download(document: DocumentUit) -> Response:
    """Het bestand, stromend en altijd als bijlage: wat iemand uploadde draait nooit in onze pagina's."""
    naam = _ONVEILIG.sub("", naam_van(document.titel, document.bestandsnaam)) or "document"
    koppen = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(naam)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    if document.bestandsomvang is not None:
        koppen["Content-Length"] = str(document.bestandsomvang)
    inhoud = stream_with_context(bronnen().documenten.inhoud(document))
    return Response(inhoud, content_type=document.formaat or "application/octet-stream", headers=koppen)
