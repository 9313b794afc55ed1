"""De clients van één verzoek van een scherm: elk ontstaat als iemand haar voor het eerst gebruikt, en blijft dan dezelfde."""

from functools import cached_property
from typing import TypeVar

from integratie.basis import ApiClient
from integratie.berichten import BerichtenClient
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.configuratie import Configuratie
from integratie.documenten import DocumentenClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.notificaties import NotificatiesClient
from integratie.objecten import ObjectenClient
from integratie.objecttypen import ObjecttypenClient
from integratie.processen import ProcessenClient
from integratie.producten import ProductenClient
from integratie.producttypen import ProducttypenClient
from integratie.taken import TakenClient
from integratie.termijnen import TermijnenClient
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie

C = TypeVar("C", bound=ApiClient)


class Clients:
    """Alle clients namens één onderdeel, met wie er achter het scherm zit (`gebruiker`, `weergave`) erbij."""

    def __init__(self, installatie: Installatie, *, namens: str, gebruiker: str = "", weergave: str = "") -> None:
        self.installatie = installatie
        self._wie = {"namens": namens, "gebruiker": gebruiker, "weergave": weergave}

    def _client(self, soort: type[C]) -> C:
        return soort(self.installatie, **self._wie)

    @cached_property
    def berichten(self) -> BerichtenClient:
        return self._client(BerichtenClient)

    @cached_property
    def besluiten(self) -> BesluitenClient:
        return self._client(BesluitenClient)

    @cached_property
    def catalogi(self) -> CatalogiClient:
        return self._client(CatalogiClient)

    @cached_property
    def configuratie(self) -> Configuratie:
        return Configuratie(self.installatie, **self._wie)

    @cached_property
    def documenten(self) -> DocumentenClient:
        return self._client(DocumentenClient)

    @cached_property
    def klantinteracties(self) -> KlantinteractiesClient:
        return self._client(KlantinteractiesClient)

    @cached_property
    def notificaties(self) -> NotificatiesClient:
        return self._client(NotificatiesClient)

    @cached_property
    def objecten(self) -> ObjectenClient:
        return self._client(ObjectenClient)

    @cached_property
    def objecttypen(self) -> ObjecttypenClient:
        return self._client(ObjecttypenClient)

    @cached_property
    def processen(self) -> ProcessenClient:
        return self._client(ProcessenClient)

    @cached_property
    def producten(self) -> ProductenClient:
        return self._client(ProductenClient)

    @cached_property
    def producttypen(self) -> ProducttypenClient:
        return self._client(ProducttypenClient)

    @cached_property
    def taken(self) -> TakenClient:
        return self._client(TakenClient)

    @cached_property
    def termijnen(self) -> TermijnenClient:
        return self._client(TermijnenClient)

    @cached_property
    def verzoeken(self) -> VerzoekenClient:
        return self._client(VerzoekenClient)

    @cached_property
    def zaken(self) -> ZakenClient:
        return self._client(ZakenClient)
