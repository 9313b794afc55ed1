"""Vindplaats, geldigheid en overgangsrecht lezen uit de uitbreidingen van een element."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dmn.fouten import fout
from dmn.herkomst import NAAMRUIMTE, Herkomst, Vindplaats
from dmn.xml import kind

if TYPE_CHECKING:
    from lxml.etree import _Element


def lees_herkomst(knoop: _Element) -> Herkomst:
    """Vindplaats, geldigheid en overgangsrecht uit de uitbreidingen van een element."""
    uitbreiding = kind(knoop, "extensionElements")
    if uitbreiding is None:
        return Herkomst()
    eigen = [deel for deel in uitbreiding if str(deel.tag).startswith(f"{{{NAAMRUIMTE}}}")]
    per_soort = {str(deel.tag).split("}")[-1]: deel for deel in eigen}
    geldig, overgang = per_soort.get("geldig"), per_soort.get("overgangsrecht")
    return Herkomst(
        vindplaatsen=tuple(_vindplaats(deel) for deel in eigen if str(deel.tag).endswith("}vindplaats")),
        van=_datum(geldig, "van"),
        tot=_datum(geldig, "tot"),
        overgangsrecht="" if overgang is None else (overgang.text or "").strip(),
    )


def _vindplaats(knoop: _Element) -> Vindplaats:
    return Vindplaats(
        knoop.get("wet", ""), artikel=knoop.get("artikel", ""), lid=knoop.get("lid", ""), url=knoop.get("url", "")
    )


def _datum(knoop: _Element | None, naam: str) -> date | None:
    tekst = "" if knoop is None else knoop.get(naam, "")
    if not tekst:
        return None
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise fout(
            "geldig.datum", f"geldig {naam}=“{tekst}” is geen datum", f"geldig {naam}=“{tekst}” is not a date"
        ) from None
