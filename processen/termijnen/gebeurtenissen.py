"""Wat de termijn van een zaak raakt. Een gebeurtenis wordt nooit gewijzigd; wie zich vergiste, herroept haar met een nieuwe."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from integratie.termijnen.schemas import Gebeurtenissoort

Soort = Literal[Gebeurtenissoort, "herroepen"]

GRONDSLAGEN: dict[Soort, str] = {
    "aanvulling gevraagd": "Awb 4:5 en 4:15, eerste lid, onder a",
    "aangevuld": "Awb 4:15, eerste lid, onder a",
    "buitenland gevraagd": "Awb 4:15, eerste lid, onder b",
    "buitenland ontvangen": "Awb 4:15, eerste lid, onder b",
    "derden gevraagd": "Woo 4.4, derde lid",
    "derden gereageerd": "Woo 4.4, derde lid",
    "instemming": "Awb 4:15, tweede lid, onder a",
    "toerekenbaar": "Awb 4:15, tweede lid, onder b",
    "overmacht": "Awb 4:15, tweede lid, onder c",
    "overmacht voorbij": "Awb 4:15, vierde lid",
    "zienswijze gevraagd": "Awb 4:7 en 4:9",
    "zienswijze gegeven": "Awb 4:9",
    "ingebreke gesteld": "Awb 4:17, derde lid",
    "geen dwangsom": "Awb 4:17, zesde lid",
    "ingetrokken": "Awb 4:13",
}


@dataclass(frozen=True)
class Gebeurtenis:
    """Eén gebeurtenis op een dag.

    `tot`: de laatste dag waarvoor zij geldt (de hersteltermijn, de instemming). `duur` (ISO 8601): hoelang verdaagd is. `grondslag`:
    een ander artikel dan het gewone, bijvoorbeeld Awb 6:6 in bezwaar.
    """

    soort: Soort
    dag: date
    tot: date | None = None
    duur: str = ""
    reden: str = ""
    grondslag: str = ""

    def __post_init__(self) -> None:
        if self.tot is not None and self.tot < self.dag:
            raise ValueError(f"{self.soort}: {self.tot} ligt voor {self.dag}.")

    @property
    def artikel(self) -> str:
        """Het artikel waarop zij steunt."""
        return self.grondslag or GRONDSLAGEN.get(self.soort, "")
