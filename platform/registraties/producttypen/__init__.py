"""De Producttypen API: wat de gemeente aan producten en diensten biedt."""

from kit.deel import registratiedeel
from registraties.producttypen.bronnen import PRODUCTTYPEN
from registraties.producttypen.modellen import Basis

deel = registratiedeel(PRODUCTTYPEN, Basis.metadata)

__all__ = ["deel"]
