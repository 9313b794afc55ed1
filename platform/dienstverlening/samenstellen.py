"""Van instellingen naar een werkende installatie: alle onderdelen op hun pad, met hun outbox-werk."""

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Protocol, TypeVar

from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dienstverlening.menu import menu_van
from dienstverlening.plekken import plekken_van
from kern.deel import Plek
from kern.gezondheid import MetGezondheid
from kern.installatie import Installatie, maak_installatie
from kern.instellingen import Instellingen, InstellingenFout
from kern.klok import Klok
from kern.migratie import is_bij, werk_bij
from kern.outbox import Verwerker
from kern.transport import WsgiApp
from kit.cloudevents import gebeurtenis_verwerker
from kit.sporen import notificatie_verwerker


def maak_platform(instellingen: Instellingen, klok: Klok | None = None, *, meteen: bool = False) -> Installatie:
    """Een complete installatie op een bijgewerkte database; `installatie.wsgi` is de web-app.

    Een onderdeel laadt, en zijn app ontstaat, bij zijn eerste verzoek: geen enkel proces gebruikt ze allemaal. Met `meteen` nu al,
    zodat alle apps van hetzelfde moment zijn.
    """
    installatie = maak_installatie(instellingen, klok)
    aangeboden = kies(plekken_van(instellingen), instellingen.namen("onderdelen"))
    installatie.stel_samen(zet_op_pad(installatie, aangeboden, meteen=meteen), _verwerkers(installatie, aangeboden))
    installatie.menu = menu_van(plek.naam for plek in aangeboden)
    installatie.onthoud_adres()
    return installatie


def _verwerkers(installatie: Installatie, aangeboden: Iterable[Plek]) -> Iterator[Verwerker]:
    # Elke registratie meldt haar wijzigingen, ook als zij alleen draait.
    yield notificatie_verwerker()
    yield gebeurtenis_verwerker()
    for plek in aangeboden:
        maak = plek.laad().verwerkers
        yield from maak(installatie) if maak else ()


class BijGebruik:
    """WSGI-app van een onderdeel, die pas gemaakt wordt als er een verzoek voor is."""

    # Eén tegelijk: twee draden die elkaars modules aan het laden zijn, zien ze half.
    _slot = threading.RLock()

    def __init__(self, maak: Callable[[], WsgiApp]) -> None:
        self._maak = maak
        self._app: WsgiApp | None = None

    def __call__(self, omgeving: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return (self._app or self.app())(omgeving, start_response)

    def app(self) -> WsgiApp:
        """De app zelf; twee verzoeken tegelijk maken er één."""
        with self._slot:
            self._app = self._app or self._maak()
        return self._app


def zet_op_pad(installatie: Installatie, plekken: Iterable[Plek], *, meteen: bool = False) -> WsgiApp:
    """Eén WSGI-app die elk verzoek naar het onderdeel met het langste passende pad brengt."""
    plekken = tuple(plekken)
    luie = {plek.pad: BijGebruik(partial(_maak_app, installatie, plek)) for plek in plekken if plek.naam != "kern"}
    apps: dict[str, WsgiApp] = {pad: app.app() if meteen else app for pad, app in luie.items()}
    wortel = apps.pop("", NotFound())
    return MetGezondheid(installatie, DispatcherMiddleware(wortel, apps), [plek for plek in plekken if plek.pakket])


def _maak_app(installatie: Installatie, plek: Plek) -> WsgiApp:
    maak = plek.laad().maak_app
    return maak(installatie) if maak else NotFound()


class Genoemd(Protocol):
    """Iets met een naam."""

    @property
    def naam(self) -> str:
        """Uniek onder de onderdelen."""


T = TypeVar("T", bound=Genoemd)


def kies(delen: Iterable[T], namen: list[str]) -> list[T]:
    """De onderdelen met deze namen; zonder namen allemaal. Een onbekende naam geeft `InstellingenFout`."""
    op_naam = {deel.naam: deel for deel in delen}
    onbekend = [naam for naam in namen if naam not in op_naam]
    if onbekend:
        raise InstellingenFout(f"ONDERDELEN: onbekend: {', '.join(onbekend)}; kies uit {', '.join(op_naam)}")
    return [op_naam[naam] for naam in namen or op_naam]


def werk_database_bij(instellingen: Instellingen) -> None:
    """Breng alle schema's van deze installatie naar de nieuwste versie."""
    installatie = maak_installatie(instellingen)
    try:
        schemas = [plek for plek in plekken_van(instellingen) if plek.pakket]
        if achter := [plek for plek in schemas if not is_bij(installatie.db, plek)]:
            werk_bij(installatie.db, [plek.laad() for plek in achter])
    finally:
        installatie.sluit()
