"""De gevallen van de DMN TCK, als de map met gegevens er is."""

from pathlib import Path

import pytest

from dmn.conformiteit import draai

MAP = Path(__file__).resolve().parents[4] / "shared" / "gegevens" / "dmn-tck"


@pytest.mark.skipif(not MAP.is_dir(), reason="de gevallen van de TCK zijn hier niet")
@pytest.mark.parametrize("niveau", ["level-2", "level-3"])
def test_alle_gevallen_slagen(niveau: str) -> None:
    gevallen = list(draai(MAP / niveau))
    assert len(gevallen) > 100
    assert [(geval.groep, geval.id, geval.klachten) for geval in gevallen if geval.klachten] == []
