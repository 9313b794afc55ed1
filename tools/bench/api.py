"""Hoe snel zijn de registraties, en wat zit er tussen hen en de vloer?

Dezelfde dataset en belasting voor iedereen: 20.000 zaken met elk een status en een rol, 10.000 BSN's, 3 zaaktypen; granian met vier
webprocessen van twee draden, 16 verbindingen uit één proces, een client met rechten per zaaktype, audittrail en notificaties aan. Ernaast, in
dezelfde loop: dezelfde rijen als `json_agg` rechtstreeks uit PostgreSQL, en een kale Flask-route met dezelfde bytes.

    api.py [--zaken 20000] [--seconden 3] [--profiel] [--vlak 1000000]

Met `--vlak` nog eens met zoveel zaken in de database: dezelfde verzoeken, en een pagina ver in de lijst. Bij elke grootte eerst met een
database die net herstart is (koud), dan nog eens langs dezelfde zaken (warm).
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import psycopg
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import Select, Text, cast, func, select
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
from registraties.zaken import deel as zakendeel
from registraties.zaken.bronnen import ZAAK
from tests.integratie.registraties.typen import RSIN
from tools.bench.hulp.belasting import Uitslag, belast, verzoek
from tools.bench.hulp.server import WERKERS, Server, granian, platform
from tools.bench.hulp.tellen import tel_sql, verdeling
from tools.bench.hulp.zaken import CLIENT, GEHEIM, Dataset, vul, vul_bij, zaak_json

CRS = {"Accept-Crs": "EPSG:4326"}
CRS_SCHRIJVEN = {**CRS, "Content-Crs": "EPSG:4326"}
ROL_BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
ZAKEN, CATALOGI, DOCUMENTEN = "/zaken/api/v1", "/catalogi/api/v1", "/documenten/api/v1"
DIALECT: Any = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy geeft hier geen type
OPWARMEN = 1.0  # seconden per verzoek
RONDE = 2_000  # zaken en personen waar de meting met één verbinding langs gaat
LANGSTE_RONDE = 6.0  # seconden
# Open Zaak 1.30 in zijn beste opstelling op zo'n machine, verzoeken per seconde.
OPEN_ZAAK = {
    "GET zaak": 84, "lijst van 100 zaken": 22.5, "zaken bij BSN": 95, "zaaktypen": 134, "POST zaak": 46, "POST status": 21,
    "POST document 10 kB": 43,
}  # fmt: skip
MEESTE = {"lezen": 6, "schrijven": 10}  # SQL-opdrachten per verzoek


@dataclass
class Proef:
    """Eén soort verzoek: hoe het eruitziet (uit een volgnummer), en welke vloer erbij hoort."""

    naam: str
    methode: str
    pad: Callable[[int], str]
    koppen: dict[str, str] = field(default_factory=dict)
    lichaam: Callable[[int], Any] | None = None
    vloer: Select[Any] | None = None

    def bytes(self, nummer: int, token: str) -> bytes:
        """Het hele HTTP-verzoek."""
        inhoud = orjson.dumps(self.lichaam(nummer)) if self.lichaam else b""
        return verzoek(self.methode, self.pad(nummer), {**self.koppen, "Authorization": f"Bearer {token}"}, inhoud)


def proeven(installatie: Installatie, data: Dataset) -> list[Proef]:
    """De verzoeken van de meting."""
    keuze = _keuze(installatie)
    basis = installatie.instellingen.adres
    ids, bsns, typen = data.zaken, data.bsns, data.typen
    een = keuze.where(ZAAK.model.id == ids[0])
    van_bsn = keuze.where(*voorwaarden(ZAAK.filters, [(ROL_BSN, bsns[0])], _omgeving(installatie)))
    verschuif = int(time.time()) % 1000  # elke reeks statussen heeft eigen tijdstippen
    return [
        Proef("GET zaak", "GET", lambda nr: f"{ZAKEN}/zaken/{ids[nr % len(ids)]}", CRS, vloer=een),
        Proef("lijst van 100 zaken", "GET", lambda _: f"{ZAKEN}/zaken", CRS, vloer=keuze.order_by(ZAAK.model.nr).limit(100)),
        Proef("zaken bij BSN", "POST", lambda _: f"{ZAKEN}/zaken/_zoek", CRS_SCHRIJVEN, lambda nr: {ROL_BSN: bsns[nr % len(bsns)]}, van_bsn),
        Proef("zaaktypen", "GET", lambda _: f"{CATALOGI}/zaaktypen"),
        Proef("POST zaak", "POST", lambda _: f"{ZAKEN}/zaken", CRS_SCHRIJVEN, lambda nr: zaak_json(typen[nr % 3])),
        Proef("POST status", "POST", lambda _: f"{ZAKEN}/statussen", {}, lambda nr: _status(basis, data, nr, verschuif)),
        Proef("POST document 10 kB", "POST", lambda _: f"{DOCUMENTEN}/enkelvoudiginformatieobjecten", {}, lambda _: _document(data)),
    ]  # fmt: skip


def _status(basis: str, data: Dataset, nummer: int, verschuif: int) -> dict[str, Any]:
    zaak, soort = data.typering[nummer % len(data.typering)]
    seconde = (nummer // len(data.typering) + verschuif) % 86_400
    moment = f"2026-02-01T{seconde // 3600:02}:{seconde // 60 % 60:02}:{seconde % 60:02}Z"
    return {"zaak": f"{basis}{ZAKEN}/zaken/{zaak}", "statustype": data.typen[soort].midden, "datumStatusGezet": moment}


def _document(data: Dataset) -> dict[str, Any]:
    return {
        "bronorganisatie": RSIN,
        "creatiedatum": "2026-01-05",
        "titel": "Bijlage",
        "auteur": "Aanvrager",
        "taal": "nld",
        "informatieobjecttype": data.typen[0].informatieobjecttype,
        "bestandsnaam": "bijlage.bin",
        "bestandsomvang": 10_240,
        "inhoud": "QUFB" * (10_240 // 3) + "QQ==",
    }


def _omgeving(installatie: Installatie) -> Any:
    assert zakendeel.maak_app is not None  # noqa: S101
    return zakendeel.maak_app(installatie).extensions["omgeving"]


def _keuze(installatie: Installatie) -> Select[Any]:
    """Precies de kolommen en afgeleide velden die de API ook leest."""
    return Lezer(_omgeving(installatie), ZAAK).keuze()


# --- meten ----------------------------------------------------------------------------------------------------------------------


def json_agg(url: str, vraag: Select[Any], seconden: float) -> float:
    """Hoe vaak per seconde PostgreSQL deze rijen als JSON geeft, met vier verbindingen."""
    rijen = vraag.subquery()
    als_json = select(
        cast(func.json_agg(func.row_to_json(rijen.table_valued())), Text)
    )  # tekst: de client ontleedt niets
    tekst = str(als_json.compile(dialect=DIALECT, compile_kwargs={"literal_binds": True}))
    tekst = tekst.replace("%%", "%")
    adres = url.replace("+psycopg", "")

    def een(_: int) -> int:
        aantal, einde = 0, time.perf_counter() + seconden
        with psycopg.connect(adres, autocommit=True, prepare_threshold=1) as verbinding:
            while time.perf_counter() < einde:
                verbinding.execute(tekst).fetchone()
                aantal += 1
        return aantal

    with ThreadPoolExecutor(WERKERS) as draden:
        return sum(draden.map(een, range(WERKERS))) / seconden


def sql_per_verzoek(installatie: Installatie, proef: Proef, token: str) -> tuple[int, bytes]:
    """Het aantal SQL-opdrachten van één verzoek als alles warm is, en het antwoord."""
    for nummer in (990_001, 990_002):
        _in_proces(installatie, proef, nummer, token)
    with tel_sql(installatie) as opdrachten:
        antwoord = _in_proces(installatie, proef, 990_003, token)
    return len(opdrachten), antwoord


def _in_proces(installatie: Installatie, proef: Proef, nummer: int, token: str) -> bytes:
    client = Client(installatie.wsgi)
    inhoud = orjson.dumps(proef.lichaam(nummer)) if proef.lichaam else None
    antwoord = client.open(
        proef.pad(nummer), method=proef.methode, data=inhoud, content_type="application/json",
        headers={**proef.koppen, "Authorization": f"Bearer {token}"},
    )  # fmt: skip
    if antwoord.status_code not in (200, 201):
        raise RuntimeError(f"{proef.naam}: {antwoord.status_code} {antwoord.get_data(as_text=True)[:400]}")
    return antwoord.get_data()


def meet(server: Server, proef: Proef, token: str, seconden: float) -> Uitslag:
    """Warm op en belast; elk verzoek heeft een eigen volgnummer."""
    belast(server.poort, lambda nr: proef.bytes(nr, token), OPWARMEN)
    return belast(server.poort, lambda nr: proef.bytes(nr + 100_000, token), seconden)


def meet_alles(installatie: Installatie, data: Dataset, opties: argparse.Namespace, map_: Path) -> None:
    """Drukt de tabel af: ons, de vloeren, en de verhouding."""
    token = _token()
    lijst = proeven(installatie, data)
    sql = {proef.naam: sql_per_verzoek(installatie, proef, token) for proef in lijst}
    (map_ / "vloer").mkdir()
    for nr, proef in enumerate(lijst):
        (map_ / "vloer" / str(nr)).write_bytes(sql[proef.naam][1])
    with granian(
        "tools.bench.hulp.vloer:maak_vloer", vrije_poort("127.0.0.1"), {"VLOER": str(map_ / "vloer")}
    ) as server:
        flask = [belast(server.poort, [verzoek("GET", f"/{nr}", {})], opties.seconden / 2) for nr in range(len(lijst))]
    direct = [
        json_agg(installatie.instellingen.database_url, p.vloer, opties.seconden / 2) if p.vloer is not None else None
        for p in lijst
    ]
    with platform(installatie.instellingen) as server:
        print(
            f"eerste antwoord van {WERKERS} webprocessen: {server.eerste_antwoord:.1f} s; RSS per proces {_mb(server.geheugen())}"
        )
        print(
            f"{'verzoek':<22}{'per s':>8}{'p50 ms':>8}{'p95 ms':>8}{'SQL':>5}{'kB':>8}{'Flask/s':>9}{'json_agg/s':>11}{'t.o.v. Flask':>13}{'Open Zaak':>11}"
        )
        for nr, proef in enumerate(lijst):
            uitslag = meet(server, proef, token, opties.seconden)
            _druk_af(proef.naam, uitslag, sql[proef.naam], flask[nr], direct[nr])
        print(
            f"RSS per webproces na de belasting {_mb(server.geheugen())}, waarvan eigen {_mb(server.eigen_geheugen())}; "
            f"met een evenredig deel van wat gedeeld is (PSS) {_mb(server.aandeel())}"
        )
    if opties.profiel:
        _profielen(installatie, lijst, token)


def meet_vlak(
    installatie: Installatie, klein: Dataset, opties: argparse.Namespace, herstart: Callable[[], str]
) -> None:
    """Dezelfde verzoeken bij weinig en bij veel zaken: hoeveel langzamer wordt het, koud en warm?"""
    kleintjes = meet_een_voor_een(installatie, klein, opties.seconden, herstart)
    begin = time.perf_counter()
    groot = vul_bij(installatie, klein, opties.vlak - opties.zaken)
    print(f"\naangevuld tot {opties.vlak} zaken in {time.perf_counter() - begin:.0f} s")
    groten = meet_een_voor_een(installatie, groot, opties.seconden, herstart, pagina=min(5000, opties.vlak // 100))
    druk_vlak_af(kleintjes, groten)


def meet_een_voor_een(
    installatie: Installatie, data: Dataset, seconden: float, herstart: Callable[[], str], pagina: int = 0
) -> dict[str, tuple[float, float]]:
    """De mediaan (ms) per verzoek, koud en warm, met één verbinding tegelijk: zo telt wachten op elkaar niet mee.

    Koud is de eerste ronde langs zaken en personen die verspreid liggen over de hele database, die net herstart is en dus nog niets in haar
    buffers heeft. Warm is daarna, langs dezelfde zaken en personen. Zo is het bij elke grootte even warm: met een miljoen zaken zou een korte
    meting anders vooral zaken vragen die nog nooit gelezen zijn, en met 20.000 niet.
    """
    deel = replace(data, typering=data.typering[:RONDE], bsns=data.bsns[:RONDE])
    lijst = proeven(installatie, deel)
    if pagina:
        lijst.append(Proef(f"pagina {pagina}", "GET", lambda _: f"{ZAKEN}/zaken?page={pagina}", CRS))
    token = _token()
    installatie.db.sluit()  # de verbindingen; bij de volgende vraag komen er nieuwe
    herstart()
    with platform(installatie.instellingen) as server:
        return {proef.naam: _koud_en_warm(server, proef, token, seconden) for proef in lijst}


def _koud_en_warm(server: Server, proef: Proef, token: str, seconden: float) -> tuple[float, float]:
    vanaf = int(time.time()) % 10_000 * 1000

    def ronde(duur: float, begin: int, hoogstens: int) -> Uitslag:
        return belast(
            server.poort, lambda nr: proef.bytes(nr + begin, token), duur, hoogstens=hoogstens, verbindingen=1
        )

    koud = ronde(LANGSTE_RONDE, vanaf, RONDE)
    warm = ronde(seconden, vanaf + 100 * RONDE, 10 * RONDE)
    if koud.fouten or warm.fouten:
        print(f"{proef.naam}: {koud.fouten} {warm.fouten}")
    return koud.mediaan, warm.mediaan


def druk_vlak_af(klein: dict[str, tuple[float, float]], groot: dict[str, tuple[float, float]]) -> None:
    """Per verzoek de mediaan bij weinig en bij veel zaken, en de verhouding, koud en warm."""
    print(f"{'mediaan in ms':<22}{'koud':>8}{'':>8}{'':>8}{'warm':>9}")
    for naam, duren in groot.items():
        delen = []
        for duur, eerst in zip(duren, klein.get(naam, (0.0, 0.0)), strict=True):
            delen.append(f"{eerst:>8.2f}{duur:>8.2f}" + (f"{duur / eerst:>7.2f}x" if eerst else f"{'':>8}"))
        print(f"{naam:<22}{' '.join(delen)}")


def _token() -> str:
    return jwt.encode(
        {"alg": "HS256"}, {"iss": CLIENT, "iat": int(time.time()), "client_id": CLIENT}, OctKey.import_key(GEHEIM)
    )


def _mb(waarden: list[float]) -> str:
    return "/".join(f"{waarde:.0f}" for waarde in sorted(waarden)) + " MB"


def _druk_af(naam: str, uitslag: Uitslag, sql: tuple[int, bytes], flask: Uitslag, direct: float | None) -> None:
    aantal, antwoord = sql
    print(
        f"{naam:<22}{uitslag.per_seconde:>8.0f}{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{aantal:>5}{len(antwoord) / 1000:>8.1f}"
        f"{flask.per_seconde:>9.0f}{(direct and f'{direct:.0f}') or '-':>11}{uitslag.per_seconde / flask.per_seconde:>13.0%}{uitslag.per_seconde / OPEN_ZAAK[naam]:>10.1f}x {uitslag.fouten}"
    )


def _profielen(installatie: Installatie, lijst: list[Proef], token: str) -> None:
    """Waar de rekentijd van een verzoek heen gaat (met cProfile, dus alleen de verhouding telt)."""
    print("\nrekentijd per pakket, één proces:")
    for proef in lijst:
        teller = iter(range(995_000, 996_000))
        delen = verdeling(lambda p=proef, t=teller: _in_proces(installatie, p, next(t), token), 100)  # type: ignore[misc]  # mypy kent de standaardwaarden niet
        print(f"  {proef.naam:<22}" + ", ".join(f"{naam} {deel:.0%}" for naam, deel in delen[:9]))


def _herstart(motoren: Motoren) -> str:
    """PostgreSQL opnieuw, met lege buffers; het adres blijft gelijk."""
    assert motoren.postgres  # noqa: S101  # de meting heeft altijd een eigen database
    motoren.postgres.stop()
    return motoren.postgres.start()


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--zaken", type=int, default=20_000)
    lezer.add_argument("--personen", type=int, default=10_000)
    lezer.add_argument("--seconden", type=float, default=3.0)
    lezer.add_argument("--vlak", type=int, default=0, help="ook met zoveel zaken")
    lezer.add_argument("--profiel", action="store_true")
    opties = lezer.parse_args()
    richt_in("warning", uitvoer=sys.stderr)
    with TemporaryDirectory() as map_, Motoren(Path(map_) / "d") as motoren:
        instellingen = laad_instellingen(
            omgeving="test", data=Path(map_), poort=vrije_poort("127.0.0.1"), geheime_sleutel="b" * 40,
            redis_prefix="meting:", log_niveau="warning", database_url=motoren.database_url, redis_url=motoren.redis_url,
        )  # fmt: skip
        begin = time.perf_counter()
        werk_database_bij(instellingen)
        print(
            f"lege database bijwerken: {time.perf_counter() - begin:.1f} s ({os.cpu_count()} kernen, belasting {os.getloadavg()[0]:.1f})"
        )
        installatie = maak_platform(instellingen)
        try:
            begin = time.perf_counter()
            data = vul(installatie, opties.zaken, opties.personen)
            print(f"{opties.zaken} zaken gevuld in {time.perf_counter() - begin:.1f} s")
            meet_alles(installatie, data, opties, Path(map_))
            if opties.vlak:
                meet_vlak(installatie, data, opties, lambda: _herstart(motoren))
        finally:
            installatie.sluit()


if __name__ == "__main__":
    main()
