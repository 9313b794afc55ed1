"""Welke dag telt bij een beslissing: per stap die met haar beslist de peildatum kiezen."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import KeuzeVeld, Optie, TekstVeld
from processen.modelleren.peildatum import Gebruik, gebruik, zet
from processen.modelleren.werkbank import Werkbank, beheerder

BESLUIT, ANDERS = "besluit", "anders"


def maak_peildatum(bank: Werkbank) -> Blueprint:
    """De blauwdruk van de pagina."""
    blauwdruk = Blueprint("peildatum", __name__)

    @blauwdruk.route("/<pakket>/beslissingen/<naam>/peildatum", methods=["GET", "POST"])
    @beheerder
    def kiezen(pakket: str, naam: str) -> ResponseReturnValue:
        return _kiezen(bank, pakket, naam)

    return blauwdruk


def _kiezen(bank: Werkbank, pakket: str, naam: str) -> ResponseReturnValue:
    stand = bank.open(pakket)
    stappen = gebruik(bank.werkplaats.bestanden(pakket), bank.deel(pakket, f"beslissingen/{naam}.dmn").inhoud or b"")
    gevraagd = request.form.get("stap", "")
    vormen = [
        (stap, _formulier(stap, f"s{nummer}-", request.form if _sleutel(stap) == gevraagd else None))
        for nummer, stap in enumerate(stappen, 1)
    ]
    for stap, formulier in vormen:
        if _sleutel(stap) == gevraagd and formulier.validate() and _klopt(bank, formulier):
            deel = bank.deel(pakket, stap.pad)
            inhoud = zet(deel.inhoud or b"", stap.element, _feel(formulier))
            bank.werkplaats.bewaar_samen(
                pakket, {stap.pad: inhoud}, wie=bank.wie(), wat=f"{vertaal('Peildatum')} {naam}"
            )
            flash(vertaal("Bewaard."), "ok")
            return redirect(url_for(".kiezen", pakket=pakket, naam=naam), 303)
    pagina = bank.pagina("peildatum.html", pakket, "beslissingen", stand=stand, naam=naam, vormen=vormen)
    return (pagina, 422) if request.method == "POST" else pagina


def _sleutel(stap: Gebruik) -> str:
    return f"{stap.sleutel}:{stap.element}"


def _formulier(stap: Gebruik, prefix: str, ingevuld: Any) -> Form:
    """De dag van het besluit, een dag uit de aanvraag, of een eigen uitdrukking."""
    opties = [
        Optie(
            BESLUIT,
            lui("De dag waarop de stap beslist"),
            lui("Wie vroeg aanvraagt en laat besluit krijgt, krijgt de nieuwe regel."),
        ),
        *(
            Optie(feel, vertaal("De dag uit de aanvraag: %(naam)s", naam=feel[5:-1]), lui("Wat de inwoner invulde."))
            for feel in stap.datums
        ),
        Optie(ANDERS, lui("Een andere dag"), lui("Een uitdrukking die een datum geeft.")),
    ]
    bekend = not stap.peildatum or stap.peildatum in stap.datums
    begin = {"dag": (stap.peildatum or BESLUIT) if bekend else ANDERS, "feel": "" if bekend else stap.peildatum}

    class Peildatum(Form):
        dag = KeuzeVeld(lui("Welke dag telt?"), opties=opties)
        feel = TekstVeld(
            lui("Uitdrukking (FEEL)"), verplicht=False, hulptekst=lui("Alleen bij “Een andere dag”."),
        )  # fmt: skip

    return Peildatum(ingevuld, prefix=prefix, data=begin)


def _feel(formulier: Form) -> str:
    dag = formulier.data["dag"]
    return (formulier.data["feel"] or "").strip().removeprefix("=") if dag == ANDERS else "" if dag == BESLUIT else dag


def _klopt(bank: Werkbank, formulier: Form) -> bool:
    if formulier.data["dag"] != ANDERS:
        return True
    feel = _feel(formulier)
    if not feel:
        formulier["feel"].errors = [vertaal("Vul een uitdrukking in, of kies een van de andere dagen.")]
    elif fout := bank.motor.uitdrukkingen.fout_in(f"={feel}"):
        formulier["feel"].errors = [vertaal("Dit is geen uitdrukking die een dag geeft: %(fout)s", fout=str(fout))]
    return not formulier.errors
