"""De opdrachtregel van `dienstverlening importeer`, zonder database."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dienstverlening.importeren.opdrachten import SOORTEN, geheim, importeer, lees_elders
from dienstverlening.opstarten import StartFout


@pytest.mark.parametrize("soort", SOORTEN)
def test_elke_import_legt_zich_uit_en_vraagt_geen_geheim_als_argument(soort: str) -> None:
    """Wat op de opdrachtregel staat, is leesbaar in de lijst van processen."""
    uitkomst = CliRunner().invoke(importeer, [soort, "--help"])
    assert uitkomst.exit_code == 0, uitkomst.output
    opties = {woord for woord in uitkomst.output.split() if woord.startswith("--")}
    assert {"--opnieuw", "--rapport", "--elders"} <= opties
    assert not opties & {"--secret", "--geheim", "--token", "--wachtwoord"}


def test_het_geheim_komt_uit_een_bestand_of_de_omgeving(tmp_path: Path) -> None:
    @click.command()
    @geheim("objecten_token", "IMPORT_GEHEIM", "geheim")
    def toon(objecten_token: str) -> None:
        click.echo(objecten_token)

    bestand = tmp_path / "geheim"
    bestand.write_text("uit-een-bestand\n")
    omgeving = {"IMPORT_GEHEIM": "uit-de-omgeving"}
    uit_bestand = CliRunner().invoke(toon, ["--objecten-token-bestand", str(bestand)], env=omgeving)
    assert uit_bestand.output == "uit-een-bestand\n"
    assert CliRunner().invoke(toon, [], env=omgeving).output == "uit-de-omgeving\n"
    assert CliRunner().invoke(toon, [], input="getypt\n", env={"IMPORT_GEHEIM": ""}).output.endswith("getypt\n")


def test_een_api_op_een_ander_adres() -> None:
    assert lees_elders(["zaken=https://zrc.example/api/v1"]) == {"zaken": "https://zrc.example/api/v1"}
    for fout in ("zakken=https://zrc.example", "zaken"):
        with pytest.raises(StartFout, match="API=ADRES"):
            lees_elders([fout])
