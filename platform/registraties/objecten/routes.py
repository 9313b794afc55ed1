"""De routes van de Objecten API die niet in een declaratie passen: een object en zijn record zijn één resource."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from flask import Blueprint, Response, request
from sqlalchemy import select

from integratie.basis import CRS, Url
from integratie.objecten.schemas import Zoekvraag
from integratie.objecttypen import ObjecttypenClient
from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord, naar_json
from kit.app import lees_json, machine_toegang, met_etag
from kit.filters import toets_parameters
from kit.paginering import lees_pagina
from kit.schema import valideer
from kit.verantwoorden import leg_vast
from registraties.objecten import lezen, velden
from registraties.objecten.betrokkenen import van_records
from registraties.objecten.modellen import Record
from registraties.objecten.rechten import Rechten, Typerecht
from registraties.objecten.schrijven import Objectschrijver
from registraties.objecten.soorten import soort_uit_url
from registraties.objecten.typen import Objecttypen
from registraties.objecten.zoeken import criteria

PAGINA = {"page": str, "pageSize": str}
QUERY = (
    "type",
    "typeVersion",
    "data_attr",
    "data_attrs",
    "data_icontains",
    "date",
    "registrationDate",
    "fields",
    "ordering",
)
PEIL = ("date", "registrationDate", "fields")


class Objecten:
    """De routes onder /objects, en /permissions."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._schrijver = Objectschrijver(omgeving)

    def lijst(self) -> Response:
        """GET /objects: objecten met hun geldige record."""
        return self._toon(_uit_query(*QUERY, *PAGINA))

    def zoek(self) -> Response:
        """POST /objects/search en /objects/_zoek: dezelfde filters in het lichaam, en `geometry`."""
        toets_parameters(PAGINA, request.args.items(multi=True))
        lichaam = lees_json()
        if not isinstance(lichaam, dict):
            raise Ongeldig(ParamFout("nonFieldErrors", "invalid", "Hier hoort een object."))
        _eis_bekend(lichaam, (*QUERY, *PAGINA, "geometry"))
        return self._toon(lichaam)

    def _toon(self, ruw: Mapping[str, Any]) -> Response:
        rechten, vraag = self._rechten(), _zoekvraag(ruw)
        peil = self._peil(vraag)
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        wens = criteria(vraag, self._omgeving, rechten)
        heel = not vraag.fields and not rechten.beperkt_velden
        with self._omgeving.installatie.db.lezen() as verbinding:
            rijen, aantal = lezen.pagina(verbinding, peil, wens, pagina.vanaf, pagina.grootte, heel=heel)
        if not rijen:
            pagina.eis_bestaat(aantal)
        self._verantwoord(rijen)
        paren = [(lezen.weergave(self._omgeving, rij), rechten.eis(rij["type"])) for rij in rijen]
        weergaven, koppen = velden.toon(paren, vraag.fields or "")
        return Antwoord.json(pagina.omhul(weergaven, aantal), koppen=koppen).response()

    def haal(self, id_: UUID) -> Response:
        """GET /objects/<uuid>, op `date` of `registrationDate`."""
        rechten, vraag = self._rechten(), _zoekvraag(_uit_query(*PEIL))
        peil = self._peil(vraag)
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = lezen.een(verbinding, id_, peil)
        if rij is None:
            raise Probleem(404)
        recht = rechten.eis(rij["type"])
        self._verantwoord([rij])
        (weergave,), koppen = velden.toon([(lezen.weergave(self._omgeving, rij), recht)], vraag.fields or "")
        antwoord = met_etag(naar_json(weergave))
        antwoord.headers.update(koppen)
        return antwoord

    def historie(self, id_: UUID) -> Response:
        """GET /objects/<uuid>/history: alle records, nieuwste eerst."""
        _uit_query(*PAGINA)
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        vraag = select(*lezen.kolommen()).where(Record.object == id_).order_by(Record.index.desc())
        with self._omgeving.installatie.db.lezen() as verbinding:
            eerste = verbinding.execute(vraag.limit(1)).mappings().first()
            self._eis_heel(eerste)
            aantal = eerste["index"] if eerste else 0
            rijen = verbinding.execute(vraag.offset(pagina.vanaf).limit(pagina.grootte)).mappings().all()
        pagina.eis_bestaat(aantal)
        self._verantwoord(rijen)
        weergaven = [lezen.record_weergave(self._omgeving, rij) for rij in rijen]
        return Antwoord.json(pagina.omhul(weergaven, aantal)).response()

    def record(self, id_: UUID, index: int) -> Response:
        """GET /objects/<uuid>/<index>: precies dat record."""
        _uit_query()
        vraag = select(*lezen.kolommen()).where(Record.object == id_, Record.index == index)
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag).mappings().first()
        self._eis_heel(rij)
        self._verantwoord([rij] if rij else [])
        return met_etag(naar_json(lezen.record_weergave(self._omgeving, rij or {})))

    def _verantwoord(self, records: Iterable[lezen.Rij]) -> None:
        leg_vast(self._omgeving, "object", van_records(self._omgeving, records))

    def _geschreven(self, antwoord: Antwoord) -> Response:
        object_ = orjson.loads(antwoord.lichaam)
        type_ = soort_uit_url(self._omgeving, object_["type"])
        self._verantwoord([{"type": type_, "data": object_["record"]["data"]}])
        return antwoord.response()

    def maak(self) -> Response:
        """POST /objects."""
        return self._geschreven(self._schrijver.maak(lees_json(), self._rechten()))

    def vervang(self, id_: UUID) -> Response:
        """PUT /objects/<uuid>."""
        return self._geschreven(self._schrijver.wijzig(id_, lees_json(), self._rechten(), volledig=True))

    def wijzig(self, id_: UUID) -> Response:
        """PATCH /objects/<uuid>."""
        return self._geschreven(self._schrijver.wijzig(id_, lees_json(), self._rechten(), volledig=False))

    def verwijder(self, id_: UUID) -> Response:
        """DELETE /objects/<uuid>."""
        toets_parameters({"zaak": Url}, request.args.items(multi=True))
        return self._schrijver.verwijder(id_, self._rechten(), request.args.get("zaak", "")).response()

    def rechten(self) -> Response:
        """GET /permissions: wat het token van de aanroeper per objecttype mag."""
        _uit_query(*PAGINA)
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        rechten = self._rechten()
        overal = rechten.overal
        per_type = rechten.per_type if overal is None else dict.fromkeys(self._alle_soorten(), overal)
        pagina.eis_bestaat(len(per_type))
        deel = sorted(per_type.items())[pagina.vanaf : pagina.vanaf + pagina.grootte]
        weergaven = [self._recht(type_, recht) for type_, recht in deel]
        return Antwoord.json(pagina.omhul(weergaven, len(per_type))).response()

    def _recht(self, type_: str, recht: Typerecht) -> dict[str, Any]:
        beperkt = None if recht.velden is None or recht.schrijven else recht.velden
        return {
            "type": self._omgeving.diensten.naar_url(type_),
            "mode": "read_and_write" if recht.schrijven else "read_only",
            "use_fields": beperkt is not None,
            "fields": beperkt and {str(versie): sorted(namen) for versie, namen in beperkt.items()},
        }

    def _alle_soorten(self) -> list[str]:
        client = ObjecttypenClient(self._omgeving.installatie, namens=self._omgeving.registratie.naam)
        return [self._omgeving.diensten.naar_opslag(type_.url) for type_ in client.typen()]

    def _eis_heel(self, rij: lezen.Rij | None) -> None:
        """De historie is er alleen voor wie alle velden mag zien (regels 12.4)."""
        if rij is None:
            raise Probleem(404)
        if self._rechten().eis(rij["type"]).van_versie(rij["type_version"]) is not None:
            raise Probleem(403)

    def _rechten(self) -> Rechten:
        return Rechten.van(self._omgeving.toegang.aanroeper, self._omgeving)

    def _peil(self, vraag: Zoekvraag) -> lezen.Peil:
        return lezen.Peil.uit(vraag.date, vraag.registration_date, self._omgeving.installatie.klok.vandaag())


def _uit_query(*bekend: str) -> dict[str, Any]:
    """De queryparameters; `data_attr` mag vaker. Onbekende namen zijn een fout."""
    _eis_bekend(request.args, bekend)
    los = {naam: waarde for naam, waarde in request.args.items() if waarde and naam not in ("data_attr", *PAGINA)}
    return los | ({"data_attr": request.args.getlist("data_attr")} if "data_attr" in request.args else {})


def _eis_bekend(namen: Mapping[str, Any], bekend: tuple[str, ...]) -> None:
    fouten = [
        ParamFout("nonFieldErrors", "unknown-parameters", f"Onbekende parameter: {naam}.")
        for naam in namen
        if naam not in bekend
    ]
    if fouten:
        raise Ongeldig(*fouten)


def _zoekvraag(ruw: Mapping[str, Any]) -> Zoekvraag:
    uitkomst = valideer(Zoekvraag, ruw)
    if isinstance(uitkomst, list):
        raise Ongeldig(*uitkomst)
    if not isinstance(uitkomst, Zoekvraag):
        raise TypeError("valideer gaf een ander schema")
    return uitkomst


def _eis_crs() -> None:
    """Coördinaten in EPSG:4326: bij een lichaam moet de kop dat zeggen, bij lezen mag het (regels 12.2)."""
    for naam, verplicht in (("Content-Crs", request.method in ("POST", "PUT", "PATCH")), ("Accept-Crs", False)):
        if naam not in request.headers and verplicht:
            raise Probleem(412, detail=f"De header {naam} ontbreekt.")
        if request.headers.get(naam, CRS) != CRS:
            raise Probleem(406, detail=f"De header {naam} kan alleen {CRS} zijn.")


def voeg_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    """Alle routes van de Objecten API."""
    objecten, typen, toegang = Objecten(omgeving), Objecttypen(omgeving), machine_toegang(omgeving)
    een, soort = "/objects/<uuid:id_>", "/objecttypes/<uuid:id_>"
    versie = f"{soort}/versions/<int:versie>"
    lees, schrijf = partial(_omhuld, omgeving), partial(_omhuld, omgeving, schrijft=True)
    los = partial(_omhuld, omgeving, crs=False)
    for naam, pad, methode, functie in (
        ("object_list", "/objects", "GET", lees(objecten.lijst)),
        ("object_create", "/objects", "POST", schrijf(objecten.maak)),
        ("object_search", "/objects/search", "POST", lees(objecten.zoek)),
        ("object_zoek", "/objects/_zoek", "POST", lees(objecten.zoek)),
        ("object_read", een, "GET", lees(objecten.haal)),
        ("object_update", een, "PUT", schrijf(objecten.vervang)),
        ("object_partial_update", een, "PATCH", schrijf(objecten.wijzig)),
        ("object_delete", een, "DELETE", schrijf(objecten.verwijder)),
        ("object_history", f"{een}/history", "GET", lees(objecten.historie)),
        ("object_history_detail", f"{een}/<int:index>", "GET", lees(objecten.record)),
        ("permission_list", "/permissions", "GET", los(objecten.rechten)),
        ("objecttype_list", "/objecttypes", "GET", los(typen.lijst)),
        ("objecttype_create", "/objecttypes", "POST", los(typen.schrijf)),
        ("objecttype_read", soort, "GET", los(typen.haal)),
        *((f"objecttype_{methode.lower()}", soort, methode, los(typen.schrijf)) for methode in ("PUT", "PATCH", "DELETE")),
        ("objecttypeversion_list", f"{soort}/versions", "GET", los(typen.versies)),
        ("objecttypeversion_create", f"{soort}/versions", "POST", los(typen.schrijf)),
        ("objecttypeversion_read", versie, "GET", los(typen.versie)),
        *((f"objecttypeversion_{methode.lower()}", versie, methode, los(typen.schrijf)) for methode in ("PUT", "PATCH", "DELETE")),
    ):  # fmt: skip
        blauwdruk.add_url_rule(pad, naam, toegang(functie), methods=[methode])


def _omhuld(
    omgeving: Omgeving, methode: Callable[..., Response], *, schrijft: bool = False, crs: bool = True
) -> Callable[..., Response]:
    """Een eigen functie per route, die eerst het recht toetst en dan pas naar het verzoek kijkt."""

    def aanroep(**pad: Any) -> Response:
        rechten = Rechten.van(omgeving.toegang.aanroeper, omgeving)
        if schrijft and not rechten.kan_schrijven:
            raise Probleem(403)
        if crs:
            _eis_crs()
        antwoord = methode(**pad)
        if crs:
            antwoord.headers["Content-Crs"] = CRS
        return antwoord

    return aanroep
