"""Een officiële bekendmaking bij de zaak: de tekst zoals zij in het Gemeenteblad komt, hoe ver zij is, en de tekst verbeteren."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Antwoord
from wtforms import Form

from huisstijl import lui, vertaal
from huisstijl.velden import TekstvakVeld, TekstVeld, VinkjeVeld
from integratie.basis import ApiFout
from integratie.processen.publicaties import PublicatieUit, TekstIn
from processen.behandelen.bron import Zaakbron
from processen.behandelen.schermen.zaak import Zaakschermen

TE_WIJZIGEN = ("concept", "geweigerd", "mislukt")
OPNIEUW = ("geweigerd", "mislukt")
BEZET, ONGELDIG = 409, 400
STATEN = {
    "concept": lui("nakijken"),
    "aangeleverd": lui("aangeleverd, wacht op het blad"),
    "gepubliceerd": lui("staat in het Gemeenteblad"),
    "geweigerd": lui("geweigerd"),
    "mislukt": lui("aanleveren mislukt"),
}


class Tekstformulier(Form):
    titel = TekstVeld(lui("Titel"))
    tekst = TekstvakVeld(
        lui("Tekst"),
        hulptekst=lui(
            "Iedereen kan dit lezen. Schrijf geen namen, adressen of nummers van mensen op. Een lege regel begint een alinea."
        ),
    )
    nagekeken = VinkjeVeld(
        lui("De namen en adressen die hier lijken te staan zijn niet van een persoon"),
        verplicht=False,
    )


class Bekendmakingschermen(Zaakschermen):
    """Schermen over de bekendmakingen van één zaak."""

    def bekendmaking(self, uuid: UUID, publicatie: UUID) -> Antwoord | str:
        """De bekendmaking; wat nog niet is aangeleverd, is te wijzigen."""
        bron = self._bron()
        zaak = self._zaak(bron, uuid)
        gevonden = _lees(bron, zaak.url, publicatie)
        formulier = Tekstformulier(
            request.form or None,
            data={"titel": gevonden.titel, "tekst": gevonden.tekst, "nagekeken": gevonden.nagekeken},
        )
        te_wijzigen = gevonden.staat in TE_WIJZIGEN
        if request.method == "POST" and te_wijzigen and formulier.validate():
            uitkomst = self._bewaar(bron, gevonden, formulier)
            if uitkomst:
                self._audit("bekendmaking gewijzigd", zaak.identificatie)
                flash(uitkomst, "ok")
                return redirect(url_for("bekendmaking", uuid=uuid, publicatie=publicatie))
            gevonden = _lees(bron, zaak.url, publicatie)
        self._audit("bekendmaking bekeken", zaak.identificatie)
        return render_template(
            "behandelen/bekendmaking.html",
            zaak=zaak,
            publicatie=gevonden,
            formulier=formulier if te_wijzigen else None,
            opnieuw=gevonden.staat in OPNIEUW,
            staat=STATEN[gevonden.staat],
            waardelijst=_waardelijst,
        )

    def _bewaar(self, bron: Zaakbron, publicatie: PublicatieUit, formulier: Tekstformulier) -> str:
        """Bewaar de tekst, en lever haar weer aan als dat gevraagd is. Leeg als er persoonsgegevens in staan."""
        data = formulier.data
        # Een browser stuurt regeleinden als CRLF.
        tekst = TekstIn(
            titel=data["titel"], tekst=data["tekst"].replace("\r\n", "\n"), nagekeken=bool(data["nagekeken"])
        )
        try:
            bron.processen.wijzig_publicatie(publicatie.uuid, tekst)
            if publicatie.staat not in OPNIEUW or "aanleveren" not in request.form:
                return vertaal("De tekst is bewaard.")
            bron.processen.lever_aan(publicatie.uuid)
        except ApiFout as fout:
            if fout.status == BEZET:
                return vertaal("De tekst was al aangeleverd en is niet gewijzigd.")
            if fout.status != ONGELDIG:
                raise
            formulier.tekst.errors = [vertaal("Haal de persoonsgegevens uit de tekst.")]
            return ""
        return vertaal("De tekst is aangeleverd.")


def _waardelijst(code: str) -> str:
    """Een waarde uit de lijsten van het blad (`kennisgeving`) zoals mensen haar schrijven; vertaald als wij haar kennen."""
    return vertaal(code.replace("-", " ").capitalize())


def _lees(bron: Zaakbron, zaak: str, uuid: UUID) -> PublicatieUit:
    """De bekendmaking, als zij bij deze zaak hoort."""
    publicatie = bron.processen.publicatie(uuid)
    if publicatie.zaak != zaak:
        abort(404)
    return publicatie
