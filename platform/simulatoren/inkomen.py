"""Simulator van de inkomensbron: `POST /inkomen` over verzonnen inkomens. Bedragen gelden voor elke maand tot nu."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from kern.klok import Klok
from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.gegevens import lees

MAANDEN = 12


def maak_app(*, omgeving: str, klok: Klok, bestand: Path) -> Flask:
    """De simulator. `bestand` heeft extra personen (`{personen: {bsn: {maanden, netto, vermogen}}}`), die voorgaan."""
    app = maak_flask("inkomen", omgeving)
    personen: dict[str, Any] = lees("inkomens")["personen"]
    if bestand.exists():
        personen |= json.loads(bestand.read_bytes())["personen"]

    @app.post("/inkomen")
    @openbaar
    def inkomen() -> ResponseReturnValue:
        vraag = request.get_json(silent=True) or {}
        gevonden = personen.get(str(vraag.get("burgerservicenummer", "")))
        if gevonden is None:
            return jsonify(code="onbekend", status=404), 404
        return jsonify(_antwoord(gevonden, klok.vandaag()))

    return app


def _antwoord(persoon: Mapping[str, Any], vandaag: date) -> dict[str, Any]:
    """`maanden` is een lijst brutobedragen (de jongste eerst), of één bedrag voor alle twaalf."""
    bruto = persoon.get("maanden", [])
    bedragen = bruto if isinstance(bruto, list) else [bruto] * MAANDEN
    werkgevers = persoon.get("dienstverbanden", 1)
    maanden = [
        {"maand": _terug(vandaag, nummer).isoformat(), "bruto": bedrag, "dienstverbanden": werkgevers}
        for nummer, bedrag in enumerate(bedragen, 1)
    ]
    return {"maanden": maanden, "netto": persoon.get("netto"), "vermogen": persoon.get("vermogen")}


def _terug(dag: date, maanden: int) -> date:
    teller = dag.year * 12 + dag.month - 1 - maanden
    return date(teller // 12, teller % 12 + 1, 1)
