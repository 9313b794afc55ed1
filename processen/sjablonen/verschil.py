"""Wat er tussen twee versies van een tekst veranderde, woord voor woord."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal

DEEL = re.compile(r"\s+|<[^>]*>|\{\{.*?\}\}|\w+|[^\w\s]", re.DOTALL)
Soort = Literal["gelijk", "weg", "erbij"]


def verschil(oud: str, nieuw: str) -> list[tuple[Soort, str]]:
    """De tekst in stukken: wat bleef, wat wegging en wat erbij kwam."""
    was, wordt = DEEL.findall(oud), DEEL.findall(nieuw)
    uit: list[tuple[Soort, str]] = []
    for wat, van, tot, begin, einde in SequenceMatcher(None, was, wordt, autojunk=False).get_opcodes():
        if wat == "equal":
            uit.append(("gelijk", "".join(was[van:tot])))
            continue
        delen: tuple[tuple[Soort, str], ...] = (("weg", "".join(was[van:tot])), ("erbij", "".join(wordt[begin:einde])))
        uit += [deel for deel in delen if deel[1]]
    return uit


def verschillen(oud: Mapping[str, Any], nieuw: Mapping[str, Any]) -> Iterator[tuple[str, str, list[tuple[Soort, str]]]]:
    """Per onderwerp en tekst in elke taal die veranderde: (veld, taal, stukken). Een ander bestand telt als één stuk."""
    for veld in ("onderwerp", "inhoud"):
        talen = dict.fromkeys([*(oud.get(veld) or {}), *(nieuw.get(veld) or {})])
        for taal in talen:
            was, wordt = ((deel.get(veld) or {}).get(taal) or "" for deel in (oud, nieuw))
            if was != wordt:
                yield veld, taal, verschil(was, wordt)
    bestanden = [(deel.get("bestand") or {}).get("naam", "") for deel in (oud, nieuw)]
    if (oud.get("bestand") or {}) != (nieuw.get("bestand") or {}):
        yield "bestand", "", [("weg", bestanden[0] or "–"), ("erbij", bestanden[1] or "–")]
