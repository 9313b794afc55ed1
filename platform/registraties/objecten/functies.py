"""De SQL-functies van dit schema, voor de migratie die ze maakt."""

from kit import geometrie, trigram

SLEUTELLENGTE = 200
"""Zoveel tekens van een tekst komen in een index; langere waarden worden daarna precies vergeleken."""

_FUNCTIES = """
CREATE FUNCTION objecten.teksten(data jsonb, soorten text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
    SELECT coalesce(string_agg(waarde #>> '{{}}', chr(31)), '')
    FROM jsonb_path_query(data, 'strict $.**') AS waarde
    WHERE jsonb_typeof(waarde) = ANY (soorten));
CREATE FUNCTION objecten.zoektekst(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN objecten.teksten(data, '{{string,number}}');
CREATE FUNCTION objecten.sleutel(data jsonb, pad text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE jsonb_typeof(data #> pad)
    WHEN 'string' THEN to_jsonb(left(data #>> pad, {lengte}))
    WHEN 'number' THEN data #> pad
    WHEN 'boolean' THEN data #> pad
END;
"""


def maak() -> str:
    """De SQL die alle functies maakt."""
    return (
        trigram.maak_functies("objecten") + geometrie.maak_functies("objecten") + _FUNCTIES.format(lengte=SLEUTELLENGTE)
    )


def haal_weg() -> str:
    """De SQL die ze weghaalt."""
    eigen = (
        "DROP FUNCTION objecten.sleutel(jsonb, text[]); DROP FUNCTION objecten.zoektekst(jsonb);"
        " DROP FUNCTION objecten.teksten(jsonb, text[]);"
    )
    return f"{eigen} {geometrie.haal_functies_weg('objecten')} {trigram.haal_functies_weg('objecten')}"
