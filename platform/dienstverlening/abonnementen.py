"""De pagina voor operators over notificaties: welke abonnees hun berichten niet krijgen, en opnieuw proberen."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer
from registraties.notificaties import beheer
from registraties.notificaties.afleveren import AFLEVERING


def maak_abonnementen(installatie: Installatie) -> Blueprint:
    """De routes `/notificaties/` en `/notificaties/<abonnement>/opnieuw`, alleen voor operators."""
    blauwdruk = Blueprint("notificaties", __name__, template_folder="templates")

    @blauwdruk.get("/notificaties/")
    @voor_beheer("operator")
    def lijst() -> ResponseReturnValue:
        return render_template("techniek/notificaties.html", standen=beheer.standen(installatie), verwerker=AFLEVERING)

    @blauwdruk.post("/notificaties/<uuid:abonnement>/opnieuw")
    @voor_beheer("operator")
    def opnieuw(abonnement: UUID) -> ResponseReturnValue:
        aantal = beheer.probeer_opnieuw(installatie, eis_identiteit(), abonnement)
        flash(f"Opnieuw geprobeerd ({aantal}) / tried again ({aantal})", "ok" if aantal else "warning")
        return redirect(url_for(".lijst"), 303)

    return blauwdruk
