"""Welke zaken een behandelaar mag openen.

Een teamleider opent elke zaak, en met de instelling `zaken_openen=iedereen` doet elke behandelaar dat. Anders moet er een band zijn:
een van zijn groepen behandelt dit zaaktype (dat staat in het procespakket), hij of zijn groep heeft of had er een taak bij, of hij
heeft een rol in de zaak.
"""

from integratie.basis import NietBereikbaar
from integratie.zaken.schemas import ZaakUit
from processen.behandelen.bron import Zaakbron
from processen.behandelen.werklijst import TEAMLEIDER, mag_zien

IEDEREEN = "iedereen"


class GeenToegang(Exception):
    """Deze zaak is van een ander team."""


def mag_openen(bron: Zaakbron, zaak: ZaakUit) -> bool:
    """Mag deze medewerker de zaak openen? Zegt geen bron ja en antwoordt er een niet, dan is dat `NietBereikbaar` en geen nee."""
    if TEAMLEIDER in bron.identiteit.rollen or bron.installatie.instellingen.zaken_openen == IEDEREEN:
        return True
    storing: NietBereikbaar | None = None
    for band in (_van_mijn_team, _met_een_taak, _met_een_rol):
        try:
            if band(bron, zaak):
                return True
        except NietBereikbaar as fout:
            storing = fout
    if storing:
        raise storing
    return False


def _van_mijn_team(bron: Zaakbron, zaak: ZaakUit) -> bool:
    return not bron.groepen_van(zaak).isdisjoint(bron.identiteit.groepen)


def _met_een_taak(bron: Zaakbron, zaak: ZaakUit) -> bool:
    taken = bron.taken.medewerkertaken(zaaknummer=zaak.identificatie)
    return any(mag_zien(taak, bron.identiteit) for taak in taken)


def _met_een_rol(bron: Zaakbron, zaak: ZaakUit) -> bool:
    rollen = bron.zaken.rollen(zaak.url, betrokkeneType="medewerker")
    wie = ((rol.betrokkene_identificatie or {}).get("identificatie") for rol in rollen)
    return bron.identiteit.gebruikersnaam in wie
