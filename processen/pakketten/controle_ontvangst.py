"""Elk verzoek krijgt een ontvangstbevestiging (Awb 4:3a): zegt een model dat het die zelf stuurt, dan moet die stap er ook zijn.

Zonder die instelling stuurt het platform haar als het verzoek bij zijn zaak komt.
"""

from collections.abc import Iterator

from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Bereik, Element
from processen.pakketten.formaat import Pakket

BIJ_ZAAK = ("zaken.zaak-aanmaken", "verzoeken.bij-zaak")
STUREN = "berichten.versturen"


def zonder_bevestiging(pakket: Pakket) -> Iterator[str]:
    """Elke stap waarna het proces de ontvangst zou bevestigen, maar dat niet doet."""
    for naam, bpmn in pakket.processen.items():
        try:
            bereik = lees(bpmn).bereik
        except ModelGeweigerd:
            continue  # dat meldt de controle van het model zelf
        yield from (f"processen/{naam}.bpmn: {fout}" for fout in _fouten(bereik))


def _fouten(bereik: Bereik) -> Iterator[str]:
    for element in bereik.elementen.values():
        koppen = element.zeebe.koppen
        zelf = element.zeebe.taak_type in BIJ_ZAAK and koppen.get("bevestiging") == "proces"
        if zelf and not any(_bevestigt(bereik.elementen[id_]) for id_ in _hierna(bereik, element.id)):
            yield (
                f"{element.id}: het proces bevestigt de ontvangst zelf, maar daarna komt geen stap {STUREN} met de instelling "
                "ontvangstbevestiging (Awb 4:3a)"
            )


def _bevestigt(element: Element) -> bool:
    """Zelf, of ergens in het subproces."""
    if element.inhoud is not None:
        return any(map(_bevestigt, element.inhoud.elementen.values()))
    return element.zeebe.taak_type == STUREN and element.zeebe.koppen.get("ontvangstbevestiging") == "true"


def _hierna(bereik: Bereik, van: str) -> set[str]:
    """Alles wat na dit element te bereiken is."""
    gezien: set[str] = set()
    nieuw = [van]
    while nieuw:
        hier = nieuw.pop()
        erna = {stroom.naar for stroom in bereik.stromen if stroom.van == hier and stroom.naar in bereik.elementen}
        nieuw += erna - gezien
        gezien |= erna
    return gezien
