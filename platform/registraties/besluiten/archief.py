"""De datums van een besluit kunnen de archiefdatum van zijn zaak bepalen (zrc-021): de Zaken API hoort het als zij wijzigen."""

from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import Connection

from integratie.basis import ApiFout
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kit import Wijziging

log = structlog.get_logger()
VERWERKER = "archief.besluiten"


def vertel_de_zaak(w: Wijziging[Any]) -> None:
    """Gevolg: bij een andere ingangs- of vervaldatum bepaalt de Zaken API de archiefdatum van een gesloten zaak opnieuw."""
    zaak = (w.oud or {}).get("zaak")
    if zaak and (w.verandert("ingangsdatum") or w.verandert("vervaldatum")):
        plaats(w.omgeving.installatie, w.verbinding, VERWERKER, {"zaak": zaak}, sleutel=zaak)


def archief_verwerkers(_installatie: Installatie) -> list[Verwerker]:
    """Voor het `Deel`: wie de Zaken API vraagt de archiefdatum opnieuw te bepalen. Een Zaken API van een ander kan dat zelf."""

    def doe(installatie: Installatie, werk: Werk) -> Callable[[Connection], None] | None:
        zaken = ZakenClient(installatie, namens="besluiten")
        try:
            zaken.herbereken_archief(installatie.diensten.naar_url(werk.inhoud["zaak"]))
        except ApiFout as fout:
            if fout.status >= 500:  # noqa: PLR2004  # een storing: later nog eens
                raise
            log.info("archief niet opnieuw bepaald", fout=str(fout))
        return None

    return [Verwerker(VERWERKER, buiten=doe)]
