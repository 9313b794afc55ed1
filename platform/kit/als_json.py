"""De weergave van een rij als JSON-tekst, door PostgreSQL zelf gemaakt: één kolom per rij, die ongewijzigd naar de aanroeper gaat.

Dat kan voor een bron waarvan elk veld in SQL te schrijven is; anders (een omzetting in Python) leest de kit kolommen. Beide geven
dezelfde waarden. Alleen JSON-velden waar verwijzingen in kunnen staan gaan, als er iets in staat, nog langs Python.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    Label,
    Numeric,
    String,
    Uuid,
    literal_column,
)

from kern.diensten import Diensten
from kit.sqltekst import sql_tekst

Omzetting = Callable[[Any], Any]
_GEWOON = (String, Uuid, Date, Boolean, Integer, JSON)
_TIJDSTIP = """replace(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""


class Wijze(Enum):
    """Wat er met een waarde gebeurt voordat zij op de lijn staat."""

    GEWOON = "gewoon"
    EIGEN = "eigen"  # id van een resource in dezelfde API: `begin` ervoor
    OPSLAG = "opslag"  # dienst:pad wordt een URL
    SCHEMA = "schema"  # een waarde waar verwijzingen in kunnen staan
    PYTHON = "python"  # alleen in Python te schrijven


@dataclass(frozen=True)
class Veld:
    """Eén veld van de weergave: `naam` op de lijn, `kolom` in een gelezen rij, de SQL-`uitdrukking` en de omzetting (`om`)."""

    naam: str
    kolom: str
    uitdrukking: Any
    om: Omzetting | None
    wijze: Wijze
    begin: str = ""

    @property
    def nakijken(self) -> bool:
        """Kunnen in deze waarde nog verwijzingen staan die Python omzet?"""
        return self.wijze is Wijze.SCHEMA and isinstance(self.uitdrukking.type, JSON)


@dataclass(frozen=True)
class JsonVorm:
    """Hoe een bron haar rijen als JSON leest: `kolom` is de JSON-tekst, `vol` zegt of er in `velden` iets om te zetten staat."""

    kolom: Label[str]
    vol: Label[bool] | None
    velden: Sequence[Veld]

    @cached_property
    def kolommen(self) -> list[ColumnElement[Any]]:
        """Wat een SELECT moet lezen."""
        return [self.kolom] if self.vol is None else [self.kolom, self.vol]

    def weergaven(self, rijen: Sequence[Sequence[Any]]) -> list[orjson.Fragment]:
        """De weergaven uit gelezen rijen."""
        return [self.weergave(rij) for rij in rijen] if self.velden else [orjson.Fragment(rij[0]) for rij in rijen]

    def weergave(self, rij: Sequence[Any]) -> orjson.Fragment:
        """De weergave uit een gelezen rij, die met `kolommen` begint."""
        return orjson.Fragment(self._omgezet(rij[0]) if self.vol is not None and rij[1] else rij[0])

    def _omgezet(self, tekst: str) -> bytes:
        weergave = orjson.loads(tekst)
        for veld in self.velden:
            if veld.om is not None:
                weergave[veld.naam] = veld.om(weergave[veld.naam])
        return orjson.dumps(weergave)


def json_vorm(
    velden: Iterable[Veld], vast: Iterable[tuple[str, str]], tabel: Any, dialect: Dialect, diensten: Diensten
) -> JsonVorm | None:
    """De vorm voor deze velden; `vast` zijn velden waarvan de SQL-tekst al bekend is. None als een veld Python nodig heeft."""
    velden = list(velden)
    kolommen = [*vast, *((veld.naam, _in_sql(veld, tabel, dialect)) for veld in velden)]
    if not all(tekst for _, tekst in kolommen):
        return None
    lijst = ", ".join(f'{tekst} AS "{naam}"' for naam, tekst in kolommen)
    bases = orjson.dumps({f"{dienst.naam}:": f"{dienst.basis}/" for dienst in diensten}).decode().replace("'", "''")
    # Alleen namen van kolommen en adressen uit de instellingen; niets van een aanroeper.
    bron = f"(SELECT {lijst} FROM (SELECT '{bases}'::jsonb AS b) d) t"  # noqa: S608  # zie hierboven
    kolom: Label[str] = literal_column(f"(SELECT row_to_json(t)::text FROM {bron})").label("json_tekst")  # noqa: S608  # uit onze eigen declaratie
    na = [veld for veld in velden if veld.nakijken]
    leeg = "coalesce({}, 'null'::jsonb) NOT IN ('null', '[]', '{{}}')"
    vol = " OR ".join(leeg.format(sql_tekst(veld.uitdrukking, tabel, dialect)) for veld in na)
    return JsonVorm(kolom, literal_column(vol).label("vol") if vol else None, na)


def _in_sql(veld: Veld, tabel: Any, dialect: Dialect) -> str:
    """De waarde zoals zij op de lijn staat; leeg als dat niet in SQL kan."""
    tekst, soort = sql_tekst(veld.uitdrukking, tabel, dialect), veld.uitdrukking.type
    if not tekst or veld.wijze is Wijze.PYTHON:
        return ""
    if veld.wijze is Wijze.EIGEN:
        return _met_begin(tekst, soort, veld.begin, f"{tabel.fullname}.id")
    if veld.wijze is Wijze.OPSLAG or (veld.wijze is Wijze.SCHEMA and isinstance(soort, String)):
        return _als_url(tekst, veld.kolom.startswith("k_"))
    if veld.wijze is Wijze.SCHEMA and not veld.nakijken:
        return ""
    return _gewoon(tekst, soort)


def _gewoon(tekst: str, soort: Any) -> str:
    if isinstance(soort, DateTime):
        return _TIJDSTIP.format(tekst)
    if isinstance(soort, Numeric):
        return f"({tekst})::text" if soort.asdecimal else tekst
    kan = isinstance(soort.item_type if isinstance(soort, ARRAY) else soort, _GEWOON)
    return tekst if kan else ""


def _met_begin(tekst: str, soort: Any, begin: str, id_: str) -> str:
    """Een id als URL, of een lijst van id's als JSON-lijst van URL's (een lege lijst heeft dan alleen het begin).

    Staat er nog een ouder in het begin, dan is dat de rij zelf: haar kinderen hebben een pad onder haar.
    """
    begin = re.sub(r"{\w+}", f"' || {id_} || '", begin.replace("'", "''"))
    if not isinstance(soort, ARRAY):
        return f"'{begin}' || {tekst}"
    return f"""replace('["{begin}' || array_to_string({tekst}, '","{begin}') || '"]', '"{begin}"', '')::json"""


def _als_url(tekst: str, kolom: bool) -> str:
    """Wat `Diensten.naar_url` doet; `d.b` zegt per dienst (met dubbele punt) waar haar adressen mee beginnen."""
    url = "coalesce((d.b ->> left({0}, strpos({0}, ':'))) || substr({0}, strpos({0}, ':') + 1), {0})"
    return url.format(tekst) if kolom else f"(SELECT {url.format('u')} FROM (SELECT {tekst} AS u OFFSET 0) o)"  # noqa: S608  # alleen kolommen
