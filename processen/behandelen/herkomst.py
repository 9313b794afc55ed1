"""Waar elk gegeven van een beslissing vandaan komt, wanneer het gelezen is en op welke grond (AVG 5, tweede lid; Awb 3:2).

Het model zegt uit welke variabele een gegeven komt; de geschiedenis zegt welke stap die variabele zette. Leest die stap bij een bron, dan geldt
de grondslag die de bron opgeeft. Anders geldt die van de verwerkingsactiviteit uit het register.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from contracten import Bouwblokken, Bron, Bronnen, Tekst
from huisstijl import vertaal
from huisstijl.taal import huidige_taal
from integratie.processen.motor import ModelUit, StapUit
from kern.verwerkingsactiviteiten import EIGEN, register
from processen.behandelen.bron import Zaakbron
from processen.motor.lezen import lees
from processen.motor.model import Element

BEHANDELEN: Final = f"{EIGEN}behandelen"
INDIENEN: Final = f"{EIGEN}verzoek-indienen"
ANTWOORDEN: Final = "verzoeken.gegevens"
INWONER: Final = "inwoner"
NAAM = re.compile(r"[A-Za-z_]\w*")
TEKST = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Gegeven:
    """Eén gegeven met zijn herkomst; `moment` als tekst (ISO), leeg als het proces het zelf had."""

    naam: str
    waarde: Any
    bron: str
    moment: str
    grondslag: str
    activiteit: str


class Herkomst:
    """Zoekt herkomsten op; elk model en het register worden één keer gelezen."""

    def __init__(self, bron: Zaakbron) -> None:
        self._bron = bron
        plugins = bron.installatie.plugins
        self._bronnen: Bronnen = Bronnen(_exemplaren(plugins.verzamel("bronnen")))
        self._blokken = Bouwblokken(_exemplaren(plugins.verzamel("bouwblokken")))
        self._register = register(bron.installatie.instellingen.verwerkingsregister)
        self._modellen: dict[UUID, dict[str, Element]] = {}

    def gegevens(self, definitie: UUID, stappen: Sequence[StapUit], stap: StapUit) -> Iterator[Gegeven]:
        """De gegevens waarmee deze stap rekende, elk met zijn herkomst."""
        model = self._model(definitie)
        eerder = [ander for ander in stappen if ander.nr < stap.nr and ander.uitkomst == "voltooid"][::-1]
        for naam, waarde in (stap.invoer or {}).items():
            gezet_door = self._gezet_door(model, eerder, _variabelen(model.get(stap.element), naam))
            yield self._gegeven(naam, waarde, gezet_door, model)

    def _model(self, definitie: UUID) -> dict[str, Element]:
        if definitie not in self._modellen:
            bpmn = self._bron.processen.haal(f"definities/{definitie}", ModelUit).bpmn
            self._modellen[definitie] = {element.id: element for _, element in lees(bpmn.encode()).bereik.alles()}
        return self._modellen[definitie]

    @staticmethod
    def _gezet_door(model: Mapping[str, Element], eerder: Sequence[StapUit], namen: set[str]) -> StapUit | None:
        return next((stap for stap in eerder if namen & _gezet(model.get(stap.element), stap)), None)

    def _gegeven(self, naam: str, waarde: Any, stap: StapUit | None, model: Mapping[str, Element]) -> Gegeven:
        element = model.get(stap.element) if stap else None
        blok = element.zeebe.taak_type if element else ""
        bron = self._bron_van(blok)
        activiteit = self._register[INDIENEN if blok == ANTWOORDEN or (stap and stap.door == INWONER) else BEHANDELEN]
        return Gegeven(
            naam, waarde, _in_taal(bron.naam) if bron else self._omschrijving(stap, blok),
            (stap.geeindigd or stap.begonnen).isoformat() if stap else "",
            _in_taal(bron.grondslag) if bron else activiteit.grondslag, activiteit.naam,
        )  # fmt: skip

    def _bron_van(self, blok: str) -> Bron | None:
        """De bron die een bouwblok leest: `bronnen.brp-persoon` leest de bron `brp`."""
        groep, _, wat = blok.partition(".")
        return self._bronnen.get(wat.partition("-")[0]) if groep == "bronnen" else None

    def _omschrijving(self, stap: StapUit | None, blok: str) -> str:
        if stap is None:
            return vertaal("Uit het proces zelf")
        if blok == ANTWOORDEN:
            return vertaal("Antwoord in de aanvraag")
        if stap.soort == "userTask":
            if stap.door == INWONER:
                return vertaal("Antwoord van de aanvrager op: %(taak)s", taak=stap.naam)
            return vertaal("Vastgesteld door een medewerker: %(taak)s", taak=stap.naam)
        if stap.soort == "businessRuleTask":
            return vertaal("Uitkomst van de regels: %(naam)s", naam=stap.naam)
        gevonden = self._blokken.get(blok)
        return _in_taal(gevonden.naam) if gevonden else stap.naam


def _exemplaren(geleverd: Sequence[Any]) -> list[Any]:
    return [deel() if isinstance(deel, type) else deel for deel in geleverd]


def _in_taal(tekst: Tekst) -> str:
    return tekst.en if huidige_taal() == "en" else tekst.nl


def _variabelen(element: Element | None, naam: str) -> set[str]:
    """De namen in de uitdrukking waar dit gegeven uit komt; zonder uitdrukking is dat de variabele met die naam."""
    regels = [regel.bron for regel in element.zeebe.invoer if regel.doel == naam] if element else []
    return set(NAAM.findall(TEKST.sub("", regels[-1]))) if regels else {naam}


def _gezet(element: Element | None, stap: StapUit) -> set[str]:
    """De variabelen die een stap zette: volgens haar uitvoer in het model, en anders wat zij gaf."""
    zeebe = element.zeebe if element else None
    doelen = {regel.doel for regel in zeebe.uitvoer} if zeebe else set()
    return doelen | ({zeebe.resultaat} - {""} if zeebe else set()) or set(stap.uitvoer or {})
