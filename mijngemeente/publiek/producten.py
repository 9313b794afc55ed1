"""Een producttype zoals een bezoeker het ziet: inhoud per onderwerp, de prijs van nu en wat er direct te regelen is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from huisstijl import lui
from integratie.producttypen.schemas import WAARHEEN, ContentElementUit, LinkKort, PrijsKort, PrijsOptie, ProductTypeUit

KOPPEN: Final[Mapping[str, str]] = {
    WAARHEEN: lui("Waar kunt u terecht?"),
    "inleiding": lui("Wat is het?"),
    "voorwaarden": lui("Voorwaarden"),
    "aanpak": lui("Zo regelt u het"),
    "bewijsstukken": lui("Wat heeft u nodig?"),
    "kosten": lui("Kosten"),
    "termijn": lui("Hoe lang duurt het?"),
    "bezwaar": lui("Niet mee eens?"),
    "contact": lui("Contact"),
    "wetgeving": lui("Wat zegt de wet?"),
    "meer_informatie": lui("Meer informatie"),
}
"""De onderwerpen op volgorde van de pagina, met hun kop; een onbekend label komt erachter onder zijn eigen naam."""

ONLINE: Final = "/formulieren/"
_ADRES: Final = re.compile(r"https?://[^\s]+|/(?![/\\])[^\s\\]*")


@dataclass(frozen=True)
class Blok:
    """Eén onderwerp op de productpagina; `alineas` zijn teksten of lijsten van teksten, in `taal`."""

    kop: str
    alineas: tuple[str | tuple[str, ...], ...]
    taal: str


def blokken(content: Iterable[ContentElementUit]) -> list[Blok]:
    """De inhoud op volgorde van de pagina."""
    op_volgorde = sorted(content, key=_plaats)
    return [Blok(_kop(element), _alineas(element.content), element.taal) for element in op_volgorde]


def blokken_bij_einde(content: Iterable[ContentElementUit]) -> list[Blok]:
    """Wat er van een gestopt product nog te lezen is: waar iemand terechtkan. De rest gaat over aanvragen, en dat kan niet meer."""
    return blokken(element for element in content if {WAARHEEN, "contact"} & set(element.labels))


def _plaats(element: ContentElementUit) -> int:
    labels = list(KOPPEN)
    return min((labels.index(label) for label in element.labels if label in KOPPEN), default=len(labels))


def _kop(element: ContentElementUit) -> str:
    bekend = next((KOPPEN[label] for label in element.labels if label in KOPPEN), None)
    return str(bekend or (element.labels[0].replace("_", " ").capitalize() if element.labels else KOPPEN["inleiding"]))


def _alineas(tekst: str) -> tuple[str | tuple[str, ...], ...]:
    """Alinea's tussen lege regels; regels die met een streepje of sterretje beginnen zijn een lijst."""
    delen = (deel.strip() for deel in re.split(r"\n\s*\n", tekst))
    return tuple(_alinea(deel) for deel in delen if deel)


def _alinea(deel: str) -> str | tuple[str, ...]:
    regels = [regel.strip() for regel in deel.splitlines()]
    if all(regel.startswith(("- ", "* ")) for regel in regels):
        return tuple(regel[2:].strip() for regel in regels)
    return " ".join(regels)


def prijzen_op(product: ProductTypeUit, dag: date) -> list[PrijsOptie]:
    """De prijzen die op deze dag gelden."""
    geldig: list[PrijsKort] = [prijs for prijs in product.prijzen if prijs.actief_vanaf <= dag]
    laatste = max(geldig, key=lambda prijs: prijs.actief_vanaf, default=None)
    return laatste.prijsopties if laatste else []


def direct_regelen(product: ProductTypeUit) -> list[LinkKort]:
    """De formulieren van het platform zelf."""
    return [link for link in product.links if link.url.startswith(ONLINE)]


def verwijzingen(product: ProductTypeUit) -> list[LinkKort]:
    """De andere links; een adres dat geen gewone link is valt weg."""
    return [link for link in product.links if _ADRES.fullmatch(link.url) and not link.url.startswith(ONLINE)]
