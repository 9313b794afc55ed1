"""Een kleine app die een formulier laat invullen met de formuliermotor, zonder database: de vorm die een onderdeel gebruikt."""

from typing import Any

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

import formuliermotor
from formuliermotor import Formulierweergave, lees_definitie
from huisstijl import huidige_taal, registreer

KOP = '{% extends "basis.html" %}{% import "formuliermotor/stap.html" as f %}{% block inhoud %}'
PAGINA = KOP + "{{ f.stapkop(formulier) }}{{ f.stapformulier(formulier, vorige=true) }}{% endblock %}"
OVERZICHT = KOP + '{{ c.kop("Controleer uw antwoorden", 1) }}{{ f.samenvatting(secties, "/{}") }}{% endblock %}'

DEFINITIE: dict[str, Any] = {
    "slug": "verhuur",
    "naam": {"nl": "Toeristische verhuur", "en": "Tourist rental"},
    "stappen": [
        {
            "naam": "u",
            "titel": {"nl": "Over u", "en": "About you"},
            "componenten": [
                {"type": "textfield", "key": "naam", "label": "Uw naam", "validate": {"required": True}},
                {"type": "date", "key": "geboren", "label": "Geboortedatum", "description": "Bijvoorbeeld 31 12 1980", "validate": {"required": True}},
                {
                    "type": "columns", "key": "kolommen",
                    "columns": [
                        {"components": [{"type": "email", "key": "email", "label": "E-mailadres", "autocomplete": "email"}]},
                        {"components": [{"type": "phoneNumber", "key": "telefoon", "label": "Telefoonnummer", "autocomplete": "tel"}]},
                    ],
                },
            ],
        },
        {
            "naam": "woning",
            "titel": {"nl": "De woning", "en": "The home"},
            "omschrijving": "Wij stellen een paar vragen over de woning die u verhuurt.",
            "componenten": [
                {"type": "content", "key": "uitleg", "html": "<p>Lees eerst <a href='https://example.nl/regels'>de regels voor verhuur</a>.</p>"},
                {
                    "type": "radio", "key": "eigendom", "label": "Is de woning van u?", "validate": {"required": True},
                    "values": [{"value": "eigen", "label": "Ja"}, {"value": "huur", "label": "Nee, ik huur", "description": "U hebt toestemming nodig."}],
                },
                {"type": "textfield", "key": "verhuurder", "label": "Wie is de verhuurder?", "toonAls": 'eigendom = "huur"', "validate": {"required": True}},
                {"type": "addressNL", "key": "adres", "label": "Adres van de woning", "deriveAddress": True},
                {"type": "number", "key": "nachten", "label": "Hoeveel nachten?", "decimalLimit": 0, "suffix": "nachten", "validate": {"min": 1, "max": 60}},
                {
                    "type": "fieldset", "key": "groep", "label": "Ruimtes",
                    "components": [{"type": "selectboxes", "key": "ruimtes", "label": "Welke ruimtes?", "values": [{"value": "kamer", "label": "Kamer"}, {"value": "tuin", "label": "Tuinhuis"}]}],
                },
                {"type": "file", "key": "plattegrond", "label": "Plattegrond"},
            ],
        },
        {
            "naam": "bewoners",
            "titel": {"nl": "Bewoners", "en": "Residents"},
            "toonAls": 'eigendom = "eigen"',
            "componenten": [
                {
                    "type": "editgrid", "key": "bewoners", "label": "Wie wonen er nog meer?", "groupLabel": "Bewoner", "addAnother": "Bewoner toevoegen",
                    "components": [
                        {"type": "textfield", "key": "bewonernaam", "label": "Naam", "validate": {"required": True}},
                        {"type": "checkbox", "key": "kind", "label": "Dit is een kind"},
                    ],
                },
            ],
        },
    ],
}  # fmt: skip


def maak_app() -> tuple[Flask, dict[str, Any]]:
    """De app en de gegevens die zij vasthoudt."""
    app = Flask("formulierapp")
    app.secret_key = "proef"
    registreer(app, titel="Formulieren", organisatie="Gemeente Voorbeeldstad")
    formuliermotor.registreer(app)
    definitie = lees_definitie(DEFINITIE)
    bewaard: dict[str, Any] = {}

    def weergave() -> Formulierweergave:
        return Formulierweergave(definitie, huidige_taal(), bewaar=_verwijzing)

    @app.get("/<stap>")
    def toon(stap: str) -> ResponseReturnValue:
        if stap == "overzicht":
            return render_template_string(OVERZICHT, secties=weergave().samenvatting(bewaard))
        return render_template_string(PAGINA, formulier=weergave().stap(stap, bewaard))

    @app.post("/<stap>")
    def verwerk(stap: str) -> ResponseReturnValue:
        actie = request.form.get("actie", "verder")
        if actie == "verder":
            uitkomst = weergave().controleer(stap, request.form, request.files, gegevens=bewaard)
            bewaard.update(uitkomst.waarden)
            if uitkomst.fouten:
                return render_template_string(PAGINA, formulier=uitkomst.formulier), 422
            return redirect(weergave().volgende(stap, bewaard) or "overzicht", 303)
        bewaard.update(weergave().bewerk(stap, request.form, request.files, gegevens=bewaard))
        if actie == "vorige":
            return redirect(weergave().vorige(stap, bewaard) or stap, 303)
        return render_template_string(PAGINA, formulier=weergave().stap(stap, bewaard))

    return app, bewaard


def _verwijzing(bestand: FileStorage) -> dict[str, Any]:
    inhoud = bestand.read()
    return {"id": "1", "naam": bestand.filename, "grootte": len(inhoud), "mediatype": bestand.mimetype}
