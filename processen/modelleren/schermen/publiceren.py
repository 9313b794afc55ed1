"""Publiceren in stappen op één pagina: controle, scenario's, wat er verandert, en de knop. En de geschiedenis, met terugdraaien."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.taal import TALEN
from huisstijl.velden import TekstvakVeld, TekstVeld
from integratie.basis import ApiFout
from processen.modelleren.goedkeuren import Aanvraagstand, AanvraagWeg
from processen.modelleren.proeven import Proefstand
from processen.modelleren.schermen.pakket import zip_antwoord
from processen.modelleren.schermen.vierogen import WEG, gedaan, gelezen, kenmerk, vraag
from processen.modelleren.uitgaven import NUMMER, GeenVersie
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import GeenPakket, Stand
from processen.pakketten.formaat import PakketFout

LANGSTE_WAARHEEN = 1000


class Publiceerformulier(Form):
    """Het nummer en de reden."""

    nummer = TekstVeld(
        lui("Nummer van deze versie"), breedte=8,
        hulptekst=lui("Drie getallen. Verhoog het eerste als er echt iets anders gaat, het tweede bij een gewone wijziging."),
    )  # fmt: skip
    toelichting = TekstvakVeld(
        lui("Wat is er veranderd?"), verplicht=False, hulptekst=lui("Voor uw collega's, in de geschiedenis.")
    )


def maak_publiceren(bank: Werkbank) -> Blueprint:
    """De blauwdruk van publiceren en versies."""
    blauwdruk = Blueprint("publiceren", __name__)

    @blauwdruk.route("/<pakket>/publiceren", methods=["GET", "POST"])
    @beheerder
    def publiceren(pakket: str) -> ResponseReturnValue:
        return _publiceren(bank, pakket)

    @blauwdruk.post("/<pakket>/publiceren/proef")
    @beheerder
    def proef(pakket: str) -> ResponseReturnValue:
        bank.open(pakket)
        bank.proeven.start(pakket, bank.wie())
        return redirect(url_for(".publiceren", pakket=pakket), 303)

    @blauwdruk.post("/<pakket>/uitfaseren")
    @beheerder
    def uitfaseren(pakket: str) -> ResponseReturnValue:
        return _faseer_uit(bank, pakket)

    _voeg_versies_toe(blauwdruk, bank)
    return blauwdruk


def _voeg_versies_toe(blauwdruk: Blueprint, bank: Werkbank) -> None:
    @blauwdruk.get("/<pakket>/versies")
    @beheerder
    def versies(pakket: str) -> ResponseReturnValue:
        stand = bank.open(pakket)
        return bank.pagina(
            "versies.html", pakket, "versies", stand=stand, stappen=bank.werkplaats.stappen(pakket, 100),
            uitgaven=bank.uitgaven.lijst(pakket),
        )  # fmt: skip

    @blauwdruk.get("/<pakket>/versies/<versie>")
    @beheerder
    def versie(pakket: str, versie: str) -> ResponseReturnValue:
        return _versie(bank, pakket, versie)

    @blauwdruk.get("/<pakket>/versies/<versie>/zip")
    @beheerder
    def zip_(pakket: str, versie: str) -> ResponseReturnValue:
        return zip_antwoord(pakket, _bestanden(bank, pakket, versie), versie)

    @blauwdruk.post("/<pakket>/versies/<versie>/terug")
    @beheerder
    def terugdraaien(pakket: str, versie: str) -> ResponseReturnValue:
        return _draai_terug(bank, pakket, versie)

    @blauwdruk.post("/<pakket>/stappen/<int:nr>")
    @beheerder
    def zet_terug(pakket: str, nr: int) -> ResponseReturnValue:
        try:
            bank.werkplaats.zet_terug(pakket, nr, bank.wie())
        except GeenPakket:
            abort(404)
        flash(vertaal("Teruggezet. Ook dit is ongedaan te maken."), "ok")
        return redirect(url_for(".versies", pakket=pakket), 303)


def _publiceren(bank: Werkbank, pakket: str) -> ResponseReturnValue:
    stand = bank.open(pakket)
    if request.method == "GET":
        return _toon(bank, pakket, stand, Publiceerformulier(data={"nummer": bank.uitgaven.volgende(pakket)}), [])
    if "aanvraag" in request.form or (bank.goedkeuring.nodig and request.form.get("actie") != "vraag"):
        return _publiceer_gevraagde(bank, pakket, stand)
    formulier = Publiceerformulier(request.form)
    if not formulier.validate():
        return _toon(bank, pakket, stand, formulier, [])
    nummer, toelichting = formulier.data["nummer"].strip(), formulier.data["toelichting"] or ""
    if not NUMMER.fullmatch(nummer):
        formulier["nummer"].errors = [vertaal("Een nummer bestaat uit drie getallen met punten, zoals 1.2.0.")]
        return _toon(bank, pakket, stand, formulier, [])
    if request.form.get("actie") == "vraag":
        vraag(bank, pakket, stand, "publiceren", nummer, toelichting)
        return redirect(url_for(".publiceren", pakket=pakket), 303)
    return _publiceer(bank, pakket, stand, formulier)


def _publiceer_gevraagde(bank: Werkbank, pakket: str, stand: Stand) -> ResponseReturnValue:
    """Wat een collega vroeg, met haar nummer en toelichting: wat er verder ingestuurd wordt telt niet."""
    formulier = Publiceerformulier(data={"nummer": bank.uitgaven.volgende(pakket)})
    try:
        aanvraag = bank.goedkeuring.akkoord(pakket, stand, bank.wie(), "publiceren", kenmerk())
    except AanvraagWeg:
        fout = str(WEG) if kenmerk() else vertaal("Een collega moet dit publiceren.")
        return _toon(bank, pakket, stand, formulier, [fout])
    formulier = Publiceerformulier(data={"nummer": aanvraag.nummer, "toelichting": aanvraag.toelichting})
    return _publiceer(bank, pakket, stand, formulier, aanvraag)


def _publiceer(
    bank: Werkbank, pakket: str, stand: Stand, formulier: Form, aanvraag: Aanvraagstand | None = None
) -> ResponseReturnValue:
    nummer, toelichting = formulier.data["nummer"].strip(), formulier.data["toelichting"] or ""
    proef = bank.proeven.laatste(pakket)
    if not scenarios_goed(bank, pakket, stand, proef):
        return _toon(
            bank, pakket, stand, formulier, [vertaal("Speel eerst de scenario's; zij moeten allemaal goed gaan.")]
        )
    try:
        bank.uitgaven.publiceer(pakket, bank.wie(), nummer, toelichting, bij=stand.versie)
    except PakketFout as fout:
        return _toon(bank, pakket, bank.open(pakket), formulier, fout.fouten)
    except ApiFout as fout:
        return _toon(bank, pakket, bank.open(pakket), formulier, _redenen(fout))
    gedaan(bank, pakket, "pakket gepubliceerd", nummer, aanvraag)
    flash(vertaal("Versie %(nummer)s is gepubliceerd en werkt meteen.", nummer=nummer), "ok")
    return redirect(url_for("pakket.overzicht", pakket=pakket), 303)


def _redenen(fout: ApiFout) -> list[str]:
    return [f"{deel.naam}: {deel.reden}" for deel in fout.fouten] or [fout.detail]


def scenarios_goed(bank: Werkbank, pakket: str, stand: Stand, proef: Proefstand | None) -> bool:
    """Of alle scenario's van precies deze werkversie goed gingen; een pakket zonder scenario's heeft niets te spelen."""
    zonder = not any(deel.pad.startswith("scenarios/") for deel in bank.werkplaats.delen(pakket))
    return zonder or (proef is not None and proef.geslaagd and proef.versie == stand.versie)


def _toon(bank: Werkbank, pakket: str, stand: Stand, formulier: Form, fouten: list[str]) -> ResponseReturnValue:
    bestanden, proef = bank.werkplaats.bestanden(pakket), bank.proeven.laatste(pakket)
    waarden: dict[str, Any] = {
        "formulier": formulier, "fouten": fouten, "proef": proef, "verslag": bank.kijk_na(bestanden),
        "proef_geldt": proef is not None and proef.versie == stand.versie,
        "heeft_scenarios": any(pad.startswith("scenarios/") for pad in bestanden),
        "scenarios_goed": scenarios_goed(bank, pakket, stand, proef), "gevolgen": bank.uitgaven.gevolgen(pakket),
        "anders": _leesbaar(bank.uitgaven.verschil(bank.werkplaats.basis(pakket), bestanden)), "nu": bank.uitgaven.versie_nu(pakket),
    }  # fmt: skip
    pagina = bank.pagina("publiceren.html", pakket, "overzicht", stand=stand, **waarden)
    return (pagina, 422) if fouten or formulier.errors else pagina


def _leesbaar(verschillen: list[str]) -> list[str]:
    """Zonder de regels XML van beslissingen: wat daar verandert staat op de pagina als tabel."""
    return [regel for regel in verschillen if not (regel.startswith("beslissingen/") and "<" in regel)]


def _bestanden(bank: Werkbank, pakket: str, versie: str) -> dict[str, bytes]:
    try:
        return bank.uitgaven.bestanden(pakket, versie)
    except GeenVersie:
        abort(404)


def _versie(bank: Werkbank, pakket: str, versie: str) -> ResponseReturnValue:
    """Eén versie naast de werkversie: wat er sindsdien veranderde, en terugdraaien."""
    stand = bank.open(pakket)
    toen = _bestanden(bank, pakket, versie)
    uitgave = next(u for u in bank.uitgaven.lijst(pakket) if u.versie == versie)
    anders = bank.uitgaven.verschil(toen, bank.werkplaats.bestanden(pakket))
    return bank.pagina(
        "versie.html", pakket, "versies", stand=stand, uitgave=uitgave, anders=anders,
        mag=bank.goedkeuring.mag(pakket, stand, bank.wie(), "terugdraaien", versie),
    )  # fmt: skip


def _waarheen() -> dict[str, str]:
    """Waar inwoners nu terechtkunnen, per taal die de beheerder invulde."""
    teksten = {taal: request.form.get(f"waarheen_{taal}", "").replace("\0", "").strip() for taal in TALEN}
    return {taal: tekst[:LANGSTE_WAARHEEN] for taal, tekst in teksten.items() if tekst}


def _faseer_uit(bank: Werkbank, pakket: str) -> ResponseReturnValue:
    stand, waarheen, overzicht = bank.open(pakket), _waarheen(), url_for("pakket.overzicht", pakket=pakket)
    if bank.goedkeuring.nodig and "aanvraag" not in request.form:
        vraag(bank, pakket, stand, "uitfaseren", waarheen=waarheen)
        return redirect(overzicht, 303)
    try:
        aanvraag = gelezen(bank, pakket, stand, "uitfaseren")
        bank.uitgaven.faseer_uit(pakket, bank.wie(), aanvraag.waarheen if aanvraag else waarheen)
    except AanvraagWeg:
        flash(str(WEG), "error")
        return redirect(overzicht, 303)
    except GeenVersie:
        abort(404)
    gedaan(bank, pakket, "pakket uitgefaseerd", "", aanvraag)
    flash(vertaal("Uitgefaseerd. Er begint niets nieuws meer; lopende zaken gaan gewoon verder."), "ok")
    return redirect(overzicht, 303)


def _draai_terug(bank: Werkbank, pakket: str, versie: str) -> ResponseReturnValue:
    stand, hier = bank.open(pakket), url_for(".versie", pakket=pakket, versie=versie)
    if bank.goedkeuring.nodig and "aanvraag" not in request.form:
        _bestanden(bank, pakket, versie)
        vraag(bank, pakket, stand, "terugdraaien", versie)
        return redirect(hier, 303)
    try:
        aanvraag = gelezen(bank, pakket, stand, "terugdraaien", versie)
        bank.uitgaven.draai_terug(pakket, versie, bank.wie())
    except GeenVersie:
        abort(404)
    except (AanvraagWeg, PakketFout) as fout:
        flash(str(fout) if isinstance(fout, PakketFout) else str(WEG), "error")
        return redirect(hier, 303)
    gedaan(bank, pakket, "pakket teruggedraaid", versie, aanvraag)
    flash(vertaal("Versie %(nummer)s staat er weer en werkt meteen.", nummer=versie), "ok")
    return redirect(url_for(".versies", pakket=pakket), 303)
