"""Lopende instanties naar een andere versie van hun definitie brengen: voorstel, proef, uitvoering in porties en terugdraaien.

Alleen open stappen verhuizen; wat klaar is blijft in de geschiedenis zoals het was. Een stap kan alleen naar een element van dezelfde
soort in hetzelfde (verhuisde) bereik. Aangeroepen processen houden hun eigen versie.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.engine import RowMapping

from processen.motor import toestand
from processen.motor.bouw import Gecompileerd
from processen.motor.model import Element
from processen.motor.spiff_aanpassing import Luisteraar, Randgebeurtenis, activeer
from processen.motor.tabellen import Geschiedenis, Instantie, Verhuizing, Wachtend
from processen.motor.uitvoering import Uitvoering

if TYPE_CHECKING:
    from processen.motor.motor import Motor

Plan = Mapping[str, str]
ACHTERVOEGSELS = "*!>"  # exemplaar, luisteraar en uitgang van een element


@dataclass(frozen=True)
class Oordeel:
    """Kan deze instantie verhuizen? `problemen` is dan leeg."""

    instantie: UUID
    bedrijfssleutel: str
    problemen: tuple[str, ...]


@dataclass(frozen=True)
class Portie:
    """Eén portie van een verhuizing: wat ging, wat bleef en waarom, en vanaf welke instantie de volgende portie gaat (None: klaar)."""

    verhuisd: tuple[Oordeel, ...]
    gebleven: tuple[Oordeel, ...]
    volgende: UUID | None


def stel_voor(oud: Gecompileerd, nieuw: Gecompileerd) -> dict[str, str]:
    """Zelfde id en soort; anders de enige met dezelfde soort en naam. Wat niet te vinden is staat er niet in."""
    oude, nieuwe = _elementen(oud), _elementen(nieuw)
    plan = {naam: naam for naam, element in oude.items() if naam in nieuwe and nieuwe[naam].soort == element.soort}
    for naam, element in oude.items():
        kandidaten = [
            n for n, e in nieuwe.items() if element.naam and (e.soort, e.naam) == (element.soort, element.naam)
        ]
        if naam not in plan and len(kandidaten) == 1:
            plan[naam] = kandidaten[0]
    return plan


def proef(
    motor: "Motor", verbinding: Connection, van: UUID, naar: UUID, plan: Plan, *, na: UUID | None, limiet: int | None
) -> list[Oordeel]:
    """Zie `Motor.proef_verhuizing`."""
    nieuw = motor.definities.haal(verbinding, naar)
    oud = motor.definities.haal(verbinding, van)
    return [_oordeel(rij, oud, nieuw, plan) for rij in verbinding.execute(_lopend(van, na).limit(limiet)).mappings()]


def verhuis(
    motor: "Motor", verbinding: Connection, van: UUID, naar: UUID, plan: Plan, *, door: str, na: UUID | None, limiet: int
) -> Portie:  # fmt: skip
    """Zie `Motor.verhuis`. Wat een ander net vasthoudt komt bij een volgende keer."""
    oud, nieuw = motor.definities.haal(verbinding, van), motor.definities.haal(verbinding, naar)
    vraag = _lopend(van, na).limit(limiet).with_for_update(skip_locked=True)
    rijen = verbinding.execute(vraag).mappings().all()
    oordelen = [_oordeel(rij, oud, nieuw, plan) for rij in rijen]
    for rij, oordeel in zip(rijen, oordelen, strict=True):
        if not oordeel.problemen:
            _verhuis_een(motor, verbinding, rij, oud, nieuw, plan, door)
    gegaan, gebleven = ([o for o in oordelen if bool(o.problemen) is blijft] for blijft in (False, True))
    return Portie(tuple(gegaan), tuple(gebleven), rijen[-1]["id"] if len(rijen) == limiet else None)


def draai_terug(motor: "Motor", verbinding: Connection, instantie: UUID) -> bool:
    """Zie `Motor.draai_verhuizing_terug`."""
    laatste = select(Verhuizing.__table__).where(Verhuizing.instantie == instantie, Verhuizing.teruggedraaid.is_(None))
    oud = verbinding.execute(laatste.order_by(Verhuizing.gedaan.desc()).limit(1)).mappings().first()
    rij = verbinding.execute(select(Instantie.versie).where(Instantie.id == instantie).with_for_update()).first()
    if oud is None or rij is None or rij.versie != oud["versie"]:
        return False
    waarden = {"definitie": oud["van"], "toestand": oud["toestand"], "versie": Instantie.versie + 1}
    verbinding.execute(update(Instantie).where(Instantie.id == instantie).values(waarden))
    verbinding.execute(delete(Wachtend).where(Wachtend.instantie == instantie))
    wachtend = [_uit_json(deel) for deel in oud["wachtend"]]
    if wachtend:
        verbinding.execute(insert(Wachtend), wachtend)
    omgekeerd = {nieuw: was for was, nieuw in oud["plan"].items()}
    _hernoem_geschiedenis(verbinding, instantie, oud["naar"], oud["van"], omgekeerd)
    klaar = {"teruggedraaid": motor.installatie.klok.nu()}
    verbinding.execute(update(Verhuizing).where(Verhuizing.id == oud["id"]).values(klaar))
    return True


def _lopend(van: UUID, na: UUID | None) -> Any:
    vraag = select(Instantie.__table__).where(Instantie.definitie == van, Instantie.staat == "loopt")
    return (vraag.where(Instantie.id > na) if na else vraag).order_by(Instantie.id)


def _elementen(gecompileerd: Gecompileerd) -> dict[str, Element]:
    return {element.id: element for _, element in gecompileerd.proces.bereik.alles()}


def _eigen(inhoud: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """De werkstromen van de instantie zelf, zonder aangeroepen processen en wat daarin loopt."""
    van_een_ander: set[str] = set()
    for werkstroom in inhoud["w"]:
        if werkstroom["d"] or werkstroom["o"] in van_een_ander:
            van_een_ander |= {stap[0] for stap in werkstroom["s"]}
        else:
            yield werkstroom


def _oordeel(rij: RowMapping, oud: Gecompileerd, nieuw: Gecompileerd, plan: Plan) -> Oordeel:
    problemen: list[str] = []
    oude, nieuwe = _elementen(oud), _elementen(nieuw)
    for werkstroom in _eigen(toestand.pak_uit(rij["toestand"])):
        bereik = nieuw.bereiken.get(_nieuw_bereik(werkstroom["b"], oud, nieuw, plan))
        for _, spec, *_rest in werkstroom["s"]:
            naam = spec.strip("#" + ACHTERVOEGSELS)
            doel = plan.get(naam, "")
            if _vervalt(oude[naam], spec, doel, nieuwe):
                continue
            if doel not in nieuwe:
                problemen.append(f"{naam}: waar gaat deze open stap heen?")
            elif nieuwe[doel].soort != oude[naam].soort or bool(nieuwe[doel].herhaald) != bool(oude[naam].herhaald):
                problemen.append(f"{naam}: {doel} is een ander soort element")
            elif bereik is None or _hernoem(spec, plan) not in bereik.spec.task_specs:
                problemen.append(f"{naam}: {doel} staat in een ander subproces")
        problemen += [
            f"{naam}: is klaar en kan in de nieuwe versie niet meer teruggedraaid worden"
            for naam in _te_keren(werkstroom.get("k", []))
            if (doel := plan.get(naam, "")) not in nieuwe or not (nieuwe[doel].handelaar or nieuwe[doel].inhoud)
        ]
    return Oordeel(rij["id"], rij["bedrijfssleutel"], tuple(problemen))


def _te_keren(keerbaar: list[Any]) -> Iterator[str]:
    """De elementen in een lijst van `compenseren`, ook binnen subprocessen."""
    for _, naam, *binnen in keerbaar:
        yield naam
        yield from _te_keren(binnen[0] if binnen else [])


def _hernoem_keerbaar(keerbaar: list[Any], plan: Plan) -> list[Any]:
    return [[nr, plan[naam], *[_hernoem_keerbaar(b, plan) for b in binnen]] for nr, naam, *binnen in keerbaar]


def _vervalt(oud: Element, spec: str, doel: str, nieuwe: Mapping[str, Element]) -> bool:
    """Een grensgebeurtenis of luisteraar die er in de nieuwe versie niet meer is, houdt gewoon op."""
    return (oud.soort == "boundaryEvent" or spec.endswith("!")) and doel not in nieuwe


def _nieuw_bereik(bereik: str, oud: Gecompileerd, nieuw: Gecompileerd, plan: Plan) -> str:
    return nieuw.proces.bereik.id if bereik == oud.proces.bereik.id else plan.get(bereik, "")


def _hernoem(spec: str, plan: Plan) -> str:
    naam = spec.strip("#" + ACHTERVOEGSELS)
    return spec.replace(naam, plan.get(naam, naam), 1)


def _verhuis_een(
    motor: "Motor",
    verbinding: Connection,
    rij: RowMapping,
    oud: Gecompileerd,
    nieuw: Gecompileerd,
    plan: Plan,
    door: str,
) -> None:
    inhoud = toestand.pak_uit(rij["toestand"])
    wachtend = verbinding.execute(select(Wachtend.__table__).where(Wachtend.instantie == rij["id"])).mappings().all()
    weg = _pas_aan(inhoud, oud, nieuw, plan)
    verbinding.execute(delete(Wachtend).where(Wachtend.stap.in_(weg)))
    for was, wordt in plan.items():
        if was != wordt:
            waar = (Wachtend.instantie == rij["id"], Wachtend.element == was)
            verbinding.execute(update(Wachtend).where(*waar).values(element=wordt))
    _hernoem_geschiedenis(verbinding, rij["id"], oud.definitie, nieuw.definitie, plan)
    waarden = {"definitie": nieuw.definitie, "toestand": toestand.pak_in(inhoud)}
    verbinding.execute(update(Instantie).where(Instantie.id == rij["id"]).values(waarden))
    motor.verder(verbinding, rij["id"], _hang_nieuwe_randen)
    regel = {
        "id": uuid4(), "instantie": rij["id"], "van": oud.definitie, "naar": nieuw.definitie, "plan": dict(plan),
        "toestand": rij["toestand"], "wachtend": [_naar_json(deel) for deel in wachtend], "versie": rij["versie"] + 1,
        "gedaan": motor.installatie.klok.nu(), "door": door, "teruggedraaid": None,
    }  # fmt: skip
    verbinding.execute(insert(Verhuizing).values(regel))


def _pas_aan(inhoud: dict[str, Any], oud: Gecompileerd, nieuw: Gecompileerd, plan: Plan) -> list[UUID]:
    """Hernoem de open stappen in de toestand; geef de stappen die vervallen."""
    weg: list[UUID] = []
    oude, nieuwe = _elementen(oud), _elementen(nieuw)
    for werkstroom in list(_eigen(inhoud)):
        werkstroom["b"] = _nieuw_bereik(werkstroom["b"], oud, nieuw, plan)
        blijft = []
        for stap in werkstroom["s"]:
            naam = stap[1].strip("#" + ACHTERVOEGSELS)
            if _vervalt(oude[naam], stap[1], plan.get(naam, ""), nieuwe):
                weg.append(UUID(hex=stap[0]))
            else:
                stap[1] = _hernoem(stap[1], plan)
                blijft.append(stap)
        werkstroom["s"] = blijft
        if "k" in werkstroom:
            werkstroom["k"] = _hernoem_keerbaar(werkstroom["k"], plan)
    return weg


def _hang_nieuwe_randen(u: Uitvoering) -> None:
    """Grensgebeurtenissen en luisteraars die de nieuwe versie erbij heeft, gaan nu wachten."""
    for werkstroom in u.werkstromen():
        if werkstroom.gecompileerd is not u.top.gecompileerd:
            continue
        open_ = list(werkstroom.open.values())
        wortel, specs = werkstroom.task_tree, werkstroom.spec.task_specs
        aanwezig = {(stap.internal_data.get("bij"), stap.task_spec.name) for stap in open_}
        for stap in open_:
            if not isinstance(stap.task_spec, Randgebeurtenis):
                for naam in stap.task_spec.rand:
                    if (stap.id.hex, naam) not in aanwezig:
                        activeer(wortel, specs[naam], intern={"bij": stap.id.hex})
        for naam, spec in specs.items():
            if isinstance(spec, Luisteraar) and (None, naam) not in aanwezig:
                activeer(wortel, spec)


def _hernoem_geschiedenis(verbinding: Connection, instantie: UUID, van: UUID, naar: UUID, plan: Plan) -> None:
    """De nog lopende stappen gaan verder onder de nieuwe versie; afgeronde blijven zoals zij waren."""
    open_ = (Geschiedenis.instantie == instantie, Geschiedenis.uitkomst == "", Geschiedenis.definitie == van)
    for rij in verbinding.execute(select(Geschiedenis.nr, Geschiedenis.element).where(*open_)).all():
        waarden = {"definitie": naar, "element": plan.get(rij.element, rij.element)}
        waar = (Geschiedenis.instantie == instantie, Geschiedenis.nr == rij.nr)
        verbinding.execute(update(Geschiedenis).where(*waar).values(waarden))


def _naar_json(rij: RowMapping) -> dict[str, Any]:
    return {
        naam: w.isoformat() if isinstance(w, datetime) else str(w) if isinstance(w, UUID) else w
        for naam, w in rij.items()
    }


def _uit_json(rij: dict[str, Any]) -> dict[str, Any]:
    tijden = {naam: datetime.fromisoformat(rij[naam]) if rij[naam] else None for naam in ("vanaf", "sinds")}
    return {**rij, **tijden, "stap": UUID(rij["stap"]), "instantie": UUID(rij["instantie"])}
