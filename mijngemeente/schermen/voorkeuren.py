"""Hoe de gemeente mij bereikt."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from kern.toegang import eis_identiteit
from mijngemeente.bronnen import bronnen
from mijngemeente.schermen.basis import blauwdruk, inwoner
from mijngemeente.voorkeuren import bewaar_voorkeuren, kan_kiezen, lees_voorkeuren

ONJUIST = 422


@blauwdruk.get("/voorkeuren")
@inwoner
def voorkeuren() -> ResponseReturnValue:
    if not kan_kiezen(bronnen()):
        return render_template("mijngemeente/voorkeuren.html", formulier=None)
    return render_template("mijngemeente/voorkeuren.html", formulier=lees_voorkeuren(bronnen()).formulier())


@blauwdruk.post("/voorkeuren")
@inwoner
def bewaar() -> ResponseReturnValue:
    bron = bronnen()
    if not kan_kiezen(bron):
        return redirect(url_for("mijngemeente.voorkeuren"), 303)
    nu = lees_voorkeuren(bron)
    formulier = nu.formulier(request.form)
    if not formulier.validate():
        return render_template("mijngemeente/voorkeuren.html", formulier=formulier), ONJUIST
    bewaar_voorkeuren(bron, eis_identiteit(), nu, formulier.data)
    flash(vertaal("Uw voorkeuren zijn bewaard."), "ok")
    return redirect(url_for("mijngemeente.voorkeuren"), 303)
