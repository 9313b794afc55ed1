"""De API's achter de schermen, aangeroepen namens MijnGemeente; elke client één keer per verzoek."""

from functools import cached_property
from typing import TypeVar

from flask import g

from integratie.basis import ApiClient
from integratie.berichten import BerichtenClient
from integratie.besluiten import BesluitenClient
from integratie.catalogi import CatalogiClient
from integratie.documenten import DocumentenClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.producten import ProductenClient
from integratie.taken import TakenClient
from integratie.urn import urn_zaak
from integratie.zaken import ZakenClient
from kern import ldv
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie
from mijngemeente.ik import Ik

C = TypeVar("C", bound=ApiClient)
NAAM = "mijngemeente"
ACTIVITEIT = "urn:dienstverlening:verwerking:mijngemeente"


class Bronnen:
    """De clients van dit verzoek, en namens wie (`ik`)."""

    def __init__(self, installatie: Installatie, ik: Ik) -> None:
        self.installatie = installatie
        self.ik = ik

    def _client(self, soort: type[C]) -> C:
        return soort(self.installatie, namens=NAAM, gebruiker=self.ik.soort)

    def urn_van_zaak(self, zaaknummer: str) -> str:
        return urn_zaak(self.installatie.instellingen.bronorganisatie, zaaknummer)

    @cached_property
    def zaken(self) -> ZakenClient:
        return self._client(ZakenClient)

    @cached_property
    def catalogi(self) -> CatalogiClient:
        return self._client(CatalogiClient)

    @cached_property
    def documenten(self) -> DocumentenClient:
        return self._client(DocumentenClient)

    @cached_property
    def besluiten(self) -> BesluitenClient:
        return self._client(BesluitenClient)

    @cached_property
    def taken(self) -> TakenClient:
        return self._client(TakenClient)

    @cached_property
    def berichten(self) -> BerichtenClient:
        return self._client(BerichtenClient)

    @cached_property
    def klantinteracties(self) -> KlantinteractiesClient:
        return self._client(KlantinteractiesClient)

    @cached_property
    def producten(self) -> ProductenClient:
        return self._client(ProductenClient)


def bronnen() -> Bronnen:
    """De bronnen van dit verzoek, voor wie er is aangemeld; dat zij geraadpleegd worden staat in het verwerkingenlogboek."""
    if "mijn_bronnen" not in g:
        installatie, ik = huidige_installatie(), Ik.van(eis_identiteit())
        ldv.leg_gebruik_vast(installatie, [ik.eigenaar], activiteit=ACTIVITEIT, naam="MijnGemeente bekeken")
        g.mijn_bronnen = Bronnen(installatie, ik)
    gemaakt: Bronnen = g.mijn_bronnen
    return gemaakt
