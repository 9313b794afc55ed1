"""
Sjablonen van brieven, e-mails en berichten: beperkte HTML (of een ODT- of DOCX-bestand) met FEEL, en verder geen logica.

    {"soort": "brief", "onderwerp": {"nl": "…"}, "inhoud": {"nl": "<p data-als='bedrag > 0'>U betaalt {{ bedrag }} euro.</p>"},
     "velden": {"bedrag": 12.5}}

`velden` noemt de velden die de aanroeper invult, elk met een voorbeeldwaarde; `VASTE_VELDEN` zijn er altijd. Een uitdrukking met een ander
veld wordt geweigerd, bij het nakijken en bij het invullen.

    controleer(sjabloon)        -> alle problemen, met plek (nakijken voor het bewaren)
    opgeschoond(sjabloon)       -> hetzelfde sjabloon zonder wat niet mag (zo wordt het bewaard)
    vul(sjabloon, gegevens)     -> onderwerp, HTML en platte tekst; `SjabloonFout` noemt sjabloon en veld
    voorbeeldgegevens(sjabloon) -> waarden om een voorbeeld mee te maken
"""

from formuliermotor.sjablonen.controle import Probleem, Sjabloon, controleer, opgeschoond, voorbeeldgegevens
from formuliermotor.sjablonen.invullen import Gevuld, platte_tekst, vul
from formuliermotor.sjablonen.uitdrukkingen import SjabloonFout, als_tekst
from formuliermotor.sjablonen.velden import VASTE_VELDEN

__all__ = [
    "VASTE_VELDEN",
    "Gevuld",
    "Probleem",
    "Sjabloon",
    "SjabloonFout",
    "als_tekst",
    "controleer",
    "opgeschoond",
    "platte_tekst",
    "voorbeeldgegevens",
    "vul",
]
