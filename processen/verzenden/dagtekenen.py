"""De dag waarop een besluit de deur uit gaat: of die kan, en wat hij bij het besluit vastlegt."""

from collections.abc import Mapping
from typing import Any

from integratie.besluiten.schemas import BesluitUit
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.clients import Clients
from integratie.termijnen.dagen import OnmogelijkeDag, eis_na_ontvangst
from integratie.zaken.schemas import ZaakUit
from kern.installatie import Installatie
from kern.termijnen import BEZWAARTERMIJN, termijn
from processen.termijnen.kalender import lees_kalender
from processen.verzenden.bewijs import Bewijs

NAMENS = "verzenden"
DATUM = "datum"


def weigering(installatie: Installatie, rij: Mapping[str, Any], zaak: ZaakUit) -> Bewijs | None:
    """Waarom dit besluit vandaag niet verzonden kan worden; None als het kan. Niets gaat dan de deur uit."""
    clients, vandaag = Clients(installatie, namens=NAMENS), installatie.klok.vandaag()
    besluit = _besluit(installatie, clients, rij)
    try:
        eis_na_ontvangst(clients.termijnen, zaak, min(vandaag, besluit.datum, besluit.verzenddatum or vandaag))
    except OnmogelijkeDag as fout:
        reden = fout.tekst
    else:
        reden = _volgorde(besluit)
    return Bewijs(DATUM, "", installatie.klok.nu(), DATUM, reden, bezorgd=False) if reden else None


def _volgorde(besluit: BesluitUit) -> str:
    """Eerst het besluit, dan de verzending (Awb 3:40)."""
    if besluit.verzenddatum and besluit.verzenddatum < besluit.datum:
        return f"Het besluit is van {besluit.datum:%d-%m-%Y}, en kan niet op {besluit.verzenddatum:%d-%m-%Y} verzonden zijn"
    return ""


def dagteken(installatie: Installatie, rij: Mapping[str, Any]) -> None:
    """Verzenddatum en uiterlijke reactiedatum van het besluit volgen de echte verzending (Awb 6:8).

    De reactietermijn is die van het besluittype: zes weken voor bezwaar, maar tien dagen tegen een beschikking op een verzoek om
    kwijtschelding (Uitvoeringsregeling Invorderingswet 1990, artikel 24).
    """
    clients, vandaag = Clients(installatie, namens=NAMENS), installatie.klok.vandaag()
    besluit = _besluit(installatie, clients, rij)
    if besluit.verzenddatum is None:
        soort = clients.catalogi.haal(besluit.besluittype, BesluitTypeUit)
        with installatie.db.lezen() as verbinding:
            vrij = lees_kalender(verbinding, vandaag).vrij
        laatste = termijn(vandaag, soort.reactietermijn or BEZWAARTERMIJN, vrij).isoformat()
        velden = {"verzenddatum": vandaag.isoformat(), "uiterlijkeReactiedatum": laatste}
        clients.besluiten.wijzig_besluit(besluit.url, **velden)


def _besluit(installatie: Installatie, clients: Clients, rij: Mapping[str, Any]) -> BesluitUit:
    return clients.besluiten.besluit(installatie.diensten.naar_url(rij["besluit"]))
