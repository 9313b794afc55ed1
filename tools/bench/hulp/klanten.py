"""De dataset van de klantmeting: partijen met nummers en adressen, klantcontacten met alles eraan, rechtstreeks in de tabellen."""

import hashlib
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy import Connection, insert, text

from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from tools.bench.hulp.laden import grote_lading
from tools.bench.hulp.zaken import verzonnen_bsns

TOKEN = "meting.geheim"  # noqa: S105  # een wegwerpdatabase
DRUK = 872  # zoveel contacten heeft de drukste partij extra
ACTOREN = 200
CATEGORIEEN = 150
TAAK_PER = 5  # één op zoveel contacten leidt tot een interne taak
# `id_('soort', nummer)` is het uuid van een rij: uit soort en nummer, zodat elke tabel de andere kent.
OPDRACHTEN = """
CREATE OR REPLACE FUNCTION pg_temp.id_(soort text, nummer bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(soort || nummer)::uuid $$;
CREATE OR REPLACE FUNCTION pg_temp.partij_(contact bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
  AS $$ SELECT CASE WHEN contact <= {druk} THEN 1 ELSE 1 + (contact * 7919) % {partijen} END $$;

INSERT INTO klantinteracties.partij (id, nummer, interne_notitie, soort_partij, voorkeurstaal, indicatie_actief, bezoekadres, partij_identificatie)
SELECT pg_temp.id_('partij', g), lpad(g::text, 10, '0'), '', 'persoon', 'nld', true,
  jsonb_build_object('nummeraanduidingId', lpad(g::text, 16, '0'), 'straatnaam', 'Kade', 'huisnummer', 1 + g % 300, 'huisnummertoevoeging', '',
    'postcode', '3511 AB', 'stad', 'Voorbeeldstad', 'adresregel1', '', 'adresregel2', '', 'adresregel3', '', 'land', ''),
  jsonb_build_object('contactnaam', jsonb_build_object('voorletters', 'R.', 'voornaam', 'Ria', 'voorvoegselAchternaam', '', 'achternaam', 'Naam ' || g))
FROM generate_series(1, {partijen}) g;

INSERT INTO klantinteracties.partijidentificator (id, identificeerde_partij, andere_partij_identificator, partij_identificator)
SELECT pg_temp.id_('nummer', nr), pg_temp.id_('partij', nr), '', jsonb_build_object('codeRegister', 'brp', 'codeObjecttype', 'natuurlijk_persoon',
  'codeSoortObjectId', 'bsn', 'objectId', bsn)
FROM unnest(CAST(:bsns AS text[])) WITH ORDINALITY AS b(bsn, nr);

INSERT INTO klantinteracties.digitaaladres (id, verstrekt_door_partij, adres, soort_digitaal_adres, is_standaard_adres, omschrijving, referentie)
SELECT pg_temp.id_('adres' || soort, g), pg_temp.id_('partij', g),
  CASE soort WHEN 'email' THEN 'klant' || g || '@voorbeeld.nl' ELSE '06' || lpad(g::text, 8, '0') END, soort, true, '', ''
FROM generate_series(1, {partijen}) g, unnest(ARRAY['email', 'telefoonnummer']) soort;

INSERT INTO klantinteracties.digitaaladres (id, verstrekt_door_betrokkene, adres, soort_digitaal_adres, is_standaard_adres, omschrijving, referentie)
SELECT pg_temp.id_('terugbel', g), pg_temp.id_('betrokkene', g), '06' || lpad(g::text, 8, '0'), 'telefoonnummer', false, '', ''
FROM generate_series({taak_per}, {contacten}, {taak_per}) g;

INSERT INTO klantinteracties.rekeningnummer (id, partij, iban, bic)
SELECT pg_temp.id_('rekening', g), pg_temp.id_('partij', g), 'NL00PROE' || lpad(g::text, 10, '0'), '' FROM generate_series(1, {partijen}) g;

INSERT INTO klantinteracties.categorie (id, naam) SELECT pg_temp.id_('categorie', g), 'Categorie ' || g FROM generate_series(0, {categorieen}) g;

INSERT INTO klantinteracties.categorierelatie (id, partij, categorie, begin_datum)
SELECT pg_temp.id_('relatie', g), pg_temp.id_('partij', g), pg_temp.id_('categorie', g % {categorieen}), date '2024-01-01' FROM generate_series(1, {partijen}) g;

INSERT INTO klantinteracties.vertegenwoordiging (id, vertegenwoordigende_partij, vertegenwoordigde_partij)
SELECT pg_temp.id_('machtiging', g), pg_temp.id_('partij', g), pg_temp.id_('partij', 1 + g % {partijen}) FROM generate_series(1, {partijen}) g;

INSERT INTO klantinteracties.actor (id, naam, soort_actor, indicatie_actief, actoridentificator, actor_identificatie)
SELECT pg_temp.id_('actor', g), 'Afdeling ' || g, 'organisatorische_eenheid', true,
  jsonb_build_object('objectId', 'afd-' || g, 'codeObjecttype', 'organisatorische_eenheid', 'codeRegister', 'proef', 'codeSoortObjectId', ''), NULL
FROM generate_series(0, {actoren}) g;

INSERT INTO klantinteracties.klantcontact (id, nummer, referentienummer, kanaal, onderwerp, inhoud, reactie, indicatie_contact_gelukt, hoofd_onderwerp_type,
  verdere_actie_ondernomen, taal, vertrouwelijk, plaatsgevonden_op, metagegevens)
SELECT pg_temp.id_('contact', g), lpad(g::text, 10, '0'), lpad(g::text, 10, '0'), (ARRAY['telefoon', 'balie', 'e-mail', 'chat'])[1 + g % 4],
  'Vraag over een vergunning', 'De klant vraagt wanneer het besluit komt. Antwoord gegeven.', '', true, '', false, 'nld', false,
  timestamptz '2024-01-01 09:00+00' + g * interval '1 minute', '{{"uitkomst": "beantwoord"}}'
FROM generate_series(1, {contacten}) g;

INSERT INTO klantinteracties.betrokkene (id, was_partij, had_klantcontact, contactnaam, rol, organisatienaam, initiator)
SELECT pg_temp.id_('betrokkene', g), pg_temp.id_('partij', pg_temp.partij_(g)), pg_temp.id_('contact', g),
  jsonb_build_object('voorletters', '', 'voornaam', '', 'voorvoegselAchternaam', '', 'achternaam', 'Naam ' || pg_temp.partij_(g)), 'klant', '', true
FROM generate_series(1, {contacten}) g;

INSERT INTO klantinteracties.onderwerpobject (id, klantcontact, onderwerpobjectidentificator)
SELECT pg_temp.id_('onderwerp', g), pg_temp.id_('contact', g),
  jsonb_build_object('objectId', pg_temp.id_('zaak', g / 6)::text, 'codeObjecttype', 'zaak', 'codeRegister', 'zaken', 'codeSoortObjectId', 'uuid')
FROM generate_series(1, {contacten}, 2) g;

INSERT INTO klantinteracties.actorklantcontact (id, actor, klantcontact)
SELECT pg_temp.id_('koppel', g), pg_temp.id_('actor', g % {actoren}), pg_temp.id_('contact', g) FROM generate_series(1, {contacten}) g;

INSERT INTO klantinteracties.bijlage (id, was_bijlage_van_klantcontact, bijlageidentificator)
SELECT pg_temp.id_('bijlage', g), pg_temp.id_('contact', g),
  jsonb_build_object('objectId', pg_temp.id_('document', g)::text, 'codeObjecttype', 'document', 'codeRegister', 'documenten', 'codeSoortObjectId', 'uuid')
FROM generate_series({taak_per}, {contacten}, {taak_per}) g;

INSERT INTO klantinteracties.internetaak (id, nummer, referentienummer, gevraagde_handeling, aanleidinggevend_klantcontact, toelichting, status,
  toegewezen_op, afgehandeld_op)
SELECT pg_temp.id_('taak', g), lpad(g::text, 10, '0'), lpad(g::text, 10, '0'), 'Bel terug', pg_temp.id_('contact', g), 'Graag na 17 uur.',
  CASE WHEN (g / {taak_per}) % 37 = 0 THEN 'te_verwerken' ELSE 'verwerkt' END, timestamptz '2024-01-01 09:00+00' + g * interval '1 minute',
  CASE WHEN (g / {taak_per}) % 37 = 0 THEN NULL ELSE timestamptz '2024-01-02 09:00+00' + g * interval '1 minute' END
FROM generate_series({taak_per}, {contacten}, {taak_per}) g;

INSERT INTO klantinteracties.toewijzing (internetaak, volgorde, actor)
SELECT pg_temp.id_('taak', g), 0, pg_temp.id_('actor', (g / {taak_per}) % {actoren}) FROM generate_series({taak_per}, {contacten}, {taak_per}) g
"""


@dataclass(frozen=True)
class Klanten:
    """Wat de meting van de gegevens moet weten; partij `n` is de n-de van elke lijst, de eerste is de drukste."""

    bsns: list[str]
    partijen: list[str]
    actoren: list[str]
    zaken: list[str]


def vul(installatie: Installatie, partijen: int, contacten: int) -> Klanten:
    """Zet de rijen neer (voor een miljoen contacten enkele minuten) en een token dat alles mag."""
    data = klanten(partijen, contacten)
    delen = OPDRACHTEN.format(
        partijen=partijen,
        contacten=contacten,
        druk=min(DRUK, contacten // 4),
        actoren=ACTOREN,
        categorieen=CATEGORIEEN,
        taak_per=TAAK_PER,
    ).split(";\n")
    with installatie.db.engine.begin() as verbinding:
        with grote_lading(verbinding, "klantinteracties"):
            for opdracht in delen:
                verbinding.execute(text(opdracht), {"bsns": data.bsns} if ":bsns" in opdracht else {})
        _geef_token(verbinding)
    with installatie.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    return data


def klanten(partijen: int, contacten: int) -> Klanten:
    """De sleutels van de dataset van deze omvang; telkens dezelfde."""
    bsns = list(islice(verzonnen_bsns(), partijen))
    return Klanten(bsns, _ids("partij", 1, partijen), _ids("actor", 0, ACTOREN), _ids("zaak", 0, contacten // 6))


def _ids(soort: str, eerste: int, aantal: int) -> list[str]:
    """Dezelfde uuid's als `id_` in de database maakt."""
    return [
        str(UUID(hashlib.md5(f"{soort}{nr}".encode(), usedforsecurity=False).hexdigest()))
        for nr in range(eerste, eerste + aantal)
    ]


def _geef_token(verbinding: Connection) -> None:
    afdruk = hashlib.sha256(TOKEN.encode()).digest()
    rij = {"soort": "token", "client_id": "meting", "geheim": afdruk, "rechten": {"klantinteracties": "alles"}}
    verbinding.execute(insert(Toegangssleutel).values(rij))
