"""De outbox: elk gevolg van een transactie is een rij in die transactie. Niets raakt kwijt, niets gebeurt stil dubbel.

    with installatie.db.schrijven() as verbinding:
        ...
        plaats(installatie, verbinding, "notificatie", {...}, sleutel=zaak_uuid)

RQ wekt de workers (één samengevoegde opdracht), de rijen zelf zijn de waarheid: na een FLUSHALL of kill -9 gaat het verder.
"""

from kern.outbox.afhandelen import Afhandelaar, Uitstel, Verwerker, Werk
from kern.outbox.plaatsen import intrekking, plaats, trek_in

__all__ = ["Afhandelaar", "Uitstel", "Verwerker", "Werk", "intrekking", "plaats", "trek_in"]
