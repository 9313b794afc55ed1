"""Metingen van de motor voor Prometheus: wat loopt, waarop gewacht wordt, wat vastzit en hoeveel timers te laat zijn.

De getallen komen bij elke vraag uit de database (kleine deelindexen, ook met miljoenen afgelopen instanties), want de workers die het
werk doen hebben zelf geen pagina met metingen. Aantallen en duren per element staan in de API (`/definities/{uuid}/cijfers`).
"""

from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select

from kern.installatie import Installatie
from processen.motor.tabellen import Incident, Instantie, Wachtend


class Procesmetingen(Collector):
    """Vier meters: lopende instanties, wachtende stappen, open incidenten en de achterstand van timers."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def describe(self) -> list[Any]:
        """Niets vooraf: bij het aanmelden wordt de database nog niet bevraagd."""
        return []

    def collect(self) -> Iterator[Any]:
        with self._installatie.db.lezen() as verbinding:
            yield _lopend(verbinding)
            yield _wachtend(verbinding)
            yield _incidenten(verbinding)
            yield self._achterstand(verbinding)

    def _achterstand(self, verbinding: Connection) -> GaugeMetricFamily:
        nu = self._installatie.klok.nu()
        oudste = verbinding.scalar(
            select(func.min(Wachtend.vanaf)).where(Wachtend.soort == "tijd", Wachtend.vanaf <= nu)
        )
        naam, uitleg = (
            "dienstverlening_proces_timer_achterstand_seconden",
            "Hoelang de oudste timer al had moeten afgaan",
        )
        return GaugeMetricFamily(naam, uitleg, value=(nu - oudste).total_seconds() if oudste else 0)


def meld_aan(installatie: Installatie) -> None:
    """Zet de metingen van de motor op /metrics; nog eens aanmelden verandert niets."""
    register = installatie.metingen.register
    if not any(isinstance(deel, Procesmetingen) for deel in list(register._collector_to_names)):  # noqa: SLF001  # er is geen andere weg
        register.register(Procesmetingen(installatie))


def _lopend(verbinding: Connection) -> GaugeMetricFamily:
    meter = GaugeMetricFamily("dienstverlening_procesinstanties", "Lopende procesinstanties", labels=["definitie"])
    vraag = select(Instantie.sleutel, func.count()).where(Instantie.staat == "loopt").group_by(Instantie.sleutel)
    for definitie, aantal in verbinding.execute(vraag):
        meter.add_metric([definitie], aantal)
    return meter


def _wachtend(verbinding: Connection) -> GaugeMetricFamily:
    meter = GaugeMetricFamily("dienstverlening_proces_wachtend", "Wachtende stappen per soort", labels=["soort"])
    for soort, aantal in verbinding.execute(select(Wachtend.soort, func.count()).group_by(Wachtend.soort)):
        meter.add_metric([soort], aantal)
    return meter


def _incidenten(verbinding: Connection) -> GaugeMetricFamily:
    meter = GaugeMetricFamily("dienstverlening_proces_incidenten", "Open incidenten", labels=["definitie", "soort"])
    groep = (Instantie.sleutel, Incident.soort)
    vraag = select(*groep, func.count()).select_from(Incident).join(Instantie, Instantie.id == Incident.instantie)
    for definitie, soort, aantal in verbinding.execute(vraag.where(Incident.opgelost.is_(None)).group_by(*groep)):
        meter.add_metric([definitie, soort], aantal)
    return meter
