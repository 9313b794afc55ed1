"""De schermen: werklijst en zoeken, een taak, een zaak en haar termijn."""

from processen.behandelen.schermen.bekendmaking import Bekendmakingschermen
from processen.behandelen.schermen.besluit import Besluitschermen
from processen.behandelen.schermen.herrekenen import Herrekenschermen
from processen.behandelen.schermen.intrekken import Intrekschermen
from processen.behandelen.schermen.lijst import Lijstschermen
from processen.behandelen.schermen.taak import Taakschermen
from processen.behandelen.schermen.termijn import Termijnschermen
from processen.behandelen.schermen.zaak import Zaakschermen

__all__ = [
    "Bekendmakingschermen",
    "Besluitschermen",
    "Herrekenschermen",
    "Intrekschermen",
    "Lijstschermen",
    "Taakschermen",
    "Termijnschermen",
    "Zaakschermen",
]
