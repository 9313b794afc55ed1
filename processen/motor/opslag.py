"""Een uitvoering laden en vastleggen: toestand, geschiedenis, wachtrijen en outbox in één transactie."""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import RowMapping

import feel
from kern.installatie import Installatie
from kern.outbox import plaats
from processen.motor import toestand
from processen.motor.fouten import NietGevonden
from processen.motor.spiff_aanpassing import GeenPython, Stap
from processen.motor.tabellen import Bericht, Geschiedenis, Incident, Instantie, Verhuizing, Wachtend
from processen.motor.uitvoering import Omgeving, Uitvoering

log = structlog.get_logger()


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
    _leg_gevolgen_vast(installatie, verbinding, u)
    return u.id


def bewaar(installatie: Installatie, verbinding: Connection, u: Uitvoering) -> None:
    """Leg de uitvoering vast met alles wat eruit volgt."""
    waarden = {**_stand(u), "versie": Instantie.versie + 1}
    verbinding.execute(update(Instantie).where(Instantie.id == u.id).values(waarden))
    _leg_gevolgen_vast(installatie, verbinding, u)


def _stand(u: Uitvoering) -> dict[str, Any]:
    waarden = {
        "toestand": None if u.klaar else toestand.bewaar(u.top, u.volgnummer),
        "variabelen": feel.naar_json(u.top.variabelen),
    }
    return waarden | ({"staat": "klaar", "geeindigd": u.nu} if u.klaar else {})


def _leg_gevolgen_vast(installatie: Installatie, verbinding: Connection, u: Uitvoering) -> None:
    _geschiedenis(verbinding, u)
    verwijzingen = _wachtend(verbinding, u)
    for incident in u.gevolgen.incidenten:
        log.warning("incident", instantie=str(u.id), element=incident["element"], soort=incident["soort"])
    if u.gevolgen.incidenten:
        verbinding.execute(insert(Incident), u.gevolgen.incidenten)
    if u.gevolgen.vervallen:
        open_ = (Incident.stap.in_(u.gevolgen.vervallen), Incident.opgelost.is_(None))
        verbinding.execute(update(Incident).where(*open_).values(opgelost=u.nu, oplossing="vervallen"))
    for werk in u.gevolgen.werk:
        if werk["inhoud"].get("actie") == "trek_in":
            werk["inhoud"]["verwijzing"] = verwijzingen.get(werk["inhoud"]["stap"], "")
        plaats(installatie, verbinding, werk["verwerker"], werk["inhoud"], sleutel=werk["sleutel"], vanaf=werk["vanaf"])


def _geschiedenis(verbinding: Connection, u: Uitvoering) -> None:
    if u.gevolgen.begonnen:
        verbinding.execute(insert(Geschiedenis), list(u.gevolgen.begonnen.values()))
    for nr, velden in u.gevolgen.geeindigd.items():
        waar = (Geschiedenis.instantie == u.id, Geschiedenis.nr == nr)
        verbinding.execute(update(Geschiedenis).where(*waar).values(velden))


def _wachtend(verbinding: Connection, u: Uitvoering) -> dict[str, str]:
    """Werk de wachtrij bij; geef van de verwijderde taken de verwijzing (stap naar URL), om ze mee in te trekken."""
    verwijzingen: dict[str, str] = {}
    if u.gevolgen.niet_meer:
        weg = (
            delete(Wachtend)
            .where(Wachtend.stap.in_(u.gevolgen.niet_meer))
            .returning(Wachtend.stap, Wachtend.verwijzing)
        )
        verwijzingen = {rij.stap.hex: rij.verwijzing for rij in verbinding.execute(weg)}
    if u.gevolgen.wachtend:
        opdracht = upsert(Wachtend)
        nieuw = {naam: opdracht.excluded[naam] for naam in ("soort", "naam", "sleutel", "vanaf", "inhoud", "sinds")}
        verbinding.execute(
            opdracht.on_conflict_do_update(index_elements=[Wachtend.stap], set_=nieuw),
            list(u.gevolgen.wachtend.values()),
        )
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
