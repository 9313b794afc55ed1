"""Wat functioneel beheerders inrichten: objecten in de Objecten API onder eigen objecttypen, nooit een eigen opslag.

Elk onderdeel heeft een `soort` en een `sleutel` (het formulier `toeristische-verhuur-vergunning`); daaruit volgt een vast uuid, zodat
bewaren herhaalbaar is en lezen één aanroep kost.
"""

from integratie.configuratie.client import Configuratie, Versie
from integratie.configuratie.einde import Einde
from integratie.configuratie.lijsten import LijstOntbreekt, met_lijsten
from integratie.configuratie.soorten import (
    BRIEFOPMAAK,
    FORMULIER,
    MANDAAT,
    PAKKETVERSIE,
    PROCESPAKKET,
    REFERENTIELIJST,
    SJABLOON,
    SOORTEN,
    VERZENDREGEL,
    Soort,
)

__all__ = [
    "BRIEFOPMAAK",
    "FORMULIER",
    "MANDAAT",
    "PAKKETVERSIE",
    "PROCESPAKKET",
    "REFERENTIELIJST",
    "SJABLOON",
    "SOORTEN",
    "VERZENDREGEL",
    "Configuratie",
    "Einde",
    "LijstOntbreekt",
    "Soort",
    "Versie",
    "met_lijsten",
]
