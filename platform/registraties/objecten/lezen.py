"""Objecten lezen op hun twee tijdlijnen (regels 12.2): wat gold op een dag, en wat was er op een dag bekend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from kern.fouten import Ongeldig, ParamFout
from kit import Omgeving
from registraties.objecten.modellen import Record
from registraties.objecten.zoeken import Criteria, Volgorde

Rij = Mapping[str, Any] | RowMapping
VELDEN = (
    "index",
    "type_version",
    "data",
    "geometry",
    "references",
    "start_at",
    "end_at",
    "registration_at",
    "correction_for",
    "corrected_by",
)
_JSON = ("data", "geometry")
# Eén keer gemaakt: een alias van een tabel maken kost meer dan de vraag stellen.
_LATER: Any = aliased(Record)
_IS_LATER = (_LATER.object == Record.object, _LATER.index > Record.index)
LIJNNAMEN = {
    "type_version": "typeVersion",
    "start_at": "startAt",
    "end_at": "endAt",
    "registration_at": "registrationAt",
    "correction_for": "correctionFor",
    "corrected_by": "correctedBy",
}


@dataclass(frozen=True)
class Peil:
    """De dag waarop gelezen wordt: `op` (materieel, wat gold er) of `bekend_op` (formeel, wat was er geregistreerd)."""

    op: date
    bekend_op: date | None = None

    @classmethod
    def uit(cls, op: date | None, bekend_op: date | None, vandaag: date) -> "Peil":
        """Uit `date` en `registrationDate`; allebei tegelijk kan niet, geen van beide is vandaag."""
        if op and bekend_op:
            raise Ongeldig(
                ParamFout("nonFieldErrors", "invalid-date-query-params", "Geef date of registrationDate, niet allebei.")
            )
        return cls(op or vandaag, bekend_op)

    def geldt(self, record: Any) -> ColumnElement[bool]:
        """Of een record op deze peildag meetelt."""
        if self.bekend_op is not None:
            return record.registration_at <= self.bekend_op  # type: ignore[no-any-return]  # kolomvergelijking
        return and_(record.start_at <= self.op, or_(record.end_at.is_(None), record.end_at >= self.op))


def geldig(peil: Peil) -> ColumnElement[bool]:
    """Per object hoogstens één record: dat van de peildag met de hoogste index, ook op een overgangsdag.

    Voor het record met de hoogste index van al is dat zonder verder zoeken bekend.
    """
    return and_(peil.geldt(Record), or_(Record.laatste, ~exists().where(*_IS_LATER, peil.geldt(_LATER))))


def pagina(
    verbinding: Connection, peil: Peil, wens: Criteria, vanaf: int, grootte: int, *, heel: bool = False
) -> tuple[Sequence[RowMapping], int]:
    """De records van een pagina en het aantal van alle pagina's; nieuwste eerst, tenzij anders gevraagd.

    Met `heel` gaan de gegevens ongelezen door, als JSON-tekst: dat scheelt het meeste werk.
    """
    rijen = verbinding.execute(vraag(peil, wens, vanaf, grootte, heel=heel)).mappings().all()
    if wens.gericht:
        return rijen, rijen[0]["totaal"] if rijen else 0
    if 0 < len(rijen) < grootte:
        return rijen, vanaf + len(rijen)
    tel = select(func.count()).select_from(Record).where(*wens.waar, geldig(peil))
    return rijen, verbinding.execute(tel).scalar_one()


def vraag(peil: Peil, wens: Criteria, vanaf: int, grootte: int, *, heel: bool = False) -> Select[Any]:
    """De SELECT van een pagina; bij gericht zoeken met het aantal treffers erbij als `totaal`."""
    waar = [*wens.waar, geldig(peil)]
    keuze = select(*kolommen(heel=heel))
    if wens.gericht:
        return _eerst_zoeken(keuze, waar, wens.volgorde, vanaf, grootte)
    volgorde = (*map(_richting, wens.volgorde), Record.nr.desc())
    return keuze.where(*waar).order_by(*volgorde).offset(vanaf).limit(grootte)


def _eerst_zoeken(
    keuze: Select[Any], waar: Sequence[ColumnElement[bool]], volgorde: Sequence[Volgorde], vanaf: int, grootte: int
) -> Select[Any]:
    """Eerst alle treffers, dan pas sorteren en tellen. Anders loopt PostgreSQL bij weinig treffers de hele tabel in volgorde af."""
    sleutels = [deel.uitdrukking.label(f"s{i}") for i, deel in enumerate(volgorde)]
    gevonden = select(Record.id, Record.nr, *sleutels).where(*waar).cte("gevonden").prefix_with("MATERIALIZED")
    op = [_richting(Volgorde(gevonden.c[f"s{i}"], wens.aflopend)) for i, wens in enumerate(volgorde)]
    deel = select(gevonden).order_by(*op, gevonden.c.nr.desc()).offset(vanaf).limit(grootte).subquery("deel")
    totaal = select(func.count()).select_from(gevonden).scalar_subquery().label("totaal")
    opnieuw = [_richting(Volgorde(deel.c[f"s{i}"], wens.aflopend)) for i, wens in enumerate(volgorde)]
    return keuze.add_columns(totaal).join(deel, deel.c.id == Record.id).order_by(*opnieuw, deel.c.nr.desc())


def _richting(deel: Volgorde) -> ColumnElement[Any]:
    return deel.uitdrukking.desc().nulls_last() if deel.aflopend else deel.uitdrukking.asc().nulls_last()


def een(verbinding: Connection, id_: UUID, peil: Peil) -> RowMapping | None:
    """Het record van een object op de peildag, of None."""
    return verbinding.execute(select(*kolommen()).where(Record.object == id_, geldig(peil))).mappings().first()


def kolommen(*, heel: bool = False) -> list[Any]:
    """De kolommen van een record die een weergave nodig heeft; met `heel` de JSON als tekst."""
    velden = [getattr(Record, naam) for naam in VELDEN]
    if heel:
        velden = [cast(kolom, Text).label(kolom.key) if kolom.key in _JSON else kolom for kolom in velden]
    return [Record.object, Record.type, *velden]


def record_weergave(omgeving: Omgeving, rij: Rij) -> dict[str, Any]:
    """Een record zoals de standaard het toont."""
    uit = {LIJNNAMEN.get(naam, naam): rij[naam] for naam in VELDEN}
    naar_url = omgeving.diensten.naar_url
    for naam in _JSON:
        if isinstance(rij[naam], str):
            uit[naam] = orjson.Fragment(rij[naam])
    uit["references"] = [{**ref, "url": naar_url(ref["url"])} for ref in rij["references"]]
    return uit


def weergave(omgeving: Omgeving, rij: Rij) -> dict[str, Any]:
    """Een object met zijn record zoals de standaard het toont; `rij` is een record."""
    return {
        "url": f"{omgeving.basis}/objects/{rij['object']}",
        "uuid": rij["object"],
        "type": omgeving.diensten.naar_url(rij["type"]),
        "record": record_weergave(omgeving, rij),
    }
