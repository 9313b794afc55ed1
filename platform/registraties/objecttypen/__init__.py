"""De Objecttypen API: welke soorten objecten er zijn, met per versie een JSON Schema."""

from kit.deel import registratiedeel
from registraties.objecttypen.bronnen import OBJECTTYPEN
from registraties.objecttypen.modellen import Basis

deel = registratiedeel(OBJECTTYPEN, Basis.metadata)

__all__ = ["deel"]
