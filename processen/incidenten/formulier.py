"""Wat een operator invult om een incident te herstellen: gewijzigde variabelen, de actie, een reden en wat daarbij hoort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from huisstijl import kies
from processen.incidenten.velden import FOUTEN, Veld, lees_json
from processen.motor.incidenten import Detail
from processen.motor.overzicht import Herstelactie

KORTSTE_REDEN = 5
ACTIES: tuple[Herstelactie, ...] = get_args(Herstelactie)
VOORVOEGSEL = "var-"


@dataclass
class Herstelformulier:
    """De velden met wat erin staat (`variabelen`, op naam) en de fouten per veld."""

    velden: list[Veld]
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

    @property
    def techniek_open(self) -> bool:
        """Of het technische deel open moet staan, omdat er iets ingevuld is of mis is."""
        eigen = {VOORVOEGSEL + veld.naam for veld in self.velden if veld.technisch} | {
            "uitvoer",
            "nieuwe_naam",
            "nieuwe_waarde",
        }
        return bool(eigen & set(self.fouten) or self.uitvoer or self.nieuwe_naam or self.nieuwe_waarde)


def leeg(velden: list[Veld]) -> Herstelformulier:
    """Het formulier zoals het voor het eerst getoond wordt."""
    return Herstelformulier(velden, {veld.naam: veld.tekst for veld in velden})


def lees(detail: Detail, velden: list[Veld], invoer: Mapping[str, str]) -> Herstelformulier:
    """Het ingevulde formulier, met alle fouten tegelijk."""
    formulier = leeg(velden)
    for naam in ("actie", "reden", "uitvoer", "naar", "nieuwe_naam", "nieuwe_waarde"):
        setattr(formulier, naam, invoer.get(naam, "").strip())
    for veld in velden:
        _lees_veld(formulier, veld, invoer.get(VOORVOEGSEL + veld.naam, veld.tekst).replace("\r\n", "\n"))
    _lees_nieuwe(formulier)
    _lees_actie(formulier, detail)
    return formulier


def _lees_veld(formulier: Herstelformulier, veld: Veld, ingevuld: str) -> None:
    formulier.variabelen[veld.naam] = ingevuld
    if ingevuld == veld.tekst.replace("\r\n", "\n"):
        return
    try:
        formulier.gewijzigd[veld.naam] = veld.lees(ingevuld)
    except ValueError as fout:
        formulier.fouten[VOORVOEGSEL + veld.naam] = f"{veld.label}: {fout}."


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
        doel[naam] = lees_json(tekst)
    except (ValueError, TypeError):
        formulier.fouten[veld] = f"{naam}: {kies(FOUTEN['json'])}."
