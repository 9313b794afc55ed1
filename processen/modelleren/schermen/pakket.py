"""Eén pakket: het overzicht met de controle, de gegevens van het pakket zelf, en ongedaan maken."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from kern.toegang import veilig_pad
from processen.modelleren.beginnen import als_zip
from processen.modelleren.lijst import een_pakket
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import GeenPakket, Stapregel
from processen.pakketten.formaat import Pakket


def maak_pakket(bank: Werkbank) -> Blueprint:
    """De blauwdruk van het overzicht."""
    blauwdruk = Blueprint("pakket", __name__)

    @blauwdruk.get("/<pakket>/")
    @beheerder
    def overzicht(pakket: str) -> ResponseReturnValue:
        return _overzicht(bank, pakket)

    @blauwdruk.get("/<pakket>/exporteer")
    @beheerder
    def exporteer(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        return zip_antwoord(pakket, bank.werkplaats.bestanden(pakket))

    @blauwdruk.post("/<pakket>/ongedaan")
    @beheerder
    def ongedaan(pakket: str) -> ResponseReturnValue:
        return _terug(pakket, bank.werkplaats.ongedaan(pakket, bank.wie()), vertaal("Ongedaan gemaakt"))

    @blauwdruk.post("/<pakket>/opnieuw")
    @beheerder
    def opnieuw(pakket: str) -> ResponseReturnValue:
        return _terug(pakket, bank.werkplaats.opnieuw(pakket, bank.wie()), vertaal("Weer gedaan"))

    @blauwdruk.post("/<pakket>/weggooien")
    @beheerder
    def weggooien(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        bank.werkplaats.gooi_weg(pakket)
        flash(vertaal("De wijzigingen zijn weg."), "ok")
        try:
            bank.werkplaats.open(pakket, bank.wie())
        except GeenPakket:  # het was nog nooit gepubliceerd
            return redirect(url_for("start.lijst"), 303)
        return redirect(url_for("pakket.overzicht", pakket=pakket), 303)

    return blauwdruk


def zip_antwoord(pakket: str, bestanden: dict[str, bytes], versie: str = "") -> Response:
    """De bestanden als zip om te bewaren."""
    naam = f"{pakket}-{versie}.zip" if versie else f"{pakket}.zip"
    koppen = {"Content-Disposition": f'attachment; filename="{naam}"', "Cache-Control": "no-store"}
    return Response(als_zip(pakket, bestanden), mimetype="application/zip", headers=koppen)


def _overzicht(bank: Werkbank, pakket: str) -> str:
    stand = bank.open(pakket)
    bestanden = bank.werkplaats.bestanden(pakket)
    verslag = bank.kijk_na(bestanden)
    anders = bank.uitgaven.verschil(bank.werkplaats.basis(pakket), bestanden) if stand.heeft_wijzigingen else []
    return bank.pagina(
        "overzicht.html", pakket, "overzicht", stand=stand, mag_uitfaseren=bank.goedkeuring.mag(pakket, stand, bank.wie(), "uitfaseren"), verslag=verslag, anders=anders,
        regel=een_pakket(bank, pakket), inhoud=_inhoud(verslag.pakket), proef=bank.proeven.laatste(pakket),
    )  # fmt: skip


def _inhoud(pakket: Pakket | None) -> list[tuple[str, str]]:
    """Wat er in het pakket zit, in woorden."""
    if pakket is None:
        return []
    namen: dict[str, Any] = {
        vertaal("Producten"): [p.naam for p in pakket.producten],
        vertaal("Formulieren"): [str((d.get("naam") or {}).get("nl", n)) for n, d in pakket.formulieren.items()],
        vertaal("Zaaktypen"): [z.omschrijving for z in pakket.zaaktypen],
        vertaal("Processen"): list(pakket.processen),
        vertaal("Beslissingen"): list(pakket.beslissingen),
        vertaal("Brieven en berichten"): list(pakket.sjablonen),
        vertaal("Uitvoerregels"): [r.sleutel for r in pakket.verzendregels],
        vertaal("Scenario's"): list(pakket.scenarios),
    }
    return [(naam, ", ".join(sorted(waarden)) if waarden else vertaal("geen")) for naam, waarden in namen.items()]


def _terug(pakket: str, stap: Stapregel | None, tekst: str) -> ResponseReturnValue:
    """Naar de pagina waar de knop stond, met wat er gebeurde."""
    if stap is None:
        flash(vertaal("Er is niets (meer) om terug te zetten."), "info")
    else:
        flash(f"{tekst}: {stap.wat}", "ok")
    terug = veilig_pad(request.form.get("terug"), url_for("pakket.overzicht", pakket=pakket))
    if not terug.startswith("/beheer/pakketten/"):
        abort(400)
    return redirect(terug, 303)
