"""De Taken API: wat een inwoner, ondernemer of medewerker nog moet doen."""

from kit.deel import registratiedeel
from registraties.taken.bronnen import TAKEN
from registraties.taken.modellen import Basis
from registraties.taken.verlopen import verwerkers

deel = registratiedeel(TAKEN, Basis.metadata, verwerkers)

__all__ = ["deel"]
