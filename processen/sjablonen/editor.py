"""De editor van sjablonen, voor `/beheer/sjablonen/` en het tabblad brieven en berichten van de werkbank: één formulier, één controle.

Zonder JavaScript zijn het tekstvakken met HTML. Met JavaScript wordt `inhoud_…` een editor (`frontend/bron/brief`); wat er bewaard wordt is hetzelfde.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Final

import orjson
from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form

from formuliermotor.brief import Brief, briefgegevens, maak_brief
from formuliermotor.briefkeuring import BriefFout
from formuliermotor.briefopmaak import briefstijl
from formuliermotor.kantoor import (
    MEDIATYPEN,
    bestand_van,
    controleer_bestand,
    controleer_sjabloon,
    soort_van,
    tekst_uit,
    vul_bestand,
)
from formuliermotor.pdf import Ingesloten
from formuliermotor.sjablonen import VASTE_VELDEN, Gevuld, Probleem, SjabloonFout, voorbeeldgegevens, vul
from formuliermotor.sjablonen.controle import Nakijker
from formuliermotor.sjablonen.lengte import Smslengte, smslengte
from formuliermotor.sjablonen.uitdrukkingen import ELK, Omgeving
from huisstijl import kies, lui, vertaal
from huisstijl.velden import TekstvakVeld, TekstVeld
from kern.installatie import Installatie
from processen.sjablonen.leesbaarheid import Leesbaarheid, leesbaarheid
from processen.sjablonen.velden import TALEN, lees_velden

SOORTEN: Final = tuple(VASTE_VELDEN)
FRAGMENT: Final = "X-Fragment"
"""Met deze kop vraagt het script van de editor alleen het deel met controle en voorbeeld."""
NAAR: Final = "X-Naar"
"""In deze kop staat waar het script na bewaren heen gaat."""
VOORBEELDADRES: Final = ("Mevrouw A. de Vries", "Dorpsstraat 1", "1234 AB Voorbeeldstad")
NAMEN: Final = {
    "aanhef": lui("Aanhef"), "zaaknummer": lui("Zaaknummer"), "datum": lui("Datum van vandaag"), "gemeente": lui("Naam van de gemeente"),
    "startdatum": lui("Dag waarop de zaak begon"), "ontvangen": lui("Dag van ontvangst"),
}  # fmt: skip

Sjabloon = dict[str, Any]


class Sjabloonformulier(Form):
    """Onderwerp en tekst in beide talen, en de velden met hun voorbeeld."""

    onderwerp_nl = TekstVeld(lui("Onderwerp"))
    inhoud_nl = TekstvakVeld(
        lui("Tekst"), hulptekst=lui("HTML. Een veld staat tussen {{ }}; data-als en data-elk maken iets voorwaardelijk.")
    )  # fmt: skip
    onderwerp_en = TekstVeld(lui("Onderwerp in het Engels"), verplicht=False)
    inhoud_en = TekstvakVeld(lui("Tekst in het Engels"), verplicht=False)
    velden = TekstvakVeld(
        lui("Velden met een voorbeeld"), verplicht=False, hulptekst=lui('Eén per regel, zoals: bedrag = 250 of tot = date("2026-09-01").')
    )  # fmt: skip


@dataclass(frozen=True)
class Voorbeeld:
    """Een ingevuld sjabloon in een taal. `sms` is de lengte als het een sms is."""

    taal: str
    gevuld: Gevuld
    sms: Smslengte | None


@dataclass(frozen=True)
class Beoordeling:
    """Alles wat naast de tekst staat: wat er mis is, hoe zij eruitziet, en hoe zij leest."""

    problemen: Sequence[Probleem]
    voorbeelden: Sequence[Voorbeeld]
    leest: Leesbaarheid
    fout: str = ""
    bestandsregels: Sequence[str] = ()


def beoordeel(
    sjabloon: Sjabloon, gegevens: Mapping[str, Any] | None = None, problemen: Sequence[Probleem] | None = None
) -> Beoordeling:
    """De beoordeling van een sjabloon, ingevuld met deze gegevens of anders met de voorbeelden uit het sjabloon zelf."""
    gevonden = controleer_sjabloon(sjabloon) if problemen is None else problemen
    leest = leesbaarheid(sjabloon["inhoud"].get("nl") or "")
    if gevonden:
        return Beoordeling(gevonden, (), leest)
    waarden = voorbeeldgegevens(sjabloon) if gegevens is None else gegevens
    try:
        return Beoordeling((), list(_voorbeelden(sjabloon, waarden)), leest, "", _uit_bestand(sjabloon, waarden))
    except SjabloonFout as fout:
        return Beoordeling((), (), leest, str(fout))


def _voorbeelden(sjabloon: Sjabloon, gegevens: Mapping[str, Any]) -> Iterable[Voorbeeld]:
    for taal in TALEN:
        if sjabloon["inhoud"].get(taal):
            gevuld = vul(sjabloon, gegevens, taal)
            yield Voorbeeld(taal, gevuld, smslengte(gevuld.tekst) if sjabloon.get("soort") == "sms" else None)


def _uit_bestand(sjabloon: Sjabloon, gegevens: Mapping[str, Any]) -> Sequence[str]:
    inhoud = _gevuld_bestand(sjabloon, gegevens)
    return tekst_uit(inhoud) if inhoud else ()


def _gevuld_bestand(sjabloon: Sjabloon, gegevens: Mapping[str, Any]) -> bytes | None:
    """Het ODT- of DOCX-bestand ingevuld, of None als het sjabloon er geen heeft."""
    bestand = bestand_van(sjabloon)
    if bestand is None:
        return None
    adres = {"naam": VOORBEELDADRES[0], "adres": "\n".join(VOORBEELDADRES[1:])}
    return vul_bestand(
        bestand, Omgeving({**adres, **gegevens}, "nl", None, str(sjabloon.get("sleutel", "")), streng=True)
    )


def met_antwoorden(sjabloon: Sjabloon, antwoorden: Mapping[str, Any], dag: date) -> dict[str, Any]:
    """De voorbeeldgegevens, met de antwoorden van een scenario in de velden die zo heten, op de dag van dat scenario."""
    gegevens = voorbeeldgegevens(sjabloon)
    eigen = {naam: _als(gegevens[naam], waarde) for naam, waarde in antwoorden.items() if naam in gegevens}
    dagen = {naam: dag for naam in ("datum", "startdatum", "ontvangen") if naam in VASTE_VELDEN[sjabloon["soort"]]}
    return {**gegevens, **dagen, **eigen}


def _als(voorbeeld: Any, waarde: Any) -> Any:
    """Een antwoord in het soort van het voorbeeld: een datum staat in een formulier als tekst."""
    is_dag = isinstance(voorbeeld, date) and not isinstance(voorbeeld, datetime)
    try:
        return date.fromisoformat(waarde) if is_dag and isinstance(waarde, str) else waarde
    except ValueError:
        return voorbeeld


def voorbeeld_pdf(
    installatie: Installatie, sjabloon: Sjabloon, versie: int, gegevens: Mapping[str, Any] | None, taal: str = "nl"
) -> Response:
    """Het voorbeeld zoals de brief eruit komt te zien; 422 met de reden als dat niet kan."""
    waarden = voorbeeldgegevens(sjabloon) if gegevens is None else gegevens
    try:
        data = Ingesloten("brief.json", briefgegevens(sjabloon, versie, taal, waarden), vertaal("Voorbeeldgegevens"))
        kenmerken = [(vertaal("Zaaknummer"), str(waarden["zaaknummer"]))]
        brief = Brief(vul(sjabloon, waarden, taal), VOORBEELDADRES, kenmerken, taal, ingesloten=[data])
        return Response(maak_brief(brief, briefstijl(installatie, namens="beheer")), content_type="application/pdf")
    except (SjabloonFout, BriefFout) as fout:
        return Response(str(fout), 422, content_type="text/plain; charset=utf-8")


def voorbeeld_bestand(sjabloon: Sjabloon, gegevens: Mapping[str, Any] | None) -> Response:
    """Het ODT- of DOCX-bestand, ingevuld met het voorbeeld."""
    try:
        inhoud = _gevuld_bestand(sjabloon, voorbeeldgegevens(sjabloon) if gegevens is None else gegevens)
    except SjabloonFout as fout:
        return Response(str(fout), 422, content_type="text/plain; charset=utf-8")
    return als_bijlage(inhoud, f"{sjabloon.get('sleutel') or 'voorbeeld'}-voorbeeld")


def als_bijlage(inhoud: bytes | None, naam: str) -> Response:
    """Een ODT of DOCX om op te slaan; 404 als er geen bestand is."""
    soort = soort_van(inhoud or b"")
    if inhoud is None or soort is None:
        return Response(vertaal("Dit sjabloon heeft geen bestand."), 404, content_type="text/plain; charset=utf-8")
    antwoord = Response(inhoud, content_type=MEDIATYPEN[soort])
    antwoord.headers.set("Content-Disposition", "attachment", filename=f"{naam}.{soort}")
    return antwoord


def met_bestand(sjabloon: Sjabloon) -> tuple[Sjabloon, list[Probleem]]:
    """Het sjabloon met het ODT- of DOCX-bestand dat is ingestuurd of weggehaald. Een bestand dat niet mag wordt genoemd en niet overgenomen."""
    bestand = request.files.get("bestand")
    if request.form.get("bestand_weg"):
        return {naam: waarde for naam, waarde in sjabloon.items() if naam != "bestand"}, []
    if bestand is None or not bestand.filename:
        return sjabloon, []
    inhoud = bestand.read()
    problemen = controleer_bestand(inhoud, sjabloon)
    if problemen:
        return sjabloon, problemen
    return {**sjabloon, "bestand": {"naam": bestand.filename[-120:], "inhoud": b64encode(inhoud).decode()}}, []


def bewaard(naar: str) -> ResponseReturnValue:
    """Het antwoord na bewaren: verder naar deze pagina, ook voor het script."""
    if FRAGMENT in request.headers:
        return Response(status=HTTPStatus.NO_CONTENT, headers={NAAR: naar})
    return redirect(naar, HTTPStatus.SEE_OTHER)


def veldnaam(naam: str) -> str:
    """Een veld zoals een mens het leest: `bezwaarTot` wordt `Bezwaar tot`."""
    if naam in NAMEN:
        return str(NAMEN[naam])
    woorden = "".join(f" {teken.lower()}" if teken.isupper() else " " if teken in "_-" else teken for teken in naam)
    return woorden.strip()[:1].upper() + woorden.strip()[1:]


def keuzes(soort: str, variabelen: Iterable[Mapping[str, str]] = ()) -> str:
    """Wat het script moet weten, als JSON: de namen van de vaste velden, de variabelen van het proces, en zijn eigen teksten."""
    vast = {naam: veldnaam(naam) for naam in VASTE_VELDEN[soort]}
    proces = {
        deel["naam"]: {"label": deel.get("uitleg") or veldnaam(deel["naam"]), "soort": deel["soort"]}
        for deel in variabelen
    }
    return orjson.dumps({"vast": vast, "proces": proces, "teksten": scriptteksten()}).decode()


def scriptteksten() -> dict[str, str]:
    """De teksten die het script zelf neerzet, in de taal van de pagina."""
    return {
        "vet": vertaal("Vet"), "cursief": vertaal("Cursief"), "kop": vertaal("Kop"), "subkop": vertaal("Tussenkop"), "alinea": vertaal("Alinea"),
        "opsomming": vertaal("Opsomming"), "nummering": vertaal("Nummering"), "link": vertaal("Link"), "veld": vertaal("Veld invoegen"),
        "voorwaarde": vertaal("Wanneer?"), "tabel": vertaal("Tabel"), "rij_erbij": vertaal("Rij erbij"), "rij_weg": vertaal("Rij weg"),
        "ongedaan": vertaal("Ongedaan maken"), "opnieuw": vertaal("Opnieuw doen"), "html": vertaal("Als HTML"), "opmaak": vertaal("Met opmaak"),
        "werkbalk": vertaal("Opmaak van: %(veld)s"), "vast": vertaal("Altijd te gebruiken"), "eigen": vertaal("Velden van deze tekst"),
        "proces": vertaal("Uit het proces: wordt een nieuw veld"), "kies": vertaal("Kies een veld"), "alleen_als": vertaal("Alleen als"), "voor_elk": vertaal("Voor elk"),
        "afbeelding": vertaal("Afbeelding"), "kies_of_tik": vertaal("Kies een veld of vul een berekening in."),
        "adres_fout": vertaal("Begin met https://, mailto: of tel:"), "geen_opmaak": vertaal("In deze tekst staat opmaak die de editor niet kent. Bewerk haar als HTML."),
        "bezig": vertaal("Bezig met bewaren …"), "geen_verbinding": vertaal("Geen verbinding. Uw werk staat veilig in deze browser. Probeer het straks nog eens."),
        "aangemeld": vertaal("U bent niet meer aangemeld. Uw werk staat veilig in deze browser: meld u aan in een nieuw venster en bewaar dan nog eens."),
        "aanmelden": vertaal("Aanmelden in een nieuw venster"), "niet_bewaard": vertaal("In deze browser staat werk dat nog niet bewaard is."),
        "zet_terug": vertaal("Zet het terug"), "laat_maar": vertaal("Laat maar"), "geweigerd": vertaal("Dit is niet bewaard: er klopt nog iets niet."),
    }  # fmt: skip


def keur_uitdrukking(oud: Sjabloon) -> dict[str, str]:
    """Of een voorwaarde, herhaling of veld te lezen is met de velden van dit sjabloon: `{"fout": ""}` als het goed is."""
    vorm, tekst = request.form.get("vorm", "als"), request.form.get("tekst", "").strip()
    try:
        velden = lees_velden(request.form.get("velden", ""))
    except ValueError as fout:
        return {"fout": vertaal("Deze regel is niet te lezen: %(regel)s", regel=str(fout))}
    eigen = frozenset(filter(None, request.form.get("eigen", "").split(",")))
    if vorm == "elk":
        deel = ELK.fullmatch(tekst)
        if deel is None:
            return {"fout": vertaal("Schrijf dit als: naam in lijst")}
        tekst = deel[2]
    bekend = frozenset(velden) | frozenset(VASTE_VELDEN[oud["soort"]])
    fouten = (
        [kies({"nl": p.nl, "en": p.en}) for p in Nakijker("nl", bekend).uitdrukking(0, tekst, eigen)] if tekst else []
    )
    return {"fout": fouten[0] if fouten else ""}
