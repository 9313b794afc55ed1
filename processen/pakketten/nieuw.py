"""Een nieuw pakket beginnen: een klein pakket dat meteen werkt, of een bestaand pakket onder een andere naam."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from processen.pakketten.exporteren import schrijf
from processen.pakketten.formaat import PakketFout, Sleutel, lees_pakket
from processen.pakketten.hernoemen import hernoem

VOORBEELD = Path(__file__).parent / "begin"
"""Het kleine pakket waarmee iedereen begint: aanvragen, beslissen (met regels, en anders een medewerker), laten weten."""
LANGSTE_NAAM = 40
"""Sleutels in het pakket beginnen met de naam en moeten zelf ook passen."""


def maak_nieuw(naam: str, doel: Path, *, titel: str = "", voorbeeld: Path = VOORBEELD) -> Path:
    """Schrijf een nieuw pakket in `doel`, dat nog niet mag bestaan of leeg is. `PakketFout` als dat niet kan."""
    try:
        TypeAdapter(Sleutel).validate_python(naam)
    except ValidationError:
        raise PakketFout([f"{naam!r}: een naam bestaat uit kleine letters, cijfers en streepjes"]) from None
    if len(naam) > LANGSTE_NAAM:
        raise PakketFout([f"{naam!r}: een naam heeft hoogstens {LANGSTE_NAAM} tekens"])
    if doel.is_file() or (doel.is_dir() and any(doel.iterdir())):
        raise PakketFout([f"{doel}: bestaat al"])
    schrijf(hernoem(lees_pakket(voorbeeld), naam, titel or naam.replace("-", " ").capitalize()), doel)
    return doel
