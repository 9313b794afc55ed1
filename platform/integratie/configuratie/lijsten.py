"""Referentielijsten: waarden die meer formulieren en diensten delen (soorten meldingen, wijken), en die een gemeente zelf bijhoudt.

Een vraag met keuzes (`radio`, `selectboxes`, `select`) noemt met `lijst` een referentielijst in plaats van eigen keuzes. Bij het lezen van het
formulier komen de waarden erin die op die dag gelden; een klanttaak houdt de keuzes van de dag waarop zij ontstond.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Zoek = Callable[[str], Mapping[str, Any] | None]
"""Geeft een referentielijst op sleutel, of None."""


class LijstOntbreekt(LookupError):
    """Een formulier noemt een referentielijst die er niet is."""


def met_lijsten(definitie: Any, zoek: Zoek, vandaag: date) -> Any:
    """De formulierdefinitie met de keuzes uit haar lijsten ingevuld. `LijstOntbreekt` als er een niet is, of op die dag leeg is."""
    if isinstance(definitie, list):
        return [met_lijsten(deel, zoek, vandaag) for deel in definitie]
    if not isinstance(definitie, Mapping):
        return definitie
    gevuld = {naam: met_lijsten(deel, zoek, vandaag) for naam, deel in definitie.items()}
    naam = gevuld.get("lijst")
    if not (isinstance(naam, str) and "type" in gevuld and "key" in gevuld):
        return gevuld
    keuzes = _keuzes(naam, zoek, vandaag)
    del gevuld["lijst"]
    return {**gevuld, **({"data": {"values": keuzes}} if gevuld["type"] == "select" else {"values": keuzes})}


def _keuzes(naam: str, zoek: Zoek, vandaag: date) -> list[dict[str, Any]]:
    lijst = zoek(naam)
    if lijst is None:
        raise LijstOntbreekt(f"referentielijst {naam} bestaat niet")
    dag = vandaag.isoformat()
    geldig = [
        w for w in lijst["waarden"] if (w.get("begin") or dag) <= dag and (not w.get("einde") or dag < w["einde"])
    ]
    if not geldig:
        raise LijstOntbreekt(f"referentielijst {naam} heeft op {dag} geen waarden")
    return [
        {"value": w["code"], "label": w["naam"], **({"description": w["uitleg"]} if w.get("uitleg") else {})}
        for w in geldig
    ]
