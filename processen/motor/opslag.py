"""Een uitvoering laden en vastleggen: toestand, geschiedenis, wachtrijen en outbox in één transactie."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ARRAY, Connection, Update, bindparam, column, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping

import feel
from kern.installatie import Installatie
from kern.outbox import plaats
from processen.motor import toestand
from processen.motor.fouten import NietGevonden
from processen.motor.model import VOLGORDESLEUTEL
from processen.motor.spiff_aanpassing import GeenPython, Stap
from processen.motor.tabellen import Basis, Bericht, Geschiedenis, Incident, Instantie, Verhuizing, Wachtend
from processen.motor.uitvoering import Omgeving, Uitvoering

log = structlog.get_logger()
_STAND = ("toestand", "variabelen", "staat", "geeindigd")


def laad(omgeving: Omgeving, verbinding: Connection, instantie: UUID) -> Uitvoering | None:
    """De lopende instantie, met haar rij op slot tot het eind van de transactie. None als zij al is afgelopen."""
    rij = (
        verbinding.execute(select(Instantie.__table__).where(Instantie.id == instantie).with_for_update())
        .mappings()
        .first()
    )
    if rij is None:
        raise NietGevonden(f"procesinstantie {instantie}")
    return None if rij["toestand"] is None else uit_rij(omgeving, rij)


def uit_rij(omgeving: Omgeving, rij: RowMapping) -> Uitvoering:
    """De uitvoering bij een rij van `instantie`."""
    werkstroom, volgnummer = toestand.herstel(rij["toestand"], omgeving.haal(rij["definitie"]), omgeving.haal)
    uitvoering = Uitvoering(omgeving, rij["id"], werkstroom, feel.uit_json(rij["variabelen"]), volgnummer)
    koppel(uitvoering)
    return uitvoering


def koppel(uitvoering: Uitvoering) -> None:
    """Laat gateways hun voorwaarden in FEEL uitrekenen, met de variabelen die zij zien."""

    def beoordeel(stap: Stap, tekst: str) -> bool:
        return uitvoering.feel.waar(tekst, uitvoering.waarden(stap))

    uitvoering.top.script_engine = GeenPython(beoordeel)


def maak(installatie: Installatie, verbinding: Connection, u: Uitvoering, rij: dict[str, Any]) -> UUID:
    """Leg een nieuwe instantie vast. Bestaat zij al (zelfde bedrijfssleutel), dan geldt die en gebeurt er niets.

    De rij komt pas hier: alles wat de eerste stappen deden is tot nu alleen in het geheugen gebeurd.
    """
    nieuw = {"id": u.id, "staat": "loopt", "geeindigd": None, **rij, **_stand(u), "versie": 1}
    gemaakt = verbinding.scalar(upsert(Instantie).values(nieuw).on_conflict_do_nothing().returning(Instantie.id))
    if gemaakt is None:
        waar = (Instantie.sleutel == rij["sleutel"], Instantie.bedrijfssleutel == rij["bedrijfssleutel"])
        return verbinding.execute(select(Instantie.id).where(*waar)).scalar_one()
    _leg_gevolgen_vast(installatie, verbinding, [u])
    return u.id


def pak(verbinding: Connection, instanties: set[UUID], *, zeker: UUID) -> dict[UUID, RowMapping]:
    """De rijen van deze instanties, op slot: `zeker` wordt afgewacht, de andere komen alleen mee als zij nu vrij zijn."""
    eerst = select(Instantie.__table__).where(Instantie.id == zeker).with_for_update()
    vrij = select(Instantie.__table__).where(Instantie.id.in_(instanties - {zeker})).with_for_update(skip_locked=True)
    rijen = [*verbinding.execute(eerst).mappings(), *verbinding.execute(vrij).mappings()]
    return {rij["id"]: rij for rij in rijen}


def bewaar(installatie: Installatie, verbinding: Connection, u: Uitvoering) -> None:
    """Leg de uitvoering vast met alles wat eruit volgt."""
    bewaar_veel(installatie, verbinding, [u])


def bewaar_veel(installatie: Installatie, verbinding: Connection, uitvoeringen: Sequence[Uitvoering]) -> None:
    """Leg uitvoeringen vast, elke soort rij in één keer voor allemaal."""
    standen = [{"id": u.id, "staat": "loopt", "geeindigd": None, **_stand(u)} for u in uitvoeringen]
    if standen:
        _werk_bij(verbinding, Instantie, ("id",), _STAND, standen)
        _leg_gevolgen_vast(installatie, verbinding, uitvoeringen)


def _stand(u: Uitvoering) -> dict[str, Any]:
    waarden = {
        "toestand": None if u.klaar else toestand.bewaar(u.top, u.volgnummer),
        "variabelen": feel.naar_json(u.top.variabelen),
    }
    return waarden | ({"staat": "klaar", "geeindigd": u.nu} if u.klaar else {})


def _leg_gevolgen_vast(installatie: Installatie, verbinding: Connection, uitvoeringen: Sequence[Uitvoering]) -> None:
    _geschiedenis(verbinding, uitvoeringen)
    verwijzingen = _wachtend(verbinding, uitvoeringen)
    incidenten = [incident for u in uitvoeringen for incident in u.gevolgen.incidenten]
    for incident in incidenten:
        log.warning(
            "incident", instantie=str(incident["instantie"]), element=incident["element"], soort=incident["soort"]
        )
    if incidenten:
        verbinding.execute(insert(Incident), incidenten)
    vervallen = {stap for u in uitvoeringen for stap in u.gevolgen.vervallen}
    if vervallen:
        open_ = (Incident.stap.in_(vervallen), Incident.opgelost.is_(None))
        verbinding.execute(update(Incident).where(*open_).values(opgelost=uitvoeringen[0].nu, oplossing="vervallen"))
    for werk in [werk for u in uitvoeringen for werk in u.gevolgen.werk]:
        if werk["inhoud"].get("actie") == "trek_in":
            werk["inhoud"]["verwijzing"] = verwijzingen.get(werk["inhoud"]["stap"], "")
        if str(werk["sleutel"] or "").startswith(VOLGORDESLEUTEL):
            # De rijnummers van een volgorde lopen dan gelijk met de commits: wie later vastligt, heeft een hoger nummer en wacht.
            verbinding.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(werk["sleutel"], 0))))
        plaats(installatie, verbinding, werk["verwerker"], werk["inhoud"], sleutel=werk["sleutel"], vanaf=werk["vanaf"])


def _geschiedenis(verbinding: Connection, uitvoeringen: Sequence[Uitvoering]) -> None:
    begonnen = [rij for u in uitvoeringen for rij in u.gevolgen.begonnen.values()]
    if begonnen:
        verbinding.execute(insert(Geschiedenis), begonnen)
    per_velden: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for u in uitvoeringen:
        for nr, velden in u.gevolgen.geeindigd.items():
            per_velden.setdefault(tuple(sorted(velden)), []).append({"instantie": u.id, "nr": nr, **velden})
    for namen, rijen in per_velden.items():
        _werk_bij(verbinding, Geschiedenis, ("instantie", "nr"), namen, rijen)


def _werk_bij(
    verbinding: Connection, tabel: type[Basis], sleutels: tuple[str, ...], namen: tuple[str, ...], rijen: Sequence[dict[str, Any]],
) -> None:  # fmt: skip
    """Werk van elke rij deze velden bij; veel rijen in één opdracht, met per kolom een reeks."""
    if len(rijen) == 1:
        waarden = {f"b_{naam}": waarde for naam, waarde in rijen[0].items()}
        verbinding.execute(_een(tabel, sleutels, namen), waarden)
        return
    reeksen = {f"b_{naam}": [rij[naam] for rij in rijen] for naam in (*sleutels, *namen)}
    verbinding.execute(_veel(tabel, sleutels, namen), reeksen)


@cache
def _een(tabel: type[Basis], sleutels: tuple[str, ...], namen: tuple[str, ...]) -> Update:
    kolommen = tabel.__table__.columns
    waar = [kolommen[naam] == bindparam(f"b_{naam}") for naam in sleutels]
    return update(tabel).where(*waar).values(_versie(tabel) | {naam: bindparam(f"b_{naam}") for naam in namen})


@cache
def _veel(tabel: type[Basis], sleutels: tuple[str, ...], namen: tuple[str, ...]) -> Update:
    kolommen = tabel.__table__.columns
    reeksen = [bindparam(f"b_{naam}", type_=ARRAY(kolommen[naam].type)) for naam in (*sleutels, *namen)]
    velden = [column(naam, kolommen[naam].type) for naam in (*sleutels, *namen)]
    bron = func.unnest(*reeksen).table_valued(*velden, name="nieuw").render_derived()
    waar = [kolommen[naam] == bron.c[naam] for naam in sleutels]
    return update(tabel).where(*waar).values(_versie(tabel) | {naam: bron.c[naam] for naam in namen})


def _versie(tabel: type[Basis]) -> dict[str, Any]:
    """Een instantie telt elke keer dat zij vastgelegd wordt."""
    return {"versie": Instantie.versie + 1} if tabel is Instantie else {}


def _wachtend(verbinding: Connection, uitvoeringen: Sequence[Uitvoering]) -> dict[str, str]:
    """Werk de wachtrij bij; geef van de verwijderde taken de verwijzing (stap naar URL), om ze mee in te trekken."""
    verwijzingen: dict[str, str] = {}
    niet_meer = {stap for u in uitvoeringen for stap in u.gevolgen.niet_meer}
    if niet_meer:
        weg = delete(Wachtend).where(Wachtend.stap.in_(niet_meer)).returning(Wachtend.stap, Wachtend.verwijzing)
        verwijzingen = {rij.stap.hex: rij.verwijzing for rij in verbinding.execute(weg)}
    nieuw = [rij for u in uitvoeringen for rij in u.gevolgen.wachtend.values()]
    if nieuw:
        opdracht = upsert(Wachtend)
        velden = {naam: opdracht.excluded[naam] for naam in ("soort", "naam", "sleutel", "vanaf", "inhoud", "sinds")}
        verbinding.execute(opdracht.on_conflict_do_update(index_elements=[Wachtend.stap], set_=velden), nieuw)
    return verwijzingen


def merk_afgebroken(verbinding: Connection, instantie: UUID, door: str, nu: datetime) -> None:
    """De instantie is door iemand gestopt; open incidenten vervallen."""
    verbinding.execute(update(Instantie).where(Instantie.id == instantie).values(staat="afgebroken"))
    open_ = (Incident.instantie == instantie, Incident.opgelost.is_(None))
    verbinding.execute(update(Incident).where(*open_).values(opgelost=nu, door=door, oplossing="afgebroken"))


def wis(verbinding: Connection, instantie: UUID) -> None:
    """Verwijder alles wat van een instantie bewaard is."""
    verbinding.execute(delete(Geschiedenis).where(Geschiedenis.instantie == instantie))
    verbinding.execute(delete(Incident).where(Incident.instantie == instantie))
    verbinding.execute(delete(Wachtend).where(Wachtend.instantie == instantie))
    verbinding.execute(delete(Verhuizing).where(Verhuizing.instantie == instantie))
    verbinding.execute(delete(Bericht).where(Bericht.bezorgd_aan == instantie))
    verbinding.execute(delete(Instantie).where(Instantie.id == instantie))
