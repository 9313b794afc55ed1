"""De dataset van de meting van taken, berichten en verzoeken, rechtstreeks in de tabellen."""

import hashlib
from typing import Any

import psycopg
from sqlalchemy import insert

from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel

TOKEN = "meting.geheim"  # noqa: S105  # een wegwerpdatabase
GROEPEN, MEDEWERKERS, INWONERS, DRUK = 40, 500, 100_000, 872
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


def wie(nummer: int) -> str:
    """Iemand met gegevens; 0 is de drukste."""
    return f"urn:nld:hr:kvknummer:{1 + (nummer and nummer + DRUK) * 7919 % INWONERS:08d}"


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
