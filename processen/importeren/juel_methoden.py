"""Welke Java-methoden een FEEL-vorm hebben: (naam, aantal argumenten) → geeft een tekst, en hoe het er in FEEL uitziet."""

import re
from collections.abc import Callable

Vertaal = Callable[..., str]
LEZERS = re.compile(r"(?:get|is)(?!Empty$)([A-Z])([A-Za-z0-9_]*)")
"""`x.getNaam()` is `x.naam`."""


def _functie(naam: str) -> Vertaal:
    return lambda *argumenten: f"{naam}({', '.join(argumenten)})"


def _zelf(wat: str) -> str:
    return wat


def _plus(teken: str, eenheid: str, keer: int = 1) -> Vertaal:
    """Een tijdstip verzetten: `plusDays(3)` is `+ duration("P3D")`; een variabele gaat met string()."""

    def vertaal(wat: str, aantal: str) -> str:
        voor, na = ("PT", eenheid[1:]) if eenheid.startswith("T") else ("P", eenheid)
        duur = (
            f'"{voor}{int(aantal) * keer}{na}"'
            if aantal.isdigit()
            else f'"{voor}" + string({aantal} * {keer}) + "{na}"'
        )
        return f"{wat} {teken} duration({duur})"

    return vertaal


_TIJD = {
    "Minutes": ("TM", 1),
    "Hours": ("TH", 1),
    "Days": ("D", 1),
    "Weeks": ("D", 7),
    "Months": ("M", 1),
    "Years": ("Y", 1),
}

METHODEN: dict[tuple[str, int], tuple[bool, Vertaal]] = {
    ("equals", 1): (False, lambda wat, ander: f"{wat} = {ander}"),
    ("equalsIgnoreCase", 1): (False, lambda wat, ander: f"lower case({wat}) = lower case({ander})"),
    ("contains", 1): (False, lambda w, a: f"if {w} instance of list<Any> then list contains({w}, {a}) else contains({w}, {a})"),
    ("startsWith", 1): (False, _functie("starts with")),
    ("endsWith", 1): (False, _functie("ends with")),
    ("matches", 1): (False, lambda wat, patroon: f'matches({wat}, "^(" + {patroon} + ")$")'),
    ("toUpperCase", 0): (True, _functie("upper case")),
    ("toLowerCase", 0): (True, _functie("lower case")),
    ("concat", 1): (True, lambda wat, ander: f"{wat} + {ander}"),
    ("replace", 2): (True, _functie("replace")),
    ("substring", 1): (True, lambda wat, van: f"substring({wat}, {van} + 1)"),
    ("substring", 2): (True, lambda wat, van, tot: f"substring({wat}, {van} + 1, {tot} - {van})"),
    ("toString", 0): (True, _functie("string")),
    ("length", 0): (False, _functie("string length")),
    ("size", 0): (False, _functie("count")),
    ("isEmpty", 0): (False, lambda wat: f'{wat} = null or {wat} = "" or {wat} = []'),
    ("get", 1): (False, lambda wat, plek: f"{wat}[{plek} + 1]" if plek.isdigit() else f"get value({wat}, {plek})"),
    ("prop", 1): (False, lambda wat, naam: f"{wat}.{naam}"),
    **{(naam, 0): (False, _zelf) for naam in (
        "value", "numberValue", "boolValue", "elements", "intValue", "longValue", "doubleValue", "booleanValue", "toDate",
    )},
    ("stringValue", 0): (True, _zelf),
    **{(f"plus{naam}", 1): (False, _plus("+", *eenheid)) for naam, eenheid in _TIJD.items()},
    **{(f"minus{naam}", 1): (False, _plus("-", *eenheid)) for naam, eenheid in _TIJD.items()},
}  # fmt: skip
