"""De resources van de Objecttypen API, met hun regels (regels 12.1)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from integratie.objecttypen import INDEXEER, schemas
from kern.fouten import ParamFout
from kern.outbox import plaats
from kit import Afgeleid, Bron, Registratie, TokenRechten, Wijziging, filters
from kit.jsonschema import schemafouten
from kit.versies import na_wijziging
from registraties.objecttypen.modellen import ObjectType, ObjectVersion

Fouten = Iterable[ParamFout]
RECHTEN = TokenRechten("objecttypen")


def dateer(w: Wijziging[Any]) -> Fouten:
    """De datums zet het systeem."""
    vandaag = w.omgeving.installatie.klok.vandaag()
    w.waarden |= {"modified_at": vandaag, **({"created_at": vandaag} if w.aanmaken else {})}
    return ()


def laat_indexeren(w: Wijziging[schemas.ObjectTypeIn]) -> None:
    """De Objecten API bouwt de indexen buiten het verzoek; alleen die van onszelf kan dat."""
    installatie = w.omgeving.installatie
    paden = [] if w.voorstel is None else w.nieuw.indexed_paths
    eerst = [] if w.oud is None else w.oud["indexed_paths"]
    if paden != eerst and w.omgeving.diensten["objecten"].eigen:
        type_ = f"objecttypen:objecttypes/{w.id}"
        plaats(installatie, w.verbinding, INDEXEER, {"type": type_, "paden": paden}, sleutel=type_)


def schema_is_geldig(w: Wijziging[schemas.ObjectVersionIn]) -> Fouten:
    """Het schema is geldig JSON Schema 2020-12."""
    return schemafouten(w.nieuw.json_schema, "jsonSchema")


def alleen_concept_is_te_wijzigen(w: Wijziging[schemas.ObjectVersionIn]) -> Fouten:
    """Van een gepubliceerde versie ligt het schema vast; alleen uitfaseren (`deprecated`) kan nog."""
    if (
        w.oud is not None
        and w.oud["status"] != "draft"
        and (w.verandert("json_schema") or w.nieuw.status != "deprecated")
    ):
        yield ParamFout("nonFieldErrors", "non-draft-version-update", "Alleen een concept is te wijzigen.")


def alleen_concept_is_te_verwijderen(w: Wijziging[Any]) -> Fouten:
    """Een gepubliceerde versie kan in gebruik zijn."""
    if w.oud is not None and w.oud["status"] != "draft":
        yield ParamFout("nonFieldErrors", "non-draft-version-destroy", "Alleen een concept is te verwijderen.")


def nummer_de_versie(w: Wijziging[schemas.ObjectVersionIn]) -> Fouten:
    """Een nieuwe versie krijgt het volgende nummer; publiceren zet `publishedAt`."""
    tabel = ObjectVersion
    if w.aanmaken:
        hoogste = select(func.coalesce(func.max(tabel.version), 0)).where(tabel.object_type == w.waarden["object_type"])
        w.waarden["version"] = w.verbinding.execute(hoogste).scalar_one() + 1
    if w.nieuw.status == "published" and (w.oud is None or w.oud["status"] != "published"):
        w.waarden["published_at"] = w.omgeving.installatie.klok.vandaag()
    return ()


def type_heeft_geen_versies(w: Wijziging[Any]) -> Fouten:
    """Een objecttype met versies is niet te verwijderen."""
    if w.verbinding.execute(select(ObjectVersion.id).where(ObjectVersion.object_type == w.id).limit(1)).first():
        yield ParamFout("nonFieldErrors", "pending-versions", "Dit objecttype heeft nog versies.")


def _versiepaden() -> Any:
    versie = aliased(ObjectVersion)
    pad = func.concat("objecttypes/", cast(ObjectType.id, String), "/versions/", versie.version)
    return (
        select(func.array_agg(aggregate_order_by(pad, versie.version)))
        .where(versie.object_type == ObjectType.id)
        .scalar_subquery()
    )


OBJECTTYPE = Bron(
    pad="objecttypes",
    enkelvoud="objecttype",
    model=ObjectType,
    lees=schemas.ObjectTypeUit,
    schrijf=schemas.ObjectTypeIn,
    rechten=RECHTEN,
    filters=filters(ObjectType, "dataClassification"),
    afgeleid={"versions": Afgeleid(_versiepaden, paden=True)},
    regels=(dateer,),
    gevolgen=(laat_indexeren, na_wijziging("objecttypen")),
    bij_verwijderen=(type_heeft_geen_versies,),
)

OBJECTVERSIE = Bron(
    pad="objecttypes/{object_type}/versions",
    enkelvoud="objectversie",
    model=ObjectVersion,
    lees=schemas.ObjectVersionUit,
    schrijf=schemas.ObjectVersionIn,
    rechten=RECHTEN,
    padkolom="version",
    padnamen={"object_type": "objecttype_uuid"},
    sleutel="",
    regels=(schema_is_geldig, alleen_concept_is_te_wijzigen, dateer),
    binnen=(nummer_de_versie,),
    gevolgen=(na_wijziging("objecttypen"),),
    bij_verwijderen=(alleen_concept_is_te_verwijderen,),
    hoofd="object_type",
)

OBJECTTYPEN = Registratie(
    naam="objecttypen", titel="Objecttypen API", versie="2.2.2", bronnen=(OBJECTTYPE, OBJECTVERSIE)
)
