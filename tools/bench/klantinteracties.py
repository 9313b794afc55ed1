"""Hoe snel is een klantbeeld uit de Klantinteracties API, met 100.000 partijen en 1.000.000 klantcontacten?

Elke aanroep die het klantbeeld en de balie doen, op granian met vier webprocessen en vier verbindingen, telkens voor een andere
klant; van drie rondes telt de rustigste. Ernaast, in dezelfde loop: dezelfde rijen (met wat `expand` meegeeft) als `json_agg`
rechtstreeks uit PostgreSQL, en de rekentijd van het webproces per aanroep (die hangt niet af van wat er verder op de machine draait).

    klantinteracties.py [--partijen 100000] [--contacten 1000000] [--seconden 1] [--plannen]
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg
from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql
from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from kit.filters import voorwaarden
from kit.lezen import Lezer
from registraties.klantinteracties import bronnen
from registraties.klantinteracties import deel as klantdeel
from registraties.klantinteracties.modellen import Betrokkene, DigitaalAdres, InterneTaak, Klantcontact, Onderwerpobject
from tools.bench.hulp.belasting import Uitslag, belast, verzoek
from tools.bench.hulp.klanten import TOKEN, Klanten, vul
from tools.bench.hulp.server import WERKERS, platform
from tools.bench.hulp.tellen import tel_sql

BASIS = "/klantinteracties/api/v1"
DIALECT: Any = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy geeft hier geen type
VERBINDINGEN = 4
RONDES = 3
GRENS = 50.0  # milliseconden, p95
STEEKPROEF = 20  # zoveel verschillende klanten voor de vloer
KOPPEN = {"Authorization": f"Token {TOKEN}"}
PARTIJ = "hadBetrokkene__wasPartij__"
RELATIES = "hadBetrokkenen,gingOverOnderwerpobjecten,leiddeTotInterneTaken"
Criteria = Mapping[str, Any]
# De kinderen die `expand` van een bron meegeeft, en de kolom waarmee zij verwijzen.
KINDEREN: dict[str, list[tuple[Any, Any]]] = {
    "klantcontact": [
        (bronnen.BETROKKENE, Betrokkene.had_klantcontact),
        (bronnen.ONDERWERPOBJECT, Onderwerpobject.klantcontact),
        (bronnen.INTERNETAAK, InterneTaak.aanleidinggevend_klantcontact),
    ],
    "partij": [(bronnen.DIGITAALADRES, DigitaalAdres.verstrekt_door_partij)],
}


@dataclass
class Proef:
    """Eén aanroep: `_zoek` op een bron met criteria die van het volgnummer van de klant afhangen."""

    naam: str
    bron: Any
    criteria: Callable[[int], Criteria]
    expand: str = ""
    nieuwste: Any = None
    aantal: int = 10

    def lichaam(self, nummer: int) -> dict[str, Any]:
        volgorde = {"ordering": f"-{_lijnnaam(self.nieuwste)}"} if self.nieuwste is not None else {}
        return {**self.criteria(nummer), **({"expand": self.expand} if self.expand else {}), **volgorde}

    def pad(self, nummer: int) -> str:
        """Een lijst die geen `_zoek` heeft, krijgt haar criteria in het adres (daar staan geen nummers van mensen in)."""
        begin = f"{BASIS}/{self.bron.pad}"
        if self.bron.zoek:
            return f"{begin}/_zoek?pageSize={self.aantal}"
        return f"{begin}?{urlencode({**self.lichaam(nummer), 'pageSize': self.aantal})}"

    def bytes(self, nummer: int) -> bytes:
        """Het hele HTTP-verzoek."""
        if self.bron.zoek:
            return verzoek("POST", self.pad(nummer), KOPPEN, orjson.dumps(self.lichaam(nummer)))
        return verzoek("GET", self.pad(nummer), KOPPEN)

    def vloer(self, omgeving: Any, nummer: int) -> list[Select[Any]]:
        """De SELECT van de pagina, en een per relatie in `expand` met de id's van die pagina."""
        waar = voorwaarden(self.bron.filters, list(self.criteria(nummer).items()), omgeving)
        volgorde = [self.nieuwste.desc()] if self.nieuwste is not None else []
        pagina = Lezer(omgeving, self.bron).keuze().where(*waar).order_by(*volgorde, self.bron.model.nr)
        pagina = pagina.limit(self.aantal)
        if not self.expand:
            return [pagina]
        with omgeving.installatie.db.lezen() as verbinding:
            ids = [rij["k_id"] for rij in verbinding.execute(pagina).mappings()]
        kinderen = KINDEREN[self.bron.enkelvoud]
        return [pagina, *(Lezer(omgeving, bron).keuze().where(kolom.in_(ids)) for bron, kolom in kinderen)]


def _lijnnaam(kolom: Any) -> str:
    eerste, *rest = kolom.key.split("_")
    return str(eerste) + "".join(deel.capitalize() for deel in rest)


def proeven(data: Klanten) -> list[Proef]:
    """De aanroepen van het klantbeeld en de balie; klant 0 is de drukste en komt in de eigen proeven."""

    def om_de_beurt(lijst: Sequence[str], nummer: int) -> str:
        return lijst[1 + (nummer * 613) % (len(lijst) - 1)]

    def bsn(begin: str, nummer: int) -> Criteria:
        return {f"{begin}codeSoortObjectId": "bsn", f"{begin}objectId": om_de_beurt(data.bsns, nummer)}

    def partij(nummer: int) -> Criteria:
        return {f"{PARTIJ}uuid": om_de_beurt(data.partijen, nummer)}

    op_zaak = "onderwerpobject__onderwerpobjectidentificatorObjectId"
    nieuwste, contact, taak = Klantcontact.plaatsgevonden_op, bronnen.KLANTCONTACT, bronnen.INTERNETAAK
    return [
        Proef("partij bij BSN", bronnen.PARTIJ, lambda nr: bsn("partijIdentificator__", nr), "digitaleAdressen"),
        Proef("partij bij e-mail", bronnen.DIGITAALADRES, lambda nr: {"adres": f"klant{1 + nr % len(data.bsns)}@voorbeeld.nl"}),
        Proef("deel van e-mail", bronnen.DIGITAALADRES, lambda nr: {"adres__icontains": f"KLANT{10000 + nr % 90000}@"}),
        Proef("adressen van partij", bronnen.DIGITAALADRES, lambda nr: {"verstrektDoorPartij__uuid": om_de_beurt(data.partijen, nr)}, aantal=100),
        Proef("contacten bij BSN", contact, lambda nr: bsn(f"{PARTIJ}partijIdentificator__", nr), RELATIES, nieuwste),
        Proef("contacten van partij", contact, partij, RELATIES, nieuwste),
        Proef("idem, 872 contacten", contact, lambda _: {f"{PARTIJ}uuid": data.partijen[0]}, RELATIES, nieuwste),
        Proef("idem, pagina van 100", contact, lambda _: {f"{PARTIJ}uuid": data.partijen[0]}, RELATIES, nieuwste, 100),
        Proef("contacten bij zaak", contact, lambda nr: {op_zaak: om_de_beurt(data.zaken, nr)}, RELATIES, nieuwste),
        Proef("taken van partij", contact, lambda nr: {**partij(nr), "leiddeTotInterneTaken": True}, RELATIES, nieuwste),
        Proef("open taken van afdeling", taak, lambda nr: {"toegewezenAanActor__uuid": om_de_beurt(data.actoren, nr), "status": "te_verwerken"}, "", InterneTaak.toegewezen_op, 50),
        Proef("alle open taken", taak, lambda _: {"status": "te_verwerken"}, "", InterneTaak.toegewezen_op, 50),
        Proef("nieuwste contacten", contact, lambda _: {"kanaal": "telefoon"}, RELATIES, nieuwste, 50),
    ]  # fmt: skip


# --- meten ----------------------------------------------------------------------------------------------------------------------


def json_agg(adres: str, vragen: Sequence[Sequence[Select[Any]]]) -> float:
    """De mediaan (ms) van dezelfde rijen als JSON uit PostgreSQL, over deze klanten."""
    duren = []
    with psycopg.connect(adres, autocommit=True) as verbinding:
        for delen in vragen:
            teksten = [_als_json(deel) for deel in delen]
            for _ in range(3):
                begin = time.perf_counter()
                for tekst in teksten:
                    verbinding.execute(tekst.encode()).fetchone()
                duren.append((time.perf_counter() - begin) * 1000)
    return statistics.median(duren)


def _als_json(vraag: Select[Any]) -> str:
    rijen = vraag.subquery()
    als_json = select(func.json_agg(func.row_to_json(rijen.table_valued())))
    return str(als_json.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})).replace("%%", "%")


@dataclass(frozen=True)
class Los:
    """Eén aanroep los gemeten, als alles warm is: SQL-opdrachten, bytes in het antwoord, en rekentijd in ms."""

    sql: int
    omvang: int
    rekentijd: float


def _in_proces(installatie: Installatie, proef: Proef) -> Los:
    client = Client(installatie.wsgi)

    def doe(nummer: int) -> bytes:
        lichaam = proef.lichaam(nummer) if proef.bron.zoek else None
        antwoord = client.open(proef.pad(nummer), method="POST" if lichaam else "GET", json=lichaam, headers=KOPPEN)
        if antwoord.status_code != 200:  # noqa: PLR2004  # de code zegt wat het is
            raise RuntimeError(f"{proef.naam}: {antwoord.status_code} {antwoord.get_data(as_text=True)[:400]}")
        return antwoord.get_data()

    omvang = len(doe(7))
    with tel_sql(installatie) as opdrachten:
        doe(7)
    begin = time.process_time()
    for nummer in range(STEEKPROEF):
        doe(nummer)
    return Los(len(opdrachten), omvang, (time.process_time() - begin) * 1000 / STEEKPROEF)


def meet_alles(installatie: Installatie, data: Klanten, seconden: float) -> None:
    """Druk per aanroep af: p50, p95, SQL-opdrachten, en de verhouding tot json_agg."""
    i = installatie.instellingen
    assert klantdeel.maak_app is not None  # noqa: S101
    omgeving = klantdeel.maak_app(installatie).extensions["omgeving"]
    adres = i.database_url.replace("+psycopg", "")
    lijst = proeven(data)
    los = [_in_proces(installatie, proef) for proef in lijst]
    vloeren = [json_agg(adres, [proef.vloer(omgeving, nr) for nr in range(STEEKPROEF)]) for proef in lijst]
    kop = f"{'aanroep':<26}{'p50 ms':>8}{'p95 ms':>8}{'per s':>8}{'SQL':>5}{'kB':>7}{'rekentijd':>11}{'json_agg ms':>13}{'keer':>7}"
    print(f"{os.cpu_count()} kernen, belasting van de machine {os.getloadavg()[0]:.1f}\n{kop}")
    with platform(i) as server:
        for proef, een, vloer in zip(lijst, los, vloeren, strict=True):
            belast(server.poort, proef.bytes, 1.0, verbindingen=WERKERS * 4)
            rondes = [belast(server.poort, proef.bytes, seconden, verbindingen=VERBINDINGEN) for _ in range(RONDES)]
            _druk_af(proef.naam, min(rondes, key=lambda ronde: ronde.p95), een, vloer)


def _druk_af(naam: str, uitslag: Uitslag, los: Los, vloer: float) -> None:
    oordeel = "" if uitslag.p95 <= GRENS else f"meer dan {GRENS:g} ms"
    print(
        f"{naam:<26}{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{uitslag.per_seconde:>8.0f}{los.sql:>5}{los.omvang / 1000:>7.1f}"
        f"{los.rekentijd:>11.1f}{vloer:>13.2f}{uitslag.mediaan / vloer:>7.1f} {oordeel} {uitslag.fouten}"
    )


def druk_plannen_af(installatie: Installatie, data: Klanten) -> None:
    """Het plan van elke lijst, om te zien waar de tijd zit."""
    assert klantdeel.maak_app is not None  # noqa: S101
    omgeving = klantdeel.maak_app(installatie).extensions["omgeving"]
    with psycopg.connect(installatie.instellingen.database_url.replace("+psycopg", "")) as verbinding:
        for proef in proeven(data):
            vraag = proef.vloer(omgeving, 7)[0].compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})
            plan = verbinding.execute(f"EXPLAIN (ANALYZE, BUFFERS) {vraag}".replace("%%", "%").encode()).fetchall()
            print(f"\n{proef.naam}\n" + "\n".join(regel for (regel,) in plan))


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--partijen", type=int, default=100_000)
    lezer.add_argument("--contacten", type=int, default=1_000_000)
    lezer.add_argument("--seconden", type=float, default=1.0)
    lezer.add_argument("--plannen", action="store_true")
    opties = lezer.parse_args()
    richt_in("warning", uitvoer=sys.stderr)
    with TemporaryDirectory() as map_, Motoren(Path(map_) / "d") as motoren:
        instellingen = laad_instellingen(
            omgeving="test", data=Path(map_), poort=vrije_poort("127.0.0.1"), geheime_sleutel="b" * 40,
            redis_prefix="meting:", log_niveau="warning", database_url=motoren.database_url, redis_url=motoren.redis_url,
        )  # fmt: skip
        werk_database_bij(instellingen)
        installatie = maak_platform(instellingen)
        try:
            begin = time.perf_counter()
            data = vul(installatie, opties.partijen, opties.contacten)
            print(f"{opties.partijen} partijen en {opties.contacten} contacten in {time.perf_counter() - begin:.0f} s")
            if opties.plannen:
                druk_plannen_af(installatie, data)
            meet_alles(installatie, data, opties.seconden)
        finally:
            installatie.sluit()


if __name__ == "__main__":
    main()
