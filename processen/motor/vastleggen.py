"""Wat een uitvoering in de database achterlaat: geschiedenis, wachtrijen, outbox-werk en incidenten, eerst in het geheugen."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import feel
from processen.motor.fouten import StapFout
from processen.motor.model import Element
from processen.motor.spiff_aanpassing import STARTED, Stap

Rij = dict[str, Any]


@dataclass
class Gevolgen:
    """Wat er in de database moet veranderen."""

    begonnen: dict[int, Rij] = field(default_factory=dict)
    geeindigd: dict[int, Rij] = field(default_factory=dict)
    wachtend: dict[UUID, Rij] = field(default_factory=dict)
    niet_meer: set[UUID] = field(default_factory=set)
    werk: list[Rij] = field(default_factory=list)
    incidenten: list[Rij] = field(default_factory=list)
    vervallen: set[UUID] = field(default_factory=set)
    """Stappen waarvan een open incident niet meer telt."""


class Vastlegging:
    """Het deel van een uitvoering dat onthoudt wat er gebeurd is en wat er nog moet gebeuren."""

    def __init__(self, instantie: UUID, nu: datetime, volgnummer: int) -> None:
        self.id, self.nu, self.volgnummer = instantie, nu, volgnummer
        self.gevolgen = Gevolgen()

    def bezig(self, stap: Stap) -> None:
        """De stap is begonnen en hoort later dat zij klaar is."""
        stap._set_state(STARTED)  # noqa: SLF001  # eigen klasse

    def geschiedenis(self, stap: Stap, invoer: Rij | None = None) -> int:
        """Begin de geschiedenis van deze stap (één keer) en geef haar nummer."""
        nr = stap.internal_data.get("nr")
        if nr is None:
            self.volgnummer += 1
            nr = stap.internal_data["nr"] = self.volgnummer
            element: Element = stap.task_spec.element
            self.gevolgen.begonnen[nr] = {
                "instantie": self.id, "nr": nr, "stap": stap.id, "element": element.id, "soort": element.soort,
                "naam": element.naam, "definitie": stap.workflow.gecompileerd.definitie,
                "begonnen": self.nu, "geeindigd": None, "door": "", "uitkomst": "", "invoer": None, "uitvoer": None, "uitleg": None,
            }  # fmt: skip
        if invoer:
            self._werk_bij(nr, {"invoer": feel.naar_json(invoer)})
        return int(nr)

    def geschiedenis_af(self, stap: Stap, uitkomst: str, *, uitvoer: Rij | None = None, door: str = "") -> None:
        """De stap is afgelopen: wat op haar wachtte vervalt."""
        self.vergeet(stap)
        if "incident" in stap.internal_data:
            self.gevolgen.vervallen.add(stap.id)
        nr = stap.internal_data.get("nr")
        if nr is not None:
            rij = {"geeindigd": self.nu, "uitkomst": uitkomst, "door": door}
            self._werk_bij(nr, rij | ({"uitvoer": feel.naar_json(uitvoer)} if uitvoer else {}))

    def leg_uit(self, stap: Stap, uitleg: Any) -> None:
        """Bewaar de uitleg van een beslissing bij deze stap."""
        self._werk_bij(self.geschiedenis(stap), {"uitleg": uitleg})

    def _werk_bij(self, nr: int, velden: Rij) -> None:
        doel = self.gevolgen.begonnen if nr in self.gevolgen.begonnen else self.gevolgen.geeindigd
        doel.setdefault(nr, {}).update(velden)

    def verwacht(self, stap: Stap, soort: str, naam: str = "", *, sleutel: str = "", vanaf: datetime | None = None,
                 inhoud: Rij | None = None) -> None:  # fmt: skip
        """Leg vast waar de stap op wacht."""
        stap.internal_data["wacht"] = 1
        self.gevolgen.niet_meer.discard(stap.id)
        self.gevolgen.wachtend[stap.id] = {
            "stap": stap.id, "instantie": self.id, "nr": stap.internal_data.get("nr", 0), "element": stap.task_spec.element.id,
            "soort": soort, "naam": naam, "sleutel": sleutel, "vanaf": vanaf, "verwijzing": "", "inhoud": inhoud or {},
            "sinds": self.nu,
        }  # fmt: skip

    def vergeet(self, stap: Stap) -> None:
        """De stap wacht nergens meer op."""
        if self.gevolgen.wachtend.pop(stap.id, None) is None and stap.internal_data.get("wacht"):
            self.gevolgen.niet_meer.add(stap.id)

    def plaats(self, verwerker: str, inhoud: Rij, *, sleutel: str | None = None, vanaf: datetime | None = None) -> None:
        """Werk voor de outbox."""
        rij = {
            "verwerker": verwerker,
            "inhoud": {"instantie": str(self.id), **inhoud},
            "sleutel": sleutel,
            "vanaf": vanaf,
        }
        self.gevolgen.werk.append(rij)

    def incident(self, stap: Stap, fout: StapFout, *, poging: int = 0) -> None:
        """De stap blijft staan tot een beheerder haar herstelt."""
        self.bezig(stap)
        stap.internal_data["incident"] = 1
        element = stap.task_spec.element
        self.gevolgen.incidenten.append({
            "id": uuid4(), "instantie": self.id, "stap": stap.id, "element": element.id if element else stap.task_spec.name,
            "soort": fout.soort, "fout": str(fout)[:2000], "poging": poging, "gemaakt": self.nu, "opgelost": None, "door": "",
            "oplossing": "", "outbox": None,
        })  # fmt: skip

    def vergeet_werk(self, stap: Stap) -> None:
        """Werk dat nog niet vastgelegd is voor een stap die alweer weg is."""
        sleutel = stap.id.hex
        self.gevolgen.werk = [rij for rij in self.gevolgen.werk if rij["inhoud"].get("stap") != sleutel]
