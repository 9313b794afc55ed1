"""Wie er in een object staat, komt in het Logboek dataverwerkingen zodra een ander systeem het leest of schrijft."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from integratie.objecten.schemas import ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn, ObjectTypeUit
from integratie.urn import urn_kvk
from kern.installatie import Installatie
from kern.ldv import gebruik_van
from registraties.objecten.betrokkenen import waarden
from tests.integratie.registraties.objecten.hulp import SCHEMA, met_rechten, object_
from tests.integratie.registraties.tokens import fouten
from tests.kernhulp import ANDER_BSN, BSN

PADEN = {"aanvrager__bsn": "bsn", "betrokkenen__inpBsn": "bsn", "eigenaar": "urn"}
GELEZEN, GESCHREVEN = "object gelezen door zaaksysteem", "object geschreven door zaaksysteem"
Lees = Callable[[str, str], list[str]]


@pytest.fixture
def aanvraag(typen: ObjecttypenClient) -> ObjectTypeUit:
    """Een objecttype dat zegt over wie zijn objecten gaan."""
    type_ = ObjectTypeIn.model_validate(
        {"uuid": uuid4(), "name": "aanvraag", "name_plural": "aanvragen", "subject_paths": PADEN}
    )
    return typen.zorg_voor_type(type_, SCHEMA)[0]


@pytest.fixture
def namen(installatie: Installatie) -> Lees:
    return lambda soort, waarde: [regel.naam for regel in gebruik_van(installatie, (soort, waarde))]


def test_elk_gebruik_door_een_ander_systeem(
    installatie: Installatie, aanvraag: ObjectTypeUit, vandaag: date, namen: Lees
) -> None:
    ander = met_rechten(installatie, "alles", "zaaksysteem")
    data: dict[str, Any] = {"aanvrager": {"bsn": BSN}, "betrokkenen": [{"inpBsn": ANDER_BSN}, {"inpBsn": "geen"}, {}]}
    gemaakt = ander.maak_object(object_(aanvraag, vandaag, **data, eigenaar=urn_kvk("12345678")), sleutel="1")
    for pad in (gemaakt.url, f"{gemaakt.url}/history", f"{gemaakt.url}/1", "objects?fields=uuid"):
        ander.vraag("GET", pad)
    ander.vraag("POST", "objects/search", json={"type": aanvraag.url})
    ander.vraag("PATCH", gemaakt.url, json={"record": {"data": {"naam": "beuk"}, "startAt": str(vandaag)}})
    for soort, waarde in (("bsn", BSN), ("bsn", ANDER_BSN), ("kvk", "12345678")):
        assert sorted(namen(soort, waarde)) == [GELEZEN] * 5 + [GESCHREVEN] * 2
    assert namen("bsn", "geen") == []


def test_eigen_onderdelen_en_andere_types_laten_niets_na(
    aanvraag: ObjectTypeUit, soort: ObjectTypeUit, maak: Callable[..., ObjectUit], installatie: Installatie, namen: Lees
) -> None:
    """Een eigen onderdeel zegt zelf waarvoor het iets gebruikt; een type zonder paden gaat niet over mensen."""
    maak(aanvrager={"bsn": BSN})
    met_rechten(installatie, "alles", "zaaksysteem").vraag("GET", "objects", params={"type": soort.url})
    assert aanvraag.subject_paths == PADEN
    assert namen("bsn", BSN) == []


def test_een_gewijzigd_objecttype_telt_meteen(
    installatie: Installatie,
    typen: ObjecttypenClient,
    soort: ObjectTypeUit,
    maak: Callable[..., ObjectUit],
    namen: Lees,
) -> None:
    gemaakt = maak(wie=BSN)
    ander = met_rechten(installatie, "lezen", "zaaksysteem")
    ander.vraag("GET", gemaakt.url)
    typen.vraag("PATCH", soort.url, json={"subjectPaths": {"wie": "bsn"}})
    ander.vraag("GET", gemaakt.url)
    assert namen("bsn", BSN) == [GELEZEN]


@pytest.mark.parametrize("paden", [{"wie": "paspoort"}, {"a,b": "bsn"}, {f"p{nr}": "bsn" for nr in range(21)}])
def test_alleen_soorten_die_het_logboek_kent(
    typen: ObjecttypenClient, soort: ObjectTypeUit, paden: dict[str, str]
) -> None:
    (fout,) = fouten(lambda: typen.vraag("PATCH", soort.url, json={"subjectPaths": paden}))
    assert fout[0].startswith("subjectPaths")


def test_waarden_op_een_pad() -> None:
    data = {"a": [{"b": "x"}, {"b": ["y", 3]}, "z"], "c": {"d": None}}
    assert list(waarden(data, ["a", "b"])) == ["x", "y", "3"]
    assert list(waarden(data, ["c", "d"])) == list(waarden(data, ["e", "f"])) == []
