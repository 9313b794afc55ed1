"""`dienstverlening pakket`: procespakketten nakijken en installeren in de installatie van deze datamap."""

from collections.abc import Callable

from dienstverlening.opstarten import lees, met_motoren
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from processen.pakketten.opdrachten import maak_opdrachten


def _met_installatie(werk: Callable[[Installatie], None]) -> None:
    with met_motoren(lees()) as instellingen:
        installatie = maak_platform(instellingen)
        try:
            werk(installatie)
        finally:
            installatie.sluit()


pakket = maak_opdrachten(_met_installatie)
