"""De keuring van elke brief, op de PDF zelf: titel, taal, tags, volgorde van koppen, tekst bij beelden, geen lege plek.

Dit toont wat er in het bestand staat. Of de hele norm (PDF/A-3a, PDF/UA) klopt zegt alleen een validator; zie docs/recht.md.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from formuliermotor.sjablonen.uitdrukkingen import REST

DIEPSTE: Final = 60


class BriefFout(Exception):
    """De brief heeft een gebrek en wordt niet bewaard. De tekst noemt elk gebrek, zonder inhoud van de brief."""


def keur_brief(pdf: bytes, *, titel: str, taal: str, tekst: str | None = None) -> None:
    """`BriefFout` met alle gebreken tegelijk."""
    gebreken = list(gebreken_van(pdf, titel=titel, taal=taal, tekst=tekst))
    if gebreken:
        raise BriefFout("; ".join(gebreken))


def gebreken_van(pdf: bytes, *, titel: str, taal: str, tekst: str | None = None) -> Iterator[str]:
    """Elk gebrek van een brief, in gewone taal. Wie de `tekst` al heeft geeft haar mee: haar uit de PDF halen kost 20 ms."""
    lezer = pypdf.PdfReader(BytesIO(pdf))
    wortel: Any = lezer.root_object
    if not titel or lezer.metadata is None or lezer.metadata.title != titel:
        yield "de titel ontbreekt"
    if not (wortel.get("/ViewerPreferences") or {}).get("/DisplayDocTitle"):
        yield "de titel staat niet in de titelbalk"
    if wortel.get("/Lang") != taal:
        yield f"de taal is niet {taal}"
    if not (wortel.get("/MarkInfo") or {}).get("/Marked") or "/StructTreeRoot" not in wortel:
        yield "de tags voor schermlezers ontbreken"
        return
    elementen = list(_elementen(wortel["/StructTreeRoot"]))
    yield from _koppen([soort for soort, _ in elementen])
    if any(soort == "Figure" and not element.get("/Alt") for soort, element in elementen):
        yield "een afbeelding heeft geen tekst"
    if REST.search("".join(pagina.extract_text() for pagina in lezer.pages) if tekst is None else tekst):
        yield "er staat een niet ingevulde plek in"


def _koppen(soorten: list[str]) -> Iterator[str]:
    niveaus = [int(soort[1:]) for soort in soorten if soort[:1] == "H" and soort[1:].isdecimal()]
    if niveaus.count(1) != 1 or niveaus[0] != 1:
        yield "er is niet precies één hoofdkop, vooraan"
    if any(na > voor + 1 for voor, na in pairwise(niveaus)):
        yield "de koppen slaan een niveau over"


def _elementen(knoop: Any, diepte: int = 0) -> Iterator[tuple[str, DictionaryObject]]:
    """Alle elementen van de structuurboom, in leesvolgorde."""
    kinderen = knoop.get("/K") if diepte < DIEPSTE else None
    for kind in kinderen if isinstance(kinderen, ArrayObject) else [kinderen]:
        deel = kind.get_object() if isinstance(kind, IndirectObject) else kind
        if isinstance(deel, DictionaryObject) and "/S" in deel:
            yield str(deel["/S"])[1:], deel
            yield from _elementen(deel, diepte + 1)
