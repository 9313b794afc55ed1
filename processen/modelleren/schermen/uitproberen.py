"""Een beslissing uitproberen en terugtoetsen."""

from datetime import date, timedelta

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import Form

import dmn
from huisstijl import lui, vertaal
from huisstijl.velden import DatumVeld
from kern.klok import NEDERLAND
from processen.modelleren.uitproberen import groepen, invulformulier, probeer, soorten, toets, vastgelegd
from processen.modelleren.werkbank import Werkbank, beheerder

HALF_JAAR = timedelta(days=182)
GETOOND = 50


class Periode(Form):
    van = DatumVeld(lui("Beslissingen van"))
    tot = DatumVeld(lui("Tot en met"))
    peildatum = DatumVeld(lui("Reken alsof het is"), verplicht=False, hulptekst=lui("Leeg is vandaag."))


def maak_uitproberen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van beide pagina's."""
    blauwdruk = Blueprint("uitproberen", __name__)
    scherm = _Scherm(bank)

    @blauwdruk.route("/<pakket>/beslissingen/<naam>/uitproberen", methods=["GET", "POST"])
    @beheerder
    def uitproberen(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.uitproberen(pakket, naam)

    @blauwdruk.route("/<pakket>/beslissingen/<naam>/terugtoets", methods=["GET", "POST"])
    @beheerder
    def terugtoets(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.terugtoets(pakket, naam)

    return blauwdruk


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def uitproberen(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Invullen, en zien wat er uitkomt, welke regels pasten en waarom de andere niet."""
        stand = self._bank.open(pakket)
        model = self._model(self._bank.deel(pakket, f"beslissingen/{naam}.dmn").inhoud)
        gekozen = self._beslissing(model)
        formulier = invulformulier(model, request.form or None)
        goed = request.method == "POST" and formulier.validate()
        uitleg = probeer(model, gekozen, formulier, self._vandaag()) if goed else None
        return self._bank.pagina(
            "uitproberen.html", pakket, "beslissingen", stand=stand, naam=naam, formulier=formulier, uitleg=uitleg,
            beslissingen=model.beslissingen, gekozen=gekozen,
        )  # fmt: skip

    def terugtoets(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Wat er in een periode beslist is, nog eens met deze versie: welke uitkomsten veranderen er."""
        pad, stand = f"beslissingen/{naam}.dmn", self._bank.open(pakket)
        nieuw = self._model(self._bank.deel(pakket, pad).inhoud)
        oud = self._model(self._bank.werkplaats.basis(pakket).get(pad))
        vandaag = self._vandaag()
        formulier = Periode(request.form or None, van=vandaag - HALF_JAAR, tot=vandaag)
        gekozen = self._beslissing(nieuw)
        waarden: dict[str, object] = {"formulier": formulier, "gekozen": gekozen, "gegevens": list(soorten(nieuw))}
        if request.method == "POST" and formulier.validate():
            waarden |= self._toets(oud, nieuw, gekozen, formulier)
        return self._bank.pagina(
            "terugtoets.html",
            pakket,
            "beslissingen",
            stand=stand,
            naam=naam,
            beslissingen=nieuw.beslissingen,
            getoond=GETOOND,
            **waarden,
        )

    def _toets(self, oud: dmn.Model, nieuw: dmn.Model, beslissing: str, formulier: Periode) -> dict[str, object]:
        gevallen = vastgelegd(self._bank.installatie, beslissing, formulier.van.data, formulier.tot.data)
        try:
            verslag = toets(oud, nieuw, beslissing, gevallen, formulier.peildatum.data or self._vandaag())
        except dmn.DmnFout as fout:
            return {"fout": str(fout)}
        gegeven = request.form.get("gegeven", "")
        return {
            "verslag": verslag,
            "gegeven": gegeven,
            "groepen": groepen(gevallen, verslag, gegeven) if gegeven else [],
        }

    def _vandaag(self) -> date:
        return self._bank.installatie.klok.nu().astimezone(NEDERLAND).date()

    def _model(self, inhoud: bytes | None) -> dmn.Model:
        if inhoud is None:
            abort(404)
        try:
            return dmn.lees(inhoud, functies=self._bank.motor.uitdrukkingen.functies)
        except dmn.DmnFout as fout:
            abort(422, vertaal("Deze beslissing is niet te lezen: %(fout)s", fout=fout))

    @staticmethod
    def _beslissing(model: dmn.Model) -> str:
        """De gekozen beslissing; anders de laatste, waar de andere in uitkomen."""
        gevraagd = request.values.get("beslissing", "")
        if not model.beslissingen:
            abort(404)
        return gevraagd if gevraagd in model.beslissingen else model.beslissingen[-1]
