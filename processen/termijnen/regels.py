"""Welke wettelijke termijn bij welk soort verzoek hoort. Waar de wet een keuze laat, geeft het zaaktype de waarde."""

from dataclasses import dataclass, replace
from typing import Literal

Begin = Literal["ontvangst", "bezwaartermijn"]
REDELIJK = "redelijk"


@dataclass(frozen=True)
class Termijnregels:
    """Wat er voor de beslistermijn van één zaak geldt.

    `duur`, `streefduur` en `verdaging` zijn ISO 8601-duren; leeg betekent dat er geen is. `verdaging` is het langste dat mag, of
    `redelijk` als de wet geen maximum noemt. De termijn begint op de dag na `begin`: de ontvangst, of het einde van de
    bezwaartermijn (Awb 7:10). `dwangsom`: Awb 4:17 geldt. `van_rechtswege`: wie niet op tijd
    beslist, heeft verleend (Awb 4:20b, alleen waar een wettelijk voorschrift dat zegt). `derden_horen`: wie anderen om een zienswijze
    vraagt, schort de termijn op (Woo 4.4, derde lid; de Awb kent dat niet).
    """

    duur: str
    grondslag: str
    begin: Begin = "ontvangst"
    verdaging: str = ""
    verdaging_grondslag: str = ""
    streefduur: str = ""
    dwangsom: bool = False
    van_rechtswege: bool = False
    derden_horen: bool = False


SOORTEN: dict[str, Termijnregels] = {
    "aanvraag": Termijnregels(
        "P8W", "Awb 4:13", verdaging=REDELIJK, verdaging_grondslag="Awb 4:14, derde lid", dwangsom=True
    ),
    "bezwaar": Termijnregels(
        "P6W", "Awb 7:10, eerste lid", "bezwaartermijn", "P6W", "Awb 7:10, derde lid", dwangsom=True
    ),
    "bezwaar met commissie": Termijnregels(
        "P12W", "Awb 7:10, eerste lid, en 7:13", "bezwaartermijn", "P6W", "Awb 7:10, derde lid", dwangsom=True
    ),
    "klacht": Termijnregels("P6W", "Awb 9:11, eerste lid", verdaging="P4W", verdaging_grondslag="Awb 9:11, tweede lid"),
    "klacht met commissie": Termijnregels(
        "P10W", "Awb 9:11, eerste lid", verdaging="P4W", verdaging_grondslag="Awb 9:11, tweede lid"
    ),
    "woo-verzoek": Termijnregels(
        "P4W", "Woo 4.4, eerste lid", verdaging="P2W", verdaging_grondslag="Woo 4.4, tweede lid", derden_horen=True
    ),
    "uitgebreide procedure": Termijnregels(
        "P6M", "Awb 3:18, eerste lid", verdaging=REDELIJK, verdaging_grondslag="Awb 3:18, tweede lid", dwangsom=True
    ),
    "melding": Termijnregels("", ""),
    "aangifte": Termijnregels("", ""),
    "overig": Termijnregels("", ""),
}
"""De regels van de wet per soort verzoek. Op een Woo-besluit is de dwangsom niet van toepassing (Woo 8.2)."""


def regels_voor(soort: str, *, duur: str = "", grondslag: str = "", **anders: str | bool) -> Termijnregels:
    """De regels van een soort verzoek, met wat het zaaktype (een wet of verordening) anders bepaalt.

    Een termijn uit een wettelijk voorschrift is alleen te verdagen als dat voorschrift het zegt: de mededeling van Awb 4:14, eerste
    lid, verlengt haar niet. `ValueError` bij een onbekende soort, en bij een eigen duur zonder grondslag.
    """
    if soort not in SOORTEN:
        raise ValueError(f"Onbekende soort verzoek: {soort}. Kies uit {', '.join(SOORTEN)}.")
    if duur and not grondslag:
        raise ValueError("Een eigen termijn heeft een grondslag nodig: welk artikel bepaalt haar?")
    eigen = {"duur": duur, "grondslag": grondslag, "verdaging": "", "verdaging_grondslag": ""} if duur else {}
    return replace(SOORTEN[soort], **eigen | anders)  # type: ignore[arg-type]  # de velden zijn tekst of waar/onwaar
