"""De aanmeldstroom: OpenID Connect met autorisatiecode, PKCE (S256), state, nonce en private_key_jwt (NL GOV-profiel).

`begin` geeft het adres bij het inlogmiddel en wat er tot de terugkeer bewaard moet worden; `rond_af` maakt van de terugkeer
een `Identiteit`. Beide doen zelf niets met sessies of pagina's.
"""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from pydantic import BaseModel, ConfigDict

from kern.aanmelden.aanbieder import Aanbieders, lees_json
from kern.aanmelden.fouten import (
    AanmeldFout,
    Afgebroken,
    AntwoordOngeldig,
    MiddelOnbereikbaar,
    NiveauTeLaag,
    PogingVerlopen,
)
from kern.aanmelden.identiteit import Identiteit
from kern.aanmelden.middel import Inlogmiddel
from kern.aanmelden.niveaus import Niveau, acr_vanaf
from kern.aanmelden.vertaling import naar_identiteit
from kern.klok import Klok
from kern.toegang import veilig_pad

POGING_GELDIG = timedelta(minutes=15)
SPELING = 30
"""Seconden verschil dat tussen onze klok en die van de provider mag zitten."""

_STORINGEN = ("server_error", "temporarily_unavailable")


class Poging(BaseModel):
    """Wat er tussen begin en terugkeer in de sessie staat. Als JSON op te slaan met `model_dump(mode="json")`."""

    model_config = ConfigDict(frozen=True)

    middel: str
    state: str
    nonce: str
    verifier: str
    minimaal: Niveau
    volgende: str
    begonnen: datetime


class Aanmelder:
    """De aanmeldstroom van één installatie. `terug` is het publieke adres zonder middel, bv. `https://x/aanmelden`."""

    def __init__(self, http: httpx.Client, klok: Klok, terug: str) -> None:
        self._http = http
        self._klok = klok
        self._terug = terug.rstrip("/")
        self.aanbieders = Aanbieders(http, klok)

    def terugadres(self, middel: Inlogmiddel) -> str:
        """De redirect_uri zoals die bij de provider geregistreerd staat."""
        return f"{self._terug}/{middel.naam}/terug"

    def begin(self, middel: Inlogmiddel, volgende: str, minimaal: Niveau = Niveau.BASIS) -> tuple[str, Poging]:
        """Het adres waar de gebruiker heen moet, en de poging om te bewaren. Vraagt altijd opnieuw om aanmelden."""
        poging = Poging(
            middel=middel.naam,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            minimaal=minimaal,
            volgende=veilig_pad(volgende),
            begonnen=self._klok.nu(),
        )
        document = self._document(middel, poging.volgende)
        vraag = {
            "response_type": "code",
            "client_id": middel.client_id,
            "redirect_uri": self.terugadres(middel),
            "scope": " ".join(middel.scopes),
            "state": poging.state,
            "nonce": poging.nonce,
            "code_challenge": create_s256_code_challenge(poging.verifier),
            "code_challenge_method": "S256",
            "acr_values": " ".join(acr_vanaf(middel.niveaus, minimaal)),
            "prompt": "login",
        }
        return str(add_params_to_uri(document["authorization_endpoint"], list(vraag.items()))), poging

    def rond_af(self, middel: Inlogmiddel, argumenten: Mapping[str, str], poging: Poging | None) -> Identiteit:
        """Maak van de terugkeer bij ons een identiteit. `argumenten` zijn de queryparameters; geeft anders een `AanmeldFout`."""
        volgende = poging.volgende if poging else "/"
        try:
            return self._rond_af(middel, argumenten, poging)
        except AanmeldFout as fout:
            fout.middel, fout.volgende = middel.naam, volgende
            raise

    def _rond_af(self, middel: Inlogmiddel, argumenten: Mapping[str, str], poging: Poging | None) -> Identiteit:
        geldig = self._eis_poging(middel, argumenten, poging)
        self._eis_toestemming(middel, argumenten)
        tokens = self._wissel_code(middel, argumenten.get("code", ""), geldig)
        claims = self._toets_id_token(middel, tokens, geldig)
        if middel.gebruik_userinfo:
            claims = {**self._userinfo(middel, tokens, claims), **claims}
        identiteit = naar_identiteit(middel, claims, self._klok.nu())
        if not identiteit.voldoet(geldig.minimaal):
            raise NiveauTeLaag(f"gevraagd {geldig.minimaal}, gekregen {identiteit.niveau}")
        return identiteit

    def _eis_poging(self, middel: Inlogmiddel, argumenten: Mapping[str, str], poging: Poging | None) -> Poging:
        """De terugkeer hoort bij een poging die deze browser zelf begon, bij dit middel, kort geleden."""
        state = argumenten.get("state", "")
        if poging is None or poging.middel != middel.naam or not _gelijk(poging.state, state):
            raise PogingVerlopen("geen poging bij deze state")
        if self._klok.nu() - poging.begonnen > POGING_GELDIG:
            raise PogingVerlopen("de poging is te oud")
        return poging

    def _eis_toestemming(self, middel: Inlogmiddel, argumenten: Mapping[str, str]) -> None:
        document = self.aanbieders.document(middel.issuer)
        verplicht = bool(document.get("authorization_response_iss_parameter_supported"))
        afzender = argumenten.get("iss")
        if (afzender is not None or verplicht) and afzender != middel.issuer:
            raise AntwoordOngeldig("het antwoord komt van een andere provider")  # RFC 9207
        fout = argumenten.get("error")
        if fout == "access_denied":
            raise Afgebroken("afgebroken bij het inlogmiddel")
        if fout in _STORINGEN:
            raise MiddelOnbereikbaar("het inlogmiddel meldt een storing")
        if fout or not argumenten.get("code"):
            raise AntwoordOngeldig("het inlogmiddel gaf geen code")

    def _wissel_code(self, middel: Inlogmiddel, code: str, poging: Poging) -> dict[str, Any]:
        adres = self.aanbieders.document(middel.issuer)["token_endpoint"]
        velden = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.terugadres(middel),
            "code_verifier": poging.verifier,
        }
        koppen = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        if middel.sleutel is not None:
            velden |= self._bewering(middel, adres)
        else:
            _, koppen, _ = ClientAuth(middel.client_id, middel.client_geheim).prepare("POST", adres, koppen, "")
        return lees_json(self._http, httpx.Request("POST", adres, headers=koppen, content=urlencode(velden)))

    def _bewering(self, middel: Inlogmiddel, adres: str) -> dict[str, str]:
        """private_key_jwt (RFC 7523): een kort geldige, eenmalige verklaring met onze eigen sleutel."""
        if middel.sleutel is None:
            raise ValueError("het middel heeft geen eigen sleutel")
        nu = int(self._klok.nu().timestamp())
        inhoud = {
            "iss": middel.client_id,
            "sub": middel.client_id,
            "aud": adres,
            "jti": secrets.token_urlsafe(24),
            "iat": nu,
            "exp": nu + 60,
        }
        kop = {"alg": "PS256", "kid": middel.sleutel.kid or middel.sleutel.thumbprint()}
        return {
            "client_id": middel.client_id,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode(kop, inhoud, middel.sleutel, algorithms=["PS256"]),
        }

    def _toets_id_token(self, middel: Inlogmiddel, tokens: Mapping[str, Any], poging: Poging) -> dict[str, Any]:
        """Handtekening (vaste algoritmen), uitgever, ontvanger, tijd, nonce en at_hash."""
        try:
            ruw = str(tokens["id_token"])
            sleutel_id = jws.extract_compact(ruw.encode()).headers().get("kid")
            sleutels = self.aanbieders.sleutels(middel.issuer, sleutel_id=sleutel_id)
            token = jwt.decode(ruw, sleutels, algorithms=list(middel.algoritmen))
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": middel.issuer},
                    "aud": {"essential": True, "value": middel.client_id},
                },
                params={
                    "nonce": poging.nonce,
                    "client_id": middel.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(self._klok.nu().timestamp()), leeway=SPELING)
        except (JoseError, KeyError, ValueError, TypeError) as fout:
            raise AntwoordOngeldig(f"het id-token klopt niet ({type(fout).__name__})") from None
        if not claims.get("sub"):
            raise AntwoordOngeldig("het id-token heeft geen onderwerp")
        return dict(claims)

    def _userinfo(self, middel: Inlogmiddel, tokens: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
        adres = self.aanbieders.document(middel.issuer).get("userinfo_endpoint", "")
        koppen = {"Authorization": f"Bearer {tokens.get('access_token', '')}", "Accept": "application/json"}
        gegevens = lees_json(self._http, httpx.Request("GET", adres, headers=koppen))
        if gegevens.get("sub") != claims["sub"]:
            raise AntwoordOngeldig("userinfo gaat over iemand anders")  # OIDC Core 5.3.2
        return gegevens

    def afmeldadres(self, middel: Inlogmiddel, terug: str) -> str | None:
        """Waar de gebruiker zich ook bij het inlogmiddel afmeldt; None als het middel dat niet kent of niet antwoordt.

        Zonder id_token_hint: dat token kan een BSN bevatten en dit is een URL.
        """
        try:
            adres = self.aanbieders.document(middel.issuer).get("end_session_endpoint")
        except AanmeldFout:
            return None
        vraag = [("client_id", middel.client_id), ("post_logout_redirect_uri", terug)]
        return str(add_params_to_uri(adres, vraag)) if isinstance(adres, str) else None

    def _document(self, middel: Inlogmiddel, volgende: str) -> dict[str, Any]:
        try:
            return self.aanbieders.document(middel.issuer)
        except AanmeldFout as fout:
            fout.middel, fout.volgende = middel.naam, volgende
            raise


def _gelijk(een: str, ander: str) -> bool:
    return hmac.compare_digest(een.encode(), ander.encode())
