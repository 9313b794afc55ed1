"""Wat in de regels van de Zaken API zonder database te toetsen is."""

from datetime import date, datetime
from typing import Annotated, Any

import pytest
from pydantic import ValidationError

from integratie.basis import Schema
from integratie.polymorf import Polymorf
from integratie.zaken.objecten import OBJECTEN
from integratie.zaken.schemas import RolIn
from kern.fouten import Ongeldig, Probleem
from kit.schema import fouten_uit
from kit.velden import ontleed_velden
from registraties.zaken.afsluiten import datum_van_afnemer
from registraties.zaken.archiveren import actiedatum, als_datum
from registraties.zaken.regels import past_bij
from registraties.zaken.regels_relaties import volg


@pytest.mark.parametrize(
    ("waarde", "datum"),
    [
        ("20260105", date(2026, 1, 5)),
        ("2026-01-05", date(2026, 1, 5)),
        ("20260105123000", date(2026, 1, 5)),
        ("2026-01-05T23:59:00Z", date(2026, 1, 5)),
        ("20261305", None),
        ("morgen", None),
        ("", None),
        (None, None),
    ],
)
def test_als_datum(waarde: Any, datum: date | None) -> None:
    """ztc-015, en de vorm met streepjes."""
    assert als_datum(waarde) == datum


@pytest.mark.parametrize(
    ("bron", "termijn", "verwacht"),
    [
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2026, 1, 1), "P365D", date(2027, 1, 1)),
        (None, "P1Y", None),
        (date(2026, 1, 1), None, None),
    ],
)
def test_actiedatum_rekent_met_de_kalender(bron: date | None, termijn: str | None, verwacht: date | None) -> None:
    """zrc-021: jaren en maanden, geen vaste dagen."""
    assert actiedatum(bron, {"archiefactietermijn": termijn}) == verwacht


@pytest.mark.parametrize(
    ("specificatie", "goed", "fout"),
    [
        ({"formaat": "tekst", "lengte": "3"}, ["", "abc"], ["abcd"]),
        ({"formaat": "getal", "lengte": "3"}, ["1", "-12", "123"], ["1234", "1,5", "x", ""]),
        ({"formaat": "getal", "lengte": "3,2"}, ["1", "123,45"], ["1,234", "1.5"]),
        ({"formaat": "datum", "lengte": "8"}, ["20260105"], ["2026-01-05", "2026015"]),
        ({"formaat": "datum_tijd", "lengte": "14"}, ["20260105120000"], ["20260105"]),
        ({"formaat": "tekst", "lengte": "9", "waardenverzameling": ["ja", "nee"]}, ["ja"], ["misschien"]),
        ({}, ["alles", "mag"], []),
    ],
)
def test_waarde_past_bij_specificatie(specificatie: dict[str, Any], goed: list[str], fout: list[str]) -> None:
    assert [waarde for waarde in goed if not past_bij(specificatie, waarde)] == []
    assert [waarde for waarde in fout if past_bij(specificatie, waarde)] == []


GEGEVENS = {"record": {"data": {"a b": 1}, "lijst": [{"x": None}, {"x": 2}]}, "leeg": {}}


@pytest.mark.parametrize(
    ("pad", "waarde"),
    [
        (".", GEGEVENS),
        (".record.data", {"a b": 1}),
        ('.record.data."a b"', 1),
        ('.record["data"]["a b"]', 1),
        (".record.lijst[1].x", 2),
        (".record.lijst[0].x", None),
        (".record.lijst[9]", None),
        (".record.data.x.y", None),
        (".leeg", {}),
        (".record | keys", None),
        ("..", None),
        ("record", None),
    ],
)
def test_pad_zoals_jq(pad: str, waarde: Any) -> None:
    assert volg(GEGEVENS, pad) == waarde


@pytest.mark.parametrize(
    ("gezet", "datum"),
    [
        ("2026-01-08T00:30:00+01:00", date(2026, 1, 8)),
        ("2026-01-07T23:30:00Z", date(2026, 1, 7)),
        ("2026-07-07T23:30:00-08:00", date(2026, 7, 7)),
    ],
)
def test_datum_in_de_tijdzone_van_de_afnemer(gezet: str, datum: date) -> None:
    """zrc-007."""
    assert datum_van_afnemer(datetime.fromisoformat(gezet)) == datum


def test_velden_kiezen() -> None:
    """zrc-029."""
    velden = ontleed_velden(["Url", {"status": ["*"], "groep": ["a"]}])
    assert velden.boom(("status",)) == {"status": {}}
    weergave = {"url": 1, "meer": 2, "groep": {"a": 1, "b": 2}, "_expand": {"status": {"x": 1}}}
    assert velden.snoei(weergave) == {"url": 1, "groep": {"a": 1}, "_expand": {"status": {"x": 1}}}
    with pytest.raises(Ongeldig):
        ontleed_velden([None])
    with pytest.raises(Probleem, match="relaties"):
        ontleed_velden([{str(nummer): [] for nummer in range(26)}])


class Hond(Schema):
    naam: str
    ras: str = ""


class Dier(Schema):
    soort: str
    vorm: Annotated[dict[str, Any] | None, Polymorf("soort", {"hond": Hond})] = None


def test_polymorf_veld() -> None:
    """De vorm volgt uit de soort; fouten hebben hun pad, een onbekende soort heeft geen vorm."""
    assert Dier.model_validate({"soort": "hond", "vorm": {"naam": "Bo", "x": 1}}).vorm == {"naam": "Bo", "ras": ""}
    assert Dier.model_validate({"soort": "hond", "vorm": {}}).vorm is None
    assert Dier.model_validate({"soort": "kat", "vorm": {"naam": "Bo"}}).vorm is None
    for fout, verwacht in (({"ras": 1}, {"vorm.naam": "required", "vorm.ras": "invalid"}), ("x", {"vorm": "invalid"})):
        with pytest.raises(ValidationError) as uitkomst:
            Dier.model_validate({"soort": "hond", "vorm": fout})
        assert {deel.naam: deel.code for deel in fouten_uit(uitkomst.value)} == verwacht
    assert Dier(soort="hond", vorm={"naam": "Bo"}).als_json() == {"soort": "hond", "vorm": {"naam": "Bo", "ras": ""}}


def test_elke_vorm_staat_in_het_schema() -> None:
    namen = RolIn.model_json_schema()["$defs"]
    assert {"RolNatuurlijkPersoon", "RolMedewerker", "VerblijfsAdres"} <= set(namen)
    assert len(OBJECTEN) == 28
