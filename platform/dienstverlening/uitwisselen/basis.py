"""Wat het uitwisselen van taken en van verzoeken delen."""

from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID

from integratie.basis import ApiFout
from integratie.configuratie import Configuratie
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn, ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.taken import TakenClient
from integratie.urn import urn_uuid
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from kern import ldv
from kern.installatie import Installatie
from kern.instellingen import Instellingen

NAMENS = "uitwisselen"
ACTIVITEIT = "urn:dienstverlening:verwerking:registratie"


class Uitwisseling:
    """De clients, en wat over een object te weten is."""

    def __init__(self, installatie: Installatie) -> None:
        self.installatie = installatie
        self.instellingen: Instellingen = installatie.instellingen
        self.rsin = installatie.instellingen.bronorganisatie
        self.objecten = ObjectenClient(installatie, namens=NAMENS)
        self.taken = TakenClient(installatie, namens=NAMENS)
        self.verzoeken = VerzoekenClient(installatie, namens=NAMENS)
        self.zaken = ZakenClient(installatie, namens=NAMENS)

    @cached_property
    def configuratie(self) -> Configuratie:
        return Configuratie(self.installatie, namens=NAMENS)

    def object(self, url: str) -> ObjectUit | None:
        """Het object achter een URL; None als het er niet meer is."""
        try:
            return self.objecten.haal(url, ObjectUit)
        except ApiFout as fout:
            if fout.status != HTTPStatus.NOT_FOUND:
                raise
            return None

    def is_type(self, objecttype: str, ingesteld: str) -> bool:
        """Is dit het objecttype uit de instelling, onder welk adres ook?"""
        naar_opslag = self.installatie.diensten.naar_opslag
        return bool(ingesteld) and naar_opslag(objecttype) == naar_opslag(ingesteld)

    def urn_van(self, uuid: UUID) -> str:
        """De URN waarmee een taak naar haar object verwijst."""
        return urn_uuid(self.rsin, "object", uuid)

    def bewaar(self, uuid: UUID, objecttype: str, data: dict[str, Any]) -> None:
        """Zet de gegevens in het object met dit uuid; het ontstaat als het er niet is, en blijft zoals het is als niets verandert."""
        versie = max(
            deel.version
            for deel in ObjecttypenClient(self.installatie, namens=NAMENS).versies(objecttype)
            if deel.status == "published"
        )
        record = ObjectRecordIn(type_version=versie, data=data, start_at=self.installatie.klok.vandaag())
        self.objecten.bewaar(ObjectIn(uuid=uuid, type=objecttype, record=record))

    def verantwoord(self, naam: str, *betrokkenen: ldv.Betrokkene) -> None:
        """Een regel in het Logboek dataverwerkingen per persoon van wie gegevens overgingen."""
        ldv.leg_gebruik_vast(self.installatie, set(betrokkenen), activiteit=ACTIVITEIT, naam=naam)
