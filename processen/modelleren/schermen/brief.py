"""Een brief of bericht van een pakket schrijven: de editor van sjablonen, op een bestand van de werkversie."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

import orjson
import yaml
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from formuliermotor.kantoor import bestand_van, controleer_sjabloon
from formuliermotor.sjablonen import Probleem, voorbeeldgegevens
from huisstijl import lui, vertaal
from huisstijl.velden import KeuzeVeld, Optie
from processen.modelleren import tekenen
from processen.modelleren.inhoud import in_map
from processen.modelleren.schermen.jsondeel import bewaar as bewaar_json
from processen.modelleren.schermen.jsondeel import lees
from processen.modelleren.werkbank import Werkbank
from processen.modelleren.werkplaats import Deel
from processen.sjablonen import editor as e
from processen.sjablonen.velden import naar_velden, ruw
from processen.sjablonen.verschil import verschillen

LEEG: dict[str, Any] = {"soort": "brief", "onderwerp": {"nl": ""}, "inhoud": {"nl": ""}}
MEESTE_STAPPEN = 30


class Briefformulier(e.Sjabloonformulier):
    """De soort; de rest van het formulier is dat van elk sjabloon."""

    soort = KeuzeVeld(
        lui("Soort"),
        opties=[
            Optie("brief", lui("Brief (PDF)")),
            Optie("email", lui("E-mail")),
            Optie("bericht", lui("Bericht in MijnGemeente")),
            Optie("sms", lui("Sms")),
        ],
    )


class Briefscherm:
    """De schermen van één brief."""

    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def bewerk(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Schrijven: nakijken, een voorbeeld, of bewaren. Een werkversie mag ook bewaard worden als er nog iets niet klopt."""
        self._bank.open(pakket)
        deel = self._bank.deel(pakket, f"sjablonen/{naam}.json")
        oud = {**LEEG, **lees(deel, {}), "sleutel": naam}
        formulier = Briefformulier(formdata=request.form or None, data={**naar_velden(oud), "soort": oud["soort"]})
        if request.method == "GET" or not formulier.validate():
            return self._toon(pakket, deel, formulier, oud)
        data = {veld: waarde or "" for veld, waarde in formulier.data.items()}
        try:
            nieuw, problemen = e.met_bestand(ruw({**oud, "soort": data["soort"]}, data))
        except ValueError as fout:
            formulier.velden.errors = [vertaal("Deze regel is niet te lezen: %(regel)s", regel=str(fout))]
            return self._toon(pakket, deel, formulier, oud)
        return self._doe(pakket, deel, formulier, nieuw, problemen)

    def _doe(
        self, pakket: str, deel: Deel, formulier: Form, nieuw: e.Sjabloon, problemen: list[Probleem]
    ) -> ResponseReturnValue:
        actie = request.form.get("actie") or "bewaar"
        if actie == "bewaar" and not problemen:
            return self._bewaar(pakket, deel, nieuw)
        alle = [*controleer_sjabloon(nieuw), *problemen]
        if actie in ("pdf", "pdf-en") and not alle:
            gegevens = self._gegevens(pakket, nieuw)
            return e.voorbeeld_pdf(
                self._bank.installatie, nieuw, deel.versie, gegevens, "en" if actie == "pdf-en" else "nl"
            )
        if actie == "bestand" and not alle:
            return e.voorbeeld_bestand(nieuw, self._gegevens(pakket, nieuw))
        return self._toon(pakket, deel, formulier, nieuw, problemen)

    def _bewaar(self, pakket: str, deel: Deel, nieuw: e.Sjabloon) -> ResponseReturnValue:
        kaal = {veld: waarde for veld, waarde in nieuw.items() if veld != "sleutel"}
        if bewaar_json(self._bank, pakket, deel.pad, kaal, f"{vertaal('Brief of bericht')}: {vertaal('gewijzigd')}"):
            flash(vertaal("Bewaard. Het werkt pas na publiceren."), "ok")
        return e.bewaard(url_for("dienst.brieven", pakket=pakket))

    def _toon(
        self, pakket: str, deel: Deel, formulier: Form, sjabloon: e.Sjabloon, problemen: list[Probleem] | None = None
    ) -> ResponseReturnValue:
        alle = [*controleer_sjabloon(sjabloon), *(problemen or [])]
        oordeel = e.beoordeel(sjabloon, None if alle else self._gegevens(pakket, sjabloon), alle)
        waarden: dict[str, Any] = {"sjabloon": sjabloon, "beoordeling": oordeel, "adres": e.VOORBEELDADRES}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if formulier.errors or problemen else HTTPStatus.OK
        if e.FRAGMENT in request.headers:
            return render_template("sjablonen/_kijk.html", **waarden), status
        pagina = self._bank.pagina(
            "brief.html", pakket, "brieven", formulier=formulier, naam=sjabloon["sleutel"], versie=request.form.get("versie", deel.versie),
            keuzes=e.keuzes(sjabloon["soort"], self._variabelen(pakket)), scenarios=[(sleutel, s["naam"]) for sleutel, s in self._scenarios(pakket).items()],
            gekozen=request.form.get("voorbeeld", ""), **waarden,
        )  # fmt: skip
        return pagina, status

    def uitdrukking(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Of een voorwaarde te lezen is, voor wie haar intikt."""
        deel = self._bank.deel(pakket, f"sjablonen/{naam}.json")
        soort = request.form.get("soort", "")
        oud = {**LEEG, **lees(deel, {})}
        return jsonify(e.keur_uitdrukking({**oud, "soort": soort} if soort in e.SOORTEN else oud))

    def bestand(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Het ODT- of DOCX-bestand van deze brief."""
        return e.als_bijlage(bestand_van(lees(self._bank.deel(pakket, f"sjablonen/{naam}.json"), {})), naam)

    # --- gegevens voor het voorbeeld ---

    def _scenarios(self, pakket: str) -> dict[str, dict[str, Any]]:
        """De scenario's die te lezen zijn, op bestandsnaam."""
        gelezen = {}
        for sleutel, inhoud in sorted(in_map(self._bank.werkplaats.bestanden(pakket), "scenarios").items()):
            try:
                scenario = yaml.safe_load(inhoud)
            except yaml.YAMLError:
                continue
            if isinstance(scenario, dict) and isinstance(scenario.get("verzoek"), dict):
                gelezen[sleutel] = {"naam": sleutel, **scenario}
        return gelezen

    def _gegevens(self, pakket: str, sjabloon: e.Sjabloon) -> dict[str, Any]:
        scenario = self._scenarios(pakket).get(request.form.get("voorbeeld", ""))
        if scenario is None:
            return voorbeeldgegevens(sjabloon)
        klok, antwoorden = scenario.get("klok"), scenario["verzoek"].get("antwoorden") or {}
        dag = self._bank.installatie.klok.vandaag()
        with suppress(ValueError):  # een scenario zonder leesbare dag: dan die van vandaag
            dag = klok.date() if isinstance(klok, datetime) else date.fromisoformat(str(klok)[:10])
        return e.met_antwoorden(sjabloon, antwoorden, dag)

    def _variabelen(self, pakket: str) -> Iterable[Mapping[str, str]]:
        bestanden = self._bank.werkplaats.bestanden(pakket)
        gevonden: dict[str, Mapping[str, str]] = {}
        for proces in in_map(bestanden, "processen"):
            gevonden |= {deel["naam"]: deel for deel in tekenen.variabelen(bestanden, proces)}
        return [deel for naam, deel in gevonden.items() if naam not in ("verzoek", "zaak", "zaaknummer")]

    # --- geschiedenis ---

    def versies(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Wat er in deze brief veranderde sinds de werkversie begon, de nieuwste wijziging eerst."""
        stand = self._bank.open(pakket)
        deel = self._bank.deel(pakket, f"sjablonen/{naam}.json")
        stappen = self._bank.werkplaats.wijzigingen(pakket, deel.pad, MEESTE_STAPPEN)
        regels = [(stap, list(verschillen(_json(stap.oud), _json(stap.nieuw)))) for stap in stappen]
        return self._bank.pagina("brief_versies.html", pakket, "brieven", stand=stand, naam=naam, regels=regels)

    def zet_terug(self, pakket: str, naam: str, nr: int) -> ResponseReturnValue:
        """Zet de brief terug zoals hij vóór deze wijziging was."""
        self._bank.open(pakket)
        deel = self._bank.deel(pakket, f"sjablonen/{naam}.json")
        stappen = self._bank.werkplaats.wijzigingen(pakket, deel.pad, MEESTE_STAPPEN)
        stap = next((stap for stap in stappen if stap.nr == nr), None)
        inhoud = stap and (stap.nieuw if request.form.get("wat") == "nieuw" else stap.oud)
        if not inhoud:
            abort(404)
        self._bank.werkplaats.bewaar(
            pakket, deel.pad, inhoud, versie=deel.versie, wie=self._bank.wie(), wat=f"{naam}: {vertaal('teruggezet')}"
        )
        flash(vertaal("Teruggezet. Het werkt pas na publiceren."), "ok")
        return redirect(url_for("dienst.brief", pakket=pakket, naam=naam), HTTPStatus.SEE_OTHER)


def _json(inhoud: bytes | None) -> dict[str, Any]:
    try:
        gelezen = orjson.loads(inhoud or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return gelezen if isinstance(gelezen, dict) else {}
