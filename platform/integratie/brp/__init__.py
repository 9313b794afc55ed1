"""BRP Personen bevragen (landelijke API, 2.7): één getypeerde client met de gegevens van die API.

Fouten: `BrpFout` (een `ApiFout`)
    `BrpOnbereikbaar`    geen verbinding, te laat, of een fout aan hun kant: later opnieuw
    `BrpGeweigerd`       onze sleutel of autorisatie deugt niet
    `BrpVraagOnjuist`    onze vraag klopt niet (`fouten` noemt wat)
        `BrpTeVeel`      meer personen gevonden dan de BRP teruggeeft: vraag om meer gegevens
    `BrpAntwoordOnjuist` het antwoord heeft niet de vorm van de standaard
"""

from integratie.brp.client import (
    BrpAntwoordOnjuist,
    BrpClient,
    BrpFout,
    BrpGeweigerd,
    BrpOnbereikbaar,
    BrpTeVeel,
    BrpVraagOnjuist,
    Doelbinding,
    maak_brp_client,
)
from integratie.brp.schemas import Persoon, PersoonBeperkt

__all__ = [
    "BrpAntwoordOnjuist",
    "BrpClient",
    "BrpFout",
    "BrpGeweigerd",
    "BrpOnbereikbaar",
    "BrpTeVeel",
    "BrpVraagOnjuist",
    "Doelbinding",
    "Persoon",
    "PersoonBeperkt",
    "maak_brp_client",
]
