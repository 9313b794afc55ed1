"""Attributen en voorwaarden die de betekenis van een element veranderen en waar de motor niets mee doet: geweigerd, nooit genegeerd."""

from collections.abc import Iterable, Iterator

from processen.motor.fouten import Bevinding
from processen.motor.model import Element, Herhaald, Stroom

Uit = Iterator[Bevinding]
ATTRIBUTEN = {
    "instantiate": (
        "Een ontvangende taak of gateway die het proces begint kan niet.", "A task or gateway that starts the process is not supported.",
        "Begin met een startgebeurtenis op het bericht.", "Begin with a message start event.",
    ),
    "eventGatewayType": (
        "Een gebeurtenisgateway die op alles wacht kan niet.", "A parallel event gateway is not supported.",
        "Gebruik een parallelle gateway met ontvangende gebeurtenissen.", "Use a parallel gateway with catching events.",
    ),
    "parallelMultiple": (
        "Op meer gebeurtenissen tegelijk wachten kan niet.", "Waiting for several events at once is not supported.",
        "Gebruik een parallelle gateway met ontvangende gebeurtenissen.", "Use a parallel gateway with catching events.",
    ),
    "startQuantity": (
        "Op meer tokens wachten kan niet.", "Waiting for several tokens is not supported.",
        "Gebruik een parallelle gateway.", "Use a parallel gateway.",
    ),
    "completionQuantity": (
        "Meer dan één token afgeven kan niet.", "Producing several tokens is not supported.",
        "Gebruik een parallelle gateway.", "Use a parallel gateway.",
    ),
    "behavior": (
        "Een herhaling die onderweg gebeurtenissen meldt kan niet.", "A repetition that throws events is not supported.",
        "Meld de gebeurtenis met een eigen element na de herhaling.", "Throw the event after the repetition.",
    ),
    "waitForCompletion": (
        "Terugdraaien zonder erop te wachten kan niet.", "Compensating without waiting is not supported.",
        "Zet 'wait for completion' aan, of zet de gebeurtenis op een parallelle tak.", "Switch it on or put the event on a parallel branch.",
    ),
    "association": (
        "Aan deze compensatiegebeurtenis hangt meer dan één activiteit.", "More than one activity compensates here.",
        "Houd er één over; meer stappen passen in een subproces.", "Keep one; use a subprocess for several steps.",
    ),
}  # fmt: skip


def bijzonder(element: Element) -> Uit:
    """Attributen met een waarde die de motor niet kent."""
    for naam in element.bijzonder:
        yield Bevinding(element.id, "attribuut", *ATTRIBUTEN[naam])


def zonder_voorwaarden(element: Element, uit: Iterable[Stroom]) -> Uit:
    """Pijlen waarop BPMN een voorwaarde negeert: beter weg dan stil genegeerd."""
    for stroom in uit:
        if stroom.voorwaarde:
            yield Bevinding(
                stroom.id, "voorwaarde", f"Na {element.id} telt een voorwaarde niet.", f"A condition after {element.id} has no effect.",
                "Haal de voorwaarde weg, of gebruik een exclusieve of inclusieve gateway.", "Remove it or use another gateway.",
            )  # fmt: skip


def lus(element: Element, herhaald: Herhaald) -> Uit:
    """Een lus heeft een vast maximum, en een voorwaarde als die vooraf telt."""
    if herhaald.soort != "lus":
        return
    if herhaald.aantal and not herhaald.aantal.isdigit():
        yield Bevinding(
            element.id, "onvolledig", f"Het maximum van de lus ({herhaald.aantal}) is geen getal.", "The loop maximum is not a number.",
            "Vul een geheel getal in.", "Fill in a whole number.",
        )  # fmt: skip
    if herhaald.vooraf and not herhaald.voorwaarde:
        yield Bevinding(
            element.id, "onvolledig", "De lus kijkt vooraf naar een voorwaarde die er niet is.", "The loop has no condition to test.",
            "Vul de voorwaarde in.", "Fill in the condition.",
        )  # fmt: skip
