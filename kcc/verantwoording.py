"""Verantwoorden wat een medewerker opzoekt: per betrokkene een regel in het verwerkingenlogboek, per handeling een auditregel."""

from collections.abc import Iterator
from contextlib import contextmanager

from kcc.bronnen import bronnen
from kern import ldv
from kern.ldv import LopendeVerwerking

ACTIVITEIT = "urn:dienstverlening:verwerking:klantcontact"


@contextmanager
def verantwoord(naam: str, onderwerp: str, betrokkene: ldv.Betrokkene | None = None) -> Iterator[LopendeVerwerking]:
    """Leg gebruik van gegevens vast. `onderwerp` is een verwijzing zonder persoonsnummer; beide regels delen hun trace-id.

    Wie het was staat alleen in de auditregel, over wie het ging alleen (versleuteld) in het verwerkingenlogboek.
    """
    bron = bronnen()
    ldv.audit(bron.installatie, bron.identiteit, naam, onderwerp)
    with ldv.verwerking(bron.installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=betrokkene) as lopend:
        yield lopend
