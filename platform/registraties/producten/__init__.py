"""De Producten API: wat iemand van de gemeente heeft, zoals een registratienummer of een vergunning."""

from kit.deel import registratiedeel
from registraties.producten.bronnen import PRODUCTEN
from registraties.producten.datums import verwerkers
from registraties.producten.modellen import Basis

deel = registratiedeel(PRODUCTEN, Basis.metadata, verwerkers)

__all__ = ["deel"]
