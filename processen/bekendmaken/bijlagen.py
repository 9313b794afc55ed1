"""De bijlagen van een bekendmaking: alleen wat iedereen mag zien, en niet meer of groter dan in het blad past."""

from collections.abc import Iterable, Iterator
from typing import Final

from contracten import BekendmakingGeweigerd, Bijlage
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from kern.installatie import Installatie

NAMENS: Final = "processen"
MB: Final = 1024 * 1024
MEESTE: Final = 20
GROOTSTE: Final = 20 * MB
SAMEN: Final = 50 * MB
OPENBAAR: Final = "openbaar"


def lees_bijlagen(installatie: Installatie, urls: Iterable[str]) -> tuple[Bijlage, ...]:
    """De bijlagen als verwijzing; `BekendmakingGeweigerd` met de reden als er een niet mee kan."""
    client = DocumentenClient(installatie, namens=NAMENS)
    documenten = [client.document(url) for url in urls]
    bezwaren = list(_bezwaren(documenten))
    if bezwaren:
        raise BekendmakingGeweigerd(" ".join(bezwaren))
    return tuple(_bijlage(document) for document in documenten)


def _bijlage(document: DocumentUit) -> Bijlage:
    naam, formaat = document.bestandsnaam or "document.pdf", document.formaat or "application/pdf"
    return Bijlage(document.url, naam, formaat, document.titel)


def _bezwaren(documenten: list[DocumentUit]) -> Iterator[str]:
    if len(documenten) > MEESTE:
        yield f"Er zijn {len(documenten)} bijlagen; hoogstens {MEESTE} kunnen mee."
    for document in documenten:
        if document.vertrouwelijkheidaanduiding != OPENBAAR:
            yield f"Bijlage “{document.titel}” is niet openbaar."
        if (document.bestandsomvang or 0) > GROOTSTE:
            yield f"Bijlage “{document.titel}” is groter dan {GROOTSTE // MB} MB."
    if sum(document.bestandsomvang or 0 for document in documenten) > SAMEN:
        yield f"De bijlagen zijn samen groter dan {SAMEN // MB} MB."
