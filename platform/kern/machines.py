"""Machines die elkaar aanroepen: ondertekenen en controleren, zoals elke standaard het heeft.

ZGW-API's: een JWT (HS256) met `client_id`; wat dat client_id mag, staat in de Autorisaties API. De andere API's: `Token <waarde>`,
met rechten in `kern.toegangssleutel`. Onderdelen van het platform zelf leiden hun geheim af van de installatiesleutel.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import httpx
import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sqlalchemy import select

from kern.diensten import Dienst
from kern.fouten import Probleem
from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from kern.versies import huidige_versie

EIGEN_PREFIX = "dienstverlening-"
GELDIG = timedelta(hours=1)
KLOKVERSCHIL = timedelta(seconds=30)
VOORUIT = timedelta(minutes=5)  # zoveel kan de klok van een ander voorlopen; korter breekt clients die zelf marge nemen
HERGEBRUIK = timedelta(minutes=1)
CIJFERS = re.compile(r"[0-9]{1,15}")
MEESTE_JWTS = 2000  # zoveel JWT's (gecontroleerd, of zelf ondertekend) blijven in het geheugen
# Per installatie de JWT's die zij net ondertekende, met het moment.
_GETEKEND: WeakKeyDictionary[Installatie, dict[tuple[str, ...], tuple[int, str]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Aanroeper:
    """Wie een API aanroept. `gebruiker` is een niet-gecontroleerde opgave voor de audittrail en geeft nooit rechten.

    `tot` is de laatste dag dat zijn token geldt, als het er een heeft.
    """

    client_id: str
    gebruiker: str = ""
    weergave: str = ""
    rechten: Mapping[str, Any] = field(default_factory=dict)
    tot: date | None = None

    @property
    def eigen(self) -> bool:
        """Is dit een onderdeel van het platform zelf?"""
        return self.client_id.startswith(EIGEN_PREFIX)


class GeenGeheim(httpx.TransportError):
    """Er is niet ingesteld waarmee wij ons bij deze dienst van een ander aanmelden. De tekst zegt wat een beheerder moet zetten."""


@dataclass
class Ondertekening(httpx.Auth):
    """Ondertekent elk verzoek aan `dienst` namens een onderdeel (`namens`), met de gebruiker voor de audittrail."""

    installatie: Installatie
    dienst: Dienst
    namens: str
    gebruiker: str = ""
    weergave: str = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self.dienst.aanmelding == "zgw":
            self._eis_geheim(request)
        request.headers.update(self.koppen())
        yield request

    def koppen(self) -> dict[str, str]:
        """De koppen waarmee een verzoek zich aanmeldt."""
        if self.dienst.aanmelding == "zgw":
            return {"Authorization": f"Bearer {self._jwt()}"}
        if self.dienst.aanmelding != "token":
            return {}
        wie = {"X-Gebruiker": self.gebruiker} if self.weergave else {}
        return {"Authorization": f"Token {self._geheim}", **wie}

    def _eis_geheim(self, request: httpx.Request) -> None:
        if not self._geheim:
            naam = self.dienst.naam
            waar = f"de {naam} API op {self.dienst.basis}"
            zet = f"zet DIENST_{naam.upper()}=https://client_id:geheim@…"
            raise GeenGeheim(f"Er is geen client_id met geheim ingesteld voor {waar}; {zet}", request=request)

    @cached_property
    def _client_id(self) -> str:
        return self.dienst.client_id if not self.dienst.eigen else f"{EIGEN_PREFIX}{self.namens}"

    @cached_property
    def _geheim(self) -> str:
        return (
            self.dienst.geheim
            if not self.dienst.eigen
            else eigen_geheim(self.installatie, self._client_id, self.dienst.aanmelding)
        )

    @cached_property
    def _sleutel(self) -> OctKey:
        return OctKey.import_key(self._geheim)

    def _jwt(self) -> str:
        """Een JWT van hoogstens een minuut oud: een scherm doet vele aanroepen na elkaar, en ondertekenen kost rekentijd."""
        nu = int(self.installatie.klok.nu().timestamp())
        bewaard = _GETEKEND.setdefault(self.installatie, {})
        sleutel = (self._client_id, self._geheim, self.gebruiker, self.weergave)
        van, token = bewaard.get(sleutel, (nu, ""))
        if token and 0 <= nu - van < HERGEBRUIK.total_seconds():
            return token
        if len(bewaard) >= MEESTE_JWTS:
            bewaard.clear()
        bewaard[sleutel] = nu, self._teken(nu)
        return bewaard[sleutel][1]

    def _teken(self, nu: int) -> str:
        inhoud = {
            "iss": self._client_id,
            "iat": nu,
            "client_id": self._client_id,
            "user_id": self.gebruiker,
            "user_representation": self.weergave,
        }
        return jwt.encode({"alg": "HS256"}, inhoud, self._sleutel)


def eigen_geheim(installatie: Installatie, client_id: str, soort: str) -> str:
    """Het geheim of token van een onderdeel van het platform zelf."""
    waarde = installatie.leid_af(f"machine:{soort}:{client_id}")
    return f"{client_id}.{waarde}" if soort == "token" else waarde


class Poortwachter:
    """Controleert wie een API aanroept. Geheimen van anderen, en JWT's waarvan de handtekening klopte, blijven in het geheugen
    zolang de versie van de geheimen in Redis gelijk is; of een JWT nog geldig is, wordt bij elk verzoek gekeken.
    """

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie
        self._sleutels: dict[str, OctKey] = {}
        self._tokens: dict[bytes, Aanroeper] = {}
        self._jwts: dict[str, tuple[Mapping[str, Any], Aanroeper]] = {}
        self._versie: Any = None

    def zgw(self, kop: str | None) -> Aanroeper:
        """De aanroeper achter `Authorization: Bearer <JWT>`; anders 403 met de code uit de ZGW-standaard."""
        soort, _, token = (kop or "").partition(" ")
        if soort.lower() != "bearer" or not token:
            raise Probleem(403, code="not_authenticated", detail="Er is geen JWT meegestuurd.")
        self._ververs()
        inhoud, aanroeper = self._jwts.get(token) or self._onderzocht(token)
        self._eis_geldig(inhoud)
        return aanroeper

    def _onderzocht(self, token: str) -> tuple[Mapping[str, Any], Aanroeper]:
        """De inhoud van een JWT waarvan de handtekening klopt, en wie haar stuurt; 403 als zij niet klopt."""
        try:
            inhoud = _ontleed(token)
        except ValueError:
            raise Probleem(403, code="jwt-decode-error", detail="De JWT is niet te lezen.") from None
        try:
            jwt.decode(token, self._sleutel_van(inhoud), algorithms=["HS256"])
        except (JoseError, ValueError):
            raise Probleem(403, code="invalid-jwt-signature", detail="De handtekening van de JWT klopt niet.") from None
        aanroeper = Aanroeper(
            inhoud["client_id"], str(inhoud.get("user_id") or ""), str(inhoud.get("user_representation") or "")
        )
        if len(self._jwts) >= MEESTE_JWTS:
            self._jwts.clear()
        self._jwts[token] = inhoud, aanroeper
        return inhoud, aanroeper

    def token(self, kop: str | None) -> Aanroeper:
        """De aanroeper achter `Authorization: Token <waarde>`, met zijn rechten per API; anders 401."""
        soort, _, waarde = (kop or "").partition(" ")
        client_id = waarde.partition(".")[0]
        if soort.lower() not in ("token", "bearer") or not waarde:
            raise Probleem(401, detail="Er is geen token meegestuurd.")
        if client_id.startswith(EIGEN_PREFIX) and hmac.compare_digest(
            waarde, eigen_geheim(self._installatie, client_id, "token")
        ):
            return Aanroeper(client_id, rechten={"*": "alles"})
        self._ververs()
        afdruk = hashlib.sha256(waarde.encode()).digest()
        aanroeper = self._tokens.get(afdruk) or self._zoek_token(afdruk)
        if aanroeper is None:
            raise Probleem(401, detail="Het token is niet bekend.")
        if aanroeper.tot is not None and self._installatie.klok.vandaag() > aanroeper.tot:
            raise Probleem(
                401, code="token-expired", detail=f"Het token is verlopen: het gold tot en met {aanroeper.tot}."
            )
        return aanroeper

    def _ververs(self) -> None:
        versie = huidige_versie(self._installatie, "toegang")
        if versie != self._versie:
            self._versie = versie
            self._sleutels.clear()
            self._tokens.clear()
            self._jwts.clear()

    def _sleutel_van(self, inhoud: Mapping[str, Any]) -> OctKey:
        client_id = inhoud.get("client_id")
        if not isinstance(client_id, str) or not client_id:
            raise Probleem(403, code="missing-client-identifier", detail="De JWT noemt geen client_id.")
        if client_id not in self._sleutels:
            self._sleutels[client_id] = OctKey.import_key(self._geheim_van(client_id))
        return self._sleutels[client_id]

    def _geheim_van(self, client_id: str) -> str:
        if client_id.startswith(EIGEN_PREFIX):
            return eigen_geheim(self._installatie, client_id, "zgw")
        with self._installatie.db.lezen() as verbinding:
            vraag = select(Toegangssleutel.geheim).where(
                Toegangssleutel.soort == "zgw", Toegangssleutel.client_id == client_id
            )
            geheim = verbinding.execute(vraag).scalar_one_or_none()
        if geheim is None:
            raise Probleem(403, code="invalid-client-identifier", detail="Dit client_id is niet bekend.")
        return self._installatie.kluis.decrypt(geheim).decode()

    def _zoek_token(self, afdruk: bytes) -> Aanroeper | None:
        with self._installatie.db.lezen() as verbinding:
            vraag = select(Toegangssleutel.client_id, Toegangssleutel.rechten, Toegangssleutel.tot)
            rij = verbinding.execute(
                vraag.where(Toegangssleutel.soort == "token", Toegangssleutel.geheim == afdruk)
            ).first()
        if rij is None:
            return None
        self._tokens[afdruk] = Aanroeper(rij.client_id, rechten=rij.rechten, tot=rij.tot)
        return self._tokens[afdruk]

    def _eis_geldig(self, inhoud: Mapping[str, Any]) -> None:
        nu = self._installatie.klok.nu().timestamp()
        uitgegeven = _tijdstip(inhoud, "iat", None)
        if uitgegeven is None:
            raise Probleem(403, code="jwt-missing-iat-claim", detail="De JWT noemt geen tijdstip van uitgifte (iat).")
        verloopt, vanaf = _tijdstip(inhoud, "exp", nu), _tijdstip(inhoud, "nbf", nu)
        if verloopt is None or vanaf is None or not _binnen(uitgegeven, verloopt, vanaf, nu):
            raise Probleem(403, code="jwt-expired", detail="De JWT is verlopen of nog niet geldig.")


def _binnen(uitgegeven: float, verloopt: float, vanaf: float, nu: float) -> bool:
    marge = KLOKVERSCHIL.total_seconds()
    begin = max(uitgegeven - VOORUIT.total_seconds(), vanaf - marge)
    return begin <= nu <= min(uitgegeven + GELDIG.total_seconds(), verloopt) + marge


def _tijdstip(inhoud: Mapping[str, Any], naam: str, anders: float | None) -> float | None:
    """Een tijdstip uit de JWT in seconden; None als er iets anders staat dan een getal.

    Ook als tekst van alleen cijfers: zo ondertekenen de testcollecties van de standaard (`"iat": "{{$timestamp}}"`) en wie ze naschrijft.
    """
    waarde = inhoud.get(naam, anders)
    if isinstance(waarde, str) and CIJFERS.fullmatch(waarde):
        return float(waarde)
    return float(waarde) if isinstance(waarde, int | float) and not isinstance(waarde, bool) else None


def _ontleed(token: str) -> dict[str, Any]:
    """De inhoud van een JWT vóór controle, alleen om het client_id te vinden waarmee de handtekening wordt getoetst."""
    deel = token.split(".")[1] if token.count(".") == 2 else ""  # noqa: PLR2004  # kop.inhoud.handtekening
    inhoud = orjson.loads(urlsafe_b64decode(deel + "=" * (-len(deel) % 4)))
    if not isinstance(inhoud, dict):
        raise ValueError("geen object")  # noqa: TRY004  # de aanroeper vangt elke onleesbare JWT als ValueError
    return inhoud
