"""Een nieuwere versie van een pakket overnemen zonder eigen aanpassingen te verliezen."""

import json
from typing import Any

from processen.modelleren.samenvoegen import voeg_samen


def js(waarde: Any) -> bytes:
    return json.dumps(waarde).encode()


def test_per_bestand() -> None:
    toen = {"a": b"1", "b": b"1", "c": b"1", "d": b"1", "e": b"1"}
    eigen = {"a": b"1", "b": b"eigen", "c": b"eigen", "e": b"1", "mijn": b"x"}
    nieuw = {"a": b"2", "b": b"1", "c": b"2", "d": b"1", "hun": b"y"}
    samen = voeg_samen(toen, eigen, nieuw)
    assert samen.bestanden == {
        "a": b"2", "b": b"eigen", "c": b"eigen", "d": None, "e": None, "mijn": b"x", "hun": b"y",
    }  # fmt: skip
    assert samen.botsingen == ["c"]
    assert samen.overgenomen == ["a", "e", "hun"]
    assert samen.behouden == ["b", "d", "mijn"]


def test_in_json_per_veld_en_in_lijsten_op_sleutel() -> None:
    toen = {
        "naam": {"nl": "Oud"},
        "stappen": [{"naam": "een", "componenten": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}],
    }
    eigen = {
        "naam": {"nl": "Eigen naam"},
        "stappen": [{"naam": "een", "componenten": [{"key": "a", "label": "A van ons"}, {"key": "b", "label": "B"}]}],
    }
    nieuw = {
        "naam": {"nl": "Oud", "en": "Old"},
        "stappen": [{"naam": "een", "componenten": [{"key": "a", "label": "A"}, {"key": "n", "label": "Nieuw"}, {"key": "b", "label": "B beter"}]}, {"naam": "twee"}],
    }  # fmt: skip
    samen = voeg_samen({"f.json": js(toen)}, {"f.json": js(eigen)}, {"f.json": js(nieuw)})
    assert samen.botsingen == []
    assert json.loads(samen.bestanden["f.json"] or b"") == {
        "naam": {"nl": "Eigen naam", "en": "Old"},
        "stappen": [
            {"naam": "een", "componenten": [{"key": "a", "label": "A van ons"}, {"key": "n", "label": "Nieuw"}, {"key": "b", "label": "B beter"}]},
            {"naam": "twee"},
        ],
    }  # fmt: skip


def test_wat_beide_kanten_veranderden_blijft_eigen_en_wordt_genoemd() -> None:
    samen = voeg_samen(
        {"f.json": js({"x": 1, "l": [1]})}, {"f.json": js({"x": 2, "l": [1]})}, {"f.json": js({"x": 3, "l": [1, 2]})}
    )
    assert json.loads(samen.bestanden["f.json"] or b"") == {"x": 2, "l": [1, 2]}
    assert samen.botsingen == ["f.json: x"]


def test_weggehaald_en_gewijzigd() -> None:
    samen = voeg_samen(
        {"f.json": js({"x": 1, "y": 1})}, {"f.json": js({"y": 2})}, {"f.json": js({"x": 1, "y": 1, "z": 1})}
    )
    assert json.loads(samen.bestanden["f.json"] or b"") == {"y": 2, "z": 1}
