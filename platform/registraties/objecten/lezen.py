"""Objecten lezen op hun twee tijdlijnen (regels 12.2): wat gold op een dag, en wat was er op een dag bekend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from kern.fouten import Ongeldig, ParamFout
from kit import Omgeving
from registraties.objecten.modellen import Object, Record

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
    def uit(cls, criteria: Mapping[str, Any], vandaag: date) -> "Peil":
        """Uit `date` of `registrationDate`; allebei tegelijk kan niet."""
        op, bekend = _dag("date", criteria), _dag("registrationDate", criteria)
        if op and bekend:
            raise Ongeldig(
                ParamFout("nonFieldErrors", "invalid-date-query-params", "Geef date of registrationDate, niet allebei.")
            )
        return cls(op or vandaag, bekend)

    def geldt(self, record: Any) -> ColumnElement[bool]:
        """Of een record op deze peildag meetelt."""
        if self.bekend_op is not None:
            return record.registration_at <= self.bekend_op  # type: ignore[no-any-return]  # kolomvergelijking
        return and_(record.start_at <= self.op, or_(record.end_at.is_(None), record.end_at >= self.op))


def _dag(naam: str, criteria: Mapping[str, Any]) -> date | None:
    tekst = criteria.get(naam)
    try:
        return date.fromisoformat(str(tekst)) if tekst else None
    except ValueError:
        raise Ongeldig(ParamFout(naam, "invalid", "Dit is geen datum.")) from None


def geldig(peil: Peil) -> ColumnElement[bool]:
    """Bij elk object precies één record: het geldige met de hoogste index, ook op een overgangsdag."""
    ander = aliased(Record)
    hoogste = select(func.max(ander.index)).where(ander.object == Object.id, peil.geldt(ander)).scalar_subquery()
    return and_(Record.object == Object.id, Record.index == hoogste)


def keuze(peil: Peil, *waar: ColumnElement[bool]) -> Select[Any]:
    """Objecten met hun geldige record."""
    kolommen = [getattr(Record, naam).label(naam) for naam in VELDEN]
    return select(Object.id, Object.type, *kolommen).join(Record, geldig(peil)).where(*waar)


def tel(verbinding: Connection, peil: Peil, waar: Sequence[ColumnElement[bool]]) -> int:
    """Hoeveel objecten aan de voorwaarden voldoen."""
    return verbinding.execute(
        select(func.count()).select_from(Object).join(Record, geldig(peil)).where(*waar)
    ).scalar_one()


def een(verbinding: Connection, id_: UUID, peil: Peil) -> Mapping[str, Any] | None:
    """Het object met zijn geldige record, of None."""
    rij = verbinding.execute(keuze(peil, Object.id == id_)).mappings().first()
    return None if rij is None else dict(rij)


def record_weergave(omgeving: Omgeving, rij: Mapping[str, Any]) -> dict[str, Any]:
    """Een record zoals de standaard het toont."""
    uit = {LIJNNAMEN.get(naam, naam): rij[naam] for naam in VELDEN}
    naar_url = omgeving.diensten.naar_url
    uit["references"] = [{**ref, "url": naar_url(ref["url"])} for ref in rij["references"]]
    return uit


def weergave(omgeving: Omgeving, rij: Mapping[str, Any]) -> dict[str, Any]:
    """Een object met zijn record zoals de standaard het toont."""
    return {
        "url": f"{omgeving.basis}/objects/{rij['id']}",
        "uuid": rij["id"],
        "type": omgeving.diensten.naar_url(rij["type"]),
        "record": record_weergave(omgeving, rij),
    }
