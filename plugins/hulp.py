"""Wat meer bouwblokken nodig hebben: de clients van een opdracht, leesbare nummers, typen op omschrijving en bestaande koppelingen."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from pydantic import Field

from contracten import Gegevens, Onherstelbaar, Opdracht
from integratie.basis import ApiFout
from integratie.clients import Clients
from kern.klok import NEDERLAND

UNIEK, NIET_GEVONDEN = "unique", 404


class ZaakInvoer(Gegevens):
    """De invoer van een bouwblok dat alleen een zaak nodig heeft."""

    zaak: str = Field(title="Zaak", description="URL van de zaak.")


class Omschreven(Protocol):
    """Een type met een omschrijving."""

    omschrijving: str


T = TypeVar("T", bound=Omschreven)


def clients(opdracht: Opdracht[Any, Any]) -> Clients:
    """De API's, namens deze opdracht."""
    return Clients(opdracht.installatie, namens=opdracht.namens)


def vandaag(opdracht: Opdracht[Any, Any]) -> date:
    """De Nederlandse dag waarop de stap begon: bij elke poging dezelfde."""
    return opdracht.moment.astimezone(NEDERLAND).date()


def gekozen(opdracht: Opdracht[Any, Any], veld: str) -> str:
    """De waarde van een veld dat zowel invoer als instelling is (`of_invoer`); de invoer wint."""
    waarde = getattr(opdracht.invoer, veld) or getattr(opdracht.configuratie, veld)
    if not waarde:
        raise Onherstelbaar(f"{veld} is niet ingesteld en kwam niet als invoer")
    return str(waarde)


def met_omschrijving(typen: Iterable[T], omschrijving: str, soort: str) -> T:
    """Het type met deze omschrijving; is het er niet, dan is het model fout ingericht."""
    gevonden = next((type_ for type_ in typen if type_.omschrijving == omschrijving), None)
    if gevonden is None:
        raise Onherstelbaar(f"{soort} '{omschrijving}' bestaat niet bij dit zaaktype")
    return gevonden


@contextmanager
def bestaat_misschien_al() -> Iterator[None]:
    """Een koppeling die er al is, is goed: een vorige poging legde haar."""
    try:
        yield
    except ApiFout as fout:
        if UNIEK not in {deel.code for deel in fout.fouten}:
            raise


@contextmanager
def is_misschien_al_weg() -> Iterator[None]:
    """Wat er niet meer is, hoeft niet weg: een vorige poging deed dat."""
    try:
        yield
    except ApiFout as fout:
        if fout.status != NIET_GEVONDEN:
            raise


def gevuld(invoer: Gegevens, *behalve: str) -> dict[str, Any]:
    """De meegegeven velden van een invoer, in de vorm op de lijn (camelCase); leeg is niet meegegeven."""
    velden: Mapping[str, Any] = invoer.model_dump(mode="json", by_alias=True, exclude={*behalve})
    return {naam: waarde for naam, waarde in velden.items() if waarde not in (None, "")}


def gewoon(waarde: Any) -> Any:
    """Een waarde uit FEEL zoals zij in JSON hoort: getallen als getal, datums als tekst, ook binnen lijsten en objecten."""
    if isinstance(waarde, Mapping):
        return {naam: gewoon(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [gewoon(deel) for deel in waarde]
    if isinstance(waarde, Decimal):
        return int(waarde) if waarde == waarde.to_integral_value() else float(waarde)
    return waarde.isoformat() if isinstance(waarde, date | time) else waarde
