"""De termijn van een zaak: hoe zij ervoor staat, waarom, en wat een behandelaar erover vastlegt; en de lijst van wat te laat dreigt te komen."""

from typing import Any
from uuid import UUID, uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from huisstijl import lui, vertaal
from integratie.basis import ApiFout, NietBereikbaar
from integratie.termijnen.schemas import GebeurtenisIn, HerroepIn, KlokDetailUit, KlokIn
from integratie.zaken.schemas import ZaakUit
from kern.toegang import eis_identiteit
from processen.behandelen.bron import Zaakbron
from processen.behandelen.schermen.zaak import Zaakschermen
from processen.behandelen.termijnformulieren import (
    HANDELINGEN,
    Herroepen,
    als_gebeurtenis,
    beginwaarden,
    maak_formulier,
    mogelijk,
)
from processen.behandelen.werklijst import PAGINA

TOESTANDEN = (
    ("verlopen", lui("Te laat")),
    ("dreigt", lui("Dreigt te laat te komen")),
    ("opgeschort", lui("Staat stil")),
    ("loopt", lui("Loopt")),
)
BEZET = 409
WAAROM = {
    "toekomst": lui("Deze dag moet nog komen."),
    "voor-ontvangst": lui("Deze dag ligt voor de ontvangst van de aanvraag."),
    "niet-opgeschort": lui("De termijn staat hiervoor niet stil."),
    "beslist": lui("Er is al beslist."),
    "tot": lui("De laatste dag ligt voor de eerste."),
    "gewijzigd": lui("Een collega legde net iets vast. Kijk of dit nog nodig is."),
}


class Termijnschermen(Zaakschermen):
    """Schermen over de termijn van één zaak."""

    def termijn(self, uuid: UUID) -> str:
        """De termijn met haar geschiedenis."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        klok = bron.termijnen.klok(zaak.url)
        self._audit("termijn bekeken", zaak.identificatie)
        handelingen = [(naam, HANDELINGEN[naam].titel) for naam in mogelijk(klok)] if klok else []
        return render_template(
            "behandelen/termijn.html", zaak=zaak, klok=klok, handelingen=handelingen, sleutel=uuid4()
        )

    def begin_termijn(self, uuid: UUID) -> Antwoord:
        """Begin de klok van een zaak die er nog geen had, op haar startdatum."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        wie = eis_identiteit()
        bron.termijnen.begin(KlokIn(zaak=zaak.url, door=wie.gebruikersnaam, door_naam=wie.naam))
        self._audit("termijn begonnen", zaak.identificatie)
        return redirect(url_for("termijn", uuid=uuid))

    def leg_vast(self, uuid: UUID, wat: str) -> Antwoord | str:
        """Een handeling: het formulier, en met POST vastleggen."""
        bron, zaak, klok = self._met_klok(uuid)
        if wat not in HANDELINGEN:
            abort(404)
        if wat not in mogelijk(klok):
            flash(vertaal("Dat kan nu niet met deze termijn."), "warning")
            return redirect(url_for("termijn", uuid=uuid))
        if request.method == "GET":
            return self._toon(zaak, klok, wat, maak_formulier(wat, klok, data=beginwaarden(self._vandaag())))
        formulier = maak_formulier(wat, klok, formdata=request.form)
        if not formulier.validate():
            return self._toon(zaak, klok, wat, formulier)
        return self._bewaar(zaak, klok, wat, formulier, lambda: self._stuur(bron, zaak, klok, wat, formulier))

    def herroep(self, uuid: UUID, gebeurtenis: UUID) -> Antwoord | str:
        """Een gebeurtenis die niet klopt; de regel blijft in het grootboek staan."""
        bron, zaak, klok = self._met_klok(uuid)
        regel = next((g for g in klok.gebeurtenissen if g.uuid == gebeurtenis and not g.herroepen), None)
        if regel is None or regel.nr == 1 or regel.herroept:
            abort(404)
        formulier = Herroepen(request.form)
        if request.method == "GET" or not formulier.validate():
            return self._toon(zaak, klok, "herroepen", formulier, regel=regel)
        wie = eis_identiteit()
        herroep = HerroepIn(
            uuid=_sleutel(), reden=formulier.data["reden"], door=wie.gebruikersnaam, door_naam=wie.naam,
            versie=request.form.get("versie", type=int),
        )  # fmt: skip
        return self._bewaar(
            zaak, klok, "herroepen", formulier, lambda: bron.termijnen.herroep(zaak.url, gebeurtenis, herroep), regel
        )

    def lijst(self) -> str:
        """Voor de teamleider: wat te laat is of dreigt te komen, van de zaaktypen van zijn groepen."""
        bron = self._bron()
        pagina = max(1, request.args.get("pagina", 1, type=int))
        toestand = request.args.get("toestand", "dreigt")
        if toestand not in dict(TOESTANDEN):
            abort(404)
        teams = bron.teams()
        gekozen = request.args.get("zaaktype", "")
        zaaktypen = [gekozen] if gekozen in teams else sorted(teams)
        try:
            tellingen = [regel for regel in bron.termijnen.overzicht() if regel.zaaktype in teams]
            gevonden = bron.termijnen.klokken(
                toestand=toestand, zaaktype__in=",".join(zaaktypen) or "-", page=pagina, pageSize=PAGINA
            )
        except NietBereikbaar:
            return render_template("behandelen/termijnen.html", gevonden=None, tabs=[], tellingen=[], teams=teams)
        tabs = [
            (f"{vertaal(naam)} ({sum(getattr(regel, t) for regel in tellingen if regel.zaaktype in zaaktypen)})",
             url_for("termijnen", toestand=t, zaaktype=gekozen or None), t == toestand)
            for t, naam in TOESTANDEN
        ]  # fmt: skip
        return render_template(
            "behandelen/termijnen.html", gevonden=gevonden, tabs=tabs, tellingen=tellingen, teams=teams, pagina=pagina,
            paginas=max(1, -(-gevonden.count // PAGINA)), toestand=toestand, gekozen=gekozen,
        )  # fmt: skip

    def _met_klok(self, uuid: UUID) -> tuple[Zaakbron, ZaakUit, KlokDetailUit]:
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        klok = bron.termijnen.klok(zaak.url)
        if klok is None:
            abort(404)
        return bron, zaak, klok

    def _stuur(self, bron: Zaakbron, zaak: ZaakUit, klok: KlokDetailUit, wat: str, formulier: Form) -> None:
        wie = eis_identiteit()
        gebeurtenis = GebeurtenisIn(
            uuid=_sleutel(), door=wie.gebruikersnaam, door_naam=wie.naam,
            versie=request.form.get("versie", type=int), **als_gebeurtenis(wat, formulier, klok),
        )  # fmt: skip
        bron.termijnen.leg_vast(zaak.url, gebeurtenis)

    def _bewaar(
        self, zaak: ZaakUit, klok: KlokDetailUit, wat: str, formulier: Form, doe: Any, regel: Any = None
    ) -> Antwoord | str:
        try:
            doe()
        except NietBereikbaar:
            flash(vertaal("Dat lukte niet. Probeer het zo opnieuw."), "error")
            return self._toon(zaak, klok, wat, formulier, regel=regel)
        except ApiFout as fout:
            if _bij_de_dag(formulier, fout):
                return self._toon(zaak, klok, wat, formulier, regel=regel)
            flash(_waarom(fout), "warning")
            if fout.status == BEZET:
                return redirect(url_for("termijn", uuid=zaak.uuid))
            return self._toon(zaak, klok, wat, formulier, regel=regel)
        self._audit(f"termijn: {wat}", zaak.identificatie)
        flash(vertaal("Vastgelegd. De termijn is opnieuw berekend."), "ok")
        return redirect(url_for("termijn", uuid=zaak.uuid))

    def _toon(self, zaak: ZaakUit, klok: KlokDetailUit, wat: str, formulier: Form, **extra: Any) -> str:
        handeling = HANDELINGEN.get(wat)
        return render_template(
            "behandelen/termijn_vastleggen.html", zaak=zaak, klok=klok, formulier=formulier,
            titel=handeling.titel if handeling else vertaal("Gebeurtenis herroepen"),
            uitleg=handeling.uitleg if handeling else vertaal("De regel blijft staan, maar telt niet meer mee."),
            sleutel=request.form.get("sleutel") or uuid4(), **extra,
        )  # fmt: skip


def _sleutel() -> UUID:
    """De sleutel uit het formulier, waaraan een dubbele klik te herkennen is."""
    sleutel = request.form.get("sleutel", type=UUID)
    if sleutel is None:
        abort(400)
    return sleutel


def _bij_de_dag(formulier: Form, fout: ApiFout) -> bool:
    """Een dag voor de ontvangst of in de toekomst staat als fout bij het veld waar hij ingevuld is."""
    past = bool(fout.fouten) and fout.fouten[0].naam == "dag" and "dag" in formulier
    if past:
        formulier["dag"].errors = [_waarom(fout)]
    return past


def _waarom(fout: ApiFout) -> str:
    code = fout.fouten[0].code if fout.fouten else fout.code
    if code in WAAROM:
        return vertaal(WAAROM[code])
    return fout.fouten[0].reden if fout.fouten else fout.detail
