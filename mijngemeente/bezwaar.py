"""Wat iemand tegen een besluit kan doen, en tot en met welke dag: bezwaar, beroep (tegen een beslissing op bezwaar), of administratief beroep."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.strekking import AUTOMATISCH, JA

BEZWAARFORMULIER: Final = "bezwaar"
"""Het formulier van het procespakket bezwaar."""
OP_BEZWAAR: Final = "Beslissing op bezwaar"
"""`omschrijvingGeneriek` van besluittypen waar geen bezwaar maar beroep tegen openstaat (Awb 7:1 en 8:1)."""

KWIJTSCHELDING: Final = ("Toekenning kwijtschelding", "Afwijzing kwijtschelding")
"""`omschrijvingGeneriek` van besluittypen waar administratief beroep bij het college tegen openstaat (Uitvoeringsregeling Invorderingswet 1990, artikel 24)."""
OORDEELFORMULIER: Final = "menselijk-oordeel"
"""Het formulier om een mens naar een automatisch besluit te laten kijken (AVG artikel 22)."""
ZONDER_BEZWAAR: Final = {OP_BEZWAAR: "beroep", **dict.fromkeys(KWIJTSCHELDING, "administratief beroep")}


@dataclass(frozen=True)
class Rechtsmiddel:
    """`soort` is bezwaar, beroep of administratief beroep; `adres` het formulier, als dat er is; `te_laat` als de laatste dag voorbij is."""

    soort: str
    laatste_dag: date
    te_laat: bool
    adres: str = ""


def rechtsmiddel(besluit: BesluitUit, generiek: str, vandaag: date, *, formulier: bool) -> Rechtsmiddel | None:
    """Wat er tegen dit besluit openstaat; `generiek` is de algemene naam van zijn type. None zolang het niet bekend is gemaakt (dan is er nog geen laatste dag)."""
    laatste = besluit.uiterlijke_reactiedatum
    if laatste is None:
        return None
    if generiek in ZONDER_BEZWAAR:
        return Rechtsmiddel(ZONDER_BEZWAAR[generiek], laatste, laatste < vandaag)
    vraag = urlencode({"kenmerk": besluit.identificatie})
    adres = f"/formulieren/{BEZWAARFORMULIER}?{vraag}" if formulier else ""
    return Rechtsmiddel("bezwaar", laatste, laatste < vandaag, adres)


def oordeeladres(besluit: BesluitUit) -> str:
    """Het adres om een mens naar dit besluit te laten kijken; leeg als een mens het al nam, of als het niet meer geldt."""
    uitleg = besluit.uitleg
    if uitleg.kenmerk(AUTOMATISCH) != JA or uitleg.kenmerk("Vervangen door") or uitleg.kenmerk("Ingetrokken door"):
        return ""
    return f"/formulieren/{OORDEELFORMULIER}?{urlencode({'kenmerk': besluit.identificatie})}"
