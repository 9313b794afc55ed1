"""De outbox voor operators: zien wat wacht of vastzit, opnieuw proberen, of met een reden overslaan."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, true, update
from sqlalchemy.orm import aliased

from kern.database import na_commit
from kern.installatie import Installatie
from kern.ldv import auditrij
from kern.logboek import maskeer
from kern.outbox.wekker import wek
from kern.tabellen import Auditregel, OutboxTabel

if TYPE_CHECKING:
    from kern.aanmelden.identiteit import Identiteit

PER_PAGINA = 50
STATEN = ("vast", "dood", "wacht", "bezig", "alle")


@dataclass(frozen=True)
class Filter:
    """Welke rijen: `staat` is een van STATEN (`vast`: mislukt, dood, of met een verlopen lease), `verwerker` leeg is elke.

    `sleutel`: alleen rijen waarvan de sleutel zo begint.
    """

    staat: str = "vast"
    verwerker: str = ""
    sleutel: str = ""


@dataclass(frozen=True)
class Rij:
    """Eén rij zoals een operator haar ziet. `wacht_op` is de eerdere rij met dezelfde sleutel die eerst moet."""

    id: int
    verwerker: str
    sleutel: str | None
    inhoud: dict[str, Any]
    staat: str
    vanaf: datetime
    pogingen: int
    lease_tot: datetime | None
    fout: str | None
    aangemaakt: datetime
    spoor: str
    wacht_op: int | None


@dataclass(frozen=True)
class Pagina:
    """Een bladzijde van de lijst."""

    rijen: list[Rij]
    totaal: int
    nummer: int

    @property
    def aantal(self) -> int:
        """Het aantal bladzijden, minstens 1."""
        return max(1, ceil(self.totaal / PER_PAGINA))


def lijst(installatie: Installatie, filter_: Filter, nummer: int = 1) -> Pagina:
    """Bladzijde `nummer` (vanaf 1) van de rijen, oudste eerst."""
    waar = _voorwaarde(installatie, filter_)
    vraag = _kolommen().where(waar).order_by(OutboxTabel.id).limit(PER_PAGINA).offset((nummer - 1) * PER_PAGINA)
    with installatie.db.lezen() as verbinding:
        totaal = verbinding.execute(select(func.count()).select_from(OutboxTabel).where(waar)).scalar_one()
        rijen = [Rij(**rij) for rij in verbinding.execute(vraag).mappings()]
    return Pagina(rijen, totaal, nummer)


def haal(installatie: Installatie, id_: int) -> Rij | None:
    """Eén rij, of None als zij intussen klaar is."""
    with installatie.db.lezen() as verbinding:
        rij = verbinding.execute(_kolommen().where(OutboxTabel.id == id_)).mappings().first()
    return Rij(**rij) if rij else None


def tellingen(installatie: Installatie) -> dict[str, dict[str, int]]:
    """Aantal rijen per verwerker en staat."""
    geteld: dict[str, dict[str, int]] = {}
    vraag = select(OutboxTabel.verwerker, OutboxTabel.staat, func.count()).group_by(
        OutboxTabel.verwerker, OutboxTabel.staat
    )
    with installatie.db.lezen() as verbinding:
        for verwerker, staat, aantal in verbinding.execute(vraag.order_by(OutboxTabel.verwerker)):
            geteld.setdefault(verwerker, {})[staat] = aantal
    return geteld


def opnieuw(
    installatie: Installatie, wie: "Identiteit", *, id_: int | None = None, filter_: Filter | None = None
) -> int:
    """Probeer één rij (`id_`) of alle rijen van een filter meteen opnieuw, met nieuwe pogingen. Geeft het aantal."""
    waar = OutboxTabel.id == id_ if id_ is not None else _voorwaarde(installatie, filter_ or Filter())
    vers = {"staat": "wacht", "pogingen": 0, "vanaf": installatie.klok.nu(), "lease": None, "lease_tot": None}
    with installatie.db.schrijven() as verbinding:
        aantal = verbinding.execute(update(OutboxTabel).where(waar, _niet_bezig(installatie)).values(vers)).rowcount
        if aantal:
            _audit(verbinding, installatie, wie, "outbox: opnieuw", str(id_ or filter_))
            na_commit(lambda: wek(installatie))
    return aantal


def overslaan(installatie: Installatie, id_: int, reden: str, wie: "Identiteit") -> bool:
    """Haal één rij weg zonder haar gevolg: wat op haar wachtte mag door. False als zij al klaar of net bezig is."""
    with installatie.db.schrijven() as verbinding:
        weg = verbinding.execute(
            delete(OutboxTabel)
            .where(OutboxTabel.id == id_, _niet_bezig(installatie))
            .returning(OutboxTabel.verwerker, OutboxTabel.sleutel)
        ).first()
        if weg is None:
            return False
        onderwerp = f"{weg.verwerker} {id_} ({weg.sleutel or 'zonder sleutel'}): {reden}"
        _audit(verbinding, installatie, wie, "outbox: overslaan", onderwerp)
        na_commit(lambda: wek(installatie))
    return True


def _audit(verbinding: Connection, installatie: Installatie, wie: "Identiteit", actie: str, onderwerp: str) -> None:
    verbinding.execute(insert(Auditregel).values(auditrij(installatie, wie, actie, maskeer(onderwerp))))


def _kolommen() -> Any:
    eerder = aliased(OutboxTabel)
    wacht_op = (
        select(func.min(eerder.id))
        .where(eerder.verwerker == OutboxTabel.verwerker, eerder.sleutel == OutboxTabel.sleutel)
        .where(eerder.id < OutboxTabel.id)
        .scalar_subquery()
    )
    velden = [naam for naam in Rij.__dataclass_fields__ if naam != "wacht_op"]
    return select(*(getattr(OutboxTabel, naam) for naam in velden), wacht_op.label("wacht_op"))


def _voorwaarde(installatie: Installatie, filter_: Filter) -> ColumnElement[bool]:
    van_verwerker = OutboxTabel.verwerker == filter_.verwerker if filter_.verwerker else true()
    met_sleutel = OutboxTabel.sleutel.startswith(filter_.sleutel, autoescape=True) if filter_.sleutel else true()
    return and_(van_verwerker, met_sleutel, _van_staat(installatie, filter_.staat))


def _van_staat(installatie: Installatie, staat: str) -> ColumnElement[bool]:
    if staat == "alle":
        return true()
    if staat == "vast":
        verlopen = OutboxTabel.lease_tot < installatie.klok.nu()
        mislukt = and_(OutboxTabel.fout.is_not(None), OutboxTabel.staat == "wacht")
        return or_(OutboxTabel.staat == "dood", mislukt, verlopen)
    return OutboxTabel.staat == staat


def _niet_bezig(installatie: Installatie) -> ColumnElement[bool]:
    """Een rij met een geldige lease is van een worker."""
    return or_(OutboxTabel.lease_tot.is_(None), OutboxTabel.lease_tot < installatie.klok.nu())
