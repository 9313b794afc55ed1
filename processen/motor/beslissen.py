"""Een businessRuleTask: de beslissing uit de DMN-modellen bij de definitie, met uitleg."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import dmn
from processen.motor.bouw import Gecompileerd
from processen.motor.fouten import StapFout
from processen.motor.uitdrukkingen import Klok


class BeslisFout(StapFout):
    """De beslissing kan niet worden uitgerekend."""

    soort = "beslissing"


@dataclass(frozen=True)
class Uitslag:
    """De uitkomst als variabele, en de uitleg als JSON: `beslissing`, `peildatum`, `zinnen` (nl, en) en `uitleg` (dmn.uitleg)."""

    waarde: Any
    uitleg: Any


def beslis(gecompileerd: Gecompileerd, naam: str, invoer: Mapping[str, Any], peildatum: date, klok: Klok) -> Uitslag:
    """Reken beslissing `naam` (id of naam) uit op `peildatum`."""
    for model in gecompileerd.beslissingen:
        with suppress(dmn.DmnFout):
            model.vind(naam)
            return _uitslag(model.evalueer(naam, invoer, peildatum=peildatum, klok=klok), naam, peildatum)
    raise BeslisFout(f"Beslissing {naam} staat niet bij deze procesdefinitie.")


def _uitslag(uitslag: dmn.Uitslag, naam: str, peildatum: date) -> Uitslag:
    if uitslag.grens is not None:
        raise BeslisFout(f"Beslissing {naam}: {uitslag.grens.nederlands}")
    uitleg = uitslag.uitleg
    zinnen = {taal: uitleg.zinnen(taal) for taal in ("nl", "en")}
    gegevens = uitleg.model_dump(mode="json", by_alias=True)
    inhoud = {"beslissing": naam, "peildatum": peildatum.isoformat(), "zinnen": zinnen, "uitleg": gegevens}
    return Uitslag(uitslag.waarde, inhoud)
