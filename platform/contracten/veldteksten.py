"""De teksten bij de velden van een bouwblok in de taal van het scherm.

In de klasse staan ze in het Nederlands (`title` en `description`). Engels staat in `vertalingen/en.json` naast de module van het bouwblok:
Nederlandse tekst -> vertaling. Wat daar niet staat blijft Nederlands, zodat een bouwblok van een ander ook zonder werkt.
"""

import sys
from functools import cache
from pathlib import Path

from contracten.bouwblok import AnyBouwblok
from huisstijl.taal import Catalogus


def catalogus_van(blok: AnyBouwblok) -> Catalogus:
    """De vertalingen bij dit bouwblok; leeg als zijn pakket er geen heeft."""
    bestand = getattr(sys.modules.get(type(blok).__module__), "__file__", None)
    return _lees(Path(bestand).parent / "vertalingen") if bestand else Catalogus({})


@cache
def _lees(map_: Path) -> Catalogus:
    """Eén keer gelezen: tachtig bouwblokken delen een map, en wat een pakket meebrengt verandert niet terwijl het draait."""
    return Catalogus.lees(map_)
