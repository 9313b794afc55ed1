"""Bouwblokken over objecten: maken, wijzigen, lezen, zoeken en verwijderen."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Geen, Gegevens, Opdracht, Tekst
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn, ObjectUit
from integratie.objecttypen.schemas import ObjectTypeUit
from kern.plugins import haak
from plugins.hulp import clients, gewoon, is_misschien_al_weg, vandaag

GROEP = Tekst("Objecten", "Objects")
ONBEKEND = Fout("objecttype-onbekend", Tekst("Dit objecttype bestaat niet.", "This object type does not exist."))
WEG = Fout("niet-gevonden", Tekst("Het object bestaat niet.", "The object does not exist."))


class TypeKeuze(Gegevens):
    objecttype: str = Field(title="Objecttype", description="Naam van het objecttype.")


class MaakInvoer(Gegevens):
    gegevens: dict[str, Any] = Field(title="Gegevens", description="De inhoud, volgens het schema van het objecttype.")


class ObjectUitvoer(Gegevens):
    object: str = Field(title="Object", description="URL van het object.")


def _objecttype(opdracht: Opdracht[Any, Any], naam: str) -> ObjectTypeUit:
    gevonden = next((soort for soort in clients(opdracht).objecttypen.typen() if soort.name == naam), None)
    if gevonden is None:
        raise BpmnFout(ONBEKEND.code)
    return gevonden


def _nieuwste_versie(opdracht: Opdracht[Any, Any], soort: ObjectTypeUit) -> int:
    versies = clients(opdracht).objecttypen.versies(soort.url)
    return max((versie.version for versie in versies if versie.status == "published"), default=1)


def _lees(opdracht: Opdracht[Any, Any], url: str) -> ObjectUit:
    gevonden = clients(opdracht).objecten.object(_uuid(url))
    if gevonden is None:
        raise BpmnFout(WEG.code)
    return gevonden


def _uuid(url: str) -> UUID:
    return UUID(url.rstrip("/").rpartition("/")[2])


class ObjectMaken(Bouwblok[TypeKeuze, MaakInvoer, ObjectUitvoer]):
    """Natuurlijke sleutel: een uuid dat vóór de eerste poging vaststaat."""

    sleutel = "objecten.maken"
    naam = Tekst("Object maken", "Create object")
    uitleg = Tekst("Maakt een object van een objecttype.", "Creates an object of an object type.")
    groep = GROEP
    fouten = (ONBEKEND,)

    def voer_uit(self, opdracht: Opdracht[TypeKeuze, MaakInvoer]) -> ObjectUitvoer:
        soort = _objecttype(opdracht, opdracht.configuratie.objecttype)
        record = ObjectRecordIn(
            type_version=_nieuwste_versie(opdracht, soort),
            data=gewoon(opdracht.invoer.gegevens),
            start_at=vandaag(opdracht),
        )
        nieuw = ObjectIn(uuid=opdracht.uuid("object"), type=soort.url, record=record)
        return ObjectUitvoer(object=clients(opdracht).objecten.bewaar(nieuw).url)


class WijzigInvoer(Gegevens):
    object: str = Field(title="Object", description="URL van het object.")
    gegevens: dict[str, Any] = Field(title="Gegevens", description="Wat er verandert; de rest blijft staan.")


class ObjectWijzigen(Bouwblok[Geen, WijzigInvoer, Geen]):
    """Dezelfde gegevens nog eens zetten maakt geen nieuw record."""

    sleutel = "objecten.wijzigen"
    naam = Tekst("Object wijzigen", "Change object")
    uitleg = Tekst("Wijzigt de genoemde gegevens van een object.", "Changes the given data of an object.")
    groep = GROEP
    fouten = (WEG,)

    def voer_uit(self, opdracht: Opdracht[Geen, WijzigInvoer]) -> Geen:
        oud = _lees(opdracht, opdracht.invoer.object)
        data = {**oud.record.data, **gewoon(opdracht.invoer.gegevens)}
        record = ObjectRecordIn(
            type_version=oud.record.type_version, data=data, geometry=oud.record.geometry, start_at=vandaag(opdracht)
        )
        clients(opdracht).objecten.bewaar(ObjectIn(uuid=oud.uuid, type=oud.type, record=record))
        return Geen()


class LeesKeuze(Gegevens):
    velden: list[str] = Field(title="Velden", description="Namen van de gegevens die het proces nodig heeft.")


class ObjectInvoer(Gegevens):
    object: str = Field(title="Object", description="URL van het object.")


class WaardenUitvoer(Gegevens):
    waarden: dict[str, Any] = Field(title="Waarden", description="De gevraagde gegevens, op naam.")


class ObjectLezen(Bouwblok[LeesKeuze, ObjectInvoer, WaardenUitvoer]):
    """Leest alleen, en alleen wat het proces nodig heeft."""

    sleutel = "objecten.lezen"
    naam = Tekst("Object lezen", "Read object")
    uitleg = Tekst("Haalt de genoemde gegevens uit een object.", "Gets the named data from an object.")
    groep = GROEP
    fouten = (WEG,)

    def voer_uit(self, opdracht: Opdracht[LeesKeuze, ObjectInvoer]) -> WaardenUitvoer:
        data = _lees(opdracht, opdracht.invoer.object).record.data
        return WaardenUitvoer(waarden={veld: data.get(veld) for veld in opdracht.configuratie.velden})


class ZoekInvoer(Gegevens):
    filters: dict[str, Any] = Field(
        default_factory=dict,
        title="Filters",
        description="Veld en waarde; een veld in een veld met twee liggende streepjes.",
    )


class ZoekUitvoer(Gegevens):
    objecten: list[str] = Field(title="Objecten", description="URL's van de gevonden objecten.")
    object: str | None = Field(title="Object", description="URL van het eerste, of null.")
    aantal: int = Field(title="Aantal", description="Hoeveel het er zijn.")


class ObjectenZoeken(Bouwblok[TypeKeuze, ZoekInvoer, ZoekUitvoer]):
    """Leest alleen."""

    sleutel = "objecten.zoeken"
    naam = Tekst("Objecten zoeken", "Search objects")
    uitleg = Tekst("Zoekt objecten met deze gegevens.", "Finds objects with these data.")
    groep = GROEP
    fouten = (ONBEKEND,)

    def voer_uit(self, opdracht: Opdracht[TypeKeuze, ZoekInvoer]) -> ZoekUitvoer:
        soort = _objecttype(opdracht, opdracht.configuratie.objecttype)
        filters = (f"{veld}__exact__{waarde}" for veld, waarde in opdracht.invoer.filters.items())
        urls = [gevonden.url for gevonden in clients(opdracht).objecten.objecten(soort.url, *filters)]
        return ZoekUitvoer(objecten=urls, object=urls[0] if urls else None, aantal=len(urls))


class ObjectVerwijderen(Bouwblok[Geen, ObjectInvoer, Geen]):
    """Wat al weg is, haalde een vorige poging weg."""

    sleutel = "objecten.verwijderen"
    naam = Tekst("Object verwijderen", "Delete object")
    uitleg = Tekst("Verwijdert een object met zijn geschiedenis.", "Deletes an object with its history.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ObjectInvoer]) -> Geen:
        with is_misschien_al_weg():
            clients(opdracht).objecten.verwijder(f"objects/{_uuid(opdracht.invoer.object)}")
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [ObjectMaken, ObjectWijzigen, ObjectLezen, ObjectenZoeken, ObjectVerwijderen]
