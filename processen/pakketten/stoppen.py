"""Een dienst stoppen: haar producten en formulieren zeggen sinds welke dag, en nemen niets meer aan.

Het einde staat in de registraties zelf: bij een producttype de einddatum van de publicatie en een stuk inhoud, bij een formulier het veld
`beeindigd`, en een verzoektype heeft geen gepubliceerde versie meer, zodat de Verzoeken API weigert wat iemand nog instuurt. Installeren schrijft
alles opnieuw, zonder einde; daarmee begint de dienst weer.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from integratie.configuratie import FORMULIER, PROCESPAKKET, Configuratie, Einde
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import (
    WAARHEEN,
    ContentElementIn,
    ContentElementUit,
    ContentVertalingIn,
    ProductTypeUit,
)
from integratie.verzoeken import VerzoekenClient
from kern.installatie import Installatie
from processen.motor.lezen import lees

NAMENS = "processen"
UITGEFASEERD = "uitgefaseerd"
"""Dit veld van een pakket zegt dat de dienst gestopt is."""
GESTOPTE_STARTS = "gestopteStarts"
"""Wat er begon toen de dienst nog liep: wat daarvan toch nog binnenkomt krijgt een mens te zien."""
NEDERLANDS, ENGELS = "nl", "en"


def stop_dienst(installatie: Installatie, pakket: str, codes: Iterable[str], waarheen: Mapping[str, str]) -> None:
    """Beëindig vanaf vandaag de producten met deze `codes`, en de formulieren van het pakket waar een verzoek uit komt.

    `waarheen` zegt per taal (`nl`, `en`) waar iemand nu terechtkan; mag leeg zijn.
    """
    vandaag = installatie.klok.vandaag()
    client = ProducttypenClient(installatie, namens=NAMENS)
    for code in codes:
        product = client.producttype(code)
        if product is not None and product.publicatie_start_datum is not None:
            _stop_product(client, product, vandaag, waarheen)
    configuratie = Configuratie(installatie, namens=NAMENS)
    _stop_formulieren(configuratie, pakket, Einde(vandaag, waarheen))
    _stop_verzoektypen(installatie, configuratie, pakket)


def gestopt(pakket: Mapping[str, Any]) -> dict[str, Any]:
    """Het pakket zoals het na het stoppen bewaard wordt: er begint niets meer."""
    starts = pakket["starts"] or pakket.get(GESTOPTE_STARTS, [])
    return {**pakket, "starts": [], GESTOPTE_STARTS: starts, UITGEFASEERD: True}


def _stop_product(
    client: ProducttypenClient, product: ProductTypeUit, vandaag: date, waarheen: Mapping[str, str]
) -> None:
    if product.gestopt_op(vandaag) is None:
        client.wijzig(f"producttypen/{product.uuid}", _periode(product, vandaag), ProductTypeUit)
    for oud in list(client.content(product.uuid)):
        if WAARHEEN in oud.labels:
            client.verwijder(f"content/{oud.uuid}")
    tekst = waarheen.get(NEDERLANDS) or waarheen.get(ENGELS)
    if not tekst:
        return
    inhoud = ContentElementIn(content=tekst, labels=[WAARHEEN], producttype_uuid=product.uuid)
    gemaakt = client.maak("content", inhoud, ContentElementUit)
    if waarheen.get(ENGELS):
        client.vertaal_content(gemaakt.uuid, ENGELS, ContentVertalingIn(content=waarheen[ENGELS]))


def _periode(product: ProductTypeUit, vandaag: date) -> dict[str, Any]:
    """De publicatie tot vandaag. Een publicatie eindigt na haar begin: wie vandaag pas begon, begon dan gisteren."""
    begin = min(product.publicatie_start_datum or vandaag, vandaag - timedelta(days=1))
    return {"publicatie_start_datum": begin.isoformat(), "publicatie_eind_datum": vandaag.isoformat()}


def _stop_formulieren(client: Configuratie, pakket: str, einde: Einde) -> None:
    """Alleen formulieren waar een verzoek uit komt: die van taken horen bij zaken die gewoon verdergaan."""
    for deel in list(client.alle(FORMULIER, f"pakket__exact__{pakket}")):
        if (deel["definitie"].get("gegevens") or {}).get("verzoektype"):
            eerder = Einde.van(deel)
            client.bewaar(
                FORMULIER, deel["sleutel"], Einde(eerder.op if eerder else einde.op, einde.waarheen).in_(deel)
            )


def _stop_verzoektypen(installatie: Installatie, configuratie: Configuratie, pakket: str) -> None:
    """Alleen verzoektypen waar geen ander pakket nog iets mee begint."""
    starts = {
        deel["sleutel"]: [start["verzoektype"] for start in deel["starts"]] for deel in configuratie.alle(PROCESPAKKET)
    }
    eigen = set(starts.pop(pakket, ())).difference(*starts.values())
    client = VerzoekenClient(installatie, namens=NAMENS)
    for verzoektype in eigen:
        client.neem_niets_meer_aan(verzoektype)


def voor_lopende_zaken(
    modellen: Mapping[str, bytes], starts: Iterable[str], acties: Iterable[str], *, gedeeld: bool
) -> set[str]:
    """De processen die lopende zaken nog kunnen nodig hebben: wat een medewerker op een zaak start, en wat een ander proces aanroept.

    Is het pakket `gedeeld` (een ander pakket bouwt erop) of rekent een aanroep zelf uit wat zij aanroept, dan is dat elk proces dat niet
    met een verzoek begint.
    """
    genoemd = {
        element.zeebe.proces
        for bpmn in modellen.values()
        for _, element in lees(bpmn).bereik.alles()
        if element.soort == "callActivity"
    }
    if gedeeld or any(naam.startswith("=") for naam in genoemd):
        genoemd |= set(modellen) - set(starts)
    return genoemd | set(acties)
