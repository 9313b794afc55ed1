"""Het toetsen van een aanmeldvraag (authorization request)."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulatoren.oidc.clients import OidcClient


class VraagGeweigerd(Exception):
    """De vraag komt van een onbekende client of adres: dan nooit terugsturen, alleen een foutpagina."""


@dataclass(frozen=True)
class Aanmeldvraag:
    """Een vraag van een bekende client naar een geregistreerd adres. `fout` is (code, uitleg) als er iets aan scheelt."""

    client: OidcClient
    adres: str
    state: str
    nonce: str
    challenge: str
    acr_values: str
    fout: tuple[str, str] | None


def lees_vraag(velden: Mapping[str, str], clients: Mapping[str, OidcClient]) -> Aanmeldvraag:
    """De vraag in de queryparameters; `VraagGeweigerd` als client of adres onbekend is."""
    client = clients.get(velden.get("client_id", ""))
    adres = velden.get("redirect_uri", "")
    if client is None:
        raise VraagGeweigerd("Deze toepassing is niet aangesloten (client_id).")
    if adres not in client.terugadressen:
        raise VraagGeweigerd("Dit terugadres hoort niet bij deze toepassing (redirect_uri).")
    return Aanmeldvraag(
        client=client,
        adres=adres,
        state=velden.get("state", ""),
        nonce=velden.get("nonce", ""),
        challenge=velden.get("code_challenge", ""),
        acr_values=velden.get("acr_values", ""),
        fout=_fout(velden),
    )


def _fout(velden: Mapping[str, str]) -> tuple[str, str] | None:
    if velden.get("response_type") != "code":
        return "unsupported_response_type", "alleen response_type=code"
    if "openid" not in velden.get("scope", "").split():
        return "invalid_scope", "scope openid ontbreekt"
    if velden.get("code_challenge_method") != "S256" or not velden.get("code_challenge"):
        return "invalid_request", "PKCE met S256 is verplicht"
    if not velden.get("nonce") or not velden.get("state"):
        return "invalid_request", "nonce en state zijn verplicht"
    if velden.get("prompt") == "none":
        return "login_required", "er is geen sessie"
    return None
