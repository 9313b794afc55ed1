"""Procesdefinities: neerzetten, versies, en de gecompileerde vorm (die bewaard blijft zolang het proces leeft)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.engine import RowMapping

import dmn
from contracten import Bouwblokken
from processen.motor.bouw import Gecompileerd, compileer
from processen.motor.controle import controleer
from processen.motor.fouten import Bevinding, ModelGeweigerd, NietGevonden
from processen.motor.lezen import lees, processen_in
from processen.motor.model import Proces
from processen.motor.tabellen import Definitie
from processen.motor.uitdrukkingen import Uitdrukkingen

VERBETER = ("Verbeter de beslissing en lever haar opnieuw mee.", "Correct the decision and deploy it again.")


@dataclass(frozen=True)
class DefinitieInfo:
    """Eén versie van een procesdefinitie. `staat`: concept, actief of ingetrokken."""

    id: UUID
    sleutel: str
    versie: int
    staat: str
    naam: str
    versielabel: str
    pakket: str
    hash: str
    neergezet: datetime


class Definities:
    """De definities van één installatie."""

    def __init__(self, bouwblokken: Bouwblokken, uitdrukkingen: Uitdrukkingen) -> None:
        self._bouwblokken, self._uitdrukkingen = bouwblokken, uitdrukkingen
        self._bewaard: dict[UUID, Gecompileerd] = {}

    def controleer(
        self, bpmn: bytes, beslissingen: Sequence[str] = (), proces_id: str = ""
    ) -> tuple[Proces, list[Bevinding]]:
        """Lees het model en geef alles wat eraan mankeert. `ModelGeweigerd` als het niet te lezen is."""
        modellen, fouten = self._lees_beslissingen(beslissingen)
        proces = lees(bpmn, proces_id)
        return proces, [*fouten, *controleer(proces, self._bouwblokken, self._uitdrukkingen, modellen)]

    def zet_neer(
        self, verbinding: Connection, bpmn: bytes, beslissingen: Sequence[str], *, nu: datetime, pakket: str, door: str,
        actief: bool,
    ) -> DefinitieInfo:  # fmt: skip
        """Leg een nieuwe versie vast; hetzelfde model nog eens geeft de bestaande. `ModelGeweigerd` met alle bevindingen."""
        proces, bevindingen = self.controleer(bpmn, beslissingen)
        if bevindingen:
            raise ModelGeweigerd(bevindingen)
        gezet = self._leg_vast(verbinding, proces, bpmn, beslissingen, nu=nu, pakket=pakket, door=door)
        if actief and gezet.staat != "actief":
            self.maak_actief(verbinding, gezet.id, nu)
            return self.een(verbinding, gezet.id)
        return gezet

    def bewaar_concept(
        self, verbinding: Connection, bpmn: bytes, beslissingen: Sequence[str], *, nu: datetime, pakket: str, door: str
    ) -> DefinitieInfo:
        """Leg een versie vast die nog niet hoeft te kunnen draaien. `ModelGeweigerd` als er geen proces in te lezen is."""
        return self._leg_vast(verbinding, lees_soepel(bpmn), bpmn, beslissingen, nu=nu, pakket=pakket, door=door)

    def _leg_vast(
        self, verbinding: Connection, proces: Proces, bpmn: bytes, beslissingen: Sequence[str], *, nu: datetime, pakket: str,
        door: str,
    ) -> DefinitieInfo:  # fmt: skip
        hash_ = hashlib.sha256(b"\0".join([bpmn, *(tekst.encode() for tekst in beslissingen)])).hexdigest()
        verbinding.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"processen:{proces.id}"))))
        rij = _laatste(verbinding, proces.id)
        if rij is None or rij["hash"] != hash_:
            nieuw = {
                "id": uuid4(), "sleutel": proces.id, "versie": 1 if rij is None else rij["versie"] + 1, "staat": "concept",
                "hash": hash_, "naam": proces.naam, "versielabel": proces.versielabel, "bpmn": bpmn, "dmn": list(beslissingen),
                "pakket": pakket, "startberichten": startnamen(proces, "bericht"), "startsignalen": startnamen(proces, "signaal"),
                "neergezet": nu, "door": door,
            }  # fmt: skip
            verbinding.execute(insert(Definitie).values(nieuw))
            rij = _laatste(verbinding, proces.id)
        assert rij is not None  # noqa: S101  # net vastgelegd
        return info(rij)

    def een(self, verbinding: Connection, definitie: UUID) -> DefinitieInfo:
        """Eén versie. `NietGevonden` als zij niet bestaat."""
        rij = verbinding.execute(select(*_VELDEN).where(Definitie.id == definitie)).mappings().first()
        if rij is None:
            raise NietGevonden(f"procesdefinitie {definitie}")
        return info(rij)

    def model(self, verbinding: Connection, definitie: UUID) -> tuple[bytes, list[str]]:
        """Het BPMN-bestand (byte voor byte zoals het kwam) en de DMN-bestanden van een versie."""
        rij = verbinding.execute(select(Definitie.bpmn, Definitie.dmn).where(Definitie.id == definitie)).first()
        if rij is None:
            raise NietGevonden(f"procesdefinitie {definitie}")
        return bytes(rij.bpmn), list(rij.dmn)

    def maak_actief(self, verbinding: Connection, definitie: UUID, nu: datetime) -> None:
        """Nieuwe instanties beginnen voortaan op deze versie; lopende blijven op de hunne."""
        sleutel = self.een(verbinding, definitie).sleutel
        oud = (Definitie.sleutel == sleutel, Definitie.staat == "actief")
        verbinding.execute(update(Definitie).where(*oud).values(staat="ingetrokken"))
        nieuw = update(Definitie).where(Definitie.id == definitie)
        verbinding.execute(nieuw.values(staat="actief", geactiveerd=nu))

    def trek_in(self, verbinding: Connection, definitie: UUID) -> None:
        """Er beginnen geen nieuwe instanties meer op deze versie."""
        self.een(verbinding, definitie)
        verbinding.execute(update(Definitie).where(Definitie.id == definitie).values(staat="ingetrokken"))

    def actief_id(self, verbinding: Connection, bpmn: bytes) -> UUID | None:
        """De versie waarop instanties van het proces in dit bestand nu beginnen."""
        waar = (Definitie.sleutel == lees(bpmn).id, Definitie.staat == "actief")
        return verbinding.scalar(select(Definitie.id).where(*waar))

    def actieve(self, verbinding: Connection, sleutel: str) -> Gecompileerd:
        """De versie waarop nieuwe instanties beginnen."""
        waar = (Definitie.sleutel == sleutel, Definitie.staat == "actief")
        definitie = verbinding.scalar(select(Definitie.id).where(*waar))
        if definitie is None:
            raise NietGevonden(f"er is geen actieve procesdefinitie {sleutel}")
        return self.haal(verbinding, definitie)

    def haal(self, verbinding: Connection, definitie: UUID) -> Gecompileerd:
        """De gecompileerde definitie; een versie verandert nooit, dus zij wordt één keer gelezen."""
        bewaard = self._bewaard.get(definitie)
        if bewaard is None:
            rij = verbinding.execute(select(Definitie.bpmn, Definitie.dmn).where(Definitie.id == definitie)).first()
            if rij is None:
                raise NietGevonden(f"procesdefinitie {definitie}")
            bewaard = compileer(lees(rij.bpmn), definitie, tuple(self._lees_dmn(tekst) for tekst in rij.dmn))
            self._bewaard[definitie] = bewaard
        return bewaard

    def _lees_dmn(self, tekst: str) -> dmn.Model:
        return dmn.lees(tekst.encode(), functies=self._uitdrukkingen.functies)

    def _lees_beslissingen(self, beslissingen: Iterable[str]) -> tuple[list[dmn.Model], list[Bevinding]]:
        modellen, fouten = [], []
        for tekst in beslissingen:
            try:
                model = self._lees_dmn(tekst)
            except dmn.DmnFout as fout:
                fouten.append(
                    Bevinding(
                        "", "dmn", f"Een beslissing klopt niet: {fout}", f"A decision is invalid: {fout}", *VERBETER
                    )
                )
                continue
            modellen.append(model)
            fouten += [
                Bevinding(p.plek, f"dmn-{p.code}", str(p), p.engels, *VERBETER)
                for p in model.problemen
                if p.ernst == "fout"
            ]
        return modellen, fouten

    def lijst(self, verbinding: Connection, sleutel: str = "") -> list[DefinitieInfo]:
        """Alle versies, de nieuwste eerst."""
        vraag = select(*_VELDEN).order_by(Definitie.sleutel, Definitie.versie.desc())
        vraag = vraag.where(Definitie.sleutel == sleutel) if sleutel else vraag
        return [info(rij) for rij in verbinding.execute(vraag).mappings()]

    def met_startbericht(self, verbinding: Connection, naam: str) -> list[str]:
        """Sleutels van actieve definities die op dit bericht beginnen."""
        return self._met_start(verbinding, Definitie.startberichten.contains([naam]))

    def met_startsignaal(self, verbinding: Connection, naam: str) -> list[str]:
        """Sleutels van actieve definities die op dit signaal beginnen."""
        return self._met_start(verbinding, Definitie.startsignalen.contains([naam]))

    @staticmethod
    def _met_start(verbinding: Connection, waar: ColumnElement[bool]) -> list[str]:
        vraag = select(Definitie.sleutel).where(Definitie.staat == "actief", waar).order_by(Definitie.sleutel)
        return list(verbinding.scalars(vraag))


_VELDEN = [Definitie.__table__.c[naam] for naam in DefinitieInfo.__dataclass_fields__]


def info(rij: RowMapping) -> DefinitieInfo:
    return DefinitieInfo(**{naam: rij[naam] for naam in DefinitieInfo.__dataclass_fields__})


def _laatste(verbinding: Connection, sleutel: str) -> RowMapping | None:
    vraag = select(*_VELDEN).where(Definitie.sleutel == sleutel).order_by(Definitie.versie.desc()).limit(1)
    return verbinding.execute(vraag).mappings().first()


def lees_soepel(bpmn: bytes) -> Proces:
    """Het uitvoerbare proces, of zonder dat het eerste met inhoud: voor een concept en voor een model van elders."""
    processen = [lees(bpmn, naam) for naam in processen_in(bpmn)]
    if not processen:
        return lees(bpmn)  # werpt met de reden
    try:
        return lees(bpmn)
    except ModelGeweigerd:
        return next((proces for proces in processen if proces.bereik.elementen), processen[0])


def startnamen(proces: Proces, soort: str) -> list[str]:
    """De berichten of signalen waar het proces op begint."""
    starts = [e for e in proces.bereik.elementen.values() if e.soort == "startEvent"]
    return [g.naam for e in starts for g in e.gebeurtenissen if g.soort == soort]


def start_op(proces: Proces, soort: str, naam: str) -> str:
    """De startgebeurtenis die bij een bericht of signaal hoort."""
    return next(
        e.id for e in proces.bereik.elementen.values()
        if e.soort == "startEvent" and any(g.soort == soort and g.naam == naam for g in e.gebeurtenissen)
    )  # fmt: skip
