"""De API's achter de schermen, aangeroepen namens MijnGemeente; elke client één keer per verzoek."""

from flask import g

from integratie.clients import Clients
from integratie.urn import urn_zaak
from kern import ldv
from kern.installatie import Installatie
from kern.toegang import eis_identiteit
from kern.web import huidige_installatie
from mijngemeente.ik import Ik

NAAM = "mijngemeente"
ACTIVITEIT = "urn:dienstverlening:verwerking:mijngemeente"


class Bronnen(Clients):
    """De clients van dit verzoek, en namens wie (`ik`)."""

    def __init__(self, installatie: Installatie, ik: Ik) -> None:
        super().__init__(installatie, namens=NAAM, gebruiker=ik.soort)
        self.ik = ik

    def urn_van_zaak(self, zaaknummer: str) -> str:
        return urn_zaak(self.installatie.instellingen.bronorganisatie, zaaknummer)


def bronnen() -> Bronnen:
    """De bronnen van dit verzoek, voor wie er is aangemeld; dat zij geraadpleegd worden staat in het verwerkingenlogboek."""
    if "mijn_bronnen" not in g:
        installatie, ik = huidige_installatie(), Ik.van(eis_identiteit())
        ldv.leg_gebruik_vast(installatie, [ik.eigenaar], activiteit=ACTIVITEIT, naam="MijnGemeente bekeken")
        g.mijn_bronnen = Bronnen(installatie, ik)
    gemaakt: Bronnen = g.mijn_bronnen
    return gemaakt
