"""Een beslistabel uitrekenen vanuit een gewone stap: altijd de tabel zoals zij nu geldt.

Een businessRuleTask rekent met de tabel van de versie waarop de instantie loopt, en bewaart haar uitleg in de geschiedenis: dat is de eerste
keus voor een besluit. Dit bouwblok is voor tabellen die een beheerder tussendoor wijzigt, zoals tarieven of wie wat behandelt.
"""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from pydantic import Field

import feel
from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Opdracht, Tekst, of_invoer
from integratie.basis import ApiFout
from integratie.processen import ProcessenClient
from integratie.processen.motor import BeslisIn
from kern.plugins import haak
from plugins.hulp import gekozen, vandaag

GEEN_TABEL = Fout("geen-tabel", Tekst("Deze beslistabel bestaat niet.", "This decision table does not exist."))


class TabelKeuze(Gegevens):
    tabel: str = of_invoer(title="Beslistabel", description="Id of naam van de beslissing in een DMN van het pakket.")
    proces: str = Field(
        "", title="Proces", description="Sleutel van het proces waar de tabel bij hoort; leeg is dit proces."
    )


class TabelInvoer(Gegevens):
    gegevens: dict[str, Any] = Field(title="Gegevens", description="Wat de tabel nodig heeft, op naam.")
    tabel: str = Field("", title="Beslistabel", description="In plaats van de instelling.")
    peildatum: date | None = Field(
        None, title="Peildatum", description="De dag waarvoor de regels gelden; leeg is vandaag."
    )


class TabelUitvoer(Gegevens):
    uitkomst: Any = Field(title="Uitkomst", description="Wat de tabel geeft: een waarde, een object of een lijst.")
    uitleg: list[str] = Field(title="Uitleg", description="Waarom, in zinnen.")


class Tabel(Bouwblok[TabelKeuze, TabelInvoer, TabelUitvoer]):
    """Leest alleen."""

    sleutel = "beslissen.tabel"
    naam = Tekst("Beslistabel", "Decision table")
    uitleg = Tekst(
        "Rekent een beslistabel uit zoals die nu geldt, ook als zij na het begin van dit proces veranderde.",
        "Evaluates a decision table as it is now, even if it changed after this process started.",
    )
    groep = Tekst("Beslissen", "Decisions")
    fouten = (GEEN_TABEL,)

    def voer_uit(self, opdracht: Opdracht[TabelKeuze, TabelInvoer]) -> TabelUitvoer:
        invoer, client = opdracht.invoer, ProcessenClient(opdracht.installatie, namens=opdracht.namens)
        vraag = BeslisIn(
            definitie=opdracht.configuratie.proces or opdracht.definitie,
            beslissing=gekozen(opdracht, "tabel"),
            gegevens=feel.naar_json(invoer.gegevens),
            peildatum=invoer.peildatum or vandaag(opdracht),
        )
        try:
            gegeven = client.beslis(vraag)
        except ApiFout as fout:
            if fout.status == HTTPStatus.NOT_FOUND:
                raise BpmnFout(GEEN_TABEL.code, vraag.beslissing) from fout
            raise
        return TabelUitvoer(uitkomst=feel.uit_json(gegeven.uitkomst), uitleg=gegeven.zinnen["nl"])


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [Tabel]
