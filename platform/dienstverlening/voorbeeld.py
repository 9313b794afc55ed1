"""De voorbeeldgemeente van de demo: de meegeleverde procespakketten, geïnstalleerd."""

from importlib.resources import as_file, files

from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket

PAKKETTEN = ("toeristische-verhuur",)


def laad_voorbeeld(installatie: Installatie) -> None:
    """Installeer de meegeleverde pakketten; wat er al staat, blijft zoals het is."""
    motor = maak_motor(installatie)
    for naam in PAKKETTEN:
        with as_file(files("processen") / "procespakketten" / naam) as map_:
            installeer(installatie, motor, lees_pakket(map_), door="demo")
