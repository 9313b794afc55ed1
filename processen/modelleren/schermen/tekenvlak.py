"""De tekenvlakken: een proces of beslissing tekenen, het verschil met wat er loopt zien, en zien waar het nu druk is."""

from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from kern.web import upload
from processen.modelleren import tekenen
from processen.modelleren.beslissen import alleen_lezen, kijk_beslissing_na
from processen.modelleren.drukte import per_element, wachters
from processen.modelleren.inhoud import in_map, namen
from processen.modelleren.werkbank import Werkbank, beheerder

XML = "application/xml"


def maak_tekenvlak(bank: Werkbank) -> Blueprint:
    """De blauwdruk met de pagina's en hun JSON."""
    blauwdruk = Blueprint("tekenvlak", __name__)
    _pagina(blauwdruk, bank)
    _gegevens(blauwdruk, bank)
    _loopt_nu(blauwdruk, bank)
    return blauwdruk


def _pagina(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/proces/<naam>")
    @beheerder
    def proces(pakket: str, naam: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        deel = bank.deel(pakket, f"processen/{naam}.bpmn")
        bestaat = deel.pad in bank.werkplaats.basis(pakket)
        return bank.pagina(
            "tekenvlak_proces.html", pakket, "proces", stand=stand, naam=naam, deel=deel, bestaat=bestaat
        )

    @blauwdruk.get("/<pakket>/beslissingen/<naam>")
    @beheerder
    def beslissing(pakket: str, naam: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        deel = bank.deel(pakket, f"beslissingen/{naam}.dmn")
        waarom = alleen_lezen(deel.inhoud or b"")
        return bank.pagina(
            "tekenvlak_beslissing.html",
            pakket,
            "beslissingen",
            stand=stand,
            naam=naam,
            deel=deel,
            waarom=waarom,
            bestaat=deel.pad in bank.werkplaats.basis(pakket),
        )

    @blauwdruk.get("/<pakket>/proces/<naam>/verschil")
    @beheerder
    def verschil(pakket: str, naam: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        deel = bank.deel(pakket, f"processen/{naam}.bpmn")
        if deel.pad not in bank.werkplaats.basis(pakket):
            abort(404)
        return bank.pagina("tekenvlak_verschil.html", pakket, "proces", stand=stand, naam=naam, deel=deel)


def _gegevens(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/proces/sjablonen.json")
    @beheerder
    def sjablonen(pakket: str) -> ResponseReturnValue:
        bestanden = bank.werkplaats.bestanden(pakket)
        eigen = set(in_map(bestanden, "processen"))
        with bank.installatie.db.lezen() as verbinding:
            actief = [
                d for d in bank.motor.definities.lijst(verbinding) if d.staat == "actief" and d.sleutel not in eigen
            ]
        aanroepbaar = {definitie.sleutel: definitie.naam for definitie in actief}
        return jsonify(tekenen.sjablonen(bank.motor.bouwblokken, namen(bestanden), aanroepbaar))

    @blauwdruk.get("/<pakket>/proces/<naam>/variabelen.json")
    @beheerder
    def variabelen(pakket: str, naam: str) -> ResponseReturnValue:
        return jsonify(list(tekenen.variabelen(bank.werkplaats.bestanden(pakket), naam)))

    @blauwdruk.post("/<pakket>/controle/proces")
    @beheerder
    @upload
    def controle_proces(pakket: str) -> ResponseReturnValue:
        bestanden = bank.werkplaats.bestanden(pakket)
        return jsonify(tekenen.kijk_proces_na(bank.motor, request.get_data(), bestanden))

    @blauwdruk.post("/<pakket>/controle/beslissing")
    @beheerder
    @upload
    def controle_beslissing(pakket: str) -> ResponseReturnValue:
        del pakket  # een beslissing staat op zichzelf
        return jsonify(kijk_beslissing_na(request.get_data(), bank.motor.uitdrukkingen.functies))

    @blauwdruk.get("/<pakket>/geinstalleerd/<path:pad>")
    @beheerder
    def geinstalleerd(pakket: str, pad: str) -> ResponseReturnValue:
        inhoud = bank.werkplaats.basis(pakket).get(pad)
        return Response(inhoud, mimetype=XML) if inhoud is not None else abort(404)


def _loopt_nu(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/proces/<naam>/nu")
    @beheerder
    def nu(pakket: str, naam: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        bpmn = bank.werkplaats.basis(pakket).get(f"processen/{naam}.bpmn") or abort(404)
        cijfers, element = per_element(bank, bpmn), request.args.get("element", "")
        gekozen = next((regel for regel in cijfers if regel.element == element), None)
        return bank.pagina(
            "tekenvlak_nu.html", pakket, "proces", stand=stand, naam=naam, cijfers=cijfers, gekozen=gekozen,
            wachters=wachters(bank, bpmn, element) if gekozen else [],
        )  # fmt: skip

    @blauwdruk.get("/<pakket>/proces/<naam>/cijfers.json")
    @beheerder
    def cijfers(pakket: str, naam: str) -> ResponseReturnValue:
        bpmn = bank.werkplaats.basis(pakket).get(f"processen/{naam}.bpmn") or abort(404)
        return jsonify([{**vars(r), "adres": _naar(pakket, naam, r.element)} for r in per_element(bank, bpmn)])


def _naar(pakket: str, naam: str, element: str) -> str:
    """Waar staat wat er bij dit element wacht."""
    return url_for("tekenvlak.nu", pakket=pakket, naam=naam, element=element, _anchor="wachters")
