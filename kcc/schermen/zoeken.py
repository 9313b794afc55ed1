"""Start en zoeken: altijd POST, en daarna naar een pagina met een willekeurige verwijzing; nooit een nummer in het adres."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from integratie.basis import ApiFout
from kcc import gesprekken
from kcc.bronnen import bronnen
from kcc.formulieren import OpZaak
from kcc.klanten import Klant, concepten, ik, onthoud_klant
from kcc.schermen.basis import agent, blauwdruk
from kcc.verantwoording import verantwoord
from kcc.zoeken import SOORTEN, Treffer, ZoekFout, zoek, zoek_zaak
from kern.concepten import GeenConcept

RESULTATEN = "kcc-resultaten"
ZAAK = "zaak"


@blauwdruk.get("/")
@agent
def start() -> ResponseReturnValue:
    return _toon("bsn", SOORTEN["bsn"].formulier())


@blauwdruk.get("/zoeken/<soort>")
@agent
def zoekscherm(soort: str) -> ResponseReturnValue:
    return _toon(soort, _formulier(soort)())


@blauwdruk.post("/zoeken/<soort>")
@agent
def zoek_klant(soort: str) -> ResponseReturnValue:
    formulier = _formulier(soort)(request.form)
    if not formulier.validate():
        return _toon(soort, formulier)
    try:
        gevonden = _naar_zaak(formulier) if soort == ZAAK else _zoek(soort, formulier)
    except ZoekFout as fout:
        return _toon(soort, formulier, str(fout), "warning")
    except ApiFout:
        return _toon(soort, formulier, vertaal("Zoeken lukt nu niet: deze bron is niet bereikbaar."), "error")
    return gevonden or _toon(soort, formulier, vertaal("Niets gevonden. Controleer wat u hebt ingevuld."), "info")


def _formulier(soort: str) -> Any:
    if soort == ZAAK:
        return OpZaak
    return SOORTEN[soort].formulier if soort in SOORTEN else abort(404)


def _toon(soort: str, formulier: Any, melding: str = "", toon: str = "info") -> ResponseReturnValue:
    tabs = [(deel.kop, url_for("kcc.zoekscherm", soort=naam), naam == soort) for naam, deel in SOORTEN.items()]
    tabs.append((vertaal("Zaak"), url_for("kcc.zoekscherm", soort=ZAAK), soort == ZAAK))
    return render_template(
        "kcc/start.html",
        tabs=tabs,
        soort=soort,
        formulier=formulier,
        melding=melding,
        toon=toon,
        gesprekken=gesprekken.alle(),
    )


def _naar_zaak(formulier: Any) -> ResponseReturnValue | None:
    zaak = zoek_zaak(bronnen(), formulier.zaaknummer.data)
    return redirect(url_for("kcc.zaak", zaak=zaak), 303) if zaak else None


def _zoek(soort: str, formulier: Any) -> ResponseReturnValue | None:
    with verantwoord(f"Klant zoeken ({soort})", "kcc:zoeken") as lopend:
        treffers = zoek(bronnen(), SOORTEN[soort], formulier)
        for treffer in treffers:
            lopend.voeg_toe(treffer.soort, treffer.nummer)
    if not treffers:
        return None
    if len(treffers) == 1:
        return redirect(url_for("kcc.klantbeeld", ref=_onthoud(treffers[0]).ref), 303)
    bewaard = concepten().maak(RESULTATEN, ik(), {"treffers": [treffer.als_json() for treffer in treffers]})
    return redirect(url_for("kcc.resultaten", lijst=bewaard.id), 303)


def _onthoud(treffer: Treffer) -> Klant:
    return onthoud_klant(treffer.soort, treffer.nummer, treffer.naam)


def _treffers(lijst: UUID) -> list[Treffer]:
    try:
        concept = concepten().lees(lijst, ik())
    except GeenConcept:
        abort(404)
    return [Treffer(**treffer) for treffer in concept.inhoud.get("treffers", ())]


@blauwdruk.get("/resultaten/<uuid:lijst>")
@agent
def resultaten(lijst: UUID) -> ResponseReturnValue:
    zonder_nummer = [replace(treffer, nummer="") for treffer in _treffers(lijst)]
    return render_template("kcc/resultaten.html", treffers=zonder_nummer, lijst=lijst)


@blauwdruk.post("/resultaten/<uuid:lijst>/<int:plek>")
@agent
def kies_resultaat(lijst: UUID, plek: int) -> ResponseReturnValue:
    treffers = _treffers(lijst)
    if plek >= len(treffers):
        abort(404)
    return redirect(url_for("kcc.klantbeeld", ref=_onthoud(treffers[plek]).ref), 303)
