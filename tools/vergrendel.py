"""Maakt de sloten requirements.lock (draaien) en requirements-dev.lock (ook ontwikkelen) uit pyproject.toml.

Vraagt `uv` op het pad. De sloten gelden voor alle ondersteunde Python-versies en noemen hashes, maar geen adressen: waar pakketten
vandaan komen is een keuze van wie installeert. Gebruik: `python tools/vergrendel.py [--vernieuw]`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent
KOP = "# Gemaakt door tools/vergrendel.py uit pyproject.toml; niet met de hand wijzigen.\n"
GROEPEN = {"requirements.lock": ["bouw"], "requirements-dev.lock": ["bouw", "dev"]}


def vergrendel(naam: str, *, vernieuw: bool) -> None:
    """Schrijf één slot; zonder `vernieuw` blijven versies staan zolang ze passen."""
    slot = WORTEL / naam
    opdracht = [
        uv(),
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    opdracht += ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet", "--output-file", naam]
    opdracht += [deel for groep in GROEPEN[naam] for deel in ("--group", groep)]
    opdracht += ["--upgrade"] if vernieuw and naam == "requirements.lock" else []
    opdracht += ["--constraints", "requirements.lock"] if naam != "requirements.lock" else []
    subprocess.run(opdracht, cwd=WORTEL, check=True)  # noqa: S603 - eigen opdracht
    slot.write_text(KOP + slot.read_text().removeprefix(KOP))


def uv() -> str:
    """Het pad van uv."""
    return shutil.which("uv") or sys.exit("vergrendel: uv staat niet op het pad")


if __name__ == "__main__":
    for slotnaam in GROEPEN:
        vergrendel(slotnaam, vernieuw="--vernieuw" in sys.argv)
