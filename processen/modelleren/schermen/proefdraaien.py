"""Het tabblad proefdraaien: een aanvraag indienen, taken doen, de klok verzetten, en bij elke stap zien wat er gebeurt."""

from base64 import b64decode
from datetime import datetime
from typing import Any

import yaml
from flask import Blueprint, Response, abort, flash, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from contracten import veldtypen_van
from formuliermotor import DefinitieFout, Formulierweergave, lees_definitie
from huisstijl import huidige_taal, vertaal
from kern.klok import NEDERLAND
from processen.modelleren.formulier.bewerking import Bewerking
from processen.modelleren.formulier.lezen import lees_formulier
from processen.modelleren.formulier.werk import slak
from processen.modelleren.misgegaan import UITLEG
from processen.modelleren.opname import schrijf_op
from processen.modelleren.proefdraaien import NogBezig, Proefrunstand
from processen.modelleren.schermen.proefinvulling import (
    Proefinvulling,
    bewaar_upload,
    te_groot,
    velden_van,
    voor_scenario,
)
from processen.modelleren.schermen.scenarios import fouten_in, titel_van
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.pakketten.scenario import Indiener, Scenario, Stap, Verzoek

ONDERNEMER = "90000018"
BEGINUUR = 10


def maak_proefdraaien(bank: Werkbank) -> Blueprint:
    """De blauwdruk van het tabblad."""
    blauwdruk = Blueprint("proefdraaien", __name__)
    blauwdruk.add_app_template_filter(datetime.fromisoformat, "als_moment")
    _kijken(blauwdruk, bank)
    _beginnen(blauwdruk, bank)
    _doen(blauwdruk, bank)
    return blauwdruk


def _kijken(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/proefdraaien")
    @beheerder
    def scherm(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        run = bank.proefruns.van(pakket, bank.wie())
        if run is None or run.versie != stand.versie:
            bank.proefruns.bereid_voor(pakket, stand.versie)
        delen = bank.werkplaats.bestanden(pakket)
        return bank.pagina(
            "proefdraaien.html", pakket, "proefdraaien", stand=stand, run=run, uitleg=UITLEG,
            formulieren=_formulieren(bank, pakket, delen), scenarios=_scenarios(delen),
            personen=bank.proefpersonen.voor(("digid", "eherkenning")),
            processen={pad.removeprefix("processen/").removesuffix(".bpmn") for pad in delen if pad.startswith("processen/")},
        )  # fmt: skip

    @blauwdruk.get("/<pakket>/proefdraaien/brief/<int:nummer>")
    @beheerder
    def brief(pakket: str, nummer: int) -> ResponseReturnValue:
        stukken = _run(bank, pakket).stukken
        if nummer >= len(stukken):
            abort(404)
        koppen = {"Content-Disposition": "inline", "Cache-Control": "no-store"}
        return Response(b64decode(stukken[nummer]["inhoud"]), mimetype="application/pdf", headers=koppen)

    @blauwdruk.get("/<pakket>/proefdraaien/<int:nummer>/<sleutel>.json")
    @beheerder
    def cijfers(pakket: str, nummer: int, sleutel: str) -> ResponseReturnValue:
        """Waar het proces van dit verzoek is, in de vorm die de kaart van het model leest."""
        verzoeken = _run(bank, pakket).beeld.get("verzoeken", [])[nummer : nummer + 1]
        gevonden = [proces for verzoek in verzoeken for proces in verzoek["processen"] if proces["sleutel"] == sleutel]
        return jsonify(_op_de_kaart(gevonden[0], url_for(".scherm", pakket=pakket)) if gevonden else [])


def _beginnen(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.post("/<pakket>/proefdraaien/scenario")
    @beheerder
    def scenario(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        tekst = (bank.deel(pakket, f"scenarios/{request.form.get('naam', '')}.yaml").inhoud or b"").decode(
            errors="replace"
        )
        if fouten := fouten_in(tekst, ""):
            flash(fouten[0], "error")
        else:
            gelezen = Scenario.model_validate(yaml.safe_load(tekst))
            kaal = gelezen if request.form.get("tot") == "einde" else gelezen.model_copy(update={"stappen": []})
            bank.proefruns.begin(pakket, bank.wie(), kaal)
        return _terug(pakket)

    @blauwdruk.post("/<pakket>/proefdraaien/formulier/<sleutel>")
    @beheerder
    def formulier(pakket: str, sleutel: str) -> ResponseReturnValue:
        bank.open(pakket)
        bewerking = Bewerking(bank.werkplaats, pakket, bank.deel(pakket, f"formulieren/{sleutel}.json"))
        invulling = Proefinvulling(pakket, sleutel)
        if not invulling.begonnen or not bewerking.verzoektype:
            abort(404)
        definitie = lees_formulier(bewerking.definitie, bank.werkplaats.bestanden(pakket), bank.installatie)
        uitkomst = invulling.weergave(definitie, bank.installatie, "nl").afronden(invulling.gegevens)
        if uitkomst.fouten:
            flash(vertaal("Nog niet alles is goed ingevuld. Loop het formulier nog eens door."), "error")
            return _naar_stap(pakket, sleutel, definitie.stappen[0].naam)
        verzoek = Verzoek(type=bewerking.verzoektype, antwoorden=voor_scenario(uitkomst.waarden))
        nu = bank.installatie.klok.nu().astimezone(NEDERLAND).replace(hour=BEGINUUR, minute=0, second=0, microsecond=0)
        indiener = invulling.indiener(definitie, uitkomst.waarden, _indiener(bewerking.definitie.get("inlogmiddelen")))
        bank.proefruns.begin(pakket, bank.wie(), Scenario(naam="proef", klok=nu, indiener=indiener, verzoek=verzoek))
        return _terug(pakket)

    @blauwdruk.post("/<pakket>/proefdraaien/invullen")
    @beheerder
    def invullen(pakket: str) -> ResponseReturnValue:
        """Begin een formulier als een verzonnen persoon, met wat de bronnen van de proefplaats van diegene weten."""
        bank.open(pakket)
        sleutel = request.form.get("formulier", "")
        return _begin_invullen(
            bank, pakket, Bewerking(bank.werkplaats, pakket, bank.deel(pakket, f"formulieren/{sleutel}.json"))
        )


def _begin_invullen(bank: Werkbank, pakket: str, bewerking: Bewerking) -> ResponseReturnValue:
    try:
        definitie = lees_formulier(bewerking.definitie, bank.werkplaats.bestanden(pakket), bank.installatie)
    except DefinitieFout:
        return _naar_stap(pakket, bewerking.sleutel, "begin")  # dat scherm noemt de fouten
    invulling, mogelijk = Proefinvulling(pakket, bewerking.sleutel), bank.proefpersonen.voor(definitie.inlogmiddelen)
    wie = next((persoon for persoon in mogelijk if persoon.sleutel == request.form.get("persoon")), None)
    if mogelijk and wie is None:
        flash(vertaal("Deze persoon kan bij dit formulier niet inloggen. Kies een ander."), "error")
        return _terug(pakket)
    bekend = bank.proefpersonen.voorinvulling(definitie, wie) if wie and definitie.voorinvullingen() else {}
    if bekend is None:
        flash(
            vertaal("Wat wij al weten kon nu niet worden opgehaald. U kunt het formulier wel zelf invullen."), "warning"
        )
    invulling.begin(wie, {})
    weergave = invulling.weergave(definitie, bank.installatie)
    invulling.begin(wie, weergave.beginwaarden(bekend or {}))
    return _naar_stap(pakket, bewerking.sleutel, weergave.stappen(invulling.gegevens)[0])


def _naar_stap(pakket: str, sleutel: str, stap: str) -> ResponseReturnValue:
    return redirect(url_for("formulier.voorbeeld", pakket=pakket, sleutel=sleutel, stap=stap), 303)


def _doen(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.route("/<pakket>/proefdraaien/taak/<int:nummer>/<element>", methods=["GET", "POST"])
    @beheerder
    def taak(pakket: str, nummer: int, element: str) -> ResponseReturnValue:
        return _Taak(bank, pakket, nummer, element).antwoord()

    @blauwdruk.post("/<pakket>/proefdraaien/stap")
    @beheerder
    def stap(pakket: str) -> ResponseReturnValue:
        return _zet(bank, pakket, _stap_uit(_run(bank, pakket)))

    @blauwdruk.post("/<pakket>/proefdraaien/terug")
    @beheerder
    def terug(pakket: str) -> ResponseReturnValue:
        try:
            bank.proefruns.terug(pakket, bank.wie())
        except NogBezig:
            flash(vertaal("De vorige stap loopt nog. Probeer het zo weer."), "warning")
        return _terug(pakket)

    @blauwdruk.post("/<pakket>/proefdraaien/stoppen")
    @beheerder
    def stoppen(pakket: str) -> ResponseReturnValue:
        bank.proefruns.stop(pakket, bank.wie())
        flash(vertaal("De proef is weg."), "ok")
        return _terug(pakket)

    @blauwdruk.post("/<pakket>/proefdraaien/bewaren")
    @beheerder
    def bewaren(pakket: str) -> ResponseReturnValue:
        return _bewaar(bank, pakket, request.form.get("naam", "").strip())


def _terug(pakket: str) -> ResponseReturnValue:
    return redirect(url_for("proefdraaien.scherm", pakket=pakket), 303)


def _run(bank: Werkbank, pakket: str) -> Proefrunstand:
    return bank.proefruns.van(pakket, bank.wie()) or abort(404)


def _formulieren(bank: Werkbank, pakket: str, delen: dict[str, bytes]) -> list[tuple[str, str]]:
    """Sleutel en naam van de formulieren waarmee iemand iets indient."""
    bewerkingen = [
        Bewerking(bank.werkplaats, pakket, bank.deel(pakket, pad))
        for pad in sorted(delen)
        if pad.startswith("formulieren/")
    ]
    return [(b.sleutel, b.naam) for b in bewerkingen if b.verzoektype]


def _scenarios(delen: dict[str, bytes]) -> list[tuple[str, str]]:
    """Sleutel en naam van de scenario's."""
    namen = [
        pad.removeprefix("scenarios/").removesuffix(".yaml") for pad in sorted(delen) if pad.startswith("scenarios/")
    ]
    return [(naam, titel_van(delen[f"scenarios/{naam}.yaml"].decode(errors="replace"), naam)) for naam in namen]


def _indiener(middelen: Any) -> Indiener:
    """Wie het formulier indient: een verzonnen inwoner of ondernemer, of niemand als inloggen niet hoeft."""
    if not middelen:
        return Indiener(anoniem=True)
    return Indiener() if "digid" in middelen else Indiener(kvk=ONDERNEMER)


def _op_de_kaart(proces: dict[str, Any], adres: str) -> list[dict[str, Any]]:
    wacht = {w["element"]: w["naam"] for w in proces["wacht"]}
    vast = {i["element"]: i["naam"] for i in proces["incidenten"]}
    gehad = {stap["element"]: stap["naam"] for stap in proces["stappen"]}
    return [
        {
            "element": element, "naam": naam, "bereikt": 1, "wacht": int(element in wacht), "incidenten": int(element in vast),
            "mediaan": "", "p95": "", "adres": adres, "gehad": True, "tekst": naam,
        }
        for element, naam in {**gehad, **wacht, **vast}.items()
    ]  # fmt: skip


def _stap_uit(run: Proefrunstand) -> dict[str, Any]:
    """De stap die een knop vraagt: de klok vooruit, of een betaling; leeg als er geen goede waarde bij staat."""
    soort, velden = request.form.get("soort"), request.form
    if soort == "volgende" and run.beeld.get("volgende"):
        return {"tot": run.beeld["volgende"]}
    if soort == "dagen" and velden.get("dagen", "").isdigit():
        return {"wacht": f"P{velden['dagen']}D"}
    if soort == "dag":
        return {"tot": f"{velden.get('dag', '')}T{BEGINUUR:02d}:00"}
    return {"betaal": velden.get("uitkomst", "")} if soort == "betaal" else {}


def _zet(bank: Werkbank, pakket: str, velden: dict[str, Any]) -> ResponseReturnValue:
    try:
        bank.proefruns.zet(pakket, bank.wie(), Stap.model_validate(velden))
    except ValidationError:
        flash(vertaal("Zo kan dat niet. Vul een aantal dagen of een datum in."), "error")
    except NogBezig:
        flash(vertaal("De vorige stap loopt nog. Probeer het zo weer."), "warning")
    return _terug(pakket)


def _bewaar(bank: Werkbank, pakket: str, naam: str) -> ResponseReturnValue:
    run = _run(bank, pakket)
    if not naam or not run.beeld:
        flash(vertaal("Geef het scenario eerst een naam."), "error")
        return _terug(pakket)
    bestaand = [pad for pad in bank.werkplaats.bestanden(pakket) if pad.startswith("scenarios/")]
    sleutel = f"{len(bestaand) + 1:02d}-{slak(naam, '-') or 'scenario'}"
    nu = bank.werkplaats.kijk(pakket, f"scenarios/{sleutel}.yaml")
    inhoud = schrijf_op(naam, run).encode()
    bank.werkplaats.bewaar(pakket, nu.pad, inhoud, versie=nu.versie, wie=bank.wie(), wat=f"scenario {naam}")
    flash(vertaal("Bewaard als scenario. Speel het om te zien of het klopt."), "ok")
    return redirect(url_for("scenarios.lijst", pakket=pakket, _anchor=sleutel), 303)


class _Taak:
    """Een open taak doen: met haar formulier, en zonder formulier als YAML."""

    def __init__(self, bank: Werkbank, pakket: str, nummer: int, element: str) -> None:
        self._bank, self._pakket, self._element = bank, pakket, element
        verzoeken = _run(bank, pakket).beeld.get("verzoeken", [])[nummer : nummer + 1]
        self._naam = verzoeken[0]["naam"] if verzoeken else ""
        open_ = (
            w
            for v in verzoeken
            for p in v["processen"]
            for w in p["wacht"]
            if w["element"] == element and w.get("taak")
        )
        gevonden = next(open_, None)
        self._taak: dict[str, Any] = gevonden if gevonden is not None else abort(404)

    def antwoord(self) -> ResponseReturnValue:
        if request.method == "POST" and request.form.get("niet"):
            return self._klaar({}, uitgevoerd=False)
        if request.method == "POST" and "vrij" in request.form:
            return self._vrij(request.form["vrij"])
        weergave = self._weergave()
        return self._formulierstap(weergave) if weergave else self._toon(None)

    def _formulierstap(self, weergave: Formulierweergave) -> ResponseReturnValue:
        plek, stap = f"proeftaak:{self._pakket}:{self._element}", request.args.get("stap", "")
        gegevens = dict(session.get(plek) or {}) if stap else weergave.beginwaarden({})
        stap = stap if stap in weergave.stappen(gegevens) else weergave.stappen(gegevens)[0]
        if request.method == "GET":
            return self._toon(weergave.stap(stap, gegevens))
        if groot := te_groot():
            flash(vertaal("%(naam)s is te groot voor een proef: hoogstens 500 kB.", naam=groot[0]), "error")
            return self._toon(weergave.stap(stap, gegevens)), 422
        if request.form.get("actie") != "verder":
            session[plek] = weergave.bewerk(stap, request.form, request.files, gegevens=gegevens)
            nu = weergave.stap(stap, session[plek])
            return velden_van(nu) if "X-Fragment" in request.headers else self._toon(nu)
        uitkomst = weergave.controleer(stap, request.form, request.files, gegevens=gegevens)
        session[plek] = dict(uitkomst.waarden)
        if uitkomst.fouten:
            return self._toon(uitkomst.formulier), 422
        if volgende := weergave.volgende(stap, session[plek]):
            return redirect(url_for(".taak", **(request.view_args or {}), stap=volgende), 303)
        return self._klaar(voor_scenario(weergave.afronden(session.pop(plek)).waarden))

    def _weergave(self) -> Formulierweergave | None:
        if not self._taak.get("formulier"):
            return None
        try:
            definitie = lees_definitie(self._taak["formulier"], veldtypen_van(self._bank.installatie))
        except DefinitieFout:
            return None
        return Formulierweergave(
            definitie, huidige_taal(), {}, klok=self._bank.installatie.klok.nu, bewaar=bewaar_upload
        )

    def _vrij(self, tekst: str) -> ResponseReturnValue:
        try:
            gelezen = yaml.safe_load(tekst) or {}
        except yaml.YAMLError:
            gelezen = None
        if not isinstance(gelezen, dict):
            flash(vertaal("Schrijf op elke regel een naam en een waarde, zoals besluit: verlenen."), "error")
            return self._toon(None), 422
        return self._klaar(gelezen)

    def _klaar(self, waarden: dict[str, Any], *, uitgevoerd: bool = True) -> ResponseReturnValue:
        if self._taak["taak"] == "taak":
            return _zet(self._bank, self._pakket, {"taak": self._element, "uitkomst": waarden, "bij": self._naam})
        stap = {"klanttaak": self._element, "antwoord": waarden, "uitgevoerd": uitgevoerd, "bij": self._naam}
        return _zet(self._bank, self._pakket, stap)

    def _toon(self, formulier: Any) -> str:
        return self._bank.pagina("proeftaak.html", self._pakket, "proefdraaien", taak=self._taak, formulier=formulier)
