"""`dienstverlening importeer objecten`: objecttypen met hun versies, en objecten met alle records, van een andere installatie."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid5

import click
from pydantic import ValidationError

from dienstverlening.importeren.andere import Aanmelding
from dienstverlening.importeren.kern import Import, Stap, Weergave
from dienstverlening.importeren.opdrachten import Keuzen, draai, geheim, opties
from dienstverlening.objecten import indexeer_alles
from integratie.objecten.schemas import ObjectIn, ObjectRecordUit, ObjectUit
from kern.installatie import Installatie
from kern.versies import vernieuw_versie
from kit import TokenRechten
from kit.bron import Bron
from kit.overnemen import Rij, uuid_van
from registraties.objecten.bronnen import OBJECTEN
from registraties.objecten.modellen import Object, Record
from registraties.objecttypen.bronnen import OBJECTTYPE, OBJECTTYPEN, OBJECTVERSIE

PORTIE = {"pageSize": 100}
OBJECT = Bron(
    pad="objects", enkelvoud="object", model=Object, lees=ObjectUit, schrijf=ObjectIn, rechten=TokenRechten("objecten")
)
"""De Objecten API heeft eigen routes; voor het overnemen is een lijst met een tabel genoeg."""


@click.command("objecten")
@opties
@geheim("token", "IMPORT_TOKEN", "token van de Objecten API")
@geheim("objecttypen_token", "IMPORT_OBJECTTYPEN_TOKEN", "token van de Objecttypen API")
def objecten(keuzen: Keuzen, token: str, objecttypen_token: str) -> None:
    """Neem objecttypen en objecten met hun geschiedenis over van de API's onder URL.

    Lijsten noemen alleen objecten die vandaag een geldig record hebben; wat daar eerder eindigde, komt niet mee.
    """
    aanmelding = Aanmelding(token=token, tokens={"objecttypen": objecttypen_token})
    draai("objecten", keuzen, STAPPEN, aanmelding, na=werk_bij)


def werk_bij(installatie: Installatie) -> None:
    """Elk proces vraagt de types opnieuw, en op hun paden komen de indexen."""
    vernieuw_versie(installatie, "objecttypen")
    indexeer_alles(installatie)


def _versies(imp: Import, type_: Weergave) -> Iterator[Rij]:
    """De versies van een objecttype; hun nummer staat in de URL, hun uuid volgt eruit."""
    id_ = uuid_van(type_["url"])
    for versie in imp.andere.alle(f"objecttypen:objecttypes/{id_}/versions"):
        url = f"{type_['url']}/versions/{uuid5(id_, str(versie['version']))}"
        rij = imp.rij_van(OBJECTTYPEN, OBJECTVERSIE, {**versie, "url": url}, ("object_type", "version"))
        yield rij.met(object_type=id_)


def _object(imp: Import, object_: Weergave) -> Iterator[Rij]:
    """Een object met al zijn records."""
    id_, type_ = uuid_van(object_["url"]), f"objecttypen:objecttypes/{uuid_van(object_['type'])}"
    yield Rij(model=Object, waarden={"id": id_, "type": type_}, url=object_["url"])
    records = [_record(imp, deel) for deel in imp.andere.alle(f"{object_['url']}/history", **PORTIE)]
    laatste = max((deel["index"] for deel in records), default=0)
    for waarden in records:
        eigen = {"id": uuid5(id_, str(waarden["index"])), "object": id_, "type": type_}
        yield Rij(
            model=Record,
            waarden={**waarden, **eigen, "laatste": waarden["index"] == laatste},
            url=f"{object_['url']}/{waarden['index']}",
        )


def _record(imp: Import, record: Weergave) -> dict[str, Any]:
    try:
        gelezen = ObjectRecordUit.model_validate(imp.andere.vertaal(record) | {"data": record["data"]})
    except ValidationError as fout:
        plekken = ", ".join(".".join(map(str, deel["loc"])) for deel in fout.errors())
        raise ValueError(f"record {record.get('index')}: invalid ({plekken})") from None
    waarden = gelezen.model_dump(exclude={"geometry", "references"})
    naar_opslag = imp.installatie.diensten.naar_opslag
    return waarden | {
        "geometry": record.get("geometry"),
        "references": [{"type": ref.type, "url": naar_opslag(ref.url)} for ref in gelezen.references],
    }


STAPPEN: tuple[Stap, ...] = (
    Stap(naam="objecttypen", registratie=OBJECTTYPEN, bron=OBJECTTYPE, params=PORTIE, erbij=_versies),
    Stap(naam="objecten", registratie=OBJECTEN, bron=OBJECT, params=PORTIE, rijen=_object),
)
