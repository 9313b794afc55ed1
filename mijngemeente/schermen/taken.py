"""Wat de gemeente van mij vraagt: de lijst, en een taak met haar formulier."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from contracten import BetalingGeweigerd, betaling
from formuliermotor import Stapformulier
from formuliermotor.redding import neem_geredde
from huisstijl import huidige_taal, vertaal
from integratie.basis import NietBereikbaar
from integratie.taken.schemas import ExterneTaakUit
from kern.web import upload
from mijngemeente import bewaking
from mijngemeente.bronnen import NAAM, bronnen
from mijngemeente.schermen.basis import blauwdruk, inwoner, zaaknummer_van
from mijngemeente.taken import Taakformulier, open_taken, te_laat

ONJUIST = 422


@blauwdruk.get("/taken")
@inwoner
def taken() -> ResponseReturnValue:
    return render_template("mijngemeente/taken.html", taken=open_taken(bronnen()))


@blauwdruk.get("/taken/<uuid:taak>")
@inwoner
def taak(taak: UUID) -> ResponseReturnValue:
    """De taak zelf: is zij open en heeft zij een formulier, dan de eerste stap; anders wat ermee aan de hand is."""
    gevonden = bewaking.mijn_taak(taak)
    formulier = Taakformulier.van(bronnen(), gevonden)
    if _is_te_doen(gevonden) and formulier:
        eerste = formulier.weergave.stappen(formulier.gegevens)[0]
        return redirect(url_for("mijngemeente.taakstap", taak=taak, stap=eerste))
    return _toon_taak(gevonden, formulier)


def _toon_taak(taak: ExterneTaakUit, formulier: Taakformulier | None) -> ResponseReturnValue:
    verlopen = taak.status == "open" and te_laat(taak, bronnen().installatie.klok.vandaag())
    return render_template(
        "mijngemeente/taak.html",
        taak=taak,
        formulier=formulier,
        zaaknummer=zaaknummer_van(taak),
        stand="niet_uitgevoerd" if verlopen else taak.status,
    )


def _is_te_doen(taak: ExterneTaakUit) -> bool:
    return taak.status == "open" and not te_laat(taak, bronnen().installatie.klok.vandaag())


def _formulier(taak: UUID) -> Taakformulier | None:
    """Het formulier van mijn taak als zij nog te doen is."""
    gevonden = bewaking.mijn_taak(taak)
    formulier = Taakformulier.van(bronnen(), gevonden)
    return formulier if _is_te_doen(gevonden) else None


@blauwdruk.get("/taken/<uuid:taak>/stap/<stap>")
@inwoner
def taakstap(taak: UUID, stap: str) -> ResponseReturnValue:
    formulier = _formulier(taak)
    if formulier is None:
        return redirect(url_for("mijngemeente.taak", taak=taak))
    pagina = _eis_stap(formulier, stap)
    gered = neem_geredde(url_for("mijngemeente.taakstap", taak=taak, stap=stap))
    if gered is None:
        return _toon_stap(formulier, pagina)
    flash(vertaal("U bent opnieuw ingelogd. Uw antwoorden zijn er nog: kijk ze na en ga verder."), "ok")
    formulier.begin()
    formulier.bewaar(formulier.weergave.bewerk(stap, gered, gegevens=formulier.gegevens))
    return _toon_stap(formulier, formulier.weergave.stap(stap, formulier.gegevens))


def _eis_stap(formulier: Taakformulier, stap: str) -> Stapformulier:
    if stap not in formulier.weergave.stappen(formulier.gegevens):
        abort(404)
    return formulier.weergave.stap(stap, formulier.gegevens)


def _toon_stap(formulier: Taakformulier, stap: Stapformulier, status: int = 200) -> ResponseReturnValue:
    inhoud = render_template(
        "mijngemeente/taakstap.html",
        taak=formulier.taak,
        vraag=formulier.vraag,
        formulier=stap,
        naam=formulier.definitie.naam,
        zaaknummer=zaaknummer_van(formulier.taak),
        vorige=formulier.weergave.vorige(stap.naam, formulier.gegevens) is not None,
    )
    return inhoud, status


@blauwdruk.post("/taken/<uuid:taak>/stap/<stap>")
@inwoner
@upload
def verwerk_taakstap(taak: UUID, stap: str) -> ResponseReturnValue:
    formulier = _formulier(taak)
    if formulier is None:
        return redirect(url_for("mijngemeente.taak", taak=taak), 303)
    _eis_stap(formulier, stap)
    formulier.begin()
    if request.form.get("actie", "verder") == "verder":
        return _verder(formulier, stap)
    return _andere_knop(formulier, stap, str(request.form["actie"]))


def _verder(formulier: Taakformulier, stap: str) -> ResponseReturnValue:
    uitkomst = formulier.weergave.controleer(stap, request.form, request.files, gegevens=formulier.gegevens)
    formulier.bewaar(uitkomst.waarden)
    if uitkomst.fouten and uitkomst.formulier:
        return _toon_stap(formulier, uitkomst.formulier, ONJUIST)
    volgende = formulier.weergave.volgende(stap, formulier.gegevens)
    taak = formulier.taak.uuid
    if volgende is None:
        return redirect(url_for("mijngemeente.controleer_taak", taak=taak), 303)
    return redirect(url_for("mijngemeente.taakstap", taak=taak, stap=volgende), 303)


def _andere_knop(formulier: Taakformulier, stap: str, actie: str) -> ResponseReturnValue:
    """Knoppen die niets eisen: vorige, later verder, en een rij of bestand erbij of weg."""
    formulier.bewaar(formulier.weergave.bewerk(stap, request.form, request.files, gegevens=formulier.gegevens))
    taak = formulier.taak.uuid
    if actie == "later":
        flash(vertaal("Uw antwoorden zijn bewaard. U kunt later verder."), "ok")
        return redirect(url_for("mijngemeente.taken"), 303)
    if actie == "vorige":
        vorige = formulier.weergave.vorige(stap, formulier.gegevens) or stap
        return redirect(url_for("mijngemeente.taakstap", taak=taak, stap=vorige), 303)
    return _toon_stap(formulier, formulier.weergave.stap(stap, formulier.gegevens))


@blauwdruk.get("/taken/<uuid:taak>/controleren")
@inwoner
def controleer_taak(taak: UUID) -> ResponseReturnValue:
    formulier = _formulier(taak)
    if formulier is None or formulier.concept is None:
        return redirect(url_for("mijngemeente.taak", taak=taak))
    return render_template(
        "mijngemeente/taakcontrole.html",
        taak=formulier.taak,
        secties=formulier.weergave.samenvatting(formulier.gegevens),
        wijzig=url_for("mijngemeente.taakstap", taak=taak, stap="STAP").replace("STAP", "{}"),
    )


@blauwdruk.post("/taken/<uuid:taak>/versturen")
@inwoner
def verstuur_taak(taak: UUID) -> ResponseReturnValue:
    """Versturen; nog eens versturen eindigt op dezelfde pagina."""
    formulier = _formulier(taak)
    if formulier is None or formulier.concept is None:
        return redirect(url_for("mijngemeente.taak", taak=taak), 303)
    uitkomst = formulier.weergave.afronden(formulier.gegevens)
    if uitkomst.formulier is not None:
        return _toon_stap(formulier, uitkomst.formulier, ONJUIST)
    formulier.verstuur(uitkomst.waarden)
    return redirect(url_for("mijngemeente.taak", taak=taak), 303)


@blauwdruk.post("/taken/<uuid:taak>/betalen")
@inwoner
def betaal_taak(taak: UUID) -> ResponseReturnValue:
    """Begin de betaling en laat zien waar iemand verder betaalt; een formulier zelf mag niet naar een andere site sturen."""
    gevonden = bewaking.mijn_taak(taak)
    if gevonden.taak_soort != "betaaltaak" or not _is_te_doen(gevonden):
        return redirect(url_for("mijngemeente.taak", taak=taak), 303)
    terug = f"{bronnen().installatie.instellingen.adres}{url_for('mijngemeente.taak', taak=taak)}"
    try:
        adres = betaling.begin(bronnen().installatie, gevonden, terug=terug, taal=huidige_taal(), namens=NAAM)
    except (BetalingGeweigerd, NietBereikbaar):
        flash(vertaal("Betalen lukt nu niet. Probeer het later nog eens."), "error")
        return redirect(url_for("mijngemeente.taak", taak=taak), 303)
    return render_template("mijngemeente/betalen.html", taak=gevonden, adres=adres)
