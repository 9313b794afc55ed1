"""De API's achter de schermen, aangeroepen namens het KCC en met de medewerker van dit verzoek erbij."""

from functools import cached_property
from typing import TypeVar

from flask import g

from integratie.basis import ApiClient
from integratie.berichten import BerichtenClient
from integratie.brp import BrpClient, Doelbinding, maak_brp_client
from integratie.klantinteracties import KlantinteractiesClient
from integratie.kvk import KvkClient, maak_kvk_client
from integratie.producten import ProductenClient
from integratie.taken import TakenClient
from integratie.verzoeken import VerzoekenClient
from integratie.zaken import ZakenClient
from kern.aanmelden.identiteit import Identiteit
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie

C = TypeVar("C", bound=ApiClient)
NAAM = "kcc"
DOEL = "klantcontact"


class Bronnen:
    """Elke API één keer per verzoek."""

    def __init__(self, installatie: Installatie, identiteit: Identiteit) -> None:
        self.installatie = installatie
        self.identiteit = identiteit

    def _client(self, soort: type[C]) -> C:
        wie = self.identiteit
        return soort(self.installatie, namens=NAAM, gebruiker=wie.gebruikersnaam, weergave=wie.naam)

    def doelbinding(self, verwerking: str) -> Doelbinding:
        """Waarvoor het KCC de BRP bevraagt; `verwerking` is de handeling (`zoeken-naam`, `klantbeeld`)."""
        return Doelbinding(DOEL, verwerking, self.identiteit.gebruikersnaam)

    @cached_property
    def brp(self) -> BrpClient:
        return maak_brp_client(self.installatie)

    @cached_property
    def kvk(self) -> KvkClient:
        return maak_kvk_client(self.installatie)

    @cached_property
    def klantinteracties(self) -> KlantinteractiesClient:
        return self._client(KlantinteractiesClient)

    @cached_property
    def zaken(self) -> ZakenClient:
        return self._client(ZakenClient)

    @cached_property
    def taken(self) -> TakenClient:
        return self._client(TakenClient)

    @cached_property
    def berichten(self) -> BerichtenClient:
        return self._client(BerichtenClient)

    @cached_property
    def producten(self) -> ProductenClient:
        return self._client(ProductenClient)

    @cached_property
    def verzoeken(self) -> VerzoekenClient:
        return self._client(VerzoekenClient)


def bronnen() -> Bronnen:
    """De bronnen van dit verzoek."""
    if "kcc_bronnen" not in g:
        g.kcc_bronnen = Bronnen(huidige_installatie(), eis_identiteit())
    gemaakt: Bronnen = g.kcc_bronnen
    return gemaakt
