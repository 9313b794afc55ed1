"""Het onderdeel `processen`: tabellen, outbox-werk en de motor van een installatie."""

from collections.abc import Iterable

from flask import Flask

import feel
from contracten import Bekendmaker, Bekendmakers, Bouwblokken, Kanalen
from kern.deel import Deel
from kern.installatie import Installatie
from kern.outbox import Verwerker
from kern.termijnen import functies
from kern.web import maak_api_app
from processen import betalingen
from processen.api import maak_motor_api
from processen.bekendmaken.api import maak_publicaties
from processen.bekendmaken.werk import Bekendmaken
from processen.motor import Motor, metingen
from processen.motor.tabellen import Basis
from processen.termijnen.kalender import VrijeDagen
from processen.verzenden.api import maak_zendingen
from processen.verzenden.versturen import Verzender
from processen.zaakafhandeling.acties import maak_acties
from processen.zaakafhandeling.afhandelen import Afhandeling
from processen.zaakafhandeling.intrekken import maak_intrekkingen
from processen.zaakafhandeling.taakpoort import Taken
from processen.zaakafhandeling.webhook import maak_webhook


def maak_motor(installatie: Installatie) -> Motor:
    """De motor van een installatie, met de bouwblokken van haar plugins."""
    geleverd = installatie.plugins.verzamel("bouwblokken")
    bouwblokken = Bouwblokken(blok() if isinstance(blok, type) else blok for blok in geleverd)
    return Motor(installatie, bouwblokken, feel.Functies(functies(VrijeDagen(installatie))), Taken())


def _verwerkers(installatie: Installatie) -> Iterable[Verwerker]:
    motor = maak_motor(installatie)
    geleverd = installatie.plugins.verzamel("kanalen")
    kanalen = Kanalen(kanaal() if isinstance(kanaal, type) else kanaal for kanaal in geleverd)
    return [
        *motor.verwerkers(),
        *betalingen.verwerkers(),
        *Afhandeling(motor).verwerkers(),
        *Verzender(motor, kanalen).verwerkers(),
        *Bekendmaken(motor, _bekendmaker(installatie)).verwerkers(),
    ]


def _bekendmaker(installatie: Installatie) -> Bekendmaker | None:
    """De bekendmaker van de plugins; een eigen plugin gaat voor die van het platform."""
    geleverd = Bekendmakers(installatie.plugins.verzamel("bekendmakers"))
    return next(reversed(list(geleverd.values())), None)


def maak_app(installatie: Installatie) -> Flask:
    """De API van de processen."""
    app = maak_api_app("processen", installatie, import_naam=__name__)
    app.register_blueprint(maak_webhook(installatie))
    app.register_blueprint(maak_zendingen(installatie))
    app.register_blueprint(maak_publicaties(installatie))
    app.register_blueprint(betalingen.maak_betalingen(installatie))
    motor = maak_motor(installatie)
    metingen.meld_aan(installatie)
    app.register_blueprint(maak_acties(installatie, motor))
    app.register_blueprint(maak_intrekkingen(installatie, motor))
    app.register_blueprint(maak_motor_api(installatie, motor))
    return app


deel = Deel("processen", "processen", "/processen/api/v1", maak_app, Basis.metadata, _verwerkers)
