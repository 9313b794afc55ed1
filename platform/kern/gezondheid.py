"""Hoe het met een proces gaat, voor wie het bewaakt.

    /gezond    het proces leeft (vraagt niets aan database of Redis: een storing daar lost herstarten niet op)
    /gereed    database en Redis antwoorden en de migraties zijn gedaan; anders 503 met wat er niet klopt
    /metrics   metingen van dit proces en de stand van de outbox, voor Prometheus

Een eigen app vóór alle andere, zonder sessie: ook als de rest vastloopt, is dit te bevragen.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Flask, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from kern.deel import MetMigraties
from kern.installatie import Installatie
from kern.migratie import is_bij
from kern.tabellen import OutboxTabel
from kern.toegang import openbaar
from kern.transport import WsgiApp
from kern.web.app import maak_api_app

log = structlog.get_logger()
PADEN = frozenset({"/gezond", "/gereed", "/metrics"})


class MetGezondheid:
    """WSGI-laag die de paden hierboven zelf beantwoordt en de rest doorgeeft."""

    def __init__(self, installatie: Installatie, rest: WsgiApp, schemas: Iterable[MetMigraties] = ()) -> None:
        self.app = maak_app(installatie, schemas)
        self._rest = rest

    def __call__(self, omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        doel = self.app if omgeving.get("PATH_INFO") in PADEN else self._rest
        return doel(omgeving, start_response)


def maak_app(installatie: Installatie, schemas: Iterable[MetMigraties]) -> Flask:
    """De app met de drie routes; van `schemas` gaat /gereed de migraties na."""
    app = maak_api_app("gezondheid", installatie, import_naam=__name__)
    migraties = Migraties(installatie, list(schemas))

    @app.get("/gezond")
    @openbaar
    def gezond() -> dict[str, str]:
        return {"status": "gezond"}

    @app.get("/gereed")
    @openbaar
    def gereed() -> tuple[dict[str, bool], int]:
        stand = {
            "database": _werkt(lambda: _vraag_database(installatie)),
            "migraties": _werkt(migraties.eis_bij),
            "redis": _werkt(installatie.redis.ping),
        }
        return stand, 200 if all(stand.values()) else 503

    @app.get("/metrics")
    @openbaar
    def metrics() -> Response:
        _eis_token(installatie)
        return Response(
            generate_latest(installatie.metingen.register) + _outbox(installatie), content_type=CONTENT_TYPE_LATEST
        )

    return app


class MigratieNodig(Exception):
    """Een schema is niet op de versie van deze uitgave."""


@dataclass
class Migraties:
    """Gaat na of alle schema's bij zijn; een schema dat eenmaal bij is, wordt niet steeds opnieuw gelezen."""

    installatie: Installatie
    open: list[MetMigraties]

    def eis_bij(self) -> None:
        """Geef `MigratieNodig` als er een schema achterloopt."""
        self.open = [deel for deel in self.open if not is_bij(self.installatie.db, deel)]
        if self.open:
            raise MigratieNodig(", ".join(deel.naam for deel in self.open))


def _werkt(doe: Callable[[], object]) -> bool:
    try:
        doe()
    except (SQLAlchemyError, RedisError, MigratieNodig) as fout:
        log.warning("niet gereed", fout=type(fout).__name__)
        return False
    return True


def _vraag_database(installatie: Installatie) -> None:
    with installatie.db.lezen() as verbinding:
        verbinding.execute(select(1))


def _eis_token(installatie: Installatie) -> None:
    """In productie alleen met het token: metingen tonen hoeveel er van wat gebeurt."""
    token = installatie.instellingen.metrics_token.get_secret_value()
    if not token and installatie.instellingen.omgeving != "productie":
        return
    if not token or not hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        abort(401)


def _outbox(installatie: Installatie) -> bytes:
    """Hoeveel rijen wachten, bezig zijn of dood zijn, en hoelang de oudste al had gekund. Dode rijen vragen om een mens."""
    register = CollectorRegistry()
    meter = Gauge("dienstverlening_outbox_rijen", "Rijen in de outbox per staat", ["staat"], registry=register)
    oudste = Gauge(
        "dienstverlening_outbox_oudste_seconden", "Hoelang het oudste werk al wacht dat nu kan", registry=register
    )
    for staat in ("wacht", "bezig", "dood"):
        meter.labels(staat).set(0)
    nu = installatie.klok.nu()
    kan_nu = select(func.min(OutboxTabel.vanaf)).where(OutboxTabel.staat != "dood", OutboxTabel.vanaf <= nu)
    with installatie.db.lezen() as verbinding:
        for staat, aantal in verbinding.execute(select(OutboxTabel.staat, func.count()).group_by(OutboxTabel.staat)):
            meter.labels(staat).set(aantal)
        sinds = verbinding.execute(kan_nu).scalar_one()
    oudste.set((nu - sinds).total_seconds() if sinds else 0)
    return generate_latest(register)
