"""De Zaken API 1.7 (ZRC): zaken met hun statussen, rollen, resultaat, eigenschappen en documenten."""

from kit.deel import registratiedeel
from kit.spiegelen import spiegel_verwerkers
from registraties.zaken.bronnen import ZAKEN
from registraties.zaken.modellen import Basis

deel = registratiedeel(ZAKEN, Basis.metadata, spiegel_verwerkers(ZAKEN))

__all__ = ["deel"]
