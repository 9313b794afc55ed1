"""Uitgaand verkeer: alleen naar geregistreerde diensten, of naar een openbaar https-adres. Nooit naar een intern adres."""

import ipaddress
import socket
from threading import Lock

import httpx


class AdresGeweigerd(httpx.ConnectError):
    """Dit adres wordt niet opgehaald: geen geregistreerde dienst, en geen openbaar https-adres."""


class BegrensdTransport(httpx.BaseTransport):
    """HTTP naar buiten. `vertrouwd` zijn (host, poort)-paren uit de instellingen, die ook intern mogen zijn."""

    def __init__(self, vertrouwd: frozenset[tuple[str, int | None]]) -> None:
        self._vertrouwd = vertrouwd
        self._slot = Lock()
        self._geopend: httpx.HTTPTransport | None = None

    @property
    def _transport(self) -> httpx.HTTPTransport:
        """Pas gemaakt bij het eerste verzoek naar buiten: TLS met alle certificaten kost elk proces 7 MB, en de meeste gaan nooit naar buiten."""
        with self._slot:
            if not self._geopend:
                grenzen = httpx.Limits(max_connections=50, max_keepalive_connections=20)
                self._geopend = httpx.HTTPTransport(retries=0, limits=grenzen)
            return self._geopend

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if (request.url.host, request.url.port) not in self._vertrouwd:
            _eis_openbaar(request)
        return self._transport.handle_request(request)

    def close(self) -> None:
        with self._slot:
            if self._geopend:
                self._geopend.close()
                self._geopend = None


def _eis_openbaar(request: httpx.Request) -> None:
    """Toets alle adressen waar de naam naar wijst, en verbind dan met precies dat adres (geen tweede naamsvraag)."""
    url = request.url
    if url.scheme != "https":
        raise AdresGeweigerd("alleen https naar niet-geregistreerde adressen", request=request)
    try:
        gevonden = {str(info[4][0]) for info in socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)}
    except OSError as fout:
        raise AdresGeweigerd("het adres bestaat niet", request=request) from fout
    if not gevonden or not all(ipaddress.ip_address(adres).is_global for adres in gevonden):
        raise AdresGeweigerd("het adres is niet openbaar", request=request)
    request.extensions["sni_hostname"] = url.host
    request.url = url.copy_with(host=min(gevonden))
