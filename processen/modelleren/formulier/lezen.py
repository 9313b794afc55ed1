"""Een formulier van de werkversie zoals de formuliermotor het leest: met de vraagsoorten van plugins en de keuzes uit lijsten."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierdefinitie, lees_definitie
from formuliermotor.definitie import Definitiefoutregel
from integratie.configuratie import REFERENTIELIJST, Configuratie, LijstOntbreekt, met_lijsten
from kern.installatie import Installatie
from processen.modelleren.inhoud import delen
from processen.pakketten.formaat import Lijstdeel

NAMENS = "modelleren"


def lees_formulier(
    definitie: Mapping[str, Any], bestanden: Mapping[str, bytes], installatie: Installatie
) -> Formulierdefinitie:
    """De definitie zoals een inwoner haar vandaag krijgt; lijsten komen uit de werkversie, en anders uit de inrichting. `DefinitieFout`."""
    eigen, inrichting = _lijsten(bestanden), Configuratie(installatie, namens=NAMENS)
    vandaag = installatie.klok.vandaag()
    try:
        gevuld = met_lijsten(definitie, lambda naam: eigen.get(naam) or inrichting.haal(REFERENTIELIJST, naam), vandaag)
    except LijstOntbreekt as fout:
        raise DefinitieFout([Definitiefoutregel("", str(fout))]) from fout
    return lees_definitie(gevuld, veldtypen_van(installatie))


def _lijsten(bestanden: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    lijsten = {}
    for naam, lijst in delen(bestanden, "referentielijsten").items():
        with suppress(ValidationError):  # dat meldt de controle; het formulier zegt dan dat de lijst er niet is
            lijsten[naam] = Lijstdeel.model_validate(lijst).als_json()
    return lijsten
