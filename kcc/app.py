"""De schermen van het klantcontactcentrum als onderdeel van het platform."""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, url_for

import formuliermotor
import huisstijl
from huisstijl import Navigatiepunt, lui
from huisstijl.aanmelding import aangemelde_gebruiker
from kcc import gesprekken, weergave
from kcc.schermen import blauwdruk
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import huidige_identiteit
from kern.web import maak_scherm_app


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van het KCC."""
    app = maak_scherm_app("kcc", installatie, import_naam="kcc")
    huisstijl.registreer(
        app,
        titel="Klantcontactcentrum",
        navigatie=_navigatie,
        gebruiker=aangemelde_gebruiker,
        vertalingen=Path(__file__).parent / "vertalingen",
        thuis="/kcc/",
    )
    formuliermotor.registreer(app)
    weergave.registreer(app)
    app.register_blueprint(blauwdruk)
    return app


def _navigatie() -> Sequence[Navigatiepunt]:
    identiteit = huidige_identiteit()
    if identiteit is None:
        return ()
    contactverzoeken = Navigatiepunt(lui("Contactverzoeken"), url_for("kcc.verzoekenlijst"))
    if "kcc-medewerker" not in identiteit.rollen:
        return (contactverzoeken,)
    return (
        Navigatiepunt(lui("Klant zoeken"), url_for("kcc.start"), exact=True),
        Navigatiepunt(lui("Gesprekken"), url_for("kcc.gesprekkenlijst"), teller=len(gesprekken.alle())),
        contactverzoeken,
        Navigatiepunt(lui("Producten"), url_for("kcc.productenlijst")),
    )


deel = Deel("kcc", "kcc", "/kcc", maak_app)
