"""Hoe snel lezen werklijsten, MijnGemeente en het KCC uit Taken, Berichten en Verzoeken?

Een half miljoen van elk, over 100.000 inwoners (één heeft er 872 van elk), op granian met vier webprocessen en vier verbindingen,
telkens met een andere vraag. Ernaast dezelfde rijen als `json_agg` rechtstreeks uit PostgreSQL.

    taken.py [--aantal 500000] [--seconden 3]
"""

import argparse
import hashlib
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg
from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from kern.tabellen import Toegangssleutel
from tools.bench.hulp.belasting import belast, verzoek
from tools.bench.hulp.server import WERKERS, platform

TOKEN = "meting.geheim"  # noqa: S105  # een wegwerpdatabase
KOPPEN = {"Authorization": f"Token {TOKEN}"}
GRENS = 50.0  # milliseconden, p95
VERBINDINGEN, GROEPEN, MEDEWERKERS, INWONERS, DRUK = 4, 40, 500, 100_000, 872
OPEN_PER = 5  # één op zoveel taken is nog open
# <naam> wordt ingevuld met de waarde uit INGEVULD; de aantallen staan vast of komen van de opdrachtregel.
OPDRACHTEN = """
INSERT INTO taken.medewerkertaak (id, titel, toelichting, status, kandidaatgroepen, behandelaar, behandelaar_naam, prioriteit, startdatum,
  opvolgdatum, einddatum, zaaknummer, procesinstantie, verwerker_taak_id, formulier, gegevens, aangemaakt_op)
SELECT gen_random_uuid(), (ARRAY['Beoordeel aanvraag', 'Controleer stukken', 'Bel de aanvrager', 'Stel besluit op'])[1 + g % 4] || ' ' || g, '',
  CASE WHEN g % <open_per> = 0 THEN 'open' ELSE 'afgerond' END, jsonb_build_array('groep' || (g / <open_per>) % <groepen>),
  CASE WHEN g % 3 = 0 THEN '' ELSE 'medewerker' || g % <medewerkers> END, '', g % 100, date '2026-01-01' + g % 300, NULL,
  date '2026-01-01' + (g % 4000) * 31 % 400, 'ZAAK-' || g / 3, '', '', '', '{}', timestamptz '2026-01-01' + g * interval '1 minute'
FROM generate_series(1, <aantal>) g;
INSERT INTO taken.externetaak (id, taak_soort, is_gerelateerd_aan, titel, verwerker_taak_id, status, startdatum, handelings_perspectief,
  einddatum_handelings_termijn, datum_herinnering, toelichting, is_toegewezen_aan, details)
SELECT gen_random_uuid(), 'urltaak', <zaak>, 'Stuur stuk ' || g, '', CASE WHEN g % <open_per> = 0 THEN 'open' ELSE 'verwerkt' END,
  date '2026-01-01', '', date '2026-12-01', date '2026-11-28', '', <wie>, '{"uitvraagLink": "https://a.example"}'
FROM generate_series(1, <aantal>) g;
INSERT INTO berichten.bericht (id, onderwerp, bericht_tekst, publicatiedatum, referentie, ontvanger, geopend_op, bericht_type, is_gerelateerd_aan,
  handelings_perspectief, mijn_overheid_berichtenbox, bijlagen)
SELECT gen_random_uuid(), 'Bericht ' || g, repeat('Er is nieuws over uw zaak. ', 10), timestamptz '2025-01-01' + g * interval '1 minute', '', <wie>,
  CASE WHEN g % <open_per> = 0 THEN NULL ELSE timestamptz '2026-01-01' END, '', <zaak>, '', false, '[]'
FROM generate_series(1, <aantal>) g;
INSERT INTO verzoeken.verzoektype (id, naam, omschrijving, soort) VALUES (md5('type')::uuid, 'type', '', 'aanvraag');
INSERT INTO verzoeken.verzoek (id, verzoek_type, versie, aanvraag_gegevens, bijlagen, initiator, mede_initiator, is_gerelateerd_aan, kanaal, verzoek_taal,
  verwerk_status, verzoek_informatie_object, verzoek_betaling, geregistreerd_op)
SELECT gen_random_uuid(), md5('type')::uuid, 1, jsonb_build_object('adres', 'Kade ' || g), '[]', <wie>, '', <zaak>, 'web', 'nl', 'verwerkt', '',
  jsonb_build_object('voltooid', g % 2 = 0, 'transactieReferentie', 'T-' || g), timestamptz '2025-01-01' + g * interval '1 minute'
FROM generate_series(1, <aantal>) g;
"""
INGEVULD = {
    "zaak": "jsonb_build_array(jsonb_build_object('urn', 'urn:nld:517439943:zaak:zaaknummer:ZAAK-' || g))",
    "wie": "'urn:nld:hr:kvknummer:' || lpad((CASE WHEN g <= <druk> THEN 1 ELSE 1 + (g::bigint * 7919) % <inwoners> END)::text, 8, '0')",
    "druk": DRUK,
    "inwoners": INWONERS,
    "groepen": GROEPEN,
    "medewerkers": MEDEWERKERS,
    "open_per": OPEN_PER,
}


@dataclass(frozen=True)
class Proef:
    """Eén vraag; met `lichaam` gaat zij naar `_zoek`. `sql` haalt dezelfde rijen rechtstreeks op."""

    naam: str
    pad: str
    vraag: Callable[[int], dict[str, Any]]
    sql: str
    lichaam: bool = False

    def verzoek(self, nummer: int) -> bytes:
        """Het HTTP-verzoek met dit volgnummer."""
        if self.lichaam:
            return verzoek("POST", f"{self.pad}/_zoek?pageSize=25", KOPPEN, orjson.dumps(self.vraag(nummer)))
        return verzoek("GET", f"{self.pad}?{urlencode({'pageSize': 25, **self.vraag(nummer)})}", KOPPEN)


def _wie(nummer: int) -> str:
    """Iemand met gegevens; 0 is de drukste."""
    return f"urn:nld:hr:kvknummer:{1 + (nummer and nummer + DRUK) * 7919 % INWONERS:08d}"


WERKLIJST, KLANT = "/taken/api/v1/medewerkertaken", "/taken/api/v1/externetaken"
BERICHT, VERZOEK = "/berichten/api/v1/berichten", "/verzoeken/api/v1/verzoeken"
OP_DATUM = {"status": "open", "ordering": "einddatum,-prioriteit,aangemaaktOp"}
WERK_SQL = "SELECT * FROM taken.medewerkertaak WHERE {} ORDER BY einddatum NULLS LAST, prioriteit DESC LIMIT 25"
PROEVEN = (
    Proef(
        "werklijst van mijn groepen",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "behandelaar": "", "kandidaatgroep": f"groep{nr % GROEPEN},groep{(nr + 7) % GROEPEN}"},
        WERK_SQL.format("status = 'open' AND behandelaar = '' AND kandidaatgroepen ?| ARRAY['groep3', 'groep10']"),
    ),
    Proef(
        "werklijst van mij",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "behandelaar": f"medewerker{5 * nr % MEDEWERKERS}"},
        WERK_SQL.format("status = 'open' AND behandelaar = 'medewerker5'"),
    ),
    Proef(
        "taken van een zaak",
        WERKLIJST,
        lambda nr: {"zaaknummer": f"ZAAK-{1 + nr * 7919 % 30_000}"},
        WERK_SQL.format("zaaknummer = 'ZAAK-79'"),
    ),
    Proef(
        "woord in een titel",
        WERKLIJST,
        lambda nr: {**OP_DATUM, "titel__icontains": f"stukken {5 + 20 * (nr % 4000)}"},
        WERK_SQL.format("status = 'open' AND titel ILIKE '%stukken 79%'"),
    ),
    Proef(
        "klanttaken van een inwoner",
        KLANT,
        lambda nr: {"isToegewezenAan": _wie(nr + 1), "status": "open"},
        "SELECT * FROM taken.externetaak WHERE is_toegewezen_aan = '<iemand>' AND status = 'open' LIMIT 25",
        lichaam=True,
    ),
    Proef(
        "berichten van een inwoner",
        BERICHT,
        lambda nr: {
            "ontvanger": _wie(nr + 1),
            "publicatiedatum__lte": "2027-01-01T00:00:00Z",
            "ordering": "-publicatiedatum",
        },
        "SELECT * FROM berichten.bericht WHERE ontvanger = '<iemand>' ORDER BY publicatiedatum DESC LIMIT 25",
        lichaam=True,
    ),
    Proef(
        "872 berichten van één inwoner",
        BERICHT,
        lambda _nr: {"ontvanger": _wie(0), "ordering": "-publicatiedatum"},
        "SELECT * FROM berichten.bericht WHERE ontvanger = '<drukste>' ORDER BY publicatiedatum DESC LIMIT 25",
        lichaam=True,
    ),
    Proef(
        "ongelezen van een inwoner",
        BERICHT,
        lambda nr: {"ontvanger": _wie(nr + 1), "geopendOp__isnull": True},
        "SELECT * FROM berichten.bericht WHERE ontvanger = '<iemand>' AND geopend_op IS NULL LIMIT 25",
        lichaam=True,
    ),
    Proef(
        "verzoeken van een inwoner",
        VERZOEK,
        lambda nr: {"initiator": _wie(nr + 1), "ordering": "-geregistreerdOp"},
        "SELECT * FROM verzoeken.verzoek WHERE initiator = '<iemand>' ORDER BY geregistreerd_op DESC LIMIT 25",
        lichaam=True,
    ),
    Proef(
        "verzoek bij een zaak",
        VERZOEK,
        lambda nr: {"isGerelateerdAan": f"urn:nld:517439943:zaak:zaaknummer:ZAAK-{1 + nr * 7919 % 90_000}"},
        'SELECT * FROM verzoeken.verzoek WHERE is_gerelateerd_aan @> \'[{"urn": "urn:nld:517439943:zaak:zaaknummer:ZAAK-79"}]\'',
    ),
    Proef(
        "verzoek bij een betaling",
        VERZOEK,
        lambda nr: {"verzoekBetaling__transactieReferentie": f"T-{1 + nr * 7919 % 90_000}"},
        "SELECT * FROM verzoeken.verzoek WHERE verzoek_betaling ->> 'transactieReferentie' = 'T-79'",
    ),
)


def _vul_in(sql: str, **waarden: Any) -> str:
    for naam, waarde in waarden.items():
        sql = sql.replace(f"<{naam}>", str(waarde))
    return sql


def vul(installatie: Installatie, aantal: int) -> None:
    """De dataset, rechtstreeks in de tabellen, en een token."""
    rij = {"soort": "token", "client_id": "meting", "geheim": hashlib.sha256(TOKEN.encode()).digest()}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(**rij, rechten={"*": "alles"}))
    with psycopg.connect(installatie.db.url.replace("+psycopg", ""), autocommit=True) as ruw:
        for opdracht in _vul_in(OPDRACHTEN, aantal=aantal, **INGEVULD).split(";\n")[:-1]:
            ruw.execute(opdracht.encode())
        ruw.execute("VACUUM ANALYZE")


def _rechtstreeks(installatie: Installatie, sql: str) -> float:
    """Milliseconden (mediaan) voor dezelfde rijen als JSON uit PostgreSQL zelf."""
    opdracht = _vul_in("SELECT json_agg(r)::text FROM (<vraag>) r", vraag=sql, iemand=_wie(3), drukste=_wie(0))
    duren = []
    with psycopg.connect(installatie.db.url.replace("+psycopg", "")) as ruw:
        for _ in range(20):
            begin = time.perf_counter()
            ruw.execute(opdracht.encode()).fetchall()
            duren.append((time.perf_counter() - begin) * 1000)
    return statistics.median(duren)


def meet(installatie: Installatie, seconden: float) -> None:
    """Druk per vraag af: p50, p95, per seconde, en PostgreSQL alleen."""
    i = installatie.instellingen
    print(f"{'vraag':<32}{'p50 ms':>8}{'p95 ms':>8}{'per s':>8}{'json_agg ms':>13}")
    with platform(i) as server:
        for proef in PROEVEN:
            belast(server.poort, proef.verzoek, 1.0, verbindingen=WERKERS * 4)
            uitslag = belast(server.poort, proef.verzoek, seconden, verbindingen=VERBINDINGEN)
            oordeel = "" if uitslag.p95 <= GRENS else f" meer dan {GRENS:g} ms"
            cijfers = f"{uitslag.mediaan:>8.1f}{uitslag.p95:>8.1f}{uitslag.per_seconde:>8.0f}"
            vloer = _rechtstreeks(installatie, proef.sql)
            print(f"{proef.naam:<32}{cijfers}{vloer:>13.2f}{oordeel} {uitslag.fouten}".rstrip())


def main() -> None:
    lezer = argparse.ArgumentParser()
    lezer.add_argument("--aantal", type=int, default=500_000)
    lezer.add_argument("--seconden", type=float, default=3.0)
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
            vul(installatie, opties.aantal)
            print(f"4 x {opties.aantal} rijen in {time.perf_counter() - begin:.0f} s")
            meet(installatie, opties.seconden)
        finally:
            installatie.sluit()


if __name__ == "__main__":
    main()
