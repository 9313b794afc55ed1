"""De opdrachtregel en de terugtoets."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dmn.opdrachten import dmn as groep
from dmn.terugtoets import vergelijk
from tests.eenheid.dmn.modellen import beslissing, bestand, invoer, model, tabel


def grens(bedrag: int) -> bytes:
    regels = [([f"< {bedrag}"], ['"recht"']), ([f">= {bedrag}"], ['"geen recht"'])]
    return bestand(
        invoer("inkomen", "number"), beslissing("recht", tabel([("inkomen", "number")], regels), "i:inkomen")
    )


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    (tmp_path / "oud.dmn").write_bytes(grens(1000))
    (tmp_path / "nieuw.dmn").write_bytes(grens(1200))
    invoeren = "\n".join(json.dumps({"inkomen": n}) for n in (900, 1100, 1150, 1300))
    (tmp_path / "invoer.jsonl").write_text(invoeren, "utf-8")
    return tmp_path


def draai(*argumenten: object) -> tuple[int, str]:
    uit = CliRunner().invoke(groep, [str(deel) for deel in argumenten])
    return uit.exit_code, uit.output


def test_terugtoets_noemt_aantallen_en_regels() -> None:
    oud, nieuw = (model() for _ in range(2))
    import dmn  # noqa: PLC0415

    oud, nieuw = dmn.lees(grens(1000)), dmn.lees(grens(1200))
    verslag = vergelijk(oud, nieuw, "recht", [{"inkomen": n} for n in (900, 1100, 1150, 1300)])
    assert (verslag.aantal, verslag.gelijk, verslag.anders) == (4, 2, 2)
    assert [(o.oud, o.nieuw, o.aantal) for o in verslag.overgangen] == [('"geen recht"', '"recht"', 2)]
    assert verslag.regels[0].regels_oud == ["recht: regel 2"]
    assert verslag.regels[0].regels_nieuw == ["recht: regel 1"]
    assert [w.nummer for w in verslag.wijzigingen] == [2, 3]


def test_vergelijk(map_: Path) -> None:
    code, uit = draai("vergelijk", map_ / "oud.dmn", map_ / "nieuw.dmn", "recht", "--invoeren", map_ / "invoer.jsonl")
    assert code == 0
    assert "4 invoeren: 2 gelijk, 2 anders" in uit
    assert '2 keer "geen recht" → "recht"' in uit
    code, uit = draai(
        "vergelijk", map_ / "oud.dmn", map_ / "nieuw.dmn", "recht", "--invoeren", map_ / "invoer.jsonl", "--json"
    )
    assert json.loads(uit)["anders"] == 2


def test_evalueer_en_verklaar(map_: Path) -> None:
    assert draai("evalueer", map_ / "oud.dmn", "recht", "--invoer", '{"inkomen": 900}') == (0, '"recht"\n')
    code, uit = draai("verklaar", map_ / "oud.dmn", "recht", "--invoer", '{"inkomen": 900}', "--taal", "nl")
    assert code == 0
    assert "past regel 1, want inkomen is 900." in uit
    code, uit = draai("verklaar", map_ / "oud.dmn", "recht", "--invoer", '{"inkomen": 900}', "--json")
    assert json.loads(uit)["uitkomst"] == "recht"


def test_controleer(map_: Path) -> None:
    assert draai("controleer", map_ / "oud.dmn") == (0, "0 fouten, 0 waarschuwingen\n")
    (map_ / "fout.dmn").write_bytes(grens(1000).replace(b"&gt;=", b"&gt;"))
    code, uit = draai("controleer", map_ / "fout.dmn", "--taal", "en")
    assert code == 0
    assert "no rule matches inkomen: 1000" in uit
    (map_ / "kapot.dmn").write_bytes(grens(1000).replace(b"&gt;= 1000", b"&gt;= ("))
    code, uit = draai("controleer", map_ / "kapot.dmn")
    assert code == 1
    assert "kapot.dmn:1: fout [feel]" in uit


def test_fouten_van_de_gebruiker_zijn_een_regel(map_: Path) -> None:
    (map_ / "geen.dmn").write_bytes(b"<x/>")
    for argumenten in (
        ("evalueer", map_ / "geen.dmn", "recht"),
        ("evalueer", map_ / "oud.dmn", "rcht"),
        ("evalueer", map_ / "oud.dmn", "recht", "--invoer", "{"),
    ):
        code, uit = draai(*argumenten)
        assert code == 1
        assert uit.startswith("Error: ")
        assert len(uit.splitlines()) == 1


def test_tck_van_een_lege_map_is_geen_succes(map_: Path) -> None:
    code, uit = draai("tck", map_)
    assert code == 1
    assert uit.endswith("0 passed, 0 failed\n")
