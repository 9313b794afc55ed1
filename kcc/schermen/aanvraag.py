"""Een verzoek invoeren voor een klant aan de balie, aan de telefoon of per post."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from formuliermotor import Stapformulier
from huisstijl import kies, vertaal
from kcc.aanvragen import Aanvraag, beginformulier, formulieren
from kcc.bronnen import bronnen
from kcc.klanten import klant_van
from kcc.schermen.basis import agent, blauwdruk
from kcc.verantwoording import verantwoord
from kern.web import upload

ONJUIST = 422


@blauwdruk.route("/klant/<uuid:ref>/aanvraag", methods=["GET", "POST"])
@agent
def begin_aanvraag(ref: UUID) -> ResponseReturnValue:
    """Kies het formulier, het kanaal en de dag van ontvangst."""
    klant, bron = klant_van(ref), bronnen()
    if not klant.urn:
        abort(404)
    keuzes = formulieren(bron)
    formulier = beginformulier(keuzes, bron.installatie.klok.vandaag(), request.form or None)
    if request.method == "POST" and formulier.validate():
        antwoord = formulier.data
        aanvraag = Aanvraag.begin(bron, klant, keuzes[antwoord["slug"]], antwoord["kanaal"], antwoord["ontvangen"])
        return redirect(_naar_stap(Aanvraag.lees(aanvraag)), 303)
    status = ONJUIST if formulier.errors else 200
    papier = sorted((kies(deel.naam), slug) for slug, deel in keuzes.items())
    return render_template("kcc/aanvraag_begin.html", klant=klant, formulier=formulier, papier=papier), status


def _naar_stap(aanvraag: Aanvraag, stap: str = "") -> str:
    eerste = stap or aanvraag.weergave.stappen(aanvraag.gegevens)[0]
    return url_for("kcc.aanvraagstap", ref=aanvraag.concept.id, stap=eerste)


@blauwdruk.get("/aanvraag/<uuid:ref>/stap/<stap>")
@agent
def aanvraagstap(ref: UUID, stap: str) -> ResponseReturnValue:
    aanvraag = _open(ref, stap)
    return _toon(aanvraag, aanvraag.weergave.stap(stap, aanvraag.gegevens))


def _open(ref: UUID, stap: str = "") -> Aanvraag:
    aanvraag = Aanvraag.lees(ref)
    if stap and stap not in aanvraag.weergave.stappen(aanvraag.gegevens):
        abort(404)
    return aanvraag


def _toon(aanvraag: Aanvraag, stap: Stapformulier, status: int = 200) -> ResponseReturnValue:
    vorige = aanvraag.weergave.vorige(stap.naam, aanvraag.gegevens) is not None
    return render_template("kcc/aanvraag_stap.html", aanvraag=aanvraag, formulier=stap, vorige=vorige), status


@blauwdruk.post("/aanvraag/<uuid:ref>/stap/<stap>")
@agent
@upload
def verwerk_aanvraagstap(ref: UUID, stap: str) -> ResponseReturnValue:
    aanvraag, actie = _open(ref, stap), request.form.get("actie", "verder")
    if actie != "verder":
        gegevens = aanvraag.weergave.bewerk(stap, request.form, request.files, gegevens=aanvraag.gegevens)
        aanvraag.bewaar(gegevens=gegevens)
        naar = aanvraag.weergave.vorige(stap, gegevens) if actie == "vorige" else None
        return redirect(_naar_stap(aanvraag, naar)) if naar else _toon(aanvraag, aanvraag.weergave.stap(stap, gegevens))
    uitkomst = aanvraag.weergave.controleer(stap, request.form, request.files, gegevens=aanvraag.gegevens)
    aanvraag.bewaar(gegevens=uitkomst.waarden)
    if uitkomst.fouten and uitkomst.formulier:
        return _toon(aanvraag, uitkomst.formulier, ONJUIST)
    volgende = aanvraag.weergave.volgende(stap, uitkomst.waarden)
    adres = _naar_stap(aanvraag, volgende) if volgende else url_for("kcc.controleer_aanvraag", ref=ref)
    return redirect(adres, 303)


@blauwdruk.get("/aanvraag/<uuid:ref>/controleren")
@agent
def controleer_aanvraag(ref: UUID) -> ResponseReturnValue:
    aanvraag = _open(ref)
    if aanvraag.concept.inhoud["verzoek"]:
        return redirect(url_for("kcc.klantbeeld", ref=aanvraag.klant.ref))
    secties = aanvraag.weergave.samenvatting(aanvraag.gegevens)
    wijzig = url_for("kcc.aanvraagstap", ref=ref, stap="STAP").replace("STAP", "{}")
    return render_template("kcc/aanvraag_controle.html", aanvraag=aanvraag, secties=secties, wijzig=wijzig)


@blauwdruk.get("/aanvraag/<uuid:ref>/afdruk.pdf")
@agent
def aanvraag_afdruk(ref: UUID) -> ResponseReturnValue:
    """Om te lezen, te ondertekenen en mee te geven; zonder antwoorden is het een leeg formulier op papier."""
    aanvraag = _open(ref)
    with verantwoord(
        "Afdruk van een aanvraag", aanvraag.klant.onderwerp, (aanvraag.klant.soort, aanvraag.klant.nummer)
    ):
        return Response(aanvraag.afdruk(aanvraag.gegevens), mimetype="application/pdf")


@blauwdruk.post("/aanvraag/<uuid:ref>/indienen")
@agent
def dien_aanvraag_in(ref: UUID) -> ResponseReturnValue:
    """Indienen; nog eens indienen eindigt bij hetzelfde verzoek."""
    aanvraag = _open(ref)
    if not aanvraag.concept.inhoud["verzoek"]:
        uitkomst = aanvraag.weergave.afronden(aanvraag.gegevens)
        if uitkomst.formulier is not None:
            return _toon(aanvraag, uitkomst.formulier, ONJUIST)
        betrokkene = (aanvraag.klant.soort, aanvraag.klant.nummer)
        with verantwoord("Aanvraag ingevoerd", aanvraag.klant.onderwerp, betrokkene):
            aanvraag.dien_in(uitkomst.waarden)
    flash(vertaal("De aanvraag is ingediend. De klant krijgt een bevestiging."), "ok")
    return redirect(url_for("kcc.klantbeeld", ref=aanvraag.klant.ref), 303)
