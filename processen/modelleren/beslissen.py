"""Beslissingen in de werkbank: wat de modelleur mag bewaren, wat er aan een model mankeert, en het met de hand uitproberen."""

from typing import Any

import dmn
from dmn.controle import controleer
from feel import Functies
from huisstijl import kies, vertaal

Json = dict[str, Any]
TEKENBAAR = "https://www.omg.org/spec/DMN/20191111/MODEL/"
"""DMN 1.3: wat later kwam kent de modelleur niet, en zou zij bij het bewaren kwijtraken."""


def alleen_lezen(inhoud: bytes) -> str:
    """Waarom de modelleur dit bestand alleen mag tonen; leeg als zij het mag bewaren."""
    if TEKENBAAR.encode() not in inhoud[:4000]:
        return vertaal(
            "Dit model is van een nieuwere versie van DMN. U kunt het hier bekijken; wijzig het met het programma waar het vandaan komt."
        )
    return ""


def kijk_beslissing_na(inhoud: bytes, functies: Functies) -> list[Json]:
    """Leesfouten, FEEL-fouten, en per tabel overlap, gaten en dode regels: [{plek, tekst, remedie, ernst}]."""
    try:
        problemen = controleer(dmn.lees(inhoud, functies=functies))
    except dmn.DmnFout as fout:
        problemen = list(fout.problemen)
    return [
        {
            "plek": f"{probleem.plek}:" if probleem.plek else "", "tekst": kies({"nl": probleem.nederlands, "en": probleem.engels}), "remedie": "",
            "ernst": "fout" if probleem.ernst == "fout" else "let op",
        }
        for probleem in problemen
    ]  # fmt: skip
