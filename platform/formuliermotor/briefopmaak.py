"""De opmaak van alle brieven: één object in de inrichting, met afzender, antwoordadres, kleur, logo en lettertype van de gemeente zelf.

Zonder object geldt de huisstijl: naam van de gemeente, kleur van het thema, `logo.svg` of `logo.png`, en het lettertype van het platform.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from formuliermotor.middelen import Middelen
from formuliermotor.pdf import Pdfstijl
from huisstijl.middelen import Thema
from integratie.configuratie import BRIEFOPMAAK, Configuratie
from kern.installatie import Installatie

SLEUTEL: Final = "brieven"
LOGOS: Final = ("logo.svg", "logo.png")
BEELDEN: Final = (".svg", ".png", ".jpg", ".jpeg")
LETTERS: Final = (".woff2", ".ttf")
KLEUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
GENOEG_CONTRAST: Final = 4.5
HUISKLEUR: Final = re.compile(rb"--basis-color-accent-1-color-default:\s*(#[0-9a-fA-F]{6})")


def briefstijl(installatie: Installatie, *, namens: str) -> Pdfstijl:
    """De stijl van brieven zoals zij nu ingesteld is, met de versie ervan."""
    gevonden = Configuratie(installatie, namens=namens).haal_met_versie(BRIEFOPMAAK, SLEUTEL)
    return stijl_van(installatie, *(gevonden or ({}, 0)))


def stijl_van(installatie: Installatie, opmaak: Mapping[str, Any], versie: int = 0) -> Pdfstijl:
    """De stijl uit deze instellingen. Een logo of lettertype dat niet (meer) bij de middelen staat telt niet mee."""
    map_ = installatie.instellingen.brief_middelen
    middelen = Middelen(Path(map_) if map_ else None)
    namen = middelen.namen()
    logos = (str(opmaak.get("logo") or ""), *LOGOS)
    lettertype = str(opmaak.get("lettertype") or "")
    return Pdfstijl(
        organisatie=opmaak.get("afzender") or installatie.instellingen.gemeente_naam,
        kleur=opmaak.get("kleur") or huiskleur(),
        middelen=Path(map_) if map_ else None,
        logo=next((naam for naam in logos if naam in namen), ""),
        lettertype=lettertype if lettertype in namen else "",
        antwoordadres=opmaak.get("antwoordadres") or "",
        voettekst=opmaak.get("voettekst") or "",
        adres_rechts=opmaak.get("adres") == "rechts",
        versie=versie,
    )


def eigen_middelen(installatie: Installatie) -> tuple[list[str], list[str]]:
    """De afbeeldingen en lettertypen die de gemeente heeft klaargezet."""
    map_ = installatie.instellingen.brief_middelen
    namen = Middelen(Path(map_) if map_ else None).namen()
    return [naam for naam in namen if naam.endswith(BEELDEN)], [naam for naam in namen if naam.endswith(LETTERS)]


@lru_cache(maxsize=4)
def huiskleur(thema: str = "voorbeeldgemeente") -> str:
    """De kleur van het thema."""
    gevonden = HUISKLEUR.search(Thema(thema).inhoud)
    return gevonden[1].decode() if gevonden else Pdfstijl("").kleur


def contrast(kleur: str) -> float:
    """Het contrast van een kleur (#rrggbb) op wit, zoals WCAG het rekent."""
    delen = [int(kleur[plek : plek + 2], 16) / 255 for plek in (1, 3, 5)]
    rood, groen, blauw = (deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen)  # noqa: PLR2004  # de formule van WCAG
    return 1.05 / (0.2126 * rood + 0.7152 * groen + 0.0722 * blauw + 0.05)
