"""Hoe snel is zoeken in de Objecten API over 1.000.000 objecten?

Filters op paden die het objecttype aanwijst, `icontains` en `data_icontains`, op granian met vier webprocessen en vier
verbindingen, telkens met een andere waarde. Ernaast, in dezelfde loop: dezelfde rijen als `json_agg` rechtstreeks uit PostgreSQL.

    objecten.py [--objecten 1000000] [--seconden 3] [--plannen]
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask
from psycopg.sql import quote
from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from integratie.objecten.schemas import Zoekvraag
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.machines import Aanroeper
from kern.motoren import Motoren
from registraties.objecten import deel as objectendeel
from registraties.objecten import lezen
from registraties.objecten.rechten import Rechten
from registraties.objecten.zoeken import criteria
from tools.bench.hulp.belasting import Uitslag, belast, verzoek
from tools.bench.hulp.objecten import NAMEN, PADEN, TOKEN, naam, vul
from tools.bench.hulp.server import WERKERS, platform
from tools.bench.hulp.tellen import tel_sql

PAD = "/objecten/api/v2/objects"
DIALECT: Any = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy geeft hier geen type
VERBINDINGEN = 4
GRENS = 50.0  # milliseconden, p95
STEEKPROEF = 20
RONDES = 3  # de beste telt: wat de machine intussen anders deed hoort er niet bij
KOPPEN = {"Authorization": f"Token {TOKEN}"}
Vraag = dict[str, str | list[str]]


@dataclass
class Proef:
    """Eén zoekvraag, met waarden die van het volgnummer afhangen. `grens`: of het doel ervoor geldt."""

    naam: str
    vraag: Callable[[int], Vraag]
    grens: bool = True

    def pad(self, soort: str, nummer: int) -> str:
        """Het adres met alle criteria."""
        return f"{PAD}?{urlencode({'type': soort, 'pageSize': '100', **self.vraag(nummer)}, doseq=True)}"


def proeven(aantal: int) -> list[Proef]:
    """Op elk aangewezen pad, gecombineerd, gesorteerd, en in teksten."""

    def nummer_van(nr: int) -> str:
        return f"{1 + nr * 7919 % aantal:07d}"

    def dag(nr: int) -> str:
        return f"{1900 + nr % 120}-{1 + nr % 12:02d}-{1 + nr % 28:02d}"

    def hoogte(nr: int) -> list[str]:
        begin = nr % 39
        return [f"hoogte__gte__{begin}.5", f"hoogte__lt__{begin}.52"]

    def wijk(nr: int) -> str:
        return f"plek__wijk__exact__wijk {nr % 1000}"

    def melder(nr: int) -> str:
        return naam(nr * 31 % NAMEN)

    return [
        Proef("exact, uniek", lambda nr: {"data_attr": f"kenmerk__exact__BOOM-{nummer_van(nr)}"}),
        Proef("exact, genest pad", lambda nr: {"data_attr": wijk(nr)}),
        Proef("in, drie waarden", lambda nr: {"data_attr": f"plek__wijk__in__wijk {nr % 999}|wijk {nr % 777}|wijk {nr % 555}"}),
        Proef("getal tussen twee grenzen", lambda nr: {"data_attr": hoogte(nr)}),
        Proef("datum op een dag", lambda nr: {"data_attr": [f"geplant__gte__{dag(nr)}", f"geplant__lte__{dag(nr)}"]}),
        Proef("wijk, hoger dan, jonger dan", lambda nr: {"data_attr": [wijk(nr), "hoogte__gt__20", "geplant__gt__1980-01-01"]}),
        Proef("wijk, gesorteerd", lambda nr: {"data_attr": wijk(nr), "ordering": "-record__data__hoogte"}),
        Proef("niets gevonden", lambda nr: {"data_attr": f"kenmerk__exact__weg{nr}"}),
        Proef("icontains", lambda nr: {"data_attr": f"omschrijving__icontains__DOOR {melder(nr).upper()}"}),
        Proef("icontains, midden in", lambda nr: {"data_attr": f"kenmerk__icontains__{nummer_van(nr)[1:]}"}),
        Proef("data_icontains", lambda nr: {"data_icontains": melder(nr)}),
        Proef("data_icontains, niets", lambda nr: {"data_icontains": f"onvindbaar{nr}"}),
        Proef("icontains en wijk", lambda nr: {"data_attr": [wijk(nr), "omschrijving__icontains__kanaal"]}),
        Proef("soort (een op tien)", lambda _: {"data_attr": "soort__exact__iep"}, grens=False),
        Proef("woord (een op vijf)", lambda _: {"data_icontains": "kanaal"}, grens=False),
        Proef("alles", lambda _: {}, grens=False),
    ]  # fmt: skip


# --- meten ----------------------------------------------------------------------------------------------------------------------


def _als_json(app: Flask, proef: Proef, soort: str, nummer: int) -> str:
    """Dezelfde zoekvraag als één SELECT die zelf JSON maakt."""
    omgeving = app.extensions["omgeving"]
    vraag = Zoekvraag.model_validate({"type": soort, **proef.vraag(nummer)})
    rechten = Rechten.van(Aanroeper("meting", rechten={"*": "alles"}), omgeving)
    wens = criteria(vraag, omgeving, rechten)
    peil = lezen.Peil.uit(None, None, omgeving.installatie.klok.vandaag())
    rijen = lezen.vraag(peil, wens, 0, 100).subquery()
    opdracht = select(func.json_agg(func.row_to_json(rijen.table_valued())))
    klaar = opdracht.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    # SQLAlchemy kan JSON niet als tekst in de opdracht zetten; psycopg wel.
    als_tekst = {
        naam: quote(Jsonb(waarde) if isinstance(klaar.binds[naam].type, JSONB) else waarde)
        for naam, waarde in klaar.params.items()
    }
    return str(klaar) % als_tekst


def json_agg(adres: str, teksten: list[str]) -> float:
    """De mediaan (ms) van dezelfde rijen als JSON uit PostgreSQL, over deze vragen."""
    duren = []
    with psycopg.connect(adres, autocommit=True) as verbinding:
        for tekst in teksten:
            for _ in range(3):
                begin = time.perf_counter()
                verbinding.execute(tekst.encode()).fetchone()
                duren.append((time.perf_counter() - begin) * 1000)
    return statistics.median(duren)


def _in_proces(installatie: Installatie, proef: Proef, soort: str) -> tuple[int, int]:
    """Hoeveel SQL-opdrachten één aanroep kost als alles warm is, en hoeveel objecten er op de pagina staan."""
    client = Client(installatie.wsgi)

    def doe() -> int:
        antwoord = client.get(proef.pad(soort, 7), headers=KOPPEN)
        if antwoord.status_code != 200:  # noqa: PLR2004  # de code zegt wat het is
            raise RuntimeError(f"{proef.naam}: {antwoord.status_code} {antwoord.get_data(as_text=True)[:400]}")
        return len((antwoord.json or {})["results"])

    aantal = doe()
    with tel_sql(installatie) as opdrachten:
        doe()
    return len(opdrachten), aantal


def meet_alles(installatie: Installatie, soort: str, aantal: int, seconden: float) -> None:
    """Druk per zoekvraag af: p50, p95, SQL-opdrachten, rijen, en de verhouding tot json_agg."""
    i = installatie.instellingen
    assert objectendeel.maak_app is not None  # noqa: S101
    app = objectendeel.maak_app(installatie)
    adres = i.database_url.replace("+psycopg", "")
    lijst = proeven(aantal)
    los = [_in_proces(installatie, proef, soort) for proef in lijst]
    vloeren = [
        json_agg(adres, [_als_json(app, proef, soort, nr) for nr in range(STEEKPROEF if proef.grens else 1)])
        for proef in lijst
    ]
    print(
        f"{'zoekvraag':<30}{'p50 ms':>8}{'p95 ms':>8}{'per s':>8}{'SQL':>5}{'rijen':>7}{'json_agg ms':>13}{'keer':>7}"
    )
    with platform(i) as server:
        for proef, (sql, rijen), vloer in zip(lijst, los, vloeren, strict=True):
            verzoeken = [verzoek("GET", proef.pad(soort, nr), KOPPEN) for nr in range(1000)]
            if proef.grens:
                belast(server.poort, verzoeken, min(1.0, seconden), verbindingen=WERKERS * 4)
            rondes = [
                belast(server.poort, verzoeken, seconden, verbindingen=VERBINDINGEN if proef.grens else 1)
                for _ in range(RONDES if proef.grens else 1)
            ]
            _druk_af(proef, min(rondes, key=lambda uitslag: uitslag.p95), sql, rijen, vloer)


def _druk_af(proef: Proef, uitslag: Uitslag, sql: int, rijen: int, vloer: float) -> None:
    oordeel = "" if uitslag.p95 <= GRENS or not proef.grens else f"meer dan {GRENS:g} ms"
    print(
        f"{proef.naam:<30}{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{uitslag.per_seconde:>8.0f}{sql:>5}{rijen:>7}"
        f"{vloer:>13.2f}{uitslag.mediaan / vloer:>7.1f} {oordeel} {uitslag.fouten}"
    )


def druk_plannen_af(installatie: Installatie, soort: str, aantal: int) -> None:
    """Het plan van elke zoekvraag, om te zien waar de tijd zit."""
    assert objectendeel.maak_app is not None  # noqa: S101
    app = objectendeel.maak_app(installatie)
    with psycopg.connect(installatie.instellingen.database_url.replace("+psycopg", ""), autocommit=True) as verbinding:
        for proef in proeven(aantal):
            tekst = _als_json(app, proef, soort, 7)
            plan = verbinding.execute(f"EXPLAIN (ANALYZE, BUFFERS) {tekst}".encode()).fetchall()
            print(f"\n{proef.naam}\n" + "\n".join(regel for (regel,) in plan))


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--objecten", type=int, default=1_000_000)
    lezer.add_argument("--seconden", type=float, default=3.0)
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
            soort = vul(installatie, opties.objecten)
            print(f"{opties.objecten} objecten, indexen op {', '.join(PADEN)}, in {time.perf_counter() - begin:.0f} s")
            if opties.plannen:
                druk_plannen_af(installatie, soort, opties.objecten)
            meet_alles(installatie, soort, opties.objecten, opties.seconden)
        finally:
            installatie.sluit()


if __name__ == "__main__":
    main()
