"""De zoekindex van de catalogus: per producttype één regel met zijn woorden, en een lijst van alle woorden voor tikfouten.

PostgreSQL houdt de regel bij met een functie, die het register aanroept als een producttype of zijn inhoud verandert. De naam en
trefwoorden wegen het zwaarst (A), dan de uniforme naam en de samenvatting (B), dan de inhoud (C). Nederlandse en Engelse
woordstammen staan naast de woorden zelf: daarop past ook een begin van een woord. Accenten tellen niet.
"""

from uuid import UUID

from sqlalchemy import Connection, func, select

MET_ACCENT = "áàâäãåçéèêëíìîïñóòôöõúùûüýÿ"
ZONDER = "aaaaaaceeeeiiiinooooouuuuyy"

_PLAT = """
CREATE FUNCTION producttypen.plat(tekst text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    translate(lower(coalesce(tekst, '')), 'áàâäãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy');
"""
_ZOEKVECTOR = """
CREATE FUNCTION producttypen.zoekvector(tekst text, gewicht "char", taal regconfig) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    setweight(to_tsvector(taal, producttypen.plat(tekst)) || to_tsvector('simple', producttypen.plat(tekst)), gewicht);
"""
# Inhoud telt tot 200.000 tekens mee: een tsvector is hoogstens 1 MB.
_VERNIEUW = """
CREATE FUNCTION producttypen.vernieuw_zoekregel(id_ uuid) RETURNS void LANGUAGE sql AS $functie$
WITH bron AS (
    SELECT p.id,
        p.naam || ' ' || coalesce((SELECT string_agg(k, ' ') FROM jsonb_array_elements_text(p.keywords) AS k), '') AS kop,
        coalesce(p.uniforme_product_naam, '') || ' ' || p.samenvatting AS romp,
        left(coalesce((SELECT string_agg(c.content || ' ' || c.aanvullende_informatie, ' ' ORDER BY c.nr)
            FROM producttypen.contentelement AS c WHERE c.producttype_uuid = p.id), ''), 200000) AS inhoud,
        coalesce(p.vertalingen #>> '{en,naam}', '') AS en_kop,
        coalesce(p.vertalingen #>> '{en,samenvatting}', '') AS en_romp,
        left(coalesce((SELECT string_agg(c.vertalingen #>> '{en,content}', ' ' ORDER BY c.nr)
            FROM producttypen.contentelement AS c WHERE c.producttype_uuid = p.id), ''), 200000) AS en_inhoud
    FROM producttypen.producttype AS p WHERE p.id = id_
), regel AS (
    INSERT INTO producttypen.zoekregel (producttype, tekst, woorden)
    SELECT id, producttypen.plat(kop || ' ' || en_kop),
        producttypen.zoekvector(kop, 'A', 'dutch') || producttypen.zoekvector(en_kop, 'A', 'english') ||
        producttypen.zoekvector(romp, 'B', 'dutch') || producttypen.zoekvector(en_romp, 'B', 'english') ||
        producttypen.zoekvector(inhoud, 'C', 'dutch') || producttypen.zoekvector(en_inhoud, 'C', 'english')
    FROM bron
    ON CONFLICT (producttype) DO UPDATE SET tekst = excluded.tekst, woorden = excluded.woorden
)
INSERT INTO producttypen.zoekwoord (woord)
SELECT DISTINCT woord FROM bron,
    regexp_split_to_table(producttypen.plat(kop || ' ' || romp || ' ' || en_kop || ' ' || en_romp), '[^a-z0-9]+') AS woord
WHERE length(woord) BETWEEN 3 AND 60
ORDER BY woord
ON CONFLICT DO NOTHING;
$functie$;
"""
_STAM = """
CREATE FUNCTION producttypen.stam(tekst text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    array_to_string(tsvector_to_array(to_tsvector('dutch', producttypen.plat(tekst))), ' ');
"""
_STAMMEN = """
CREATE FUNCTION producttypen.stammen(woorden jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (SELECT coalesce(jsonb_agg(producttypen.stam(woord)), '[]') FROM jsonb_array_elements_text(woorden) AS woord);
"""
VOORAF = (_PLAT, _ZOEKVECTOR, _STAM, _STAMMEN)
ACHTERAF = (_VERNIEUW,)
ZONDER_KOP = _VERNIEUW.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
MET_KOP = (
    ZONDER_KOP.replace(
        "(producttype, tekst, woorden)",
        "(producttype, publicatie_start_datum, publicatie_eind_datum, tekst, kop, woorden)",
    )
    .replace(
        "SELECT id, producttypen.plat(kop || ' ' || en_kop),",
        """SELECT id, begin, eind, producttypen.plat(kop || ' ' || en_kop),
        producttypen.zoekvector(kop, 'A', 'dutch') || producttypen.zoekvector(en_kop, 'A', 'english') ||
        producttypen.zoekvector(romp, 'B', 'dutch') || producttypen.zoekvector(en_romp, 'B', 'english'),""",
    )
    .replace(
        "SET tekst = excluded.tekst,",
        """SET publicatie_start_datum = excluded.publicatie_start_datum,
        publicatie_eind_datum = excluded.publicatie_eind_datum, tekst = excluded.tekst, kop = excluded.kop,""",
    )
    .replace("SELECT p.id,", "SELECT p.id, p.publicatie_start_datum AS begin, p.publicatie_eind_datum AS eind,")
)
"""De functies waar de tabellen op rekenen, en die op de tabellen rekent, zoals de migratie ze maakt; `MET_KOP` houdt ook de kolom bij waaruit het
gewicht komt.

Een andere vorm is een nieuwe migratie met eigen tekst.
"""
WEG_VOORAF = ("DROP FUNCTION producttypen.vernieuw_zoekregel(uuid)",)
WEG_ACHTERAF = (
    "DROP FUNCTION producttypen.stammen(jsonb)",
    "DROP FUNCTION producttypen.stam(text)",
    'DROP FUNCTION producttypen.zoekvector(text, "char", regconfig)',
    "DROP FUNCTION producttypen.plat(text)",
)
_PLATTER = str.maketrans(MET_ACCENT, ZONDER)


def plat(tekst: str) -> str:
    """Dezelfde vorm als in de index: kleine letters zonder accenten."""
    return tekst.lower().translate(_PLATTER)


def vernieuw(verbinding: Connection, producttype: UUID) -> None:
    """Breng de regel van een producttype bij, in de transactie die het wijzigt."""
    verbinding.execute(select(func.producttypen.vernieuw_zoekregel(producttype)))
