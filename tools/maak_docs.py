"""Maakt de documentatie die uit de code komt: docs/bouwblokken.md, docs/instellingen.md en docs/pakketschemas.

python tools/maak_docs.py             schrijf
python tools/maak_docs.py --controle  stop met een fout als er iets verouderd is
"""

import sys
import tomllib
from importlib import import_module
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from contracten import Bouwblokken
from contracten.sjabloon import documentatie
from kern.instellingen import Instellingen
from processen.pakketten.schemas import schemas

WORTEL = Path(__file__).resolve().parent.parent
BOUWBLOKKEN = """# Bouwblokken

<!-- Gemaakt door tools/maak_docs.py uit de klassen in plugins/; niet met de hand wijzigen. -->

De stappen die een modelleur in een proces kan zetten. `dienstverlening bouwblokken MAP` schrijft van alle bouwblokken van een installatie, ook die
van anderen, een pagina en een elementsjabloon voor de modelleur. Zelf een bouwblok maken: zie [bouwblok-maken](bouwblok-maken.md).

"""
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
    vast = {docs / "instellingen.md": pagina().encode(), docs / "bouwblokken.md": bouwblokken().encode()}
    return {**vast, **delen}


def bouwblokken() -> str:
    """De tekst van docs/bouwblokken.md: elk ingebouwd bouwblok, op groep."""
    project = tomllib.loads((WORTEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    modules = [import_module(naam) for naam in project["entry-points"]["dienstverlening.plugins"].values()]
    alle = Bouwblokken(blok for module in modules if hasattr(module, "bouwblokken") for blok in module.bouwblokken())
    groepen: dict[str, list[str]] = {}
    for _, blok in sorted(alle.items()):
        uitleg = documentatie(blok).replace("\n## ", "\n#### ").replace("# ", "### ", 1)
        groepen.setdefault(blok.groep.nl, []).append(uitleg)
    delen = (f"## {groep}\n\n" + "\n".join(groepen[groep]) for groep in sorted(groepen))
    return BOUWBLOKKEN + "\n".join(delen)


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
