"""Bestaat alles waar de modellen van een pakket naar verwijzen: typen, formulieren, sjablonen en aangeroepen processen?"""

from collections.abc import Iterator, Mapping

from feel import FeelFout, Functies, compileer, keur
from kern.termijnen import FUNCTIES
from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Element
from processen.pakketten.formaat import Pakket


def verwijzingen(pakket: Pakket, van_anderen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Elke verwijzing die nergens heen wijst, met het bestand en het element. `van_anderen` zijn processen waar dit pakket op bouwt."""
    bekend = _bekend(pakket, van_anderen)
    for naam, bpmn in pakket.processen.items():
        try:
            proces = lees(bpmn)
        except ModelGeweigerd:
            continue  # dat meldt de controle van het model zelf
        for _, element in proces.bereik.alles():
            for fout in _element(element, bekend):
                yield f"processen/{naam}.bpmn: {element.id}: {fout}"
    yield from _berichtregels(pakket)


def _bekend(pakket: Pakket, van_anderen: frozenset[str]) -> Mapping[str, set[str]]:
    """Per soort verwijzing de namen die het pakket kent."""
    zaaktypen = pakket.zaaktypen
    return {
        "zaaktype": {z.identificatie for z in zaaktypen},
        "statustype": {s.omschrijving for z in zaaktypen for s in z.statustypen},
        "resultaattype": {r.omschrijving for z in zaaktypen for r in z.resultaattypen},
        "eigenschap": {e.naam for z in zaaktypen for e in z.eigenschappen},
        "besluittype": {b.omschrijving for z in zaaktypen for b in z.besluittypen},
        "documenttype": {d.omschrijving for z in zaaktypen for d in z.documenttypen},
        "producttype": {p.code for p in pakket.producten},
        "sjabloon": set(pakket.sjablonen),
        "formulier": set(pakket.formulieren),
        "proces": set(pakket.processen) | van_anderen,
    }


def _element(element: Element, bekend: Mapping[str, set[str]]) -> Iterator[str]:
    genoemd = {soort: waarde for soort, waarde in element.zeebe.koppen.items() if soort in bekend}
    genoemd |= {"formulier": element.zeebe.formulier} if element.soort == "userTask" else {}
    genoemd |= {"proces": element.zeebe.proces} if element.soort == "callActivity" else {}
    for soort, waarde in genoemd.items():
        if waarde and not waarde.startswith("=") and waarde not in bekend[soort]:
            yield f"{soort} {waarde} bestaat niet in dit pakket"


def _berichtregels(pakket: Pakket) -> Iterator[str]:
    functies = Functies(FUNCTIES)
    for regel in pakket.kop.berichten:
        for tekst in (regel.sleutel, regel.als):
            try:
                fouten = [reden.nederlands for reden in keur(compileer(tekst, functies=functies), functies)]
            except FeelFout as fout:
                fouten = [str(fout)]
            yield from (f"pakket.toml: bericht {regel.bericht}: {tekst}: {fout}" for fout in fouten)
