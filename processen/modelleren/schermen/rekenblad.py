"""Een beslistabel als rekenblad downloaden, en weer inlezen: eerst een verslag, dan pas een wijziging."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from huisstijl import vertaal
from kern.web import upload
from processen.modelleren.beslissen import kijk_beslissing_na
from processen.modelleren.rekenblad import (
    MEDIATYPEN,
    Bladfout,
    Rooster,
    Tabelblad,
    Verslag,
    lees,
    namen_in,
    pas_toe,
    schrijf,
    tabelbladen,
    vergelijk,
)
from processen.modelleren.rekenblad.bestanden import soort_van
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing, Deel

TAB = "beslissingen"


def maak_rekenblad(bank: Werkbank) -> Blueprint:
    """De blauwdruk: downloaden, inlezen en bevestigen."""
    blauwdruk = Blueprint("rekenblad", __name__)
    scherm = _Scherm(bank)

    @blauwdruk.get("/<pakket>/beslissingen/<naam>/rekenblad")
    @beheerder
    def begin(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.begin(pakket, naam)

    @blauwdruk.get("/<pakket>/beslissingen/<naam>/rekenblad/<tabel>.<any(xlsx, ods, csv):soort>")
    @beheerder
    def bestand(pakket: str, naam: str, tabel: str, soort: str) -> ResponseReturnValue:
        return scherm.bestand(pakket, naam, tabel, soort)

    @blauwdruk.post("/<pakket>/beslissingen/<naam>/rekenblad")
    @beheerder
    @upload
    def verslag(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.verslag(pakket, naam)

    @blauwdruk.post("/<pakket>/beslissingen/<naam>/rekenblad/bevestigen")
    @beheerder
    @upload
    def bevestig(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.bevestig(pakket, naam)

    return blauwdruk


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def begin(self, pakket: str, naam: str, fout: str = "") -> ResponseReturnValue:
        """De tabellen van een model, om te downloaden of in te lezen."""
        stand, deel = self._bank.open(pakket), self._deel(pakket, naam)
        pagina = self._bank.pagina(
            "rekenblad.html", pakket, TAB, stand=stand, naam=naam, tabellen=tabelbladen(deel.inhoud or b""), fout=fout,
            gekozen=request.form.get("tabel", ""), geplakt=request.form.get("cellen", ""),
        )  # fmt: skip
        return (pagina, HTTPStatus.UNPROCESSABLE_ENTITY) if fout else pagina

    def bestand(self, pakket: str, naam: str, tabel: str, soort: str) -> Response:
        """Een tabel als bestand."""
        self._bank.open(pakket)
        gekozen = self._tabel(self._deel(pakket, naam), tabel)
        antwoord = Response(schrijf(gekozen, soort), content_type=MEDIATYPEN[soort])
        antwoord.headers.set("Content-Disposition", "attachment", filename=f"{naam}-{tabel}.{soort}")
        return antwoord

    def verslag(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Wat er zou veranderen. Er verandert nog niets."""
        self._bank.open(pakket)
        deel = self._deel(pakket, naam)
        tabel = self._tabel(deel, request.form.get("tabel", ""))
        try:
            rooster = _ingestuurd()
        except Bladfout as fout:
            return self.begin(pakket, naam, str(fout))
        return self._toon(pakket, naam, deel, self._vergelijk(deel, tabel, rooster))

    def _vergelijk(self, deel: Deel, tabel: Tabelblad, rooster: Rooster) -> Verslag:
        return vergelijk(tabel, rooster, namen_in(deel.inhoud or b""))

    def _toon(self, pakket: str, naam: str, deel: Deel, verslag: Verslag) -> ResponseReturnValue:
        nieuw = [] if verslag.problemen else self._nieuw(deel.inhoud or b"", verslag)
        fouten = [punt["tekst"] for punt in nieuw if punt["ernst"] == "fout"]
        mag = not (verslag.problemen or fouten or verslag.gelijk)
        blad = schrijf(replace(verslag.tabel, regels=verslag.regels, beleid=verslag.beleid), "csv") if mag else b""
        pagina = self._bank.pagina(
            "rekenblad_verslag.html", pakket, TAB, naam=naam, verslag=verslag, fouten=fouten, mag=mag, versie=deel.versie,
            letop=[punt["tekst"] for punt in nieuw if punt["ernst"] != "fout"], blad=blad.decode("utf-8-sig"),
        )  # fmt: skip
        return (pagina, HTTPStatus.UNPROCESSABLE_ENTITY) if verslag.problemen or fouten else pagina

    def bevestig(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Zet de wijzigingen in de werkversie, als de tabel nog dezelfde is als in het verslag."""
        self._bank.open(pakket)
        deel = self._deel(pakket, naam)
        tabel = self._tabel(deel, request.form.get("tabel", ""))
        if request.form.get("versie", -1, type=int) != deel.versie:
            return self._botst(pakket, naam)
        verslag = self._vergelijk(deel, tabel, lees(request.form.get("blad", "").encode(), "csv"))
        if verslag.problemen or any(punt["ernst"] == "fout" for punt in self._nieuw(deel.inhoud or b"", verslag)):
            return self._toon(pakket, naam, deel, verslag)
        try:
            self._bank.werkplaats.bewaar(
                pakket, deel.pad, pas_toe(deel.inhoud or b"", tabel.sleutel, verslag), versie=deel.versie, wie=self._bank.wie(),
                wat=f"{tabel.naam}: {vertaal('ingelezen uit een rekenblad')}",
            )  # fmt: skip
        except Botsing:
            return self._botst(pakket, naam)
        flash(vertaal("De tabel is bijgewerkt. Het werkt pas na publiceren."), "ok")
        return redirect(url_for("tekenvlak.beslissing", pakket=pakket, naam=naam), HTTPStatus.SEE_OTHER)

    def _botst(self, pakket: str, naam: str) -> ResponseReturnValue:
        flash(
            vertaal("Een collega wijzigde deze tabel net. Er is niets veranderd; lees uw rekenblad nog eens in."), "warning"
        )  # fmt: skip
        return redirect(url_for(".begin", pakket=pakket, naam=naam), HTTPStatus.SEE_OTHER)

    def _nieuw(self, oud: bytes, verslag: Verslag) -> list[dict[str, Any]]:
        """Wat de controle van het model hierna zegt en nu nog niet."""
        functies = self._bank.motor.uitdrukkingen.functies
        stond = {punt["tekst"] for punt in kijk_beslissing_na(oud, functies)}
        na = kijk_beslissing_na(pas_toe(oud, verslag.tabel.sleutel, verslag), functies)
        return [punt for punt in na if punt["tekst"] not in stond]

    def _deel(self, pakket: str, naam: str) -> Deel:
        return self._bank.deel(pakket, f"beslissingen/{naam}.dmn")

    def _tabel(self, deel: Deel, sleutel: str) -> Tabelblad:
        gevonden = [tabel for tabel in tabelbladen(deel.inhoud or b"") if tabel.sleutel == sleutel]
        return gevonden[0] if gevonden else abort(404)


def _ingestuurd() -> Rooster:
    """Wat er gekozen of geplakt is. `Bladfout` als het er niet is of niet te lezen is."""
    bestand, geplakt = request.files.get("bestand"), request.form.get("cellen", "")
    if bestand is not None and bestand.filename:
        return lees(bestand.read(), soort_van(bestand.filename))
    if not geplakt.strip():
        raise Bladfout(vertaal("Kies een bestand, of plak de cellen."))
    return lees(geplakt.encode(), "plak")
