"""De Besluiten API 1.1 (BRC): besluiten en de documenten waarin ze vastliggen."""

from kit.deel import registratiedeel
from kit.spiegelen import spiegel_verwerkers
from registraties.besluiten.bronnen import BESLUITEN
from registraties.besluiten.modellen import Basis

deel = registratiedeel(BESLUITEN, Basis.metadata, spiegel_verwerkers(BESLUITEN))

__all__ = ["deel"]
