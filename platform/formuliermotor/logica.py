"""
De regels van een formulier op de antwoorden van nu: wat is zichtbaar, wat moet, welke stappen gelden.

Een verborgen vraag telt als niet ingevuld. Dat kan weer iets anders verbergen, dus de regels lopen tot er niets meer
verandert, met een bovengrens: een definitie die zichzelf tegenspreekt blijft niet hangen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import feel
from formuliermotor.componenten import Component, Herhaling, Vraag, vragen_van
from formuliermotor.definitie import Formulierdefinitie, Stap
from formuliermotor.waarden import Waarden, naar_feel, naar_json, rij_in_feel, rijen_van

RONDES: Final = 12
Klok = Callable[[], datetime]


@dataclass(frozen=True)
class Toestand:
    """De uitkomst van de regels. `waarden` zijn de antwoorden zonder wat verborgen is en met wat de regels zetten."""

    waarden: Waarden
    zichtbaar: frozenset[str]
    verplicht: frozenset[str]
    stappen: tuple[str, ...]
    context: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Acties:
    """De doelen van de acties die nu gelden, per soort; de namen zijn die van `Logica.Actie`."""

    sla_stap_over: set[str] = field(default_factory=set)
    verberg: set[str] = field(default_factory=set)
    toon: set[str] = field(default_factory=set)
    verplicht: set[str] = field(default_factory=set)
    niet_verplicht: set[str] = field(default_factory=set)
    zet: Waarden = field(default_factory=dict)


@dataclass(frozen=True)
class Rekenaar:
    """Rekent de toestand uit. `omgeving` is wat er naast de antwoorden bekend is (`aanmelding`, `product`, …)."""

    definitie: Formulierdefinitie
    omgeving: Mapping[str, Any]
    klok: Klok | None = None

    def toestand(self, waarden: Mapping[str, Any]) -> Toestand:
        """Herhaalt de regels tot de antwoorden niet meer veranderen."""
        huidig = dict(waarden)
        for _ in range(RONDES):
            uitkomst = self._ronde(huidig)
            if uitkomst.waarden == huidig:
                break
            huidig = uitkomst.waarden
        return uitkomst

    def waar(self, expressie: str, context: Mapping[str, Any]) -> bool:
        """Of de expressie waar is; null en fouten zijn niet waar."""
        return self.bereken(expressie, context) is True

    def bereken(self, expressie: str, context: Mapping[str, Any]) -> Any:
        return feel.compileer(expressie).evalueer(context, klok=self.klok).waarde

    def zichtbaar_in(
        self, componenten: Iterable[Component], context: Mapping[str, Any], acties: "Acties | None" = None
    ) -> set[str]:
        """De sleutels die te zien zijn; een verborgen groep verbergt alles erin, een herhaling telt als één."""
        acties = acties or Acties()
        gezien: set[str] = set()
        for component in componenten:
            eigen = not component.hidden and all(self.waar(tekst, context) for tekst in component.zichtbaar_als)
            if component.key in acties.verberg or not (eigen or component.key in acties.toon):
                continue
            gezien.add(component.key)
            if not isinstance(component, Herhaling):
                gezien |= self.zichtbaar_in(component.kinderen(), context, acties)
        return gezien

    def verplicht_in(self, vragen: Iterable[Vraag], context: Mapping[str, Any]) -> set[str]:
        """De sleutels van vragen die volgens zichzelf ingevuld moeten worden."""
        return {
            vraag.key
            for vraag in vragen
            if vraag.validate_.required or (vraag.verplicht_als is not None and self.waar(vraag.verplicht_als, context))
        }

    def rijcontext(self, herhaling: Herhaling, context: Mapping[str, Any], rij: Mapping[str, Any]) -> dict[str, Any]:
        """De context binnen een rij: de antwoorden van de rij gaan voor."""
        return {**context, **rij_in_feel(list(vragen_van(herhaling.components)), rij)}

    def _ronde(self, waarden: Waarden) -> Toestand:
        context = {**self.omgeving, **naar_feel(self.definitie, waarden)}
        acties = self._acties(context)
        stappen = [s for s in self.definitie.stappen if s.naam not in acties.sla_stap_over and self._geldt(s, context)]
        zichtbaar = {sleutel for stap in stappen for sleutel in self.zichtbaar_in(stap.componenten, context, acties)}
        verplicht = {sleutel for stap in stappen for sleutel in self.verplicht_in(stap.vragen(), context)}
        return Toestand(
            waarden=self._schoon({**waarden, **acties.zet}, zichtbaar, context),
            zichtbaar=frozenset(zichtbaar),
            verplicht=frozenset((verplicht | acties.verplicht) - acties.niet_verplicht),
            stappen=tuple(stap.naam for stap in stappen),
            context=context,
        )

    def _geldt(self, stap: Stap, context: Mapping[str, Any]) -> bool:
        return stap.toon_als is None or self.waar(stap.toon_als, context)

    def _acties(self, context: Mapping[str, Any]) -> "Acties":
        """Wat alle regels samen doen die nu waar zijn."""
        uit = Acties()
        for logica in self.definitie.logica:
            for actie in logica.acties if self.waar(logica.als, context) else ():
                if actie.actie == "zet":
                    uit.zet[actie.doel] = self._gezette_waarde(actie.doel, str(actie.waarde), context)
                else:
                    getattr(uit, actie.actie).add(actie.doel)
        return uit

    def _gezette_waarde(self, doel: str, expressie: str, context: Mapping[str, Any]) -> Any:
        vraag = self.definitie.onderdelen[doel]
        waarde = self.bereken(expressie, context)
        return naar_json(vraag, waarde) if isinstance(vraag, Vraag) else None

    def _schoon(self, waarden: Waarden, zichtbaar: set[str], context: Mapping[str, Any]) -> Waarden:
        """Alleen antwoorden op zichtbare vragen, met in elke rij alleen wat in die rij zichtbaar is."""
        uit: Waarden = {}
        for sleutel, waarde in waarden.items():
            vraag = self.definitie.onderdelen.get(sleutel)
            if sleutel not in zichtbaar or waarde is None:
                continue
            uit[sleutel] = self._schone_rijen(vraag, waarde, context) if isinstance(vraag, Herhaling) else waarde
        return uit

    def _schone_rijen(self, herhaling: Herhaling, waarde: Any, context: Mapping[str, Any]) -> list[Waarden]:
        return [self.schone_rij(herhaling, rij, context) for rij in rijen_van(waarde)]

    def schone_rij(self, herhaling: Herhaling, rij: Waarden, context: Mapping[str, Any]) -> Waarden:
        """De rij zonder antwoorden op vragen die in deze rij niet te zien zijn."""
        zichtbaar = self.zichtbaar_in(herhaling.components, self.rijcontext(herhaling, context, rij))
        return {sleutel: waarde for sleutel, waarde in rij.items() if sleutel in zichtbaar and waarde is not None}
