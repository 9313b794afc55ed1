"""Voor wie het platform bewaakt: leeft het proces (/gezond), kan het werken (/gereed), en hoe gaat het (/metrics)."""

import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select, text

from kern import migratie
from kern.deel import Deel
from kern.installatie import Installatie
from kern.tabellen import OutboxTabel
from kern.toegang import openbaar

log = structlog.get_logger()
METRICS_SOORT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass
class Gereedheid:
    """De controles achter /gereed. Een schema dat eenmaal bij is, wordt niet steeds opnieuw gelezen."""

    installatie: Installatie
    delen: tuple[Deel, ...]
    _bij: set[str] = field(default_factory=set)

    def uitkomsten(self) -> dict[str, str]:
        """Per controle `goed`, of wat er mis is."""
        controles: dict[str, Callable[[], None]] = {
            "database": self._database,
            "migraties": self._migraties,
            "redis": self._redis,
        }
        return {naam: self._toets(naam, controle) for naam, controle in controles.items()}

    def _toets(self, naam: str, controle: Callable[[], None]) -> str:
        try:
            controle()
        except Exception as fout:  # noqa: BLE001  # elke reden is er een om geen verkeer te krijgen
            log.warning("niet gereed", controle=naam, fout=str(fout))
            return type(fout).__name__
        return "goed"

    def _database(self) -> None:
        with self.installatie.db.lezen() as verbinding:
            verbinding.execute(text("SELECT 1"))

    def _migraties(self) -> None:
        for deel in self.delen:
            if deel.naam not in self._bij and not migratie.is_bij(self.installatie.db, deel):
                raise RuntimeError(f"schema {deel.naam} loopt achter: draai dienstverlening db bijwerken")
            self._bij.add(deel.naam)

    def _redis(self) -> None:
        self.installatie.redis.ping()


class Outboxmeting(Collector):
    """Hoeveel werk er wacht, bezig of dood is en hoe oud het oudste is, op het moment van vragen."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def collect(self) -> Iterator[Metric]:
        aantal = GaugeMetricFamily("dienstverlening_outbox", "Rijen in de outbox per staat", labels=["staat"])
        oudste = GaugeMetricFamily("dienstverlening_outbox_oudste_seconden", "Leeftijd van het oudste werk dat nu kan")
        nu = self._installatie.klok.nu()
        with self._installatie.db.lezen() as verbinding:
            tellingen = {
                rij.staat: rij.aantal
                for rij in verbinding.execute(
                    select(OutboxTabel.staat, func.count().label("aantal")).group_by(OutboxTabel.staat)
                )
            }
            eerste: datetime | None = verbinding.execute(
                select(func.min(OutboxTabel.vanaf)).where(OutboxTabel.staat != "dood", OutboxTabel.vanaf <= nu)
            ).scalar_one()
        for staat in ("wacht", "bezig", "dood"):
            aantal.add_metric([staat], tellingen.get(staat, 0))
        oudste.add_metric([], (nu - eerste).total_seconds() if eerste else 0)
        yield aantal
        yield oudste


def maak_blauwdruk(installatie: Installatie, delen: Iterable[Deel] = ()) -> Blueprint:
    """De drie routes; hang haar in de app op de wortel. `delen` zijn de onderdelen waarvan /gereed de migraties nagaat."""
    blauwdruk = Blueprint("gezondheid", __name__)
    gereedheid = Gereedheid(installatie, tuple(deel for deel in delen if deel.tabellen is not None))
    # Niet in het register van de installatie: een tweede app zou daar dezelfde meting nog eens zetten.
    outbox = CollectorRegistry()
    outbox.register(Outboxmeting(installatie))

    @blauwdruk.get("/gezond")
    @openbaar
    def gezond() -> ResponseReturnValue:
        return {"status": "goed"}

    @blauwdruk.get("/gereed")
    @openbaar
    def gereed() -> ResponseReturnValue:
        uitkomsten = gereedheid.uitkomsten()
        return uitkomsten, 200 if set(uitkomsten.values()) == {"goed"} else 503

    @blauwdruk.get("/metrics")
    @openbaar
    def metrics() -> ResponseReturnValue:
        _eis_token(installatie)
        tekst = generate_latest(installatie.metingen.register) + generate_latest(outbox)
        return Response(tekst, content_type=METRICS_SOORT)

    return blauwdruk


def _eis_token(installatie: Installatie) -> None:
    """Zonder token is /metrics in productie dicht; daarbuiten open."""
    token = installatie.instellingen.metrics_token.get_secret_value()
    if not token and installatie.instellingen.omgeving != "productie":
        return
    gegeven = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(gegeven.encode(), token.encode()):
        abort(404)
