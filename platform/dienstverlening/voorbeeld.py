"""De voorbeeldgemeente van de demo: de meegeleverde lijsten en procespakketten, en de afdelingen van haar medewerkers."""

from collections.abc import Sequence
from importlib.resources import as_file, files

from kcc.afdelingen import zet_afdelingen
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket, staat_er_al
from registraties.referentielijsten.laden import laad_als_leeg

PAKKETTEN = (
    "bouwstenen",
    "toeristische-verhuur",
    "melding-openbare-ruimte",
    "klacht",
    "evenementenvergunning",
    "parkeervergunning",
    "woo-verzoek",
    "inkomensloket",
    "bezwaar",
)
# De groepen van de medewerkers op de simulator, met hun naam.
AFDELINGEN = {
    "vergunningen": "Vergunningen",
    "wonen": "Wonen",
    "handhaving": "Handhaving",
    "informatiebeheer": "Informatiebeheer",
    "klantcontactcentrum": "Klantcontactcentrum",
    "reiniging": "Reiniging",
    "wegen": "Wegen",
    "groen": "Groen",
    "verlichting": "Openbare verlichting",
    "water": "Riool en water",
    "parkeren": "Parkeren",
    "inkomen": "Inkomen",
    "juridisch": "Juridische zaken",
    "bezwaarcommissie": "Bezwaarcommissie",
    "klachten": "Klachten",
    "klachtencommissie": "Klachtencommissie",
    "woo": "Openbaarheid (Woo)",
}


def laad_voorbeeld(installatie: Installatie, pakketten: Sequence[str] = PAKKETTEN) -> None:
    """Installeer de meegeleverde pakketten (of een keuze daaruit) en zorg voor de afdelingen; wat er al staat, blijft zoals het is."""
    laad_als_leeg(installatie)
    zet_afdelingen(installatie, AFDELINGEN)
    motor = maak_motor(installatie)
    for naam in pakketten:
        with as_file(files("processen") / "procespakketten" / naam) as map_:
            pakket = lees_pakket(map_)
        if not staat_er_al(installatie, pakket):
            installeer(installatie, motor, pakket, door="demo")
