"""De migraties van Objecten en Objecttypen gaan heen en terug, en nemen bestaande records mee."""

from pathlib import Path

import pytest
from sqlalchemy import text

import registraties.objecten
import registraties.objecttypen
from kern.deel import Deel
from kern.migratie import draai_terug, verschillen, werk_bij
from kern.motoren import Motoren
from tests import kernhulp

EERSTE = "08b37af1ada9"
VUL = """
INSERT INTO objecten.object (id, type) VALUES (md5('a')::uuid, 'x'), (md5('b')::uuid, 'y');
INSERT INTO objecten.record (id, object, index, type_version, data, "references", start_at, registration_at)
SELECT md5(object || nr::text)::uuid, md5(object)::uuid, nr, 1, jsonb_build_object('naam', 'naam ' || object || nr), '[]', '2024-01-01', '2024-01-01'
FROM (VALUES ('a', 1), ('a', 2), ('b', 1)) AS rij (object, nr)
"""


@pytest.mark.parametrize(
    "deel", [registraties.objecten.deel, registraties.objecttypen.deel], ids=lambda deel: deel.naam
)
def test_migraties_kloppen_en_gaan_terug(motoren: Motoren, tmp_path: Path, deel: Deel) -> None:
    with kernhulp.open_installatie(kernhulp.maak_database(motoren), motoren.redis_url, tmp_path) as installatie:
        for _ in range(2):
            werk_bij(installatie.db, [deel])
            assert verschillen(installatie.db, deel) == []
            draai_terug(installatie.db, deel)


def test_bestaande_records_gaan_mee(motoren: Motoren, tmp_path: Path) -> None:
    deel = registraties.objecten.deel
    with kernhulp.open_installatie(kernhulp.maak_database(motoren), motoren.redis_url, tmp_path) as installatie:
        werk_bij(installatie.db, [deel])
        draai_terug(installatie.db, deel, EERSTE)
        with installatie.db.schrijven() as verbinding:
            for opdracht in VUL.split(";\n"):
                verbinding.execute(text(opdracht))
        werk_bij(installatie.db, [deel])
        vraag = text("SELECT data ->> 'naam', type, laatste, cardinality(trigrammen) FROM objecten.record ORDER BY 1")
        with installatie.db.lezen() as verbinding:
            assert [tuple(rij) for rij in verbinding.execute(vraag)] == [
                ("naam a1", "x", False, 5),
                ("naam a2", "x", True, 5),
                ("naam b1", "y", True, 5),
            ]
