"""De pagina's voor incidenten, als blauwdruk: `dienstverlening` hangt haar onder /beheer in een app met huisstijl."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import insert

from huisstijl import kies
from integratie.basis import ApiFout
from integratie.configuratie import FORMULIER, Configuratie
from kern.installatie import Installatie
from kern.ldv import auditrij
from kern.logboek import maskeer
from kern.tabellen import Auditregel
from kern.toegang import eis_identiteit, voor_beheer
from processen.incidenten import formulier as f
from processen.incidenten.velden import Veld, invoer_van, velden_van
from processen.motor import HerstelFout, Motor, NietGevonden, incidenten
from processen.motor.herstel import herstel_alle
from processen.motor.incidenten import Detail, Filter

MEEST_TEGELIJK = 200


def maak_incidenten(installatie: Installatie, motor: Motor, rol: str = "operator") -> Blueprint:
    """De routes `/incidenten/`, `/incidenten/<id>`, `/incidenten/<id>/herstel` en `/incidenten/opnieuw`, alleen voor wie `rol` heeft.

    Hangt zij onder een pad met `<pakket>`, dan gaan alle routes alleen over de incidenten van dat procespakket.
    """
    blauwdruk = Blueprint("incidenten", __name__, template_folder="sjablonen")
    beperk_tot_pakket(blauwdruk)

    @blauwdruk.get("/incidenten/")
    @voor_beheer(rol)
    def lijst() -> ResponseReturnValue:
        filter_ = _filter()
        with installatie.db.lezen() as verbinding:
            pagina = incidenten.lijst(verbinding, filter_, max(1, request.args.get("pagina", 1, type=int)))
            tellingen = incidenten.tellingen(verbinding, filter_.pakket)
        return render_template(
            "incidenten_lijst.html", pagina=pagina, filter=filter_, tellingen=tellingen, meest=MEEST_TEGELIJK
        )

    @blauwdruk.get("/incidenten/<uuid:id_>")
    @voor_beheer(rol)
    def incident(id_: UUID) -> ResponseReturnValue:
        detail = _detail(installatie, motor, id_)
        return _toon(motor, detail, f.leeg(_velden(installatie, motor, detail)))

    @blauwdruk.post("/incidenten/<uuid:id_>/herstel")
    @voor_beheer(rol)
    def herstel(id_: UUID) -> ResponseReturnValue:
        return _na_herstel(installatie, motor, id_)

    @blauwdruk.post("/incidenten/opnieuw")
    @voor_beheer(rol)
    def opnieuw() -> ResponseReturnValue:
        gedaan, weg = _opnieuw(installatie, motor)
        tekst = {"nl": f"Opnieuw geprobeerd: {gedaan}.", "en": f"Tried again: {gedaan}."}
        if weg:
            tekst = {"nl": f"{tekst['nl']} Al opgelost: {weg}.", "en": f"{tekst['en']} Already resolved: {weg}."}
        flash(kies(tekst), "ok" if gedaan else "warning")
        return redirect(url_for(".lijst", **_als_adres(_filter())), 303)

    return blauwdruk


def beperk_tot_pakket(blauwdruk: Blueprint) -> None:
    """Houd het pakket van het adres vast: voor elke vraag, en in elk adres dat de schermen maken."""

    @blauwdruk.url_value_preprocessor
    def onthoud(_endpoint: str | None, waarden: dict[str, Any] | None) -> None:
        g.incidentpakket = (waarden or {}).pop("pakket", "")

    @blauwdruk.url_defaults
    def geef_door(_endpoint: str, waarden: dict[str, Any]) -> None:
        if pakket := _pakket():
            waarden.setdefault("pakket", pakket)

    @blauwdruk.context_processor
    def toon() -> dict[str, Any]:
        return {"incidentpakket": _pakket()}


def _pakket() -> str:
    """Het procespakket waar deze pagina over gaat; leeg is elk pakket."""
    return str(g.get("incidentpakket", ""))


def _na_herstel(installatie: Installatie, motor: Motor, id_: UUID) -> ResponseReturnValue:
    """Doe het gekozen herstel; met fouten komt het formulier terug."""
    detail = _detail(installatie, motor, id_)
    formulier = f.lees(detail, _velden(installatie, motor, detail), request.form)
    if not formulier.fouten:
        try:
            _herstel(installatie, motor, detail, formulier)
        except HerstelFout as fout:
            formulier.fouten["actie-opnieuw"] = str(fout)
        except NietGevonden:
            flash(
                kies({"nl": "Dit incident is al opgelost.", "en": "This incident has already been resolved."}),
                "warning",
            )
            return redirect(url_for(".lijst"), 303)
    if formulier.fouten:
        return _toon(motor, detail, formulier), 400
    flash(kies({"nl": "Het incident is opgelost.", "en": "The incident has been resolved."}), "ok")
    return redirect(url_for(".incident", id_=id_), 303)


def _detail(installatie: Installatie, motor: Motor, id_: UUID) -> Detail:
    try:
        with installatie.db.lezen() as verbinding:
            if _pakket() and not incidenten.van_pakket(verbinding, [id_], _pakket()):
                abort(404)
            return incidenten.detail(motor, verbinding, id_)
    except NietGevonden:
        abort(404)


def _toon(motor: Motor, detail: Detail, formulier: f.Herstelformulier) -> str:
    invoer = invoer_van(detail, motor.bouwblokken)
    return render_template("incident.html", d=detail, formulier=formulier, invoer=invoer, voor=f.VOORVOEGSEL)


def _velden(installatie: Installatie, motor: Motor, detail: Detail) -> list[Veld]:
    """De variabelen als velden. Herstellen kan ook als de formulieren niet te lezen zijn; dan zijn de namen kaler."""
    definities = []
    with suppress(ApiFout):
        if pakket := detail.definitie.pakket:
            eigen = Configuratie(installatie, namens="processen").alle(FORMULIER, f"pakket__exact__{pakket}")
            definities = [deel["definitie"] for deel in eigen]
    return velden_van(detail, definities, motor.bouwblokken)


def _filter() -> Filter:
    waarden = request.values
    return Filter(
        waarden.get("definitie", ""),
        waarden.get("element", ""),
        waarden.get("soort", ""),
        waarden.get("staat") == "opgelost",
        _pakket(),
    )


def _als_adres(filter_: Filter) -> dict[str, Any]:
    waarden = {"definitie": filter_.definitie, "element": filter_.element, "soort": filter_.soort}
    return {naam: waarde for naam, waarde in waarden.items() if waarde} | (
        {"staat": "opgelost"} if filter_.opgelost else {}
    )


def _herstel(installatie: Installatie, motor: Motor, detail: Detail, formulier: f.Herstelformulier) -> None:
    wie = eis_identiteit()
    naam = wie.gebruikersnaam or wie.naam
    actie = next(actie for actie in f.ACTIES if actie == formulier.actie)
    namen = ", ".join(formulier.gewijzigd)
    onderwerp = f"{detail.incident.id} ({detail.incident.element}): {actie} {formulier.reden} [{namen}]"
    with installatie.db.schrijven() as verbinding:
        motor.herstel(
            verbinding, detail.incident.id, actie, door=naam, reden=formulier.reden, variabelen=formulier.gewijzigd,
            uitvoer=formulier.resultaat, naar=formulier.naar,
        )  # fmt: skip
        verbinding.execute(
            insert(Auditregel).values(auditrij(installatie, wie, "incident: herstel", maskeer(onderwerp)))
        )


def _opnieuw(installatie: Installatie, motor: Motor) -> tuple[int, int]:
    """De aangekruiste incidenten, of (met de knop voor alles) de eerste van het filter."""
    wie, filter_ = eis_identiteit(), _filter()
    if request.form.get("wat") == "alles":
        with installatie.db.lezen() as verbinding:
            gekozen = incidenten.nummers(verbinding, filter_, MEEST_TEGELIJK)
    else:
        gekozen = _eigen(installatie, request.form.getlist("incident", type=UUID)[:MEEST_TEGELIJK])
    uitkomst = herstel_alle(installatie, motor, gekozen, door=wie.gebruikersnaam or wie.naam)
    with installatie.db.schrijven() as verbinding:
        regel = auditrij(installatie, wie, "incidenten: opnieuw", f"{len(gekozen)} ({filter_})")
        verbinding.execute(insert(Auditregel).values(regel))
    return uitkomst


def _eigen(installatie: Installatie, gekozen: list[UUID]) -> list[UUID]:
    """Wat er van deze keuze bij het pakket van de pagina hoort."""
    if not _pakket():
        return gekozen
    with installatie.db.lezen() as verbinding:
        return incidenten.van_pakket(verbinding, gekozen, _pakket())
