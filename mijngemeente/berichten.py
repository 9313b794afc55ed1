"""Berichten aan mij: alleen wat al gepubliceerd is, nieuwste eerst."""

from typing import Any

from integratie.berichten.schemas import BerichtUit
from integratie.urn import ontleed
from mijngemeente.bladeren import Bladzijde
from mijngemeente.bronnen import Bronnen


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


def zaaknummer_van(bericht: BerichtUit) -> str:
    """Het nummer van de zaak waar het bericht over gaat, of leeg."""
    return next((nummer for deel in bericht.is_gerelateerd_aan if (nummer := ontleed(deel.urn)["zaaknummer"])), "")


def _van_mij(bron: Bronnen) -> dict[str, Any]:
    return {"ontvanger": bron.ik.urn, "publicatiedatum__lte": bron.installatie.klok.nu().isoformat()}
