"""De Verzoeken API: wat iemand vroeg, los van het kanaal waarlangs en het proces waarin het behandeld wordt."""

from kit.deel import registratiedeel
from registraties.verzoeken.bronnen import VERZOEKEN
from registraties.verzoeken.modellen import Basis

deel = registratiedeel(VERZOEKEN, Basis.metadata)

__all__ = ["deel"]
