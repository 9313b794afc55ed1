"""De migraties van de motor geven precies de tabellen, en gaan heen en terug."""

from pathlib import Path

from kern.migratie import draai_terug, verschillen, werk_bij
from kern.motoren import Motoren
from processen import deel
from tests import kernhulp


def test_migraties_kloppen_en_gaan_terug(motoren: Motoren, tmp_path: Path) -> None:
    with kernhulp.open_installatie(kernhulp.maak_database(motoren), motoren.redis_url, tmp_path) as installatie:
        for _ in range(2):
            werk_bij(installatie.db, [deel])
            assert verschillen(installatie.db, deel) == []
            draai_terug(installatie.db, deel)
