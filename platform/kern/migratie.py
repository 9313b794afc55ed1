"""Databasemigraties met Alembic: per onderdeel een eigen schema, eigen reeks en eigen versietabel."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from kern.database import Database
from kern.deel import Deel, MetMigraties

if TYPE_CHECKING:
    from alembic.config import Config

EIGEN_INDEX = "eigen_"
"""Zo begint de naam van een index die een installatie zelf maakt, naar haar inrichting; migraties gaan daar niet over."""
_VERSIE = re.compile(r"^revision\b[^=]*=(.*)$", re.MULTILINE)
_NA = re.compile(r"^down_revision\b[^=]*=(.*)$", re.MULTILINE)
SLOT = 4_711_022  # willekeurig, vast: twee processen die tegelijk starten migreren na elkaar


def werk_bij(database: Database, delen: Iterable[Deel]) -> None:
    """Breng alle schema's naar de nieuwste versie. Tegelijk starten mag: er werkt er één, de rest wacht."""
    from alembic import command  # noqa: PLC0415 - kost 0,3 s; een draaiend proces migreert niet

    with database.engine.connect() as slot:
        # Een slot van de transactie: het gaat ook los als een migratie mislukt. Wachten mag zo lang als het duurt.
        slot.execute(text("SET LOCAL lock_timeout = 0"))
        slot.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": SLOT})
        for deel in _met_tabellen(delen):
            if is_bij(database, deel):  # meestal: elke start komt hier langs, en Alembic laadt er elke migratie voor
                continue
            with database.engine.begin() as verbinding:
                verbinding.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{deel.naam}"'))
                command.upgrade(_config(deel, verbinding), "head")


def draai_terug(database: Database, deel: Deel, versie: str = "base") -> None:
    """Breng het schema van één onderdeel terug naar `versie`."""
    from alembic import command  # noqa: PLC0415 - zie werk_bij

    with database.engine.begin() as verbinding:
        command.downgrade(_config(deel, verbinding), versie)


def maak_versie(database: Database, deel: Deel, boodschap: str) -> None:
    """Schrijf een nieuwe migratie uit het verschil tussen tabellen en database (voor ontwikkelaars)."""
    from alembic import command  # noqa: PLC0415 - zie werk_bij

    (Path(str(files(deel.pakket))) / "migraties" / "versies").mkdir(parents=True, exist_ok=True)
    with database.engine.begin() as verbinding:
        verbinding.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{deel.naam}"'))
        command.revision(_config(deel, verbinding), boodschap, autogenerate=True)


def is_bij(database: Database, deel: MetMigraties) -> bool:
    """Is het schema van een onderdeel op de versie van deze uitgave? Vergelijkt alleen versienummers; vlug genoeg voor /gereed."""
    tabel = f'"{deel.naam}".alembic_versie'
    with database.lezen() as verbinding:
        if verbinding.scalar(text("SELECT to_regclass(:tabel)"), {"tabel": tabel}) is None:
            return False
        heeft = verbinding.scalars(text(f"SELECT version_num FROM {tabel}")).all()  # noqa: S608  # onze eigen naam
    return frozenset(heeft) == _koppen(deel.pakket)


@cache
def _koppen(pakket: str) -> frozenset[str]:
    """De nieuwste versie in de migraties van dit pakket, uit hun tekst: Alembic zou er elke migratie voor laden, ook in een webproces."""
    teksten = [bestand.read_text() for bestand in (_map(pakket) / "migraties" / "versies").glob("*.py")]
    versies = {versie for tekst in teksten for versie in _genoemd(_VERSIE, tekst)}
    return frozenset(versies - {eerder for tekst in teksten for eerder in _genoemd(_NA, tekst)})


def _genoemd(regel: re.Pattern[str], tekst: str) -> list[str]:
    """De namen tussen aanhalingstekens in de toekenning."""
    gevonden = regel.search(tekst)
    return re.findall(r"""["']([^"']+)["']""", gevonden[1]) if gevonden else []


def verschillen(database: Database, deel: Deel) -> list[object]:
    """Wat tabellen en database verschillen; leeg als de migraties kloppen."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  # alleen voor controle
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with database.engine.connect() as verbinding:
        context = MigrationContext.configure(
            verbinding,
            opts={
                "include_schemas": True,
                "include_name": _alleen(deel),
                "version_table_schema": deel.naam,
                "version_table": "alembic_versie",
            },
        )
        return list(compare_metadata(context, deel.tabellen)) if deel.tabellen is not None else []


def _alleen(deel: Deel) -> Callable[[str | None, str, Any], bool]:
    def telt(naam: str | None, soort: str, _ouder: Any) -> bool:
        if soort == "schema":
            return naam == deel.naam
        return naam != "alembic_versie" and not (soort == "index" and (naam or "").startswith(EIGEN_INDEX))

    return telt


def _met_tabellen(delen: Iterable[Deel]) -> list[Deel]:
    return [deel for deel in delen if deel.tabellen is not None]


def _config(deel: Deel, verbinding: Connection) -> "Config":
    config = _scripts(deel.pakket)
    config.attributes.update(verbinding=verbinding, deel=deel, alleen=_alleen(deel))
    return config


def _scripts(pakket: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - zie werk_bij

    config = Config()
    config.set_main_option("script_location", str(Path(str(files("kern"))) / "migraties"))
    versies = _map(pakket) / "migraties" / "versies"
    config.set_main_option("version_locations", str(versies))
    config.set_main_option("path_separator", "newline")
    return config


def _map(pakket: str) -> Path:
    """De map van een pakket, zonder het te laden."""
    bovenste, *rest = pakket.split(".")
    gevonden = find_spec(bovenste)
    if gevonden is None or not gevonden.submodule_search_locations:
        raise ModuleNotFoundError(pakket)
    return Path(gevonden.submodule_search_locations[0], *rest)
