"""Een installatie met alleen kern en de motor, op een eigen database; bouwblokken die bijhouden wat zij deden."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import Field
from sqlalchemy import text

from contracten import Bouwblok, Bouwblokken, BpmnFout, Fout, Geen, Gegevens, Herhaling, Onherstelbaar, Opdracht, Tekst
from kern.installatie import Installatie
from kern.migratie import werk_bij
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from kern.tabellen import KERN
from processen import deel
from processen.motor import Motor, TaakOpdracht
from tests import kernhulp


class Stem(Gegevens):
    waarde: str = Field(default="", title="Waarde")


class Antwoord(Gegevens):
    antwoord: str = Field(title="Antwoord")
    keer: int = Field(title="Keer")


class Instelling(Gegevens):
    toon: str = Field(default="zacht", title="Toon")


class Echo(Bouwblok[Instelling, Stem, Antwoord]):
    """Zegt na wat het krijgt; `gedrag` laat een test het anders doen."""

    sleutel = "proef.echo"
    naam = Tekst("Echo", "Echo")
    uitleg = Tekst("Zegt na.", "Repeats.")
    fouten = (Fout("geweigerd", Tekst("Geweigerd.", "Refused.")),)
    herhaling = Herhaling.seconden(1, 5)

    def __init__(self) -> None:
        self.opdrachten: list[Opdracht[Instelling, Stem]] = []
        self.gedrag: Callable[[Opdracht[Instelling, Stem]], None] = lambda _opdracht: None

    def voer_uit(self, opdracht: Opdracht[Instelling, Stem]) -> Antwoord:
        self.opdrachten.append(opdracht)
        self.gedrag(opdracht)
        return Antwoord(antwoord=f"{opdracht.configuratie.toon}: {opdracht.invoer.waarde}", keer=len(self.opdrachten))


class Niets(Bouwblok[Geen, Geen, Geen]):
    sleutel = "proef.niets"
    naam = Tekst("Niets", "Nothing")
    uitleg = Tekst("Doet niets.", "Does nothing.")

    def voer_uit(self, opdracht: Opdracht[Geen, Geen]) -> Geen:
        del opdracht
        return Geen()


@dataclass
class Takenbak:
    """Bewaart taken zoals de Taken API dat doet: op kenmerk, dus twee keer maken geeft dezelfde taak."""

    taken: dict[UUID, TaakOpdracht] = field(default_factory=dict)
    ingetrokken: set[UUID] = field(default_factory=set)
    verwijzingen: list[str] = field(default_factory=list)

    def maak(self, installatie: Installatie, taak: TaakOpdracht) -> str:
        self.taken[taak.kenmerk] = taak
        return f"{installatie.instellingen.adres}/taken/api/v1/taken/{taak.kenmerk}"

    def trek_in(self, installatie: Installatie, kenmerk: UUID, verwijzing: str) -> None:
        del installatie
        self.ingetrokken.add(kenmerk)
        self.verwijzingen.append(verwijzing)

    def open(self) -> list[TaakOpdracht]:
        return [taak for kenmerk, taak in self.taken.items() if kenmerk not in self.ingetrokken]


@dataclass
class Proef:
    """De motor met alles wat een test nodig heeft."""

    installatie: Installatie
    motor: Motor
    echo: Echo
    taken: Takenbak

    def zet_neer(self, bpmn: bytes, *dmn: str) -> None:
        with self.installatie.db.schrijven() as verbinding:
            self.motor.zet_neer(verbinding, bpmn, dmn)

    def start(self, sleutel: str, bedrijfssleutel: str = "b1", **variabelen: Any) -> UUID:
        with self.installatie.db.schrijven() as verbinding:
            return self.motor.start(verbinding, bedrijfssleutel, sleutel, variabelen)

    def draai(self, bpmn: bytes, sleutel: str = "p", **variabelen: Any) -> UUID:
        """Zet neer, start en werk alles af wat nu kan."""
        self.zet_neer(bpmn)
        instantie = self.start(sleutel, **variabelen)
        self.werk_af()
        return instantie

    def werk_af(self, **verder: float) -> int:
        """Doe wat de worker zou doen, eventueel nadat de klok verzet is."""
        if verder:
            kernhulp.verzet(self.installatie, **verder)
        return Afhandelaar(self.installatie).werk_af()

    def rond_af(self, element: str, **uitkomst: Any) -> bool:
        """Rond de open taak van dit element af."""
        with self.installatie.db.lezen() as verbinding:
            stap = (
                verbinding.execute(
                    text("SELECT stap FROM processen.wachtend WHERE element = :e ORDER BY nr"), {"e": element}
                )
                .scalars()
                .first()
            )
        if stap is None:
            return False
        with self.installatie.db.schrijven() as verbinding:
            gedaan = self.motor.taak_afgerond(verbinding, stap, uitkomst, door="jan")
        self.werk_af()
        return gedaan

    def bericht(self, naam: str, sleutel: str, uniek_id: str, **inhoud: Any) -> bool:
        with self.installatie.db.schrijven() as verbinding:
            nieuw = self.motor.bericht(verbinding, naam, sleutel, inhoud, uniek_id)
        self.werk_af()
        return nieuw

    def staat(self, instantie: UUID) -> str:
        return str(self.info(instantie).staat)

    def info(self, instantie: UUID) -> Any:
        with self.installatie.db.lezen() as verbinding:
            return self.motor.instantie(verbinding, instantie)

    def variabelen(self, instantie: UUID) -> dict[str, Any]:
        variabelen: dict[str, Any] = self.info(instantie).variabelen
        return variabelen

    def pad(self, instantie: UUID) -> list[str]:
        """De elementen op volgorde van bereiken, zonder wat nog loopt of afgebroken is."""
        with self.installatie.db.lezen() as verbinding:
            regels = self.motor.geschiedenis(verbinding, instantie)
        return [regel.element for regel in regels if regel.uitkomst in {"voltooid", "fout", "overgeslagen"}]

    def incidenten(self) -> list[Any]:
        with self.installatie.db.lezen() as verbinding:
            return list(self.motor.incidenten(verbinding))

    def herstel(self, actie: Any = "opnieuw", **meer: Any) -> None:
        incident = self.incidenten()[0]
        with self.installatie.db.schrijven() as verbinding:
            self.motor.herstel(verbinding, incident.id, actie, door="beheer", **meer)
        self.werk_af()


@pytest.fixture(scope="session")
def motordatabase(motoren: Motoren, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = kernhulp.maak_database(motoren)
    with kernhulp.open_installatie(url, motoren.redis_url, tmp_path_factory.mktemp("motor")) as installatie:
        werk_bij(installatie.db, [KERN, deel])
    return url


@pytest.fixture
def proef(motordatabase: str, motoren: Motoren, tmp_path: Path) -> Iterator[Proef]:
    with kernhulp.open_installatie(motordatabase, motoren.redis_url, tmp_path) as installatie:
        yield maak_proef(installatie)
        with installatie.db.engine.begin() as verbinding:
            verbinding.execute(
                text(
                    "TRUNCATE kern.outbox, processen.definitie, processen.instantie, processen.geschiedenis, processen.wachtend, "
                    "processen.bericht, processen.incident, processen.verhuizing"
                )
            )


def maak_proef(installatie: Installatie) -> Proef:
    echo, taken = Echo(), Takenbak()
    motor = Motor(installatie, Bouwblokken([echo, Niets()]), taakpoort=taken)
    installatie.verwerkers.update({verwerker.naam: verwerker for verwerker in motor.verwerkers()})
    return Proef(installatie, motor, echo, taken)


__all__ = ["BpmnFout", "Onherstelbaar", "Proef", "maak_proef"]
