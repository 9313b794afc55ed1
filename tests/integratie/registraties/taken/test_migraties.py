"""De migraties van Verzoeken, Taken, Berichten en de referentielijsten gaan heen en terug, en kloppen met de tabellen."""

from pathlib import Path

import pytest

import registraties.berichten
import registraties.referentielijsten
import registraties.taken
import registraties.verzoeken
from kern.deel import Deel
from kern.migratie import draai_terug, verschillen, werk_bij
from kern.motoren import Motoren
from kern.tabellen import KERN
from tests import kernhulp

DELEN = (
    KERN,
    registraties.berichten.deel,
    registraties.referentielijsten.deel,
    registraties.taken.deel,
    registraties.verzoeken.deel,
)


@pytest.mark.parametrize("deel", DELEN, ids=lambda deel: deel.naam)
def test_migraties_kloppen_en_gaan_terug(motoren: Motoren, tmp_path: Path, deel: Deel) -> None:
    with kernhulp.open_installatie(kernhulp.maak_database(motoren), motoren.redis_url, tmp_path) as installatie:
        for _ in range(2):
            werk_bij(installatie.db, [deel])
            assert verschillen(installatie.db, deel) == []
            draai_terug(installatie.db, deel)
