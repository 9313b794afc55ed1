"""De opstelling voor demo en test: de clients van de simulator en de inlogmiddelen van het platform, die bij elkaar passen."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from kern.aanmelden import Bron, Doelgroep, Inlogmiddel
from simulatoren.oidc.aanbod import DIENST
from simulatoren.oidc.clients import OidcClient
from simulatoren.oidc.sleutels import bewaarde_sleutel
from simulatoren.opslag import bewaard

CLIENT = "dienstverlening"
MET_GEHEIM = f"{CLIENT}-geheim"
_MIDDELEN: tuple[tuple[str, str, Doelgroep, Bron], ...] = (
    ("digid", "DigiD", "inwoner", "digid"),
    ("digid-machtigen", "DigiD Machtigen", "inwoner", "digid"),
    ("eidas", "eIDAS", "inwoner", "eidas"),
    ("eherkenning", "eHerkenning", "ondernemer", "eherkenning"),
    ("medewerkers", "Medewerkersaccount", "medewerker", "medewerker"),
)


@dataclass(frozen=True)
class Proefopstelling:
    """`middelen` voor `kern.aanmelden.maak_blauwdruk`, `clients` voor `simulatoren.oidc.maak_app`."""

    middelen: tuple[Inlogmiddel, ...]
    clients: tuple[OidcClient, ...]


def maak_proefopstelling(*, basis_url: str, publiek_adres: str, map_: Path) -> Proefopstelling:
    """Inlogmiddelen op de simulator onder `basis_url`, voor een platform op `publiek_adres`.

    eHerkenning gebruikt een geheim en de andere private_key_jwt, zodat beide voorkomen; sleutel en geheim staan in `map_`.
    eIDAS haalt zijn gegevens ook uit userinfo.
    """
    sleutel = bewaarde_sleutel(map_ / "client.pem")
    geheim = bewaard(map_ / "client-geheim", lambda: secrets.token_urlsafe(32))
    adres = publiek_adres.rstrip("/")
    terug = tuple(f"{adres}/aanmelden/{naam}/terug" for naam, *_ in _MIDDELEN)
    middelen = tuple(
        Inlogmiddel(
            naam,
            titel,
            doelgroep,
            bron,
            issuer=f"{basis_url.rstrip('/')}/{naam}",
            client_id=MET_GEHEIM if bron == "eherkenning" else CLIENT,
            client_geheim=geheim if bron == "eherkenning" else "",
            sleutel=None if bron == "eherkenning" else sleutel,
            gebruik_userinfo=bron == "eidas",
            alle_diensten=(DIENST["id"],),
        )
        for naam, titel, doelgroep, bron in _MIDDELEN
    )
    clients = (
        OidcClient(CLIENT, terug, (f"{adres}/",), sleutel=sleutel, algoritme="PS256"),
        OidcClient(MET_GEHEIM, terug, (f"{adres}/",), geheim=geheim, algoritme="RS256"),
    )
    return Proefopstelling(middelen, clients)
