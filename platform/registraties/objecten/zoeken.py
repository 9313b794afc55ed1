"""Filteren en sorteren: `type`, `typeVersion`, `data_attr`, `data_icontains`, `geometry` en `ordering` (regels 12.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, case, literal

from integratie.objecten.schemas import Zoekvraag
from kern.fouten import Ongeldig, ParamFout
from kit import Omgeving
from kit.geometrie import binnen
from registraties.objecten import paden
from registraties.objecten.indexen import heeft_index
from registraties.objecten.modellen import Record
from registraties.objecten.rechten import Rechten
from registraties.objecten.soorten import soort_uit_url

RECORDVELDEN: dict[str, Any] = {
    "record__index": Record.index,
    "record__typeVersion": Record.type_version,
    "record__startAt": Record.start_at,
    "record__endAt": Record.end_at,
    "record__registrationAt": Record.registration_at,
}
DATA = "record__data__"


@dataclass(frozen=True)
class Volgorde:
    """Sorteren op een uitdrukking; wat er niet is, komt achteraan."""

    uitdrukking: ColumnElement[Any]
    aflopend: bool


@dataclass
class Criteria:
    """Waar een lijst aan voldoet. `gericht`: er is meer dan alleen een type, dus eerst de treffers zoeken en dan sorteren."""

    waar: list[ColumnElement[bool]] = field(default_factory=list)
    volgorde: list[Volgorde] = field(default_factory=list)
    gericht: bool = False


def criteria(vraag: Zoekvraag, omgeving: Omgeving, rechten: Rechten) -> Criteria:
    """De voorwaarden en volgorde bij een zoekvraag; alle fouten tegelijk."""
    uit = Criteria([rechten.beperking()])
    fouten: list[ParamFout] = []
    for stap in (_op_type, _op_gegevens, _op_volgorde):
        try:
            stap(vraag, omgeving, rechten, uit)
        except Ongeldig as fout:
            fouten += fout.fouten
    if fouten:
        raise Ongeldig(*fouten)
    if vraag.geometry is not None and vraag.geometry.within is not None:
        waar = (*uit.waar, rechten.ziet("record__geometry"))
        gebied = binnen(Record.geometry, vraag.geometry.within, omgeving.installatie.db, *waar, naam="geometry.within")
        uit.waar.append(gebied)
        uit.gericht = True
    return uit


def _op_type(vraag: Zoekvraag, omgeving: Omgeving, rechten: Rechten, uit: Criteria) -> None:
    if vraag.type is not None:
        soort = soort_uit_url(omgeving, vraag.type)
        if rechten.overal is None:
            rechten.eis(soort)
        # Letterlijk in de SQL: de index op een pad geldt voor één type, en dat moet PostgreSQL zien.
        uit.waar.append(Record.type == literal(soort, literal_execute=True))
    if vraag.type_version is not None:
        uit.waar.append(Record.type_version == vraag.type_version)


def _op_gegevens(vraag: Zoekvraag, omgeving: Omgeving, rechten: Rechten, uit: Criteria) -> None:
    los = [vraag.data_attr] if isinstance(vraag.data_attr, str) else vraag.data_attr or []
    delen = [*los, *(vraag.data_attrs.split(",") if vraag.data_attrs else [])]
    soort = soort_uit_url(omgeving, vraag.type) if vraag.type else ""

    def geindexeerd(pad: paden.Pad) -> bool:
        return bool(soort) and heeft_index(omgeving, soort, pad)

    for pad, voorwaarde in _allemaal(delen, geindexeerd):
        uit.waar += [voorwaarde, rechten.ziet(f"{DATA}{pad[0]}")]
    if vraag.data_icontains:
        uit.waar += [paden.overal(vraag.data_icontains), rechten.ziet("record__data")]
    uit.gericht = bool(delen or vraag.data_icontains)


def _allemaal(
    delen: Sequence[str], geindexeerd: Callable[[paden.Pad], bool]
) -> list[tuple[paden.Pad, ColumnElement[bool]]]:
    uit: list[tuple[paden.Pad, ColumnElement[bool]]] = []
    fouten: list[ParamFout] = []
    gekozen = any(paden.kiest(deel, geindexeerd) for deel in delen)
    for deel in delen:
        try:
            uit.append(paden.op_attribuut(deel, geindexeerd, al_gekozen=gekozen))
        except Ongeldig as fout:
            fouten += fout.fouten
    if fouten:
        raise Ongeldig(*fouten)
    return uit


def _op_volgorde(vraag: Zoekvraag, _omgeving: Omgeving, rechten: Rechten, uit: Criteria) -> None:
    for deel in filter(None, (vraag.ordering or "").split(",")):
        naam = deel.strip().removeprefix("-")
        uitdrukking = RECORDVELDEN.get(naam)
        pad = paden.lees_pad(naam.removeprefix(DATA)) if naam.startswith(DATA) else None
        if pad is not None:
            uitdrukking, naam = paden.sleutel(pad), f"{DATA}{pad[0]}"
        if uitdrukking is None:
            raise Ongeldig(ParamFout("ordering", "invalid_choice", f"Op {naam} kan niet gesorteerd worden."))
        if rechten.per_type:
            uitdrukking = case((rechten.ziet(naam), uitdrukking), else_=None)
        uit.volgorde.append(Volgorde(uitdrukking, deel.strip().startswith("-")))
