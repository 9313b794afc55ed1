"""MijnGemeente als onderdeel van het platform."""

from collections.abc import Sequence
from pathlib import Path

import structlog
from flask import Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import default_exceptions

import formuliermotor
import huisstijl
from huisstijl import Navigatiepunt, lui
from huisstijl.aanmelding import aangemelde_gebruiker, sessie_met
from integratie.basis import ApiFout
from integratie.tegelijk import tegelijk
from kern.concepten import Conflict, GeenConcept
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import huidige_identiteit
from kern.web import maak_scherm_app
from mijngemeente.berichten import aantal_ongelezen
from mijngemeente.bewaking import VERBORGEN, eis_bewaakt
from mijngemeente.bronnen import NAAM, bronnen
from mijngemeente.schermen import blauwdruk
from mijngemeente.taken import open_taken
from mijngemeente.verlopen import red_antwoorden

log = structlog.get_logger()
PAD = "/mijn"


def maak_app(installatie: Installatie) -> Flask:
    """De web-app van MijnGemeente; elke route is alleen voor wie als inwoner of ondernemer is aangemeld."""
    app = maak_scherm_app(NAAM, installatie, import_naam="mijngemeente", bij_verlopen=red_antwoorden)
    huisstijl.registreer(
        app,
        titel="MijnGemeente",
        navigatie=_navigatie,
        gebruiker=aangemelde_gebruiker,
        sessie=sessie_met(f"{PAD}/sessie"),
        vertalingen=Path(__file__).parent / "vertalingen",
        thuis=f"{PAD}/",
    )
    formuliermotor.registreer(app)
    app.register_blueprint(blauwdruk)
    app.before_request(_eis_machtiging)
    app.after_request(eis_bewaakt)
    app.register_error_handler(ApiFout, _storing)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(GeenConcept, _conflict)
    return app


def _eis_machtiging() -> ResponseReturnValue | None:
    """Wie alleen voor één dienst gemachtigd is, ziet hier niet alles van een ander."""
    identiteit = huidige_identiteit()
    machtiging = identiteit.machtiging if identiteit else None
    eigen = (request.endpoint or "").startswith(f"{NAAM}.")
    if machtiging is None or not eigen or machtiging.geldt_voor(NAAM):
        return None
    return render_template("mijngemeente/niet_gemachtigd.html"), 403


def _storing(fout: ApiFout) -> ResponseReturnValue:
    """Een bron waar de hele pagina van afhangt antwoordt niet, of kent het gevraagde niet."""
    log.warning("bron van een pagina antwoordt niet", status=fout.status, code=fout.code)
    return _foutpagina(404 if fout.status in VERBORGEN else 503)


def _conflict(_fout: Exception) -> ResponseReturnValue:
    """Een ander tabblad bewaarde of verstuurde intussen."""
    return _foutpagina(409)


def _foutpagina(status: int) -> ResponseReturnValue:
    """De gewone foutpagina; binnen een foutafhandelaar helpt `abort` niet meer."""
    return current_app.make_response(current_app.handle_http_exception(default_exceptions[status]()))


def _navigatie() -> Sequence[Navigatiepunt]:
    identiteit = huidige_identiteit()
    if identiteit is None or identiteit.soort == "medewerker":
        return ()
    if identiteit.machtiging and not identiteit.machtiging.geldt_voor(NAAM):
        return ()
    ongelezen, taken = _tellers()
    return (
        Navigatiepunt(lui("Overzicht"), url_for("mijngemeente.overzicht"), exact=True),
        Navigatiepunt(lui("Zaken"), url_for("mijngemeente.zaken")),
        Navigatiepunt(lui("Taken"), url_for("mijngemeente.taken"), teller=taken),
        Navigatiepunt(lui("Berichten"), url_for("mijngemeente.berichten"), teller=ongelezen),
        Navigatiepunt(lui("Producten"), url_for("mijngemeente.producten")),
        Navigatiepunt(lui("Mijn gegevens"), url_for("mijngemeente.gegevens")),
    )


def _tellers() -> tuple[int, int]:
    """Ongelezen berichten en open taken; van een bron die niet antwoordt 0. Eén keer per verzoek."""
    if "mijn_tellers" not in g:
        bron = bronnen()
        vragen = {"berichten": lambda: aantal_ongelezen(bron), "taken": lambda: len(open_taken(bron))}
        gevonden = tegelijk(bron.installatie, vragen)
        g.mijn_tellers = (gevonden["berichten"].waarde or 0, gevonden["taken"].waarde or 0)
    tellers: tuple[int, int] = g.mijn_tellers
    return tellers


deel = Deel(NAAM, "mijngemeente", PAD, maak_app)
