"""Berichten aan mij: alleen wat al gepubliceerd is, nieuwste eerst."""

from dataclasses import dataclass
from typing import Any

from integratie.basis import ApiFout
from integratie.berichten.schemas import BerichtUit
from integratie.documenten.schemas import DocumentUit
from integratie.urn import ontleed
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import Bronnen
from mijngemeente.documenten import naam_van


def lees_berichten(bron: Bronnen, bladzijde: Bladzijde, **criteria: Any) -> tuple[list[BerichtUit], int]:
    """Eén bladzijde en het totaal; `isGerelateerdAan` beperkt tot één zaak, `geopendOp__isnull` tot ongelezen."""
    zoek = {**_van_mij(bron), "ordering": "-publicatiedatum", **criteria}
    pagina = bron.berichten.zoek_berichten(zoek, **bladzijde.params)
    return pagina.results, pagina.count


def aantal_ongelezen(bron: Bronnen) -> int:
    """Voor de teller in het menu."""
    return bron.berichten.zoek_berichten({**_van_mij(bron), "geopendOp__isnull": True}, pageSize=1).count


def open_bericht(bron: Bronnen, bericht: BerichtUit) -> None:
    """Onthoud wanneer het bericht voor het eerst geopend is."""
    if bericht.geopend_op is None:
        bron.berichten.markeer_geopend(bericht.url, bron.installatie.klok.nu())


@dataclass(frozen=True)
class Bijlage:
    """Een bijlage van een bericht. `grootte` is leeg als de Documenten API niet antwoordt."""

    document: str
    naam: str
    grootte: int | None = None


def lees_bijlagen(bron: Bronnen, bericht: BerichtUit) -> list[Bijlage]:
    """De bijlagen met hun hele naam, in één aanroep: de omschrijving in het bericht zelf is hoogstens 40 tekens."""
    ids = [ontleed(bijlage.informatie_object)["uuid"] for bijlage in bericht.bijlagen]
    try:
        gevonden = bron.documenten.zoek_documenten(uuid__in=ids).results if ids else []
    except ApiFout:
        gevonden = []
    bekend = {document.url.rpartition("/")[2]: document for document in gevonden}
    return [
        _bijlage(id_, bijlage.omschrijving, bekend.get(id_)) for id_, bijlage in zip(ids, bericht.bijlagen, strict=True)
    ]


def _bijlage(id_: str, omschrijving: str, document: DocumentUit | None) -> Bijlage:
    if document is None:
        return Bijlage(id_, omschrijving)
    return Bijlage(id_, naam_van(document.titel, document.bestandsnaam), document.bestandsomvang)


def zaaknummer_van(bericht: BerichtUit) -> str:
    """Het nummer van de zaak waar het bericht over gaat, of leeg."""
    return next((nummer for deel in bericht.is_gerelateerd_aan if (nummer := ontleed(deel.urn)["zaaknummer"])), "")


def _van_mij(bron: Bronnen) -> dict[str, Any]:
    return {"ontvanger": bron.ik.urn, "publicatiedatum__lte": bron.installatie.klok.nu().isoformat()}
