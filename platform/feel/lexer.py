"""Van tekst naar tekens (tokens) van FEEL; namen met spaties en leestekens lost de parser op tegen de scope."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from feel.fouten import FeelFout

NAAM_BEGIN = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
NAAM_DEEL = NAAM_BEGIN + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
SLEUTELWOORDEN = frozenset(
    ["if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "and", "or", "instance",
     "of", "function", "external", "true", "false", "null"]
)  # fmt: skip
_WIT = r"\s\u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF"
WIT = f"[{_WIT}]"
_TEKEN = re.compile(
    rf"""(?P<wit>[{_WIT}]+|//[^\n\r]*|/\*.*?\*/)
    |(?P<getal>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))
    |(?P<tekst>"(?:[^"\\]|\\.)*")
    |(?P<naam>[{NAAM_BEGIN}][{NAAM_DEEL}]*)
    |(?P<op>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>(){{}}\[\],:.@'])
    """,
    re.VERBOSE | re.DOTALL,
)
_ONTSNAP = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ENKEL = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


class Teken(NamedTuple):
    """Een token; soort is getal, tekst, naam, op, vreemd of einde."""

    soort: str
    tekst: str
    begin: int
    eind: int


def plek_fout(bron: str, plek: int, nederlands: str, engels: str, verwacht: str = "", suggestie: str = "") -> FeelFout:
    """Een FeelFout met regel en kolom (vanaf 1) van de positie in de tekst."""
    regel = bron.count("\n", 0, plek) + 1
    kolom = plek - (bron.rfind("\n", 0, plek) + 1) + 1
    return FeelFout(nederlands, engels, regel=regel, kolom=kolom, verwacht=verwacht, suggestie=suggestie)


def tekens(bron: str) -> list[Teken]:
    """Alle tokens met een einde-token; een onafgesloten tekst of commentaar is een fout."""
    uit: list[Teken] = []
    plek, lengte = 0, len(bron)
    while plek < lengte:
        gevonden = _TEKEN.match(bron, plek)
        if gevonden is None:
            uit.append(_vreemd(bron, plek))
            plek += 1
            continue
        soort = gevonden.lastgroup or ""
        if soort != "wit":
            uit.append(Teken(soort, gevonden.group(), plek, gevonden.end()))
        plek = gevonden.end()
    uit.append(Teken("einde", "", lengte, lengte))
    return uit


def _vreemd(bron: str, plek: int) -> Teken:
    if bron[plek] == '"':
        raise plek_fout(
            bron, plek, "Deze tekst heeft geen sluitend aanhalingsteken", "This string is not closed", verwacht='"'
        )
    return Teken("vreemd", bron[plek], plek, plek + 1)


def _vervang(gevonden: re.Match[str]) -> str:
    kort, lang, enkel = gevonden.groups()
    if kort or lang:
        code = int(kort or lang, 16)
        return chr(code) if code <= sys.maxunicode else gevonden.group()
    return _ENKEL.get(enkel, gevonden.group())


def ontsnap(inhoud: str) -> str:
    """De waarde van een tekst tussen aanhalingstekens; onbekende ontsnappingen (backslash s) blijven staan."""
    if "\\" not in inhoud:
        return inhoud
    tekst = _ONTSNAP.sub(_vervang, inhoud)
    if any("\ud800" <= teken <= "\udfff" for teken in tekst):
        tekst = tekst.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tekst
