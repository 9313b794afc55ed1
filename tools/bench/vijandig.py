"""Hoe snel weigert de motor een vijandig model? De eis is binnen een seconde, per upload."""

import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from processen.motor.fouten import ModelGeweigerd
from processen.motor.lezen import lees
from tests.eenheid.processen.hulp import codes
from tests.eenheid.processen.vijandig import VIJANDIGE_FEEL, vijandige_bestanden
from tests.procesmodel import bpmn, einde, script, start


def weiger(xml: bytes) -> None:
    """Lees een vijandig bestand."""
    with suppress(ModelGeweigerd):
        lees(xml)
        raise SystemExit("een vijandig bestand werd gelezen")


def main() -> None:
    """Druk per upload de duur af, in milliseconden CPU."""
    for naam, xml in vijandige_bestanden().items():
        begonnen = time.process_time()
        weiger(xml)
        print(f"{naam}: {(time.process_time() - begonnen) * 1000:.0f} ms (eis 1000)")
    for naam, tekst in VIJANDIGE_FEEL.items():
        model = bpmn("p", start(), script("s", tekst, "x"), einde(), "start > s > einde")
        begonnen = time.process_time()
        codes(model)
        print(f"FEEL, {naam}: {(time.process_time() - begonnen) * 1000:.0f} ms (eis 1000)")


if __name__ == "__main__":
    main()
