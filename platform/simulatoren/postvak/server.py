"""De mailserver van de proefomgeving: neemt echte SMTP aan en bewaart elk bericht als bestand."""

import asyncio
import threading
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
        self._loop = asyncio.new_event_loop()
        self._draad = threading.Thread(target=self._draai, name="postvak", daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Voor de instelling `SMTP_URL`."""
        return f"smtp://{self._adres}:{self.poort}"

    def start(self) -> Self:
        """Begin met luisteren; geeft `OSError` als de poort bezet is."""
        self._map.mkdir(parents=True, exist_ok=True)
        try:
            self._server = self._loop.run_until_complete(
                self._loop.create_server(self._gesprek, host=self._adres, port=self.poort)
            )
        except OSError:
            self._loop.close()
            raise
        self.poort = self._server.sockets[0].getsockname()[1]
        self._draad.start()
        return self

    def stop(self) -> None:
        """Stop met luisteren en wacht tot lopende gesprekken weg zijn."""
        if self._draad.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._draad.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.stop()

    def _gesprek(self) -> Any:
        return SMTP(
            self,
            hostname="postvak.simulator",
            ident="simulator",
            data_size_limit=GROOTSTE_BERICHT,
            enable_SMTPUTF8=True,
            loop=self._loop,
        )

    async def handle_DATA(self, _server: Any, _gesprek: Any, envelop: Any) -> str:  # noqa: N802  # naam van aiosmtpd
        """Bewaar een aangenomen bericht; pas als het op schijf staat krijgt de afzender zijn bevestiging."""
        ontvangers = [str(adres) for adres in envelop.rcpt_tos]
        bewaar(self._map, envelop.original_content or b"", ontvangers, self._klok.nu())
        return "250 OK"

    def _draai(self) -> None:
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._ruim_op())
            self._loop.close()

    async def _ruim_op(self) -> None:
        if self._server:
            self._server.close()
        lopend = asyncio.all_tasks() - {asyncio.current_task()}
        for taak in lopend:
            taak.cancel()
        await asyncio.gather(*lopend, return_exceptions=True)
        await asyncio.sleep(0)  # zo sluiten ook de verbindingen van de afgebroken gesprekken
