"""Publiceren in stappen op één pagina: controle, scenario's, wat er verandert, en de knop. En de geschiedenis, met terugdraaien."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.taal import TALEN
from huisstijl.velden import TekstvakVeld, TekstVeld
from integratie.basis import ApiFout
from kern import ldv
from kern.toegang import eis_identiteit
from processen.modelleren.goedkeuren import Aanvraagstand
from processen.modelleren.proeven import Proefstand
from processen.modelleren.schermen.pakket import zip_antwoord
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
        aanvraag = bank.goedkeuring.van(pakket, stand)
        gevraagd = aanvraag is not None and aanvraag.soort == "publiceren"
        begin = {"nummer": aanvraag.nummer, "toelichting": aanvraag.toelichting} if aanvraag and gevraagd else {}
        data = begin or {"nummer": bank.uitgaven.volgende(pakket)}
        return _toon(bank, pakket, stand, Publiceerformulier(data=data), [])
    formulier = Publiceerformulier(request.form)
    if not formulier.validate():
        return _toon(bank, pakket, stand, formulier, [])
    nummer, toelichting = formulier.data["nummer"].strip(), formulier.data["toelichting"] or ""
    if not NUMMER.fullmatch(nummer):
        formulier["nummer"].errors = [vertaal("Een nummer bestaat uit drie getallen met punten, zoals 1.2.0.")]
        return _toon(bank, pakket, stand, formulier, [])
    if request.form.get("actie") == "vraag":
        bank.goedkeuring.vraag(pakket, stand, bank.wie(), nummer, toelichting)
        flash(vertaal("Gevraagd. Een collega kan nu publiceren."), "ok")
        return redirect(url_for(".publiceren", pakket=pakket), 303)
    return _publiceer(bank, pakket, stand, formulier, nummer, toelichting)


def _publiceer(
    bank: Werkbank, pakket: str, stand: Stand, formulier: Form, nummer: str, toelichting: str
) -> ResponseReturnValue:
    wie = bank.wie()
    if not bank.goedkeuring.mag(pakket, stand, wie):
        return _toon(bank, pakket, stand, formulier, [vertaal("Een collega moet dit publiceren.")])
    proef = bank.proeven.laatste(pakket)
    if not scenarios_goed(bank, pakket, stand, proef):
        return _toon(
            bank, pakket, stand, formulier, [vertaal("Speel eerst de scenario's; zij moeten allemaal goed gaan.")]
        )
    try:
        bank.uitgaven.publiceer(pakket, wie, nummer, toelichting)
    except PakketFout as fout:
        return _toon(bank, pakket, bank.open(pakket), formulier, fout.fouten)
    except ApiFout as fout:
        return _toon(bank, pakket, bank.open(pakket), formulier, _redenen(fout))
    bank.goedkeuring.klaar(pakket)
    ldv.audit(bank.installatie, eis_identiteit(), "pakket gepubliceerd", f"{pakket} {nummer}")
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
    aanvraag: Aanvraagstand | None = bank.goedkeuring.van(pakket, stand)
    waarden: dict[str, Any] = {
        "formulier": formulier, "fouten": fouten, "proef": proef, "verslag": bank.kijk_na(bestanden), "aanvraag": aanvraag,
        "proef_geldt": proef is not None and proef.versie == stand.versie,
        "heeft_scenarios": any(pad.startswith("scenarios/") for pad in bestanden),
        "scenarios_goed": scenarios_goed(bank, pakket, stand, proef), "vier_ogen": bank.goedkeuring.nodig,
        "mag": bank.goedkeuring.mag(pakket, stand, bank.wie()), "gevolgen": bank.uitgaven.gevolgen(pakket),
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
        aanvraag=bank.goedkeuring.van(pakket, stand), mag=bank.goedkeuring.mag(pakket, stand, bank.wie(), "terugdraaien", versie),
    )  # fmt: skip


def _waarheen() -> dict[str, str]:
    """Waar inwoners nu terechtkunnen, per taal die de beheerder invulde."""
    teksten = {taal: request.form.get(f"waarheen_{taal}", "").replace("\0", "").strip() for taal in TALEN}
    return {taal: tekst[:LANGSTE_WAARHEEN] for taal, tekst in teksten.items() if tekst}


def _faseer_uit(bank: Werkbank, pakket: str) -> ResponseReturnValue:
    stand, wie, waarheen = bank.open(pakket), bank.wie(), _waarheen()
    if not bank.goedkeuring.mag(pakket, stand, wie, "uitfaseren"):
        bank.goedkeuring.vraag(pakket, stand, wie, soort="uitfaseren", waarheen=waarheen)
        flash(vertaal("Gevraagd. Een collega kan dit pakket nu uitfaseren."), "ok")
        return redirect(url_for("pakket.overzicht", pakket=pakket), 303)
    aanvraag = bank.goedkeuring.van(pakket, stand) if bank.goedkeuring.nodig else None
    try:
        bank.uitgaven.faseer_uit(pakket, wie, aanvraag.waarheen if aanvraag else waarheen)
    except GeenVersie:
        abort(404)
    bank.goedkeuring.klaar(pakket)
    ldv.audit(bank.installatie, eis_identiteit(), "pakket uitgefaseerd", pakket)
    flash(vertaal("Uitgefaseerd. Er begint niets nieuws meer; lopende zaken gaan gewoon verder."), "ok")
    return redirect(url_for("pakket.overzicht", pakket=pakket), 303)


def _draai_terug(bank: Werkbank, pakket: str, versie: str) -> ResponseReturnValue:
    stand, wie = bank.open(pakket), bank.wie()
    if not bank.goedkeuring.mag(pakket, stand, wie, "terugdraaien", versie):
        _bestanden(bank, pakket, versie)
        bank.goedkeuring.vraag(pakket, stand, wie, versie, soort="terugdraaien")
        flash(vertaal("Gevraagd. Een collega kan deze versie nu terugzetten."), "ok")
        return redirect(url_for(".versie", pakket=pakket, versie=versie), 303)
    try:
        bank.uitgaven.draai_terug(pakket, versie, wie)
    except GeenVersie:
        abort(404)
    except PakketFout as fout:
        flash(str(fout), "error")
        return redirect(url_for(".versie", pakket=pakket, versie=versie), 303)
    bank.goedkeuring.klaar(pakket)
    ldv.audit(bank.installatie, eis_identiteit(), "pakket teruggedraaid", f"{pakket} {versie}")
    flash(vertaal("Versie %(nummer)s staat er weer en werkt meteen.", nummer=versie), "ok")
    return redirect(url_for(".versies", pakket=pakket), 303)
