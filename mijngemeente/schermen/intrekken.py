"""De pagina om een zaak in te trekken."""

from http import HTTPStatus
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from integratie.basis import ApiFout
from mijngemeente import bewaking
from mijngemeente.bronnen import bronnen
from mijngemeente.intrekken import Intrekformulier, kan_intrekken, trek_in
from mijngemeente.schermen.basis import blauwdruk, inwoner
from mijngemeente.zaken import titel_van


@blauwdruk.route("/zaken/<uuid:zaak>/intrekken", methods=["GET", "POST"])
@inwoner
def intrekken(zaak: UUID) -> ResponseReturnValue:
    """Eerst bevestigen; daarna stopt de behandeling en volgt een bericht."""
    bron, gevonden = bronnen(), bewaking.mijn_zaak(zaak)
    terug = url_for("mijngemeente.zaak", zaak=zaak)
    if not kan_intrekken(bron, gevonden):
        flash(vertaal("Dit kunt u niet meer intrekken."), "warning")
        return redirect(terug, HTTPStatus.SEE_OTHER)
    formulier = Intrekformulier(request.form)
    if request.method == "POST" and formulier.validate():
        try:
            trek_in(bron, gevonden, formulier.data["reden"])
        except ApiFout as fout:
            if fout.status != HTTPStatus.BAD_REQUEST:
                raise
            flash(vertaal("Dit kunt u niet meer intrekken."), "warning")
        else:
            flash(vertaal("U hebt dit ingetrokken. Wij sturen u een bevestiging."), "ok")
        return redirect(terug, HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render_template(
        "mijngemeente/intrekken.html", zaak=gevonden, titel=titel_van(gevonden), formulier=formulier
    ), status
