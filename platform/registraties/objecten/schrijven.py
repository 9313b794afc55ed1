"""Objecten schrijven: elke wijziging is een nieuw record; het oude houdt zijn gegevens (regels 12.2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from integratie.objecten.schemas import ObjectIn
from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.idempotentie import Idempotentie
from kit.jsonschema import gegevensfouten
from kit.schema import valideer
from kit.sporen import meld_los
from registraties.objecten import lezen
from registraties.objecten.modellen import Object, Record


class Objectschrijver:
    """Aanmaken, wijzigen en verwijderen van objecten."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving

    def maak(self, invoer: Any) -> Antwoord:
        """POST: een object met record 1."""
        idempotentie = self._idempotentie()
        eerder = idempotentie.eerder()
        if eerder is not None:
            return eerder
        voorstel = self._voorstel(invoer)
        with self._omgeving.installatie.db.schrijven() as verbinding:
            eerder = idempotentie.begin(verbinding)
            if eerder is not None:
                return eerder
            id_ = voorstel.uuid or uuid4()
            if verbinding.execute(select(Object.id).where(Object.id == id_)).first():
                raise Ongeldig(ParamFout("uuid", "unique", "Er bestaat al een object met dit uuid."))
            verbinding.execute(insert(Object).values(id=id_, type=self._opslag(voorstel.type)))
            self._voeg_record_toe(verbinding, id_, voorstel, 1)
            antwoord = self._antwoord(verbinding, id_, "create", 201)
            idempotentie.bewaar(verbinding, antwoord)
            return antwoord

    def wijzig(self, id_: UUID, invoer: Any, *, volledig: bool) -> Antwoord:
        """PUT of PATCH: een nieuw record. PATCH voegt `data` recursief samen; `null` wordt opgeslagen."""
        oud = self._bestaand(id_)
        nu = lezen.weergave(self._omgeving, oud)
        heel = invoer if volledig else _samengevoegd(nu, invoer)
        voorstel = self._voorstel(heel, oud)
        with self._omgeving.installatie.db.schrijven() as verbinding:
            verbinding.execute(select(Object.id).where(Object.id == id_).with_for_update())
            index = self._laatste_index(verbinding, id_)
            self._sluit_vorige(verbinding, id_, voorstel, index)
            self._voeg_record_toe(verbinding, id_, voorstel, index + 1)
            verbinding.execute(update(Object).where(Object.id == id_).values(revisie=Object.revisie + 1))
            return self._antwoord(verbinding, id_, "update" if volledig else "partial_update", 200)

    def verwijder(self, id_: UUID) -> Antwoord:
        """DELETE: het object met alle records."""
        oud = self._bestaand(id_)
        with self._omgeving.installatie.db.schrijven() as verbinding:
            if verbinding.execute(delete(Object).where(Object.id == id_).returning(Object.id)).first() is None:
                raise Probleem(404)
            self._meld(verbinding, id_, oud["type"], "destroy")
        return Antwoord.json(None, 204)

    def _laatste_index(self, verbinding: Connection, id_: UUID) -> int:
        vraag = select(Record.index).where(Record.object == id_).order_by(Record.index.desc()).limit(1)
        return verbinding.execute(vraag).scalar_one()

    def _sluit_vorige(self, verbinding: Connection, id_: UUID, voorstel: ObjectIn, index: int) -> None:
        """Het vorige record eindigt waar het nieuwe begint; bij een correctie krijgt het gecorrigeerde `correctedBy`."""
        te_corrigeren = voorstel.record.correction_for
        waar = [Record.object == id_, Record.index == (te_corrigeren or index)]
        waarden: dict[str, Any] = {"end_at": voorstel.record.start_at}
        if te_corrigeren is not None:
            waarden["corrected_by"] = index + 1
        if verbinding.execute(update(Record).where(*waar).values(waarden).returning(Record.id)).first() is None:
            raise Ongeldig(ParamFout("record.correctionFor", "does_not_exist", "Dit record bestaat niet."))

    def _voeg_record_toe(self, verbinding: Connection, id_: UUID, voorstel: ObjectIn, index: int) -> None:
        rij = voorstel.record.model_dump()
        rij["references"] = [{"type": ref.type, "url": self._opslag(ref.url)} for ref in voorstel.record.references]
        vandaag = self._omgeving.installatie.klok.vandaag()
        verbinding.execute(insert(Record).values(id=uuid4(), object=id_, index=index, registration_at=vandaag, **rij))

    def _antwoord(self, verbinding: Connection, id_: UUID, actie: str, status: int) -> Antwoord:
        """Het object met het zojuist geschreven record, en de notificatie daarover."""
        kolommen = [getattr(Record, naam).label(naam) for naam in lezen.VELDEN]
        vraag = select(Object.id, Object.type, *kolommen).join(Record, Record.object == Object.id)
        rij = verbinding.execute(vraag.where(Object.id == id_).order_by(Record.index.desc()).limit(1)).mappings().one()
        self._meld(verbinding, id_, rij["type"], actie)
        weergave = lezen.weergave(self._omgeving, dict(rij))
        return Antwoord.json(weergave, status, plaats=weergave["url"] if actie == "create" else None)

    def _meld(self, verbinding: Connection, id_: UUID, type_: str, actie: str) -> None:
        meld_los(
            self._omgeving.installatie,
            verbinding,
            registratie="objecten",
            kanaal="objecten",
            hoofd_object=f"objecten:objects/{id_}",
            resource="object",
            actie=actie,
            kenmerken={"objectType": type_},
            urls=["objectType"],
        )

    def _bestaand(self, id_: UUID) -> Mapping[str, Any]:
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = lezen.een(verbinding, id_, lezen.Peil(self._omgeving.installatie.klok.vandaag(), date.max))
        if rij is None:
            raise Probleem(404)
        return rij

    def _voorstel(self, invoer: Any, oud: Mapping[str, Any] | None = None) -> ObjectIn:
        uitkomst = valideer(ObjectIn, invoer)
        if isinstance(uitkomst, list):
            raise Ongeldig(*uitkomst)
        if not isinstance(uitkomst, ObjectIn):
            raise TypeError("valideer gaf een ander schema")
        self._toets(uitkomst, oud)
        return uitkomst

    def _toets(self, voorstel: ObjectIn, oud: Mapping[str, Any] | None) -> None:
        """`type` en `uuid` liggen vast; `data` past bij het schema van precies `typeVersion`."""
        if oud is not None:
            if self._opslag(voorstel.type) != oud["type"]:
                raise Ongeldig(ParamFout("type", "immutable-field", "Het type is niet te wijzigen."))
            if voorstel.uuid not in (None, oud["id"]):
                raise Ongeldig(ParamFout("uuid", "immutable-field", "Het uuid is niet te wijzigen."))
        versie = self._omgeving.ophaler.haal(f"{voorstel.type}/versions/{voorstel.record.type_version}")
        if versie is None:
            raise Ongeldig(ParamFout("type", "invalid", "Dit objecttype heeft deze versie niet."))
        fouten = gegevensfouten(versie["jsonSchema"], voorstel.record.data, "record.data")
        objecttype = self._omgeving.ophaler.haal(voorstel.type) or {}
        if voorstel.record.geometry is not None and not objecttype.get("allowGeometry", True):
            fouten.append(ParamFout("record.geometry", "geometry-not-allowed", "Dit objecttype heeft geen geometrie."))
        if fouten:
            raise Ongeldig(*fouten)

    def _opslag(self, url: str) -> str:
        return self._omgeving.diensten.naar_opslag(url)

    def _idempotentie(self) -> Idempotentie:
        return Idempotentie(self._omgeving.installatie, self._omgeving.toegang.aanroeper.client_id)


def _samengevoegd(oud: Any, nieuw: Any) -> Any:
    """Recursief samenvoegen; lijsten worden vervangen en `null` blijft staan (wijkt af van RFC 7396)."""
    if isinstance(oud, dict) and isinstance(nieuw, dict):
        return {**oud, **{naam: _samengevoegd(oud.get(naam), waarde) for naam, waarde in nieuw.items()}}
    return nieuw
