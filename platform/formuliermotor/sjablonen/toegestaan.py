"""Welke HTML er in een sjabloon mag: een korte lijst. Wat er niet in staat wordt genoemd met zijn plek, en gaat er bij het bewaren uit."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import nh3

KOPPEN: Final = ("h2", "h3")
LEEG: Final = frozenset({"br", "img"})
TAGS: Final = frozenset(
    [
        "p",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "br",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "span",
        "dl",
        "dt",
        "dd",
        "a",
        "img",
    ]
)
SCHEMAS: Final = frozenset({"https", "http", "mailto", "tel"})
ALTIJD: Final = frozenset({"data-als", "data-elk", "lang"})
ATTRIBUTEN: Final = {"a": {"href"}, "th": {"scope"}, "img": {"src", "alt", "width"}}
MIDDEL: Final = re.compile(r"middel:[a-z0-9][a-z0-9._-]{0,79}")
BEELDGEGEVENS: Final = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")


def mag_als_beeld(adres: str) -> bool:
    """Een afbeelding komt uit de eigen middelen van de gemeente (`middel:logo.png`) of zit in het sjabloon zelf (`data:`)."""
    return bool(MIDDEL.fullmatch(adres) or BEELDGEGEVENS.fullmatch(adres))


def schoon(inhoud: str) -> str:
    """De inhoud zonder elementen, attributen en adressen die niet mogen."""
    return nh3.clean(
        inhoud,
        tags=set(TAGS),
        attributes={"*": set(ALTIJD), **{naam: set(waarden) for naam, waarden in ATTRIBUTEN.items()}},
        url_schemes={*SCHEMAS, "data", "middel"},
        attribute_filter=_attribuut,
        link_rel=None,
    )


def _attribuut(element: str, attribuut: str, waarde: str) -> str | None:
    if element == "img" and attribuut == "src":
        return waarde if mag_als_beeld(waarde) else None
    if element == "a" and attribuut == "href":
        return waarde if _mag_als_link(waarde) else None
    if attribuut == "width":
        return waarde if waarde.isdecimal() else None
    return waarde


def _mag_als_link(adres: str) -> bool:
    return adres.partition(":")[0].lower() in SCHEMAS or adres.startswith("#")


def bezwaren(inhoud: str) -> Iterator[tuple[int, str, str]]:
    """Wat er niet mag: regelnummer, en de uitleg in het Nederlands en het Engels."""
    lezer = _Lezer()
    lezer.feed(inhoud)
    lezer.close()
    yield from lezer.bezwaren
    yield from lezer.over()


class _Lezer(HTMLParser):
    """Loopt door de HTML zoals zij er staat, zodat elk bezwaar een regelnummer heeft."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bezwaren: list[tuple[int, str, str]] = []
        self._open: list[tuple[str, int]] = []
        self._kop = 1

    def _meld(self, nl: str, en: str) -> None:
        self.bezwaren.append((self.getpos()[0], nl, en))

    def over(self) -> Iterator[tuple[int, str, str]]:
        """Elementen die nooit dichtgaan."""
        for naam, regel in self._open:
            yield regel, f"<{naam}> gaat niet dicht", f"<{naam}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._meld(f"<{tag}> mag niet in een sjabloon", f"<{tag}> is not allowed in a template")
        elif tag not in LEEG:
            self._open.append((tag, self.getpos()[0]))
        self._kijk_kop_na(tag)
        velden = {naam: waarde or "" for naam, waarde in attrs}
        for naam, waarde in velden.items():
            self._kijk_attribuut_na(tag, naam, waarde)
        if tag == "img" and not velden.get("alt", "").strip():
            self._meld("een afbeelding heeft een tekst nodig (alt)", "an image needs a text (alt)")

    def _kijk_kop_na(self, tag: str) -> None:
        if tag in KOPPEN:
            niveau = int(tag[1])
            if niveau > self._kop + 1:
                self._meld(f"<{tag}> slaat een kopniveau over", f"<{tag}> skips a heading level")
            self._kop = niveau

    def _kijk_attribuut_na(self, tag: str, naam: str, waarde: str) -> None:
        if tag not in TAGS:
            return
        if naam not in ALTIJD | ATTRIBUTEN.get(tag, set()):
            self._meld(f"{naam} mag niet op <{tag}>", f"{naam} is not allowed on <{tag}>")
        elif tag == "img" and naam == "src" and not mag_als_beeld(waarde):
            self._meld(
                f"afbeelding {waarde[:60]} is niet van de gemeente: gebruik middel:naam.png",
                f"image {waarde[:60]} is not the municipality's own: use middel:name.png",
            )
        elif tag == "a" and naam == "href" and not _mag_als_link(waarde):
            self._meld(f"link {waarde[:60]} mag niet", f"link {waarde[:60]} is not allowed")

    def handle_endtag(self, tag: str) -> None:
        if tag in LEEG or tag not in TAGS:
            return
        if not self._open or self._open[-1][0] != tag:
            self._meld(f"</{tag}> hoort hier niet", f"</{tag}> does not belong here")
        if any(naam == tag for naam, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  # de vorm die HTMLParser vraagt
        self._meld("commentaar mag niet in een sjabloon", "comments are not allowed in a template")
