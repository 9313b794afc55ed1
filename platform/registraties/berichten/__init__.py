"""De Berichten API: berichten aan inwoners en ondernemers in MijnGemeente."""

from kit.deel import registratiedeel
from registraties.berichten.bronnen import BERICHTEN
from registraties.berichten.modellen import Basis
from registraties.berichten.publiceren import verwerkers

deel = registratiedeel(BERICHTEN, Basis.metadata, verwerkers)

__all__ = ["deel"]
