"""De API's achter de schermen, aangeroepen namens het KCC en met de medewerker van dit verzoek erbij."""

from functools import cached_property

from flask import g

from integratie.brp import BrpClient, Doelbinding, maak_brp_client
from integratie.clients import Clients
from integratie.kvk import KvkClient, maak_kvk_client
from kern.aanmelden.identiteit import Identiteit
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie

NAAM = "kcc"
DOEL = "klantcontact"


class Bronnen(Clients):
    """Elke API één keer per verzoek, met de basisregistraties erbij."""

    def __init__(self, installatie: Installatie, identiteit: Identiteit) -> None:
        super().__init__(installatie, namens=NAAM, gebruiker=identiteit.gebruikersnaam, weergave=identiteit.naam)
        self.identiteit = identiteit

    def doelbinding(self, verwerking: str) -> Doelbinding:
        """Waarvoor het KCC de BRP bevraagt; `verwerking` is de handeling (`zoeken-naam`, `klantbeeld`)."""
        return Doelbinding(DOEL, verwerking, self.identiteit.gebruikersnaam)

    @cached_property
    def brp(self) -> BrpClient:
        return maak_brp_client(self.installatie)

    @cached_property
    def kvk(self) -> KvkClient:
        return maak_kvk_client(self.installatie)


def bronnen() -> Bronnen:
    """De bronnen van dit verzoek."""
    if "kcc_bronnen" not in g:
        g.kcc_bronnen = Bronnen(huidige_installatie(), eis_identiteit())
    gemaakt: Bronnen = g.kcc_bronnen
    return gemaakt
