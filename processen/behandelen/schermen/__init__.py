"""De schermen: werklijst en zoeken, een taak, een zaak."""

from processen.behandelen.schermen.lijst import Lijstschermen
from processen.behandelen.schermen.taak import Taakschermen
from processen.behandelen.schermen.zaak import Zaakschermen

__all__ = ["Lijstschermen", "Taakschermen", "Zaakschermen"]
