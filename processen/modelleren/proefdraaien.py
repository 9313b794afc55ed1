"""Proefdraaien: een werkversie stap voor stap proberen op een installatie van haar zelf, naast die van de gemeente.

Een proefrun is een scenario in wording. Elke stap komt erbij en de worker speelt het geheel opnieuw, op een verse kopie met een eigen
database, eigen simulatoren en een eigen klok. Zo blijft er niets draaien, kan elke stap terug, en is bewaren als scenario vanzelf goed.
"""

import hashlib
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from integratie.basis import ApiFout
from kern.installatie import Installatie
from kern.outbox import Verwerker, Werk, plaats
from kern.tabellen import OutboxTabel
from processen.modelleren.beeld import beeld_van
from processen.modelleren.misgegaan import ANDERS, lees_melding, melding_van
from processen.modelleren.proeven import GEEN_RECHT, MaakProefplaats, zet_neer
from processen.modelleren.tabellen import Proefrun
from processen.modelleren.werkplaats import Werkplaats, Wie
from processen.motor import MotorFout
from processen.onderdeel import maak_motor
from processen.pakketten.formaat import PakketFout, lees_pakket
from processen.pakketten.indienen import ScenarioFout
from processen.pakketten.installeren import installeer, is_er, staat_er_al
from processen.pakketten.nabootsen import boots_blokken_na
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.scenario import Scenario, Stap, lees_scenarios
from processen.pakketten.spelen import Proefplaats, Spel

VERWERKER = "modelleren.proefrun"
"""Eén verwerker met het pakket als sleutel: van een pakket is er één tegelijk bezig."""
WACHT, KLAAR, MISLUKT = "wacht", "klaar", "mislukt"
OP_GANG = timedelta(minutes=5)
"""Duurt een stap langer, dan is de worker waarschijnlijk omgevallen en mag een beheerder verder."""

TE_VERVANGEN = ("processen/", "beslissingen/", "formulieren/", "sjablonen/")
"""Delen waarvan een nieuwe versie de oude helemaal vervangt: na zo'n wijziging hoeft de rest van het pakket niet opnieuw."""
PROCES = re.compile(rb'<[\w:]*process\b[^>]*?\bid="[^"]*"')
"""Een proces dat anders heet komt naast het oude te staan, en dat bleef dan starten."""

ONTHOUDEN = timedelta(hours=1)
VERLOOPT = timedelta(days=1)
"""Wie zo lang geen stap zette, is zijn proefrun kwijt."""


class NogBezig(Exception):
    """De vorige stap wordt nog gespeeld."""


@dataclass(frozen=True)
class Proefrunstand:
    """Een proefrun zoals zij er nu voor staat; zie `tabellen.Proefrun`."""

    pakket: str
    door: str
    door_naam: str
    versie: int
    scenario: dict[str, Any]
    nieuw: dict[str, Any] | None
    staat: str
    melding: str
    beeld: dict[str, Any]
    stukken: list[dict[str, str]]
    gevraagd: datetime
    klaar: datetime | None
    duur: float

    @property
    def bezig(self) -> bool:
        return self.staat == WACHT

    @property
    def misgegaan(self) -> tuple[str, str]:
        """De soort (zie `misgegaan.UITLEG`; leeg als de melding zichzelf uitlegt) en wat de fout zelf zegt."""
        return lees_melding(self.melding)

    @property
    def stappen(self) -> list[dict[str, Any]]:
        """De stappen die na het indienen gezet zijn."""
        gezet: list[dict[str, Any]] = self.scenario.get("stappen", [])
        return gezet


class Proefruns:
    """De proefruns van een installatie: per beheerder één per pakket."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie

    def van(self, pakket: str, wie: Wie) -> Proefrunstand | None:
        """De proefrun van deze beheerder, als die er is."""
        return lees(self._installatie, pakket, wie.gebruikersnaam)

    def houd_klaar(self, pakket: str, versie: int) -> None:
        """Zet opnieuw klaar als de werkversie veranderde en iemand haar pas nog proefdraaide."""
        laatste = self._installatie.redis.get(self._klaar_sleutel(pakket))
        if laatste is not None and int(str(laatste, "ascii") if isinstance(laatste, bytes) else str(laatste)) != versie:
            self.bereid_voor(pakket, versie)

    def _klaar_sleutel(self, pakket: str) -> str:
        return self._installatie.redis_sleutel("proefrun-klaar", pakket)

    def bereid_voor(self, pakket: str, versie: int) -> None:
        """Laat de worker de installatie alvast klaarzetten, nu en een uur lang na elke wijziging; dan is de eerste stap er snel."""
        self._installatie.redis.set(self._klaar_sleutel(pakket), versie, ex=ONTHOUDEN)
        with self._installatie.db.schrijven() as verbinding:
            self._laat_verlopen(verbinding, pakket)
            plaats(self._installatie, verbinding, VERWERKER, {"pakket": pakket, "doe": "bereid_voor"}, sleutel=pakket)

    def begin(self, pakket: str, wie: Wie, scenario: Scenario) -> None:
        """Begin opnieuw, met dit verzoek; wat het scenario verwacht telt niet."""
        kaal = scenario.model_copy(update={"stappen": [s for s in map(_zonder_verwachting, scenario.stappen) if s]})
        inhoud = kaal.model_dump(mode="json", exclude_defaults=True, exclude={"verwacht", "verwacht_bij"})
        rij = {
            "pakket": pakket, "door": wie.gebruikersnaam, "door_naam": wie.naam, "versie": 0, "scenario": inhoud, "nieuw": None,
            "staat": WACHT, "melding": "", "beeld": {}, "stukken": [], "gevraagd": self._installatie.klok.nu(), "klaar": None, "duur": 0.0,
        }  # fmt: skip
        with self._installatie.db.schrijven() as verbinding:
            opdracht = insert(Proefrun).values(rij)
            verbinding.execute(opdracht.on_conflict_do_update(index_elements=["pakket", "door"], set_=rij))
            self._laat_verlopen(verbinding, pakket)
            self._speel(verbinding, pakket, wie)

    def _laat_verlopen(self, verbinding: Connection, pakket: str) -> None:
        """Zorg dat er over een tijd gekeken wordt of er nog iemand proefdraait; één keer per termijn is genoeg."""
        gepland = select(OutboxTabel.id).where(
            OutboxTabel.verwerker == VERWERKER, OutboxTabel.inhoud == {"pakket": pakket, "doe": "verloop"}
        )
        if verbinding.scalar(gepland.limit(1)) is None:
            plaats_verloop(self._installatie, verbinding, pakket)

    def zet(self, pakket: str, wie: Wie, stap: Stap) -> None:
        """Zet een stap. `NogBezig` als de vorige nog gespeeld wordt."""
        self._wijzig(pakket, wie, nieuw=stap.model_dump(mode="json", exclude_defaults=True))

    def terug(self, pakket: str, wie: Wie) -> None:
        """Neem de laatste stap terug; is er geen, dan wordt het verzoek opnieuw ingediend."""
        run = self.van(pakket, wie)
        if run is not None:
            self._wijzig(pakket, wie, nieuw=None, scenario={**run.scenario, "stappen": run.stappen[:-1]})

    def stop(self, pakket: str, wie: Wie) -> None:
        """Gooi de proefrun weg; er blijft niets van over."""
        with self._installatie.db.schrijven() as verbinding:
            verbinding.execute(delete(Proefrun).where(*_waar(pakket, wie.gebruikersnaam)))
            plaats(self._installatie, verbinding, VERWERKER, {"pakket": pakket, "doe": "ruim_op"}, sleutel=pakket)
        self._installatie.redis.delete(self._klaar_sleutel(pakket))

    def _wijzig(self, pakket: str, wie: Wie, **waarden: Any) -> None:
        nu = self._installatie.klok.nu()
        vrij = (Proefrun.staat != WACHT) | (Proefrun.gevraagd < nu - OP_GANG)
        opdracht = update(Proefrun).where(*_waar(pakket, wie.gebruikersnaam), vrij)
        with self._installatie.db.schrijven() as verbinding:
            if not verbinding.execute(opdracht.values(staat=WACHT, melding="", gevraagd=nu, **waarden)).rowcount:
                raise NogBezig
            self._speel(verbinding, pakket, wie)

    def _speel(self, verbinding: Connection, pakket: str, wie: Wie) -> None:
        wat = {"pakket": pakket, "doe": "speel", "door": wie.gebruikersnaam}
        plaats(self._installatie, verbinding, VERWERKER, wat, sleutel=pakket)


def _zonder_verwachting(stap: Stap) -> Stap | None:
    return stap.model_copy(update={"verwacht": None}) if stap.gebeurtenis else None


def _waar(pakket: str, door: str) -> tuple[Any, Any]:
    return Proefrun.pakket == pakket, Proefrun.door == door


def lees(installatie: Installatie, pakket: str, door: str) -> Proefrunstand | None:
    """Eén proefrun, of None."""
    velden = [Proefrun.__table__.c[naam] for naam in Proefrunstand.__dataclass_fields__]
    with installatie.db.lezen() as verbinding:
        rij = verbinding.execute(select(*velden).where(*_waar(pakket, door))).mappings().first()
    return Proefrunstand(**rij) if rij is not None else None


# --- in de worker ------------------------------------------------------------------------------------------------------------------


def proefrunverwerker(maak_proefplaats: MaakProefplaats) -> Verwerker:
    """Wie de stappen speelt. Het wordt niet herhaald: gaat het mis, dan zegt het scherm dat."""

    def werk_af(installatie: Installatie, werk: Werk) -> None:
        pakket, doe = werk.inhoud["pakket"], werk.inhoud["doe"]
        if doe == "bereid_voor":
            _bereid_voor(installatie, pakket, maak_proefplaats)
        elif doe == "verloop":
            _verloop(installatie, pakket)
        elif doe == "ruim_op":
            _ruim_op(installatie, pakket, maak_proefplaats)
        elif (run := lees(installatie, pakket, werk.inhoud["door"])) and run.bezig:
            _Speler(installatie, run, maak_proefplaats).speel()

    def breek_af(verbinding: Connection, installatie: Installatie, werk: Werk, fout: str) -> None:
        if werk.inhoud["doe"] == "speel":
            waarden = {
                "staat": MISLUKT,
                "melding": f"{ANDERS}\n{fout.partition(':')[0]}",
                "nieuw": None,
                "klaar": installatie.klok.nu(),
            }
            waar = _waar(werk.inhoud["pakket"], werk.inhoud["door"])
            verbinding.execute(update(Proefrun).where(*waar).values(waarden))

    return Verwerker(VERWERKER, buiten=werk_af, wachttijden=(), bij_dood=breek_af)


def _bereid_voor(installatie: Installatie, pakket: str, maak_proefplaats: MaakProefplaats) -> None:
    bestanden = Werkplaats(installatie, maak_motor(installatie)).bestanden(pakket)
    try:
        with _werkversie(bestanden) as map_, maak_proefplaats(installatie) as plaats:
            zet_klaar(plaats, Path(map_), bestanden, installatie.klok.vandaag(), ())
    except (PakketFout, psycopg.errors.InsufficientPrivilege):
        return  # wie begint krijgt het te zien


def plaats_verloop(installatie: Installatie, verbinding: Connection, pakket: str) -> None:
    """Zonder sleutel: werk dat pas later mag houdt anders alles met dezelfde sleutel op."""
    wanneer = installatie.klok.nu() + VERLOOPT + timedelta(minutes=1)
    plaats(installatie, verbinding, VERWERKER, {"pakket": pakket, "doe": "verloop"}, vanaf=wanneer)


def _verloop(installatie: Installatie, pakket: str) -> None:
    """Gooi weg wat niemand meer gebruikt; opruimen komt op de beurt van het pakket, want er kan net iets spelen."""
    oud = Proefrun.gevraagd < installatie.klok.nu() - VERLOOPT
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(delete(Proefrun).where(Proefrun.pakket == pakket, oud))
        if verbinding.scalar(select(Proefrun.pakket).where(Proefrun.pakket == pakket).limit(1)) is not None:
            plaats_verloop(installatie, verbinding, pakket)
        plaats(installatie, verbinding, VERWERKER, {"pakket": pakket, "doe": "ruim_op"}, sleutel=pakket)


def _ruim_op(installatie: Installatie, pakket: str, maak_proefplaats: MaakProefplaats) -> None:
    """Als niemand dit pakket meer proefdraait is ook de klaargezette installatie niet meer nodig."""
    with installatie.db.lezen() as verbinding:
        bezet = verbinding.scalar(select(Proefrun.pakket).where(Proefrun.pakket == pakket).limit(1))
    if bezet is None:
        with maak_proefplaats(installatie) as plaats:
            plaats.vergeet(pakket)


class _Speler:
    """Eén keer spelen: het scenario tot nu toe, met de nieuwe stap."""

    def __init__(self, installatie: Installatie, run: Proefrunstand, maak_proefplaats: MaakProefplaats) -> None:
        self._installatie, self._run, self._maak_proefplaats = installatie, run, maak_proefplaats

    def speel(self) -> None:
        run, begonnen = self._run, time.monotonic()
        werkplaats = Werkplaats(self._installatie, maak_motor(self._installatie))
        nieuw = [run.nieuw] if run.nieuw else []
        inhoud = {**run.scenario, "stappen": [*run.stappen, *nieuw]}
        versie = werkplaats.stand(run.pakket).versie
        try:
            beeld, stukken = self._draai(werkplaats.bestanden(run.pakket), Scenario.model_validate(inhoud))
        except (ScenarioFout, ApiFout, MotorFout) as fout:
            self._zet(staat=KLAAR if run.beeld else MISLUKT, melding=melding_van(fout))
        except PakketFout as fout:
            self._zet(staat=MISLUKT, melding=melding_van(fout))
        except psycopg.errors.InsufficientPrivilege:
            self._zet(staat=MISLUKT, melding=GEEN_RECHT)
        else:
            duur = round(time.monotonic() - begonnen, 2)
            self._zet(staat=KLAAR, scenario=inhoud, beeld=beeld, stukken=stukken, versie=versie, duur=duur)

    def _draai(self, bestanden: Mapping[str, bytes], scenario: Scenario) -> tuple[dict[str, Any], list[dict[str, str]]]:
        with _werkversie(bestanden) as map_, self._maak_proefplaats(self._installatie) as plaats:
            zet_klaar(plaats, Path(map_), bestanden, scenario.begin.date(), scenario.ook)
            with plaats.kopie(scenario.begin, scenario.bronnen) as installatie:
                motor = maak_motor(installatie)
                if fouten := boots_blokken_na(installatie, motor, scenario):
                    raise ScenarioFout("; ".join(fouten))
                spel = Spel(installatie, motor, scenario)
                spel.doe()
                return beeld_van(spel)

    def _zet(self, **waarden: Any) -> None:
        """Alleen als er intussen niet opnieuw begonnen is."""
        waar = (*_waar(self._run.pakket, self._run.door), Proefrun.gevraagd == self._run.gevraagd)
        with self._installatie.db.schrijven() as verbinding:
            klaar = self._installatie.klok.nu()
            verbinding.execute(update(Proefrun).where(*waar).values(nieuw=None, klaar=klaar, **waarden))


def _werkversie(bestanden: Mapping[str, bytes]) -> "tempfile.TemporaryDirectory[str]":
    map_ = tempfile.TemporaryDirectory(prefix="dv-proefrun-")
    zet_neer(bestanden, Path(map_.name))
    return map_


def _begindagen(map_: Path) -> list[date]:
    try:
        return [scenario.begin.date() for scenario in lees_scenarios(map_)]
    except PakketFout:
        return []  # een scenario dat niet te lezen is houdt niemand tegen


def zet_klaar(
    plaats: Proefplaats, map_: Path, bestanden: Mapping[str, bytes], dag: date, ook: "list[str] | tuple[str, ...]"
) -> None:
    """Maak van `plaats` een installatie met deze bestanden, van voor `dag` en voor elk scenario: dan is het steeds dezelfde, en gelden de typen.

    Na een wijziging in alleen `TE_VERVANGEN` komt die over de vorige heen: dat is wat publiceren ook doet, en veel sneller.
    """
    dag = min([dag, *_begindagen(map_)])
    pakketten = [*(lees_pakket(MEEGELEVERD / naam) for naam in sorted(ook)), pakket := lees_pakket(map_)]
    onderbouw, inhoud = (hashlib.sha256(f"{dag} {sorted(ook)}".encode()) for _ in range(2))
    for pad in sorted(pad for pad in bestanden if not pad.startswith("scenarios/")):  # die worden niet geïnstalleerd
        vast = b"".join(PROCES.findall(bestanden[pad])) if pad.startswith(TE_VERVANGEN) else bestanden[pad]
        onderbouw.update(f"{pad}\n".encode() + vast)
        inhoud.update(f"{pad}\n".encode() + bestanden[pad])

    def vul(installatie: Installatie) -> None:
        motor = maak_motor(installatie)
        # Vooraf gekeken: een ander pakket brengt straks misschien de meegeleverde versie mee, met andere typen.
        stond_er = {ieder.kop.naam for ieder in pakketten if is_er(installatie, ieder)}
        for ieder in pakketten:
            if not staat_er_al(installatie, ieder):
                installeer(installatie, motor, ieder, door="proefrun", typen=ieder.kop.naam not in stond_er)

    moment = datetime.combine(dag, datetime.min.time()).astimezone() - timedelta(hours=12)
    plaats.zorg_voor(pakket.kop.naam, inhoud.hexdigest(), moment, vul, onderbouw=onderbouw.hexdigest())
