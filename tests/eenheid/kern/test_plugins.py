"""Plugins: gevonden als entry point in een echt (klein) geïnstalleerd pakket, gekozen met een instelling."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kern.instellingen import Instellingen, InstellingenFout, laad_instellingen
from kern.plugins import HAKEN, Haken, PluginFout, laad_plugins

MODULES = {
    "proef_goed": "from kern.plugins import haak\n@haak\ndef bouwblokken():\n    return ['a', 'b']\n",
    "proef_ander": "from kern.plugins import haak\n@haak\ndef bouwblokken():\n    return ['c']\n@haak\ndef kanalen():\n    return ['k']\n",
    "proef_stuk": "raise ValueError('kan niet starten')\n",
    "proef_fout": "from kern.plugins import haak\n@haak\ndef bouwblokken():\n    return [1 // 0]\n",
    "proef_onbekend": "from kern.plugins import haak\n@haak\ndef bestaat_niet():\n    return []\n",
}


@pytest.fixture(autouse=True)
def pakket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Een pakket van een ander met vijf plugins."""
    for naam, inhoud in MODULES.items():
        (tmp_path / f"{naam}.py").write_text(inhoud)
    info = tmp_path / "proefplugins-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: proefplugins\nVersion: 1.0\n")
    punten = "\n".join(f"{naam.removeprefix('proef_')} = {naam}" for naam in MODULES)
    (info / "entry_points.txt").write_text(f"[dienstverlening.plugins]\n{punten}\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for naam in MODULES:
        sys.modules.pop(naam, None)


def instellingen(plugins: str) -> Instellingen:
    return laad_instellingen(omgeving="test", plugins=plugins)


def test_alleen_genoemde_plugins_laden_op_volgorde() -> None:
    plugins = laad_plugins(instellingen("ander, goed"))
    assert plugins.namen == ["ander", "goed"]
    assert plugins.verzamel("bouwblokken") == ["c", "a", "b"]
    assert plugins.verzamel("kanalen") == ["k"]
    assert plugins.verzamel("bronnen") == []


def test_onbekende_naam_is_een_instellingenfout_die_de_bekende_noemt() -> None:
    with pytest.raises(InstellingenFout, match=r"PLUGINS: onbekend: weg; bekend zijn: .*goed"):
        laad_plugins(instellingen("goed,weg"))


def test_zonder_instelling_alleen_wat_met_het_platform_meekomt() -> None:
    assert not {"goed", "stuk"} & set(laad_plugins(instellingen("")).namen)


@pytest.mark.parametrize(("naam", "reden"), [("stuk", "kan niet starten"), ("onbekend", "bestaat_niet")])
def test_plugin_die_niet_laadt_wordt_genoemd(naam: str, reden: str) -> None:
    with pytest.raises(PluginFout, match=f"plugin {naam} kan niet laden: .*{reden}"):
        laad_plugins(instellingen(naam))


def test_fout_in_een_haak_noemt_de_plugin() -> None:
    with pytest.raises(PluginFout, match="plugin fout: bouwblokken geeft ZeroDivisionError"):
        laad_plugins(instellingen("goed,fout")).verzamel("bouwblokken")


def test_elke_haak_heeft_een_regel_uitleg() -> None:
    assert HAKEN == (
        "delen",
        "bouwblokken",
        "bekendmakers",
        "kanalen",
        "bronnen",
        "veldtypen",
        "betaalproviders",
        "inlogmiddelen",
    )
    assert all((getattr(Haken, naam).__doc__ or "").strip() for naam in HAKEN)
