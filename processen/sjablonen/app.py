"""De schermen: een lijst, en per sjabloon schrijven met het voorbeeld ernaast."""

from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, flash, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from formuliermotor.kantoor import bestand_van, controleer_sjabloon
from formuliermotor.sjablonen import opgeschoond
from huisstijl import vertaal
from huisstijl.werkplek import registreer_beheer
from integratie.configuratie import SJABLOON, Configuratie
from kern import ldv
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer
from kern.web import maak_scherm_app, upload
from processen.sjablonen.editor import (
    FRAGMENT,
    VOORBEELDADRES,
    Beoordeling,
    Sjabloon,
    Sjabloonformulier,
    als_bijlage,
    beoordeel,
    bewaard,
    keur_uitdrukking,
    keuzes,
    met_bestand,
    voorbeeld_bestand,
    voorbeeld_pdf,
)
from processen.sjablonen.opmaak import Opmaakscherm
from processen.sjablonen.velden import naar_velden, ruw
from processen.sjablonen.verschil import verschillen

PAD = "/beheer/sjablonen"
MEESTE_VERSIES = 50
beheerder = voor_beheer("functioneel-beheerder")


class Schermen:
    """De schermen op één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _configuratie(self) -> Configuratie:
        wie = eis_identiteit()
        return Configuratie(self._installatie, namens="beheer", gebruiker=wie.gebruikersnaam, weergave=wie.naam)

    def _haal(self, sleutel: str) -> tuple[dict[str, Any], int]:
        gevonden = self._configuratie().haal_met_versie(SJABLOON, sleutel)
        if gevonden is None:
            abort(404)
        return gevonden

    def lijst(self) -> ResponseReturnValue:
        """Alle sjablonen, met het aantal problemen."""
        alle = sorted(self._configuratie().alle(SJABLOON), key=lambda deel: str(deel["sleutel"]))
        return render_template(
            "sjablonen/lijst.html", sjablonen=[(deel, len(controleer_sjabloon(deel))) for deel in alle]
        )

    def bewerk(self, sleutel: str) -> ResponseReturnValue:
        """Schrijven: nakijken, een voorbeeld, of bewaren. Wat niet klopt wordt niet bewaard."""
        oud, versie = self._haal(sleutel)
        formulier = Sjabloonformulier(formdata=request.form or None, data=naar_velden(oud))
        if request.method == "GET" or not formulier.validate():
            return self._toon(oud, versie, formulier, beoordeel(oud))
        data = {naam: waarde or "" for naam, waarde in formulier.data.items()}
        try:
            nieuw, problemen = met_bestand(ruw(oud, data))
        except ValueError as fout:
            formulier.velden.errors = [vertaal("Deze regel is niet te lezen: %(regel)s", regel=str(fout))]
            return self._toon(oud, versie, formulier, beoordeel(oud))
        oordeel = beoordeel(nieuw, None, [*controleer_sjabloon(nieuw), *problemen])
        actie = request.form.get("actie", "")
        if oordeel.problemen or oordeel.fout or actie not in ("pdf", "pdf-en", "bestand", "bewaar"):
            return self._toon(nieuw, versie, formulier, oordeel, geweigerd=actie == "bewaar")
        if actie == "bestand":
            return voorbeeld_bestand(nieuw, None)
        if actie != "bewaar":
            return voorbeeld_pdf(self._installatie, nieuw, versie, None, "en" if actie == "pdf-en" else "nl")
        return self._bewaar(sleutel, opgeschoond(nieuw))

    def _toon(
        self, sjabloon: Sjabloon, versie: int, formulier: Form, oordeel: Beoordeling, *, geweigerd: bool = False
    ) -> ResponseReturnValue:
        fragment = FRAGMENT in request.headers
        pagina = render_template(
            "sjablonen/_kijk.html" if fragment else "sjablonen/sjabloon.html", sjabloon=sjabloon, versie=versie, formulier=formulier,
            beoordeling=oordeel, geweigerd=geweigerd, keuzes=keuzes(sjabloon["soort"]), adres=VOORBEELDADRES,
        )  # fmt: skip
        return (pagina, HTTPStatus.UNPROCESSABLE_ENTITY) if fragment and geweigerd else pagina

    def _bewaar(self, sleutel: str, nieuw: Sjabloon) -> ResponseReturnValue:
        self._configuratie().bewaar(SJABLOON, sleutel, nieuw)
        ldv.audit(self._installatie, eis_identiteit(), "sjabloon bewaard", sleutel)
        flash(vertaal("Het sjabloon is bewaard. Brieven van voor deze wijziging veranderen niet."), "ok")
        return bewaard(url_for("bewerk", sleutel=sleutel))

    def uitdrukking(self, sleutel: str) -> Response:
        """Of een voorwaarde te lezen is, voor wie haar intikt."""
        return jsonify(keur_uitdrukking(self._haal(sleutel)[0]))

    def bestand(self, sleutel: str) -> Response:
        """Het ODT- of DOCX-bestand van dit sjabloon."""
        return als_bijlage(bestand_van(self._haal(sleutel)[0]), sleutel)

    def versies(self, sleutel: str) -> str:
        """Alle versies, de nieuwste eerst."""
        alle = [v for v, _ in zip(self._configuratie().versies(SJABLOON, sleutel), range(MEESTE_VERSIES), strict=False)]
        if not alle:
            abort(404)
        vorige = [list(verschillen(oud.gegevens, nieuw.gegevens)) for nieuw, oud in pairwise(alle)]
        return render_template(
            "sjablonen/versies.html", sleutel=sleutel, versies=list(zip(alle, [*vorige, None], strict=True))
        )

    def zet_terug(self, sleutel: str, nummer: int) -> ResponseReturnValue:
        """Maak van een oude versie de nieuwste."""
        gekozen = next((v for v in self._configuratie().versies(SJABLOON, sleutel) if v.nummer == nummer), None)
        if gekozen is None:
            abort(404)
        return self._bewaar(sleutel, gekozen.gegevens)


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor functioneel beheerders."""
    app = maak_scherm_app("sjablonen", installatie, import_naam=__name__)
    registreer_beheer(app, Path(__file__).parent / "vertalingen")
    schermen = Schermen(installatie)

    @app.get("/")
    @beheerder
    def lijst() -> ResponseReturnValue:
        return schermen.lijst()

    @app.route("/opmaak", methods=["GET", "POST"])
    @beheerder
    def opmaak() -> ResponseReturnValue:
        return Opmaakscherm(installatie).bewerk()

    @app.route("/<sleutel>", methods=["GET", "POST"])
    @beheerder
    @upload
    def bewerk(sleutel: str) -> ResponseReturnValue:
        return schermen.bewerk(sleutel)

    @app.post("/<sleutel>/uitdrukking")
    @beheerder
    def uitdrukking(sleutel: str) -> ResponseReturnValue:
        return schermen.uitdrukking(sleutel)

    @app.get("/<sleutel>/bestand")
    @beheerder
    def bestand(sleutel: str) -> ResponseReturnValue:
        return schermen.bestand(sleutel)

    @app.get("/<sleutel>/versies")
    @beheerder
    def versies(sleutel: str) -> ResponseReturnValue:
        return schermen.versies(sleutel)

    @app.post("/<sleutel>/versies/<int:nummer>")
    @beheerder
    def zet_terug(sleutel: str, nummer: int) -> ResponseReturnValue:
        return schermen.zet_terug(sleutel, nummer)

    return app


deel = Deel("sjablonen", "processen.sjablonen", PAD, maak_app)
