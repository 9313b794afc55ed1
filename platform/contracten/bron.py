"""Een bron: gegevens over wie is aangemeld, opgehaald waar zij wonen, om formulieren mee voor in te vullen en regels mee te toetsen.

    class Inkomen(Bron):
        sleutel = "inkomen"
        naam = Tekst("Inkomen", "Income")
        grondslag = Tekst("Participatiewet, artikel 64", "Participation Act, section 64")
        velden = (Veld("jaarinkomen", Tekst("Jaarinkomen", "Annual income")),)

        def haal(self, installatie, wie, gevraagd): ...

`haal` loopt zonder open transactie. Het nummer van de persoon staat in `wie`, nooit in een adres of log. Zonder gegevens komt er een leeg
antwoord; antwoordt de bron niet, dan `BronNietBereikbaar` (het formulier is dan zonder in te vullen).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog

from contracten.bouwblok import Tekst
from contracten.verzameling import OpSleutel
from kern.aanmelden.identiteit import Identiteit
from kern.installatie import Installatie

log = structlog.get_logger()


class BronNietBereikbaar(Exception):
    """De bron antwoordt nu niet. De tekst is voor het log en bevat nooit persoonsgegevens."""


@dataclass(frozen=True)
class Veld:
    """Een gegeven dat de bron kan leveren; `sleutel` is het pad waarmee een formulier het noemt."""

    sleutel: str
    naam: Tekst


@dataclass(frozen=True)
class Vrager:
    """Voor wie en waarvoor gevraagd wordt. `doel` is de geregistreerde verwerkingsactiviteit, `waarbij` het formulier of proces.

    `kenmerk` is waar een link naar het formulier over ging, zoals een besluitnummer.
    """

    identiteit: Identiteit
    doel: str
    waarbij: str
    kenmerk: str = ""


class Bron(ABC):
    """Basis van elke bron."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]
    grondslag: ClassVar[Tekst]
    """Waarom de gemeente deze gegevens mag gebruiken; staat bij het ingevulde veld."""
    velden: ClassVar[tuple[Veld, ...]]
    ook_voor_ander: ClassVar[bool] = False
    """Mag de bron ook gevraagd worden als iemand met een machtiging voor een ander handelt? Kijk dan wie dat is (`eigenaar_van`)."""

    @abstractmethod
    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        """De gevraagde velden die de bron van deze persoon kent, en geen andere (dataminimalisatie)."""

    def onbekend(self, gevraagd: Iterable[str]) -> list[str]:
        """Gevraagde velden die deze bron niet kent: een fout in het formulier."""
        return sorted(set(gevraagd) - {veld.sleutel for veld in self.velden})


class Bronnen(OpSleutel[Bron]):
    """De bronnen van een installatie."""

    soort = "bronnen"


def vraag_bronnen(
    installatie: Installatie, bronnen: Bronnen, vragen: Mapping[str, tuple[str, str]], wie: Vrager
) -> dict[str, Any]:
    """Sleutel -> waarde van elke vraag (sleutel -> bron en veld) die een bron kan beantwoorden.

    `BronNietBereikbaar`, met de naam van de bron, als een bron niet antwoordt.
    """
    per_bron: dict[str, dict[str, str]] = {}
    for sleutel, (bron, veld) in vragen.items():
        per_bron.setdefault(bron, {})[sleutel] = veld
    gevonden: dict[str, Any] = {}
    for bron, velden in per_bron.items():
        gevonden |= _uit(installatie, bronnen, bron, velden, wie)
    return gevonden


def _uit(
    installatie: Installatie, bronnen: Bronnen, naam: str, vragen: Mapping[str, str], wie: Vrager
) -> list[tuple[str, Any]]:
    bron = bronnen.get(naam)
    if bron is None or (wie.identiteit.machtiging is not None and not bron.ook_voor_ander):
        return []
    onbekend = set(bron.onbekend(vragen.values()))
    try:
        gevonden = bron.haal(installatie, wie, sorted(set(vragen.values()) - onbekend))
    except BronNietBereikbaar as fout:
        log.warning("voorinvullen lukt niet", bron=naam, formulier=wie.waarbij, fout=str(fout))
        raise BronNietBereikbaar(naam) from None
    paren = ((sleutel, gevonden.get(veld)) for sleutel, veld in vragen.items())
    return [(sleutel, waarde) for sleutel, waarde in paren if waarde not in (None, "")]
