"""Tekstfuncties; lengtes en plaatsen tellen in codepunten en beginnen bij 1.

De motor voor reguliere expressies laadt pas als een expressie er een gebruikt: dat scheelt bij het starten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from feel.getallen import plaats
from feel.staat import Staat

if TYPE_CHECKING:
    from feel.regex import RegexFout


def substring(staat: Staat, bron: str, start: Decimal, lengte: Decimal | None) -> str | None:
    """`substring`: een negatieve start telt vanaf het einde; start 0 bestaat niet."""
    begin = plaats(start)
    if begin == 0 or abs(begin) > len(bron) or (lengte is not None and lengte < 1):
        staat.meld("substring.plaats", "Deze plaats of lengte bestaat niet", "This position or length does not exist")
        return None
    plek = begin - 1 if begin > 0 else len(bron) + begin
    return bron[plek : plek + plaats(lengte)] if lengte is not None else bron[plek:]


def _voor(_staat: Staat, bron: str, deel: str) -> str:
    plek = bron.find(deel)
    return bron[:plek] if plek > 0 else ""


def _na(_staat: Staat, bron: str, deel: str) -> str:
    plek = bron.find(deel)
    return bron[plek + len(deel) :] if plek >= 0 else ""


def _regexfout(staat: Staat, fout: RegexFout) -> Any:
    staat.meld("regex.fout", f"Ongeldig patroon: {fout}", f"Invalid pattern: {fout.engels}")


def matches(staat: Staat, bron: str, patroon: str, vlaggen: str | None) -> bool | None:
    """`matches(input, pattern, flags)` met de patronen van XPath."""
    from feel import regex  # noqa: PLC0415 - zie boven

    try:
        return regex.patroon(patroon, vlaggen or "").zoek(bron, staat) is not None
    except regex.RegexFout as fout:
        _regexfout(staat, fout)
        return None


def replace(staat: Staat, bron: str, patroon: str, vervanging: str, vlaggen: str | None) -> str | None:
    """`replace(input, pattern, replacement, flags)`; `$1` is een groep."""
    from feel import regex  # noqa: PLC0415 - zie boven

    try:
        uit = regex.patroon(patroon, vlaggen or "").vervang(bron, vervanging, staat)
    except regex.RegexFout as fout:
        _regexfout(staat, fout)
        return None
    staat.tekst(len(uit))
    return uit


def split(staat: Staat, bron: str, patroon: str) -> list[str] | None:
    """`split(string, delimiter)`; de scheiding is een patroon."""
    from feel import regex  # noqa: PLC0415 - zie boven

    try:
        uit = regex.patroon(patroon, "").splits(bron, staat)
    except regex.RegexFout as fout:
        _regexfout(staat, fout)
        return None
    staat.lijst(len(uit))
    return uit


def string_join(staat: Staat, lijst: list[Any], scheiding: str | None) -> str | None:
    """`string join(list, delimiter)`; null-elementen doen niet mee."""
    delen = [deel for deel in lijst if deel is not None]
    if not all(isinstance(deel, str) for deel in delen):
        staat.meld("string join.soort", "Alle elementen moeten tekst zijn", "All elements must be strings")
        return None
    uit = (scheiding or "").join(delen)
    staat.tekst(len(uit))
    return uit


FUNCTIES: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "substring": {"string: string, start position: number, length: number?~": substring},
    "string length": {"string: string": lambda _staat, bron: Decimal(len(bron))},
    "upper case": {"string: string": lambda _staat, bron: bron.upper()},
    "lower case": {"string: string": lambda _staat, bron: bron.lower()},
    "substring before": {"string: string, match: string": _voor},
    "substring after": {"string: string, match: string": _na},
    "contains": {"string: string, match: string": lambda _staat, bron, deel: deel in bron},
    "starts with": {"string: string, match: string": lambda _staat, bron, deel: bron.startswith(deel)},
    "ends with": {"string: string, match: string": lambda _staat, bron, deel: bron.endswith(deel)},
    "matches": {"input: string, pattern: string, flags: string?~": matches},
    "replace": {"input: string, pattern: string, replacement: string, flags: string?~": replace},
    "split": {"string: string, delimiter: string": split},
    "string join": {"list: list, delimiter: string?~": string_join},
}
