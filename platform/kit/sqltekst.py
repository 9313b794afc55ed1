"""Uitdrukkingen van SQLAlchemy als vaste SQL-tekst.

SQLAlchemy zoekt bij elke opdracht alle uitdrukkingen na om haar in de cache terug te vinden; bij vijftig kolommen kost dat meer dan
de opdracht zelf. Wat steeds hetzelfde is, staat daarom als tekst in de opdracht.
"""

from typing import Any

from sqlalchemy import ColumnElement, Dialect, Label, literal_column, select
from sqlalchemy.exc import CompileError
from sqlalchemy.sql import visitors

LANGSTE_VOORWAARDE = 1500  # tekens; langer is voor psycopg en PostgreSQL duurder dan parameters


def sql_tekst(kolom: Any, tabel: Any, dialect: Dialect) -> str:
    """Een kolom of uitdrukking op `tabel` als SQL-tekst; leeg als zij van het verzoek afhangt of niet als tekst te schrijven is."""
    kolom = kolom.label("waarde_")
    if any(getattr(deel, "callable", None) for deel in visitors.iterate(kolom)):
        return ""
    try:
        vraag = select(kolom).select_from(tabel).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    except CompileError:  # een waarde die niet als tekst te schrijven is (JSON)
        return ""
    return str(vraag).removeprefix("SELECT ").rpartition(" AS waarde_ \nFROM ")[0].replace("%%", "%")


def als_tekst(kolom: Label[Any], tabel: Any, dialect: Dialect) -> ColumnElement[Any]:
    """Een benoemde kolom van `tabel` als vaste SQL-tekst; wat van het verzoek afhangt (een `callable_`) blijft zoals het is."""
    tekst = sql_tekst(kolom.element, tabel, dialect)
    return literal_column(tekst).label(kolom.name) if tekst else kolom


def met_soort(uitdrukking: Any, tabel: Any, dialect: Dialect) -> Any:
    """Een uitdrukking op `tabel` als vaste SQL-tekst die haar soort nog kent; wat van het verzoek afhangt blijft zoals het is."""
    tekst = sql_tekst(uitdrukking, tabel, dialect)
    return literal_column(tekst, uitdrukking.type) if tekst else uitdrukking


def vaste_voorwaarde(
    voorwaarde: ColumnElement[bool], dialect: Dialect, *, langste: int = LANGSTE_VOORWAARDE
) -> ColumnElement[bool]:
    """Een voorwaarde als vaste SQL-tekst, met haar waarden erin; een heel lange blijft zoals zij is."""
    tekst = str(voorwaarde.compile(dialect=dialect, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    return literal_column(f"({tekst})") if len(tekst) <= langste else voorwaarde
