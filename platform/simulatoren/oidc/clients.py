"""De clients die de simulator kent, en het controleren dat een aanroep van het token-adres van die client komt."""

import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote_plus

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from kern.klok import Klok
from simulatoren.opslag import Briefjes

ALGORITMEN = ["PS256", "RS256"]
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
BEWERING_GELDIG = 300


@dataclass(frozen=True)
class OidcClient:
    """Een aangesloten toepassing: met een `sleutel` (openbaar deel) meldt zij zich met private_key_jwt, anders met een geheim."""

    client_id: str
    terugadressen: tuple[str, ...]
    na_afmelden: tuple[str, ...] = ()
    geheim: str = field(default="", repr=False)
    sleutel: RSAKey | None = field(default=None, repr=False)
    algoritme: Literal["RS256", "PS256"] = "RS256"


class Toegangscontrole:
    """Controleert de client bij het token-adres van één issuer."""

    def __init__(self, clients: Mapping[str, OidcClient], briefjes: Briefjes, klok: Klok) -> None:
        self._clients = clients
        self._briefjes = briefjes
        self._klok = klok

    def client(self, kop: str, velden: Mapping[str, str], ontvangers: tuple[str, ...]) -> OidcClient | None:
        """De client bij een aanroep; None als zij zich niet goed meldt. `ontvangers`: wat in `aud` mag staan."""
        if velden.get("client_assertion_type") == JWT_BEARER:
            return self._met_bewering(velden.get("client_assertion", ""), ontvangers)
        return self._met_geheim(kop)

    def _met_geheim(self, kop: str) -> OidcClient | None:
        if not kop.startswith("Basic "):
            return None
        try:
            naam, _, geheim = base64.b64decode(kop[6:], validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        client = self._clients.get(unquote_plus(naam))
        goed = client and client.geheim and hmac.compare_digest(client.geheim, unquote_plus(geheim))
        return client if goed else None

    def _met_bewering(self, bewering: str, ontvangers: tuple[str, ...]) -> OidcClient | None:
        client = self._clients.get(_onderwerp(bewering))
        if client is None or client.sleutel is None:
            return None
        try:
            claims = jwt.decode(bewering, client.sleutel, algorithms=ALGORITMEN).claims
            jwt.JWTClaimsRegistry(
                now=int(self._klok.nu().timestamp()),
                leeway=30,
                iss={"essential": True, "value": client.client_id},
                sub={"essential": True, "value": client.client_id},
                aud={"essential": True, "values": list(ontvangers)},
                exp={"essential": True},
                jti={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError):
            return None
        return client if self._briefjes.eerste_keer("jti", str(claims["jti"]), BEWERING_GELDIG) else None


def _onderwerp(bewering: str) -> str:
    """Wie de bewering zegt te zijn; pas na de controle van de handtekening is dat zeker."""
    try:
        inhoud = base64.urlsafe_b64decode(bewering.split(".")[1] + "==")
        return str(json.loads(inhoud).get("sub", ""))
    except (IndexError, ValueError, AttributeError):
        return ""
