"""De opdracht die van elk bouwblok een pagina en een elementsjabloon schrijft."""

import json
from pathlib import Path

from click.testing import CliRunner

from dienstverlening.bouwblokken import bouwblokken


def test_elk_bouwblok_heeft_een_pagina_en_een_sjabloon(tmp_path: Path) -> None:
    uitkomst = CliRunner().invoke(bouwblokken, [str(tmp_path)])
    assert uitkomst.exit_code == 0, uitkomst.output
    paginas = {bestand.stem for bestand in tmp_path.glob("*.md")}
    assert paginas == {bestand.stem for bestand in tmp_path.glob("*.json")}
    assert {"zaken.zaak-aanmaken", "betalen.verzoek", "bronnen.bag"} <= paginas
    sjabloon = json.loads((tmp_path / "zaken.status-zetten.json").read_text())
    assert sjabloon["elementType"] == {"value": "bpmn:ServiceTask"}
    pagina = (tmp_path / "zaken.status-zetten.md").read_text()
    assert "hier of als invoer" in pagina
    assert "In English: Set status" in pagina
