"""Rechten van de aanroeper op resources: ZGW-autorisaties per type en vertrouwelijkheid, of rechten bij een token.

Een autorisatie geldt alleen voor haar eigen type en tot haar eigen grens; scopes van de ene en de grens van de andere worden
nooit samengenomen (regels 1.9). Lijsten, tellingen, `_zoek` en expand krijgen dezelfde beperking als voorwaarde in SQL.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar, cast, get_args

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from integratie.typen import Vertrouwelijkheid
from kern.fouten import Probleem
from kern.machines import Aanroeper

VERTROUWELIJKHEID: tuple[str, ...] = get_args(Vertrouwelijkheid)
"""Van openbaar naar geheim, in de volgorde van de standaard."""
T = TypeVar("T")
LEESOPERATIES = ("lijst", "haal", "zoek")


@dataclass(frozen=True)
class Autorisatie:
    """Eén autorisatie: scopes binnen een component, voor één type (als dienst:pad; leeg: geen type), tot een va-grens.

    Als type mag ook de verzameling staan (`catalogi:zaaktypen`): dan geldt zij voor alle types, ook toekomstige (onze uitbreiding).
    """

    component: str
    scopes: frozenset[str]
    type: str = ""
    max_va: str = ""

    @property
    def alle_types(self) -> bool:
        """Geldt zij voor de hele verzameling types?"""
        return bool(self.type) and "/" not in self.type

    def geldt_voor(self, type_: str) -> bool:
        """Valt dit type (als dienst:pad) eronder?"""
        return self.type == type_ or (self.alle_types and type_.startswith(f"{self.type}/"))

    def niveaus(self) -> tuple[str, ...]:
        """De va-waarden die hieronder vallen."""
        return VERTROUWELIJKHEID[: VERTROUWELIJKHEID.index(self.max_va) + 1] if self.max_va else VERTROUWELIJKHEID


@dataclass(frozen=True)
class Toegang:
    """Wat de aanroeper van dit verzoek mag. `alleen_gereed`: van documenten alleen wat gereed is voor publicatie (AC 1.1).

    In `onthouden` staat wat uit deze rechten is afgeleid; het leeft net zo lang als zij.
    """

    aanroeper: Aanroeper
    alles: bool = False
    autorisaties: Sequence[Autorisatie] = field(default_factory=tuple)
    alleen_gereed: bool = False
    onthouden: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def onthoud(self, sleutel: Any, maak: Callable[[], T]) -> T:
        """Wat bij deze rechten steeds hetzelfde is, één keer gemaakt."""
        if sleutel not in self.onthouden:
            self.onthouden[sleutel] = maak()
        onthouden: T = self.onthouden[sleutel]
        return onthouden

    def met(self, component: str, scopes: Iterable[str]) -> list[Autorisatie]:
        """De autorisaties van een component met minstens één van deze scopes."""
        gevraagd = frozenset(scopes)
        return [a for a in self.autorisaties if a.component == component and a.scopes & gevraagd]

    def heeft(self, component: str, scopes: Iterable[str]) -> bool:
        """Heeft de aanroeper minstens één van deze scopes, voor welk type dan ook?"""
        return self.alles or bool(self.met(component, scopes))

    def mag(self, component: str, scopes: Iterable[str], type_: str, va: str = "") -> bool:
        """Heeft de aanroeper een van deze scopes voor precies dit type (als dienst:pad) en deze vertrouwelijkheid?"""
        return self.alles or any(
            a.geldt_voor(type_) and (not va or va in a.niveaus()) for a in self.met(component, scopes)
        )


class Rechten(Protocol):
    """Hoe een resource rechten toetst."""

    @property
    def kolommen(self) -> tuple[str, ...]:
        """De kolommen van de rij zelf die `mag_rij` nodig heeft."""

    def eis(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> None:
        """403 als de aanroeper deze operatie helemaal niet mag."""

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:
        """Welke rijen de aanroeper bij deze operatie ziet, als voorwaarde in SQL."""

    def mag_rij(self, toegang: Toegang, operatie: str, scopes: Sequence[str], hoofd: Mapping[str, Any]) -> bool:
        """Hetzelfde oordeel over één gelezen hoofdobject (kolommen): dat scheelt een vraag."""


@dataclass(frozen=True)
class ZgwRechten:
    """Rechten op scope alleen (Catalogi, Autorisaties, Notificaties).

    `lezers`: scopes van andere componenten waarmee ook gelezen mag worden, als (component, scope) (ztc-014).
    """

    component: str
    lezers: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)

    @property
    def kolommen(self) -> tuple[str, ...]:
        return ()

    def eis(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> None:
        if toegang.heeft(self.component, scopes):
            return
        if operatie in LEESOPERATIES and any(toegang.heeft(component, (scope,)) for component, scope in self.lezers):
            return
        raise Probleem(403)

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:  # noqa: ARG002
        return true()

    def mag_rij(self, toegang: Toegang, operatie: str, scopes: Sequence[str], hoofd: Mapping[str, Any]) -> bool:  # noqa: ARG002
        return True


@dataclass(frozen=True)
class TypeRechten(ZgwRechten):
    """Rechten per type en vertrouwelijkheid (Zaken, Documenten, Besluiten).

    `type` en `va` zijn de kolommen van het hoofdobject; `via` is de kolom waarmee een onderliggende resource daarheen verwijst.
    `gereed` is de kolom waarop lezen beperkt is voor wie alleen mag zien wat gereed is voor publicatie (AC 1.1).
    """

    type: InstrumentedAttribute[Any]
    va: InstrumentedAttribute[Any] | None = None
    via: InstrumentedAttribute[Any] | None = None
    gereed: InstrumentedAttribute[Any] | None = None

    @property
    def kolommen(self) -> tuple[str, ...]:
        eigen = (self.type, self.va, self.gereed) if self.via is None else ()
        return tuple(kolom.key for kolom in eigen if kolom is not None)

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:
        alleen_gereed = self.gereed is not None and toegang.alleen_gereed and operatie in LEESOPERATIES
        if toegang.alles and not alleen_gereed:
            return true()
        if self.via is not None:
            return cast("ColumnElement[bool]", self.via.in_(self.op_hoofd(toegang, operatie, scopes)))
        eigen = true() if toegang.alles else self._eigen(toegang, scopes)
        return and_(eigen, self.gereed.is_(True)) if self.gereed is not None and alleen_gereed else eigen

    def op_hoofd(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> Select[Any]:
        """De hoofdobjecten waaronder de aanroeper deze operatie mag doen, als id's."""
        hoofd: Any = self.type.class_
        return select(hoofd.id).where(replace(self, via=None).beperking(toegang, operatie, scopes))

    def mag_rij(self, toegang: Toegang, operatie: str, scopes: Sequence[str], hoofd: Mapping[str, Any]) -> bool:
        alleen_gereed = self.gereed is not None and toegang.alleen_gereed and operatie in LEESOPERATIES
        if self.gereed is not None and alleen_gereed and hoofd[self.gereed.key] is not True:
            return False
        va = hoofd[self.va.key] if self.va is not None else None
        return toegang.alles or any(
            a.geldt_voor(hoofd[self.type.key]) and (self.va is None or va in a.niveaus())
            for a in toegang.met(self.component, scopes)
        )

    def _eigen(self, toegang: Toegang, scopes: Sequence[str]) -> ColumnElement[bool]:
        """Per grens één voorwaarde, ook bij honderden typen: dat houdt de vraag kort."""
        per_grens: dict[str, list[Autorisatie]] = {}
        for autorisatie in toegang.met(self.component, scopes):
            per_grens.setdefault(autorisatie.max_va, []).append(autorisatie)
        delen = [self._voorwaarde(groep) for groep in per_grens.values()]
        return or_(*delen) if delen else false()

    def _voorwaarde(self, groep: Sequence[Autorisatie]) -> ColumnElement[bool]:
        """Voor autorisaties met dezelfde grens."""
        typen: list[ColumnElement[bool]] = [
            self.type.startswith(f"{a.type}/", autoescape=True) for a in groep if a.alle_types
        ]
        losse = sorted({a.type for a in groep if not a.alle_types})
        typen += [self.type.in_(losse)] if losse else []
        type_klopt = or_(*typen)
        return type_klopt if self.va is None else and_(type_klopt, self.va.in_(groep[0].niveaus()))


@dataclass(frozen=True)
class TokenRechten:
    """Rechten bij een token: per API `lezen` of `alles` (`*` geldt voor elke API)."""

    api: str

    @property
    def kolommen(self) -> tuple[str, ...]:
        return ()

    def eis(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> None:  # noqa: ARG002  # tokens kennen geen scopes
        recht = _recht(toegang.aanroeper.rechten, self.api)
        if recht != "alles" and not (recht == "lezen" and operatie in LEESOPERATIES):
            raise Probleem(403)

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:  # noqa: ARG002
        return true()

    def mag_rij(self, toegang: Toegang, operatie: str, scopes: Sequence[str], hoofd: Mapping[str, Any]) -> bool:  # noqa: ARG002
        return True


@dataclass(frozen=True)
class OpenbaarLezen:
    """Iedereen mag lezen, ook zonder aanmelden (referentielijsten); schrijven mag niemand."""

    @property
    def kolommen(self) -> tuple[str, ...]:
        return ()

    def eis(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> None:  # noqa: ARG002
        if operatie not in LEESOPERATIES:
            raise Probleem(403)

    def beperking(self, toegang: Toegang, operatie: str, scopes: Sequence[str]) -> ColumnElement[bool]:  # noqa: ARG002
        return true()

    def mag_rij(self, toegang: Toegang, operatie: str, scopes: Sequence[str], hoofd: Mapping[str, Any]) -> bool:  # noqa: ARG002
        return True


def _recht(rechten: Mapping[str, Any], api: str) -> Any:
    return rechten.get(api, rechten.get("*"))
