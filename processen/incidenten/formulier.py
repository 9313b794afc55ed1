"""Wat een operator invult om een incident te herstellen: gewijzigde variabelen, de actie, een reden en wat daarbij hoort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

import orjson

import feel
from huisstijl import kies
from processen.motor.incidenten import Detail
from processen.motor.overzicht import Herstelactie

KORTSTE_REDEN = 5
ACTIES: tuple[Herstelactie, ...] = get_args(Herstelactie)
VOORVOEGSEL = "var-"


@dataclass
class Herstelformulier:
    """De ingevulde waarden (tekst, zoals getoond) en de fouten per veld."""

    variabelen: dict[str, str]
    actie: str = "opnieuw"
    reden: str = ""
    uitvoer: str = ""
    naar: str = ""
    nieuwe_naam: str = ""
    nieuwe_waarde: str = ""
    fouten: dict[str, str] = field(default_factory=dict)
    gewijzigd: dict[str, Any] = field(default_factory=dict)
    """De variabelen die anders zijn, als FEEL-waarden; gevuld door `lees`."""
    resultaat: dict[str, Any] = field(default_factory=dict)

    @property
    def samenvatting(self) -> list[tuple[str, str]]:
        """(id van het veld, tekst) voor bovenaan de pagina."""
        return list(self.fouten.items())


def leeg(detail: Detail) -> Herstelformulier:
    """Het formulier zoals het voor het eerst getoond wordt."""
    return Herstelformulier({naam: als_tekst(waarde) for naam, waarde in detail.variabelen.items()})


def lees(detail: Detail, invoer: Mapping[str, str]) -> Herstelformulier:
    """Het ingevulde formulier, met alle fouten tegelijk."""
    formulier = leeg(detail)
    formulier.variabelen |= {
        naam: invoer.get(VOORVOEGSEL + naam, tekst) for naam, tekst in formulier.variabelen.items()
    }
    for naam in ("actie", "reden", "uitvoer", "naar", "nieuwe_naam", "nieuwe_waarde"):
        setattr(formulier, naam, invoer.get(naam, "").strip())
    for naam, tekst in formulier.variabelen.items():
        if tekst != als_tekst(detail.variabelen[naam]):
            _lees_json(formulier, VOORVOEGSEL + naam, tekst, formulier.gewijzigd, naam)
    _lees_nieuwe(formulier)
    _lees_actie(formulier, detail)
    return formulier


def als_tekst(waarde: Any) -> str:
    """Een bewaarde waarde als JSON op één regel."""
    return orjson.dumps(waarde).decode()


def _lees_nieuwe(formulier: Herstelformulier) -> None:
    if not formulier.nieuwe_naam and not formulier.nieuwe_waarde:
        return
    if not formulier.nieuwe_naam.isidentifier():
        formulier.fouten["nieuwe_naam"] = kies(
            {
                "nl": "Geef een naam van letters, cijfers en lage streepjes.",
                "en": "Use letters, digits and underscores.",
            }
        )
    else:
        _lees_json(formulier, "nieuwe_waarde", formulier.nieuwe_waarde, formulier.gewijzigd, formulier.nieuwe_naam)


def _lees_actie(formulier: Herstelformulier, detail: Detail) -> None:
    if formulier.actie not in ACTIES:
        formulier.fouten["actie-opnieuw"] = kies(
            {"nl": "Kies wat er moet gebeuren.", "en": "Choose what should happen."}
        )
        return
    if formulier.actie != "opnieuw" and len(formulier.reden) < KORTSTE_REDEN:
        formulier.fouten["reden"] = kies(
            {"nl": "Schrijf een reden van minstens 5 tekens.", "en": "Write a reason of at least 5 characters."}
        )
    if formulier.actie == "verplaatsen" and formulier.naar not in {element.id for element in detail.bestemmingen}:
        formulier.fouten["naar"] = kies({"nl": "Kies waar het proces verdergaat.", "en": "Choose where to continue."})
    if formulier.actie == "overslaan" and formulier.uitvoer:
        gelezen: dict[str, Any] = {}
        _lees_json(formulier, "uitvoer", formulier.uitvoer, gelezen, "uitvoer")
        if isinstance(gelezen.get("uitvoer", {}), dict):
            formulier.resultaat = gelezen.get("uitvoer", {})
        else:
            formulier.fouten["uitvoer"] = kies({"nl": "Schrijf de uitvoer tussen accolades.", "en": "Use braces."})


def _lees_json(formulier: Herstelformulier, veld: str, tekst: str, doel: dict[str, Any], naam: str) -> None:
    try:
        doel[naam] = feel.uit_json(orjson.loads(tekst))
    except (orjson.JSONDecodeError, ValueError, TypeError):
        formulier.fouten[veld] = kies(
            {
                "nl": f"{naam}: dit is geen JSON. Zet tekst tussen dubbele aanhalingstekens.",
                "en": f"{naam}: this is not JSON. Put text between double quotes.",
            }
        )
