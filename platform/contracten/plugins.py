"""Plugins vinden: pakketten met een ingang in de groep `dienstverlening.plugins`, die hieronder staande haken invullen.

    from contracten.plugins import haak

    @haak
    def bouwblokken(): return [MijnBouwblok()]

    # pyproject.toml
    [project.entry-points."dienstverlening.plugins"]
    mijn-plugin = "mijn_plugin"

De ingebouwde plugins komen langs dezelfde weg.
"""

from collections.abc import Iterable
from itertools import chain

import pluggy

from contracten.bouwblok import AnyBouwblok
from contracten.kanaal import Kanaal

GROEP = "dienstverlening.plugins"
haak = pluggy.HookimplMarker(GROEP)
_afspraak = pluggy.HookspecMarker(GROEP)


class Haken:
    """De haken die een plugin kan invullen."""

    @_afspraak
    def bouwblokken(self) -> Iterable[AnyBouwblok]:
        """De bouwblokken van deze plugin, van elk één exemplaar."""
        return ()

    @_afspraak
    def kanalen(self) -> Iterable[Kanaal]:
        """De kanalen van deze plugin."""
        return ()


class Plugins:
    """De gevonden plugins van een installatie."""

    def __init__(self, beheer: pluggy.PluginManager) -> None:
        self._beheer = beheer

    def bouwblokken(self) -> list[AnyBouwblok]:
        """Alle bouwblokken."""
        return list(chain.from_iterable(self._beheer.hook.bouwblokken()))

    def kanalen(self) -> list[Kanaal]:
        """Alle kanalen."""
        return list(chain.from_iterable(self._beheer.hook.kanalen()))


def vind_plugins(actief: Iterable[str] = ()) -> Plugins:
    """De geïnstalleerde plugins; met `actief` alleen die met deze ingangsnamen (een onbekende naam is een fout)."""
    beheer = pluggy.PluginManager(GROEP)
    beheer.add_hookspecs(Haken)
    namen = set(actief)
    for naam in namen or [None]:
        if not beheer.load_setuptools_entrypoints(GROEP, naam) and naam is not None:
            raise LookupError(f"plugin {naam} is niet geïnstalleerd")
    return Plugins(beheer)
