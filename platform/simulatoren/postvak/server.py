"""De mailserver van de proefomgeving: neemt echte SMTP aan en bewaart elk bericht als bestand."""

import asyncio
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP

from kern.klok import Klok
from simulatoren.basis import eis_proefomgeving
from simulatoren.postvak.berichten import bewaar

GROOTSTE_BERICHT = 30_000_000


class Postvak:
    """Een SMTP-server op `poort` (0: een vrije poort, zie `poort` na `start`). Berichten komen in `map_`.

    Een bericht dat opnieuw verstuurd wordt (zelfde Message-ID) staat er één keer.
    """

    def __init__(self, map_: Path, klok: Klok, *, omgeving: str, poort: int = 0, adres: str = "127.0.0.1") -> None:
        eis_proefomgeving(omgeving, "postvak")
        self._map = map_
        self._klok = klok
        self._adres = adres
        self.poort = poort
        self._draad: threading.Thread | None = None
        self._luistert = threading.Event()
        self._stop: Callable[[], object] = lambda: None

    @property
    def url(self) -> str:
        """Voor de instelling `SMTP_URL`."""
        return f"smtp://{self._adres}:{self.poort}"

    def start(self) -> Self:
        """Begin met luisteren; geeft `OSError` als de poort bezet is."""
        self._map.mkdir(parents=True, exist_ok=True)
        ingang = socket.create_server((self._adres, self.poort))
        self.poort = ingang.getsockname()[1]
        # een eigen draad met een eigen lus: wie ons start mag zelf ook een lus hebben
        self._draad = threading.Thread(target=lambda: asyncio.run(self._luister(ingang)), name="postvak", daemon=True)
        self._draad.start()
        self._luistert.wait()
        return self

    def stop(self) -> None:
        """Stop met luisteren en breek lopende gesprekken af."""
        if self._draad:
            self._stop()
            self._draad.join()
            self._draad = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.stop()

    async def _luister(self, ingang: socket.socket) -> None:
        lus, klaar = asyncio.get_running_loop(), asyncio.Event()
        self._stop = lambda: lus.call_soon_threadsafe(klaar.set)
        server = await lus.create_server(self._gesprek, sock=ingang)
        self._luistert.set()
        await klaar.wait()
        server.close()

    def _gesprek(self) -> Any:
        return SMTP(
            self,
            hostname="postvak.simulator",
            ident="simulator",
            data_size_limit=GROOTSTE_BERICHT,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )

    async def handle_DATA(self, _server: Any, _gesprek: Any, envelop: Any) -> str:  # noqa: N802  # naam van aiosmtpd
        """Bewaar een aangenomen bericht; pas als het op schijf staat krijgt de afzender zijn bevestiging."""
        ontvangers = [str(adres) for adres in envelop.rcpt_tos]
        bewaar(self._map, envelop.original_content or b"", ontvangers, self._klok.nu())
        return "250 OK"
