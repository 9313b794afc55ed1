"""Plugins vinden en laden, met pluggy. De ingebouwde bouwblokken, kanalen en bronnen komen door dezelfde deur als die van een ander.

Een plugin is een module of object met een of meer functies uit `Haken`, aangemeld als entry point:

    [project.entry-points."dienstverlening.plugins"]
    zaken = "plugins.zaken"

De instelling PLUGINS noemt welke aan staan; leeg betekent alle plugins die met het platform meekomen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy

from kern.instellingen import Instellingen, InstellingenFout

PROJECT = "dienstverlening"
GROEP = "dienstverlening.plugins"

haak = pluggy.HookimplMarker(PROJECT)
"""Zet `@haak` op elke functie van een plugin."""
_spec = pluggy.HookspecMarker(PROJECT)


class PluginFout(Exception):
    """Een plugin kan niet laden of geeft een fout; de tekst noemt welke."""


class Haken:
    """Wat een plugin kan leveren; alles is vrijwillig. De soorten staan in `contracten`."""

    @_spec
    def delen(self) -> Iterable[Any]:
        """Onderdelen (`kern.deel.Deel`) met eigen pagina's, API of tabellen."""
        raise NotImplementedError

    @_spec
    def bouwblokken(self) -> Iterable[Any]:
        """Stappen voor processen (klassen van `contracten.Bouwblok`)."""
        raise NotImplementedError

    @_spec
    def bekendmakers(self) -> Iterable[Any]:
        """Publicatiebladen om officieel in bekend te maken (`contracten.Bekendmaker`)."""
        raise NotImplementedError

    @_spec
    def kanalen(self) -> Iterable[Any]:
        """Manieren om iets te versturen: e-mail, brief, portaal (`contracten.Kanaal`)."""
        raise NotImplementedError

    @_spec
    def bronnen(self) -> Iterable[Any]:
        """Bronnen om formulieren mee voor in te vullen (`contracten.Bron`)."""
        raise NotImplementedError

    @_spec
    def veldtypen(self) -> Iterable[Any]:
        """Soorten velden in formulieren (`contracten.Veldtype`)."""
        raise NotImplementedError

    @_spec
    def betaalproviders(self) -> Iterable[Any]:
        """Manieren om te betalen (`contracten.Betaalprovider`)."""
        raise NotImplementedError

    @_spec
    def inlogmiddelen(self) -> Iterable[Any]:
        """Manieren om in te loggen (`contracten.Inlogmiddel`)."""
        raise NotImplementedError


HAKEN = tuple(naam for naam in vars(Haken) if not naam.startswith("_"))


@dataclass(frozen=True)
class Plugins:
    """De plugins die aan staan."""

    manager: pluggy.PluginManager

    @property
    def namen(self) -> list[str]:
        """De namen van de plugins, op volgorde van laden."""
        return [naam for naam, _ in self.manager.list_name_plugin()]

    def verzamel(self, haak: str) -> list[Any]:
        """Alles wat de plugins voor deze haak leveren, in de volgorde van de plugins; een fout noemt de plugin."""
        return [deel for naam, plugin in self.manager.list_name_plugin() for deel in self._van(naam, plugin, haak)]

    def _van(self, naam: str, plugin: Any, haak: str) -> list[Any]:
        anderen = [ander for _, ander in self.manager.list_name_plugin() if ander is not plugin]
        try:
            geleverd = self.manager.subset_hook_caller(haak, anderen)()
            return [deel for reeks in geleverd for deel in reeks]
        except Exception as fout:
            raise PluginFout(f"plugin {naam}: {haak} geeft {type(fout).__name__}: {fout}") from fout


def laad_plugins(instellingen: Instellingen) -> Plugins:
    """Laad de plugins die PLUGINS noemt, of alle ingebouwde. Een onbekende naam geeft `InstellingenFout`."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Haken)
    for punt in _gekozen(instellingen):
        _registreer(manager, punt)
    return Plugins(manager)


def _gekozen(instellingen: Instellingen) -> list[EntryPoint]:
    gevonden = {punt.name: punt for punt in entry_points(group=GROEP)}
    namen = instellingen.namen("plugins")
    onbekend = [naam for naam in namen if naam not in gevonden]
    if onbekend:
        bekend = ", ".join(sorted(gevonden)) or "geen"
        raise InstellingenFout(f"PLUGINS: onbekend: {', '.join(onbekend)}; bekend zijn: {bekend}")
    if namen:
        return [gevonden[naam] for naam in namen]
    eigen = {
        id(dist) for dist in {id(p.dist): p.dist for p in gevonden.values()}.values() if dist and dist.name == PROJECT
    }
    return [punt for _, punt in sorted(gevonden.items()) if id(punt.dist) in eigen]


def _registreer(manager: pluggy.PluginManager, punt: EntryPoint) -> None:
    try:
        manager.register(punt.load(), name=punt.name)
        manager.check_pending()
    except Exception as fout:
        raise PluginFout(f"plugin {punt.name} kan niet laden: {type(fout).__name__}: {fout}") from fout
