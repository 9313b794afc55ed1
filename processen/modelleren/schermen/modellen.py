"""De tabbladen proces en beslissingen: de lijst van modellen, downloaden en opnieuw inlezen."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from lxml import etree

from huisstijl import vertaal
from kern.web import upload
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing, OnbekendPad
from processen.motor.definities import lees_soepel
from processen.motor.fouten import ModelGeweigerd


@dataclass(frozen=True)
class Soort:
    """Een soort model: het tabblad, de map in het pakket en de uitgang van het bestand."""

    tab: str
    map_: str
    uitgang: str


SOORTEN = {
    "proces": Soort("proces", "processen", "bpmn"),
    "beslissingen": Soort("beslissingen", "beslissingen", "dmn"),
}


def maak_modellen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van beide tabbladen."""
    blauwdruk = Blueprint("modellen", __name__)

    @blauwdruk.get("/<pakket>/proces")
    @beheerder
    def proces(pakket: str) -> ResponseReturnValue:
        return _lijst(bank, pakket, SOORTEN["proces"])

    @blauwdruk.get("/<pakket>/beslissingen")
    @beheerder
    def beslissingen(pakket: str) -> ResponseReturnValue:
        return _lijst(bank, pakket, SOORTEN["beslissingen"])

    @blauwdruk.post("/<pakket>/<any(proces, beslissingen):tab>/inlezen")
    @beheerder
    @upload
    def inlezen(pakket: str, tab: str) -> ResponseReturnValue:
        return _inlezen(bank, pakket, SOORTEN[tab])

    @blauwdruk.post("/<pakket>/<any(proces, beslissingen):tab>/verwijderen")
    @beheerder
    def verwijderen(pakket: str, tab: str) -> ResponseReturnValue:
        deel = bank.deel(pakket, request.form.get("bestand", ""))
        if not deel.pad.startswith(f"{SOORTEN[tab].map_}/"):
            abort(404)
        bank.werkplaats.verwijder(pakket, deel.pad, versie=deel.versie, wie=bank.wie(), wat=f"{deel.pad} weggehaald")
        flash(vertaal("Weggehaald. Dit is ongedaan te maken."), "ok")
        return redirect(url_for(f".{tab}", pakket=pakket), 303)

    return blauwdruk


def _lijst(bank: Werkbank, pakket: str, soort: Soort, fouten: tuple[str, ...] = ()) -> str:
    stand = bank.open(pakket)
    delen = [deel for deel in bank.werkplaats.delen(pakket) if deel.pad.startswith(f"{soort.map_}/")]
    namen = {deel.pad: _naam(deel.inhoud or b"") or deel.pad for deel in delen}
    waarden: dict[str, Any] = {"delen": delen, "namen": namen, "soort": soort, "fouten": fouten}
    return bank.pagina("modellen.html", pakket, soort.tab, stand=stand, **waarden)


def _inlezen(bank: Werkbank, pakket: str, soort: Soort) -> ResponseReturnValue:
    bank.open(pakket)
    bestand = request.files.get("model")
    inhoud = bestand.read() if bestand else b""
    try:
        pad = f"{soort.map_}/{_sleutel(inhoud, soort)}.{soort.uitgang}"
        nu = bank.werkplaats.kijk(pakket, pad)
        bank.werkplaats.bewaar(pakket, pad, inhoud, versie=nu.versie, wie=bank.wie(), wat=f"{pad} ingelezen")
    except (ModelGeweigerd, OnbekendPad, Botsing) as fout:
        return _lijst(bank, pakket, soort, (str(fout),)), 422
    flash(vertaal("Ingelezen. Kijk op het overzicht of het klopt."), "ok")
    return redirect(url_for(f".{soort.tab}", pakket=pakket), 303)


def _boom(inhoud: bytes) -> Any:
    try:
        return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def _sleutel(inhoud: bytes, soort: Soort) -> str:
    """Hoe het bestand heet: naar het proces of het beslismodel dat erin staat. `OnbekendPad` als het geen model is."""
    if soort.tab == "proces":
        return lees_soepel(inhoud).id
    boom = _boom(inhoud)
    if boom is None or etree.QName(boom).localname != "definitions" or not boom.get("id"):
        raise OnbekendPad(vertaal("Dit is geen beslismodel (DMN)."))
    return str(boom.get("id"))


def _naam(inhoud: bytes) -> str:
    """De naam die in het model staat."""
    boom = _boom(inhoud)
    if boom is None:
        return ""
    processen = boom.findall("{*}process")
    return str(next((p.get("name") for p in processen if p.get("name")), boom.get("name") or ""))
