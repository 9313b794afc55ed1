"""De verzonnen personen, bedrijven en aanmeldingen van de proefgemeente Voorbeeldstad, als JSON-bestanden."""

import json
from importlib.resources import files
from typing import Any


def lees(naam: str) -> Any:
    """De inhoud van `gegevens/<naam>.json`."""
    return json.loads((files(__name__) / f"{naam}.json").read_text(encoding="utf-8"))
