"""De schermen onder /beheer/catalogi: een functioneel beheerder beheert zaaktypen, besluittypen en documenttypen."""

from flask import Flask

import huisstijl
from dienstverlening.catalogibeheer.schermen import maak_catalogibeheer
from huisstijl import kies
from huisstijl.aanmelding import aangemelde_gebruiker
from huisstijl.schil import Navigatiepunt
from kern.deel import Deel
from kern.installatie import Installatie
from kern.web import maak_scherm_app

PAD = "/beheer/catalogi"


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor functioneel beheerders."""
    app = maak_scherm_app("catalogibeheer", installatie, import_naam=__name__)
    huisstijl.registreer(
        app,
        titel="Beheer",
        organisatie=installatie.instellingen.gemeente_naam,
        gebruiker=aangemelde_gebruiker,
        navigatie=lambda: [Navigatiepunt(kies({"nl": "Catalogi", "en": "Catalogues"}), f"{PAD}/")],
        thuis=f"{PAD}/",
    )
    app.register_blueprint(maak_catalogibeheer(installatie))
    return app


DEEL = Deel("catalogibeheer", "dienstverlening", PAD, maak_app)
