"""Werk uit de outbox afhandelen, per rij precies één keer vastgelegd.

Twee soorten: een gevolg in dezelfde database gebeurt in één transactie met het afvinken; een gevolg daarbuiten gebeurt op een
lease (het kan dus een tweede keer gebeuren, met hetzelfde rijnummer als idempotentiesleutel) en wordt afgevinkt in een transactie
waarin de verwerker nog zijn eigen toestand kan wegschrijven.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import Connection, Select, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from kern import spoor
from kern.installatie import Installatie
from kern.logboek import maskeer
from kern.tabellen import OutboxTabel

log = structlog.get_logger()
LEASE = timedelta(seconds=12)
GROOTSTE_FOUTTEKST = 2000
MEESTE_POGINGEN = 100
"""Ook zonder foutmelding: werk dat het proces steeds laat omvallen (geheugen op) houdt anders voor altijd een worker bezig."""
STANDAARD_WACHTTIJDEN = tuple(timedelta(seconds=s) for s in (1, 5, 25, 100, 400, 1600, 6400))

Afronding = Callable[[Connection], None]

PORTIE = 50
MEESTE_VERGEEFSE_RONDES = 3
MEESTE_MISSERS = 5
"""Zo vaak achter elkaar is een rij al weg of bezet; dan is de rest van de portie dat meestal ook, en is opnieuw vragen sneller."""


def _kan_nu() -> Select[Any]:
    """Rijen die nu kunnen: niet dood, op tijd, niet geleend, en zonder eerdere rij met dezelfde sleutel."""
    eerder = aliased(OutboxTabel)
    voorganger = exists().where(
        eerder.verwerker == OutboxTabel.verwerker, eerder.sleutel == OutboxTabel.sleutel, eerder.id < OutboxTabel.id
    )
    return select(*OutboxTabel.__table__.columns).where(
        OutboxTabel.staat != "dood",
        OutboxTabel.vanaf <= bindparam("nu"),
        OutboxTabel.verwerker.in_(bindparam("namen", expanding=True)),
        or_(OutboxTabel.lease_tot.is_(None), OutboxTabel.lease_tot < bindparam("nu")),
        ~voorganger,
    )


# Eén keer gemaakt: de opdrachten steeds opnieuw opbouwen kost meer tijd dan ze uitvoeren.
_KLAAR = (
    _kan_nu()
    .with_only_columns(OutboxTabel.id)
    .order_by(OutboxTabel.vanaf, OutboxTabel.id)
    .limit(bindparam("hoogstens"))
)
_VRIJ = _KLAAR.with_for_update(skip_locked=True, of=OutboxTabel)
_PAK = _kan_nu().where(OutboxTabel.id == bindparam("id")).with_for_update(skip_locked=True, of=OutboxTabel)


class SteedsOmgevallen(Exception):
    """Dit werk is vaak begonnen en nooit afgemaakt."""


class Uitstel(Exception):
    """Een `buiten`-verwerker kan dit werk nu niet doen: opnieuw vanaf `tot`, zonder dat het als mislukte poging telt."""

    def __init__(self, tot: datetime) -> None:
        super().__init__(f"uitgesteld tot {tot.isoformat()}")
        self.tot = tot


@dataclass(frozen=True)
class Werk:
    """Eén rij uit de outbox zoals een verwerker haar krijgt. `id` is de idempotentiesleutel van het gevolg."""

    id: int
    verwerker: str
    sleutel: str | None
    inhoud: dict[str, Any]
    pogingen: int
    aangemaakt: datetime
    spoor: str


@dataclass(frozen=True)
class Verwerker:
    """Wie het werk met deze `naam` doet: `binnen` (in de transactie) of `buiten` (op een lease), precies één van beide.

    `buiten` doet zijn aanroepen zonder open transactie en geeft desgewenst een functie terug die in de afvinktransactie loopt.
    Na alle `wachttijden` is de rij dood, tot iemand haar herstelt of overslaat; `bij_dood` loopt dan in die transactie.
    """

    naam: str
    binnen: Callable[[Connection, Installatie, Werk], None] | None = None
    buiten: Callable[[Installatie, Werk], Afronding | None] | None = None
    wachttijden: tuple[timedelta, ...] = STANDAARD_WACHTTIJDEN
    bij_dood: Callable[[Connection, Installatie, Werk, str], None] | None = None


@dataclass
class Afhandelaar:
    """Werkt af wat klaar staat. `bezig` zijn de leases van dit proces, die `verleng` levend houdt.

    `lease` is hoelang een ander van werk afblijft nadat dit proces is omgevallen.
    """

    installatie: Installatie
    lease: timedelta = LEASE
    bezig: set[UUID] = field(default_factory=set)

    def werk_af(self, doorgaan: Callable[[], bool] = lambda: True) -> int:
        """Handel alles af wat nu kan, zolang `doorgaan()`, en geef het aantal afgehandelde rijen (ook mislukte pogingen).

        Rijen komen in porties; wie een portie net aan een ander kwijtraakt, probeert het nog een paar keer, met alleen rijen die dan
        niemand vasthoudt. Zo lopen workers die tegelijk aan een grote stapel beginnen elkaar niet na.
        """
        aantal = vergeefs = 0
        while doorgaan() and vergeefs < MEESTE_VERGEEFSE_RONDES:
            portie = self._vrije_portie() if vergeefs else self._portie(PORTIE)
            if not portie:
                break
            gedaan = self._doe_portie(portie, doorgaan)
            aantal, vergeefs = aantal + gedaan, 0 if gedaan else vergeefs + 1
        return aantal

    def _doe_portie(self, portie: Sequence[int], doorgaan: Callable[[], bool]) -> int:
        gedaan = missers = 0
        for id_ in portie:
            if not doorgaan() or missers >= MEESTE_MISSERS:
                break
            gelukt = self._een(id_)
            gedaan, missers = gedaan + gelukt, 0 if gelukt else missers + 1
        return gedaan

    def verleng(self) -> None:
        """Houd de leases van dit proces levend; loopt in een eigen draad."""
        if self.bezig:
            with self.installatie.db.schrijven() as verbinding:
                opdracht = update(OutboxTabel).where(OutboxTabel.lease.in_(list(self.bezig)))
                verbinding.execute(opdracht.values(lease_tot=self.installatie.klok.nu() + self.lease))

    def staat_iets_klaar(self) -> bool:
        """Is er nu iets te doen? Voor de sweeper."""
        return bool(self._portie(1))

    def _portie(self, hoogstens: int) -> Sequence[int]:
        """De nummers van rijen die nu kunnen, oudste eerst; zonder ze vast te houden."""
        with self.installatie.db.lezen() as verbinding:
            return verbinding.scalars(_KLAAR, {**self._nu(), "hoogstens": hoogstens}).all()

    def _vrije_portie(self) -> Sequence[int]:
        """Als `_portie`, zonder wat een ander nu vasthoudt. Duurder: elke rij gaat even op slot."""
        with self.installatie.db.schrijven() as verbinding:
            return verbinding.scalars(_VRIJ, {**self._nu(), "hoogstens": PORTIE}).all()

    def _nu(self) -> dict[str, Any]:
        return {"nu": self.installatie.klok.nu(), "namen": list(self.installatie.verwerkers)}

    def _een(self, id_: int) -> bool:
        """Pak een rij als zij nog kan: een `binnen`-rij wordt meteen gedaan, een `buiten`-rij eerst geleend."""
        lease = uuid4()
        with self.installatie.db.schrijven() as verbinding:
            rij = verbinding.execute(_PAK, {**self._nu(), "id": id_}).mappings().first()
            if rij is None:
                return False
            werk = Werk(**{naam: rij[naam] for naam in Werk.__dataclass_fields__})
            verwerker = self.installatie.verwerkers[werk.verwerker]
            if werk.pogingen >= MEESTE_POGINGEN:
                self._mislukt(
                    verbinding, verwerker, werk, werk.pogingen, SteedsOmgevallen(f"na {werk.pogingen} pogingen")
                )
                return True
            if verwerker.binnen is not None:
                with _op_het_spoor(werk):
                    self._binnen(verbinding, verwerker, werk)
                return True
            self._leen(verbinding, werk, lease)
        with _op_het_spoor(werk):
            self._buiten(verwerker, werk, lease)
        return True

    def _leen(self, verbinding: Connection, werk: Werk, lease: UUID) -> None:
        waarden = {
            "staat": "bezig",
            "lease": lease,
            "lease_tot": self.installatie.klok.nu() + self.lease,
            "pogingen": werk.pogingen + 1,
        }
        verbinding.execute(update(OutboxTabel).where(OutboxTabel.id == werk.id).values(waarden))

    def _binnen(self, verbinding: Connection, verwerker: Verwerker, werk: Werk) -> None:
        assert verwerker.binnen is not None  # noqa: S101  # de aanroeper koos op deze eigenschap
        try:
            with verbinding.begin_nested():
                verwerker.binnen(verbinding, self.installatie, werk)
        except Exception as fout:  # noqa: BLE001  # elke fout van een verwerker telt als mislukte poging
            self._mislukt(verbinding, verwerker, werk, werk.pogingen + 1, fout)
        else:
            verbinding.execute(delete(OutboxTabel).where(OutboxTabel.id == werk.id))

    def _buiten(self, verwerker: Verwerker, werk: Werk, lease: UUID) -> None:
        if verwerker.buiten is None:
            raise TypeError(f"verwerker {verwerker.naam} heeft geen binnen en geen buiten")
        self.bezig.add(lease)
        try:
            self._vink_af(werk, lease, verwerker.buiten(self.installatie, werk))
        except Uitstel as uitstel:
            self._stel_uit(werk, lease, uitstel.tot)
        except Exception as fout:  # noqa: BLE001  # elke fout van een verwerker telt als mislukte poging
            with self.installatie.db.schrijven() as verbinding:
                if self._nog_van_mij(verbinding, werk, lease):
                    self._mislukt(verbinding, verwerker, werk, werk.pogingen + 1, fout)
        finally:
            self.bezig.discard(lease)

    def _vink_af(self, werk: Werk, lease: UUID, afronding: Afronding | None) -> None:
        with self.installatie.db.schrijven() as verbinding:
            if not self._nog_van_mij(verbinding, werk, lease):
                log.warning("lease verlopen; een ander doet het werk", outbox=werk.id)
                return
            if afronding is not None:
                afronding(verbinding)
            verbinding.execute(delete(OutboxTabel).where(OutboxTabel.id == werk.id))

    def _stel_uit(self, werk: Werk, lease: UUID, tot: datetime) -> None:
        waarden = {"staat": "wacht", "vanaf": tot, "pogingen": werk.pogingen, "lease": None, "lease_tot": None}
        with self.installatie.db.schrijven() as verbinding:
            if self._nog_van_mij(verbinding, werk, lease):
                verbinding.execute(update(OutboxTabel).where(OutboxTabel.id == werk.id).values(waarden))

    def _nog_van_mij(self, verbinding: Connection, werk: Werk, lease: UUID) -> bool:
        vraag = select(OutboxTabel.lease).where(OutboxTabel.id == werk.id).with_for_update()
        return verbinding.execute(vraag).scalar_one_or_none() == lease

    def _mislukt(
        self, verbinding: Connection, verwerker: Verwerker, werk: Werk, pogingen: int, fout: Exception
    ) -> None:
        tekst = maskeer(f"{type(fout).__name__}: {fout}")[:GROOTSTE_FOUTTEKST]
        dood = pogingen > len(verwerker.wachttijden)
        log.warning(
            "werk mislukt",
            outbox=werk.id,
            verwerker=werk.verwerker,
            poging=pogingen,
            dood=dood,
            fout=type(fout).__name__,
        )
        vanaf = self.installatie.klok.nu() + (timedelta() if dood else verwerker.wachttijden[pogingen - 1])
        waarden = {
            "staat": "dood" if dood else "wacht",
            "vanaf": vanaf,
            "pogingen": pogingen,
            "fout": tekst,
            "lease": None,
            "lease_tot": None,
        }
        verbinding.execute(update(OutboxTabel).where(OutboxTabel.id == werk.id).values(waarden))
        if dood and verwerker.bij_dood is not None:
            verwerker.bij_dood(verbinding, self.installatie, werk, tekst)


def _op_het_spoor(werk: Werk) -> AbstractContextManager[None]:
    """Logregels en aanroepen van dit werk horen bij het verzoek dat het naliet."""
    stap = spoor.uit_trace_id(werk.spoor)
    return structlog.contextvars.bound_contextvars(trace_id=stap.trace_id, span_id=stap.span_id, outbox=werk.id)
