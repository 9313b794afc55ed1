"""Wat er in het grootboek mag.

Wat de gemeente zelf doet en geen gevolg zou hebben, wordt geweigerd; wat een ander deed en vaststaat (een te vroege
ingebrekestelling) wordt wel vastgelegd, als stap zonder gevolg.
"""

from collections.abc import Sequence
from datetime import date

from processen.termijnen.gebeurtenissen import Gebeurtenis, Soort
from processen.termijnen.klok import EINDE_VAN, Stand

EIGEN: tuple[Soort, ...] = (
    "aanvulling gevraagd",
    "buitenland gevraagd",
    "instemming",
    "toerekenbaar",
    "overmacht",
    "verdaagd",
    "zienswijze gevraagd",
    "geen dwangsom",
)
BEGIN_VAN = {einde: begin for begin, einde in EINDE_VAN.items()}


class Bezwaar(Exception):
    """Deze gebeurtenis kan niet; `tekst` is voor een medewerker."""

    def __init__(self, code: str, tekst: str) -> None:
        self.code, self.tekst = code, tekst
        super().__init__(tekst)


def toets(nieuw: Gebeurtenis, oud: Sequence[Gebeurtenis], vandaag: date) -> None:
    """Kloppen de datum, de reden en de volgorde?"""
    if nieuw.dag > vandaag:
        raise Bezwaar("toekomst", "Deze dag moet nog komen.")
    ontvangen = next((g.dag for g in oud if g.soort == "ontvangen"), None)
    if ontvangen is not None and nieuw.dag < ontvangen and nieuw.soort not in ("ontvangen", "bekendgemaakt"):
        raise Bezwaar("voor-ontvangst", f"Deze dag ligt voor de ontvangst op {ontvangen:%d-%m-%Y}.")
    if nieuw.soort in EIGEN and not nieuw.reden.strip():
        raise Bezwaar("reden", "Geef een reden.")
    if nieuw.soort == "zienswijze gevraagd" and nieuw.tot is None:
        raise Bezwaar("tot", "Zeg tot en met welke dag de aanvrager kan reageren.")
    if nieuw.soort == "verdaagd" and not nieuw.duur:
        raise Bezwaar("duur", "Geef aan hoelang u verdaagt.")
    _toets_einde(nieuw, oud)


def _toets_einde(nieuw: Gebeurtenis, oud: Sequence[Gebeurtenis]) -> None:
    begin = BEGIN_VAN.get(nieuw.soort)
    if begin is None:
        return
    gevraagd = [g for g in oud if g.soort == begin and g.dag <= nieuw.dag]
    beantwoord = [g for g in oud if g.soort == nieuw.soort]
    if len(gevraagd) <= len(beantwoord):
        raise Bezwaar("niet-opgeschort", "De termijn staat hiervoor niet stil.")


def toets_gevolg(nieuw: Gebeurtenis, stand: Stand) -> None:
    """Een eigen handeling die volgens de wet niets doet, leggen wij niet vast. Een zienswijze mag ook na het besluit: voor wie dat wil intrekken (Awb 4:8)."""
    if nieuw.soort not in EIGEN:
        return
    fout = next((stap for stap in stand.fouten if stap.wat == nieuw.soort and stap.dag == nieuw.dag), None)
    if fout is not None:
        raise Bezwaar("geen-gevolg", fout.uitleg)
    if stand.toestand in ("geen termijn", "nog niet begonnen"):
        raise Bezwaar("geen-termijn", "Voor deze zaak loopt geen termijn.")
    if nieuw.soort != "zienswijze gevraagd" and any(
        stap.wat == "beslist" and stap.dag <= nieuw.dag for stap in stand.stappen
    ):
        raise Bezwaar("beslist", "Er is al beslist.")
