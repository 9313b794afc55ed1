"""De migraties van Klantinteracties en Contactgegevens gaan heen en terug, en kloppen met de tabellen."""

from pathlib import Path

import pytest

import registraties.contactgegevens
import registraties.klantinteracties
from kern.deel import Deel
from kern.migratie import draai_terug, verschillen, werk_bij
from kern.motoren import Motoren
from tests import kernhulp


@pytest.mark.parametrize("deel", [registraties.klantinteracties.deel, registraties.contactgegevens.deel])
def test_migraties_kloppen_en_gaan_terug(motoren: Motoren, tmp_path: Path, deel: Deel) -> None:
    with kernhulp.open_installatie(kernhulp.maak_database(motoren), motoren.redis_url, tmp_path) as installatie:
        for _ in range(2):
            werk_bij(installatie.db, [deel])
            assert verschillen(installatie.db, deel) == []
            draai_terug(installatie.db, deel)
