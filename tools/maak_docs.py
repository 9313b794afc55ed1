"""Maakt de documentatie die uit de code komt: docs/instellingen.md en docs/pakketschemas.

python tools/maak_docs.py             schrijf
python tools/maak_docs.py --controle  stop met een fout als er iets verouderd is
"""

import sys
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from kern.instellingen import Instellingen
from processen.pakketten.schemas import schemas

WORTEL = Path(__file__).resolve().parent.parent
KOP = """# Instellingen

<!-- Gemaakt door tools/maak_docs.py uit kern/instellingen.py; niet met de hand wijzigen. -->

Elke instelling is een omgevingsvariabele. Wat niet gezet is (of leeg), heeft de standaardwaarde. Klopt er iets niet, dan noemt het
platform bij de start alle fouten tegelijk en begint het niet.

| Naam | Standaard | Betekenis |
|---|---|---|
"""


def pagina() -> str:
    """De tekst van docs/instellingen.md."""
    return KOP + "".join(regel(naam, veld) for naam, veld in Instellingen.model_fields.items())


def regel(naam: str, veld: FieldInfo) -> str:
    """De tabelregel van één instelling; een geheim toont nooit een waarde."""
    omschrijving = " ".join((veld.description or "").split()).replace("|", "\\|")
    grenzen = keuzes(veld)
    return f"| `{naam.upper()}` | {standaard(veld)} | {omschrijving}{grenzen} |\n"


def standaard(veld: FieldInfo) -> str:
    """De standaardwaarde zoals iemand haar zou invullen."""
    if veld.is_required():
        return "verplicht"
    waarde = veld.get_default(call_default_factory=True)
    waarde = waarde.get_secret_value() if isinstance(waarde, SecretStr) else waarde
    return f"`{waarde}`" if str(waarde) else "leeg"


def keuzes(veld: FieldInfo) -> str:
    """De toegestane waarden van een keuzeveld, als zin."""
    waarden = getattr(veld.annotation, "__args__", ())
    return (
        f" Kies uit {', '.join(f'`{waarde}`' for waarde in waarden)}."
        if waarden and all(isinstance(w, str) for w in waarden)
        else ""
    )


def bestanden() -> dict[Path, bytes]:
    """Elk gemaakt bestand met zijn inhoud."""
    docs = WORTEL / "docs"
    delen = {docs / "pakketschemas" / naam: inhoud for naam, inhoud in schemas().items()}
    return {docs / "instellingen.md": pagina().encode(), **delen}


def main() -> None:
    """Schrijf of controleer."""
    for doel, inhoud in bestanden().items():
        if "--controle" not in sys.argv:
            doel.parent.mkdir(exist_ok=True)
            doel.write_bytes(inhoud)
        elif not doel.exists() or doel.read_bytes() != inhoud:
            sys.exit(f"{doel.relative_to(WORTEL)} is verouderd: draai `make docs`")


if __name__ == "__main__":
    main()
