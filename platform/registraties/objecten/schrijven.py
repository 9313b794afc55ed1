"""Objecten schrijven: elke wijziging is een nieuw record; het oude houdt zijn gegevens (regels 12.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from integratie.objecten.schemas import ObjectIn
from kern.fouten import Ongeldig, ParamFout, Probleem
from kit import Omgeving
from kit.antwoord import Antwoord
from kit.herhalen import Ingehaald, herhaal
from kit.idempotentie import Idempotentie
from kit.jsonschema import gegevensfouten
from kit.schema import valideer
from kit.sporen import meld_los
from registraties.objecten import lezen
from registraties.objecten.modellen import Object, Record
from registraties.objecten.rechten import Rechten
from registraties.objecten.soorten import soort_uit_url

NIET_TE_WIJZIGEN = "Dit ligt vast sinds het object er is."


@dataclass(frozen=True)
class _Stand:
    """Een bestaand object voor een wijziging: zijn revisie, en het record waar PATCH op voortbouwt."""

    revisie: int
    record: Mapping[str, Any]

    @property
    def id(self) -> UUID:
        id_: UUID = self.record["object"]
        return id_


class Objectschrijver:
    """Aanmaken, wijzigen en verwijderen van objecten."""

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving

    def maak(self, invoer: Any, rechten: Rechten) -> Antwoord:
        """POST: een object met record 1."""
        idempotentie = self._idempotentie()
        eerder = idempotentie.eerder()
        if eerder is not None:
            return eerder
        voorstel = _gelezen(invoer)
        type_ = self._soort(voorstel)
        rechten.eis(type_, schrijven=True)
        self._toets(voorstel, type_, None)
        id_ = voorstel.uuid or uuid4()
        with self._omgeving.installatie.db.schrijven() as verbinding:
            eerder = idempotentie.begin(verbinding)
            if eerder is not None:
                return eerder
            nieuw = insert(Object).values(id=id_, type=type_).on_conflict_do_nothing().returning(Object.id)
            if verbinding.execute(nieuw).first() is None:
                raise Ongeldig(ParamFout("uuid", "unique", "Er bestaat al een object met dit uuid."))
            antwoord = self._voeg_toe(verbinding, id_, type_, voorstel, "create")
            idempotentie.bewaar(verbinding, antwoord)
            return antwoord

    def wijzig(self, id_: UUID, invoer: Any, rechten: Rechten, *, volledig: bool) -> Antwoord:
        """PUT of PATCH: een nieuw record. PATCH voegt `data` recursief samen; `null` wordt opgeslagen."""
        eerder = self._idempotentie().eerder()
        return eerder or herhaal(lambda: self._wijzig(id_, invoer, rechten, volledig=volledig))

    def _wijzig(self, id_: UUID, invoer: Any, rechten: Rechten, *, volledig: bool) -> Antwoord:
        stand = self._stand(id_)
        type_: str = stand.record["type"]
        rechten.eis(type_, schrijven=True)
        voorstel = _gelezen(invoer if volledig else self._samengevoegd(stand, invoer))
        self._toets(voorstel, type_, stand)
        idempotentie = self._idempotentie()
        with self._omgeving.installatie.db.schrijven() as verbinding:
            eerder = idempotentie.begin(verbinding)
            if eerder is not None:
                return eerder
            self._vergrendel(verbinding, stand)
            antwoord = self._voeg_toe(verbinding, id_, type_, voorstel, "update" if volledig else "partial_update")
            idempotentie.bewaar(verbinding, antwoord)
            return antwoord

    def verwijder(self, id_: UUID, rechten: Rechten, zaak: str) -> Antwoord:
        """DELETE: het object met alle records. Met `zaak` blijft het staan als er nog andere zaken naar verwijzen."""
        return herhaal(lambda: self._verwijder(id_, rechten, zaak))

    def _verwijder(self, id_: UUID, rechten: Rechten, zaak: str) -> Antwoord:
        stand = self._stand(id_)
        rechten.eis(stand.record["type"], schrijven=True)
        weg = self._omgeving.diensten.naar_opslag(zaak)
        over = [ref for ref in stand.record["references"] if ref["url"] != weg]
        with self._omgeving.installatie.db.schrijven() as verbinding:
            self._vergrendel(verbinding, stand)
            if zaak and over:
                return self._behoud(verbinding, stand, over)
            verbinding.execute(delete(Object).where(Object.id == id_))
            self._meld(verbinding, id_, stand.record["type"], "destroy")
        return Antwoord.json(None, 204)

    def _behoud(self, verbinding: Connection, stand: _Stand, over: list[Any]) -> Antwoord:
        """Alleen de verwijzing naar de vernietigde zaak verdwijnt, uit het record zelf."""
        if len(over) < len(stand.record["references"]):
            waar = and_(Record.object == stand.id, Record.index == stand.record["index"])
            verbinding.execute(update(Record).where(waar).values(references=over))
            self._meld(verbinding, stand.id, stand.record["type"], "partial_update")
        return Antwoord.json({"behouden": [f"{self._omgeving.basis}/objects/{stand.id}"]})

    def _stand(self, id_: UUID) -> _Stand:
        """Het object met het record dat vandaag geldt, of anders het laatste; 404 als het er niet is."""
        vandaag = self._omgeving.installatie.klok.vandaag()
        geldt_nu = lezen.Peil(vandaag).geldt(Record)
        vraag = (
            select(*lezen.kolommen(), Object.revisie).join(Object, Object.id == Record.object).where(Object.id == id_)
        )
        with self._omgeving.installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag.order_by(geldt_nu.desc(), Record.index.desc()).limit(1)).mappings().first()
        if rij is None:
            raise Probleem(404)
        return _Stand(rij["revisie"], dict(rij))

    def _vergrendel(self, verbinding: Connection, stand: _Stand) -> None:
        """Wie intussen wijzigde wint: dan begint deze wijziging opnieuw, op de nieuwe stand."""
        waar = and_(Object.id == stand.id, Object.revisie == stand.revisie)
        opdracht = update(Object).where(waar).values(revisie=Object.revisie + 1).returning(Object.id)
        if verbinding.execute(opdracht).first() is None:
            raise Ingehaald

    def _samengevoegd(self, stand: _Stand, invoer: Any) -> Any:
        """Het bestaande met het meegestuurde erover; een correctie geldt alleen voor het record dat haar noemt."""
        nu = lezen.weergave(self._omgeving, stand.record)
        if not isinstance(invoer, dict) or not isinstance(invoer.get("record", {}), dict):
            return invoer
        nieuw = invoer.get("record", {})
        record = {**nu["record"], "correctionFor": None, **nieuw}
        record["data"] = samengevoegd(nu["record"]["data"], nieuw.get("data", {}))
        return {**nu, **invoer, "record": record}

    def _voeg_toe(self, verbinding: Connection, id_: UUID, type_: str, voorstel: ObjectIn, actie: str) -> Antwoord:
        """Het nieuwe record, met wat dat betekent voor de vorige, en het antwoord."""
        vraag = select(Record.index, Record.end_at, Record.corrected_by).where(Record.object == id_)
        oude = verbinding.execute(vraag).mappings().all()
        index = max((rij["index"] for rij in oude), default=0) + 1
        eind = self._sluit_vorige(verbinding, id_, voorstel, {rij["index"]: rij for rij in oude}, index)
        rij = {
            **voorstel.record.model_dump(),
            "references": [{"type": ref.type, "url": self._opslag(ref.url)} for ref in voorstel.record.references],
            "registration_at": self._omgeving.installatie.klok.vandaag(),
            "object": id_,
            "type": type_,
            "index": index,
            "laatste": True,
            "end_at": eind,
            "corrected_by": None,
        }
        verbinding.execute(insert(Record).values(id=uuid4(), **rij))
        self._meld(verbinding, id_, type_, actie)
        weergave = lezen.weergave(self._omgeving, rij)
        status, plaats = (201, weergave["url"]) if actie == "create" else (200, None)
        return Antwoord.json(weergave, status, plaats=plaats)

    def _sluit_vorige(
        self, verbinding: Connection, id_: UUID, voorstel: ObjectIn, oude: Mapping[int, Any], index: int
    ) -> Any:
        """Het open record eindigt waar het nieuwe begint. Een correctie van een ouder record houdt diens einddatum.

        Geeft de einddatum van het nieuwe record.
        """
        corrigeert = voorstel.record.correction_for
        gecorrigeerd = oude.get(corrigeert) if corrigeert is not None else None
        if corrigeert is not None:
            _eis_te_corrigeren(gecorrigeerd)
            waar = and_(Record.object == id_, Record.index == corrigeert)
            verbinding.execute(update(Record).where(waar).values(corrected_by=index))
        verbinding.execute(update(Record).where(Record.object == id_, Record.laatste).values(laatste=False))
        if gecorrigeerd is not None and gecorrigeerd["end_at"] is not None:
            return gecorrigeerd["end_at"]
        open_ = and_(Record.object == id_, Record.end_at.is_(None))
        verbinding.execute(update(Record).where(open_).values(end_at=voorstel.record.start_at))
        return None

    def _toets(self, voorstel: ObjectIn, type_: str, stand: _Stand | None) -> None:
        """`type` en `uuid` liggen vast; `data` past bij het schema van precies `typeVersion`. Alle fouten tegelijk."""
        fouten = []
        if stand is not None and self._soort(voorstel) != type_:
            fouten.append(ParamFout("type", "immutable-field", NIET_TE_WIJZIGEN))
        if stand is not None and voorstel.uuid not in (None, stand.id):
            fouten.append(ParamFout("uuid", "immutable-field", NIET_TE_WIJZIGEN))
        fouten += fouten or self._schemafouten(voorstel, type_)
        if fouten:
            raise Ongeldig(*fouten)

    def _schemafouten(self, voorstel: ObjectIn, type_: str) -> list[ParamFout]:
        """Wat er niet past bij het objecttype en bij het schema van de genoemde versie."""
        url = self._omgeving.diensten.naar_url(type_)
        objecttype = self._omgeving.ophaler.haal(url)
        if objecttype is None or "namePlural" not in objecttype:
            return [ParamFout("type", "does_not_exist", "Dit objecttype bestaat niet.")]
        versie = self._omgeving.ophaler.haal(f"{url}/versions/{voorstel.record.type_version}")
        if versie is None:
            return [ParamFout("record.typeVersion", "does_not_exist", "Dit objecttype heeft deze versie niet.")]
        fouten = gegevensfouten(versie["jsonSchema"], voorstel.record.data, "record.data")
        if voorstel.record.geometry is not None and not objecttype.get("allowGeometry", True):
            fouten.append(ParamFout("record.geometry", "geometry-not-allowed", "Dit objecttype heeft geen geometrie."))
        return fouten

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

    def _soort(self, voorstel: ObjectIn) -> str:
        return soort_uit_url(self._omgeving, voorstel.type)

    def _opslag(self, url: str) -> str:
        return self._omgeving.diensten.naar_opslag(url)

    def _idempotentie(self) -> Idempotentie:
        return Idempotentie(self._omgeving.installatie, self._omgeving.toegang.aanroeper.client_id)


def _gelezen(invoer: Any) -> ObjectIn:
    uitkomst = valideer(ObjectIn, invoer)
    if isinstance(uitkomst, list):
        raise Ongeldig(*uitkomst)
    if not isinstance(uitkomst, ObjectIn):
        raise TypeError("valideer gaf een ander schema")
    return uitkomst


def _eis_te_corrigeren(record: Mapping[str, Any] | None) -> None:
    if record is None:
        raise Ongeldig(ParamFout("record.correctionFor", "does_not_exist", "Dit record bestaat niet."))
    if record["corrected_by"] is not None:
        raise Ongeldig(ParamFout("record.correctionFor", "unique", "Dit record is al gecorrigeerd."))


def samengevoegd(oud: Any, nieuw: Any) -> Any:
    """Recursief samenvoegen; lijsten worden vervangen en `null` blijft staan (wijkt af van RFC 7396)."""
    if isinstance(oud, dict) and isinstance(nieuw, dict):
        return {**oud, **{naam: samengevoegd(oud.get(naam), waarde) for naam, waarde in nieuw.items()}}
    return nieuw
