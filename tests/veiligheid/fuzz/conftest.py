"""Een eigen gemeente om te beproeven: wat de verzoeken aanrichten, ziet geen andere test."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from itertools import count

import httpx
import pytest
from sqlalchemy import insert

from kern.instellingen import Instellingen
from kern.machines import Ondertekening
from kern.tabellen import Toegangssleutel
from tests.reishulp import Gemeente, ingerichte_gemeente
from tests.veiligheid.fuzz.gegevens import vul
from tests.veiligheid.fuzz.machine import Doel

CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
Doelen = Callable[[str], Doel]


@pytest.fixture(scope="module")
def gemeente(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Gemeente]:
    with ingerichte_gemeente(eigen_instellingen("fuzz", ingericht=True)) as gemeente:
        rij = {"soort": "token", "client_id": "fuzz", "geheim": hashlib.sha256(b"fuzz.geheim").digest()}
        with gemeente.installatie.db.schrijven() as verbinding:
            verbinding.execute(insert(Toegangssleutel).values(**rij, rechten={"*": "alles"}))
        vul(gemeente, 0)
        yield gemeente


@pytest.fixture(scope="module")
def doel(gemeente: Gemeente) -> Doelen:
    """Een API van deze gemeente, met een aanmelding die alles mag."""
    installatie, nummers = gemeente.installatie, count(1)

    def koppen(api: str) -> Mapping[str, str]:
        dienst = installatie.diensten[api]
        if dienst.aanmelding != "zgw":
            return {"Authorization": "Token fuzz.geheim", **CRS}
        verzoek = httpx.Request("GET", installatie.instellingen.adres)
        getekend = next(Ondertekening(installatie, dienst, api).auth_flow(verzoek))
        return {"Authorization": getekend.headers["Authorization"], **CRS}

    return lambda api: Doel(installatie, api, lambda: koppen(api), lambda: vul(gemeente, next(nummers)))
