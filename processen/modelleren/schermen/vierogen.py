"""Vier ogen op de schermen: vragen, doen wat gevraagd is, weigeren met een reden, en een eigen vraag intrekken."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import lui, vertaal
from huisstijl.filters import tijdstip
from kern import ldv
from kern.logboek import maskeer
from kern.toegang import eis_identiteit, veilig_pad
from processen.modelleren.goedkeuren import Aanvraagstand, AanvraagWeg, AlGevraagd, Soort
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Stand

KORTSTE_REDEN, LANGSTE_REDEN = 5, 1000
GEVRAAGD = {
    "publiceren": lui("Gevraagd. Een collega kan nu publiceren."),
    "terugdraaien": lui("Gevraagd. Een collega kan deze versie nu terugzetten."),
    "uitfaseren": lui("Gevraagd. Een collega kan dit pakket nu uitfaseren."),
}
WEG = lui("Deze vraag staat niet meer open: zij is gedaan, geweigerd, ingetrokken of vervallen. Lees wat er nu staat.")


def maak_vierogen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van weigeren en intrekken."""
    blauwdruk = Blueprint("vierogen", __name__)

    @blauwdruk.post("/<pakket>/vraag/weigeren")
    @beheerder
    def weigeren(pakket: str) -> ResponseReturnValue:
        stand, reden = bank.open(pakket), request.form.get("reden", "").replace("\0", "").strip()[:LANGSTE_REDEN]
        if len(reden) < KORTSTE_REDEN:
            flash(vertaal("Schrijf waarom u weigert, in minstens 5 tekens. Er is niets veranderd."), "error")
            return _terug(pakket)
        try:
            aanvraag = bank.goedkeuring.weiger(pakket, stand, bank.wie(), kenmerk(), reden)
        except AanvraagWeg:
            flash(str(WEG), "warning")
            return _terug(pakket)
        _audit(bank, f"pakket {aanvraag.soort} geweigerd", f"{onderwerp(pakket, aanvraag)}: {reden}")
        flash(vertaal("Geweigerd. %(naam)s leest uw reden.", naam=aanvraag.door_naam), "ok")
        return _terug(pakket)

    @blauwdruk.post("/<pakket>/vraag/intrekken")
    @beheerder
    def intrekken(pakket: str) -> ResponseReturnValue:
        aanvraag = bank.goedkeuring.laatste(pakket, bank.open(pakket))
        try:
            bank.goedkeuring.trek_in(pakket, bank.wie(), kenmerk())
        except AanvraagWeg:
            flash(str(WEG), "warning")
            return _terug(pakket)
        if aanvraag is not None and aanvraag.staat == "open":
            _audit(bank, f"pakket {aanvraag.soort}: vraag ingetrokken", f"{pakket} {aanvraag.nummer}".strip())
            flash(vertaal("De vraag is ingetrokken."), "ok")
        return _terug(pakket)

    return blauwdruk


def kenmerk() -> UUID | None:
    """Welke vraag de beheerder op de pagina las."""
    return request.form.get("aanvraag", type=UUID)


def vraag(
    bank: Werkbank,
    pakket: str,
    stand: Stand,
    soort: Soort,
    nummer: str = "",
    toelichting: str = "",
    waarheen: dict[str, str] | None = None,
) -> None:
    """Vraag een collega, en zeg hoe dat ging; een vraag die al openstaat blijft staan."""
    if request.form.get("gezien", type=int) not in (None, stand.versie):
        flash(vertaal("Het pakket is net gewijzigd; er is niets gevraagd. Kijk wat er nu staat."), "warning")
        return
    try:
        bank.goedkeuring.vraag(pakket, stand, bank.wie(), nummer, toelichting, soort=soort, waarheen=waarheen)
    except AlGevraagd as al:
        wie = {"naam": al.aanvraag.door_naam, "tijdstip": tijdstip(al.aanvraag.gevraagd)}
        flash(
            vertaal("Er staat al een vraag open, van %(naam)s sinds %(tijdstip)s. Die is niet veranderd.", **wie),
            "warning",
        )
        return
    _audit(bank, f"pakket {soort} gevraagd", f"{pakket} {nummer}".strip())
    flash(str(GEVRAAGD[soort]), "ok")


def gelezen(bank: Werkbank, pakket: str, stand: Stand, soort: Soort, nummer: str | None = None) -> Aanvraagstand | None:
    """Wat een collega vroeg en deze beheerder nu doet; None zonder vier ogen. `AanvraagWeg` als die vraag er niet (meer) zo staat."""
    if not bank.goedkeuring.nodig and "aanvraag" not in request.form:
        return None
    return bank.goedkeuring.akkoord(pakket, stand, bank.wie(), soort, kenmerk(), nummer)


def gedaan(bank: Werkbank, pakket: str, actie: str, nummer: str, aanvraag: Aanvraagstand | None) -> None:
    """Leg vast wie het deed, en met vier ogen ook wie het vroeg."""
    bank.goedkeuring.klaar(pakket)
    _audit(bank, actie, onderwerp(pakket, aanvraag) if aanvraag else f"{pakket} {nummer}".strip())


def onderwerp(pakket: str, aanvraag: Aanvraagstand) -> str:
    """Het pakket met het nummer en wie het vroeg, voor de audittrail."""
    wat = f"{pakket} {aanvraag.nummer}".strip()
    return f"{wat} (gevraagd door {aanvraag.door})"


def _audit(bank: Werkbank, actie: str, tekst: str) -> None:
    ldv.audit(bank.installatie, eis_identiteit(), actie, maskeer(tekst))


def _terug(pakket: str) -> ResponseReturnValue:
    terug = veilig_pad(request.form.get("terug"), url_for("pakket.overzicht", pakket=pakket))
    return redirect(terug, 303) if terug.startswith("/beheer/pakketten/") else abort(400)
