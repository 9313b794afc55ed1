"""Keek een mens ernaar? Een besluit dat niet toekent mag niet automatisch genomen worden (AVG artikel 22; Awb 4:7 vraagt een afweging)."""

from typing import Any, Final

from contracten import Onherstelbaar, Opdracht
from integratie.basis import ApiFout
from plugins.hulp import clients

INWONER: Final = "inwoner"
NIET_GEVONDEN: Final = 404


def medewerker_besliste(opdracht: Opdracht[Any, Any]) -> bool:
    """Rondde een medewerker eerder in dit proces een taak af? Een klanttaak telt niet, en een taak die overgeslagen werd ook niet."""
    try:
        stappen = list(clients(opdracht).processen.geschiedenis(opdracht.instantie))
    except ApiFout as fout:
        if fout.status == NIET_GEVONDEN:
            return False
        raise
    return any(s.soort == "userTask" and s.uitkomst == "voltooid" and s.door not in ("", INWONER) for s in stappen)


def eis_medewerker(opdracht: Opdracht[Any, Any], wat: str) -> None:
    """`Onherstelbaar` als nog geen medewerker ernaar keek; een beheerder ziet dan een incident."""
    if not medewerker_besliste(opdracht):
        raise Onherstelbaar(
            f"{wat}: dat beslist een mens; zet in het proces een taak voor een medewerker voor deze stap"
        )
