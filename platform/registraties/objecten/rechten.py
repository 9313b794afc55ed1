"""Rechten bij een token: per objecttype lezen of schrijven, en desgewenst alleen bepaalde velden (regels 12.4).

In `kern.toegangssleutel.rechten` staat onder `objecten` (of `*`): `"lezen"` of `"alles"` voor elk objecttype, of per objecttype:

    {"objecten": {"https://…/objecttypes/<uuid>": {"modus": "lezen", "velden": {"1": ["url", "type", "record__data__naam"]}}}}

Velden per versie van het type; een veld staat voor alles daaronder. Bij een versie die er niet staat is geen enkel veld te zien.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, true

from kern.fouten import Probleem
from kern.machines import Aanroeper
from kit import Omgeving
from registraties.objecten.modellen import Record
from registraties.objecten.soorten import soort_uit_url

SCHRIJVEN = "alles"
LEZEN = "lezen"


@dataclass(frozen=True)
class Typerecht:
    """Wat een token met één objecttype mag; `velden` per versie, of None voor alle velden."""

    schrijven: bool
    velden: Mapping[int, frozenset[str]] | None = None

    def van_versie(self, versie: int) -> frozenset[str] | None:
        """De velden die bij deze versie te zien zijn; None voor alle."""
        return None if self.velden is None or self.schrijven else self.velden.get(versie, frozenset())


@dataclass(frozen=True)
class Rechten:
    """De rechten van één aanroeper: `overal` geldt voor elk objecttype, `per_type` (als dienst:pad) voor één."""

    overal: Typerecht | None
    per_type: Mapping[str, Typerecht]

    @classmethod
    def van(cls, aanroeper: Aanroeper, omgeving: Omgeving) -> "Rechten":
        """Uit de rechten bij het token; zonder enig recht op objecten een 403."""
        ruw = aanroeper.rechten.get("objecten", aanroeper.rechten.get("*"))
        if ruw in (LEZEN, SCHRIJVEN):
            return cls(Typerecht(schrijven=ruw == SCHRIJVEN), {})
        if not isinstance(ruw, Mapping):
            raise Probleem(403)
        return cls(None, {soort_uit_url(omgeving, type_): _typerecht(recht) for type_, recht in ruw.items()})

    @property
    def kan_schrijven(self) -> bool:
        """Mag de aanroeper bij minstens één objecttype schrijven?"""
        return any(recht.schrijven for recht in (self.overal, *self.per_type.values()) if recht)

    @property
    def beperkt_velden(self) -> bool:
        """Ziet de aanroeper bij minstens één objecttype niet alle velden?"""
        return any(recht.velden is not None and not recht.schrijven for recht in self.per_type.values())

    def bij(self, type_: str) -> Typerecht | None:
        """Het recht op een objecttype, of None."""
        return self.per_type.get(type_, self.overal)

    def eis(self, type_: str, *, schrijven: bool = False) -> Typerecht:
        """Het recht op dit objecttype; 403 als het er niet is."""
        recht = self.bij(type_)
        if recht is None or (schrijven and not recht.schrijven):
            raise Probleem(403)
        return recht

    def beperking(self) -> ColumnElement[bool]:
        """De records van objecttypen die de aanroeper mag lezen."""
        return true() if self.overal else Record.type.in_(sorted(self.per_type))

    def ziet(self, veld: str) -> ColumnElement[bool]:
        """De records waarvan de aanroeper dit veld mag zien: zoeken en sorteren mag een verborgen veld niet verraden."""
        verborgen = [
            not_(and_(Record.type == type_, Record.type_version.not_in(_versies_met(recht, veld))))
            for type_, recht in self.per_type.items()
            if recht.velden is not None and not recht.schrijven
        ]
        return and_(true(), *verborgen)


def _versies_met(recht: Typerecht, veld: str) -> list[int]:
    return [versie for versie, velden in (recht.velden or {}).items() if valt_onder(veld, velden)]


def valt_onder(veld: str, velden: frozenset[str]) -> bool:
    """Is dit veld, of iets waar het onder valt, een van de velden?"""
    delen = veld.split("__")
    return any("__".join(delen[: i + 1]) in velden for i in range(len(delen)))


def _typerecht(ruw: Any) -> Typerecht:
    if not isinstance(ruw, Mapping):
        return Typerecht(schrijven=ruw == SCHRIJVEN)
    velden = ruw.get("velden")
    per_versie = None if velden is None else {int(versie): frozenset(deel) for versie, deel in velden.items()}
    return Typerecht(ruw.get("modus") == SCHRIJVEN, per_versie)
