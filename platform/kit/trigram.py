"""Zoeken binnen tekst met een index: een kolom met de trigrammen van een tekst, en GIN daarop (er is geen pg_trgm).

Een trigram (drie tekens na elkaar, hoofdletters doen er niet toe) is één getal van 30 bits: 10 bits per teken. Tekens boven
U+03FF kunnen zo samenvallen; de index geeft daarom kandidaten, en `bevat` toetst die aan de tekst zelf.

    class Product(Resource, Basis):
        naam: Mapped[str]
        trigrammen: Mapped[list[int]] = trigramkolom("producten", "naam")
        __table_args__ = (trigramindex("ix_product_trigrammen", "trigrammen"),)

    op.execute(maak_functies("producten"))      # in de migratie, vóór de tabel of kolom
    select(Product).where(bevat(Product.trigrammen, Product.naam, "vergun"))
    select(Product).where(lijkt(Product.trigrammen, "vergunnign")).order_by(gelijkenis(Product.trigrammen, "vergunnign").desc())
"""

from typing import Any

from sqlalchemy import REAL, ColumnElement, Computed, Index, Integer, and_, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, mapped_column

from kit.tabel import ALLEEN_ZOEKEN

LENGTE = 3
LANG, STUK = 12, 5
Trigrammen = InstrumentedAttribute[list[int]]

# Een dubbele punt staat los: SQLAlchemy leest `:naam` als parameter.
_FUNCTIES = """
CREATE FUNCTION {schema}.trigrammen(tekst text) RETURNS integer[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT coalesce(
        array_agg(DISTINCT ((ascii(a) & 1023) << 20) | ((ascii(b) & 1023) << 10) | (ascii(c) & 1023)), '{{}}')
    FROM (SELECT string_to_array(lower(tekst), NULL) AS l) AS tekens,
         unnest(l[: cardinality(l) - 2], l[2 : cardinality(l) - 1], l[3 :]) AS drietal (a, b, c)
    WHERE c IS NOT NULL);
CREATE FUNCTION {schema}.trigramdeel(van integer[], naald integer[]) RETURNS real
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT count(*)::real / greatest(cardinality(naald), 1) FROM unnest(naald) AS n (trigram) WHERE n.trigram = ANY (van));
"""


def maak_functies(schema: str) -> str:
    """De SQL voor een migratie: de functies waar `trigramkolom` en de voorwaarden hieronder op rekenen."""
    return _FUNCTIES.format(schema=schema)


def haal_functies_weg(schema: str) -> str:
    """Het omgekeerde van `maak_functies`."""
    return f"DROP FUNCTION {schema}.trigramdeel(integer[], integer[]); DROP FUNCTION {schema}.trigrammen(text);"


def trigramkolom(schema: str, tekst: str) -> Any:
    """Een kolom die PostgreSQL zelf bijhoudt: de trigrammen van de SQL-uitdrukking `tekst` (over kolommen van dezelfde rij)."""
    rekent = Computed(f"{schema}.trigrammen({tekst})", persisted=True)
    return mapped_column(ARRAY(Integer), rekent, deferred=True, info=ALLEEN_ZOEKEN)


def trigramindex(naam: str, kolom: str) -> Index:
    """De index op een trigramkolom; zonder wachtrij (fastupdate), zodat lezen na veel schrijven even snel blijft."""
    return Index(naam, kolom, postgresql_using="gin", postgresql_with={"fastupdate": "off"})


def bevat(kolom: Trigrammen, tekst: Any, naald: str) -> ColumnElement[bool]:
    """De tekst bevat `naald`, hoofdletters of niet. Een naald van één of twee tekens kan de index niet gebruiken."""
    return and_(*kan_bevatten(kolom, naald), tekst.icontains(naald, autoescape=True))


def kan_bevatten(kolom: Trigrammen, *delen: str) -> list[ColumnElement[bool]]:
    """Alleen de voorselectie: de trigrammen van de delen komen voor. Wie dit gebruikt, toetst daarna de tekst."""
    stukken = (stuk for deel in delen for stuk in _stukken(deel))
    return [kolom.contains(_van(kolom, stuk)) for stuk in stukken if len(stuk) >= LENGTE]


def _stukken(naald: str) -> list[str]:
    """Van een lange naald begin, midden en eind: elk trigram kost de index tijd, en deze kiezen scherp genoeg voor."""
    if len(naald) <= LANG:
        return [naald]
    midden = (len(naald) - STUK) // 2
    return [naald[:STUK], naald[midden : midden + STUK], naald[-STUK:]]


def lijkt(kolom: Trigrammen, naald: str, minstens: float = 0.4) -> ColumnElement[bool]:
    """Minstens dit deel van de trigrammen van `naald` komt voor: een tikfout geeft zo nog een treffer."""
    return and_(kolom.overlap(_van(kolom, naald)), gelijkenis(kolom, naald) >= minstens)


def gelijkenis(kolom: Trigrammen, naald: str) -> ColumnElement[float]:
    """Welk deel van de trigrammen van `naald` voorkomt, van 0 tot 1; om op te sorteren."""
    deel: ColumnElement[float] = _functies(kolom).trigramdeel(kolom, _van(kolom, naald), type_=REAL())
    return deel


def _van(kolom: Trigrammen, tekst: str) -> Any:
    return _functies(kolom).trigrammen(tekst, type_=ARRAY(Integer))


def _functies(kolom: Trigrammen) -> Any:
    """De functies in het schema van de tabel waar de kolom in staat."""
    return getattr(func, str(kolom.property.columns[0].table.schema))
