"""Van declaraties naar een Flask-app: de routes van alle bronnen, met dezelfde vorm."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeVar, cast
from uuid import UUID

import orjson
from flask import Blueprint, Flask, Response, request
from sqlalchemy import ColumnElement, Connection, select
from werkzeug.datastructures import MultiDict

from integratie.basis import NietIngesteld
from kern.fouten import Ongeldig, ParamFout, Probleem
from kern.installatie import Installatie
from kern.toegang import Toegangsregel, openbaar, voor_machine
from kern.web import maak_api_app
from kit.als_json import JsonVorm
from kit.antwoord import Antwoord, naar_json
from kit.antwoordgeheugen import Antwoordgeheugen
from kit.autorisaties import Autorisatiebron, UitAutorisatiesApi
from kit.bron import Actie, Bron, Historie, Registratie
from kit.expand import Boom, Expander, ontleed
from kit.filters import lees_parameter, passende_volgorde, toets_parameters, voorwaarden
from kit.lezen import VER, Lezer, Rij
from kit.omgeving import Omgeving
from kit.openapi import maak_document
from kit.ophalen import AnderZwijgt, Ophaler
from kit.paginering import Pagina, lees_pagina
from kit.schrijven import Schrijver
from kit.spiegelen import GespiegeldeSchrijver
from kit.sqltekst import vaste_voorwaarde
from kit.tellingen import geteld, ziet_alles
from kit.toegang import Toegang
from kit.velden import Velden, ontleed_velden
from kit.verantwoorden import verantwoord
from kit.vertalen import voeg_vertaalroutes_toe

W = TypeVar("W")
_Leeswijze = Callable[..., list[W]]  # `_lees_json` of `_lees_weergaven`
CRS = "EPSG:4326"
MB = 1 << 20
DIEPST = 200


def maak_registratie_app(
    installatie: Installatie,
    registratie: Registratie,
    *,
    autorisatiebron: Autorisatiebron | None = None,
    max_mb: int = 10,
) -> Flask:
    """De web-app van een registratie. `autorisatiebron` is alleen voor de Autorisaties API zelf anders."""
    bron = autorisatiebron or UitAutorisatiesApi(installatie, Ophaler(installatie, namens=registratie.naam))
    omgeving = Omgeving(installatie, registratie, bron)
    app = maak_api_app(registratie.naam, installatie, import_naam=__name__, versie=registratie.versie)
    app.config["MAX_CONTENT_LENGTH"] = max_mb * MB
    app.extensions["omgeving"] = omgeving
    blauwdruk = Blueprint(registratie.naam, __name__)
    lezers = {deel.enkelvoud: Lezer(omgeving, deel) for deel in registratie.bronnen}
    expander = Expander(omgeving, lezers)
    for deel in registratie.bronnen:
        _Routes(omgeving, deel, lezers, expander).voeg_toe(blauwdruk)
    if registratie.routes is not None:
        registratie.routes(blauwdruk, omgeving)
    _openapi_route(blauwdruk, omgeving)
    app.register_blueprint(blauwdruk)
    app.register_error_handler(AnderZwijgt, _niet_na_te_gaan)
    app.register_error_handler(NietIngesteld, _niet_ingesteld)
    return app


def _niet_na_te_gaan(fout: AnderZwijgt) -> Response:
    """Wat bewaard is verwijst naar een dienst van een ander die nu zwijgt: er valt niets te toetsen of te tonen (zrc-028)."""
    if request.method in ("GET", "HEAD"):
        return Probleem(404, detail=f"Te expanderen gegevens zijn niet op te halen. {fout.detail}").als_antwoord()
    return Ongeldig(ParamFout("nonFieldErrors", "relation-lookup-error", fout.detail)).als_antwoord()


def _niet_ingesteld(fout: NietIngesteld) -> Response:
    """Wij kunnen een API van een ander niet vragen doordat hier iets niet is ingesteld: niet de schuld van de aanroeper."""
    return Probleem(fout.status, code=fout.code, detail=fout.detail).als_antwoord()


def _openapi_route(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    document: list[bytes] = []

    def openapi() -> Response:
        """Het OpenAPI-document, leesbaar van andere websites (ADR: CORS op alleen dit bestand)."""
        if not document:
            document.append(orjson.dumps(maak_document(omgeving.registratie, omgeving.basis)))
        return Response(document[0], content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})

    blauwdruk.add_url_rule("/openapi.json", "openapi", openbaar(openapi))


class _Routes:
    """De routes van één bron."""

    def __init__(self, omgeving: Omgeving, bron: Bron, lezers: Mapping[str, Lezer], expander: Expander) -> None:
        self._omgeving = omgeving
        self._bron = bron
        self._lezer = lezers[bron.enkelvoud]
        self._schrijver = (GespiegeldeSchrijver if bron.spiegel else Schrijver)(omgeving, bron, lezers)
        self._expander = expander
        onder = omgeving.registratie.onthoud_onder
        self._geheugen = Antwoordgeheugen(omgeving.installatie, onder) if onder else None

    def voeg_toe(self, blauwdruk: Blueprint) -> None:
        pad = "/" + re.sub(r"{(\w+)}", r"<uuid:\1>", self._bron.pad)
        een = f"{pad}/<uuid:sleutel>" if self._bron.padkolom == "id" else f"{pad}/<int:sleutel>"
        acties: dict[str, tuple[str, str, Callable[..., Response]]] = {
            "lijst": (pad, "GET", self._lijst),
            "maak": (pad, "POST", self._maak),
            "haal": (een, "GET", self._haal),
            "vervang": (een, "PUT", self._vervang),
            "wijzig": (een, "PATCH", self._wijzig),
            "verwijder": (een, "DELETE", self._verwijder),
            "zoek": (f"{pad}/_zoek", "POST", self._zoek),
        }
        for naam in (*self._bron.operaties, *(("zoek",) if self._bron.zoek else ())):
            regel, methode, functie = acties[naam]
            toegang = machine_toegang(self._omgeving, *self._bron.scopes.get(naam, ()))
            blauwdruk.add_url_rule(
                regel, f"{self._bron.enkelvoud}_{naam}", toegang(self._omhuld(functie)), methods=[methode]
            )
        for actie in self._bron.acties:
            toegang = machine_toegang(self._omgeving, *self._bron.scopes.get(actie.naam, ()))
            blauwdruk.add_url_rule(
                f"{een}/{actie.naam}",
                f"{self._bron.enkelvoud}_{actie.naam}",
                toegang(self._omhuld(self._actie(actie), lichaam=False)),
                methods=["POST"],
            )
        voeg_vertaalroutes_toe(
            blauwdruk, self._bron, self._schrijver, machine_toegang(self._omgeving), lees_json=lees_json
        )

    def _actie(self, actie: Actie) -> Callable[..., Response]:
        def voer_uit(sleutel: UUID | int, **ouders: UUID) -> Response:
            return self._schrijver.voer_uit(self._id(sleutel, ouders, actie.naam), actie, ouders).response()

        return voer_uit

    def _omhuld(self, functie: Callable[..., Response], *, lichaam: bool = True) -> Callable[..., Response]:
        """Een eigen functie per route, met de koppen over CRS (regels 1.13) en taal waar de bron die heeft."""

        def aanroep(**pad: Any) -> Response:
            if self._bron.crs:
                eis_crs(lichaam=lichaam)
            antwoord = functie(**pad)
            if self._bron.crs:
                antwoord.headers["Content-Crs"] = CRS
            if self._bron.vertaling:
                antwoord.vary.add("Accept-Language")
            verantwoord(self._omgeving, self._bron, antwoord)
            return antwoord

        return aanroep

    def _lijst(self, **ouders: UUID) -> Response:
        toegestaan = {"page", self._grootteveld} if self._bron.gepagineerd else set()
        criteria = [
            (naam, waarde)
            for naam, waarde in request.args.items(multi=True)
            if naam not in toegestaan | {"expand", "ordering"}
        ]
        criteria += [paar for paar in self._bron.standaard.items() if paar[0] not in request.args]
        expand = request.args.get("expand", "")

        def maak() -> bytes:
            return self._toon(criteria, ouders, "lijst", expand, request.args.get("ordering", ""))

        self._eis_leesrecht("lijst")
        return Antwoord(200, self._onthouden(maak)).response()

    def _onthouden(self, maak: Callable[[], bytes]) -> bytes:
        """Het lichaam van een antwoord, zo mogelijk uit het geheugen; met expand kan het per aanroeper anders zijn."""
        return maak() if self._geheugen is None or "expand" in request.args else self._geheugen.geef(maak)

    def _zoek(self, **ouders: UUID) -> Response:
        self._eis_leesrecht("zoek")  # wie niet mag zoeken, hoort niet wat er aan de vraag mankeert
        bekend = {"expand": str, **({"page": str, self._grootteveld: str} if self._bron.gepagineerd else {})}
        toets_parameters(bekend, request.args.items(multi=True))
        lichaam = lees_json()
        if not isinstance(lichaam, dict) or not lichaam:
            raise Ongeldig(ParamFout("nonFieldErrors", "empty_search_body", "Geef minstens één zoekcriterium."))
        expand = lichaam.pop("expand", "") or request.args.get("expand", "")
        velden = ontleed_velden(lichaam.pop("fields")) if self._bron.velden and "fields" in lichaam else None
        if velden is not None and expand:
            raise Ongeldig(ParamFout("fields", "invalid", "Geef fields of expand, niet allebei."))  # zrc-029
        ordening = lichaam.pop("ordering", "")
        expand = ",".join(expand) if isinstance(expand, list) else str(expand)
        pagina = {naam: lichaam.pop(naam) for naam in ("page", self._grootteveld) if naam in lichaam}
        criteria = list(lichaam.items())
        return Antwoord(200, self._toon(criteria, ouders, "zoek", expand, str(ordening), velden, pagina)).response()

    def _eis_leesrecht(self, operatie: str) -> tuple[str, ...]:
        """De scopes waarmee de aanroeper deze lijst ziet; 403 als hij er geen heeft."""
        scopes = self._bron.scopes.get(operatie, self._bron.scopes.get("lijst", ()))
        self._bron.rechten.eis(self._omgeving.toegang, operatie, scopes)
        return scopes

    def _toon(
        self,
        criteria: list[tuple[str, Any]],
        ouders: Mapping[str, UUID],
        operatie: str,
        expand: str,
        ordening: str,
        velden: Velden | None = None,
        gevraagd: Mapping[str, Any] | None = None,
    ) -> bytes:
        toegang, bron, scopes = self._omgeving.toegang, self._bron, self._eis_leesrecht(operatie)
        filters = {**bron.filters, **bron.zoekfilters} if operatie == "zoek" else bron.filters
        zichtbaar = toegang.onthoud((bron.enkelvoud, operatie), lambda: self._zichtbaar(toegang, operatie, scopes))
        waar = [*voorwaarden(filters, criteria, self._omgeving), zichtbaar]
        waar += [getattr(bron.model, naam) == id_ for naam, id_ in ouders.items()]
        gezocht = any(filter_.samen for naam, _ in criteria if (filter_ := filters.get(naam)))
        boom = velden.boom(bron.expand) if velden else self._boom(expand)
        pagina = self._pagina(gevraagd or {}) if bron.gepagineerd else None
        volgorde = self._volgorde(ordening, langs_index=not gezocht) or passende_volgorde(
            bron.filters, criteria, self._omgeving
        )
        alles = not criteria and not ouders

        def overal(verbinding: Connection) -> bool:
            return alles and ziet_alles(verbinding, bron, toegang, scopes)

        def tel(verbinding: Connection) -> int:
            aantal = geteld(verbinding, bron, toegang, scopes) if alles else None
            return self._lezer.tel(verbinding, waar) if aantal is None else aantal

        if not boom and velden is None and bron.aanvullen is None:
            kant_en_klaar, aantal = self._lees(self._lees_json, waar, volgorde, pagina, tel, overal)
            return naar_json(pagina.omhul(kant_en_klaar, aantal) if pagina else kant_en_klaar)
        weergaven, aantal = self._lees(self._lees_weergaven, waar, volgorde, pagina, tel, overal)
        self._vul_aan(weergaven)
        self._expander.voeg_toe(self._lezer, weergaven, boom)
        weergaven = [velden.snoei(weergave) for weergave in weergaven] if velden else weergaven
        return naar_json(pagina.omhul(weergaven, aantal) if pagina else weergaven)

    def _zichtbaar(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:
        beperking = self._bron.rechten.beperking(toegang, operatie, scopes)
        return vaste_voorwaarde(beperking, self._omgeving.installatie.db.engine.dialect)

    def _vul_aan(self, weergaven: list[dict[str, Any]]) -> None:
        if self._bron.aanvullen is not None and weergaven:
            self._bron.aanvullen(self._omgeving, weergaven)

    def _pagina(self, gevraagd: Mapping[str, Any]) -> Pagina:
        """De pagina uit de URL; bij zoeken ook uit het lichaam, waar NL Portal haar zet. De URL (van `next`) gaat voor."""
        args = MultiDict(request.args)
        for naam, waarde in gevraagd.items():
            if waarde is not None:
                args.setdefault(naam, str(waarde))
        return lees_pagina(args, self._omgeving.basis, request.path, self._grootteveld)

    @property
    def _grootteveld(self) -> str:
        return self._omgeving.registratie.grootteveld

    def _lees(
        self,
        lees: _Leeswijze[W],
        waar: list[ColumnElement[bool]],
        volgorde: list[Any],
        pagina: Pagina | None,
        tel: Callable[[Connection], int],
        overal: Callable[[Connection], bool],
    ) -> tuple[list[W], int]:
        """De rijen van de pagina en hoeveel er in totaal zijn; `overal`: mag de aanroeper elke rij zien?"""
        with self._omgeving.installatie.db.lezen() as verbinding:
            if pagina is None:
                rijen = lees(verbinding, waar, volgorde, 0, None, ziet_alles=False)
                return rijen, len(rijen)
            ruim = pagina.vanaf >= VER and overal(verbinding)
            rijen = lees(verbinding, waar, volgorde, pagina.vanaf, pagina.grootte, ziet_alles=ruim)
            # Een laatste pagina telt zichzelf; een lege pagina is de eerste, of zij bestaat niet.
            aantal = pagina.vanaf + len(rijen)
            if len(rijen) == pagina.grootte:
                aantal = tel(verbinding)
            elif not rijen:
                pagina.eis_bestaat(0)
        return rijen, aantal

    def _lees_weergaven(
        self,
        verbinding: Connection,
        waar: list[Any],
        volgorde: list[Any],
        vanaf: int,
        aantal: int | None,
        *,
        ziet_alles: bool,
    ) -> list[dict[str, Any]]:
        """Weergaven waar nog iets bij kan."""
        rijen = self._lezer.lijst(verbinding, waar, volgorde, vanaf=vanaf, aantal=aantal, ziet_alles=ziet_alles)
        return [self._lezer.geef_weer(rij) for rij in rijen]

    def _lees_json(
        self,
        verbinding: Connection,
        waar: list[Any],
        volgorde: list[Any],
        vanaf: int,
        aantal: int | None,
        *,
        ziet_alles: bool,
    ) -> list[Any]:
        """Weergaven die zo naar buiten gaan: waar het kan als JSON uit de database."""
        vorm = self._lezer.json
        if vorm is None:
            return self._lees_weergaven(verbinding, waar, volgorde, vanaf, aantal, ziet_alles=ziet_alles)
        return self._lezer.lijst_json(
            verbinding, vorm, waar, volgorde, vanaf=vanaf, aantal=aantal, ziet_alles=ziet_alles
        )

    def _volgorde(self, tekst: str, *, langs_index: bool) -> list[Any]:
        """`langs_index`: de hele lijst in deze volgorde. Zoekt iemand een paar rijen uit vele, dan is eerst zoeken sneller."""
        volgorde = []
        for veld in filter(None, tekst.split(",")):
            naam = veld.removeprefix("-")
            if naam not in self._bron.ordening:
                raise Ongeldig(ParamFout("ordering", "invalid_choice", f"Op {naam} kan niet gesorteerd worden."))
            kolom = getattr(self._bron.model, re.sub(r"(?<!^)([A-Z])", r"_\1", naam).lower())
            richting = kolom.desc() if veld.startswith("-") else kolom.asc()
            # Een index achterstevoren begint met leeg: wie leeg achteraan zet, sorteert zonder index.
            op_index = langs_index and not kolom.property.columns[0].nullable
            volgorde.append(richting if op_index else richting.nulls_last())
        return volgorde

    def _haal(self, sleutel: UUID | int, **ouders: UUID) -> Response:
        bron = self._bron
        bron.rechten.eis(self._omgeving.toegang, "haal", bron.scopes.get("haal", ()))
        return met_etag(self._onthouden(lambda: self._toon_een(sleutel, ouders)))

    def _toon_een(self, sleutel: UUID | int, ouders: Mapping[str, UUID]) -> bytes:
        bron = self._bron
        toets_parameters(bron.parameters, [paar for paar in request.args.items(multi=True) if paar[0] != "expand"])
        vorm = None if request.args or bron.aanvullen else self._lezer.json
        rij = self._een(self._id(sleutel, ouders, "haal"), ouders, vorm)
        if vorm is not None:
            return naar_json(vorm.weergave(tuple(rij.values())))
        lezer, rij = self._stand(rij)
        weergave = lezer.geef_weer(rij)
        self._vul_aan([weergave])
        self._expander.voeg_toe(self._lezer, [weergave], self._boom(request.args.get("expand", "")))
        return naar_json(weergave)

    def _boom(self, expand: str) -> Boom:
        return ontleed(expand, self._bron.expandpaden, self._omgeving.registratie.expanddiepte)

    def _stand(self, rij: Rij) -> tuple[Lezer, Rij]:
        """De gevraagde eerdere stand van deze rij, of de rij zelf; de rechten zijn dan al getoetst op de stand van nu."""
        historie = self._bron.historie
        gevraagd = [naam for naam in (historie.kies if historie else ()) if naam in request.args]
        if historie is None or not gevraagd:
            return self._lezer, rij
        return eerdere_stand(
            self._omgeving,
            historie,
            rij["k_id"],
            {naam: request.args[naam] for naam in gevraagd},
            self._bron.parameters,
        )

    def _id(self, sleutel: UUID | int, ouders: Mapping[str, UUID], operatie: str) -> UUID:
        """Het id bij het laatste deel van het pad: dat zelf, of dat van de rij met dit volgnummer onder de ouder."""
        if isinstance(sleutel, UUID):
            return sleutel
        # Eerst het recht: wie hier niets mag, hoort ook niet of het volgnummer bestaat.
        self._bron.rechten.eis(self._omgeving.toegang, operatie, self._bron.scopes.get(operatie, ()))
        model: Any = self._bron.model
        waar = [getattr(model, naam) == waarde for naam, waarde in ouders.items()]
        with self._omgeving.installatie.db.lezen() as verbinding:
            gevonden = verbinding.execute(
                select(model.id).where(getattr(model, self._bron.padkolom) == sleutel, *waar)
            ).scalar()
        if gevonden is None:
            raise Probleem(404)
        return cast("UUID", gevonden)

    def _een(self, id_: UUID, ouders: Mapping[str, UUID], vorm: JsonVorm | None = None) -> Rij:
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = self._lezer.een_json(verbinding, id_) if vorm else self._lezer.een(verbinding, id_)
            if rij is None or any(rij[f"k_{naam}"] != waarde for naam, waarde in ouders.items()):
                raise Probleem(404)
            if not self._lezer.mag(verbinding, self._omgeving.toegang, "haal", id_, rij):
                raise Probleem(403)
        return rij

    def _lichaam(self, operatie: str) -> Any:
        self._schrijver.eis(operatie)  # wie niet mag schrijven hoort dat vóór alles wat er aan het lichaam mankeert
        return lees_formulier() if self._bron.multipart else lees_json()

    def _maak(self, **ouders: UUID) -> Response:
        return self._schrijver.maak(self._lichaam("maak"), ouders).response()

    def _vervang(self, sleutel: UUID | int, **ouders: UUID) -> Response:
        return self._schrijver.wijzig(
            self._id(sleutel, ouders, "vervang"), self._lichaam("vervang"), ouders, volledig=True
        ).response()

    def _wijzig(self, sleutel: UUID | int, **ouders: UUID) -> Response:
        return self._schrijver.wijzig(
            self._id(sleutel, ouders, "wijzig"), self._lichaam("wijzig"), ouders, volledig=False
        ).response()

    def _verwijder(self, sleutel: UUID | int, **ouders: UUID) -> Response:
        return self._schrijver.verwijder(self._id(sleutel, ouders, "verwijder"), ouders).response()


def eerdere_stand(
    omgeving: Omgeving, historie: Historie, id_: UUID, ruw: Mapping[str, str], typen: Mapping[str, Any]
) -> tuple[Lezer, Rij]:
    """De laatste stand van een resource die bij de parameters past; 404 als die er niet is."""
    waarden = {naam: lees_parameter(typen[naam], naam, waarde) for naam, waarde in ruw.items()}
    lezer = Lezer(omgeving, historie.bron)
    model: Any = historie.bron.model
    with omgeving.installatie.db.lezen() as verbinding:
        rijen = lezer.lijst(verbinding, historie.waar(id_, waarden), [model.nr.desc()], aantal=1)
    if not rijen:
        raise Probleem(404)
    return lezer, rijen[0]


def machine_toegang(omgeving: Omgeving, *scopes: str) -> Toegangsregel:
    """De toegangsregel voor een route van deze registratie; de scopes toetst de kit per resource."""
    if omgeving.dienst.aanmelding == "geen":
        return Toegangsregel("openbaar")
    return voor_machine(*scopes, aanmelding="zgw" if omgeving.dienst.aanmelding == "zgw" else "token")


def lees_json() -> Any:
    """Het lichaam als JSON: 415 bij een ander mediatype, 400 `parse_error` als het geen JSON is."""
    if not request.mimetype.endswith("json"):
        raise Probleem(415)
    ruw = request.get_data()
    try:
        inhoud = orjson.loads(ruw)
    except orjson.JSONDecodeError:
        raise Probleem(400, code="parse_error", detail="Het lichaam is geen geldige JSON.") from None
    if ruw.count(b"[") + ruw.count(b"{") > DIEPST:
        _eis_ondiep(inhoud)
    return inhoud


def _eis_ondiep(inhoud: Any) -> None:
    """400 als de inhoud, met wat er in database en antwoord nog omheen komt, dieper is dan orjson kan schrijven (254)."""
    omhuld = reduce(lambda binnen, _: [binnen], range(254 - DIEPST), inhoud)
    try:
        orjson.dumps(omhuld)
    except orjson.JSONEncodeError:
        raise Probleem(400, code="parse_error", detail=f"Het lichaam is dieper genest dan {DIEPST} lagen.") from None


def lees_formulier() -> dict[str, Any]:
    """De velden en bestanden van een formulier; 415 bij een ander mediatype."""
    if request.mimetype != "multipart/form-data":
        raise Probleem(415)
    request.get_data(cache=True)  # bewaard voor de vingerafdruk van de Idempotency-Key; hoogstens MAX_CONTENT_LENGTH
    return {**request.form.to_dict(), **request.files.to_dict()}


def met_etag(lichaam: bytes) -> Response:
    """Een detailantwoord met ETag over precies deze bytes; 304 als de aanroeper ze al heeft (regels 1.14)."""
    etag = hashlib.md5(lichaam, usedforsecurity=False).hexdigest()
    koppen = {"ETag": f'"{etag}"'}
    if request.if_none_match.contains_weak(etag):
        return Response(status=304, headers=koppen)
    return Response(lichaam, content_type="application/json", headers=koppen)


def eis_crs(*, lichaam: bool = True) -> None:
    """De CRS-koppen (regels 1.13): 412 als er een ontbreekt, 406 bij een ander stelsel. Zonder `lichaam` geen Content-Crs."""
    kop = request.headers
    nodig = (("Content-Crs",) if lichaam and request.method in ("POST", "PUT", "PATCH") else ()) + (
        ("Accept-Crs",) if request.method != "DELETE" else ()
    )
    for naam in nodig:
        if naam not in kop:
            raise Probleem(412, detail=f"De header {naam} ontbreekt.")
        if kop[naam] != CRS:
            raise Probleem(406, detail=f"De header {naam} kan alleen {CRS} zijn.")
