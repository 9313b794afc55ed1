"""Inloggen en uitloggen: de keuze van een inlogmiddel en de meldingen als het niet lukt, onder /aanmelden en /afmelden."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask.typing import ResponseReturnValue

import contracten
import huisstijl
import simulatoren
from contracten import Tekst
from huisstijl import lui
from kern.aanmelden import AanmeldFout, Inlogmiddel, Niveau, eigen_middelen
from kern.aanmelden.blauwdruk import maak_blauwdruk
from kern.deel import Deel
from kern.installatie import Installatie
from kern.transport import WsgiApp
from kern.web import maak_scherm_app

UITLEG = {
    "digid": lui("Voor uzelf, met de DigiD app of sms-controle."),
    "digid-machtigen": lui("Voor iemand anders, als u daarvoor gemachtigd bent."),
    "eidas": lui("Met een inlogmiddel uit een ander Europees land."),
    "eherkenning": lui("Voor uw bedrijf of organisatie."),
}
FOUTEN = {
    "afgebroken": (lui("U bent niet ingelogd"), lui("U heeft het inloggen gestopt. U kunt het opnieuw proberen.")),
    "niveau": (
        lui("Log in met een hoger niveau"),
        lui("Voor deze pagina is een veiliger manier van inloggen nodig. Probeer het opnieuw en kies die manier."),
    ),
    "verlopen": (lui("Het inloggen duurde te lang"), lui("Begin opnieuw. Uw ingevulde gegevens blijven bewaard.")),
    "onbereikbaar": (
        lui("Inloggen lukt nu niet"),
        lui("Er is een storing. Probeer het over een paar minuten opnieuw."),
    ),
}
ANDERS = (lui("Inloggen is niet gelukt"), lui("Er ging iets mis. Probeer het opnieuw, of bel ons als het niet lukt."))


class Ingesteld(contracten.Inlogmiddel):
    """De inlogmiddelen uit het bestand van de gemeente, of in demo en test die van de simulator."""

    sleutel = "ingesteld"
    naam = Tekst("Ingesteld door de gemeente", "Configured by the municipality")

    def middelen(self, installatie: Installatie) -> Iterable[Inlogmiddel]:
        """Leeg in productie zonder INLOGMIDDELEN; wat plugins leveren komt erbij."""
        instellingen = installatie.instellingen
        if instellingen.inlogmiddelen:
            return eigen_middelen(instellingen)
        return () if instellingen.omgeving == "productie" else simulatoren.proefopstelling(instellingen).middelen


def middelen_van(installatie: Installatie) -> tuple[Inlogmiddel, ...]:
    """De inlogmiddelen van de gemeente en die van plugins."""
    geleverd = installatie.plugins.verzamel("inlogmiddelen")
    return tuple(contracten.Inlogmiddelen([Ingesteld, *geleverd]).alle(installatie))


def maak_app(installatie: Installatie) -> Flask:
    """De app met de routes van `kern.aanmelden`, in de huisstijl."""
    middelen = middelen_van(installatie)
    app = maak_scherm_app("aanmelden", installatie, import_naam="dienstverlening")
    vertalingen = Path(__file__).parent / "vertalingen"
    huisstijl.registreer(app, titel="Inloggen", vertalingen=vertalingen)
    app.register_blueprint(maak_blauwdruk(installatie, middelen, _kies))
    app.register_error_handler(AanmeldFout, _fout)
    wsgi: Any = MetHeelPad(app.wsgi_app)
    app.wsgi_app = wsgi  # type: ignore[method-assign]  # zo hoort het bij Flask
    return app


class MetHeelPad:
    """Geeft een app die op een pad hangt het hele pad terug: haar routes noemen /aanmelden en /afmelden zelf."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        heel = {"SCRIPT_NAME": "", "PATH_INFO": omgeving.get("SCRIPT_NAME", "") + omgeving.get("PATH_INFO", "")}
        return self._app({**omgeving, **heel}, start_response)


def _kies(middelen: list[Inlogmiddel], terug: str, niveau: Niveau) -> ResponseReturnValue:
    return render_template("aanmelden/kies.html", middelen=middelen, terug=terug, niveau=niveau, uitleg=UITLEG)


def _fout(fout: AanmeldFout) -> ResponseReturnValue:
    kop, tekst = FOUTEN.get(fout.code, ANDERS)
    return render_template("aanmelden/fout.html", kop=kop, tekst=tekst, fout=fout), fout.status


def _deel(naam: str, maak: Callable[[Installatie], Flask]) -> Deel:
    return Deel(naam, "dienstverlening", f"/{naam}", maak)


DELEN: tuple[Deel, ...] = (_deel("aanmelden", maak_app), _deel("afmelden", maak_app))
