"""De lijsten vullen met gegevens in de vorm van de officiële API: van een bestand, of van de dienst zelf.

    {"procestypen": [...], "resultaten": [...], "communicatiekanalen": [...], "resultaattypeomschrijvingen": [...]}

Een rij houdt het uuid dat zij bij haar bron heeft (`uuid`, of het eind van `url`), zodat verwijzingen in bestaande catalogi blijven
kloppen. Een lijst die meegegeven wordt, vervangt de vorige: procestypen en resultaten per jaar van de selectielijst.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

import httpx
import orjson
from pydantic import ValidationError
from sqlalchemy import Connection, delete, exists, insert, select

from integratie.basis import Schema
from integratie.referentielijsten import schemas
from kern.installatie import Installatie
from kit import Resource
from kit.schema import fouten_uit
from registraties.referentielijsten.modellen import (
    CommunicatieKanaal,
    ProcesType,
    Resultaat,
    ResultaattypeOmschrijving,
)

RUIMTE = UUID("5f0f0f6e-3a0f-5d7c-9d0a-9a5f6f1c2e11")
"""Waaruit een rij zonder uuid steeds hetzelfde uuid krijgt."""
LANGSTE_UITLEG = 20


class LaadFout(Exception):
    """De gegevens kloppen niet; er is niets gewijzigd. Eén regel per fout."""


@dataclass(frozen=True)
class _Lijst:
    """Hoe één lijst in haar tabel komt; `kenmerk` is waar een rij zonder uuid aan te herkennen is."""

    naam: str
    model: type[Resource]
    schema: type[Schema]
    kenmerk: Callable[[Any], str]


LIJSTEN = (
    _Lijst("communicatiekanalen", CommunicatieKanaal, schemas.CommunicatieKanaalIn, lambda rij: str(rij.naam)),
    _Lijst("procestypen", ProcesType, schemas.ProcesTypeIn, lambda rij: f"{rij.jaar}/{rij.nummer}"),
    _Lijst("resultaten", Resultaat, schemas.ResultaatIn, lambda rij: f"{rij.proces_type}/{rij.volledig_nummer}"),
    _Lijst(
        "resultaattypeomschrijvingen",
        ResultaattypeOmschrijving,
        schemas.ResultaattypeOmschrijvingIn,
        lambda rij: str(rij.omschrijving),
    ),
)


@dataclass(frozen=True)
class Uitkomst:
    """Wat het laden van één lijst deed, in aantallen rijen; `vervallen` rijen zijn er niet meer."""

    naam: str
    totaal: int
    nieuw: int
    vervallen: int


def voorbeeldset() -> dict[str, Any]:
    """De meegeleverde lijsten: een voorbeeld, te vervangen door de officiële gegevens."""
    inhoud: dict[str, Any] = orjson.loads(
        (files("registraties.referentielijsten") / "gegevens" / "voorbeeld.json").read_bytes()
    )
    return inhoud


def haal_lijsten(http: httpx.Client, basis: str) -> dict[str, Any]:
    """Alle lijsten van een andere dienst met deze API, pagina voor pagina."""
    return {lijst.naam: list(_paginas(http, f"{basis.rstrip('/')}/{lijst.naam}")) for lijst in LIJSTEN}


def _paginas(http: httpx.Client, url: str | None) -> Iterator[Any]:
    while url:
        antwoord = http.get(url)
        antwoord.raise_for_status()
        inhoud = antwoord.json()
        yield from _rijen_van(inhoud)
        url = inhoud.get("next") if isinstance(inhoud, dict) else None


def _rijen_van(inhoud: Any) -> list[Any]:
    rijen = inhoud.get("results") if isinstance(inhoud, dict) else inhoud
    return rijen if isinstance(rijen, list) else []


def laad(installatie: Installatie, inhoud: Mapping[str, Any]) -> list[Uitkomst]:
    """Vervang de meegegeven lijsten, alles of niets. `LaadFout` als er iets niet klopt."""
    gelezen = _lees(inhoud)
    with installatie.db.schrijven() as verbinding:
        _toets_procestypen(verbinding, gelezen)
        weg = {
            lijst.naam: _haal_weg(verbinding, lijst, gelezen) for lijst in reversed(LIJSTEN) if lijst.naam in gelezen
        }
        for lijst in LIJSTEN:
            if gelezen.get(lijst.naam):
                verbinding.execute(insert(lijst.model), gelezen[lijst.naam])
    return [_uitkomst(naam, rijen, weg[naam]) for naam, rijen in gelezen.items()]


def laad_als_leeg(installatie: Installatie) -> None:
    """Laad de voorbeeldset, als er nog geen selectielijst is."""
    with installatie.db.lezen() as verbinding:
        gevuld = verbinding.execute(select(exists().select_from(ProcesType))).scalar()
    if not gevuld:
        laad(installatie, voorbeeldset())


def _uitkomst(naam: str, rijen: list[dict[str, Any]], vorige: frozenset[UUID]) -> Uitkomst:
    nieuwe = {rij["id"] for rij in rijen}
    return Uitkomst(naam, len(rijen), len(nieuwe - vorige), len(vorige - nieuwe))


def _lees(inhoud: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Elke lijst gevalideerd, als kolomwaarden; alle fouten tegelijk."""
    fouten: list[str] = []
    gelezen = {
        lijst.naam: [
            rij
            for nummer, ruw in enumerate(_rijen_van(inhoud[lijst.naam]))
            if (rij := _rij(lijst, nummer, ruw, fouten)) is not None
        ]
        for lijst in LIJSTEN
        if lijst.naam in inhoud
    }
    if not any(gelezen.values()) and not fouten:
        fouten.append("Er staat geen enkele lijst in.")
    fouten += [f"{naam}: {wat} komt vaker voor" for naam, rijen in gelezen.items() for wat in _dubbele(rijen)]
    if fouten:
        rest = [f"… en nog {len(fouten) - LANGSTE_UITLEG}"] if len(fouten) > LANGSTE_UITLEG else []
        raise LaadFout("\n".join(fouten[:LANGSTE_UITLEG] + rest))
    return gelezen


def _dubbele(rijen: Iterable[Mapping[str, Any]]) -> list[UUID]:
    return [id_ for id_, aantal in Counter(rij["id"] for rij in rijen).items() if aantal > 1]


def _rij(lijst: _Lijst, nummer: int, ruw: Any, fouten: list[str]) -> dict[str, Any] | None:
    try:
        gelezen = lijst.schema.model_validate(ruw)
        herkomst = schemas.Herkomst.model_validate(ruw)
        rij = gelezen.model_dump()
        rij["id"] = herkomst.uuid or _uuid_in(herkomst.url) or uuid5(RUIMTE, f"{lijst.naam}/{lijst.kenmerk(gelezen)}")
    except ValidationError as fout:
        fouten += [f"{lijst.naam}[{nummer}].{deel.naam}: {deel.reden}" for deel in fouten_uit(fout)]
        return None
    if "proces_type" in rij:
        rij["proces_type"] = _uuid_in(rij["proces_type"]) or RUIMTE
    return rij


def _uuid_in(url: str) -> UUID | None:
    try:
        return UUID(url.rpartition("/")[2])
    except ValueError:
        return None


def _toets_procestypen(verbinding: Connection, gelezen: Mapping[str, list[dict[str, Any]]]) -> None:
    """Elk resultaat hoort bij een procestype dat meegegeven is of er al is."""
    nodig = {rij["proces_type"] for rij in gelezen.get("resultaten", ())}
    er_zijn = {rij["id"] for rij in gelezen.get("procestypen", ())}
    er_zijn |= set(verbinding.scalars(select(ProcesType.id).where(ProcesType.id.in_(nodig - er_zijn))))
    if nodig - er_zijn:
        raise LaadFout("resultaten: er zijn resultaten van een procestype dat er niet is")


def _haal_weg(verbinding: Connection, lijst: _Lijst, gelezen: Mapping[str, list[dict[str, Any]]]) -> frozenset[UUID]:
    """Haal de vorige rijen weg en geef hun id's; van de selectielijst alleen de jaren (of procestypen) die vervangen worden."""
    model: Any = lijst.model
    opdracht = delete(model).returning(model.id)
    if lijst.naam == "procestypen":
        opdracht = opdracht.where(model.jaar.in_({rij["jaar"] for rij in gelezen["procestypen"]}))
    if lijst.naam == "resultaten":
        jaren = select(ProcesType.jaar).where(ProcesType.id.in_({rij["proces_type"] for rij in gelezen["resultaten"]}))
        meegegeven = {rij["jaar"] for rij in gelezen.get("procestypen", ())}
        in_jaar = ProcesType.jaar.in_(meegegeven) | ProcesType.jaar.in_(jaren)
        opdracht = opdracht.where(model.proces_type.in_(select(ProcesType.id).where(in_jaar)))
    return frozenset(verbinding.scalars(opdracht))
