"""De opstelling voor demo en test: de clients van de simulator en de inlogmiddelen van het platform, die bij elkaar passen."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from kern.aanmelden import Inlogmiddel, Niveau
from simulatoren.oidc.clients import OidcClient
from simulatoren.oidc.sleutels import bewaarde_sleutel
from simulatoren.opslag import bewaard

CLIENT = "dienstverlening"


@dataclass(frozen=True)
class Proefopstelling:
    """`middelen` voor `kern.aanmelden.maak_blauwdruk`, `clients` voor `simulatoren.oidc.maak_app`."""

    middelen: tuple[Inlogmiddel, ...]
    clients: tuple[OidcClient, ...]


def maak_proefopstelling(*, basis_url: str, publiek_adres: str, map_: Path) -> Proefopstelling:
    """Inlogmiddelen op de simulator onder `basis_url`, voor een platform op `publiek_adres`.

    DigiD, eIDAS, Machtigen en medewerkers gebruiken private_key_jwt, eHerkenning een geheim; zo komt beide voor. Sleutel en
    geheim staan in `map_`. eIDAS haalt zijn gegevens ook uit userinfo.
    """
    issuer = basis_url.rstrip("/")
    sleutel = bewaarde_sleutel(map_ / "client.pem")
    geheim = bewaard(map_ / "client-geheim", lambda: secrets.token_urlsafe(32))
    middelen = (
        Inlogmiddel("digid", "DigiD", "inwoner", "digid", f"{issuer}/digid", CLIENT, sleutel=sleutel),
        Inlogmiddel(
            "digid-machtigen",
            "DigiD Machtigen",
            "inwoner",
            "digid",
            f"{issuer}/digid-machtigen",
            CLIENT,
            sleutel=sleutel,
        ),
        Inlogmiddel(
            "eidas", "eIDAS", "inwoner", "eidas", f"{issuer}/eidas", CLIENT, sleutel=sleutel, gebruik_userinfo=True
        ),
        Inlogmiddel(
            "eherkenning",
            "eHerkenning",
            "ondernemer",
            "eherkenning",
            f"{issuer}/eherkenning",
            f"{CLIENT}-geheim",
            geheim,
        ),
        Inlogmiddel(
            "medewerkers",
            "Medewerkers",
            "medewerker",
            "medewerker",
            f"{issuer}/medewerkers",
            CLIENT,
            sleutel=sleutel,
            standaard_niveau=Niveau.BASIS,
        ),
    )
    adres = publiek_adres.rstrip("/")
    terug = tuple(f"{adres}/aanmelden/{middel.naam}/terug" for middel in middelen)
    clients = (
        OidcClient(CLIENT, terug, (f"{adres}/",), sleutel=sleutel, algoritme="PS256"),
        OidcClient(f"{CLIENT}-geheim", terug, (f"{adres}/",), geheim=geheim, algoritme="RS256"),
    )
    return Proefopstelling(middelen, clients)
