"""Webprocessen die onder belasting met kill -9 omvallen: wat bevestigd is, is er, en zaak, audittrail en notificatie horen bij elkaar."""

import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import psutil
import pytest
from sqlalchemy import text

from dienstverlening.applicatie import bewaar_geheim, zet_rechten
from dienstverlening.opdrachten import vrije_poort, web
from dienstverlening.samenstellen import maak_platform
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.klok import VerzetbareKlok
from kern.machines import Ondertekening
from kern.outbox import Afhandelaar
from tests.duurzaam.test_worker import HUIS, wacht
from tests.duurzaam.werkers import omgeving_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, zaak_json

KILLS = 100
PROCESSEN = 4
BLIJFT = 1  # zoveel anderen nemen dan nog aan, zodat er steeds gewerkt wordt
GEDULD = 60
WERK = 5  # bevestigde verzoeken tussen twee keer omvallen
KLANTEN = 6
HIER = "127.0.0.1"
GEHEIM = "een-geheim-van-minstens-32-bytes-lang"


@dataclass
class Bevestigd:
    """Wat de klanten als antwoord kregen; `verbroken` zijn verzoeken zonder antwoord."""

    zaken: list[str] = field(default_factory=list)
    statussen: list[str] = field(default_factory=list)
    koppelingen: list[str] = field(default_factory=list)
    omschrijvingen: dict[str, str] = field(default_factory=dict)
    verbroken: int = 0


@pytest.fixture
def opgezet(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    """Een installatie op een echte poort, met vier webprocessen."""
    poort = vrije_poort(HIER)
    velden = {"publiek_adres": f"http://{HIER}:{poort}", "poort": poort, "web_processen": PROCESSEN, "luister_op": HIER}
    instellingen = eigen_instellingen("web").model_copy(update=velden)
    installatie = maak_platform(instellingen, VerzetbareKlok())
    bewaar_geheim(installatie, "klant", GEHEIM)
    zet_rechten(installatie, "klant", [])
    yield installatie
    installatie.sluit()


@contextmanager
def draaiend(instellingen: Instellingen) -> Iterator[psutil.Process]:
    """De webserver zoals `dienstverlening web` hem start; geeft het hoofdproces."""
    (opdracht,) = web(instellingen).values()
    proces = subprocess.Popen(opdracht, env=omgeving_van(instellingen), cwd=HUIS)
    hoofd = psutil.Process(proces.pid)
    try:
        wacht(lambda: _antwoordt(instellingen.adres), 180)
        yield hoofd
    finally:
        for kind in hoofd.children(recursive=True):
            kind.kill()
        proces.kill()
        proces.wait()


def _antwoordt(adres: str) -> bool:
    try:
        return httpx.get(f"{adres}/gezond").is_success
    except httpx.TransportError:
        return False


class Klant(threading.Thread):
    """Maakt zaken met een status en een documentkoppeling en wijzigt ze, tot het genoeg is. Een verbroken verzoek laat hij liggen."""

    def __init__(
        self, installatie: Installatie, typen: Typen, document: str, nummer: int, klaar: threading.Event
    ) -> None:
        super().__init__()
        self._typen, self._document, self._nummer, self._klaar = typen, document, nummer, klaar
        self._adres = installatie.instellingen.adres
        dienst = installatie.diensten["zaken"]
        self._auth = Ondertekening(installatie, dienst, "zaken")
        self.bevestigd = Bevestigd()
        self.gedaan = 0
        self.fouten: list[str] = []

    def run(self) -> None:
        keer = 0
        with httpx.Client(base_url=f"{self._adres}/zaken/api/v1/", auth=self._auth, timeout=30) as http:
            while not self._klaar.is_set():
                keer += 1
                self._ronde(http, keer)

    def _ronde(self, http: httpx.Client, keer: int) -> None:
        gedaan = self.bevestigd
        zaak = self._stuur(http, "POST", "zaken", zaak_json(self._typen, identificatie=f"K{self._nummer}-{keer}"))
        if zaak is None:
            return
        gedaan.zaken.append(zaak["url"])
        status = {"zaak": zaak["url"], "statustype": self._typen.begin, "datumStatusGezet": "2026-01-06T09:00:00Z"}
        if gezet := self._stuur(http, "POST", "statussen", status):
            gedaan.statussen.append(gezet["url"])
        if self._stuur(http, "PATCH", zaak["url"], {"omschrijving": f"keer {keer}"}):
            gedaan.omschrijvingen[zaak["url"]] = f"keer {keer}"
        koppeling = {"zaak": zaak["url"], "informatieobject": self._document}
        if gekoppeld := self._stuur(http, "POST", "zaakinformatieobjecten", koppeling):
            gedaan.koppelingen.append(gekoppeld["url"])

    def _stuur(self, http: httpx.Client, methode: str, pad: str, json: dict[str, Any]) -> dict[str, Any] | None:
        crs = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
        try:
            antwoord = http.request(methode, pad, json=json, headers=crs)
        except httpx.TransportError:
            self.bevestigd.verbroken += 1
            time.sleep(0.05)
            return None
        if not antwoord.is_success:
            # Wie halverwege een aanroep naar een ander onderdeel viel, kan alleen dit melden: niets bewaard.
            self.fouten.append(f"{methode} {pad}: {antwoord.status_code} {antwoord.text[:200]}")
            return None
        self.gedaan += 1
        gelezen: dict[str, Any] = antwoord.json()
        return gelezen


@pytest.mark.traag
def test_webprocessen_vallen_om(opgezet: Installatie, capsys: pytest.CaptureFixture[str]) -> None:
    """100 keer: niets bevestigd en weg, zaken = audittrail = notificaties, geen halve koppelingen."""
    typen = maak_typen(opgezet)
    document = maak_document(opgezet, typen.informatieobjecttype)
    zaad = random.randrange(1_000_000)  # noqa: S311  # geen geheim
    klaar = threading.Event()
    klanten = [Klant(opgezet, typen, document, nummer, klaar) for nummer in range(KLANTEN)]
    with draaiend(opgezet.instellingen) as hoofd:
        begin = time.monotonic()
        for klant in klanten:
            klant.start()
        try:
            _val_om(hoofd, random.Random(zaad), lambda: sum(klant.gedaan for klant in klanten))  # noqa: S311  # herhaalbaar toeval
        finally:
            klaar.set()
            for klant in klanten:
                klant.join()
        duur = time.monotonic() - begin
    assert [fout for klant in klanten for fout in klant.fouten] == [], f"zaad {zaad}"
    bevestigd = [klant.bevestigd for klant in klanten]
    _eis_alles_samen(opgezet, bevestigd)
    _eis_geen_halve_koppelingen(opgezet, {url for deel in bevestigd for url in deel.koppelingen})
    zaken, verbroken = sum(len(deel.zaken) for deel in bevestigd), sum(deel.verbroken for deel in bevestigd)
    with capsys.disabled():
        print(f"\nzaad {zaad}: {KILLS} webprocessen omgevallen, in {duur:.0f} s, {zaken} zaken, {verbroken} verbroken")  # noqa: T201  # het cijfer van de kill-test


def _val_om(hoofd: psutil.Process, toeval: random.Random, gedaan: Callable[[], int]) -> None:
    """Steeds een willekeurig webproces op een willekeurig moment, terwijl er gewerkt wordt."""
    for _ in range(KILLS):
        wacht(_meer_dan(gedaan, gedaan() + WERK), GEDULD)
        wacht(lambda: len(_bedienend(hoofd)) > BLIJFT, GEDULD)
        time.sleep(toeval.uniform(0, 0.2))
        toeval.choice(_bedienend(hoofd)).kill()


def _bedienend(hoofd: psutil.Process) -> list[psutil.Process]:
    """De webprocessen die verbindingen aannemen."""
    return [kind for kind in hoofd.children() if _luistert(kind)]


def _luistert(kind: psutil.Process) -> bool:
    try:
        return any(verbinding.status == psutil.CONN_LISTEN for verbinding in kind.net_connections(kind="tcp"))
    except psutil.NoSuchProcess:
        return False


def _meer_dan(gedaan: Callable[[], int], grens: int) -> Callable[[], bool]:
    return lambda: gedaan() > grens


def _eis_alles_samen(installatie: Installatie, bevestigd: list[Bevestigd]) -> None:
    zaken = _ids(installatie, "SELECT id FROM zaken.zaak")
    gezet = _ids(installatie, "SELECT id FROM zaken.status")
    for deel in bevestigd:
        assert {_id(url) for url in deel.zaken} <= zaken
        assert {_id(url) for url in deel.statussen} <= gezet
    audit = "SELECT split_part(resource_url, '/', 2) FROM zaken.audittrail WHERE resource = '{}' AND actie = '{}'"
    meldingen = (
        "SELECT split_part(inhoud->>'resourceUrl', '/', 2) FROM kern.outbox WHERE verwerker = 'notificatie' "
        "AND inhoud->>'resource' = '{}' AND inhoud->>'actie' = '{}'"
    )
    for vraag in (audit, meldingen):
        assert _ids(installatie, vraag.format("zaak", "create"), uniek=True) == zaken
        assert _ids(installatie, vraag.format("status", "create"), uniek=True) == gezet
    gewijzigd = _ids(installatie, "SELECT id FROM zaken.zaak WHERE omschrijving <> ''")
    assert {_id(url) for deel in bevestigd for url in deel.omschrijvingen} <= gewijzigd
    for vraag in (audit, meldingen):
        assert _ids(installatie, vraag.format("zaak", "partial_update"), uniek=True) == gewijzigd


def _eis_geen_halve_koppelingen(installatie: Installatie, bevestigd: set[str]) -> None:
    """De outbox ruimt op wat halverwege bleef; daarna is elke koppeling er aan beide kanten."""
    klok = installatie.klok
    assert isinstance(klok, VerzetbareKlok)
    klok.verzet(timedelta(minutes=5))
    with installatie.db.schrijven() as verbinding:  # de notificaties zijn al geteld; wat herstelt blijft over
        verbinding.execute(text("DELETE FROM kern.outbox WHERE verwerker = 'notificatie'"))
    Afhandelaar(installatie).werk_af()
    hier = _ids(installatie, "SELECT zaak FROM zaken.zaakinformatieobject WHERE mark = ''")
    daar = _ids(installatie, "SELECT split_part(object, '/', 2) FROM documenten.objectinformatieobject", uniek=True)
    assert hier == daar
    assert _ids(installatie, "SELECT id FROM zaken.zaakinformatieobject WHERE mark <> ''") == set()
    assert {_id(url) for url in bevestigd} <= _ids(installatie, "SELECT id FROM zaken.zaakinformatieobject")


def _ids(installatie: Installatie, vraag: str, *, uniek: bool = False) -> set[str]:
    with installatie.db.lezen() as verbinding:
        rijen = [str(rij) for rij in verbinding.scalars(text(vraag))]
    assert not uniek or len(rijen) == len(set(rijen)), "iets is dubbel vastgelegd"
    return set(rijen)


def _id(url: str) -> str:
    return url.rpartition("/")[2]
