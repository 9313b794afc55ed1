"""Een gesprek voeren: vragen noteren, wisselen, pauzeren en afronden. Alles staat steeds op de server."""

from typing import Any
from uuid import UUID

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import vertaal
from integratie.basis import ApiFout
from kcc import gesprekken
from kcc.afdelingen import afdelingen, als_opties
from kcc.afronden import ZaakOnbekend, rond_af
from kcc.bronnen import bronnen
from kcc.formulieren import Gespreksformulier, vraagformulier
from kcc.gesprekken import MEESTE_VRAGEN, Gesprek, Vraag
from kcc.klanten import klant_van
from kcc.schermen.basis import agent, blauwdruk
from kern.concepten import Conflict, GeenConcept

POGINGEN = 5
Formulieren = list[tuple[Vraag, Any]]


@blauwdruk.get("/gesprekken")
@agent
def gesprekkenlijst() -> ResponseReturnValue:
    return render_template("kcc/gesprekken.html", gesprekken=gesprekken.alle())


@blauwdruk.post("/gesprekken")
@agent
def begin_gesprek() -> ResponseReturnValue:
    ref = request.form.get("klant", type=UUID)
    klant = klant_van(ref) if ref else None
    return redirect(url_for("kcc.gesprek", id_=gesprekken.begin(klant).id), 303)


@blauwdruk.post("/klant/<uuid:ref>/gesprek")
@agent
def klant_bij_gesprek(ref: UUID) -> ResponseReturnValue:
    """De klant van het lopende gesprek is nu bekend."""
    lopend = gesprekken.lopend()
    if lopend is None or lopend.klant:
        abort(409)
    gesprekken.zet_klant(lopend, klant_van(ref))
    gesprekken.bewaar(lopend)
    return redirect(url_for("kcc.gesprek", id_=lopend.id), 303)


@blauwdruk.get("/gesprek/<uuid:id_>")
@agent
def gesprek(id_: UUID) -> ResponseReturnValue:
    gevonden = gesprekken.lees(id_)
    return _toon(gevonden, _leeg(gevonden))


@blauwdruk.post("/gesprek/<uuid:id_>")
@agent
def bewaar_gesprek(id_: UUID) -> ResponseReturnValue:
    """Bewaar wat er getypt is, en doe dan wat de knop zegt."""
    gevonden = gesprekken.vind(id_)
    if gevonden is None:
        return _al_afgerond()
    gesprekken.neem_over(gevonden, request.form)
    actie, _, vraag = request.form.get("actie", "").partition(":")
    _vragen_bijwerken(gevonden, actie, vraag)
    try:
        gesprekken.bewaar(gevonden, request.form.get("versie", type=int))
    except Conflict:
        return _conflict(id_)
    return _vervolg(gevonden, actie)


@blauwdruk.post("/gesprek/<uuid:id_>/bewaar")
@agent
def bewaar_tussendoor(id_: UUID) -> ResponseReturnValue:
    """Voor het bewaren tijdens het typen; geeft de nieuwe versie."""
    gevonden = gesprekken.lees(id_)
    gesprekken.neem_over(gevonden, request.form)
    try:
        gesprekken.bewaar(gevonden, request.form.get("versie", type=int))
    except Conflict:
        abort(409)
    return jsonify(versie=gevonden.concept.versie)


def _vragen_bijwerken(gevonden: Gesprek, actie: str, vraag: str) -> None:
    vragen = gevonden.inhoud.vragen
    if actie == "erbij" and len(vragen) < MEESTE_VRAGEN:
        vragen.append(Vraag())
    elif actie == "weg":
        gevonden.inhoud.vragen = [deel for deel in vragen if deel.id != vraag or deel.contact] or [Vraag()]
    elif actie == "pauzeer":
        gevonden.inhoud.actief = False
    elif actie == "hervat":
        gesprekken.pauzeer_andere(gevonden.id)
        gevonden.inhoud.actief = True


def _vervolg(gevonden: Gesprek, actie: str) -> ResponseReturnValue:
    if actie == "afronden":
        return _afronden(gevonden)
    if actie == "pauzeer":
        flash(vertaal("Het gesprek is gepauzeerd. U vindt het terug bij Gesprekken."), "ok")
        return redirect(url_for("kcc.gesprekkenlijst"), 303)
    if actie == "verwijder":
        gesprekken.verwijder(gevonden)
        flash(vertaal("Het gesprek is verwijderd. Er is niets vastgelegd."), "ok")
        return redirect(url_for("kcc.gesprekkenlijst"), 303)
    if actie == "bewaar":
        flash(vertaal("Het gesprek is bewaard."), "ok")
    return redirect(url_for("kcc.gesprek", id_=gevonden.id), 303)


def _afronden(gevonden: Gesprek) -> ResponseReturnValue:
    formulieren = _ingevuld(gevonden)
    geldig = [formulier.validate() for vraag, formulier in formulieren if not vraag.contact]
    if not all(geldig):
        return _toon(gevonden, formulieren)
    try:
        _rond_af(gevonden)
    except ZaakOnbekend as fout:
        _meld_zaak_onbekend(formulieren, fout.vraag)
        return _toon(gevonden, formulieren)
    except ApiFout:
        tekst = vertaal("Afronden lukt nu niet. Het gesprek is bewaard: probeer het straks opnieuw.")
        return _toon(gesprekken.lees(gevonden.id), formulieren, tekst, 503)
    flash(vertaal("Het contact is vastgelegd."), "ok")
    return redirect(_na_afronden(gevonden), 303)


def _rond_af(gevonden: Gesprek) -> None:
    """Rond af, ook als een ander verzoek (dubbele klik, bewaren tijdens het typen) er tussendoor komt."""
    poging: Gesprek | None = gevonden
    for _ in range(POGINGEN):
        if poging is None:
            return
        try:
            rond_af(bronnen(), poging)
        except (Conflict, GeenConcept):
            poging = gesprekken.vind(gevonden.id)
        else:
            return
    abort(409)


def _na_afronden(gevonden: Gesprek) -> str:
    ref = gevonden.inhoud.klantref
    return url_for("kcc.klantbeeld", ref=ref) if ref else url_for("kcc.start")


def _meld_zaak_onbekend(formulieren: Formulieren, vraag_id: str) -> None:
    for vraag, formulier in formulieren:
        if vraag.id == vraag_id:
            formulier.zaaknummer.errors = [vertaal("Er is geen zaak met dit zaaknummer.")]


def _al_afgerond() -> ResponseReturnValue:
    flash(vertaal("Dit gesprek is al afgerond."), "info")
    return redirect(url_for("kcc.start"), 303)


def _conflict(id_: UUID) -> ResponseReturnValue:
    """Een ander tabblad bewaarde intussen: toon wat hier getypt is, op de nieuwe stand."""
    nieuw = gesprekken.vind(id_)
    if nieuw is None:
        return _al_afgerond()
    gesprekken.neem_over(nieuw, request.form)
    tekst = vertaal("Dit gesprek is in een ander tabblad gewijzigd. Controleer de gegevens en bewaar opnieuw.")
    return _toon(nieuw, _leeg(nieuw), tekst, 409)


def _soort() -> type[Form]:
    try:
        return vraagformulier(als_opties(afdelingen(bronnen())))
    except ApiFout:
        return vraagformulier(())


def _leeg(gevonden: Gesprek) -> Formulieren:
    """De formulieren met de bewaarde antwoorden, nog niet nagekeken."""
    soort = _soort()
    return [(vraag, soort(data=vraag.model_dump(), prefix=vraag.begin)) for vraag in gevonden.inhoud.vragen]


def _ingevuld(gevonden: Gesprek) -> Formulieren:
    soort = _soort()
    return [(vraag, soort(request.form, prefix=vraag.begin)) for vraag in gevonden.inhoud.vragen]


def _toon(gevonden: Gesprek, formulieren: Formulieren, melding: str = "", status: int = 200) -> ResponseReturnValue:
    fouten = [(veld.eerste_id, veld.errors[0]) for _, formulier in formulieren for veld in formulier if veld.errors]
    return render_template(
        "kcc/gesprek.html",
        gesprek=gevonden,
        inhoud=gevonden.inhoud,
        kanaal=Gespreksformulier(data={"kanaal": gevonden.inhoud.kanaal}),
        formulieren=formulieren,
        fouten=fouten,
        melding=melding,
        andere=[ander for ander in gesprekken.alle() if ander.id != gevonden.id],
    ), status
