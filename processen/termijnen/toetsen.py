"""Wat er in het grootboek mag.

Wat de gemeente zelf doet en geen gevolg zou hebben, wordt geweigerd; wat een ander deed en vaststaat (een te vroege
ingebrekestelling) wordt wel vastgelegd, als stap zonder gevolg.
"""

from collections.abc import Sequence
from datetime import date

from processen.termijnen.gebeurtenissen import Gebeurtenis, Soort
from processen.termijnen.klok import EINDE_VAN, Stand, voluit
from processen.termijnen.regels import Termijnregels

EIGEN: tuple[Soort, ...] = (
    "aanvulling gevraagd",
    "buitenland gevraagd",
    "derden gevraagd",
    "instemming",
    "toerekenbaar",
    "overmacht",
    "verdaagd",
    "zienswijze gevraagd",
    "geen dwangsom",
)
BEGIN_VAN = {einde: begin for begin, einde in EINDE_VAN.items()}


class Bezwaar(Exception):
    """Deze gebeurtenis kan niet; `tekst` is voor een medewerker en `veld` is het veld in de API waar het aan ligt."""

    def __init__(self, code: str, tekst: str, veld: str = "soort") -> None:
        self.code, self.tekst, self.veld = code, tekst, veld
        super().__init__(tekst)


def toets(nieuw: Gebeurtenis, oud: Sequence[Gebeurtenis], vandaag: date, regels: Termijnregels) -> None:
    """Kloppen de datum, de reden en de volgorde?"""
    toets_begin(nieuw, vandaag)
    _toets_ontvangst(nieuw, oud, regels)
    if nieuw.soort in EIGEN and not nieuw.reden.strip():
        raise Bezwaar("reden", "Geef een reden.")
    if nieuw.soort == "zienswijze gevraagd" and nieuw.tot is None:
        raise Bezwaar("tot", "Zeg tot en met welke dag de aanvrager kan reageren.")
    if nieuw.soort == "verdaagd" and not nieuw.duur:
        raise Bezwaar("duur", "Geef aan hoelang u verdaagt.")
    _toets_einde(nieuw, oud)


def toets_begin(nieuw: Gebeurtenis, vandaag: date) -> None:
    """Wat gebeurd is, is vandaag of eerder gebeurd: ook de ontvangst waarmee een klok begint."""
    if nieuw.dag > vandaag:
        raise Bezwaar("toekomst", "Deze dag moet nog komen.", "dag")


def _toets_ontvangst(nieuw: Gebeurtenis, oud: Sequence[Gebeurtenis], regels: Termijnregels) -> None:
    """Niets gebeurt voor de ontvangst, behalve bij bezwaar de bekendmaking van het besluit waar het over gaat."""
    if nieuw.soort == "ontvangen" or (nieuw.soort == "bekendgemaakt" and regels.begin == "bezwaartermijn"):
        return
    ontvangen = min((g.dag for g in oud if g.soort == "ontvangen"), default=nieuw.dag)
    if nieuw.dag < ontvangen:
        raise Bezwaar("voor-ontvangst", f"Deze dag ligt voor de ontvangst op {voluit(ontvangen)}.", "dag")


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
