"""De schermen onder /beheer/catalogi: een functioneel beheerder beheert zaaktypen, besluittypen en documenttypen."""

from flask import Flask

from dienstverlening.catalogibeheer.schermen import maak_catalogibeheer
from huisstijl.werkplek import registreer_beheer
from kern.deel import Deel
from kern.installatie import Installatie
from kern.web import maak_scherm_app

PAD = "/beheer/catalogi"


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor functioneel beheerders."""
    app = maak_scherm_app("catalogibeheer", installatie, import_naam=__name__)
    registreer_beheer(app)
    app.register_blueprint(maak_catalogibeheer(installatie))
    return app


DEEL = Deel("catalogibeheer", "dienstverlening", PAD, maak_app)
