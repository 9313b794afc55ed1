"""De pagina's van de outbox voor operators, als blauwdruk: `dienstverlening` hangt haar onder /beheer in een app met huisstijl.

De sjablonen breiden `basis.html` uit, dat de huisstijl van die app levert.
"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kern.installatie import Installatie
from kern.outbox import beheer
from kern.outbox.beheer import STATEN, Filter
from kern.toegang import eis_identiteit, voor_beheer

KORTSTE_REDEN = 5


def maak_beheer_blauwdruk(installatie: Installatie) -> Blueprint:
    """De routes `/outbox/`, `/outbox/<id>`, `/outbox/opnieuw` en `/outbox/<id>/overslaan`, alleen voor operators."""
    blauwdruk = Blueprint("outbox", __name__, template_folder="sjablonen")

    @blauwdruk.get("/outbox/")
    @voor_beheer("operator")
    def lijst() -> ResponseReturnValue:
        filter_ = _filter()
        pagina = beheer.lijst(installatie, filter_, max(1, request.args.get("pagina", 1, type=int)))
        telling = beheer.tellingen(installatie)
        return render_template("outbox_lijst.html", pagina=pagina, filter=filter_, staten=STATEN, telling=telling)

    @blauwdruk.get("/outbox/<int:id_>")
    @voor_beheer("operator")
    def rij(id_: int) -> ResponseReturnValue:
        gevonden = beheer.haal(installatie, id_)
        return render_template("outbox_rij.html", rij=gevonden, reden="") if gevonden else abort(404)

    @blauwdruk.post("/outbox/opnieuw")
    @voor_beheer("operator")
    def opnieuw() -> ResponseReturnValue:
        id_ = request.form.get("id", type=int)
        aantal = beheer.opnieuw(installatie, eis_identiteit(), id_=id_, filter_=_filter())
        flash(f"Opnieuw geprobeerd ({aantal}) / tried again ({aantal})", "ok" if aantal else "warning")
        return redirect(url_for(".lijst"), 303)

    @blauwdruk.post("/outbox/<int:id_>/overslaan")
    @voor_beheer("operator")
    def overslaan(id_: int) -> ResponseReturnValue:
        reden = request.form.get("reden", "").strip()
        if len(reden) < KORTSTE_REDEN:
            return _vraag_reden(installatie, id_, reden)
        gelukt = beheer.overslaan(installatie, id_, reden, eis_identiteit())
        tekst = f"Overgeslagen: {id_} / skipped" if gelukt else f"{id_}: is al klaar of bezig / already done or busy"
        flash(tekst, "ok" if gelukt else "warning")
        return redirect(url_for(".lijst"), 303)

    return blauwdruk


def _vraag_reden(installatie: Installatie, id_: int, reden: str) -> ResponseReturnValue:
    gevonden = beheer.haal(installatie, id_)
    if gevonden is None:
        abort(404)
    return render_template("outbox_rij.html", rij=gevonden, reden=reden, zonder_reden=True), 400


def _filter() -> Filter:
    staat = request.values.get("staat", "vast")
    return Filter(
        staat if staat in STATEN else "vast", request.values.get("verwerker", ""), request.values.get("sleutel", "")
    )
