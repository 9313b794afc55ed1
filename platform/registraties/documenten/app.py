"""De Documenten API als onderdeel van het platform."""

from flask import Flask

from kern.installatie import Installatie
from kit import Bron, Omgeving, maak_registratie_app
from kit.autorisaties import UitAutorisatiesApi
from kit.deel import registratiedeel
from kit.ophalen import Ophaler
from registraties.documenten.bestanden import GROOTSTE_INHOUD, opruim_verwerker
from registraties.documenten.bronnen import DOCUMENT, DOCUMENTEN
from registraties.documenten.importeren import import_verwerker
from registraties.documenten.modellen import Basis
from registraties.documenten.registreren import terugdraai_verwerker

BASE64 = 4 / 3
OVERIG_MB = 2


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van de Documenten API; een verzoek is hoogstens zo groot als de inhoud die ineens mag."""
    return maak_registratie_app(installatie, DOCUMENTEN, max_mb=int((GROOTSTE_INHOUD >> 20) * BASE64) + OVERIG_MB)


def omgeving_van(installatie: Installatie) -> tuple[Omgeving, Bron]:
    """De omgeving van deze registratie buiten een verzoek om, met de bron van documenten."""
    rechten = UitAutorisatiesApi(installatie, Ophaler(installatie, namens="documenten"))
    return Omgeving(installatie, DOCUMENTEN, rechten), DOCUMENT


deel = registratiedeel(
    DOCUMENTEN,
    Basis.metadata,
    lambda _installatie: [opruim_verwerker(), terugdraai_verwerker(), import_verwerker(omgeving_van)],
    maak_app,
)
