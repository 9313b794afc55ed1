"""Wat bij een producttype hoort via een koppeltabel: toetsen, vastleggen, en erop filteren."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.dialects.postgresql import insert

from kern.fouten import ParamFout
from kit import Filter, Wijziging
from kit.bron import Gevolg, Regel
from registraties.producttypen.modellen import BIJ_CONTACT, BIJ_ORGANISATIE, Contact, ProductType


def bestaan(veld: str, model: Any) -> Regel:
    """Elk uuid in `veld` is er; één vraag voor alle."""

    def regel(w: Wijziging[Any]) -> Iterable[ParamFout]:
        gevraagd: list[UUID] = getattr(w.nieuw, veld)
        if not gevraagd:
            return
        with w.omgeving.installatie.db.lezen() as verbinding:
            gevonden = set(verbinding.execute(select(model.id).where(model.id.in_(gevraagd))).scalars())
        for plek, uuid in enumerate(gevraagd):
            if uuid not in gevonden:
                yield ParamFout(f"{veld}.{plek}", "does_not_exist", "Deze resource bestaat niet.")

    return regel


def leg_vast(veld: str, koppeling: Table, hier: str = "producttype", daar: str = "doel") -> Gevolg:
    """Na het schrijven zijn precies de uuids in `veld` gekoppeld; weggelaten bij PATCH verandert er niets."""

    def gevolg(w: Wijziging[Any]) -> None:
        if w.voorstel is None or (w.actie == "partial_update" and veld not in w.meegegeven):
            return
        gewenst: list[UUID] = getattr(w.nieuw, veld)
        eigen, ander = koppeling.c[hier], koppeling.c[daar]
        w.verbinding.execute(delete(koppeling).where(eigen == w.id, ander.not_in(gewenst)))
        koppel(w, koppeling, [{hier: w.id, daar: uuid} for uuid in gewenst])

    return gevolg


def koppel(w: Wijziging[Any], koppeling: Table, rijen: Collection[Mapping[str, UUID]]) -> None:
    """Voeg koppelingen toe; die er al zijn blijven."""
    if rijen:
        w.verbinding.execute(insert(koppeling).values(list(rijen)).on_conflict_do_nothing())


def organisaties_van_contacten(w: Wijziging[Any]) -> None:
    """Bij een producttype hoort ook de organisatie van elk van zijn contacten."""
    if w.voorstel is None:
        return
    van_contacten = (
        select(BIJ_CONTACT.c.producttype, Contact.organisatie_uuid)
        .join(Contact, Contact.id == BIJ_CONTACT.c.doel)
        .where(BIJ_CONTACT.c.producttype == w.id, Contact.organisatie_uuid.is_not(None))
    )
    namen = ["producttype", "doel"]
    w.verbinding.execute(insert(BIJ_ORGANISATIE).from_select(namen, van_contacten.distinct()).on_conflict_do_nothing())


def via(naam: str, filters: Mapping[str, Filter], maak: Callable[[ColumnElement[bool]], Any]) -> dict[str, Filter]:
    """Dezelfde filters, maar over wat erbij hoort: `code` wordt `producttype__code`. `maak` legt het verband."""

    def filter_(eerste: Filter) -> Filter:
        return replace(eerste, voorwaarde=lambda waarde, omgeving: maak(eerste.voorwaarde(waarde, omgeving)), veld="")

    return {f"{naam}__{veld}": filter_(eerste) for veld, eerste in filters.items()}


def uuids(model: Any) -> dict[str, Filter]:
    """Filters op het eigen uuid: één, of een lijst."""
    return {
        "uuid": Filter(UUID, lambda uuid, _omgeving: model.id == uuid),
        "uuid__in": Filter(list[UUID], lambda ids, _omgeving: model.id.in_(ids)),
    }


def met_koppeling(koppeling: Table, model: Any) -> Callable[[ColumnElement[bool]], ColumnElement[bool]]:
    """Het producttype heeft een gekoppelde rij die voldoet."""
    return lambda waar: ProductType.id.in_(
        select(koppeling.c.producttype).join(model, model.id == koppeling.c.doel).where(waar)
    )


def met_producttype(kolom: Any) -> Callable[[ColumnElement[bool]], ColumnElement[bool]]:
    """Wat met `kolom` naar een producttype verwijst dat voldoet."""
    voorwaarde: Callable[[ColumnElement[bool]], ColumnElement[bool]] = lambda waar: kolom.in_(  # noqa: E731  # leest als de vorige
        select(ProductType.id).where(waar)
    )
    return voorwaarde
