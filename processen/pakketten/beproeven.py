"""Alle scenario's van een pakket spelen, met een verslag."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kern.installatie import Installatie
from processen.motor import Motor
from processen.pakketten.dekking import Dekking
from processen.pakketten.formaat import lees_pakket
from processen.pakketten.installeren import installeer
from processen.pakketten.nabootsen import boots_blokken_na
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.scenario import Scenario, lees_scenarios
from processen.pakketten.spelen import Proefplaats, Spel

MaakMotor = Callable[[Installatie], Motor]


@dataclass
class Uitslag:
    """De uitslag van een pakket: per scenario de verschillen (leeg is geslaagd), en de dekking."""

    pakket: str
    dekking: Dekking
    per_scenario: dict[str, list[str]] = field(default_factory=dict)

    @property
    def geslaagd(self) -> int:
        """Het aantal scenario's zonder verschil."""
        return sum(1 for fouten in self.per_scenario.values() if not fouten)

    @property
    def mislukt(self) -> int:
        """Het aantal scenario's met een verschil."""
        return len(self.per_scenario) - self.geslaagd


def beproef(
    map_: Path, plaats: Proefplaats, maak_motor: MaakMotor, meld: Callable[[str], None], alleen: str = ""
) -> Uitslag:
    """Speel de scenario's van het pakket in deze map (of `alleen` die met deze naam); `meld` krijgt het verslag per regel."""
    pakket, scenarios = lees_pakket(map_), [s for s in lees_scenarios(map_) if alleen in ("", s.naam)]
    uitslag = Uitslag(pakket.kop.naam, Dekking.van(pakket))
    meld(f"{pakket.kop.titel} {pakket.kop.versie}: {len(scenarios)} scenario's")
    if not scenarios:
        return uitslag
    anderen = [lees_pakket(MEEGELEVERD / naam) for naam in sorted({naam for s in scenarios for naam in s.ook})]

    def vul(installatie: Installatie) -> None:
        for ieder in (*anderen, pakket):
            installeer(installatie, maak_motor(installatie), ieder, door="scenario")

    plaats.richt_in(_voor(scenarios), vul)
    for scenario in scenarios:
        fouten = _speel(scenario, plaats, maak_motor, uitslag.dekking)
        uitslag.per_scenario[scenario.naam] = fouten
        meld(f"  {'mislukt' if fouten else 'goed   '}  {scenario.naam}")
        for fout in fouten:
            meld(f"             {fout}")
    for zin in uitslag.dekking.zinnen():
        meld(f"  {zin}")
    return uitslag


def _voor(scenarios: list[Scenario]) -> datetime:
    """Ruim voor het eerste scenario: dan staat het pakket er al."""
    return min(scenario.begin for scenario in scenarios) - timedelta(hours=1)


def _speel(scenario: Scenario, plaats: Proefplaats, maak_motor: MaakMotor, dekking: Dekking) -> list[str]:
    with plaats.kopie(scenario.begin, scenario.bronnen) as installatie:
        motor = maak_motor(installatie)
        fouten = boots_blokken_na(installatie, motor, scenario) or Spel(installatie, motor, scenario).speel()
        with installatie.db.lezen() as verbinding:
            dekking.tel(verbinding)
    return fouten
