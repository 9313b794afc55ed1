"""De schermen van de behandelaar, onder /behandelen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template
from werkzeug.exceptions import NotFound, ServiceUnavailable
from werkzeug.wrappers import Response as Antwoord

import formuliermotor
import huisstijl
from huisstijl import Navigatiepunt, vertaal
from huisstijl.aanmelding import aangemelde_gebruiker
from integratie.basis import ApiFout
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import huidige_identiteit, voor_medewerker
from kern.web import maak_scherm_app
from processen.behandelen.leesbaar import bezorging, langs
from processen.behandelen.schermen import (
    Bekendmakingschermen,
    Besluitschermen,
    Herrekenschermen,
    Intrekschermen,
    Lijstschermen,
    Taakschermen,
    Termijnschermen,
    Zaakschermen,
)
from processen.behandelen.toegang import GeenToegang
from processen.behandelen.werklijst import TEAMLEIDER

ROLLEN = ("behandelaar", TEAMLEIDER)
VERBODEN = 403
NIET_TE_ZIEN = (VERBODEN, 404)


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor behandelaars en teamleiders."""
    app = maak_scherm_app("behandelen", installatie, import_naam=__name__)
    huisstijl.registreer(
        app,
        titel="Zaken behandelen",
        gebruiker=aangemelde_gebruiker,
        navigatie=_navigatie,
        thuis="/behandelen/",
        vertalingen=Path(__file__).parent / "vertalingen",
    )
    formuliermotor.registreer(app)
    app.jinja_env.filters.update(langs=langs, bezorging=bezorging)
    _registreer_routes(app, installatie)
    app.register_error_handler(ApiFout, _api_fout)
    app.register_error_handler(GeenToegang, _geen_toegang)
    return app


def _registreer_routes(app: Flask, installatie: Installatie) -> None:
    lijst, taak, zaak = Lijstschermen(installatie), Taakschermen(installatie), Zaakschermen(installatie)
    termijn, besluit = Termijnschermen(installatie), Besluitschermen(installatie)
    bekendmaking = Bekendmakingschermen(installatie)
    intrekken, herreken = Intrekschermen(installatie), Herrekenschermen(installatie)
    iedereen, teamleider = voor_medewerker(*ROLLEN), voor_medewerker(TEAMLEIDER)
    for regel, naam, methoden, functie, toegang in (
        ("/", "werklijst", ["GET"], lijst.werklijst, iedereen),
        ("/zoeken", "zoeken", ["GET", "POST"], lijst.zoek, iedereen),
        ("/taken/<uuid:uuid>", "taak", ["GET", "POST"], taak.taak, iedereen),
        ("/taken/<uuid:uuid>/pakken", "pakken", ["POST"], taak.pak, iedereen),
        ("/taken/<uuid:uuid>/teruggeven", "teruggeven", ["POST"], taak.geef_terug, iedereen),
        ("/taken/<uuid:uuid>/toewijzen", "toewijzen", ["POST"], taak.wijs_toe, teamleider),
        ("/zaken/<uuid:uuid>", "zaak", ["GET"], zaak.zaak, iedereen),
        ("/zaken/<uuid:uuid>/documenten/<uuid:document>", "document", ["GET"], zaak.document, iedereen),
        ("/zaken/<uuid:uuid>/acties", "actie", ["POST"], zaak.start_actie, iedereen),
        ("/zaken/<uuid:uuid>/taken", "losse_taak", ["POST"], zaak.maak_taak, iedereen),
        ("/zaken/<uuid:uuid>/termijn", "termijn", ["GET"], termijn.termijn, iedereen),
        ("/zaken/<uuid:uuid>/termijn", "begin_termijn", ["POST"], termijn.begin_termijn, iedereen),
        ("/zaken/<uuid:uuid>/termijn/<wat>", "termijn_vastleggen", ["GET", "POST"], termijn.leg_vast, iedereen),
        (
            "/zaken/<uuid:uuid>/termijn/herroepen/<uuid:gebeurtenis>",
            "termijn_herroepen",
            ["GET", "POST"],
            termijn.herroep,
            iedereen,
        ),
        ("/zaken/<uuid:uuid>/herrekenen", "herrekenen", ["GET"], herreken.beslissingen, iedereen),
        ("/zaken/<uuid:uuid>/herrekenen/<uuid:stap>", "herreken", ["GET", "POST"], herreken.herreken, iedereen),
        ("/zaken/<uuid:uuid>/intrekken", "intrekken", ["GET", "POST"], intrekken.intrekken, iedereen),
        ("/zaken/<uuid:uuid>/besluit", "besluit", ["GET", "POST"], besluit.besluit, iedereen),
        (
            "/zaken/<uuid:uuid>/besluiten/<uuid:besluit>/<any(wijzigen, intrekken):hoe>",
            "besluit_herzien",
            ["GET", "POST"],
            besluit.herzie,
            iedereen,
        ),
        ("/taken/<uuid:uuid>/besluit", "besluit_goedkeuren", ["GET", "POST"], besluit.keur_goed, iedereen),
        ("/zaken/<uuid:uuid>/besluiten/<uuid:besluit>", "dossier", ["GET"], besluit.dossier, iedereen),
        ("/zaken/<uuid:uuid>/besluiten/<uuid:besluit>/pdf", "dossier_pdf", ["GET"], besluit.dossier_pdf, iedereen),
        ("/zaken/<uuid:uuid>/besluiten/<uuid:besluit>/json", "dossier_json", ["GET"], besluit.dossier_json, iedereen),
        (
            "/zaken/<uuid:uuid>/bekendmakingen/<uuid:publicatie>",
            "bekendmaking",
            ["GET", "POST"],
            bekendmaking.bekendmaking,
            iedereen,
        ),
        ("/termijnen", "termijnen", ["GET"], termijn.lijst, teamleider),
    ):
        app.add_url_rule(regel, naam, toegang(_los(functie)), methods=methoden)


def _navigatie() -> list[Navigatiepunt]:
    identiteit = huidige_identiteit()
    punten = [
        Navigatiepunt(vertaal("Werklijst"), "/behandelen/", exact=bool(identiteit and TEAMLEIDER in identiteit.rollen))
    ]
    if identiteit and TEAMLEIDER in identiteit.rollen:
        punten.append(Navigatiepunt(vertaal("Termijnen"), "/behandelen/termijnen"))
    return punten


def _los(methode: Callable[..., Any]) -> Callable[..., Any]:
    """Een gewone functie, want een kenmerk kan niet op een gebonden methode."""

    def functie(**pad: Any) -> Any:
        return methode(**pad)

    return functie


def _api_fout(fout: ApiFout) -> Antwoord:
    """Wat iemand niet mag zien of niet bestaat is een 404; een bron die hapert een 503."""
    http = NotFound() if fout.status in NIET_TE_ZIEN else ServiceUnavailable()
    return current_app.make_response(current_app.handle_user_exception(http))


def _geen_toegang(_fout: GeenToegang) -> tuple[str, int]:
    """Een medewerker mag weten dat de zaak er is, en bij wie hij moet zijn."""
    return render_template("behandelen/geen_toegang.html"), VERBODEN


deel = Deel("behandelen", "processen.behandelen", "/behandelen", maak_app)
