"""De opdrachtregel van `dienstverlening importeer`, zonder database."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dienstverlening.importeren.opdrachten import SOORTEN, importeer, lees_elders, lees_geheim
from dienstverlening.opstarten import StartFout


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_import_legt_zich_uit_en_vraagt_geen_geheim_als_argument(soort: str) -> None:
    """Wat op de opdrachtregel staat, is leesbaar in de lijst van processen."""
    uitkomst = CliRunner().invoke(importeer, [soort, "--help"])
    assert uitkomst.exit_code == 0, uitkomst.output
    opties = {woord for woord in uitkomst.output.split() if woord.startswith("--")}
    assert {"--opnieuw", "--rapport", "--elders"} <= opties
    assert not opties & {"--secret", "--geheim", "--token", "--wachtwoord"}


def test_het_geheim_komt_uit_een_bestand_of_de_omgeving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bestand = tmp_path / "geheim"
    bestand.write_text("uit-een-bestand\n")
    monkeypatch.setenv("IMPORT_GEHEIM", "uit-de-omgeving")
    assert lees_geheim(bestand, "IMPORT_GEHEIM", "geheim") == "uit-een-bestand"
    assert lees_geheim(None, "IMPORT_GEHEIM", "geheim") == "uit-de-omgeving"


def test_een_api_op_een_ander_adres() -> None:
    assert lees_elders(["zaken=https://zrc.example/api/v1"]) == {"zaken": "https://zrc.example/api/v1"}
    for fout in ("zakken=https://zrc.example", "zaken"):
        with pytest.raises(StartFout, match="API=ADRES"):
            lees_elders([fout])
