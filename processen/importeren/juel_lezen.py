"""De woorden van een JUEL-expressie (Camunda 7: `${…}`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Soort = Literal["getal", "tekst", "naam", "teken", "einde"]
_WOORD = re.compile(
    r"""\s*(?:
      (?P<getal>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<tekst>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<naam>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<teken>&&|\|\||==|!=|<=|>=|[-+*/%!<>?:().,\[\]{}])
    )""",
    re.VERBOSE,
)
_ALS_TEKEN = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
    "div": "/", "mod": "%",
}  # fmt: skip
LANGSTE = 5_000


class NietTeVertalen(Exception):
    """Deze expressie heeft geen FEEL-vorm; de tekst zegt waarom."""


@dataclass(frozen=True)
class Woord:
    """Eén woord; van een tekst is `tekst` de inhoud."""

    soort: Soort
    tekst: str


def woorden(expressie: str) -> Iterator[Woord]:
    """De woorden, met `einde` als laatste."""
    if len(expressie) > LANGSTE:
        raise NietTeVertalen("de expressie is te lang")
    plek, rest = 0, expressie.rstrip()
    while plek < len(rest):
        gevonden = _WOORD.match(rest, plek)
        if gevonden is None:
            raise NietTeVertalen(f"onverwacht teken {rest[plek:].strip()[:1]!r}")
        plek = gevonden.end()
        yield _woord(gevonden)
    yield Woord("einde", "")


def _woord(gevonden: re.Match[str]) -> Woord:
    if (tekst := gevonden["tekst"]) is not None:
        return Woord("tekst", re.sub(r"\\(.)", r"\1", tekst[1:-1]))
    if (getal := gevonden["getal"]) is not None:
        return Woord("getal", getal)
    if (naam := gevonden["naam"]) is not None:
        return Woord("teken", _ALS_TEKEN[naam]) if naam in _ALS_TEKEN else Woord("naam", naam)
    return Woord("teken", gevonden["teken"])
