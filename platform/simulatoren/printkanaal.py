"""Simulator van de printstraat: laat zien wat er in de printmap klaarstaat.

Elke brief is een PDF met ernaast een JSON-bestand met dezelfde naam (`<naam>.pdf`, `<naam>.json`); dat laatste is een object met
wat de printstraat moet weten, zoals `onderwerp`, `geadresseerde` en `adres`.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, render_template
from flask.typing import ResponseReturnValue

from kern.toegang import openbaar
from simulatoren.basis import maak_flask

MEESTE = 200
_NAAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


@dataclass(frozen=True)
class Brief:
    """Een brief in de printmap. `gegevens` is de inhoud van het JSON-bestand."""

    naam: str
    pdf: Path
    gegevens: dict[str, Any]

    @property
    def onderwerp(self) -> str:
        """Waarover de brief gaat, of de naam van het bestand."""
        return str(self.gegevens.get("onderwerp") or self.naam)


def brieven(map_: Path) -> list[Brief]:
    """De nieuwste brieven die helemaal klaarstaan, de laatste eerst."""
    bestanden = sorted(map_.glob("*.json"), key=lambda bestand: bestand.stat().st_mtime, reverse=True)
    gelezen = (_lees(bestand) for bestand in bestanden if bestand.with_suffix(".pdf").exists())
    return [brief for brief in gelezen if brief][:MEESTE]


def _lees(bestand: Path) -> Brief | None:
    try:
        gegevens = json.loads(bestand.read_bytes())
    except ValueError:
        return None  # nog niet klaar, of niet van het printkanaal
    return Brief(bestand.stem, bestand.with_suffix(".pdf"), gegevens) if isinstance(gegevens, dict) else None


def maak_app(*, omgeving: str, map_: Path) -> Flask:
    """De pagina over de brieven in `map_`."""
    app = maak_flask("printkanaal", omgeving)

    @app.get("/")
    @openbaar
    def lijst() -> str:
        return render_template("print.html", brieven=brieven(map_))

    @app.get("/<naam>.pdf")
    @openbaar
    def pdf(naam: str) -> ResponseReturnValue:
        bestand = map_ / f"{naam}.pdf"
        if not _NAAM.fullmatch(naam) or not bestand.is_file():
            abort(404)
        return Response(bestand.read_bytes(), content_type="application/pdf")

    return app
