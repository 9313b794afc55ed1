"""Wegwerpinstallaties voor scenario's: eigen motoren in een tijdelijke map, één ingerichte database en per scenario een kopie."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any, Protocol
from uuid import uuid4

import orjson
import psycopg
from psycopg import sql
from redis import Redis
from sqlalchemy import make_url

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from dienstverlening.stand import code
from kern import logboek
from kern.installatie import Installatie
from kern.instellingen import Instellingen, laad_instellingen
from kern.klok import NEDERLAND, Klok, VerzetbareKlok
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from processen.pakketten.spelen import Proefpersoon
from simulatoren import Postvak, bron_bestand, inlogpersonen, postvak_map
from simulatoren.opslag import schrijf_heel

ADRES = "http://scenario.test"
PORTIE, LEEG = 500, "leeg"
BEGIN = datetime(2000, 1, 1, 12, tzinfo=NEDERLAND)
"""De klok bij het inrichten van de basis: voor elk pakket dat er later bij komt."""
NAAR_BUITEN = (
    "dienst_", "andere_diensten", "inlogmiddelen", "brp_", "kvk_", "bag_", "inkomen_", "betalen_", "uitbetalen_", "http_toegestaan",
    "smtp_", "sms_", "opslag_", "import_map", "print_map", "zegel_", "objecttype_", "objecten_uitschrijven",
)  # fmt: skip
"""Het begin van de instellingen die naar iets buiten de proefplaats wijzen."""


class Adressen(Protocol):
    """Waar de motoren staan waarop een proefplaats haar databases maakt."""

    @property
    def database_url(self) -> str: ...

    @property
    def redis_url(self) -> str: ...


class Proefplaats:
    """Zie `processen.pakketten.spelen.Proefplaats`. `sjabloon` is een database die al gemigreerd is, als die er is.

    Met `bewaar_basis` blijft er op de motoren één ingerichte database zonder pakket staan, en begint elk voorbeeld als kopie daarvan:
    dan kost een gewijzigd pakket alleen zijn eigen installeren. Zij bevat niets van een proef.
    """

    def __init__(
        self, motoren: Adressen, map_: Path, sjabloon: str = "template1", *, bewaar_basis: bool = False
    ) -> None:
        self._motoren, self._map, self._sjabloon, self._bewaar_basis = motoren, map_, sjabloon, bewaar_basis
        self._naam = ""
        self._blijft = False

    def richt_in(self, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        """Een nieuwe, lege database met alle schema's, ingericht zoals bij het eerste starten, en daarna gevuld."""
        self._naam = f"scenario_{uuid4().hex[:12]}"
        self._maak(self._naam, moment, vul)

    def zorg_voor(
        self, reeks: str, inhoud: str, moment: datetime, vul: Callable[[Installatie], None], *, onderbouw: str
    ) -> None:
        """Zie `processen.pakketten.spelen.Proefplaats`. Het voorbeeld krijgt zijn naam pas als het af is."""
        voor = self._voor(reeks)
        onder, bouw = f"{voor}{_kort(onderbouw, code())[:8]}_", f"{voor}bouw"
        naam = onder + _kort(inhoud)[:12]
        self._naam, self._blijft = naam, True
        er = self._databases(onder)
        vorige = naam if naam in er else next((oud for oud in er if len(oud) == len(naam)), "")
        self._houd_alleen(voor, vorige)
        if vorige == naam:
            return
        if vorige:
            self._opdracht("CREATE DATABASE {} TEMPLATE {}", bouw, vorige)
            self._vul(bouw, moment, vul)
        else:
            self._maak(bouw, moment, vul)
        self._opdracht("ALTER DATABASE {} RENAME TO {}", bouw, naam)
        self._houd_alleen(voor, naam)

    def vergeet(self, reeks: str) -> None:
        """Zie `processen.pakketten.spelen.Proefplaats`."""
        for voor in (self._voor(reeks), self._voor(LEEG)):
            self._houd_alleen(voor, "")

    def _voor(self, reeks: str) -> str:
        return f"proef_{_kort(make_url(self._motoren.database_url).database or '', reeks)}_"

    def _houd_alleen(self, voor: str, naam: str) -> bool:
        """Haal de andere databases van deze reeks weg, ook wat een omgevallen worker achterliet; geeft of `naam` er is."""
        aanwezig = self._databases(voor)
        for oud in aanwezig:
            if oud != naam:
                self._gooi_weg(oud)
        return naam in aanwezig

    def _maak(self, naam: str, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        if self._bewaar_basis:
            self._opdracht("CREATE DATABASE {} TEMPLATE {}", naam, self._basis())
            self._vul(naam, moment, vul)
        else:
            self._maak_leeg(naam, moment, vul)

    def _maak_leeg(self, naam: str, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        self._opdracht("CREATE DATABASE {} TEMPLATE {}", naam, self._sjabloon)
        werk_database_bij(self._instellingen(naam, self._map / naam))

        def alles(installatie: Installatie) -> None:
            richt_in(installatie)
            vul(installatie)

        self._vul(naam, moment, alles)

    def _vul(self, naam: str, moment: datetime, vul: Callable[[Installatie], None]) -> None:
        with _open(self._instellingen(naam, self._map / naam), moment) as installatie:
            vul(installatie)
            while Afhandelaar(installatie).werk_af():
                pass
        self._wis(naam)

    def _basis(self) -> str:
        """De ingerichte database zonder pakket, van deze uitgave. Wie haar tegelijk nodig heeft wacht op wie haar maakt."""
        voor = f"proefbasis_{self._kenmerk()}_"
        naam, bouw = voor + _kort(code(), _inrichting(self._instellingen(voor, self._map))), f"{voor}bouw"
        with self._verbinding() as verbinding:
            verbinding.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [voor])
            if not self._houd_alleen(voor, naam):
                self._maak_leeg(bouw, BEGIN, lambda _: None)
                self._opdracht("ALTER DATABASE {} RENAME TO {}", bouw, naam)
        return naam

    def _kenmerk(self) -> str:
        """Van welke installatie de databases zijn."""
        return _kort(make_url(self._motoren.database_url).database or "")

    def personen(self) -> Sequence[Proefpersoon]:
        """Zie `processen.pakketten.spelen.Proefplaats`: dezelfde als op de inlogpagina van de simulator."""
        gevonden = []
        for persoon in inlogpersonen("digid", "eherkenning"):
            wie = persoon.claims
            if "vertegenwoordigde" not in wie and "vestiging" not in wie:
                nummers = {"bsn": wie.get("bsn", ""), "kvk": wie.get("kvk", "")}
                gevonden.append(Proefpersoon(persoon.sleutel, persoon.titel, persoon.toelichting, **nummers))
        return gevonden

    @contextmanager
    def leeg(self, moment: datetime) -> Iterator[Installatie]:
        """Zie `processen.pakketten.spelen.Proefplaats`."""
        naam = f"{self._voor(LEEG)}{uuid4().hex[:8]}"
        self._opdracht("CREATE DATABASE {} TEMPLATE {}", naam, self._basis())
        try:
            with _open(self._instellingen(naam, self._map / naam), moment) as installatie:
                yield installatie
        finally:
            self._gooi_weg(naam)

    @contextmanager
    def kopie(self, moment: datetime, bronnen: Mapping[str, Any]) -> Iterator[Installatie]:
        """Een kopie van de ingerichte database, in een eigen map en onder een eigen naam in Redis, met eigen inwoners in de BRP.

        E-mail komt in een eigen postvak, net als in de demo.
        """
        naam = f"{self._naam}_{uuid4().hex[:8]}"
        self._opdracht("CREATE DATABASE {} TEMPLATE {}", naam, self._naam)
        try:
            vooraf = self._instellingen(naam, self._map / naam)
            for bron, inhoud in bronnen.items():
                schrijf_heel(bron_bestand(vooraf, bron), orjson.dumps(inhoud))
            with Postvak(postvak_map(vooraf), Klok(), omgeving=vooraf.omgeving) as postvak:
                instellingen = vooraf.model_copy(update={"smtp_url": postvak.url})
                with _open(instellingen, moment) as installatie:
                    yield installatie
        finally:
            self._gooi_weg(naam)

    def _gooi_weg(self, naam: str) -> None:
        """Haal een installatie weg: haar database, haar sleutels in Redis en haar map."""
        self._opdracht("DROP DATABASE IF EXISTS {} WITH (FORCE)", naam)
        self._wis(naam)

    def _wis(self, naam: str) -> None:
        with Redis.from_url(self._motoren.redis_url) as redis:
            for sleutel in redis.scan_iter(match=f"*{naam}*", count=PORTIE):
                redis.unlink(sleutel)
        rmtree(self._map / naam, ignore_errors=True)

    def _instellingen(self, database: str, data: Path) -> Instellingen:
        data.mkdir(parents=True, exist_ok=True)
        return laad_instellingen(
            **niets_naar_buiten(), omgeving="test", data=data, publiek_adres=ADRES, database_url=self._url(database),
            redis_url=self._motoren.redis_url, redis_prefix=f"{database}:", geheime_sleutel="s" * 40, onderdelen="",
        )  # fmt: skip

    def _url(self, database: str) -> str:
        return make_url(self._motoren.database_url).set(database=database).render_as_string(hide_password=False)

    def ruim_op(self) -> None:
        """Haal ook de ingerichte database weg: nodig als de motoren blijven draaien."""
        if self._naam and not self._blijft:
            self._gooi_weg(self._naam)

    def _databases(self, voor: str) -> list[str]:
        with self._verbinding() as verbinding:
            gevonden = verbinding.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [voor])
            return [naam for (naam,) in gevonden]

    def _opdracht(self, tekst: str, *namen: str) -> None:
        with self._verbinding() as verbinding:
            verbinding.execute(sql.SQL(tekst).format(*map(sql.Identifier, namen)))

    def _verbinding(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._url("postgres").replace("+psycopg", ""), autocommit=True)


def niets_naar_buiten() -> dict[str, Any]:
    """De standaard van elke instelling die naar buiten wijst, zodat de omgeving van de gemeente daar niet telt.

    Anders vroeg een scenario de echte BRP, mailde het echte mensen en kwamen zijn bestanden bij de echte.
    """
    velden = Instellingen.model_fields.items()
    return {naam: veld.get_default(call_default_factory=True) for naam, veld in velden if naam.startswith(NAAR_BUITEN)}


def _inrichting(instellingen: Instellingen) -> str:
    """De instellingen waar het inrichten van kan afhangen; waar de proefplaats staat telt niet."""
    return instellingen.model_dump_json(exclude={"database_url", "redis_url", "redis_prefix", "data"})


def _kort(*delen: str) -> str:
    return sha256("\n".join(delen).encode()).hexdigest()[:16]


@contextmanager
def proefplaats() -> Iterator[Proefplaats]:
    """Een proefplaats met eigen motoren, die na afloop weg zijn."""
    logboek.richt_in("error")
    with tempfile.TemporaryDirectory(prefix="dv-scenario-") as tijdelijk:
        map_ = Path(tijdelijk)
        with Motoren(map_ / "motoren", snel=True) as motoren:
            yield Proefplaats(motoren, map_)


@contextmanager
def proefplaats_naast(installatie: Installatie) -> Iterator[Proefplaats]:
    """Een proefplaats op de motoren van deze installatie, met eigen databases die na afloop weg zijn.

    `psycopg.errors.InsufficientPrivilege` als de gebruiker van de database geen databases mag maken.
    """
    # Een vaste plek: zo vindt de volgende wat een omgevallen worker achterliet.
    map_ = installatie.instellingen.data.absolute() / "proefplaats"
    plaats = Proefplaats(installatie.instellingen, map_, bewaar_basis=True)
    try:
        yield plaats
    finally:
        plaats.ruim_op()


@contextmanager
def _open(instellingen: Instellingen, moment: datetime) -> Iterator[Installatie]:
    klok = VerzetbareKlok()
    klok.verzet(moment - klok.nu())
    installatie = maak_platform(instellingen, klok)
    try:
        yield installatie
    finally:
        installatie.sluit()
