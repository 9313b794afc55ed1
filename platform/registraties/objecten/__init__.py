"""De Objecten API: objecten van elk soort, met materiële en formele historie."""

from kit.deel import registratiedeel
from registraties.objecten.bronnen import OBJECTEN
from registraties.objecten.indexen import verwerkers
from registraties.objecten.modellen import Basis

deel = registratiedeel(OBJECTEN, Basis.metadata, verwerkers)

__all__ = ["deel"]
