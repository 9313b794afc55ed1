"""Invullen en nalopen van de XML van een ODT of DOCX. Waarden gaan er altijd als tekst in; er wordt nooit code uit een sjabloon uitgevoerd."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from lxml import etree

from formuliermotor.sjablonen.uitdrukkingen import REGELEINDE, UITDRUKKING, Omgeving

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MARKERING: Final = re.compile(r"\s*\[\[\s*(als|elk)\s+(.+?)\s*\]\]\s?", re.DOTALL)
AANHALING: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "\u00a0": " "})
RUIMTE: Final = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Vorm:
    """De namen die een bestandssoort gebruikt. In een element uit `houd_gevuld` moet altijd een alinea blijven staan."""

    alineas: frozenset[str]
    eenheden: frozenset[str]
    houd_gevuld: frozenset[str] = frozenset()
    teksten: frozenset[str] | None = None
    breuk: str = ""

    def nieuwe_regel(self, tekst: str) -> list[etree._Element]:
        """Een regeleinde met de tekst erachter, zoals deze bestandssoort dat schrijft."""
        breuk = etree.Element(self.breuk)
        if self.teksten is None:
            breuk.tail = tekst
            return [breuk]
        achter = etree.Element(next(iter(self.teksten)))
        Stuk(achter, "text").zet(tekst)
        return [breuk, achter]


DOCX: Final = Vorm(frozenset({W + "p"}), frozenset({W + "tr"}), frozenset({W + "tc"}), frozenset({W + "t"}), W + "br")
ODT: Final = Vorm(
    frozenset({TEXT + "p", TEXT + "h"}), frozenset({TEXT + "list-item", TABLE + "table-row"}), breuk=TEXT + "line-break"
)


class Stuk(NamedTuple):
    """Een stuk tekst: dat van het element zelf, of wat er in de XML op volgt."""

    element: etree._Element
    plek: Literal["text", "tail"]

    def lees(self) -> str:
        return getattr(self.element, self.plek) or ""

    def zet(self, tekst: str) -> None:
        setattr(self.element, self.plek, tekst)
        if self.element.tag == W + "t":
            self.element.set(RUIMTE, "preserve")


def stukken(alinea: etree._Element, vorm: Vorm) -> list[Stuk]:
    """De stukken tekst van een alinea op volgorde, zonder die van alinea's erbinnen (een tekstvak)."""
    return list(_stukken(alinea, vorm))


def _stukken(element: etree._Element, vorm: Vorm) -> Iterator[Stuk]:
    if vorm.teksten is None or element.tag in vorm.teksten:
        yield Stuk(element, "text")
    for kind in element:
        if kind.tag not in vorm.alineas and isinstance(kind.tag, str):
            yield from _stukken(kind, vorm)
        if vorm.teksten is None:
            yield Stuk(kind, "tail")


def tekst_van(alinea: etree._Element, vorm: Vorm) -> str:
    """De tekst van een alinea."""
    return "".join(stuk.lees() for stuk in stukken(alinea, vorm))


def eenheden(wortel: etree._Element, vorm: Vorm) -> Iterator[etree._Element]:
    """Alle alinea's in een boom."""
    return (element for element in wortel.iter() if element.tag in vorm.alineas)


def als_feel(tekst: str) -> str:
    """Een uitdrukking zonder de gekrulde aanhalingstekens en vaste spaties die een tekstverwerker ervan maakt."""
    return tekst.translate(AANHALING)


def vul_boom(element: etree._Element, omgeving: Omgeving, vorm: Vorm) -> None:
    """Vul alles onder dit element in."""
    for kind in list(element):
        if kind.tag in vorm.alineas | vorm.eenheden and (gevonden := _markering(kind, vorm)):
            _voorwaarde_of_herhaling(kind, gevonden, omgeving, vorm)
        else:
            _vul(kind, omgeving, vorm)


def _vul(element: etree._Element, omgeving: Omgeving, vorm: Vorm) -> None:
    if element.tag in vorm.alineas:
        _vul_alinea(element, omgeving, vorm)
    vul_boom(element, omgeving, vorm)


def _markering(element: etree._Element, vorm: Vorm) -> re.Match[str] | None:
    """De markering waarmee de eerste alinea van dit element begint."""
    eerste = element if element.tag in vorm.alineas else next(eenheden(element, vorm), None)
    return None if eerste is None else MARKERING.match(tekst_van(eerste, vorm))


def _voorwaarde_of_herhaling(element: etree._Element, gevonden: re.Match[str], omgeving: Omgeving, vorm: Vorm) -> None:
    uitdrukking = als_feel(gevonden[2])
    eerste = element if element.tag in vorm.alineas else next(eenheden(element, vorm))
    _vervang(stukken(eerste, vorm), 0, gevonden.end(), "")
    if gevonden[1] == "als":
        rondes = [omgeving] if omgeving.geldt(uitdrukking) else []
    else:
        rondes = list(omgeving.rondes(uitdrukking))
    for ronde in rondes:
        kopie = deepcopy(element)
        element.addprevious(kopie)
        _vul(kopie, ronde, vorm)
    _verwijder(element, vorm)


def _verwijder(element: etree._Element, vorm: Vorm) -> None:
    """Haal een element weg; in een tabelcel die anders leeg zou zijn blijft een lege alinea staan."""
    ouder = element.getparent()
    if ouder is None:
        return
    laatste = ouder.tag in vorm.houd_gevuld and sum(kind.tag in vorm.alineas for kind in ouder) == 1
    if laatste:
        for stuk in stukken(element, vorm):
            stuk.zet("")
    else:
        ouder.remove(element)


def _vul_alinea(alinea: etree._Element, omgeving: Omgeving, vorm: Vorm) -> None:
    delen = stukken(alinea, vorm)
    tekst = "".join(stuk.lees() for stuk in delen)
    for deel in reversed(list(UITDRUKKING.finditer(tekst))):
        _vervang(delen, deel.start(), deel.end(), omgeving.tekst(als_feel(deel[0])))
    for stuk in delen:
        _breek_af(stuk, vorm)


def _breek_af(stuk: Stuk, vorm: Vorm) -> None:
    """Een nieuwe regel uit een waarde (een adres) is ook in het bestand een nieuwe regel."""
    eerste, *rest = stuk.lees().split(REGELEINDE)
    binnen = stuk.plek == "text" and vorm.teksten is None
    ouder = stuk.element if binnen else stuk.element.getparent()
    if not rest or ouder is None:
        return
    stuk.zet(eerste)
    plek = 0 if binnen else ouder.index(stuk.element) + 1
    for deel in (deel for regel in rest for deel in vorm.nieuwe_regel(regel)):
        ouder.insert(plek, deel)
        plek += 1


def _vervang(delen: list[Stuk], van: int, tot: int, door: str) -> None:
    """Vervang een stuk van de tekst; de opmaak van het begin blijft, ook als het stuk over meer opmaak loopt."""
    plek, geplaatst = 0, False
    for stuk in delen:
        tekst = stuk.lees()
        begin, einde = max(van - plek, 0), min(tot - plek, len(tekst))
        if begin < einde:
            stuk.zet(tekst[:begin] + ("" if geplaatst else door) + tekst[einde:])
            geplaatst = True
        plek += len(tekst)
