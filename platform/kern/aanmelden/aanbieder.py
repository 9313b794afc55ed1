"""Wat een OpenID Provider over zichzelf zegt (discovery en sleutels), opgehaald met de httpx-client en kort onthouden."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kern.aanmelden.fouten import AntwoordOngeldig, MiddelOnbereikbaar
from kern.klok import Klok

GELDIG = timedelta(hours=1)
NIET_VAKER_DAN = timedelta(seconds=30)
_VEREIST = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass
class _Onthouden:
    document: dict[str, Any]
    sleutels: KeySet
    opgehaald: datetime = field(compare=False)


class Aanbieders:
    """De providers van een installatie, per issuer. Verschillende draden mogen tegelijk ophalen: het laatste telt."""

    def __init__(self, http: httpx.Client, klok: Klok) -> None:
        self._http = http
        self._klok = klok
        self._onthouden: dict[str, _Onthouden] = {}

    def document(self, issuer: str) -> dict[str, Any]:
        """Het discovery-document."""
        return self._actueel(issuer).document

    def sleutels(self, issuer: str, *, sleutel_id: str | None) -> KeySet:
        """De openbare sleutels. Is `sleutel_id` er niet bij, dan worden zij opnieuw opgehaald (sleutelwissel)."""
        bekend = self._actueel(issuer)
        onbekend = sleutel_id is not None and sleutel_id not in {sleutel.kid for sleutel in bekend.sleutels.keys}
        if onbekend and self._klok.nu() - bekend.opgehaald >= NIET_VAKER_DAN:
            bekend = self._haal(issuer)
        return bekend.sleutels

    def _actueel(self, issuer: str) -> _Onthouden:
        bekend = self._onthouden.get(issuer)
        if bekend and self._klok.nu() - bekend.opgehaald < GELDIG:
            return bekend
        try:
            return self._haal(issuer)
        except MiddelOnbereikbaar:
            if bekend:
                return bekend  # een korte storing van de provider sluit niemand buiten die al begonnen is
            raise

    def _haal(self, issuer: str) -> _Onthouden:
        document = self._json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != issuer or any(not isinstance(document.get(naam), str) for naam in _VEREIST):
            raise AntwoordOngeldig("het discovery-document hoort niet bij deze issuer")
        try:
            sleutels = KeySet.import_key_set(self._json(document["jwks_uri"]))  # type: ignore[arg-type]  # de vorm toetst joserfc
        except (JoseError, KeyError, TypeError, ValueError):
            raise AntwoordOngeldig("de sleutels van de provider zijn onleesbaar") from None
        self._onthouden[issuer] = _Onthouden(document, sleutels, self._klok.nu())
        return self._onthouden[issuer]

    def _json(self, url: str) -> dict[str, Any]:
        return lees_json(self._http, httpx.Request("GET", url, headers={"Accept": "application/json"}))


def lees_json(http: httpx.Client, verzoek: httpx.Request) -> dict[str, Any]:
    """Stuur een verzoek en geef het JSON-object. `MiddelOnbereikbaar` zonder inhoud van verzoek of antwoord in de tekst."""
    try:
        antwoord = http.send(verzoek, follow_redirects=False)
    except httpx.TransportError as fout:
        raise MiddelOnbereikbaar(f"{verzoek.url.path}: {type(fout).__name__}") from None
    if antwoord.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise MiddelOnbereikbaar(f"{verzoek.url.path}: status {antwoord.status_code}")
    try:
        inhoud = antwoord.json()
    except ValueError:
        inhoud = None
    if antwoord.status_code != httpx.codes.OK or not isinstance(inhoud, dict):
        code = inhoud.get("error", "") if isinstance(inhoud, dict) else ""
        raise AntwoordOngeldig(f"{verzoek.url.path}: status {antwoord.status_code} {code}".strip())
    return inhoud
