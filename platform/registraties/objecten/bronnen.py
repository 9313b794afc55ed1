"""De Objecten API: routes die niet in een declaratie passen, omdat een object met zijn record één resource is."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import select

from integratie.basis import Url
from integratie.objecten.schemas import ObjectIn, ObjectRecordUit, ObjectUit, Zoekvraag
from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Omgeving, Registratie, TokenRechten
from kit.antwoord import Antwoord, naar_json
from kit.app import lees_json, machine_toegang, met_etag
from kit.bron import Kanaal, Route
from kit.paginering import lees_pagina
from registraties.objecten import lezen, zoeken
from registraties.objecten.modellen import Object, Record
from registraties.objecten.schrijven import Objectschrijver

RECHTEN = TokenRechten("objecten")
GEEN_FILTER = {"page", "pageSize", "date", "registrationDate", "ordering", "fields"}


class _Routes:
    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._schrijver = Objectschrijver(omgeving)

    def lijst(self) -> Response:
        """GET /objects: objecten met hun geldige record."""
        return self._toon(
            [(naam, waarde) for naam, waarde in request.args.items(multi=True) if naam not in GEEN_FILTER], request.args
        )

    def zoek(self) -> Response:
        """POST /objects/search en /objects/_zoek: dezelfde filters, in het lichaam."""
        lichaam = lees_json()
        if not isinstance(lichaam, dict):
            raise Ongeldig(ParamFout("nonFieldErrors", "invalid", "Hier hoort een object."))
        return self._toon([(naam, waarde) for naam, waarde in lichaam.items() if naam not in GEEN_FILTER], lichaam)

    def _toon(self, criteria: list[tuple[str, Any]], overig: Any) -> Response:
        self._eis("lijst")
        waar = zoeken.voorwaarden(criteria, self._omgeving)
        peil = self._peil(overig)
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        volgorde = zoeken.volgorde(str(overig.get("ordering", "")))
        with self._omgeving.installatie.db.lezen() as verbinding:
            aantal = lezen.tel(verbinding, peil, waar)
            pagina.eis_bestaat(aantal)
            vraag = (
                lezen.keuze(peil, *waar)
                .order_by(*volgorde, Object.nr.desc())
                .offset(pagina.vanaf)
                .limit(pagina.grootte)
            )
            rijen = verbinding.execute(vraag).mappings().all()
        velden = str(overig.get("fields", ""))
        weergaven = [_beperkt(lezen.weergave(self._omgeving, dict(rij)), velden) for rij in rijen]
        return Antwoord.json(pagina.omhul(weergaven, aantal)).response()

    def haal(self, id_: UUID) -> Response:
        """GET /objects/<uuid>, op `date` of `registrationDate`."""
        self._eis("haal")
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = lezen.een(verbinding, id_, self._peil(request.args))
        if rij is None:
            raise Probleem(404)
        return met_etag(naar_json(_beperkt(lezen.weergave(self._omgeving, rij), request.args.get("fields", ""))))

    def historie(self, id_: UUID) -> Response:
        """GET /objects/<uuid>/history: alle records, nieuwste eerst."""
        self._eis("haal")
        pagina = lees_pagina(request.args, self._omgeving.basis, request.path)
        with self._omgeving.installatie.db.lezen() as verbinding:
            rijen = (
                verbinding.execute(
                    select(*Record.__table__.columns).where(Record.object == id_).order_by(Record.index.desc())
                )
                .mappings()
                .all()
            )
        if not rijen:
            raise Probleem(404)
        deel = [
            lezen.record_weergave(self._omgeving, dict(rij))
            for rij in rijen[pagina.vanaf : pagina.vanaf + pagina.grootte]
        ]
        return Antwoord.json(pagina.omhul(deel, len(rijen))).response()

    def record(self, id_: UUID, index: int) -> Response:
        """GET /objects/<uuid>/<index>: precies dat record."""
        self._eis("haal")
        vraag = select(*Record.__table__.columns).where(Record.object == id_, Record.index == index)
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag).mappings().first()
        if rij is None:
            raise Probleem(404)
        return met_etag(naar_json(lezen.record_weergave(self._omgeving, dict(rij))))

    def maak(self) -> Response:
        """POST /objects."""
        self._eis("maak")
        return self._schrijver.maak(lees_json()).response()

    def vervang(self, id_: UUID) -> Response:
        """PUT /objects/<uuid>."""
        self._eis("vervang")
        return self._schrijver.wijzig(id_, lees_json(), volledig=True).response()

    def wijzig(self, id_: UUID) -> Response:
        """PATCH /objects/<uuid>."""
        self._eis("wijzig")
        return self._schrijver.wijzig(id_, lees_json(), volledig=False).response()

    def verwijder(self, id_: UUID) -> Response:
        """DELETE /objects/<uuid>."""
        self._eis("verwijder")
        return self._schrijver.verwijder(id_).response()

    def _eis(self, operatie: str) -> None:
        RECHTEN.eis(self._omgeving.toegang, operatie, ())

    def _peil(self, criteria: Any) -> lezen.Peil:
        return lezen.Peil.uit(criteria, self._omgeving.installatie.klok.vandaag())


def _beperkt(weergave: dict[str, Any], velden: str) -> dict[str, Any]:
    """Alleen de gevraagde velden (`url,record__data`)."""
    if not velden:
        return weergave
    uit: dict[str, Any] = {}
    for pad in velden.split(","):
        bron, doel = weergave, uit
        *stappen, laatste = pad.split("__")
        for stap in stappen:
            bron, doel = bron.get(stap) or {}, doel.setdefault(stap, {})
        if laatste in bron:
            doel[laatste] = bron[laatste]
    return uit


def _voeg_routes_toe(blauwdruk: Blueprint, omgeving: Omgeving) -> None:
    routes, toegang = _Routes(omgeving), machine_toegang(omgeving)
    een = "/objects/<uuid:id_>"
    for naam, pad, methode, functie in (
        ("object_list", "/objects", "GET", routes.lijst),
        ("object_create", "/objects", "POST", routes.maak),
        ("object_search", "/objects/search", "POST", routes.zoek),
        ("object_zoek", "/objects/_zoek", "POST", routes.zoek),
        ("object_read", een, "GET", routes.haal),
        ("object_update", een, "PUT", routes.vervang),
        ("object_partial_update", een, "PATCH", routes.wijzig),
        ("object_delete", een, "DELETE", routes.verwijder),
        ("object_history_list", f"{een}/history", "GET", routes.historie),
        ("object_history_detail", f"{een}/<int:index>", "GET", routes.record),
    ):
        blauwdruk.add_url_rule(pad, naam, toegang(_los(functie)), methods=[methode])


def _los(methode: Any) -> Any:
    """Een gewone functie, want een kenmerk kan niet op een gebonden methode."""

    def functie(**pad: Any) -> Response:
        antwoord: Response = methode(**pad)
        return antwoord

    return functie


_PEIL: dict[str, Any] = {"date": date, "registrationDate": date}
_CRITERIA: dict[str, Any] = {
    **_PEIL,
    "type": Url,
    "typeVersion": int,
    "data_attr": str,
    "data_attrs": str,
    "data_icontains": str,
    "fields": str,
    "ordering": str,
}
_PAGINA: dict[str, Any] = {"page": int, "pageSize": int}
_EEN = "/objects/{uuid}"


def _paden() -> tuple[Route, ...]:
    """De routes hierboven, voor het OpenAPI-document."""
    lees, schrijf = ObjectUit, ObjectIn
    gepagineerd: dict[str, Any] = {"lees": lees, "lijst": True, "gepagineerd": True}
    return (
        Route(pad="/objects", methode="get", operatie="object_lijst", parameters=_CRITERIA | _PAGINA, **gepagineerd),
        Route(pad="/objects", methode="post", operatie="object_maak", lees=lees, schrijf=schrijf, status=201),
        *(
            Route(
                pad=f"/objects/{zoek}",
                methode="post",
                operatie=f"object{zoek}",
                schrijf=Zoekvraag,
                parameters=_PAGINA,
                **gepagineerd,
            )
            for zoek in ("search", "_zoek")
        ),
        Route(pad=_EEN, methode="get", operatie="object_haal", lees=lees, parameters={**_PEIL, "fields": str}),
        Route(pad=_EEN, methode="put", operatie="object_vervang", lees=lees, schrijf=schrijf),
        Route(pad=_EEN, methode="patch", operatie="object_wijzig", lees=lees, schrijf=schrijf),
        Route(pad=_EEN, methode="delete", operatie="object_verwijder", status=204),
        Route(
            pad=f"{_EEN}/history",
            methode="get",
            operatie="object_historie",
            lees=ObjectRecordUit,
            lijst=True,
            gepagineerd=True,
            parameters=_PAGINA,
        ),
        Route(
            pad=f"{_EEN}/{{index}}",
            methode="get",
            operatie="object_record",
            lees=ObjectRecordUit,
            parameters={"index": int},
        ),
    )


OBJECTEN = Registratie(
    naam="objecten",
    titel="Objecten API",
    versie="2.7.0",
    bronnen=(),
    routes=_voeg_routes_toe,
    paden=_paden(),
    kanalen=(Kanaal("objecten", ("objectType",)),),
)
