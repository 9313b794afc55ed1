"""De Zaken API 1.7 (ZRC): zaken met hun statussen, rollen, resultaat, eigenschappen en documenten."""

from kern.installatie import Installatie
from kern.outbox import Verwerker
from kit.deel import registratiedeel
from kit.spiegelen import spiegel_verwerkers
from registraties.zaken.afsluiten import archief_verwerkers
from registraties.zaken.bronnen import ZAKEN
from registraties.zaken.modellen import Basis
from registraties.zaken.samengesteld import terugdraai_verwerkers


def _verwerkers(installatie: Installatie) -> list[Verwerker]:
    return [
        *spiegel_verwerkers(ZAKEN)(installatie),
        *archief_verwerkers(installatie),
        *terugdraai_verwerkers(installatie),
    ]


deel = registratiedeel(ZAKEN, Basis.metadata, _verwerkers)

__all__ = ["deel"]
