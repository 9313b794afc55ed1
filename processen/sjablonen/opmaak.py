"""Het scherm met de opmaak van alle brieven: afzender, antwoordadres, kleur, logo, lettertype, plek van het adres en voettekst."""

from http import HTTPStatus
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form
from wtforms.validators import ValidationError

from formuliermotor.brief import Brief, maak_brief
from formuliermotor.briefkeuring import BriefFout
from formuliermotor.briefopmaak import GENOEG_CONTRAST, KLEUR, SLEUTEL, contrast, eigen_middelen, huiskleur, stijl_van
from formuliermotor.sjablonen import Gevuld, SjabloonFout
from huisstijl import lui, vertaal
from huisstijl.velden import KeuzeVeld, Optie, SelectVeld, TekstvakVeld, TekstVeld
from integratie.configuratie import BRIEFOPMAAK, Configuratie
from kern import ldv
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from processen.sjablonen.editor import VOORBEELDADRES

VELDEN = ("afzender", "antwoordadres", "kleur", "logo", "lettertype", "adres", "voettekst")


def _is_kleur(_formulier: Any, veld: Any) -> None:
    if veld.data and not KLEUR.fullmatch(veld.data):
        raise ValidationError(vertaal("Schrijf de kleur als # met zes tekens, zoals #0d5268."))
    if veld.data and contrast(veld.data) < GENOEG_CONTRAST:
        raise ValidationError(vertaal("Deze kleur is te licht om op wit te lezen. Kies een donkerder kleur."))


def opmaakformulier(logos: list[str], lettertypen: list[str]) -> type[Form]:
    """De velden; te kiezen is wat de gemeente bij haar middelen heeft gezet."""

    class Opmaakformulier(Form):
        afzender = TekstVeld(
            lui("Afzender"), verplicht=False, hulptekst=lui("Leeg is de naam van de gemeente. Staat er een logo, dan is dit de tekst ervan.")
        )  # fmt: skip
        antwoordadres = TekstvakVeld(
            lui("Antwoordadres"), verplicht=False, hulptekst=lui("Waar post naartoe kan, zoals Postbus 1, 1234 AB Voorbeeldstad.")
        )  # fmt: skip
        logo = SelectVeld(
            lui("Logo"), verplicht=False, opties=[Optie(naam, naam) for naam in logos],
            hulptekst=lui("Een afbeelding uit de map met middelen. Leeg is logo.svg of logo.png als die er staat."),
        )  # fmt: skip
        lettertype = SelectVeld(
            lui("Lettertype"), verplicht=False, opties=[Optie(naam, naam) for naam in lettertypen],
            hulptekst=lui("Een lettertype (.woff2 of .ttf) uit de map met middelen. Leeg is dat van het platform."),
        )  # fmt: skip
        kleur = TekstVeld(
            lui("Kleur"), verplicht=False, breedte=8, controles=(_is_kleur,), hulptekst=lui("Voor de afzender en links. Leeg is de kleur van de huisstijl.")
        )  # fmt: skip
        adres = KeuzeVeld(
            lui("Waar staat het adres?"),
            opties=[Optie("links", lui("Links, voor een venster links")), Optie("rechts", lui("Rechts, voor een venster rechts"))],
        )  # fmt: skip
        voettekst = TekstvakVeld(
            lui("Voettekst"), verplicht=False, hulptekst=lui("Onder aan elke brief, zoals telefoon en openingstijden.")
        )  # fmt: skip

    return Opmaakformulier


class Opmaakscherm:
    """Het scherm op één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _configuratie(self) -> Configuratie:
        wie = eis_identiteit()
        return Configuratie(self._installatie, namens="beheer", gebruiker=wie.gebruikersnaam, weergave=wie.naam)

    def bewerk(self) -> ResponseReturnValue:
        """Tonen, een proefbrief maken, of bewaren; bewaren geldt voor elke brief die daarna gemaakt wordt."""
        nu, versie = self._configuratie().haal_met_versie(BRIEFOPMAAK, SLEUTEL) or ({}, 0)
        soort = opmaakformulier(*eigen_middelen(self._installatie))
        formulier = soort(formdata=request.form or None, data={"adres": "links", **nu})
        if request.method == "GET" or not formulier.validate():
            return self._toon(formulier, versie)
        opmaak = {naam: waarde for naam in VELDEN if (waarde := (formulier[naam].data or "").strip())}
        if request.form.get("actie") == "pdf":
            return self._proef(opmaak)
        self._configuratie().bewaar(BRIEFOPMAAK, SLEUTEL, opmaak)
        ldv.audit(self._installatie, eis_identiteit(), "opmaak van brieven bewaard", SLEUTEL)
        flash(vertaal("De opmaak is bewaard. Zij geldt voor elke brief die vanaf nu gemaakt wordt."), "ok")
        return redirect(url_for("opmaak"), HTTPStatus.SEE_OTHER)

    def _toon(self, formulier: Form, versie: int) -> ResponseReturnValue:
        pagina = render_template(
            "sjablonen/opmaak.html", formulier=formulier, versie=versie, huiskleur=huiskleur(), map_=self._installatie.instellingen.brief_middelen
        )  # fmt: skip
        return (pagina, HTTPStatus.UNPROCESSABLE_ENTITY) if formulier.errors else pagina

    def _proef(self, opmaak: dict[str, str]) -> Response:
        tekst = vertaal("Zo ziet een brief er met deze opmaak uit.")
        gevuld = Gevuld(vertaal("Proefbrief"), f"<p>{tekst}</p><h2>{vertaal('Een kop')}</h2><p>{tekst}</p>", tekst)
        stijl = stijl_van(self._installatie, opmaak)
        try:
            pdf = maak_brief(Brief(gevuld, VOORBEELDADRES, [(vertaal("Zaaknummer"), "ZAAK-2026-0000000001")]), stijl)
        except (BriefFout, SjabloonFout) as fout:
            return Response(str(fout), 422, content_type="text/plain; charset=utf-8")
        return Response(pdf, content_type="application/pdf")
