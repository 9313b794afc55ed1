"""FEEL 1.5: de expressietaal van onze modellen (processen, beslissingen, formulieren, prijzen).

    >>> import feel
    >>> feel.evalueer('if leeftijd >= 18 then "volwassen" else "kind"', {"leeftijd": 20})
    'volwassen'

`compileer` geeft een `Expressie` die vaak te evalueren is. Leesfouten zijn `FeelFout`; een evaluatie werpt nooit:
een fout geeft null met een `Reden`, een bereikte grens staat in `Uitkomst.grens`.
"""

from __future__ import annotations

from feel.drukker import druk_af
from feel.expressie import Expressie, Uitkomst, compileer, evalueer
from feel.fouten import FeelFout, FeelGrens, Reden
from feel.functies import Functies
from feel.functies_omzetten import tekst
from feel.grenzen import Grenzen
from feel.keuren import keur
from feel.naar_python import naar_json, naar_python, uit_json, uit_python
from feel.parser import ontleed
from feel.tijd import DagenDuur, Datum, DatumTijd, MaandenDuur, Tijd
from feel.tijd_lezen import lees_tijdwaarde
from feel.waarden import Bereik, Functie

__all__ = [
    "Bereik",
    "DagenDuur",
    "Datum",
    "DatumTijd",
    "Expressie",
    "FeelFout",
    "FeelGrens",
    "Functie",
    "Functies",
    "Grenzen",
    "MaandenDuur",
    "Reden",
    "Tijd",
    "Uitkomst",
    "compileer",
    "druk_af",
    "evalueer",
    "keur",
    "lees_tijdwaarde",
    "naar_json",
    "naar_python",
    "ontleed",
    "tekst",
    "uit_json",
    "uit_python",
]
