"""De Besluiten API 1.1 (BRC): besluiten en de documenten waarin ze vastliggen."""

from kern.installatie import Installatie
from kern.outbox import Verwerker
from kit.deel import registratiedeel
from kit.spiegelen import spiegel_verwerkers
from registraties.besluiten.archief import archief_verwerkers
from registraties.besluiten.bronnen import BESLUITEN
from registraties.besluiten.modellen import Basis
from registraties.besluiten.verwerken import terugdraai_verwerkers


def _verwerkers(installatie: Installatie) -> list[Verwerker]:
    return [
        *spiegel_verwerkers(BESLUITEN)(installatie),
        *archief_verwerkers(installatie),
        *terugdraai_verwerkers(installatie),
    ]


deel = registratiedeel(BESLUITEN, Basis.metadata, _verwerkers)

__all__ = ["deel"]
