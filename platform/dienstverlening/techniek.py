"""De schermen voor operators, onder /beheer/techniek: de incidenten in processen, de outbox en de aflevering van notificaties."""

from flask import Flask

import huisstijl
from dienstverlening.abonnementen import maak_abonnementen
from huisstijl import kies
from huisstijl.aanmelding import aangemelde_gebruiker
from huisstijl.schil import Navigatiepunt
from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox.pagina import maak_beheer_blauwdruk
from kern.web import maak_scherm_app
from processen import maak_motor
from processen.incidenten import maak_incidenten

PAD = "/beheer/techniek"


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor operators."""
    app = maak_scherm_app("techniek", installatie, import_naam=__name__)
    huisstijl.registreer(
        app,
        titel="Beheer",
        organisatie=installatie.instellingen.gemeente_naam,
        gebruiker=aangemelde_gebruiker,
        navigatie=lambda: [
            Navigatiepunt(kies({"nl": "Incidenten", "en": "Incidents"}), f"{PAD}/incidenten/"),
            Navigatiepunt("Outbox", f"{PAD}/outbox/"),
            Navigatiepunt(kies({"nl": "Notificaties", "en": "Notifications"}), f"{PAD}/notificaties/"),
        ],
        thuis=f"{PAD}/outbox/",
    )
    app.register_blueprint(maak_beheer_blauwdruk(installatie))
    app.register_blueprint(maak_abonnementen(installatie))
    app.register_blueprint(maak_incidenten(installatie, maak_motor(installatie)))
    return app


DEEL = Deel("techniek", "dienstverlening", PAD, maak_app)
