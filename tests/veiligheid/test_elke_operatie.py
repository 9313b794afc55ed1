"""Wat `test_vijandig` voor het aanmaken toont, ook voor wijzigen en voor wat ergens onder hangt; en onbekende parameters bij elke lijst."""

import re
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from kern.diensten import API_PADEN
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.veiligheid.test_tokenrechten import operaties

APIS = tuple(api for api, (_, aanmelding) in API_PADEN.items() if aanmelding != "zgw")
DIEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
GROOT = b'{"a":"' + b"x" * (11 << 20) + b'"}'
VREEMD = (b"", b"null", b"[]", b"1", b'"x"', b"{", b"\xff", b'{"a":1}x', b'{"a":NaN}')
MET_LICHAAM = ("post", "put", "patch")
# Een formulier met een bestand, en een aanroep die geen lichaam heeft.
ZONDER_JSON = re.compile(r"/bestanden|/publiceren$")


def stuur(installatie: Installatie, api: str, operatie: tuple[str, str], lichaam: bytes, query: str = "") -> int:
    dienst, (methode, pad) = installatie.diensten[api], operatie
    pad = re.sub("{([^}]*[Vv]ersi(e|on)|index|id)}", "1", pad)
    url = f"{dienst.basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}{query}"
    koppen = {"Content-Type": "application/json", "Content-Crs": "EPSG:4326"} if lichaam else {}
    auth: httpx.Auth = Ondertekening(installatie, dienst, "proef")
    return installatie.http.request(methode, url, content=lichaam or None, headers=koppen, auth=auth).status_code


def stand(installatie: Installatie, api: str) -> list[int]:
    """Het aantal rijen per tabel van de registratie."""
    namen = text("SELECT tablename FROM pg_tables WHERE schemaname = :api ORDER BY tablename")
    with installatie.db.lezen() as verbinding:
        tabellen = list(verbinding.scalars(namen, {"api": api}))
        return [verbinding.execute(text(f'SELECT count(*) FROM "{api}"."{naam}"')).scalar_one() for naam in tabellen]  # noqa: S608  # namen van de database zelf


@pytest.mark.parametrize("api", APIS)
def test_elke_wijziging_van_iets_dat_er_niet_is(installatie: Installatie, api: str) -> None:
    vooraf, fout = stand(installatie, api), []
    for operatie in operaties(installatie, api):
        los = operatie[0] == "post" and "{" not in operatie[1]
        if los or operatie[0] not in MET_LICHAAM or ZONDER_JSON.search(operatie[1]):
            continue
        statussen = [stuur(installatie, api, operatie, lichaam) for lichaam in (DIEP, *VREEMD)]
        groot = stuur(installatie, api, operatie, GROOT)
        # Wat er niet is, wordt niet gelezen.
        if groot not in (404, 413) or any(not 400 <= status < 500 for status in statussen):
            fout.append((operatie, groot, statussen))
    assert fout == []
    assert stand(installatie, api) == vooraf


@pytest.mark.parametrize("api", APIS)
def test_elke_lijst_weigert_wat_zij_niet_kent(installatie: Installatie, api: str) -> None:
    lijsten = [operatie for operatie in operaties(installatie, api) if operatie[0] == "get" and "{" not in operatie[1]]
    statussen = {operatie[1]: stuur(installatie, api, operatie, b"", "?onzin=1") for operatie in lijsten}
    assert lijsten
    assert set(statussen.values()) == {400}, statussen
