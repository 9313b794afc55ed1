"""Van elke rij van een registratie vele kopieën, rechtstreeks in de tabellen: genoeg om een bladzij van honderd te vullen."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, UniqueConstraint, Uuid, text

from kern.installatie import Installatie


def verveelvoudig(installatie: Installatie, metadata: MetaData, aantal: int = 120) -> None:
    """Kopieer elke rij van deze tabellen `aantal` keer, met alles eronder: een kopie verwijst naar de kopieën met hetzelfde nummer.

    Teksten die uniek moeten zijn krijgen dat nummer erachter.
    """
    with installatie.db.schrijven() as verbinding:
        for tabel in metadata.sorted_tables:
            verbinding.execute(text(_opdracht(tabel)), {"aantal": aantal})
    with installatie.db.engine.connect() as buiten:
        _analyseer(buiten.execution_options(isolation_level="AUTOCOMMIT"), metadata)


def _analyseer(verbinding: Connection, metadata: MetaData) -> None:
    for tabel in metadata.sorted_tables:
        verbinding.execute(text(f"ANALYZE {tabel.fullname}"))


def _opdracht(tabel: Table) -> str:
    uniek, in_json = set(_uniek(tabel)), dict(_uniek_in_json(tabel))
    kolommen = [kolom for kolom in tabel.columns if kolom.computed is None and kolom.identity is None]
    waarden = ", ".join(_waarde(kolom, uniek, in_json) for kolom in kolommen)
    namen = ", ".join(f'"{kolom.name}"' for kolom in kolommen)
    return f"INSERT INTO {tabel.fullname} ({namen}) SELECT {waarden} FROM {tabel.fullname} AS t, generate_series(1, :aantal) AS n"  # noqa: S608  # namen uit de modellen


def _uniek(tabel: Table) -> Iterator[str]:
    """De kolommen die een kopie anders moet hebben: van elke unieke sleutel waar geen verwijzing naar een andere kopie in staat."""
    sleutels = [
        [kolom.name for kolom in deel.columns] for deel in tabel.constraints if isinstance(deel, UniqueConstraint)
    ]
    sleutels += [re.findall(r"\w+", " ".join(map(str, deel.expressions))) for deel in tabel.indexes if deel.unique]
    sleutels.append([kolom.name for kolom in tabel.primary_key])
    verwijst = {kolom.name for kolom in tabel.columns if kolom.foreign_keys}
    yield from (naam for sleutel in sleutels if not verwijst & set(sleutel) for naam in sleutel)


def _uniek_in_json(tabel: Table) -> Iterator[tuple[str, str]]:
    """Een veld in een JSON-kolom dat in een unieke sleutel staat."""
    for index in (index for index in tabel.indexes if index.unique):
        yield from re.findall(r"(\w+) ->> '(\w+)'", str(index.expressions[0]))


def _waarde(kolom: Column[Any], uniek: Collection[str], in_json: Mapping[str, str]) -> str:
    naam = f't."{kolom.name}"'
    if kolom.name in in_json:
        veld = in_json[kolom.name]
        return f"{naam} || jsonb_build_object('{veld}', {naam} ->> '{veld}' || '-' || n)"
    if isinstance(kolom.type, Uuid) and (kolom.foreign_keys or kolom.name in uniek):
        return f"md5({naam}::text || n)::uuid"
    if isinstance(kolom.type, Text) and kolom.name in uniek and not kolom.foreign_keys:
        return f"{naam} || '-' || n"
    return naam
