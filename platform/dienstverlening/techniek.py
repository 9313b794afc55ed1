"""De schermen voor operators, onder /beheer/techniek: de incidenten in processen, de outbox en de aflevering van notificaties."""

from flask import Flask

from dienstverlening.abonnementen import maak_abonnementen
from huisstijl.werkplek import registreer_beheer
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
    registreer_beheer(app)
    app.register_blueprint(maak_beheer_blauwdruk(installatie))
    app.register_blueprint(maak_abonnementen(installatie))
    app.register_blueprint(maak_incidenten(installatie, maak_motor(installatie)))
    return app


DEEL = Deel("techniek", "dienstverlening", PAD, maak_app)
