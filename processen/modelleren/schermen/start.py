"""De startpagina met alle pakketten, en hoe een nieuw pakket begint."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import KeuzeVeld, Optie, TekstVeld
from kern.web import upload
from processen.modelleren.beginnen import EIGEN, LEEG, Beginner, voorbeelden
from processen.modelleren.lijst import Pakketregel, alle_pakketten
from processen.modelleren.samenvoegen import Samen
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.pakketten.formaat import PakketFout

PER_PAGINA = 25


def maak_start(bank: Werkbank) -> Blueprint:
    """De blauwdruk van de startpagina."""
    blauwdruk = Blueprint("start", __name__)

    @blauwdruk.get("/")
    @beheerder
    def lijst() -> ResponseReturnValue:
        return _lijst(bank)

    @blauwdruk.route("/nieuw", methods=["GET", "POST"])
    @beheerder
    def nieuw() -> ResponseReturnValue:
        return _nieuw(bank)

    @blauwdruk.route("/inlezen", methods=["GET", "POST"])
    @beheerder
    @upload
    def inlezen() -> ResponseReturnValue:
        return _inlezen(bank)

    return blauwdruk


def _lijst(bank: Werkbank) -> str:
    zoek = request.args.get("q", "").strip()
    alle = [p for p in alle_pakketten(bank) if zoek.lower() in f"{p.titel} {p.sleutel}".lower()]
    paginas = max(1, -(-len(alle) // PER_PAGINA))
    pagina = min(max(1, request.args.get("pagina", 1, type=int)), paginas)
    deel = alle[(pagina - 1) * PER_PAGINA : pagina * PER_PAGINA]
    return render_template("modelleren/lijst.html", pakketten=deel, zoek=zoek, pagina=pagina, paginas=paginas)


def formulier_nieuw(eigen: list[Pakketregel], **invoer: Any) -> Form:
    """Het formulier van een nieuw pakket; te kiezen is het kleine begin, een meegeleverd of een eigen pakket."""
    opties = [
        Optie(
            LEEG, lui("Klein beginnen"), lui("Een aanvraag met een regel, een beoordeling en bericht. Werkt meteen.")
        ),
        *(Optie(keuze, titel, lui("Meegeleverd voorbeeld")) for keuze, titel in voorbeelden()),
        *(Optie(f"{EIGEN}{p.sleutel}", p.titel, lui("Kopie van een pakket van deze gemeente")) for p in eigen),
    ]

    class Nieuwformulier(Form):
        titel = TekstVeld(
            lui("Hoe heet de dienst?"), hulptekst=lui("Zoals inwoners het noemen. Bijvoorbeeld: Hondenbelasting afmelden."),
            invoerhulp={"maxlength": "60"},
        )  # fmt: skip
        naar = KeuzeVeld(lui("Waar begint u mee?"), opties=opties)

    return Nieuwformulier(**invoer)


def _nieuw(bank: Werkbank) -> ResponseReturnValue:
    eigen = alle_pakketten(bank)
    if request.method == "GET":
        begin = {"naar": request.args.get("naar", LEEG)}
        return render_template("modelleren/nieuw.html", formulier=formulier_nieuw(eigen, data=begin))
    formulier = formulier_nieuw(eigen, formdata=request.form)
    if formulier.validate():
        try:
            stand = Beginner(bank.werkplaats, bank.uitgaven, bank.wie()).nieuw(
                formulier.data["titel"], formulier.data["naar"]
            )
        except FileExistsError:
            formulier["titel"].errors = [vertaal("Er is al een pakket met deze naam. Kies een andere titel.")]
        except PakketFout as fout:
            formulier["titel"].errors = [str(fout)]
        else:
            flash(vertaal("Het pakket is gemaakt. Niemand ziet het, tot u het publiceert."), "ok")
            return redirect(url_for("pakket.overzicht", pakket=stand.pakket), 303)
    return render_template("modelleren/nieuw.html", formulier=formulier)


def _inlezen(bank: Werkbank) -> ResponseReturnValue:
    fouten: list[str] = []
    bestand = request.files.get("zip") if request.method == "POST" else None
    if request.method == "POST" and (bestand is None or not bestand.filename):
        fouten = [vertaal("Kies eerst een zip-bestand.")]
    if bestand is not None and bestand.filename:
        try:
            stand, samen = Beginner(bank.werkplaats, bank.uitgaven, bank.wie()).uit_zip(
                bestand.stream, bestand.filename
            )
        except PakketFout as fout:
            fouten = fout.fouten
        else:
            _meld_ingelezen(samen)
            return redirect(url_for("pakket.overzicht", pakket=stand.pakket), 303)
    pagina = render_template("modelleren/inlezen.html", fouten=fouten)
    return (pagina, HTTPStatus.UNPROCESSABLE_ENTITY) if fouten else pagina


def _meld_ingelezen(samen: Samen | None) -> None:
    """Wat er met een pakket gebeurde dat er al was, en waar iemand naar moet kijken."""
    if samen is None:
        flash(vertaal("Het pakket is ingelezen. Niemand ziet het, tot u het publiceert."), "ok")
        return
    tekst = vertaal(
        "Dit pakket was er al. Overgenomen: %(nieuw)s bestanden. Uw eigen aanpassingen in %(eigen)s bestanden zijn gebleven.",
        nieuw=str(len(samen.overgenomen)), eigen=str(len(samen.behouden)),
    )  # fmt: skip
    flash(f"{tekst} {vertaal('Het staat als wijziging klaar; die is ongedaan te maken.')}", "ok")
    if samen.botsingen:
        waar = ", ".join(samen.botsingen)
        flash(
            vertaal("Hier veranderden u en de nieuwe versie hetzelfde; uw tekst is gebleven: %(waar)s.", waar=waar),
            "warning",
        )
