"""De schermen: een lijst, en per sjabloon schrijven met het voorbeeld ernaast."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from formuliermotor.brief import Brief, briefgegevens, briefstijl, maak_brief
from formuliermotor.briefkeuring import BriefFout
from formuliermotor.kantoor import controleer_sjabloon
from formuliermotor.pdf import Ingesloten
from formuliermotor.sjablonen import VASTE_VELDEN, SjabloonFout, voorbeeldgegevens, vul
from huisstijl import lui, vertaal
from huisstijl.velden import TekstvakVeld, TekstVeld
from huisstijl.werkplek import registreer_beheer
from integratie.configuratie import SJABLOON, Configuratie
from kern import ldv
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer
from kern.web import maak_scherm_app
from processen.sjablonen.velden import LANGE_ZIN, leesbaarheid, naar_velden, ruw, uit_velden

PAD = "/beheer/sjablonen"
MEESTE_VERSIES = 50
beheerder = voor_beheer("functioneel-beheerder")


class Sjabloonformulier(Form):
    """Onderwerp en inhoud in beide talen, en de velden met hun voorbeeld."""

    onderwerp_nl = TekstVeld(lui("Onderwerp (Nederlands)"))
    inhoud_nl = TekstvakVeld(
        lui("Inhoud (Nederlands)"), hulptekst=lui("HTML. Een veld staat tussen {{ }}; data-als en data-elk maken iets voorwaardelijk.")
    )  # fmt: skip
    onderwerp_en = TekstVeld(lui("Onderwerp (Engels)"), verplicht=False)
    inhoud_en = TekstvakVeld(lui("Inhoud (Engels)"), verplicht=False)
    velden = TekstvakVeld(
        lui("Velden met een voorbeeld"), verplicht=False, hulptekst=lui('Eén per regel, zoals: bedrag = 250 of tot = date("2026-09-01").')
    )  # fmt: skip


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
        """Schrijven: nakijken, een voorbeeld als PDF, of bewaren. Wat niet klopt wordt niet bewaard."""
        oud, versie = self._haal(sleutel)
        formulier = Sjabloonformulier(formdata=request.form or None, data=naar_velden(oud))
        if request.method == "GET" or not formulier.validate():
            return self._toon(oud, versie, formulier, oud)
        data = {naam: waarde or "" for naam, waarde in formulier.data.items()}
        try:
            nieuw, zoals_getikt = uit_velden(oud, data), ruw(oud, data)
        except ValueError as fout:
            formulier.velden.errors = [vertaal("Deze regel is niet te lezen: %(regel)s", regel=str(fout))]
            return self._toon(oud, versie, formulier, oud)
        problemen = controleer_sjabloon(zoals_getikt)
        if request.form.get("actie") == "pdf" and not problemen:
            return self._pdf(nieuw, versie)
        if request.form.get("actie") != "bewaar" or problemen:
            return self._toon(oud, versie, formulier, nieuw, problemen)
        return self._bewaar(sleutel, nieuw)

    def _toon(
        self, oud: dict[str, Any], versie: int, formulier: Form, nieuw: dict[str, Any], problemen: Any = None
    ) -> str:
        problemen = controleer_sjabloon(nieuw) if problemen is None else problemen
        voorbeeld = None if problemen or formulier.errors else vul(nieuw, voorbeeldgegevens(nieuw))
        woorden, lang = leesbaarheid(nieuw["inhoud"]["nl"] or "")
        return render_template(
            "sjablonen/sjabloon.html", sjabloon=oud, versie=versie, formulier=formulier, problemen=problemen, voorbeeld=voorbeeld,
            woorden=woorden, lang=lang, te_lang=woorden > LANGE_ZIN, vast=sorted(VASTE_VELDEN[oud["soort"]]),
        )  # fmt: skip

    def _bewaar(self, sleutel: str, nieuw: dict[str, Any]) -> ResponseReturnValue:
        self._configuratie().bewaar(SJABLOON, sleutel, nieuw)
        ldv.audit(self._installatie, eis_identiteit(), "sjabloon bewaard", sleutel)
        flash(vertaal("Het sjabloon is bewaard. Brieven van voor deze wijziging veranderen niet."), "ok")
        return redirect(url_for("bewerk", sleutel=sleutel), 303)

    def _pdf(self, sjabloon: dict[str, Any], versie: int) -> Response:
        """Het voorbeeld zoals de brief eruit komt te zien, met de voorbeeldwaarden."""
        gegevens = voorbeeldgegevens(sjabloon)
        try:
            data = Ingesloten(
                "brief.json", briefgegevens(sjabloon, versie, "nl", gegevens), vertaal("Voorbeeldgegevens")
            )
            adres = ["Mevrouw A. de Vries", "Dorpsstraat 1", "1234 AB Voorbeeldstad"]
            kenmerken = [("Zaaknummer", str(gegevens["zaaknummer"]))]
            brief = Brief(vul(sjabloon, gegevens), adres, kenmerken, ingesloten=[data])
            return Response(maak_brief(brief, briefstijl(self._installatie)), content_type="application/pdf")
        except (SjabloonFout, BriefFout) as fout:
            return Response(str(fout), 422, content_type="text/plain; charset=utf-8")

    def versies(self, sleutel: str) -> str:
        """Alle versies, de nieuwste eerst."""
        alle = [v for v, _ in zip(self._configuratie().versies(SJABLOON, sleutel), range(MEESTE_VERSIES), strict=False)]
        if not alle:
            abort(404)
        return render_template("sjablonen/versies.html", sleutel=sleutel, versies=alle)

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

    @app.route("/<sleutel>", methods=["GET", "POST"])
    @beheerder
    def bewerk(sleutel: str) -> ResponseReturnValue:
        return schermen.bewerk(sleutel)

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
