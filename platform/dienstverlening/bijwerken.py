"""Een installatie naar de versie van deze uitgave brengen: database, rechten van de eigen onderdelen, notificatiekanalen;
in de demo ook de voorbeeldgemeente.
"""

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from dienstverlening.voorbeeld import laad_voorbeeld
from kern.instellingen import Instellingen


def werk_installatie_bij(instellingen: Instellingen) -> None:
    """Mag bij elke start en in elk proces tegelijk; wat al klopt, blijft zoals het is."""
    werk_database_bij(instellingen)
    installatie = maak_platform(instellingen)
    try:
        richt_in(installatie)
        if instellingen.omgeving == "demo":
            laad_voorbeeld(installatie)
    finally:
        installatie.sluit()
