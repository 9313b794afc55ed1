"""Grenzen aan hoe vaak iets mag: inloggen, codes, zoeken op BSN, uploaden. De tellers staan in Redis, voor alle processen samen.

    @app.post("/code")
    @openbaar
    @begrens("code", "5/minute")
    def code(): ...

Te vaak geeft 429 met `Retry-After`: problem+json bij een API, een pagina bij een scherm.
"""

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, request

from kern.fouten import Probleem
from kern.installatie import Installatie

F = TypeVar("F", bound=Callable[..., Any])


class TeVaak(Probleem):
    """429: de grens is bereikt; `wacht` is over hoeveel seconden het weer mag."""

    def __init__(self, wacht: int) -> None:
        super().__init__(429, headers={"Retry-After": str(wacht)})
        self.wacht = wacht


class Limieten:
    """De tellers van één installatie."""

    def __init__(self, installatie: Installatie) -> None:
        from limits import parse  # noqa: PLC0415  # groot, en een proces met alleen API's begrenst zelden iets
        from limits.storage import RedisStorage  # noqa: PLC0415  # idem
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415  # idem

        self._installatie, self._ontleed = installatie, parse
        voorvoegsel = installatie.redis_sleutel("limiet")
        opslag = RedisStorage("redis://", connection_pool=installatie.redis.connection_pool, key_prefix=voorvoegsel)
        self._venster = MovingWindowRateLimiter(opslag)

    def eis_ruimte(self, naam: str, grens: str, wie: str) -> None:
        """Tel één keer en geef `TeVaak` als `wie` over de grens gaat. `grens` is zoals `10/minute`.

        `wie` mag een persoonsnummer of IP-adres zijn: in Redis staat alleen een afgeleide sleutel.
        """
        regel = self._ontleed(grens)
        sleutel = self._installatie.leid_af(f"limiet:{naam}:{wie}")[:32]
        if self._venster.hit(regel, naam, sleutel):
            return
        # Echte tijd en niet de klok van de installatie: de bibliotheek en Redis meten zelf.
        over = self._venster.get_window_stats(regel, naam, sleutel).reset_time - time.time()
        raise TeVaak(max(1, math.ceil(over)))


def bezoeker() -> str:
    """Het IP-adres van de bezoeker (achter eigen proxy's: zie de instelling PROXIES)."""
    return request.remote_addr or "onbekend"


def begrens(naam: str, grens: str, wie: Callable[[], str] = bezoeker) -> Callable[[F], F]:
    """Begrens een route per `wie`. De toegangsregel van de functie blijft gelden, ongeacht de volgorde."""

    def maak(functie: F) -> F:
        @wraps(functie)
        def begrensd(*args: Any, **kw: Any) -> Any:
            huidige_limieten().eis_ruimte(naam, grens, wie())
            return functie(*args, **kw)

        return cast("F", begrensd)

    return maak


def huidige_limieten() -> Limieten:
    """De tellers van de installatie achter dit verzoek."""
    if "limieten" not in current_app.extensions:
        current_app.extensions["limieten"] = Limieten(current_app.extensions["installatie"])
    return cast("Limieten", current_app.extensions["limieten"])
