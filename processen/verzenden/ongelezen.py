"""Wanneer een bericht dat niemand leest alsnog als brief gaat: een eigenschap van de aard van het bericht.

Wie een bericht krijgt waar een termijn aan hangt of dat zijn rechten raakt, moet het ook echt krijgen (Awb 2:10, 3:41). Een
ontvangstbevestiging of een bericht over de voortgang vraagt dat niet. Per zaaktype kan een pakket het anders zeggen (`[[papier]]`).
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from integratie.catalogi import CatalogiClient
from integratie.configuratie import PROCESPAKKET, Configuratie
from integratie.processen.schemas import Berichtaard
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.outbox import plaats
from processen.verzenden.api import ALSNOG
from processen.verzenden.portaal import PORTAAL

NAMENS: Final = "processen"
PRINT: Final = "print"
GRONDSLAG: Final[Mapping[Berichtaard, str]] = {
    "besluit": "Awb 3:41",
    "aanvulling": "Awb 4:5 en 4:15",
    "voornemen": "Awb 4:7 en 4:8",
    "verdaging": "Awb 4:14",
    "dwangsom": "Awb 4:17 en 4:18",
}
"""De aarden die de geadresseerde moeten bereiken, met het artikel dat het bericht zelf vraagt."""
MET_TERMIJN: Final[tuple[Berichtaard, ...]] = ("aanvulling", "voornemen")
"""Hier loopt een korte termijn om te antwoorden: een brief heeft alleen zin als die er ruim voor het einde is."""


def moet_aankomen(aard: Berichtaard) -> bool:
    """Vraagt de wet dat dit bericht de geadresseerde bereikt?"""
    return aard in GRONDSLAG


def dagen_van(installatie: Installatie, zaak: ZaakUit, aard: Berichtaard) -> int:
    """Na hoeveel dagen ongelezen dit bericht als brief gaat; 0 is nooit. Een regel van het zaaktype gaat voor de instelling."""
    regel = _regel(installatie, zaak, aard)
    if regel is not None:
        return int(regel["naOngelezenDagen"])
    instellingen = installatie.instellingen
    if not moet_aankomen(aard):
        return 0
    return (
        instellingen.brief_na_ongelezen_dagen_reactie if aard in MET_TERMIJN else instellingen.brief_na_ongelezen_dagen
    )


def _regel(installatie: Installatie, zaak: ZaakUit, aard: Berichtaard) -> Mapping[str, Any] | None:
    pakketten = Configuratie(installatie, namens=NAMENS).alle(PROCESPAKKET)
    regels = [regel for pakket in pakketten for regel in pakket.get("papier", ()) if regel["aard"] == aard]
    if not regels:
        return None
    soort = CatalogiClient(installatie, namens=NAMENS).type_bij_url(zaak.zaaktype).identificatie
    return next((regel for regel in regels if regel["zaaktype"] == soort), None)


def let_op_lezen(
    installatie: Installatie, verbinding: Connection, rij: Mapping[str, Any], kanalen: Sequence[str], dagen: int
) -> None:
    """Staat het bericht in MijnGemeente en ging er geen brief, kijk dan na zoveel dagen of het gelezen is."""
    if dagen and PORTAAL in kanalen and PRINT not in kanalen:
        vanaf = installatie.klok.nu() + timedelta(days=dagen)
        plaats(installatie, verbinding, ALSNOG, {"zending": str(rij["id"]), "ongelezen": True}, vanaf=vanaf)
