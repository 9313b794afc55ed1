"""Lezen en bewaren van inrichting in de Objecten API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from integratie.configuratie.einde import Einde
from integratie.configuratie.lijsten import met_lijsten
from integratie.configuratie.soorten import FORMULIER, REFERENTIELIJST, Soort
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from kern.installatie import Installatie
from kern.versies import vernieuw_versie


@dataclass(frozen=True)
class Versie:
    """Hoe een onderdeel er vanaf een dag uitzag."""

    nummer: int
    vanaf: date
    gegevens: dict[str, Any]


class Configuratie:
    """De inrichting van deze gemeente, namens een onderdeel."""

    def __init__(self, installatie: Installatie, *, namens: str, gebruiker: str = "", weergave: str = "") -> None:
        self._objecten = ObjectenClient(installatie, namens=namens, gebruiker=gebruiker, weergave=weergave)
        self._typen = ObjecttypenClient(installatie, namens=namens)
        self._klok = installatie.klok
        self._installatie = installatie

    def haal(self, soort: Soort, sleutel: str) -> dict[str, Any] | None:
        """De gegevens van één onderdeel, of None."""
        gevonden = self._objecten.object(soort.object_uuid(sleutel))
        return gevonden.record.data if gevonden else None

    def formulier(self, sleutel: str) -> dict[str, Any] | None:
        """Een formulier, met in zijn vragen de keuzes uit de referentielijsten van vandaag. `LijstOntbreekt` als er een lijst niet is."""
        gevonden = self.haal(FORMULIER, sleutel)
        if gevonden is None:
            return None
        definitie = met_lijsten(
            definitie_van(gevonden), lambda naam: self.haal(REFERENTIELIJST, naam), self._klok.vandaag()
        )
        return {**gevonden, "definitie": definitie}

    def formulieren(self) -> Iterator[dict[str, Any]]:
        """De definities van alle formulieren die nog te gebruiken zijn, met de catalogus van hun pakket; zonder de keuzes uit lijsten."""
        return (definitie_van(deel) for deel in self.alle(FORMULIER) if Einde.van(deel) is None)

    def neemt_aan(self, formulier: str) -> bool:
        """Of dit formulier er is en niet beëindigd is."""
        gevonden = self.haal(FORMULIER, formulier)
        return gevonden is not None and Einde.van(gevonden) is None

    def haal_met_versie(self, soort: Soort, sleutel: str) -> tuple[dict[str, Any], int] | None:
        """De gegevens van één onderdeel met hun versie, die bij elke wijziging één hoger wordt; of None."""
        gevonden = self._objecten.object(soort.object_uuid(sleutel))
        return (gevonden.record.data, gevonden.record.index) if gevonden else None

    def versies(self, soort: Soort, sleutel: str) -> Iterator[Versie]:
        """Alle versies van een onderdeel, de nieuwste eerst; leeg als het er niet is."""
        if self._objecten.object(soort.object_uuid(sleutel)) is None:
            return
        for record in self._objecten.geschiedenis(soort.object_uuid(sleutel)):
            yield Versie(record.index, record.registration_at, record.data)

    def alle(self, soort: Soort, *data_attr: str) -> Iterator[dict[str, Any]]:
        """De gegevens van alle onderdelen van een soort, of van wie aan alle `data_attr` (`pakket__exact__klacht`) voldoen."""
        return (object_.record.data for object_ in self._objecten.objecten(self._type_url(soort), *data_attr))

    def bewaar(self, soort: Soort, sleutel: str, gegevens: dict[str, Any]) -> None:
        """Bewaar een onderdeel; dezelfde gegevens nog eens bewaren verandert niets."""
        objecttype, versie = self._typen.zorg_voor_type(
            ObjectTypeIn(uuid=soort.uuid, name=soort.naam, name_plural=soort.meervoud, allow_geometry=False),
            soort.schema,
        )
        record = ObjectRecordIn(
            type_version=versie, data={**gegevens, "sleutel": sleutel}, start_at=self._klok.vandaag()
        )
        self._objecten.bewaar(ObjectIn(uuid=soort.object_uuid(sleutel), type=objecttype.url, record=record))
        vernieuw_versie(self._installatie, "inrichting")

    def verwijder(self, soort: Soort, sleutel: str) -> None:
        """Haal een onderdeel weg; is het er niet, dan is dat goed."""
        self._objecten.verwijder(f"objects/{soort.object_uuid(sleutel)}")
        vernieuw_versie(self._installatie, "inrichting")

    def _type_url(self, soort: Soort) -> str:
        return self._typen.url(f"objecttypes/{soort.uuid}")


def definitie_van(bewaard: dict[str, Any]) -> Any:
    """De definitie van een formulier met in haar gegevens de catalogus van het pakket: daar staan de documenttypen die het noemt.

    Een andere catalogus kan een type met dezelfde naam hebben, en dat past niet bij de zaaktypen van dit pakket.
    """
    definitie, domein = bewaard["definitie"], bewaard.get("catalogus")
    return (
        {**definitie, "gegevens": {"catalogus": domein, **definitie["gegevens"]}}
        if domein and definitie.get("gegevens")
        else definitie
    )
