"""De controle van compensatie en transacties."""

from collections.abc import Iterator, Mapping

from processen.motor.fouten import Bevinding
from processen.motor.lezen import ACTIVITEITEN
from processen.motor.model import Bereik, Element

Uit = Iterator[Bevinding]


def controleer(bereik: Bereik, element: Element, ouder: Element | None, ouders: Mapping[str, Bereik]) -> Uit:
    """Alles wat aan dit element mis is rond terugdraaien en annuleren. `ouders` geeft het bereik om een bereik heen."""
    gebeurtenis = element.gebeurtenis
    soort = gebeurtenis.soort if gebeurtenis else ""
    if element.compensatie:
        yield from _handelaar(bereik, element)
    if soort == "compensatie" and element.soort == "boundaryEvent":
        yield from _rand(bereik, element)
    elif soort == "compensatie" and gebeurtenis is not None and gebeurtenis.activiteit:
        yield from _verwijzing(bereik, element, gebeurtenis.activiteit, ouder, ouders)
    elif soort == "annuleer":
        yield from _annuleer(bereik, element, ouder, ouders)


def _handelaar(bereik: Bereik, element: Element) -> Uit:
    if element.soort not in ACTIVITEITEN or not any(e.handelaar == element.id for e in bereik.elementen.values()):
        yield Bevinding(
            element.id, "compensatie", "Deze activiteit draait niets terug.", "This activity compensates nothing.",
            "Verbind haar met een associatie aan een compensatiegebeurtenis op een activiteit.",
            "Associate it with a compensation boundary event.",
        )  # fmt: skip
    if bereik.uit(element.id) or bereik.naar(element.id):
        yield Bevinding(
            element.id, "compensatie", "Aan een activiteit die terugdraait zit geen pijl.", "A compensation activity has no flows.",
            "Haal de pijlen weg; meer stappen passen in een subproces.", "Remove the flows; use a subprocess for several steps.",
        )  # fmt: skip


def _rand(bereik: Bereik, element: Element) -> Uit:
    gastheer = bereik.elementen.get(element.gehecht_aan)
    if gastheer is not None and not gastheer.handelaar:
        yield Bevinding(
            element.id, "compensatie", "Aan deze compensatiegebeurtenis hangt geen activiteit.", "No activity is associated here.",
            "Trek een associatie naar de activiteit die terugdraait.", "Draw an association to the compensating activity.",
        )  # fmt: skip
    if bereik.uit(element.id):
        yield Bevinding(
            element.id, "compensatie", "Uit een compensatiegebeurtenis komt geen pijl.", "A compensation boundary event has no flow.",
            "Gebruik een associatie.", "Use an association.",
        )  # fmt: skip


def _verwijzing(
    bereik: Bereik, element: Element, naam: str, ouder: Element | None, ouders: Mapping[str, Bereik]
) -> Uit:
    zichtbaar = dict(bereik.elementen)
    if ouder is not None and ouder.door_gebeurtenis:
        zichtbaar |= ouders[bereik.id].elementen
    doel = zichtbaar.get(naam)
    if doel is None or not (doel.handelaar or (doel.inhoud and _iets_terug_te_draaien(doel.inhoud))):
        yield Bevinding(
            element.id, "compensatie", f"{naam} kan hier niet teruggedraaid worden.", f"{naam} cannot be compensated here.",
            "Wijs een activiteit in hetzelfde bereik aan met een compensatiegebeurtenis.", "Refer to an activity in this scope.",
        )  # fmt: skip


def _iets_terug_te_draaien(bereik: Bereik) -> bool:
    return any(e.handelaar for _, e in bereik.alles())


def _annuleer(bereik: Bereik, element: Element, ouder: Element | None, ouders: Mapping[str, Bereik]) -> Uit:
    if element.soort == "boundaryEvent":
        gastheer = bereik.elementen.get(element.gehecht_aan)
        if gastheer is None or gastheer.soort != "transaction" or not element.onderbreekt:
            yield Bevinding(
                element.id, "annuleer", "Annuleren hoort aan een transactie, onderbrekend.", "Cancel belongs on a transaction.",
                "Hang de gebeurtenis aan een transactie, of gebruik een foutgebeurtenis.", "Attach it to a transaction or use an error event.",
            )  # fmt: skip
        return
    vangt = ouder is not None and any(
        e.gehecht_aan == ouder.id and e.gebeurtenis is not None and e.gebeurtenis.soort == "annuleer"
        for e in ouders[bereik.id].elementen.values()
    )
    if ouder is None or ouder.soort != "transaction" or not vangt:
        yield Bevinding(
            element.id, "annuleer", "Annuleren kan alleen in een transactie met een annuleergebeurtenis op de rand.",
            "Cancel needs a transaction with a cancel boundary event.",
            "Teken een transactie met een annuleergebeurtenis, of gebruik een foutgebeurtenis.", "Draw one or use an error event.",
        )  # fmt: skip
