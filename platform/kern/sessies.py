"""Sessies op de server: in de cookie staat alleen een willekeurig nummer, de inhoud staat versleuteld in Redis.

Een sessie eindigt na een tijd zonder gebruik (inwoner en ondernemer 15 minuten), na een langste duur, en bij `beeindig()`: dan
is zij ook op de server weg. Bij het aanmelden krijgt zij een nieuw nummer (`wissel`).
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

import orjson
import structlog
from cryptography.fernet import InvalidToken
from flask import Flask, Request, Response, current_app, g, session
from flask.sessions import SessionInterface, SessionMixin
from redis.exceptions import RedisError
from werkzeug.datastructures import CallbackDict

from kern.installatie import Installatie

log = structlog.get_logger()

IDENTITEIT = "identiteit"
COOKIE = "sessie"
ZONDER_AANMELDING = timedelta(hours=1)
_NUMMER = re.compile(r"^[A-Za-z0-9_-]{43}$")

# Alleen een nieuwe sessie mag ontstaan: een traag verzoek wekt een intussen beëindigde sessie niet tot leven.
_BEWAAR = """
if ARGV[1] == '0' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
"""


class Sessie(CallbackDict[str, Any], SessionMixin):
    """Een woordenboek met JSON-waarden. `nummer` is leeg zolang er niets bewaard is."""

    def __init__(self, inhoud: dict[str, Any] | None = None, nummer: str = "", *, bereikbaar: bool = True) -> None:
        super().__init__(inhoud, _gewijzigd)
        self.nummer = nummer
        self.bereikbaar = bereikbaar
        self.new = not nummer
        self.modified = False
        self.op_te_ruimen: set[str] = set()


def _gewijzigd(sessie: CallbackDict[str, Any]) -> None:
    cast("Sessie", sessie).modified = True


def _huidige() -> Sessie:
    return cast("Sessie", session._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  # zo geeft werkzeug het object achter de proxy


def wissel() -> None:
    """Geef de sessie een nieuw nummer en een nieuw CSRF-token; de inhoud blijft. Verplicht bij het aanmelden."""
    sessie = _huidige()
    sessie.op_te_ruimen.add(sessie.nummer)
    sessie.nummer = ""
    sessie.pop("csrf_token", None)
    _vergeet()
    sessie.modified = True


def beeindig() -> None:
    """Beëindig de sessie op de server; de cookie verdwijnt mee."""
    sessie = _huidige()
    sessie.op_te_ruimen.add(sessie.nummer)
    sessie.clear()
    sessie.nummer = ""
    _vergeet()


def _vergeet() -> None:
    """Wat dit verzoek al uit de oude sessie onthouden had."""
    for naam in ("csrf_token", IDENTITEIT):
        g.pop(naam, None)


def resterend() -> timedelta | None:
    """Hoelang deze sessie zonder gebruik nog blijft, voor een waarschuwing vooraf; None als niemand is aangemeld."""
    sessies = cast("RedisSessies", current_app.session_interface)
    return sessies.zonder_gebruik(_huidige()) if IDENTITEIT in session else None


class RedisSessies(SessionInterface):
    """Flask-sessies in de Redis van de installatie, één per bezoeker voor alle schermen."""

    def __init__(self, installatie: Installatie) -> None:
        self._installatie = installatie
        i = installatie.instellingen
        self._versleuteld_vervoer = i.adres.startswith("https://")
        self._medewerker = timedelta(minutes=i.sessie_medewerker_minuten)
        self._inwoner = timedelta(minutes=i.sessie_inwoner_minuten)
        self._langst = timedelta(hours=i.sessie_langste_uren)
        self._bewaar = installatie.redis.register_script(_BEWAAR)

    @property
    def cookienaam(self) -> str:
        """Met `__Host-` op https: dan kan geen ander (sub)domein hem zetten."""
        return f"__Host-{COOKIE}" if self._versleuteld_vervoer else COOKIE

    def open_session(self, app: Flask, request: Request) -> Sessie:  # noqa: ARG002  # vorm van Flask
        nummer = request.cookies.get(self.cookienaam, "")
        if not _NUMMER.match(nummer):
            return Sessie()
        try:
            gelezen: Any = self._installatie.redis.hmget(self._sleutel(nummer), ["inhoud", "gebruikt"])
        except RedisError as fout:
            log.error("sessies onbereikbaar", reden=type(fout).__name__)  # noqa: TRY400  # de soort fout zegt genoeg
            return Sessie(bereikbaar=False)
        inhoud = self._ontcijfer(*gelezen)
        return Sessie(inhoud, nummer) if inhoud else Sessie()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002  # vorm van Flask
        sessie = cast("Sessie", session)
        if sessie.accessed:
            response.vary.add("Cookie")
        if not sessie.bereikbaar:
            return
        oud = [self._sleutel(nummer) for nummer in sessie.op_te_ruimen if nummer]
        if oud:
            self._installatie.redis.delete(*oud)
        if sessie:
            self._schrijf(sessie, response)
        elif oud or sessie.nummer:
            self._verwijder(sessie, response)

    def _ontcijfer(self, inhoud: bytes | None, gebruikt: bytes | None) -> dict[str, Any] | None:
        if inhoud is None or gebruikt is None:
            return None
        try:
            gelezen: dict[str, Any] = orjson.loads(self._installatie.kluis.decrypt(inhoud))
        except (InvalidToken, orjson.JSONDecodeError):
            return None
        nu = self._installatie.klok.nu().timestamp()
        verlopen = float(gebruikt) + self.zonder_gebruik(gelezen).total_seconds() < nu
        te_lang = float(gelezen.get("begonnen", 0)) + self._langst.total_seconds() < nu
        return None if verlopen or te_lang else gelezen

    def zonder_gebruik(self, inhoud: Mapping[str, Any]) -> timedelta:
        """Hoelang een sessie met deze inhoud zonder gebruik blijft bestaan."""
        identiteit = inhoud.get(IDENTITEIT)
        if not identiteit:
            return ZONDER_AANMELDING
        return self._medewerker if identiteit.get("soort") == "medewerker" else self._inwoner

    def _schrijf(self, sessie: Sessie, response: Response) -> None:
        nu = self._installatie.klok.nu().timestamp()
        nieuw = not sessie.nummer
        if nieuw:
            sessie.nummer = secrets.token_urlsafe(32)
            sessie["begonnen"] = nu
            self._zet_cookie(sessie, response)
        velden: list[Any] = ["gebruikt", nu]
        if sessie.modified:
            velden += ["inhoud", self._installatie.kluis.encrypt(orjson.dumps(dict(sessie)))]
        seconden = int(self.zonder_gebruik(sessie).total_seconds())
        self._bewaar(keys=[self._sleutel(sessie.nummer)], args=[int(nieuw), seconden, *velden])

    def _zet_cookie(self, sessie: Sessie, response: Response) -> None:
        response.set_cookie(
            self.cookienaam, sessie.nummer, path="/", httponly=True, samesite="Lax", secure=self._versleuteld_vervoer
        )

    def _verwijder(self, sessie: Sessie, response: Response) -> None:
        if sessie.nummer:
            self._installatie.redis.delete(self._sleutel(sessie.nummer))
        response.delete_cookie(
            self.cookienaam, path="/", httponly=True, samesite="Lax", secure=self._versleuteld_vervoer
        )

    def _sleutel(self, nummer: str) -> str:
        """Alleen een afdruk van het nummer: wie in Redis kan kijken, kan geen sessie overnemen."""
        return self._installatie.redis_sleutel("sessie", hashlib.sha256(nummer.encode()).hexdigest())


class GeenSessies(SessionInterface):
    """Voor API's: een sessie is er niet, ook niet met een cookie."""

    def open_session(self, app: Flask, request: Request) -> None:  # noqa: ARG002  # vorm van Flask
        return None

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002  # vorm van Flask
        raise RuntimeError("een API heeft geen sessie")
