"""De Berichten API: berichten aan inwoners en ondernemers in MijnGemeente."""

from kit.deel import registratiedeel
from registraties.berichten.bronnen import BERICHTEN
from registraties.berichten.modellen import Basis

deel = registratiedeel(BERICHTEN, Basis.metadata)

__all__ = ["deel"]
