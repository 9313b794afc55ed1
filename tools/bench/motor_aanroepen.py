"""Een proces van tien stappen, elk met precies één aanroep van een registratie: zes keer lezen en vier keer schrijven.

Het hele platform in elke worker, PostgreSQL op dezelfde kernen, fsync aan, volledige geschiedenis; aanroepen gaan door de echte API's in hetzelfde proces, en
elke wijziging geeft een audittrail en een notificatie, die ook verwerkt wordt. Streven: 60 instanties/s met vier workers. Wat een echt
pakket doet (ruim honderd aanroepen per instantie) meet motor_database.py.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import Field

sys.path.insert(0, str(Path(__file__).parents[2]))
from contracten import Bouwblok, Bouwblokken, Geen, Gegevens, Opdracht, Tekst
from dienstverlening.samenstellen import maak_platform
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from kern.installatie import Installatie
from kern.logboek import richt_in as richt_logboek_in
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from processen import maak_motor
from processen.motor import Motor
from tests import opzet
from tests.procesmodel import bpmn, dienst, einde, start

WERKERS, INSTANTIES, WARM, RONDES = 4, 200, 20, 3
STIL = 1.0
"""Zo lang niets meer te doen, in seconden, is klaar; die tijd telt niet mee."""
STAPPEN = ["lees", "lees", "schrijf", "lees", "schrijf", "lees", "schrijf", "lees", "schrijf", "lees"]
PREFIX = "benchtien:"
TYPE = UUID("0d7a4a52-63c1-4d9f-9a3f-7e0f0e0b5a11")
SPAWN = multiprocessing.get_context("spawn")
NAAM = Tekst("Meting", "Measurement")


class Invoer(Gegevens):
    object: str = Field(title="Object", description="URL van het object.")


class Lees(Bouwblok[Geen, Invoer, Geen]):
    """Eén GET."""

    sleutel, naam, uitleg = "bench.lees", NAAM, NAAM

    def voer_uit(self, opdracht: Opdracht[Geen, Invoer]) -> Geen:
        ObjectenClient(opdracht.installatie, namens="processen").vraag("GET", opdracht.invoer.object)
        return Geen()


class Schrijf(Bouwblok[Geen, Invoer, Geen]):
    """Eén PATCH, met audittrail, nieuw record en notificatie."""

    sleutel, naam, uitleg = "bench.schrijf", NAAM, NAAM

    def voer_uit(self, opdracht: Opdracht[Geen, Invoer]) -> Geen:
        record = {"typeVersion": 1, "data": {"stap": opdracht.element}, "startAt": opdracht.moment.date().isoformat()}
        client = ObjectenClient(opdracht.installatie, namens="processen")
        client.vraag("PATCH", opdracht.invoer.object, json={"record": record}, sleutel=opdracht.idempotentie("meting"))
        return Geen()


def model() -> bytes:
    """De keten."""
    namen = [f"s{nr}" for nr in range(len(STAPPEN))]
    stappen = [dienst(n, f"bench.{s}", {"object": "=object"}) for n, s in zip(namen, STAPPEN, strict=True)]
    return bpmn("tien", start(), *stappen, einde(), "start > " + " > ".join(namen) + " > einde")


def open_(url: str, redis: str, data: str) -> tuple[Installatie, Motor]:
    """Het platform, met de twee bouwblokken van de meting erbij."""
    richt_logboek_in("error")
    installatie = maak_platform(opzet.instellingen_voor(url, redis, Path(data), redis_prefix=PREFIX))
    motor = maak_motor(installatie)
    motor.bouwblokken = Bouwblokken([*motor.bouwblokken.values(), Lees, Schrijf])
    motor.definities._bouwblokken = motor.bouwblokken  # noqa: SLF001  # de controle bij het neerzetten kent ze dan ook
    installatie.stel_samen(installatie.wsgi, motor.verwerkers())
    return installatie, motor


def werker(url: str, redis: str, data: str, begin: Any) -> tuple[float, float, dict[str, tuple[int, float]]]:
    """Werk alles af vanaf het sein; geef het begin- en eindmoment en per API (aanroepen, seconden)."""
    installatie, _ = open_(url, redis, data)
    afhandelaar = Afhandelaar(installatie)
    begin.wait()
    begonnen = time.time()
    laatste = begonnen
    while time.time() - laatste < STIL:
        if afhandelaar.werk_af():
            laatste = time.time()
        else:
            time.sleep(0.005)
    uit = {api: (int(n), s) for api, (n, s) in _per_api(installatie).items()}
    installatie.sluit()
    return begonnen, laatste, uit


def _per_api(installatie: Installatie) -> dict[str, list[float]]:
    per_api: dict[str, list[float]] = {}
    for meting in installatie.metingen.register.collect():
        for punt in meting.samples:
            if punt.name in ("dienstverlening_verzoek_seconden_count", "dienstverlening_verzoek_seconden_sum"):
                per_api.setdefault(punt.labels["deel"], [0, 0])[punt.name.endswith("sum")] += punt.value
    return per_api


def vul(installatie: Installatie, motor: Motor, reeks: int, aantal: int) -> None:
    """Zoveel objecten, elk met een gestarte instantie."""
    typen, objecten = (
        ObjecttypenClient(installatie, namens="processen"),
        ObjectenClient(installatie, namens="processen"),
    )
    soort, versie = typen.zorg_voor_type(
        ObjectTypeIn(uuid=TYPE, name="meting", name_plural="metingen", allow_geometry=False), {"type": "object"}
    )
    record = ObjectRecordIn(type_version=versie, data={"stap": ""}, start_at=installatie.klok.vandaag())
    for nr in range(aantal):
        url = objecten.bewaar(ObjectIn(uuid=UUID(int=(reeks << 32) + nr + 1), type=soort.url, record=record)).url
        with installatie.db.schrijven() as verbinding:
            motor.start(verbinding, f"{reeks}-{nr}", "tien", {"object": url})


def ronde(plek: tuple[str, str, str], reeks: int, aantal: int) -> tuple[float, dict[str, tuple[float, float]], float]:
    """Instanties per seconde, per API (aanroepen, ms) per instantie, en de werktijd per instantie in ms."""
    installatie, motor = open_(*plek)
    vul(installatie, motor, reeks, aantal)
    with SPAWN.Manager() as beheer, SPAWN.Pool(WERKERS) as pool:
        begin = beheer.Event()
        lopend = pool.starmap_async(werker, [(*plek, begin)] * WERKERS, 1)
        time.sleep(6)  # de werkers laden het platform
        begin.set()
        uitkomsten = lopend.get()
    duur = max(u[1] for u in uitkomsten) - min(u[0] for u in uitkomsten)
    with installatie.db.lezen() as verbinding:
        klaar = sum(motor.instantie(verbinding, i.id).staat == "klaar" for i in _alle(motor, verbinding, reeks))
    installatie.sluit()
    if klaar != aantal:
        raise SystemExit(f"{klaar} van {aantal} instanties zijn klaar")
    som: dict[str, list[float]] = {}
    for _, _, delen in uitkomsten:
        for api, (keer, seconden) in delen.items():
            paar = som.setdefault(api, [0, 0])
            paar[0], paar[1] = paar[0] + keer, paar[1] + seconden
    return (
        aantal / duur,
        {a: (k / aantal, s / aantal * 1000) for a, (k, s) in som.items()},
        duur * WERKERS / aantal * 1000,
    )


def _alle(motor: Motor, verbinding: Any, reeks: int) -> list[Any]:
    from processen.motor.overzicht import Zoeken, zoek  # noqa: PLC0415  # alleen om na te tellen

    del motor
    rijen, _ = zoek(verbinding, Zoeken(definitie="tien"), 0, 100_000)
    return [rij for rij in rijen if rij.bedrijfssleutel.startswith(f"{reeks}-")]


def main() -> None:
    richt_logboek_in("error")
    with tempfile.TemporaryDirectory() as data, Motoren(Path(data) / "d", gebonden=False) as motoren:
        map_ = Path(data) / "platform"
        url = opzet.kopieer(motoren, opzet.zorg_voor_sjabloon(motoren, map_, ingericht=True), "tien")
        plek = (url, motoren.redis_url, str(map_))
        installatie, motor = open_(*plek)
        with installatie.db.schrijven() as verbinding:
            motor.zet_neer(verbinding, model())
        installatie.sluit()
        ronde(plek, 1, WARM)
        rondes = [ronde(plek, nr + 2, INSTANTIES) for nr in range(RONDES)]
    snelheden = [snelheid for snelheid, _, _ in rondes]
    snelste, per_api, werk = max(rondes, key=lambda r: r[0])
    print(
        f"tien aanroepen: {snelste:.0f} instanties/s met {WERKERS} werkers, mediaan van {RONDES} rondes {statistics.median(snelheden):.0f} (streven 60/s)"
    )
    in_apis = sum(ms for _, ms in per_api.values())
    print(
        f"   {werk:.0f} ms werk per instantie: {in_apis:.0f} ms in registraties, {werk - in_apis:.0f} ms in motor, outbox en client"
    )
    for api, (keer, ms) in sorted(per_api.items(), key=lambda deel: -deel[1][1])[:5]:
        print(f"   {api}: {keer:.1f} aanroepen, {ms:.1f} ms per instantie")


if __name__ == "__main__":
    main()
