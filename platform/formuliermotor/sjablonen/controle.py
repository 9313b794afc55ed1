"""Een sjabloon nakijken vóór het bewaard wordt: elke fout met taal, plek en wat eraan te doen is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import html as lxml_html
from lxml.html import HtmlElement

import feel
from formuliermotor.sjablonen.toegestaan import bezwaren, schoon
from formuliermotor.sjablonen.uitdrukkingen import ELK, FUNCTIES_IN_SJABLOON, REST, UITDRUKKING, lees
from formuliermotor.sjablonen.velden import VASTE_VELDEN

Sjabloon = Mapping[str, Any]
SMS_LENGTE: Final = 160
ONDERWERP_LENGTE: Final = 200


@dataclass(frozen=True)
class Probleem:
    """Wat er niet klopt. `veld` is `onderwerp`, `inhoud` of `velden`, `regel` telt vanaf 1 (0: het geheel)."""

    taal: str
    veld: str
    regel: int
    nl: str
    en: str

    def __str__(self) -> str:
        plek = f"{self.veld} ({self.taal})" if self.taal else self.veld
        return f"{plek}, regel {self.regel}: {self.nl}" if self.regel else f"{plek}: {self.nl}"


def controleer(sjabloon: Sjabloon) -> list[Probleem]:
    """Alle problemen; leeg als het sjabloon bewaard en gebruikt kan worden.

    Zonder `velden` (een ouder sjabloon) is niet te zeggen welke velden er zijn; dan worden alleen HTML en FEEL nagekeken.
    """
    return [*_talen(sjabloon), *(p for taal in sjabloon["inhoud"] for p in _taal(sjabloon, taal))]


def _talen(sjabloon: Sjabloon) -> Iterator[Probleem]:
    for veld in ("onderwerp", "inhoud"):
        if not (sjabloon[veld].get("nl") or "").strip():
            yield Probleem("nl", veld, 0, "de Nederlandse tekst ontbreekt", "the Dutch text is missing")
    for taal in sorted(sjabloon["inhoud"].keys() ^ sjabloon["onderwerp"].keys()):
        if taal != "nl":
            yield Probleem(
                taal, "onderwerp", 0, "onderwerp en inhoud horen in dezelfde talen", "subject and body need the same languages"
            )  # fmt: skip


def _taal(sjabloon: Sjabloon, taal: str) -> Iterator[Probleem]:
    bekend = bekende_velden(sjabloon)
    inhoud, onderwerp = sjabloon["inhoud"][taal] or "", sjabloon["onderwerp"].get(taal) or ""
    yield from (Probleem(taal, "inhoud", regel, nl, en) for regel, nl, en in bezwaren(inhoud))
    nakijker = Nakijker(taal, bekend)
    yield from nakijker.tekst("onderwerp", 0, onderwerp, frozenset())
    yield from nakijker.element(lxml_html.fragment_fromstring(schoon(inhoud), create_parent="div"), inhoud)
    yield from _lengtes(sjabloon, taal, onderwerp, inhoud)


def _lengtes(sjabloon: Sjabloon, taal: str, onderwerp: str, inhoud: str) -> Iterator[Probleem]:
    if len(onderwerp) > ONDERWERP_LENGTE:
        yield Probleem(
            taal, "onderwerp", 0, f"langer dan {ONDERWERP_LENGTE} tekens", f"over {ONDERWERP_LENGTE} characters"
        )
    if sjabloon.get("soort") == "sms" and _tekstlengte(inhoud) > SMS_LENGTE:
        yield Probleem(taal, "inhoud", 0, f"langer dan {SMS_LENGTE} tekens", f"over {SMS_LENGTE} characters")


def _tekstlengte(inhoud: str) -> int:
    """De vaste tekst, zonder opmaak en velden; hoe lang het met velden wordt laat het voorbeeld zien."""
    tekst = lxml_html.fragment_fromstring(schoon(inhoud), create_parent="div").text_content()
    return len(UITDRUKKING.sub("", tekst).strip())


def bekende_velden(sjabloon: Sjabloon) -> frozenset[str] | None:
    """De namen die een uitdrukking mag gebruiken, of None als het sjabloon zijn velden niet noemt."""
    if sjabloon.get("velden") is None:
        return None
    return frozenset(sjabloon["velden"]) | frozenset(VASTE_VELDEN[sjabloon["soort"]])


@dataclass(frozen=True)
class Nakijker:
    """Loopt door een sjabloon met de namen die op elke plek bestaan."""

    taal: str
    bekend: frozenset[str] | None
    veld: str = field(default="inhoud")

    def element(self, element: HtmlElement, bron: str, eigen: frozenset[str] = frozenset()) -> Iterator[Probleem]:
        """Een element en alles eronder."""
        als, elk = element.get("data-als"), element.get("data-elk")
        if als is not None:
            yield from self.uitdrukking(_regel(bron, als), als, eigen)
        if elk is not None:
            deel = ELK.fullmatch(elk)
            if deel is None:
                yield Probleem(
                    self.taal, self.veld, _regel(bron, elk),
                    f"data-elk={elk!r}: schrijf dit als: naam in lijst", f"data-elk={elk!r}: write this as: name in list",
                )  # fmt: skip
            else:
                yield from self.uitdrukking(_regel(bron, deel[2]), deel[2], eigen)
                eigen |= {deel[1]}
        for tekst in (element.text, *(kind.tail for kind in element), element.get("alt"), element.get("href")):
            yield from self.tekst(self.veld, bron, tekst or "", eigen)
        for kind in element:
            yield from self.element(kind, bron, eigen)

    def tekst(self, veld: str, bron: str | int, tekst: str, eigen: frozenset[str]) -> Iterator[Probleem]:
        """De uitdrukkingen in een tekst, en accolades die er nergens bij horen."""
        for deel in UITDRUKKING.finditer(tekst):
            regel = _regel(bron, deel[1]) if isinstance(bron, str) else bron
            yield from self.uitdrukking(regel, deel[1], eigen, veld)
        if los := REST.search(UITDRUKKING.sub("", tekst)):
            regel = _regel(bron, los[0]) if isinstance(bron, str) else bron
            yield Probleem(
                self.taal, veld, regel, f"{los[0]} hoort nergens bij", f"{los[0]} is not part of a placeholder"
            )  # fmt: skip

    def uitdrukking(self, regel: int, tekst: str, eigen: frozenset[str], veld: str = "") -> Iterator[Probleem]:
        """Eén uitdrukking: te lezen, alleen bestaande functies, alleen bekende velden."""
        namen = tuple((self.bekend or frozenset()) | eigen)
        gelezen = lees(tekst, namen)
        waar = veld or self.veld
        if isinstance(gelezen, str):
            yield Probleem(self.taal, waar, regel, f"{tekst}: {gelezen}", f"{tekst}: cannot be read")
            return
        for reden in feel.keur(gelezen, FUNCTIES_IN_SJABLOON):
            yield Probleem(self.taal, waar, regel, f"{tekst}: {reden.nederlands}", f"{tekst}: {reden.engels}")
        if self.bekend is not None:
            for naam in sorted(gelezen.namen_gebruikt - self.bekend - eigen):
                yield Probleem(
                    self.taal, waar, regel, f"veld {naam} is onbekend, in: {tekst}", f"unknown field {naam} in: {tekst}"
                )  # fmt: skip


def _regel(bron: str | int, deel: str) -> int:
    """Op welke regel van de bron dit deel het eerst staat."""
    plek = bron.find(deel) if isinstance(bron, str) else -1
    return bron.count("\n", 0, plek) + 1 if isinstance(bron, str) and plek >= 0 else 1


def opgeschoond(sjabloon: Sjabloon) -> dict[str, Any]:
    """Het sjabloon zoals het bewaard wordt: zonder elementen, attributen en adressen die niet mogen."""
    return {**sjabloon, "inhoud": {taal: schoon(tekst) for taal, tekst in sjabloon["inhoud"].items()}}


def voorbeeldgegevens(sjabloon: Sjabloon) -> dict[str, Any]:
    """Waarden om een voorbeeld mee te maken: de vaste velden en de voorbeelden uit het sjabloon (datums in de bewaarvorm van FEEL)."""
    eigen = feel.naar_python(feel.uit_json(sjabloon.get("velden") or {}))
    return {**VASTE_VELDEN[sjabloon["soort"]], **eigen}
