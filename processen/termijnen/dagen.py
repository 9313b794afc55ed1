"""Storingen en gelijkgestelde feestdagen: vastleggen, en de klokken die het raakt opnieuw laten rekenen."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from integratie.termijnen.schemas import FeestdagIn, FeestdagUit, StoringEindeIn, StoringIn, StoringUit
from kern.installatie import Installatie
from kern.klok import NEDERLAND
from kern.outbox import plaats
from processen.termijnen.grootboek import GeenKlok
from processen.termijnen.herberekenen import vraag_herberekening
from processen.termijnen.tabellen import Feestdag, Storing
from processen.termijnen.toetsen import Bezwaar

STORING = "termijnen.storing"
LANGST = 366  # dagen die één storing kan duren


def storingen(verbinding: Connection) -> list[StoringUit]:
    """Alle storingen, de nieuwste eerst."""
    rijen = verbinding.execute(select(*Storing.__table__.columns).order_by(Storing.begin.desc())).mappings()
    return [_storing(dict(rij)) for rij in rijen]


def meld_storing(installatie: Installatie, verbinding: Connection, storing: StoringIn) -> StoringUit:
    """Leg een storing vast; met hetzelfde uuid nog eens verandert er niets."""
    _toets(installatie, storing.begin, storing.einde)
    rij = storing.model_dump(exclude={"uuid"}) | {
        "id": storing.uuid,
        "ingetrokken": False,
        "vastgelegd": installatie.klok.nu(),
    }
    nieuw = verbinding.scalar(upsert(Storing).values(rij).on_conflict_do_nothing().returning(Storing.id))
    gelezen = _lees(verbinding, storing.uuid)
    if nieuw is not None:
        _herbereken(installatie, verbinding, gelezen)
    return _storing(gelezen)


def wijzig_storing(installatie: Installatie, verbinding: Connection, uuid: UUID, einde: StoringEindeIn) -> StoringUit:
    """Het einde van een storing, of dat zij er niet was."""
    oud = _lees(verbinding, uuid)
    waarden: dict[str, Any] = {"ingetrokken": einde.ingetrokken or oud["ingetrokken"]}
    if einde.einde is not None:
        _toets(installatie, oud["begin"], einde.einde)
        waarden["einde"] = einde.einde
    verbinding.execute(update(Storing).where(Storing.id == uuid).values(waarden))
    _herbereken(installatie, verbinding, oud)
    nieuw = _lees(verbinding, uuid)
    _herbereken(installatie, verbinding, nieuw)
    return _storing(nieuw)


def feestdagen(verbinding: Connection) -> list[FeestdagUit]:
    """De gelijkgestelde dagen, op datum."""
    rijen = verbinding.execute(select(*Feestdag.__table__.columns).order_by(Feestdag.dag)).mappings()
    return [FeestdagUit(**rij) for rij in rijen]


def voeg_feestdag_toe(installatie: Installatie, verbinding: Connection, feestdag: FeestdagIn) -> FeestdagUit:
    """Stel een dag met een feestdag gelijk."""
    rij = feestdag.model_dump() | {"vastgelegd": installatie.klok.nu()}
    nieuw = verbinding.scalar(upsert(Feestdag).values(rij).on_conflict_do_nothing().returning(Feestdag.dag))
    if nieuw is not None:
        vraag_herberekening(installatie, verbinding, [feestdag.dag])
    gevonden = verbinding.execute(select(*Feestdag.__table__.columns).where(Feestdag.dag == feestdag.dag)).mappings()
    return FeestdagUit(**gevonden.one())


def haal_feestdag_weg(installatie: Installatie, verbinding: Connection, dag: date) -> None:
    """Een dag is toch geen feestdag."""
    verbinding.execute(delete(Feestdag).where(Feestdag.dag == dag))
    vraag_herberekening(installatie, verbinding, [dag])


def _toets(installatie: Installatie, begin: Any, einde: Any) -> None:
    if einde is not None and einde < begin:
        raise Bezwaar("einde", "Het einde ligt voor het begin.")
    if max(begin, einde or begin) > installatie.klok.nu():
        raise Bezwaar("toekomst", "Dit moment moet nog komen.")


def _lees(verbinding: Connection, uuid: UUID) -> dict[str, Any]:
    rij = verbinding.execute(select(*Storing.__table__.columns).where(Storing.id == uuid)).mappings().first()
    if rij is None:
        raise GeenKlok(f"storing {uuid}")
    return dict(rij)


def _storing(rij: Mapping[str, Any]) -> StoringUit:
    return StoringUit(**rij, uuid=rij["id"])


def _herbereken(installatie: Installatie, verbinding: Connection, storing: Mapping[str, Any]) -> None:
    """De klokken met een termijn die op een dag van de storing eindigt."""
    eerste = storing["begin"].astimezone(NEDERLAND).date()
    laatste = (storing["einde"] or installatie.klok.nu()).astimezone(NEDERLAND).date()
    aantal = min((laatste - eerste).days, LANGST)
    vraag_herberekening(installatie, verbinding, [eerste + timedelta(days=n) for n in range(aantal + 1)])
    if not storing["ingetrokken"]:
        tot = min(laatste, eerste + timedelta(days=LANGST))
        inhoud = {"eerste": eerste.isoformat(), "laatste": tot.isoformat()}
        plaats(installatie, verbinding, STORING, inhoud, sleutel=f"storing-{storing['id']}")
