"""De installatie als object: instellingen, database, Redis, bestanden, publiek adres en klok van één draaiend platform.

Niets op moduleniveau: tests, proefruns, de wisselproef en een tweede gemeente zijn elk een eigen `Installatie`.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import httpx
import redis
from cryptography.fernet import Fernet
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from kern.buiten import BegrensdTransport
from kern.database import Database
from kern.diensten import Diensten
from kern.instellingen import Instellingen
from kern.klok import Klok
from kern.metingen import Metingen
from kern.opslag import Opslag, open_opslag
from kern.plugins import Plugins, laad_plugins
from kern.spoor import geef_mee
from kern.tabellen import Adres
from kern.transport import EigenTransport, WsgiApp

if TYPE_CHECKING:
    from kern.deel import Menupunt
    from kern.outbox import Verwerker

TIJDSLIMIET = httpx.Timeout(10, connect=3)


class Installatie:
    """Alles wat één installatie heeft. Maak haar met `maak_installatie`, sluit haar met `sluit()`."""

    def __init__(self, instellingen: Instellingen, klok: Klok | None = None) -> None:
        self.instellingen = instellingen
        self.klok = klok or Klok()
        self.db = Database(instellingen.database_url, verbindingen=instellingen.database_verbindingen)
        self.redis = _redis(instellingen.redis_url)
        self.diensten = Diensten.uit(instellingen)
        self._verwerkers: dict[str, Verwerker] = {}
        self._nieuwe_verwerkers: deque[Iterable[Verwerker]] = deque()
        self.menu: tuple[Menupunt, ...] = ()
        self.metingen = Metingen()
        self._wsgi: WsgiApp | None = None

    @property
    def wsgi(self) -> WsgiApp:
        """De samengestelde web-app; `dienstverlening` zet haar in elkaar."""
        if self._wsgi is None:
            raise RuntimeError("de installatie is nog niet samengesteld")
        return self._wsgi

    def stel_samen(self, wsgi: WsgiApp, verwerkers: "Iterable[Verwerker]" = ()) -> None:
        """Verbind de onderdelen: de web-app waar eigen URL's naartoe gaan, en wie welk outbox-werk doet.

        Wie het werk doet wordt pas gevraagd als iemand `verwerkers` nodig heeft: een webproces laat alleen werk achter.
        """
        self._wsgi = wsgi
        self._nieuwe_verwerkers.append(verwerkers)

    @property
    def verwerkers(self) -> "dict[str, Verwerker]":
        """Wie welk outbox-werk doet, op naam."""
        while self._nieuwe_verwerkers:
            self._verwerkers.update({verwerker.naam: verwerker for verwerker in self._nieuwe_verwerkers.popleft()})
        return self._verwerkers

    @cached_property
    def http(self) -> httpx.Client:
        """De enige HTTP-client: eigen adressen zonder socket, geregistreerde diensten rechtstreeks, de rest begrensd."""
        buiten = BegrensdTransport(self._vertrouwde_hosts())
        return httpx.Client(
            transport=buiten,
            mounts={self.instellingen.adres: EigenTransport(lambda: self.wsgi)},
            timeout=TIJDSLIMIET,
            follow_redirects=False,
            event_hooks={"request": [geef_mee]},
        )

    def _vertrouwde_hosts(self) -> frozenset[tuple[str, int | None]]:
        from kern.aanmelden.bestand import eigen_middelen  # noqa: PLC0415 - aanmelden gebruikt zelf de installatie

        i = self.instellingen
        issuers = [middel.issuer for middel in eigen_middelen(i)]
        bronnen = (i.brp_url, i.kvk_url, i.bag_url, i.inkomen_url, i.betalen_url, i.uitbetalen_url, i.sms_url)
        adressen = [dienst.basis for dienst in self.diensten if not dienst.eigen] + [*bronnen, *issuers]
        return frozenset((url.host, url.port) for url in map(httpx.URL, filter(None, adressen)))

    @cached_property
    def plugins(self) -> Plugins:
        """De plugins die aan staan; één keer geladen."""
        return laad_plugins(self.instellingen)

    @cached_property
    def opslag(self) -> Opslag:
        """Waar bestanden staan."""
        return open_opslag(self.instellingen.opslag_url or (self.instellingen.data / "bestanden").absolute().as_uri())

    @cached_property
    def _sleutel(self) -> bytes:
        return (self.instellingen.geheime_sleutel.get_secret_value() or _bewaarde_sleutel(self.instellingen)).encode()

    def leid_af(self, doel: str) -> str:
        """Een geheim van 64 tekens dat bij deze installatie en dit `doel` hoort, steeds hetzelfde."""
        return hmac.new(self._sleutel, doel.encode(), hashlib.sha256).hexdigest()

    @cached_property
    def kluis(self) -> Fernet:
        """Versleuteling van wat niet leesbaar in de database mag staan."""
        return Fernet(urlsafe_b64encode(bytes.fromhex(self.leid_af("kluis"))))

    def redis_sleutel(self, *delen: str) -> str:
        """Een Redis-sleutel binnen het voorvoegsel van deze installatie."""
        return self.instellingen.redis_prefix + ":".join(delen)

    def onthoud_adres(self) -> None:
        """Leg het publieke adres vast en herken de vroegere, zodat verwijzingen een verhuizing overleven."""
        with self.db.schrijven() as verbinding:
            verbinding.execute(insert(Adres).values(adres=self.instellingen.adres).on_conflict_do_nothing())
            oude = verbinding.scalars(select(Adres.adres).where(Adres.adres != self.instellingen.adres)).all()
        self.diensten.ken_oude_adressen(oude)

    def sluit(self) -> None:
        """Geef alle verbindingen terug."""
        if "http" in self.__dict__:
            self.http.close()
        self.redis.close()
        self.db.sluit()


def _redis(url: str) -> redis.Redis:
    """Kort volhouden: is Redis weg, dan moet een verzoek dat snel merken (de bibliotheek zelf wacht tot tien seconden)."""
    volhouden = Retry(ConstantBackoff(0.05), retries=2)
    return redis.Redis.from_url(url, retry=volhouden, socket_connect_timeout=2, socket_timeout=10)


def _bewaarde_sleutel(instellingen: Instellingen) -> str:
    """De sleutel van een demo of test: eenmalig gemaakt onder de datamap, alleen leesbaar voor de eigenaar."""
    bestand = instellingen.data / "geheime_sleutel"
    if not bestand.exists():
        bestand.parent.mkdir(parents=True, exist_ok=True)
        nieuw = bestand.with_suffix(f".{secrets.token_hex(4)}")
        nieuw.write_text(secrets.token_hex(32))
        nieuw.chmod(0o600)
        try:
            bestand.hardlink_to(nieuw)  # wie het eerst is wint, ook als web en worker tegelijk starten
        except FileExistsError:
            pass
        finally:
            nieuw.unlink()
    return bestand.read_text()


def maak_installatie(instellingen: Instellingen, klok: Klok | None = None) -> Installatie:
    """Een installatie op een bestaande, bijgewerkte database. De onderdelen volgen met `stel_samen`."""
    return Installatie(instellingen, klok)
