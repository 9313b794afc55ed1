"""Het scherm van de toezichthouder: zoeken op nummer of op adres. Elke zoekvraag staat in de audittrail, elk resultaat in het LDV."""

from pathlib import Path
from typing import Any

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form

import huisstijl
from huisstijl import Navigatiepunt, lui, vertaal
from huisstijl.aanmelding import aangemelde_gebruiker
from huisstijl.velden import AdresVeld, TekstVeld
from integratie.clients import Clients
from kern import ldv
from kern.deel import Deel
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_medewerker
from kern.verwerkingsactiviteiten import EIGEN
from kern.web import maak_scherm_app
from processen.toezicht.zoeken import Registratie, Zoeker

PAD = "/toezicht"
ACTIVITEIT = f"{EIGEN}toezicht"
NAMENS = "behandelen"
toezichthouder = voor_medewerker("toezichthouder")


class Zoekformulier(Form):
    """Een van beide is genoeg."""

    nummer = TekstVeld(lui("Registratienummer"), verplicht=False, hulptekst=lui("Met of zonder streepjes."))
    adres = AdresVeld(lui("Of het adres van de woning"), verplicht=False)

    def validate(self, extra_validators: Any = None) -> bool:
        goed = super().validate(extra_validators)
        if goed and not (self.nummer.data or self.adres.data):
            self.nummer.errors = [vertaal("Vul een nummer of een adres in.")]
        return goed and not self.errors


class Scherm:
    """Zoeken op één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def toon(self) -> ResponseReturnValue:
        """Het formulier, en na een zoekvraag wat er is. De vraag staat in het lichaam: een adres hoort niet in een URL of log."""
        if request.method == "GET":
            return render_template("toezicht/zoeken.html", formulier=Zoekformulier(), gevonden=None)
        formulier = Zoekformulier(request.form)
        if not formulier.validate():
            return render_template("toezicht/zoeken.html", formulier=formulier, gevonden=None)
        gevonden = self._zoek(formulier)
        self._verantwoord(gevonden)
        return render_template("toezicht/zoeken.html", formulier=formulier, gevonden=gevonden)

    def _zoek(self, formulier: Zoekformulier) -> list[Registratie]:
        wie = eis_identiteit()
        clients = Clients(self._installatie, namens=NAMENS, gebruiker=wie.gebruikersnaam, weergave=wie.naam)
        zoeker = Zoeker(clients)
        nummer = str(formulier.nummer.data or "").strip()
        return zoeker.op_nummer(nummer) if nummer else zoeker.op_adres(formulier.adres.data)

    def _verantwoord(self, gevonden: list[Registratie]) -> None:
        betrokkenen = frozenset(wie for registratie in gevonden for wie in registratie.betrokkenen)
        ldv.leg_gebruik_vast(
            self._installatie, betrokkenen, activiteit=ACTIVITEIT, naam="Registratie opgezocht voor toezicht"
        )
        onderwerpen = [registratie.url for registratie in gevonden] or ["niets gevonden"]
        for onderwerp in onderwerpen:
            ldv.audit(self._installatie, eis_identiteit(), "registratie opgezocht voor toezicht", onderwerp)


def maak_app(installatie: Installatie) -> Flask:
    """De app met huisstijl; elke route is alleen voor toezichthouders."""
    app = maak_scherm_app("toezicht", installatie, import_naam=__name__)
    huisstijl.registreer(
        app,
        titel="Toezicht",
        organisatie=installatie.instellingen.gemeente_naam,
        gebruiker=aangemelde_gebruiker,
        navigatie=lambda: [Navigatiepunt(vertaal("Registratie zoeken"), f"{PAD}/")],
        thuis=f"{PAD}/",
        vertalingen=Path(__file__).parent / "vertalingen",
    )
    scherm = Scherm(installatie)

    @app.route("/", methods=["GET", "POST"])
    @toezichthouder
    def zoeken() -> ResponseReturnValue:
        return scherm.toon()

    return app


deel = Deel("toezicht", "processen.toezicht", PAD, maak_app)
