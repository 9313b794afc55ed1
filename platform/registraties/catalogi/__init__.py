"""De Catalogi API 1.3 (ZTC): zaaktypen, besluittypen en documenttypen, met hun versies."""

from kit.deel import registratiedeel
from registraties.catalogi.bronnen import CATALOGI
from registraties.catalogi.modellen import Basis

deel = registratiedeel(CATALOGI, Basis.metadata)

__all__ = ["deel"]
