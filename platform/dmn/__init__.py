"""DMN 1.1 tot en met 1.5: beslismodellen lezen, controleren, evalueren en uitleggen.

    >>> model = dmn.lees(pad.read_bytes())
    >>> uitslag = model.evalueer("recht op bijstand", {"inkomen": 900})
    >>> uitslag.waarde, uitslag.uitleg.zinnen("nl")

Een bestand dat niet te lezen is, geeft `DmnFout`; een evaluatie werpt niet, maar geeft null met redenen.
"""

from __future__ import annotations

from dmn.fouten import DmnFout, Probleem
from dmn.herkomst import NAAMRUIMTE, Herkomst, Vindplaats
from dmn.model import Model, lees
from dmn.uitslag import Uitslag
from dmn.versies import Versies

__all__ = ["NAAMRUIMTE", "DmnFout", "Herkomst", "Model", "Probleem", "Uitslag", "Versies", "Vindplaats", "lees"]
