"""Het kanaal sms, over NotifyNL: `POST /v2/notifications/sms` met een JWT van de dienst."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from contracten import Kanaal, KanaalWeigert, Tekst, Zending
from integratie.basis import NietBereikbaar
from integratie.bronadres import bronadres
from kern.installatie import Installatie

SIMULATORPAD = "/simulatoren/sms"
PROEFGEHEIM = "geheim van de simulator, 32 tekens"


class SmsKanaal(Kanaal):
    """Een sms. `reference` is de sleutel van de zending; NotifyNL kent geen Idempotency-Key, dus wij zoeken daar eerst op."""

    sleutel = "sms"
    naam = Tekst("Sms", "Text message")
    adressoort = "telefoonnummer"

    def aanbieder(self, installatie: Installatie) -> str:
        return f"NotifyNL {urlsplit(bronadres(installatie, 'sms_url', SIMULATORPAD)).hostname or ''}".strip()

    def verstuur(self, installatie: Installatie, zending: Zending) -> str:
        kenmerk = str(zending.sleutel)
        if self._vraag(installatie, "GET", f"?reference={kenmerk}").json().get("notifications"):
            return kenmerk
        bericht = {
            "phone_number": zending.adres,
            "template_id": installatie.instellingen.sms_sjabloon,
            "personalisation": {"bericht": zending.tekst},
            "reference": kenmerk,
        }
        self._vraag(installatie, "POST", "/sms", bericht)
        return kenmerk

    def _vraag(
        self, installatie: Installatie, methode: str, pad: str, inhoud: Mapping[str, object] | None = None
    ) -> httpx.Response:
        basis = bronadres(installatie, "sms_url", SIMULATORPAD)
        koppen = {"Authorization": f"Bearer {_token(installatie)}"}
        try:
            antwoord = installatie.http.request(methode, f"{basis}/v2/notifications{pad}", json=inhoud, headers=koppen)
        except httpx.TransportError as fout:
            raise NietBereikbaar(503, type(fout).__name__, "De sms-dienst is niet bereikbaar.") from None
        if antwoord.status_code == httpx.codes.BAD_REQUEST:
            raise KanaalWeigert("dit nummer neemt geen sms aan")
        if antwoord.is_error:
            raise NietBereikbaar(antwoord.status_code, "sms", "De sms-dienst gaf een foutmelding.")
        return antwoord


def _token(installatie: Installatie) -> str:
    instellingen = installatie.instellingen
    geheim = instellingen.sms_sleutel.get_secret_value() or PROEFGEHEIM
    claims = {"iss": instellingen.sms_dienst, "iat": int(installatie.klok.nu().timestamp())}
    return str(jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(geheim)))
