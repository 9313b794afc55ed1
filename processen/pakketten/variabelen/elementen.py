"""Wat een element aan variabelen oplevert, voordat zijn uitvoerafbeelding eraan te pas komt."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracten import Bouwblokken
from formuliermotor import Formulierdefinitie
from formuliermotor.componenten import Vraag
from processen.motor.model import Element
from processen.pakketten.variabelen.zicht import (
    LIJST,
    ONBEKEND,
    TEKST,
    WAARHEID,
    Soort,
    Zicht,
    van_annotatie,
    van_vraag,
)

VOOR_BUITEN = ("initiator", "mede_initiator", "ketenpartner")
BERICHTEN: Mapping[str, Mapping[str, Soort]] = {
    "zending-verzonden": {},
    "bekendmaking-gepubliceerd": {"nummer": TEKST, "datum": TEKST, "adres": TEKST, "laatsteDag": ONBEKEND},
    "betaling-afgerond": {"betaald": WAARHEID},
    "klanttaak-afgerond": {"uitgevoerd": WAARHEID, "antwoord": Soort("context")},
}
"""Wat de berichten van het platform zelf meebrengen; wat in andere zit, is hier niet bekend."""


@dataclass(frozen=True)
class Omgeving:
    """Waar modellen naar verwijzen: bouwblokken, formulieren, en de variabelen die andere processen aan het eind hebben."""

    bouwblokken: Bouwblokken
    formulieren: Mapping[str, Formulierdefinitie]
    processen: Mapping[str, Zicht]


def oplevering(element: Element, omgeving: Omgeving) -> Zicht:
    """De namen die het element oplevert; `open` als er ook andere kunnen zijn."""
    if element.zeebe.taak_type:
        return _bouwblok(element, omgeving)
    soort = element.soort
    if soort == "userTask":
        return _taak(element, omgeving)
    if soort == "callActivity":
        return omgeving.processen.get(element.zeebe.proces, Zicht(open=True))
    if soort in {"businessRuleTask", "scriptTask"}:
        naam = element.zeebe.resultaat or "resultaat"
        return Zicht({naam: ONBEKEND, **({f"{naam}Uitleg": TEKST} if soort == "businessRuleTask" else {})})
    return _gebeurtenis(element)


def _bouwblok(element: Element, omgeving: Omgeving) -> Zicht:
    blok = omgeving.bouwblokken.get(element.zeebe.taak_type)
    if blok is None:
        return Zicht(open=True)  # dat meldt de controle van het model zelf
    namen = {veld.alias or naam: van_annotatie(veld.annotation) for naam, veld in blok.Uitvoer.model_fields.items()}
    if "waarden" in namen and "velden" in element.zeebe.koppen:
        namen["waarden"] = Soort("context", dict.fromkeys(gevraagde_velden(element), ONBEKEND))
    return Zicht(namen)


def gevraagde_velden(element: Element) -> list[str]:
    """De velden die een bouwblok met de instelling `velden` leest."""
    tekst = element.zeebe.koppen.get("velden", "")
    return [deel.strip() for deel in tekst.split(",") if deel.strip()]


def _taak(element: Element, omgeving: Omgeving) -> Zicht:
    antwoord = _velden(omgeving.formulieren.get(element.zeebe.formulier))
    if element.zeebe.eigenschappen.get("doelgroep") in VOOR_BUITEN:
        return Zicht({"uitgevoerd": WAARHEID, "antwoord": Soort("context", antwoord)})
    return Zicht(antwoord or {}, open=antwoord is None)


def _velden(formulier: Formulierdefinitie | None) -> dict[str, Soort] | None:
    if formulier is None:
        return None
    return {sleutel: van_vraag(deel) for sleutel, deel in formulier.onderdelen.items() if isinstance(deel, Vraag)}


def _gebeurtenis(element: Element) -> Zicht:
    gebeurtenis = element.gebeurtenis
    if gebeurtenis is None or element.soort in {"endEvent", "intermediateThrowEvent"}:
        return Zicht()
    if gebeurtenis.soort == "fout":
        return Zicht({"foutcode": TEKST, "foutbericht": TEKST})
    if gebeurtenis.soort == "bericht" and gebeurtenis.naam in BERICHTEN:
        return Zicht(BERICHTEN[gebeurtenis.naam])
    return Zicht(open=gebeurtenis.soort in {"bericht", "signaal", "escalatie"})


def van_herhaling(element: Element) -> dict[str, Soort]:
    """Wat elk exemplaar van een herhaalde activiteit erbij ziet."""
    if element.herhaald is None:
        return {}
    return {"loopCounter": Soort("getal"), **({element.herhaald.element: ONBEKEND} if element.herhaald.element else {})}


def na_herhaling(element: Element) -> dict[str, Soort]:
    """Wat er na een herhaalde activiteit is."""
    return {element.herhaald.resultaatlijst: LIJST} if element.herhaald and element.herhaald.resultaatlijst else {}
