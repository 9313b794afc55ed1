"""De schermen, van startpagina tot ontvangstbevestiging.

    /formulieren/<slug>                            wat het is, wat u nodig heeft, inloggen, verdergaan
    /formulieren/<slug>/<inzending>/stap/<stap>    één pagina van het formulier
    /formulieren/<slug>/<inzending>/overzicht      controleren en versturen
    /formulieren/<slug>/<inzending>/bevestiging    ontvangen, met een kopie als PDF

De routes zijn openbaar omdat het formulier zelf zegt wie het mag invullen; `eis_bezoek` toetst dat in elke route.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import structlog
from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.form import BaseForm

from contracten import Bronnen
from formulieren.bezoek import (
    Bezoek,
    eis_bezoek,
    inlogadres,
    mag_namens,
    minimum,
    passende_aanvrager,
    startadres,
    zoek_definitie,
)
from formulieren.definities import NAMENS
from formulieren.indienen import Geweigerd, Indiener, NietIngericht
from formulieren.inzendingen import Inzending, Stand, Verzending, nieuw_nummer
from formulieren.voorinvulling import BRONNEN, BronOntbreekt, haal_op
from formuliermotor import Stapformulier
from formuliermotor.bestanden import Conceptbestanden, bestanden_in
from formuliermotor.componenten import Vraag
from formuliermotor.documenten import TypeOntbreekt
from formuliermotor.papier import leeg_formulier
from formuliermotor.pdf import Pdfstijl, warm_op
from formuliermotor.redding import neem_geredde
from huisstijl import huidige_taal, kies, lui, vertaal
from huisstijl.velden import VinkjeVeld
from integratie.basis import ApiFout, NietBereikbaar
from integratie.documenten import DocumentenClient
from kern.limieten import begrens
from kern.toegang import openbaar
from kern.web import huidige_installatie, upload

log = structlog.get_logger()
blauwdruk = Blueprint("formulieren", __name__)
BEGINNEN = "60/hour"
UPLOADS = "300/hour"
PAPIER = "60/minute"
KENMERK = "kenmerk"
VORM_VAN_KENMERK = re.compile(r"[A-Za-z0-9-]{1,50}")
TITELS = {"digid": "DigiD", "eherkenning": "eHerkenning", "eidas": "eIDAS"}
VERKLARING = lui(
    "Ik heb alles naar waarheid ingevuld. De gemeente mag mijn gegevens gebruiken om dit verzoek te behandelen."
)


@blauwdruk.get("/actief")
@openbaar
def actief() -> ResponseReturnValue:
    """Houdt de sessie open; de pagina vraagt dit als iemand op "ingelogd blijven" klikt."""
    return "", 204


@blauwdruk.get("/<slug>")
@openbaar
def start(slug: str) -> ResponseReturnValue:
    definitie = zoek_definitie(slug)
    aanvrager = passende_aanvrager(definitie)
    kenmerk = _kenmerk(request.args.get(KENMERK, ""))
    return render_template(
        "formulieren/start.html",
        definitie=definitie,
        kenmerk=kenmerk,
        begonnen=Bezoek(definitie, aanvrager).inzendingen.van_formulier(slug) if aanvrager else [],
        mag_beginnen=aanvrager is not None,
        niet_gemachtigd=aanvrager is not None and not mag_namens(definitie, aanvrager),
        middelen=[
            (TITELS.get(bron, bron), inlogadres(definitie, startadres(definitie, kenmerk), bron))
            for bron in definitie.inlogmiddelen
        ],
        opsomming=_opsomming([TITELS.get(bron, bron) for bron in definitie.inlogmiddelen]),
        niveau=minimum(definitie),
    )


@blauwdruk.get("/<slug>/papier.pdf")
@openbaar
@begrens("formulier-papier", PAPIER)
def papier(slug: str) -> ResponseReturnValue:
    """Het formulier leeg op papier, voor wie het niet online kan of wil invullen (Awb 2:13)."""
    definitie = zoek_definitie(slug)
    instellingen = huidige_installatie().instellingen
    pdf = leeg_formulier(definitie, huidige_taal(), Pdfstijl(instellingen.gemeente_naam), instellingen.retouradres)
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{slug}.pdf"'})


def _opsomming(namen: list[str]) -> str:
    """`DigiD, eHerkenning of eIDAS`."""
    if len(namen) <= 1:
        return "".join(namen)
    return vertaal("%(eerste)s of %(laatste)s", eerste=", ".join(namen[:-1]), laatste=namen[-1])


@blauwdruk.post("/<slug>/begin")
@openbaar
@begrens("formulier-begin", BEGINNEN)
def begin(slug: str) -> ResponseReturnValue:
    definitie = zoek_definitie(slug)
    aanvrager = passende_aanvrager(definitie)
    kenmerk = _kenmerk(request.form.get(KENMERK, ""))
    if aanvrager is None:
        return redirect(inlogadres(definitie, startadres(definitie, kenmerk)), 303)
    if not mag_namens(definitie, aanvrager):
        return redirect(startadres(definitie), 303)
    warm_op()
    bezoek = Bezoek(definitie, aanvrager)
    stand = bezoek.inzendingen.begin(_nieuwe_inzending(bezoek, kenmerk))
    return redirect(_stapadres(stand, bezoek.weergave(stand).stappen(stand.inzending.waarden)[0]), 303)


def _kenmerk(tekst: str) -> str:
    """Waar een link naar het formulier over gaat (`?kenmerk=`), zoals een besluitnummer; leeg als het geen kenmerk kan zijn."""
    return tekst if VORM_VAN_KENMERK.fullmatch(tekst) else ""


def _nieuwe_inzending(bezoek: Bezoek, kenmerk: str) -> Inzending:
    """Een lege inzending met wat de bronnen al weten."""
    definitie = bezoek.definitie
    try:
        bronnen: Bronnen = current_app.extensions[BRONNEN]
        bekend, zonder_bron = haal_op(bezoek.installatie, bronnen, definitie, bezoek.aanvrager, kenmerk), False
    except BronOntbreekt:
        bekend, zonder_bron = {}, True
    vragen = {sleutel: definitie.onderdelen[sleutel] for sleutel in bekend}
    vast = tuple(sleutel for sleutel, vraag in vragen.items() if isinstance(vraag, Vraag) and vraag.disabled)
    waarden = bezoek.weergave().beginwaarden(bekend)
    return Inzending(slug=definitie.slug, nummer=nieuw_nummer(), waarden=waarden, vast=vast, zonder_bron=zonder_bron)


@blauwdruk.get("/<slug>/<uuid:inzending>/stap/<stap>")
@openbaar
def stap(slug: str, inzending: UUID, stap: str) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug)
    stand = bezoek.stand(inzending)
    if (elders := _elders(bezoek, stand, stap)) is not None:
        return elders
    gered = neem_geredde(url_for("formulieren.stap", slug=slug, inzending=inzending, stap=stap))
    if gered is not None:
        flash(vertaal("U bent opnieuw ingelogd. Uw antwoorden zijn er nog: kijk ze na en ga verder."), "ok")
        uitkomst = bezoek.weergave(stand).controleer(stap, gered, gegevens=stand.inzending.waarden)
        stand = _bewaar(bezoek, stand, stap, uitkomst.waarden)
        if uitkomst.formulier and uitkomst.fouten:
            return _toon_stap(bezoek, stand, uitkomst.formulier), 422
    if request.args.get("controleer"):
        laatste = bezoek.weergave(stand).afronden(stand.inzending.waarden).formulier
        if laatste is not None and laatste.naam == stap:
            return _toon_stap(bezoek, stand, laatste), 422
    return _toon_stap(bezoek, stand, bezoek.weergave(stand).stap(stap, stand.inzending.waarden))


@blauwdruk.post("/<slug>/<uuid:inzending>/stap/<stap>")
@openbaar
@upload
@begrens("formulier-stap", UPLOADS)
def verwerk_stap(slug: str, inzending: UUID, stap: str) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug)
    stand = bezoek.stand(inzending)
    if (elders := _elders(bezoek, stand, stap)) is not None:
        return elders
    return (
        _verder(bezoek, stand, stap) if request.form.get("actie", "verder") == "verder" else _knop(bezoek, stand, stap)
    )


def _elders(bezoek: Bezoek, stand: Stand, stap: str) -> ResponseReturnValue | None:
    """Waar deze stap niet (meer) hoort: wat verstuurd is verandert niet, en een stap die niet geldt is er niet."""
    if stand.inzending.ontvangst or stand.inzending.verzending:
        return redirect(_adres("overzicht", stand), 303)
    stappen = bezoek.weergave(stand).stappen(stand.inzending.waarden)
    return None if stap in stappen else redirect(_stapadres(stand, stappen[0]), 303)


def _verder(bezoek: Bezoek, stand: Stand, stap: str) -> ResponseReturnValue:
    weergave = bezoek.weergave(stand)
    uitkomst = weergave.controleer(stap, request.form, request.files, gegevens=stand.inzending.waarden)
    stand = _bewaar(bezoek, stand, stap, uitkomst.waarden)
    if uitkomst.formulier and uitkomst.fouten:
        return _toon_stap(bezoek, stand, uitkomst.formulier), 422
    volgende = weergave.volgende(stap, stand.inzending.waarden)
    return redirect(_stapadres(stand, volgende) if volgende else _adres("overzicht", stand), 303)


def _knop(bezoek: Bezoek, stand: Stand, stap: str) -> ResponseReturnValue:
    """Een knop die niets eist: vorige, later, ververs, rij erbij of weg, bestand weg."""
    weergave = bezoek.weergave(stand)
    waarden = weergave.bewerk(stap, request.form, request.files, gegevens=stand.inzending.waarden)
    if "X-Fragment" in request.headers:
        return render_template("formulieren/velden.html", formulier=weergave.stap(stap, waarden))
    stand = _bewaar(bezoek, stand, stap, waarden)
    actie = request.form["actie"]
    if actie == "later":
        return redirect(_adres("bewaard", stand), 303)
    if actie == "vorige":
        vorige = weergave.vorige(stap, waarden)
        return redirect(_stapadres(stand, vorige) if vorige else startadres(bezoek.definitie), 303)
    return _toon_stap(bezoek, stand, weergave.stap(stap, waarden))


def _bewaar(bezoek: Bezoek, stand: Stand, stap: str, waarden: dict[str, object]) -> Stand:
    """Bewaar de antwoorden van deze stap, en verwijder bestanden die er niet meer bij horen."""
    sleutels = [vraag.key for vraag in bezoek.definitie.stap(stap).vragen() if vraag.key not in stand.inzending.vast]
    nieuw = bezoek.inzendingen.bewaar_antwoorden(stand.id, sleutels, waarden)
    blijft = {bestand["id"] for bestand in bestanden_in(nieuw.inzending.waarden)}
    weg = [bestand for bestand in bestanden_in(stand.inzending.waarden) if bestand["id"] not in blijft]
    Conceptbestanden(bezoek.installatie.opslag, stand.id).verwijder(weg)
    return nieuw


def _toon_stap(bezoek: Bezoek, stand: Stand, formulier: Stapformulier) -> str:
    return render_template(
        "formulieren/stap.html",
        definitie=bezoek.definitie,
        formulier=formulier,
        adres=_stapadres(stand, formulier.naam),
        zonder_bron=stand.inzending.zonder_bron and formulier.nummer == 1,
    )


@blauwdruk.get("/<slug>/<uuid:inzending>/bewaard")
@openbaar
def bewaard(slug: str, inzending: UUID) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug)
    stand = bezoek.stand(inzending)
    stappen = bezoek.weergave(stand).stappen(stand.inzending.waarden)
    return render_template(
        "formulieren/bewaard.html", definitie=bezoek.definitie, stand=stand, verder=_stapadres(stand, stappen[0])
    )


@blauwdruk.post("/<slug>/<uuid:inzending>/verwijder")
@openbaar
def verwijder(slug: str, inzending: UUID) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug, ook_gestopt=True)
    stand = bezoek.stand(inzending)
    if stand.inzending.verzending or stand.inzending.ontvangst:
        return redirect(_adres("overzicht", stand), 303)
    bezoek.inzendingen.verwijder(inzending)
    flash(vertaal("Uw antwoorden zijn verwijderd."), "ok")
    return redirect(startadres(bezoek.definitie), 303)


@blauwdruk.get("/<slug>/<uuid:inzending>/overzicht")
@openbaar
def overzicht(slug: str, inzending: UUID) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug)
    stand = bezoek.stand(inzending)
    if stand.inzending.ontvangst:
        return redirect(_adres("bevestiging", stand), 303)
    return _toon_overzicht(bezoek, stand, _verklaring())


@blauwdruk.post("/<slug>/<uuid:inzending>/overzicht")
@openbaar
def verstuur(slug: str, inzending: UUID) -> ResponseReturnValue:
    """Versturen; nog eens versturen (dubbelklik, terugknop, na een storing) eindigt op dezelfde bevestiging."""
    bezoek = eis_bezoek(slug)
    stand = bezoek.stand(inzending)
    if not (stand.inzending.verzending or stand.inzending.ontvangst):
        verklaring = _verklaring()
        verklaring.process(request.form)
        if not verklaring.validate():
            return _toon_overzicht(bezoek, stand, verklaring), 422
        uitkomst = bezoek.weergave(stand).afronden(stand.inzending.waarden)
        if uitkomst.formulier is not None:
            return redirect(_stapadres(stand, uitkomst.formulier.naam, controleer=1), 303)
        stand = _leg_vast(bezoek, stand, uitkomst.waarden)
    return _dien_in(bezoek, stand)


def _leg_vast(bezoek: Bezoek, stand: Stand, waarden: dict[str, object]) -> Stand:
    verzending = Verzending(moment=bezoek.installatie.klok.nu(), waarden=waarden, taal=huidige_taal())

    def wijziging(inzending: Inzending) -> Inzending:
        bezet = inzending.verzending or inzending.ontvangst
        return inzending if bezet else inzending.met(verzending=verzending)

    return bezoek.inzendingen.wijzig(stand.id, wijziging)


def _dien_in(bezoek: Bezoek, stand: Stand) -> ResponseReturnValue:
    verzending = stand.inzending.verzending
    weergave = bezoek.weergave(stand, verzending.taal if verzending else "")
    indiener = Indiener(bezoek.installatie, bezoek.definitie, bezoek.aanvrager, bezoek.inzendingen, weergave)
    try:
        klaar = indiener.dien_in(stand)
    except Geweigerd as fout:
        log.warning("indienen geweigerd", formulier=bezoek.definitie.slug, fout=str(fout))
        stand = bezoek.stand(stand.id)
        return _toon_overzicht(bezoek, stand, _verklaring(), _geweigerd(bezoek, stand, fout)), 422
    except NietBereikbaar as fout:
        log.warning("indienen lukt nu niet", formulier=bezoek.definitie.slug, fout=str(fout))
        return _toon_overzicht(bezoek, bezoek.stand(stand.id), _verklaring()), 503
    except (ApiFout, NietIngericht, TypeOntbreekt) as fout:
        log.error("indienen mislukt", formulier=bezoek.definitie.slug, soort=type(fout).__name__, fout=str(fout))  # noqa: TRY400  # de tekst is genoeg
        return _toon_overzicht(bezoek, bezoek.stand(stand.id), _verklaring()), 500
    return redirect(_adres("bevestiging", klaar), 303)


def _geweigerd(bezoek: Bezoek, stand: Stand, fout: Geweigerd) -> list[tuple[str, str]]:
    """De vragen waar het aan ligt, met het adres van hun stap."""
    return [
        (kies(vraag.label), _stapadres(stand, stap.naam))
        for stap in bezoek.definitie.stappen
        for vraag in stap.vragen()
        if vraag.key in fout.sleutels
    ]


def _toon_overzicht(
    bezoek: Bezoek, stand: Stand, verklaring: BaseForm, geweigerd: list[tuple[str, str]] | None = None
) -> str:
    inzending = stand.inzending
    waarden = inzending.verzending.waarden if inzending.verzending else inzending.waarden
    return render_template(
        "formulieren/overzicht.html",
        definitie=bezoek.definitie,
        secties=bezoek.weergave(stand).samenvatting(waarden),
        wijzig="" if inzending.verzending else _stapadres(stand, "STAP").replace("STAP", "{}"),
        onderweg=inzending.verzending is not None,
        geweigerd=geweigerd,
        nummer=inzending.nummer,
        verklaring=verklaring,
        vorige=_stapadres(stand, bezoek.weergave(stand).stappen(waarden)[-1]),
        adres=_adres("overzicht", stand),
    )


def _verklaring() -> BaseForm:
    """Het vinkje onder het overzicht; zonder gaat er niets weg."""
    leeg = vertaal("Zet een vinkje als u alles naar waarheid heeft ingevuld.")
    vinkje: Any = VinkjeVeld(str(VERKLARING), leeg=leeg)
    form = BaseForm({"verklaring": vinkje})
    form.process()
    return form


@blauwdruk.get("/<slug>/<uuid:inzending>/bevestiging")
@openbaar
def bevestiging(slug: str, inzending: UUID) -> ResponseReturnValue:
    bezoek = eis_bezoek(slug, ook_gestopt=True)
    stand = bezoek.stand(inzending)
    if stand.inzending.ontvangst is None:
        return redirect(_adres("overzicht", stand), 303)
    return render_template(
        "formulieren/bevestiging.html",
        definitie=bezoek.definitie,
        inzending=stand.inzending,
        kopie=_adres("kopie", stand),
        aangemeld=bezoek.aanvrager.identiteit is not None,
        vervolg=kies(bezoek.definitie.teksten.get("vervolg")),
    )


@blauwdruk.get("/<slug>/<uuid:inzending>/kopie.pdf")
@openbaar
def kopie(slug: str, inzending: UUID) -> ResponseReturnValue:
    """De PDF van de inzending, uit de Documenten API."""
    stand = eis_bezoek(slug, ook_gestopt=True).stand(inzending)
    ontvangst = stand.inzending.ontvangst or abort(404)
    client = DocumentenClient(huidige_installatie(), namens=NAMENS)
    try:
        inhoud = client.inhoud(client.document(ontvangst.document))
        eerste = next(inhoud, b"")
    except NietBereikbaar:
        abort(503)
    koppen = {"Content-Disposition": f'attachment; filename="{slug}-{stand.inzending.nummer}.pdf"'}
    return Response(_achter_elkaar(eerste, inhoud), headers=koppen, mimetype="application/pdf")


def _achter_elkaar(eerste: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield eerste
    yield from rest


def _stapadres(stand: Stand, stap: str, **vraag: Any) -> str:
    return url_for("formulieren.stap", slug=stand.inzending.slug, inzending=stand.id, stap=stap, **vraag)


def _adres(pagina: str, stand: Stand) -> str:
    return url_for(f"formulieren.{pagina}", slug=stand.inzending.slug, inzending=stand.id)
