"""De inhoud van een bijlage: wie verstuurt haalt haar zelf op, in delen."""

from collections.abc import Iterator

from contracten import Bijlage
from integratie.documenten import DocumentenClient
from kern.installatie import Installatie

NAMENS = "verzenden"


def inhoud_van(installatie: Installatie, bijlage: Bijlage) -> Iterator[bytes]:
    """De bytes van het document, in delen."""
    client = DocumentenClient(installatie, namens=NAMENS)
    return client.inhoud(client.document(bijlage.document))
