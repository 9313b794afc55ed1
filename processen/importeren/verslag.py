"""Het verslag van een import: per element wat er vertaald is, wat niet, en wat eraan te doen is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Soort = Literal["vertaald", "vervallen", "zelf doen", "kan niet draaien"]
_UITLEG: dict[Soort, str] = {
    "kan niet draaien": "Zo kan het model nog niet draaien. Los dit op in de modelleur.",
    "zelf doen": "Dit heeft hier geen vanzelfsprekende vorm. Kijk het na.",
    "vervallen": "Dit heeft hier geen betekenis en doet niets meer.",
    "vertaald": "Dit is overgezet.",
}


@dataclass(frozen=True)
class Regel:
    """Eén bevinding: bij welk element, over wat, en wat te doen."""

    soort: Soort
    element: str
    naam: str
    wat: str
    remedie: str = ""

    def __str__(self) -> str:
        bij = f"{self.element} ({self.naam})" if self.naam else self.element or "het model"
        return f"{bij}: {self.wat}{' ' + self.remedie if self.remedie else ''}"


def als_markdown(titel: str, regels: Iterable[Regel]) -> str:
    """Het verslag, het dringendste eerst."""
    alle = list(regels)
    uit = [f"# {titel}", ""]
    for soort, uitleg in _UITLEG.items():
        gevonden = [regel for regel in alle if regel.soort == soort]
        if gevonden:
            uit += [f"## {soort.capitalize()} ({len(gevonden)})", uitleg, "", *(f"* {regel}" for regel in gevonden), ""]
    return "\n".join(uit)
