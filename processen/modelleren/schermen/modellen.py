"""De tabbladen proces en beslissingen: de lijst van modellen, er een beginnen, inlezen of weghalen."""

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, Form
from wtforms.validators import ValidationError

from huisstijl import lui, vertaal
from huisstijl.velden import Optie, SelectVeld, TekstVeld
from kern.web import upload
from processen.modelleren.modellen import BESLISSINGEN, PROCESSEN, UITGANG, ModelFout, leeg, lees_in, titel_van
from processen.modelleren.starten import met_starts, processen, starts
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing, Deel, OnbekendPad

TABBLAD = {PROCESSEN: "proces", BESLISSINGEN: "beslissingen"}
TEKENVLAK = {PROCESSEN: "tekenvlak.proces", BESLISSINGEN: "tekenvlak.beslissing"}
KOP = "pakket.toml"
SLEUTEL = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def _is_sleutel(_formulier: Form, veld: Field) -> None:
    if veld.data and not SLEUTEL.fullmatch(veld.data.strip()):
        raise ValidationError(vertaal("Gebruik kleine letters, cijfers en streepjes, en begin met een letter."))


class Nieuw(Form):
    naam = TekstVeld(
        lui("Korte naam"),
        hulptekst=lui("Bijvoorbeeld hond-afmelden. Deze naam is later niet te wijzigen."),
        controles=(_is_sleutel,),
    )
    titel = TekstVeld(lui("Titel"), hulptekst=lui("Zoals collega's het noemen, bijvoorbeeld Hond afmelden."))


def maak_modellen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van beide tabbladen."""
    blauwdruk = Blueprint("modellen", __name__)
    scherm = _Scherm(bank)

    @blauwdruk.get("/<pakket>/proces")
    @beheerder
    def proces(pakket: str) -> ResponseReturnValue:
        return scherm.lijst(pakket, PROCESSEN)

    @blauwdruk.get("/<pakket>/beslissingen")
    @beheerder
    def beslissingen(pakket: str) -> ResponseReturnValue:
        return scherm.lijst(pakket, BESLISSINGEN)

    @blauwdruk.post("/<pakket>/modellen/<any(processen, beslissingen):map_>")
    @beheerder
    def nieuw(pakket: str, map_: str) -> ResponseReturnValue:
        return scherm.nieuw(pakket, map_)

    @blauwdruk.post("/<pakket>/proces/starts")
    @beheerder
    def bewaar_starts(pakket: str) -> ResponseReturnValue:
        return scherm.bewaar_starts(pakket)

    @blauwdruk.post("/<pakket>/modellen/<any(processen, beslissingen):map_>/inlezen")
    @beheerder
    @upload
    def inlezen(pakket: str, map_: str) -> ResponseReturnValue:
        return scherm.inlezen(pakket, map_)

    @blauwdruk.post("/<pakket>/modellen/<any(processen, beslissingen):map_>/<naam>/weg")
    @beheerder
    def weg(pakket: str, map_: str, naam: str) -> ResponseReturnValue:
        return scherm.weg(pakket, map_, naam)

    return blauwdruk


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def lijst(self, pakket: str, map_: str, *, formulier: Form | None = None, fout: ModelFout | None = None) -> str:
        stand = self._bank.open(pakket)
        delen = [deel for deel in self._bank.werkplaats.delen(pakket) if deel.pad.startswith(f"{map_}/")]
        return self._bank.pagina(
            "modellen.html", pakket, TABBLAD[map_], stand=stand, delen=[(_naam(deel), titel_van(deel.inhoud or b""), deel) for deel in delen], map_=map_,
            formulier=formulier or Nieuw(), fout=fout, tekenvlak=TEKENVLAK[map_],
            starts=self._starts(pakket) if map_ == PROCESSEN else None,
        )  # fmt: skip

    def bewaar_starts(self, pakket: str) -> ResponseReturnValue:
        """Bewaar welk proces er bij elk verzoek begint."""
        self._bank.open(pakket)
        formulier, deel = self._starts(pakket, request.form), self._bank.deel(pakket, KOP)
        if not formulier.validate():
            abort(400)
        gekozen = {str(veld.label.text): str(veld.data or "") for veld in formulier}
        try:
            self._bewaar(pakket, KOP, met_starts(deel.inhoud or b"", gekozen))
        except ValueError as fout:
            flash(str(fout), "error")
        else:
            flash(vertaal("Bewaard."), "ok")
        return redirect(url_for(".proces", pakket=pakket), 303)

    def _starts(self, pakket: str, ingevuld: Any = None) -> Form:
        """Een keuzelijst per verzoektype, met de processen van het pakket."""
        bestanden = self._bank.werkplaats.bestanden(pakket)
        opties = [Optie("", lui("Er begint niets")), *(Optie(naam, naam) for naam in processen(bestanden))]
        nu = starts(bestanden)
        velden = {f"start{nr}": SelectVeld(soort, opties=opties, verplicht=False) for nr, soort in enumerate(nu)}
        soort_formulier: Callable[..., Form] = type("Starts", (Form,), velden)
        return soort_formulier(ingevuld, data={f"start{nr}": proces for nr, proces in enumerate(nu.values())})

    def nieuw(self, pakket: str, map_: str) -> ResponseReturnValue:
        formulier = Nieuw(request.form)
        self._bank.open(pakket)
        if not formulier.validate():
            return self.lijst(pakket, map_, formulier=formulier)
        naam, pad = formulier.naam.data, f"{map_}/{formulier.naam.data}.{UITGANG[map_]}"
        if self._bank.werkplaats.kijk(pakket, pad).inhoud is not None:
            formulier.naam.errors = [vertaal("Deze naam is al in gebruik.")]
            return self.lijst(pakket, map_, formulier=formulier)
        self._bewaar(pakket, pad, leeg(map_, naam, formulier.titel.data))
        return redirect(url_for(TEKENVLAK[map_], pakket=pakket, naam=naam))

    def inlezen(self, pakket: str, map_: str) -> ResponseReturnValue:
        self._bank.open(pakket)
        bestand = request.files.get("bestand")
        if bestand is None or not bestand.filename:
            return self.lijst(pakket, map_, fout=ModelFout(vertaal("Kies een bestand.")))
        try:
            bestanden = self._bank.werkplaats.bestanden(pakket)
            gelezen = lees_in(bestand.filename, bestand.read(), self._bank.motor, bestanden)
            self._bewaar(pakket, gelezen.pad, gelezen.inhoud)
        except (ModelFout, OnbekendPad) as fout:
            return self.lijst(pakket, map_, fout=fout if isinstance(fout, ModelFout) else ModelFout(str(fout)))
        map_, _, naam = gelezen.pad.rpartition(".")[0].partition("/")
        stand = self._bank.open(pakket)
        return self._bank.pagina(
            "ingelezen.html", pakket, TABBLAD[map_], stand=stand, naam=naam, regels=gelezen.regels,
            adres=url_for(TEKENVLAK[map_], pakket=pakket, naam=naam),
        )  # fmt: skip

    def weg(self, pakket: str, map_: str, naam: str) -> ResponseReturnValue:
        deel = self._bank.deel(pakket, f"{map_}/{naam}.{UITGANG[map_]}")
        try:
            self._bank.werkplaats.verwijder(pakket, deel.pad, versie=deel.versie, wie=self._bank.wie())
        except Botsing:
            flash(vertaal("Een collega wijzigde dit model net; het is niet weggehaald."), "warning")
        else:
            flash(vertaal("%(naam)s is weggehaald. Met Ongedaan maken komt het terug.", naam=naam), "ok")
        return redirect(url_for(f"modellen.{TABBLAD[map_]}", pakket=pakket))

    def _bewaar(self, pakket: str, pad: str, inhoud: bytes) -> None:
        """Bewaar het model; wat er al stond blijft als stap in de geschiedenis."""
        nu = self._bank.werkplaats.kijk(pakket, pad)
        self._bank.werkplaats.bewaar(pakket, pad, inhoud, versie=nu.versie, wie=self._bank.wie())


def _naam(deel: Deel) -> str:
    return deel.pad.partition("/")[2].rpartition(".")[0]
