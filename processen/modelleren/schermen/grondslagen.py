"""De herkomst van de regels: welke wet, vanaf wanneer, en wat er verandert per een datum."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from dmn.herkomst import Herkomst, Vindplaats
from huisstijl import lui, vertaal
from huisstijl.velden import DatumVeld, TekstvakVeld, TekstVeld
from processen.modelleren.beslissen import kijk_beslissing_na
from processen.modelleren.grondslagen import Regel, regel, tabellen, verander_per, zet_herkomst
from processen.modelleren.werkbank import Werkbank, beheerder
from processen.modelleren.werkplaats import Botsing, Deel


class Herkomstformulier(Form):
    wet = TekstVeld(lui("Wet of verordening"), verplicht=False, hulptekst=lui("Bijvoorbeeld Huisvestingsverordening."))
    artikel = TekstVeld(lui("Artikel"), verplicht=False, breedte=8)
    lid = TekstVeld(lui("Lid"), verplicht=False, breedte=8)
    url = TekstVeld(lui("Adres op internet"), verplicht=False, hulptekst=lui("Bijvoorbeeld van wetten.overheid.nl."))
    van = DatumVeld(lui("Geldt vanaf"), verplicht=False, hulptekst=lui("Leeg als de regel altijd al gold."))
    tot = DatumVeld(
        lui("Geldt tot"),
        verplicht=False,
        hulptekst=lui("De eerste dag waarop de regel niet meer geldt. Leeg als er geen einde is."),
    )
    overgangsrecht = TekstvakVeld(
        lui("Overgangsrecht"),
        verplicht=False,
        hulptekst=lui("Voor wie blijft de oude regel nog gelden? Dit komt in de uitleg van het besluit."),
    )


def maak_grondslagen(bank: Werkbank) -> Blueprint:
    """De blauwdruk van de lijst en van één regel."""
    blauwdruk = Blueprint("grondslagen", __name__)
    scherm = _Scherm(bank)

    @blauwdruk.get("/<pakket>/beslissingen/<naam>/herkomst")
    @beheerder
    def lijst(pakket: str, naam: str) -> ResponseReturnValue:
        return scherm.lijst(pakket, naam)

    @blauwdruk.route("/<pakket>/beslissingen/<naam>/herkomst/<id_>", methods=["GET", "POST"])
    @beheerder
    def een(pakket: str, naam: str, id_: str) -> ResponseReturnValue:
        return scherm.een(pakket, naam, id_)

    @blauwdruk.route("/<pakket>/beslissingen/<naam>/herkomst/<id_>/verandert", methods=["GET", "POST"])
    @beheerder
    def verandert(pakket: str, naam: str, id_: str) -> ResponseReturnValue:
        return scherm.verandert(pakket, naam, id_)

    return blauwdruk


class _Scherm:
    def __init__(self, bank: Werkbank) -> None:
        self._bank = bank

    def lijst(self, pakket: str, naam: str) -> ResponseReturnValue:
        """Alle regels met hun herkomst."""
        stand, deel = self._bank.open(pakket), self._deel(pakket, naam)
        return self._bank.pagina(
            "herkomst.html", pakket, "beslissingen", stand=stand, naam=naam, tabellen=tabellen(deel.inhoud or b"")
        )

    def een(self, pakket: str, naam: str, id_: str) -> ResponseReturnValue:
        """De herkomst van een regel wijzigen."""
        stand, (deel, gevonden) = self._bank.open(pakket), self._regel(pakket, naam, id_)
        formulier = Herkomstformulier(request.form or None, **_ingevuld(gevonden.herkomst))
        if request.method == "POST" and formulier.validate() and _kloppen(formulier):
            return self._bewaar(
                pakket, naam, deel, zet_herkomst(deel.inhoud or b"", id_, _herkomst(formulier, gevonden.herkomst))
            )
        return self._bank.pagina(
            "herkomst_regel.html", pakket, "beslissingen", stand=stand, naam=naam, regel=gevonden, formulier=formulier
        )

    def verandert(self, pakket: str, naam: str, id_: str) -> ResponseReturnValue:
        """De regel verandert per een datum: de oude eindigt dan, en de nieuwe begint."""
        stand, (deel, gevonden) = self._bank.open(pakket), self._regel(pakket, naam, id_)
        formulier = _wijzigformulier(gevonden)(
            request.form or None, **{f"dan{nr}": cel for nr, (_, cel) in enumerate(gevonden.dan)}
        )
        if request.method == "POST" and formulier.validate():
            dan = [formulier[f"dan{nr}"].data for nr in range(len(gevonden.dan))]
            try:
                inhoud = verander_per(
                    deel.inhoud or b"", id_, formulier["per"].data, dan, formulier["overgangsrecht"].data or ""
                )
            except ValueError:
                formulier["per"].errors = [
                    vertaal("Op die dag geldt deze regel niet. Kies een dag tussen het begin en het einde ervan.")
                ]
            else:
                if not (fout := self._nieuwe_fout(deel.inhoud or b"", inhoud)):
                    return self._bewaar(pakket, naam, deel, inhoud)
                formulier["dan0"].errors = [
                    vertaal("Dit kan niet: %(fout)s. Zet tekst tussen dubbele aanhalingstekens.", fout=fout)
                ]
        return self._bank.pagina(
            "herkomst_verandert.html",
            pakket,
            "beslissingen",
            stand=stand,
            naam=naam,
            regel=gevonden,
            formulier=formulier,
        )

    def _nieuwe_fout(self, oud: bytes, nieuw: bytes) -> str:
        """De eerste fout die het model hiermee krijgt: een onbekende naam, een verkeerd soort, twee regels die allebei passen."""
        functies = self._bank.motor.uitdrukkingen.functies
        voor = [deel["tekst"] for deel in kijk_beslissing_na(oud, functies)]
        na = [deel["tekst"] for deel in kijk_beslissing_na(nieuw, functies) if deel["ernst"] == "fout"]
        return next((tekst for tekst in na if tekst not in voor), "")

    def _deel(self, pakket: str, naam: str) -> Deel:
        return self._bank.deel(pakket, f"beslissingen/{naam}.dmn")

    def _regel(self, pakket: str, naam: str, id_: str) -> tuple[Deel, Regel]:
        deel = self._deel(pakket, naam)
        gevonden = regel(deel.inhoud or b"", id_)
        return (deel, gevonden) if gevonden is not None else abort(404)

    def _bewaar(self, pakket: str, naam: str, deel: Deel, inhoud: bytes) -> ResponseReturnValue:
        try:
            self._bank.werkplaats.bewaar(pakket, deel.pad, inhoud, versie=deel.versie, wie=self._bank.wie())
        except Botsing:
            flash(
                vertaal("Een collega wijzigde deze tabel net. Kijk wat er nu staat en probeer het opnieuw."), "warning"
            )
        else:
            flash(vertaal("Bewaard."), "ok")
        return redirect(url_for(".lijst", pakket=pakket, naam=naam), 303)


def _wijzigformulier(gevonden: Regel) -> Callable[..., Form]:
    velden = {f"dan{nr}": TekstVeld(kolom or lui("Uitkomst")) for nr, (kolom, _) in enumerate(gevonden.dan)}
    per = DatumVeld(lui("Per wanneer?"), hulptekst=lui("De eerste dag waarop de nieuwe regel geldt."))
    overgang = TekstvakVeld(
        lui("Overgangsrecht"),
        verplicht=False,
        hulptekst=lui("Voor wie blijft de oude regel nog gelden? Dit komt in de uitleg van het besluit."),
    )
    soort: Callable[..., Form] = type("Wijzigformulier", (Form,), {"per": per, **velden, "overgangsrecht": overgang})
    return soort


def _ingevuld(herkomst: Herkomst) -> dict[str, Any]:
    plaats = herkomst.vindplaatsen[0] if herkomst.vindplaatsen else Vindplaats("")
    return {
        "wet": plaats.wet, "artikel": plaats.artikel, "lid": plaats.lid, "url": plaats.url, "van": herkomst.van, "tot": herkomst.tot,
        "overgangsrecht": herkomst.overgangsrecht,
    }  # fmt: skip


def _herkomst(formulier: Herkomstformulier, was: Herkomst) -> Herkomst:
    """Wat er is ingevuld; vindplaatsen na de eerste blijven."""
    f = formulier
    eerste = (
        (Vindplaats(f.wet.data or "", f.artikel.data or "", f.lid.data or "", f.url.data or ""),) if f.wet.data else ()
    )
    return Herkomst((*eerste, *was.vindplaatsen[1:]), f.van.data, f.tot.data, f.overgangsrecht.data or "")


def _kloppen(formulier: Herkomstformulier) -> bool:
    if formulier.van.data and formulier.tot.data and formulier.tot.data <= formulier.van.data:
        formulier.tot.errors = [vertaal("Het einde ligt niet na het begin.")]
    if formulier.artikel.data and not formulier.wet.data:
        formulier.wet.errors = [vertaal("Vul ook de wet of verordening in.")]
    if formulier.url.data and not formulier.url.data.startswith(("https://", "http://")):
        formulier.url.errors = [vertaal("Begin met https://")]
    return not formulier.errors
