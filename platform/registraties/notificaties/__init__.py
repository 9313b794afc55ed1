"""De Notificaties API 1.0.1 (NRC): kanalen, abonnementen en het afleveren van berichten."""

from kit.deel import registratiedeel
from registraties.notificaties.afleveren import aflevering_verwerker
from registraties.notificaties.bronnen import NOTIFICATIES
from registraties.notificaties.modellen import Basis

deel = registratiedeel(NOTIFICATIES, Basis.metadata, lambda _installatie: [aflevering_verwerker()])

__all__ = ["deel"]
