"""De Objecten API: wat er te vinden is, voor het OpenAPI-document. De routes zelf staan in `routes`."""

from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from integratie.basis import GevuldeUrl, Url
from integratie.objecten.schemas import Behouden, ObjectIn, ObjectRecordUit, ObjectUit, Permission, Zoekvraag
from integratie.objecttypen import schemas as typen
from kit import Registratie
from kit.bron import Kanaal, Route
from registraties.objecten.routes import voeg_toe

_PAGINA: dict[str, Any] = {"page": int, "pageSize": int}
_PEIL: dict[str, Any] = {"date": date, "registrationDate": date, "fields": str}
_CRITERIA: dict[str, Any] = {
    **_PEIL,
    "type": GevuldeUrl,
    "typeVersion": int,
    "data_attr": str,
    "data_attrs": str,
    "data_icontains": str,
    "ordering": str,
}
_EEN = "/objects/{uuid}"
_SOORT = "/objecttypes/{uuid}"
_VERSIES = "/objecttypes/{objecttype_uuid}/versions"
_VERSIE: dict[str, Any] = {"version": Annotated[int, Field(ge=0, le=32767)]}
_CLASSIFICATIE = Literal["open", "intern", "confidential", "strictly_confidential"]
_ZOEK_UITLEG = "Hetzelfde als search, onder de naam die de andere registraties ook hebben."

_lezend = partial(Route, methode="get", koppen=("Accept-Crs",))
_lijst = partial(Route, methode="get", lijst=True, gepagineerd=True)
_schrijvend = partial(
    Route, lees=ObjectUit, schrijf=ObjectIn, koppen=("Accept-Crs", "Content-Crs", "Content-Type", "Idempotency-Key")
)
_zoekend = partial(
    Route, methode="post", lees=ObjectUit, schrijf=Zoekvraag, lijst=True, gepagineerd=True, parameters=_PAGINA,
    koppen=("Accept-Crs", "Content-Crs", "Content-Type"),
)  # fmt: skip
_type = partial(Route, lees=typen.ObjectTypeUit, schrijf=typen.ObjectTypeIn, koppen=("Content-Type", "Idempotency-Key"))
_versie = partial(
    Route, lees=typen.ObjectVersionUit, schrijf=typen.ObjectVersionIn, koppen=("Content-Type", "Idempotency-Key")
)

_PADEN = (
    _lijst(
        pad="/objects",
        operatie="object_lijst",
        lees=ObjectUit,
        parameters=_CRITERIA | _PAGINA,
        koppen=("Accept-Crs",),
    ),
    _schrijvend(pad="/objects", methode="post", operatie="object_maak", status=201),
    _zoekend(pad="/objects/search", operatie="object_search"),
    _zoekend(pad="/objects/_zoek", operatie="object_zoek", uitbreiding=_ZOEK_UITLEG),
    _lezend(pad=_EEN, operatie="object_haal", lees=ObjectUit, parameters=_PEIL),
    _schrijvend(pad=_EEN, methode="put", operatie="object_vervang"),
    _schrijvend(pad=_EEN, methode="patch", operatie="object_wijzig"),
    Route(
        pad=_EEN,
        methode="delete",
        operatie="object_verwijder",
        status=204,
        parameters={"zaak": Url},
        ook={"200": Behouden},
    ),
    _lijst(
        pad=f"{_EEN}/history",
        operatie="object_historie",
        lees=ObjectRecordUit,
        parameters=_PAGINA,
        koppen=("Accept-Crs",),
    ),
    _lezend(pad=f"{_EEN}/{{index}}", operatie="object_record", lees=ObjectRecordUit, parameters={"index": int}),
    _lijst(pad="/permissions", operatie="permission_lijst", lees=Permission, parameters=_PAGINA),
    _lijst(
        pad="/objecttypes",
        operatie="objecttype_lijst",
        lees=typen.ObjectTypeUit,
        parameters={"dataClassification": _CLASSIFICATIE} | _PAGINA,
    ),
    _type(pad="/objecttypes", methode="post", operatie="objecttype_maak", status=201),
    Route(pad=_SOORT, methode="get", operatie="objecttype_haal", lees=typen.ObjectTypeUit),
    _type(pad=_SOORT, methode="put", operatie="objecttype_vervang"),
    _type(pad=_SOORT, methode="patch", operatie="objecttype_wijzig"),
    Route(pad=_SOORT, methode="delete", operatie="objecttype_verwijder", status=204),
    _lijst(pad=_VERSIES, operatie="objectversie_lijst", lees=typen.ObjectVersionUit, parameters=_PAGINA),
    _versie(pad=_VERSIES, methode="post", operatie="objectversie_maak", status=201),
    Route(
        pad=f"{_VERSIES}/{{version}}",
        methode="get",
        operatie="objectversie_haal",
        lees=typen.ObjectVersionUit,
        parameters=_VERSIE,
    ),
    _versie(pad=f"{_VERSIES}/{{version}}", methode="put", operatie="objectversie_vervang", parameters=_VERSIE),
    _versie(pad=f"{_VERSIES}/{{version}}", methode="patch", operatie="objectversie_wijzig", parameters=_VERSIE),
    Route(
        pad=f"{_VERSIES}/{{version}}",
        methode="delete",
        operatie="objectversie_verwijder",
        status=204,
        parameters=_VERSIE,
    ),
)

OBJECTEN = Registratie(
    naam="objecten",
    titel="Objecten API",
    versie="2.7.0",
    bronnen=(),
    routes=voeg_toe,
    paden=_PADEN,
    kanalen=(Kanaal("objecten", ("objectType",)),),
)
