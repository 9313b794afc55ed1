"""Scenario's van een werkversie spelen, in de worker. Een proef telt zolang de werkversie niet verandert."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import Connection, insert, select, update

from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from processen.modelleren.tabellen import Proef
from processen.modelleren.werkplaats import Werkplaats, Wie
from processen.onderdeel import maak_motor
from processen.pakketten.beproeven import Uitslag, beproef
from processen.pakketten.formaat import PakketFout
from processen.pakketten.spelen import Proefplaats

VERWERKER = "modelleren.proef"
WACHT, LOOPT, KLAAR, AFGEBROKEN = "wacht", "loopt", "klaar", "afgebroken"
GEEN_RECHT = (
    "De gebruiker van de database mag geen databases maken; vraag de technisch beheerder om dat recht (CREATEDB)."
)
MaakProefplaats = Callable[[Installatie], AbstractContextManager[Proefplaats]]


@dataclass(frozen=True)
class Proefstand:
    """Een proef zoals zij er nu voor staat. `uitslag` heeft per scenario de verschillen, en onder `niet_geraakt` wat niemand raakte."""

    id: UUID
    pakket: str
    versie: int
    alleen: str
    staat: str
    regels: list[str]
    uitslag: Mapping[str, Any]
    gevraagd: datetime
    klaar: datetime | None
    door_naam: str

    @property
    def bezig(self) -> bool:
        return self.staat in (WACHT, LOOPT)

    @property
    def per_scenario(self) -> Mapping[str, list[str]]:
        """Per scenario de verschillen; leeg is geslaagd."""
        gevonden: Mapping[str, list[str]] = self.uitslag.get("scenarios", {})
        return gevonden

    @property
    def geslaagd(self) -> bool:
        """Of alles gespeeld is en alles klopte."""
        return self.staat == KLAAR and not self.alleen and not any(self.per_scenario.values())


class Proeven:
    """De proeven van een installatie."""

    def __init__(self, installatie: Installatie, werkplaats: Werkplaats) -> None:
        self._installatie, self._werkplaats = installatie, werkplaats

    def start(self, pakket: str, wie: Wie, alleen: str = "") -> UUID:
        """Vraag een proef van alle scenario's (of `alleen` dat ene) aan de worker; loopt er al een, dan die."""
        stand, vorige = self._werkplaats.stand(pakket), self.laatste(pakket)
        if vorige is not None and vorige.bezig and vorige.versie == stand.versie:
            return vorige.id
        id_, nu = uuid4(), self._installatie.klok.nu()
        rij = {
            "id": id_, "pakket": pakket, "versie": stand.versie, "alleen": alleen, "staat": WACHT, "regels": [], "uitslag": {},
            "gevraagd": nu, "klaar": None, "door": wie.gebruikersnaam, "door_naam": wie.naam,
        }  # fmt: skip
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Proef).values(rij))
            plaats(self._installatie, verbinding, VERWERKER, {"proef": str(id_)}, sleutel=pakket)
        return id_

    def een(self, id_: UUID) -> Proefstand | None:
        """Eén proef."""
        return self._lees(_PROEF.where(Proef.id == id_))

    def laatste(self, pakket: str) -> Proefstand | None:
        """De laatste proef van een pakket."""
        return self._lees(_PROEF.where(Proef.pakket == pakket).order_by(Proef.gevraagd.desc(), Proef.id).limit(1))

    def _lees(self, vraag: Any) -> Proefstand | None:
        with self._installatie.db.lezen() as verbinding:
            rij = verbinding.execute(vraag).mappings().first()
        return Proefstand(**rij) if rij is not None else None


_PROEF = select(*(Proef.__table__.c[naam] for naam in Proefstand.__dataclass_fields__))


def proefverwerker(maak_proefplaats: MaakProefplaats) -> Verwerker:
    """Wie de proeven doet. Zij worden niet herhaald: gaat het mis, dan vraagt iemand een nieuwe."""

    def speel(installatie: Installatie, werk: Werk) -> None:
        _Speler(installatie, UUID(werk.inhoud["proef"]), maak_proefplaats).speel()

    def breek_af(verbinding: Connection, installatie: Installatie, werk: Werk, fout: str) -> None:
        verbinding.execute(
            update(Proef)
            .where(Proef.id == UUID(werk.inhoud["proef"]))
            .values(staat=AFGEBROKEN, klaar=installatie.klok.nu(), regels=[fout.partition(":")[0]])
        )

    return Verwerker(VERWERKER, buiten=speel, wachttijden=(), bij_dood=breek_af)


class _Speler:
    """Eén proef; elke regel van het verslag staat meteen in de database, zodat het scherm de voortgang ziet."""

    def __init__(self, installatie: Installatie, proef: UUID, maak_proefplaats: MaakProefplaats) -> None:
        self._installatie, self._proef, self._maak_proefplaats = installatie, proef, maak_proefplaats
        self._regels: list[str] = []

    def speel(self) -> None:
        with self._installatie.db.lezen() as verbinding:
            velden = select(Proef.pakket, Proef.alleen, Proef.staat).where(Proef.id == self._proef)
            rij = verbinding.execute(velden).one()
        if rij.staat in (KLAAR, AFGEBROKEN):  # een vorige worker was klaar maar kon het niet meer afvinken
            return
        werkplaats = Werkplaats(self._installatie, maak_motor(self._installatie))
        self._zet(staat=LOOPT, versie=werkplaats.stand(rij.pakket).versie, regels=[])
        try:
            uitslag = self._beproef(werkplaats.bestanden(rij.pakket), rij.alleen)
        except PakketFout as fout:
            self._zet(staat=AFGEBROKEN, regels=fout.fouten, klaar=self._installatie.klok.nu())
        except psycopg.errors.InsufficientPrivilege:
            self._zet(staat=AFGEBROKEN, regels=[GEEN_RECHT], klaar=self._installatie.klok.nu())
        else:
            gevonden = {"scenarios": uitslag.per_scenario, "niet_geraakt": list(uitslag.dekking.gemist())}
            self._zet(staat=KLAAR, uitslag=gevonden, klaar=self._installatie.klok.nu())

    def _beproef(self, bestanden: Mapping[str, bytes], alleen: str) -> Uitslag:
        with tempfile.TemporaryDirectory(prefix="dv-werkversie-") as map_:
            zet_neer(bestanden, Path(map_))
            with self._maak_proefplaats(self._installatie) as plek:
                return beproef(Path(map_), plek, maak_motor, self._meld, alleen)

    def _meld(self, regel: str) -> None:
        self._regels.append(regel.strip())
        self._zet(regels=self._regels)

    def _zet(self, **waarden: Any) -> None:
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(update(Proef).where(Proef.id == self._proef).values(waarden))


def zet_neer(bestanden: Mapping[str, bytes], map_: Path) -> None:
    """Schrijf bestanden in een map."""
    for pad, inhoud in bestanden.items():
        doel = map_ / pad
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.write_bytes(inhoud)
