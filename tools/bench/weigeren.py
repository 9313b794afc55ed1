"""Hoe snel weigert elke API wat vijandig is? De eis is een duidelijke 4xx binnen twee seconden.

Per API het traagste lichaam (leeg, kapot, diep, 11 MB) en over alle API's de traagste verwijzing naar een intern adres.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))
from dienstverlening.samenstellen import maak_platform, werk_database_bij
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen
from kern.logboek import richt_in
from kern.motoren import Motoren
from tests.integratie.registraties.typen import maak_typen
from tests.veiligheid.test_vijandig import APIS, LICHAMEN, namens, posts, stuur, verwijzingen

KOPPEN = {"Content-Type": "application/json", "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
ADRES = "http://169.254.169.254/latest/meta-data/"
BEHEER = ("zaaktype.", "resultaattype.")  # het beheer van types gaat door met een onbekend adres


def duur(doe: Callable[[], httpx.Response], *, weigert: bool = True) -> float:
    """Seconden van een verzoek dat geweigerd moet worden."""
    begin = time.perf_counter()
    antwoord = doe()
    if weigert and not antwoord.is_client_error:
        raise SystemExit(f"niet geweigerd: {antwoord.request.method} {antwoord.request.url}: {antwoord.status_code}")
    return time.perf_counter() - begin


def traagste_lichaam(installatie: Installatie, api: str) -> tuple[float, str]:
    """Het lichaam waar deze API het langst over doet."""
    basis, wie = installatie.diensten[api].basis, namens(installatie, api)
    return max(
        (duur(partial(installatie.http.post, f"{basis}{pad}", content=inhoud, headers=KOPPEN, auth=wie)), naam)
        for pad in posts(installatie, api)
        for naam, inhoud in LICHAMEN.items()
    )


def traagste_verwijzing(installatie: Installatie) -> tuple[float, str]:
    """Het veld waar een intern adres het langst over doet."""
    plekken = verwijzingen(installatie, maak_typen(installatie), ADRES)
    return max(
        (duur(partial(stuur, installatie, *deel), weigert=not veld.startswith(BEHEER)), veld)
        for veld, deel in plekken.items()
    )


def main() -> None:
    """Druk de duur af, in milliseconden."""
    richt_in("error", uitvoer=sys.stderr)
    with tempfile.TemporaryDirectory() as map_, Motoren(Path(map_) / "motoren", snel=True) as motoren:
        instellingen = laad_instellingen(
            omgeving="test", data=Path(map_), database_url=motoren.database_url, redis_url=motoren.redis_url
        )
        werk_database_bij(instellingen)
        installatie = maak_platform(instellingen)
        for api in (api for api in APIS if posts(installatie, api)):
            seconden, naam = traagste_lichaam(installatie, api)
            print(f"{api}, traagste lichaam ({naam}): {seconden * 1000:.0f} ms (eis 2000)")
        seconden, naam = traagste_verwijzing(installatie)
        print(f"intern adres als verwijzing, traagste ({naam}): {seconden * 1000:.0f} ms (eis 2000)")
        installatie.sluit()


if __name__ == "__main__":
    main()
