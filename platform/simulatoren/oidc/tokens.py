"""Wat de simulator uitgeeft: codes, id-tokens, access-tokens en userinfo. Op verzoek ook met een fout, om clients te beproeven."""

import hashlib
import hmac
import secrets
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import RSAKey

from kern.klok import Klok
from simulatoren.oidc.clients import OidcClient
from simulatoren.opslag import Briefjes

CODE_GELDIG = 60
TOKEN_GELDIG = 300

Sessie = dict[str, Any]
"""Wat er bij een code hoort: middel, client, adres, challenge, nonce, claims, acr, tijdstip en eventueel een fout."""

PROEFFOUTEN = {
    "storing": "Storing bij het inlogmiddel",
    "te-laag": "Lager niveau teruggeven dan gevraagd",
    "nonce": "Verkeerde nonce in het id-token",
    "handtekening": "Verkeerde handtekening onder het id-token",
    "ontvanger": "Id-token voor een andere toepassing",
    "verlopen": "Verlopen id-token",
}


class Uitgifte:
    """Geeft tokens uit namens de issuers van één simulator."""

    def __init__(self, sleutel: RSAKey, briefjes: Briefjes, klok: Klok) -> None:
        self._sleutel = sleutel
        self._briefjes = briefjes
        self._klok = klok

    def code(self, sessie: Sessie) -> str:
        """Een code die één minuut en één keer geldig is."""
        return self._briefjes.leg("code", sessie, CODE_GELDIG)

    def wissel(self, client: OidcClient, middel: str, issuer: str, velden: dict[str, str]) -> dict[str, Any] | None:
        """De tokens bij een code; None als de code niet (meer) geldig is voor deze client, dit adres en deze verifier."""
        sessie = self._briefjes.neem("code", velden.get("code", ""))
        if sessie is None:
            return None
        verwacht = {"middel": middel, "client": client.client_id, "adres": velden.get("redirect_uri")}
        challenge = create_s256_code_challenge(velden.get("code_verifier", ""))
        if any(sessie[naam] != waarde for naam, waarde in verwacht.items()):
            return None
        if not hmac.compare_digest(challenge, sessie["challenge"]):
            return None
        toegang = self._briefjes.leg("toegang", sessie, TOKEN_GELDIG)
        id_token = self._id_token(client, issuer, sessie, toegang)
        return {"access_token": toegang, "id_token": id_token, "token_type": "Bearer", "expires_in": TOKEN_GELDIG}

    def userinfo(self, middel: str, issuer: str, toegang: str) -> dict[str, Any] | None:
        """De claims bij een access-token; None als het niet geldig is."""
        sessie = self._briefjes.lees("toegang", toegang)
        if sessie is None or sessie["middel"] != middel:
            return None
        return {"sub": onderwerp(issuer, sessie["persoon"]), **sessie["claims"]}

    def _id_token(self, client: OidcClient, issuer: str, sessie: Sessie, toegang: str) -> str:
        nu = int(self._klok.nu().timestamp())
        fout = sessie["fout"]
        claims = {
            **sessie["claims"],
            "iss": issuer,
            "sub": onderwerp(issuer, sessie["persoon"]),
            "aud": "iemand-anders" if fout == "ontvanger" else client.client_id,
            "iat": nu,
            "exp": nu - TOKEN_GELDIG if fout == "verlopen" else nu + TOKEN_GELDIG,
            "auth_time": sessie["tijdstip"],
            "nonce": secrets.token_urlsafe(16) if fout == "nonce" else sessie["nonce"],
            "acr": sessie["acr"],
            "at_hash": create_half_hash(toegang, client.algoritme).decode(),
        }
        sleutel = RSAKey.generate_key(2048) if fout == "handtekening" else self._sleutel
        kop = {"alg": client.algoritme, "kid": self._sleutel.thumbprint(), "typ": "JWT"}
        return jwt.encode(kop, claims, sleutel, algorithms=[client.algoritme])


def onderwerp(issuer: str, persoon: str) -> str:
    """Een vast pseudoniem van een persoon bij één issuer: zegt niets over het nummer van die persoon."""
    return hashlib.sha256(f"{issuer}|{persoon}".encode()).hexdigest()[:32]
