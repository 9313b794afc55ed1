"""Een inlogmiddel: waar het staat, hoe wij ons daar melden en in welke claims de gegevens zitten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from joserfc.jwk import RSAKey

from kern.aanmelden.identiteit import Bron, Doelgroep
from kern.aanmelden.niveaus import DIGID, EHERKENNING, EIDAS, MEDEWERKER, Niveau, Niveaus

Claim = str | tuple[str, ...]
"""Naam van een claim, of het pad erheen. Een naam mag zelf punten en dubbelepunten bevatten."""

NIVEAUS: Mapping[Bron, Niveaus] = {
    "digid": DIGID,
    "eherkenning": EHERKENNING,
    "eidas": EIDAS,
    "medewerker": MEDEWERKER,
}


@dataclass(frozen=True)
class Claims:
    """In welke claim elk gegeven staat. De standaardwaarden zijn die van de simulator; elke makelaar heeft zijn eigen namen."""

    bsn: Claim = "bsn"
    kvk: Claim = "kvk"
    vestiging: Claim = "vestiging"
    pseudoniem: Claim = "pseudoniem"
    gebruikersnaam: Claim = "preferred_username"
    naam: Claim = "name"
    email: Claim = "email"
    geboortedatum: Claim = "birthdate"
    groepen: Claim = "groups"
    rollen: Claim = "roles"
    niveau: Claim = "acr"
    vertegenwoordigde_bsn: Claim = ("vertegenwoordigde", "bsn")
    vertegenwoordigde_kvk: Claim = ("vertegenwoordigde", "kvk")
    vertegenwoordigde_naam: Claim = ("vertegenwoordigde", "naam")
    machtiging_rol: Claim = ("machtiging", "rol")
    machtiging_diensten: Claim = ("machtiging", "diensten")


@dataclass(frozen=True)
class Inlogmiddel:
    """Eén OpenID Provider waar mensen zich aanmelden.

    Met `sleutel` (een eigen RSA-sleutel) meldt het platform zich met private_key_jwt, anders met `client_geheim` (basic).
    `algoritmen` ligt vast: een handtekening met iets anders wordt geweigerd. `rollen_per_groep` geeft rollen aan
    medewerkers van wie de provider alleen groepen kent. `alle_diensten` zijn de diensten (id of uuid) waarmee een gemachtigde
    alles van de gemeente mag gebruiken; met een andere dienst mag hij alleen wat daarbij hoort.
    """

    naam: str
    titel: str
    doelgroep: Doelgroep
    bron: Bron
    issuer: str
    client_id: str
    client_geheim: str = field(default="", repr=False)
    sleutel: RSAKey | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ("openid",)
    claims: Claims = Claims()
    gebruik_userinfo: bool = False
    algoritmen: tuple[str, ...] = ("PS256", "RS256")
    standaard_niveau: Niveau = Niveau.BASIS
    rollen_per_groep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alle_diensten: tuple[str, ...] = ()

    @property
    def niveaus(self) -> Niveaus:
        """De acr-waarden van dit soort middel."""
        return NIVEAUS[self.bron]


def lees_claim(gegevens: Mapping[str, Any], claim: Claim) -> Any:
    """De waarde van een claim; None als hij ontbreekt."""
    waarde: Any = gegevens
    for naam in (claim,) if isinstance(claim, str) else claim:
        waarde = waarde.get(naam) if isinstance(waarde, Mapping) else None
    return waarde


def herkomsten(middelen: Iterable[Inlogmiddel]) -> list[str]:
    """De herkomsten van de providers, voor `form-action` in de CSP: afmelden is een formulier dat daarheen doorstuurt."""
    return sorted({f"{urlsplit(middel.issuer).scheme}://{urlsplit(middel.issuer).netloc}" for middel in middelen})
