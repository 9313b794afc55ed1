"""De Klantinteracties API: partijen, hun contactgegevens, en elk contact met de gemeente."""

from kit.deel import registratiedeel
from registraties.klantinteracties.bronnen import KLANTINTERACTIES
from registraties.klantinteracties.modellen import Basis

deel = registratiedeel(KLANTINTERACTIES, Basis.metadata)

__all__ = ["deel"]
