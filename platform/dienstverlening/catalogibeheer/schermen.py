"""De routes van het beheer van catalogi, alleen voor functioneel beheerders. Alles gaat via de Catalogi API."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from dienstverlening.catalogibeheer.gegevens import SOORTEN, Gegevens, titel
from dienstverlening.catalogibeheer.velden import maak_formulier, naar_json, veldsoorten, zet_fouten
from dienstverlening.catalogus.inhoud import ONDERDELEN, TYPEN, ZAAKTYPE, Rij, Soort
from dienstverlening.catalogus.inlezen import FOUT, GEMAAKT, Keuzen, lees_in
from dienstverlening.catalogus.vergelijken import zeg
from huisstijl import kies
from huisstijl.velden import DatumVeld
from integratie.basis import ApiFout
from kern.installatie import Installatie
from kern.toegang import eis_identiteit, voor_beheer

ROL = "functioneel-beheerder"


def maak_catalogibeheer(installatie: Installatie) -> Blueprint:
    """De blauwdruk met alle routes."""
    blauwdruk = Blueprint("catalogi", __name__, template_folder="../templates")
    scherm = _Scherm(installatie)
    bewaakt = voor_beheer(ROL)
    for pad, naam, methoden in (
        ("/", "lijst", ["GET"]),
        ("/<soort>/<uuid:id_>", "bekijk", ["GET"]),
        ("/<soort>/nieuw/<uuid:ouder>", "nieuw", ["GET", "POST"]),
        ("/<soort>/<uuid:id_>/wijzig", "wijzig", ["GET", "POST"]),
        ("/<soort>/<uuid:id_>/verwijder", "verwijder", ["POST"]),
        ("/<soort>/<uuid:id_>/publiceer", "publiceer", ["POST"]),
        ("/<soort>/<uuid:id_>/nieuwe-versie", "kopieer", ["POST"]),
        ("/<soort>/<uuid:id_>/einddatum", "beeindig", ["POST"]),
    ):
        blauwdruk.add_url_rule(pad, naam, bewaakt(_eigen(getattr(scherm, naam))), methods=methoden)
    return blauwdruk


def _eigen(functie: Any) -> Any:
    def aanroep(**delen: Any) -> ResponseReturnValue:
        antwoord: ResponseReturnValue = functie(**delen)
        return antwoord

    return aanroep


class _Scherm:
    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def _gegevens(self) -> Gegevens:
        wie = eis_identiteit()
        return Gegevens(self._installatie, wie.gebruikersnaam, wie.naam)

    def lijst(self) -> ResponseReturnValue:
        """Alle catalogussen met hun types."""
        gegevens = self._gegevens()
        catalogussen = [(rij, gegevens.typen(rij["url"])) for rij in gegevens.catalogussen()]
        return render_template("catalogi/lijst.html", catalogussen=catalogussen, titel=titel, uuid=_uuid)

    def bekijk(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Een type met zijn velden, onderdelen en (als concept) de controles vóór publiceren."""
        return self._toon(_type(soort), id_)

    def _toon(self, soort: Soort, id_: UUID, fouten: list[str] | None = None) -> ResponseReturnValue:
        gegevens = self._gegevens()
        rij = _haal(gegevens, soort, id_)
        onderdelen = gegevens.onderdelen(rij["url"]) if soort is ZAAKTYPE else {}
        pagina = render_template(
            "catalogi/type.html",
            soort=soort,
            rij=rij,
            titel=titel,
            uuid=_uuid,
            velden=_getoond(soort, rij),
            onderdelen=onderdelen,
            controles=gegevens.controles(soort, rij, onderdelen) if rij["concept"] else [],
            versie=_Versie(),
            einde=_Einde(data={"einde": rij["eindeGeldigheid"]}),
            fouten=fouten or [],
        )
        return (pagina, 400) if fouten else pagina

    def nieuw(self, soort: str, ouder: UUID) -> ResponseReturnValue:
        """Een nieuw type in een catalogus, of een nieuw onderdeel bij een zaaktype."""
        deel = _soort(soort)
        gegevens = self._gegevens()
        pad = ZAAKTYPE.pad if deel in ONDERDELEN else "catalogussen"
        bij = _haal_pad(gegevens, f"{pad}/{ouder}")
        plek = {"zaaktype": bij["url"]} if deel in ONDERDELEN else {"catalogus": bij["url"]}
        extra: Rij = {"gerelateerdeZaaktypen": []} if deel is ZAAKTYPE else {}
        return self._formulier(
            gegevens, deel, {}, plek, lambda json: gegevens.client.vraag("POST", deel.pad, json=plek | extra | json)
        )

    def wijzig(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Een bestaand concept, of een onderdeel van een concept, wijzigen."""
        deel = _soort(soort)
        gegevens = self._gegevens()
        rij = _haal(gegevens, deel, id_)
        plek = {"zaaktype": rij["zaaktype"]} if deel in ONDERDELEN else {"catalogus": rij["catalogus"]}
        return self._formulier(
            gegevens, deel, rij, plek, lambda json: gegevens.client.vraag("PATCH", rij["url"], json=json)
        )

    def _formulier(
        self, gegevens: Gegevens, soort: Soort, rij: Rij, plek: dict[str, str], bewaar: Any
    ) -> ResponseReturnValue:
        onderdeel = soort in ONDERDELEN
        zaaktype = plek.get("zaaktype", "")
        catalogus = plek.get("catalogus") or gegevens.client.vraag("GET", zaaktype)["catalogus"]
        keuzen = gegevens.keuzen(soort, rij, catalogus, zaaktype)
        invoer = request.form if request.method == "POST" else None
        formulier = maak_formulier(soort, onderdeel=onderdeel, keuzen=keuzen, rij=rij, invoer=invoer)
        los: list[str] = []
        if request.method == "POST" and formulier.validate():
            try:
                bewaard = bewaar(naar_json(soort, formulier, onderdeel=onderdeel))
                flash(kies({"nl": "Bewaard.", "en": "Saved."}), "ok")
                return redirect(_adres(soort, bewaard), 303)
            except ApiFout as fout:
                los = _los(formulier, fout)
        terug = _adres(ZAAKTYPE, {"url": zaaktype}) if onderdeel else url_for(".lijst")
        pagina = render_template(
            "catalogi/formulier.html", soort=soort, rij=rij, titel=titel, formulier=formulier, los=los, terug=terug
        )
        return (pagina, 400) if los or formulier.errors else pagina

    def verwijder(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Een concept, of een onderdeel van een concept, weghalen."""
        deel = _soort(soort)
        gegevens = self._gegevens()
        rij = _haal(gegevens, deel, id_)
        naar = _adres(ZAAKTYPE, {"url": rij["zaaktype"]}) if deel in ONDERDELEN else url_for(".lijst")
        try:
            gegevens.client.vraag("DELETE", rij["url"])
            flash(kies({"nl": "Verwijderd.", "en": "Deleted."}), "ok")
        except ApiFout as fout:
            flash(_reden(fout), "error")
        return redirect(naar, 303)

    def publiceer(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Van concept naar definitief; lukt dat niet, dan zegt de pagina waarom."""
        deel = _type(soort)
        gegevens = self._gegevens()
        rij = _haal(gegevens, deel, id_)
        onderdelen = gegevens.onderdelen(rij["url"]) if deel is ZAAKTYPE else {}
        mist = [controle.tekst for controle in gegevens.controles(deel, rij, onderdelen) if not controle.goed]
        if mist:
            return self._toon(
                deel, id_, [kies({"nl": f"Nog nodig: {'; '.join(mist)}.", "en": f"Still needed: {'; '.join(mist)}."})]
            )
        try:
            gegevens.client.publiceer(rij["url"])
        except ApiFout as fout:
            return self._toon(deel, id_, [_reden(fout)])
        flash(kies({"nl": "Gepubliceerd.", "en": "Published."}), "ok")
        return redirect(_adres(deel, rij), 303)

    def kopieer(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Een nieuwe conceptversie met een eigen begindatum, met alle onderdelen."""
        deel = _type(soort)
        gegevens = self._gegevens()
        rij = _haal(gegevens, deel, id_)
        formulier = _Versie(request.form)
        if not formulier.validate():
            return self._toon(deel, id_, [str(formulier.begin.errors[0])])
        beeld = gegevens.als_inhoud(deel, rij)
        begin: date = formulier.begin.data
        keuzen = Keuzen(beeld.catalogus["domein"], beeld.catalogus["rsin"], begin, altijd=True)
        verslag = list(lees_in(gegevens.client, beeld, keuzen))
        fouten = [str(regel) for regel in verslag if regel.uitkomst == FOUT]
        if fouten or not any(regel.uitkomst == GEMAAKT for regel in verslag):
            return self._toon(deel, id_, fouten or [regel.uitleg for regel in verslag])
        flash(kies({"nl": "Er is een nieuwe versie, als concept.", "en": "There is a new version, as a draft."}), "ok")
        naam = deel.sleutel[0]
        params = {"catalogus": rij["catalogus"], "status": "concept", naam: rij[naam]}
        concepten = gegevens.client.vraag("GET", deel.pad, params=params)["results"]
        nieuw = next(concept for concept in concepten if concept["beginGeldigheid"] == begin.isoformat())
        return redirect(_adres(deel, nieuw), 303)

    def beeindig(self, soort: str, id_: UUID) -> ResponseReturnValue:
        """Een gepubliceerde versie een einddatum geven, zodat een nieuwe haar kan opvolgen."""
        deel = _type(soort)
        gegevens = self._gegevens()
        rij = _haal(gegevens, deel, id_)
        formulier = _Einde(request.form)
        if not formulier.validate():
            return self._toon(deel, id_, [str(formulier.einde.errors[0])])
        try:
            gegevens.client.vraag("PATCH", rij["url"], json={"eindeGeldigheid": formulier.einde.data.isoformat()})
        except ApiFout as fout:
            return self._toon(deel, id_, [_reden(fout)])
        flash(kies({"nl": "Bewaard.", "en": "Saved."}), "ok")
        return redirect(_adres(deel, rij), 303)


class _Versie(Form):
    """Vanaf wanneer een nieuwe versie geldt."""

    begin = DatumVeld("Begindatum")


class _Einde(Form):
    """Tot en met wanneer een gepubliceerde versie geldt."""

    einde = DatumVeld("Einddatum")


def _soort(pad: str) -> Soort:
    return SOORTEN[pad] if pad in SOORTEN else abort(404)


def _type(pad: str) -> Soort:
    soort = _soort(pad)
    return soort if soort in TYPEN else abort(404)


def _haal(gegevens: Gegevens, soort: Soort, id_: UUID) -> Rij:
    return _haal_pad(gegevens, f"{soort.pad}/{id_}")


def _haal_pad(gegevens: Gegevens, pad: str) -> Rij:
    try:
        rij: Rij = gegevens.client.vraag("GET", pad)
    except ApiFout as fout:
        if fout.status == HTTPStatus.NOT_FOUND:
            abort(404)
        raise
    return rij


def _uuid(rij: Rij) -> str:
    return str(rij["url"]).rpartition("/")[2]


def _adres(soort: Soort, rij: Rij) -> str:
    """De pagina van een type; een onderdeel staat op die van zijn zaaktype."""
    if soort in ONDERDELEN:
        return url_for(".bekijk", soort=ZAAKTYPE.pad, id_=str(rij["zaaktype"]).rpartition("/")[2])
    return url_for(".bekijk", soort=soort.pad, id_=_uuid(rij))


def _getoond(soort: Soort, rij: Rij) -> list[tuple[str, str]]:
    """De ingevulde velden, met hun gewone naam."""
    uit = []
    for veld in veldsoorten(soort.schema, onderdeel=soort in ONDERDELEN):
        waarde: Any = rij.get(soort.verwijzingen[veld.pad[0]][1]) if veld.pad[0] in soort.verwijzingen else rij
        for stap in () if veld.pad[0] in soort.verwijzingen else veld.pad:
            waarde = waarde.get(stap) if isinstance(waarde, dict) else None
        gezegd = zeg(waarde)
        uit.append((veld.label, "" if gezegd == "leeg" else gezegd.strip("“”")))
    return uit


def _los(formulier: Any, fout: ApiFout) -> list[str]:
    los = zet_fouten(formulier, fout.fouten)
    return los or ([] if fout.fouten else [_reden(fout)])


def _reden(fout: ApiFout) -> str:
    return "; ".join(deel.reden for deel in fout.fouten) or fout.detail or str(fout)
