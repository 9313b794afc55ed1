"""Bestaat alles waar de modellen van een pakket naar verwijzen: typen, formulieren, sjablonen en aangeroepen processen?"""

from collections.abc import Iterator, Mapping

from feel import FeelFout, Functies, compileer, keur
from kern.termijnen import FUNCTIES
from processen.motor.fouten import Bevinding, ModelGeweigerd
from processen.motor.lezen import lees
from processen.motor.model import Element
from processen.pakketten.formaat import Pakket

TABBLAD = {
    "formulier": ("Formulier", "Form"),
    "sjabloon": ("Brieven en berichten", "Letters and messages"),
    "producttype": ("Product", "Product"),
}
IN_HET_ENGELS = {
    "zaaktype": "case type", "statustype": "status type", "resultaattype": "result type", "roltype": "role type", "eigenschap": "property",
    "besluittype": "decision type", "documenttype": "document type", "producttype": "product type", "sjabloon": "template",
    "formulier": "form", "proces": "process",
}  # fmt: skip
Bekend = Mapping[str, set[str]]


def verwijzingen(pakket: Pakket, van_anderen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Elke verwijzing die nergens heen wijst, met het bestand en het element. `van_anderen` zijn processen waar dit pakket op bouwt."""
    bekend = bekende_namen(pakket, van_anderen)
    for naam, bpmn in pakket.processen.items():
        for fout in van_proces(bpmn, bekend):
            yield f"processen/{naam}.bpmn: {fout.element}: {fout.nl}"
    yield from _berichtregels(pakket)


def van_proces(bpmn: bytes, bekend: Bekend) -> Iterator[Bevinding]:
    """De verwijzingen van één model die nergens heen wijzen; niets als het niet te lezen is, dat meldt de controle van het model zelf."""
    try:
        proces = lees(bpmn)
    except ModelGeweigerd:
        return
    for _, element in proces.bereik.alles():
        yield from _element(element, bekend)


def bekende_namen(pakket: Pakket, van_anderen: frozenset[str]) -> Bekend:
    """Per soort verwijzing de namen die het pakket kent."""
    zaaktypen = pakket.zaaktypen
    return {
        "zaaktype": {z.identificatie for z in zaaktypen},
        "statustype": {s.omschrijving for z in zaaktypen for s in z.statustypen},
        "resultaattype": {r.omschrijving for z in zaaktypen for r in z.resultaattypen},
        "roltype": {r.omschrijving for z in zaaktypen for r in z.roltypen},
        "eigenschap": {e.naam for z in zaaktypen for e in z.eigenschappen},
        "besluittype": {b.omschrijving for z in zaaktypen for b in z.besluittypen},
        "documenttype": {d.omschrijving for z in zaaktypen for d in z.documenttypen},
        "producttype": {p.code for p in pakket.producten},
        "sjabloon": set(pakket.sjablonen),
        "formulier": set(pakket.formulieren),
        "proces": set(pakket.processen) | van_anderen,
    }


def _element(element: Element, bekend: Bekend) -> Iterator[Bevinding]:
    genoemd = {soort: waarde for soort, waarde in element.zeebe.koppen.items() if soort in bekend}
    genoemd |= {"formulier": element.zeebe.formulier} if element.soort == "userTask" else {}
    genoemd |= {"proces": element.zeebe.proces} if element.soort == "callActivity" else {}
    for soort, waarde in genoemd.items():
        if waarde and not waarde.startswith("=") and waarde not in bekend[soort]:
            yield _nergens_heen(element.id, soort, waarde)


def _nergens_heen(element: str, soort: str, waarde: str) -> Bevinding:
    tab, tab_en = TABBLAD.get(soort, ("Zaaktype", "Case type"))
    nl = f"Kies er een uit de lijst, of maak dit eerst op het tabblad {tab}."
    en = f"Choose one from the list, or create it first on the tab {tab_en}."
    if soort == "proces":
        nl = "Een proces van een ander pakket kan pas als pakket.toml dat pakket noemt bij afhankelijk."
        en = "A process of another package is possible once pakket.toml names that package under afhankelijk."
    tekst = f"{soort} {waarde} bestaat niet in dit pakket"
    return Bevinding(
        element, "verwijzing", tekst, f"{IN_HET_ENGELS[soort]} {waarde} does not exist in this package", nl, en
    )


def _berichtregels(pakket: Pakket) -> Iterator[str]:
    functies = Functies(FUNCTIES)
    for regel in pakket.kop.berichten:
        for tekst in (regel.sleutel, regel.als):
            try:
                fouten = [reden.nederlands for reden in keur(compileer(tekst, functies=functies), functies)]
            except FeelFout as fout:
                fouten = [str(fout)]
            yield from (f"pakket.toml: bericht {regel.bericht}: {tekst}: {fout}" for fout in fouten)
