"""Een besluit dat niet toekent neemt een mens: is er een weg door het model naar zo'n besluit waar geen medewerker langs komt?

Een weg telt ook door een grensgebeurtenis: verloopt de taak van een medewerker, dan heeft niemand beslist. Wat pas tijdens het lopen bekend
is (een besluittype uit een variabele), bewaakt het bouwblok zelf.
"""

import re
from collections.abc import Iterator

from integratie.besluiten.strekking import UIT_GENERIEK, kent_toe
from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Bereik, Element
from processen.pakketten.formaat import Pakket, strekkingen

BLOK = "besluiten.vastleggen"
VELD = "besluittype"
TEKSTEN = re.compile(r'"([^"]*)"')


def zonder_mens(pakket: Pakket) -> Iterator[str]:
    """Elke stap die zonder medewerker een besluit kan nemen dat niet toekent."""
    vastgelegd = strekkingen(pakket.zaaktypen)
    belastend = {b.omschrijving for z in pakket.zaaktypen for b in z.besluittypen if not kent_toe(b, vastgelegd)}
    for naam, bpmn in pakket.processen.items():
        try:
            bereik = lees(bpmn).bereik
        except ModelGeweigerd:
            continue  # dat meldt de controle van het model zelf
        for element in _zonder_medewerker(bereik):
            for besluittype in sorted(_besluittypen(element) & belastend):
                yield (
                    f"processen/{naam}.bpmn: {element.id}: {besluittype} kent niet toe en kan hier genomen worden zonder dat een "
                    "medewerker ernaar keek; zet er een taak voor een medewerker voor (AVG artikel 22), of geef het besluittype de "
                    "strekking toekenning als het toekent"
                )


def tegenstrijdig(pakket: Pakket) -> Iterator[str]:
    """Een besluittype waarvan `strekking` iets anders zegt dan `omschrijvingGeneriek`, of dat in twee zaaktypen iets anders zegt."""
    gezien: dict[str, str] = {}
    for zaaktype in pakket.zaaktypen:
        for soort in zaaktype.besluittypen:
            aard = UIT_GENERIEK.get(soort.omschrijving_generiek.partition(" ")[0])
            plek = f"zaaktype {zaaktype.identificatie}: besluittype {soort.omschrijving}"
            if soort.strekking and aard and aard != soort.strekking:
                yield f"{plek}: strekking {soort.strekking} past niet bij omschrijvingGeneriek {soort.omschrijving_generiek}"
            if gezien.setdefault(soort.omschrijving, soort.strekking) != soort.strekking:
                yield f"{plek}: heeft in een ander zaaktype een andere strekking"


def _besluittypen(element: Element) -> set[str]:
    """De besluittypen die deze stap noemt, in haar instelling of als tekst in haar invoer."""
    zeebe = element.zeebe
    if element.soort != "callActivity" and zeebe.taak_type != BLOK:
        return set()
    genoemd = {zeebe.koppen[VELD]} if VELD in zeebe.koppen else set()
    for regel in zeebe.invoer:
        if regel.doel == VELD:
            genoemd |= set(TEKSTEN.findall(regel.bron))
    return genoemd


def _is_mens(element: Element) -> bool:
    """Een taak voor een medewerker; een klanttaak of een taak van een ketenpartner telt niet."""
    return element.soort == "userTask" and not element.zeebe.eigenschappen.get("doelgroep")


def _zonder_medewerker(bereik: Bereik) -> Iterator[Element]:
    """Elk element dat te bereiken is zonder dat er een taak van een medewerker af was, ook binnen subprocessen."""
    for element in _bereikbaar(bereik):
        yield element
        if element.inhoud is not None:
            yield from _zonder_medewerker(element.inhoud)


def _bereikbaar(bereik: Bereik) -> list[Element]:
    binnen = {stroom.naar for stroom in bereik.stromen}
    nieuw = [e for e in bereik.elementen.values() if e.id not in binnen and not e.gehecht_aan]
    gezien: dict[str, Element] = {}
    while nieuw:
        element = nieuw.pop()
        if element.id not in gezien:
            gezien[element.id] = element
            nieuw += _hierna(bereik, element)
    return list(gezien.values())


def _hierna(bereik: Bereik, element: Element) -> Iterator[Element]:
    yield from (e for e in bereik.elementen.values() if e.gehecht_aan == element.id)
    if not _is_mens(element) and not _eindigt_bij_mens(element):
        yield from (
            bereik.elementen[s.naar] for s in bereik.stromen if s.van == element.id and s.naar in bereik.elementen
        )


def _eindigt_bij_mens(element: Element) -> bool:
    """Een subproces waar elke weg naar een einde langs een medewerker gaat."""
    return element.inhoud is not None and not any(e.soort == "endEvent" for e in _bereikbaar(element.inhoud))
