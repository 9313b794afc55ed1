"""Welke velden er bij een afleidingswijze van de brondatum horen (ztc-004 tot en met ztc-008)."""

from typing import NamedTuple


class Afleidingsvelden(NamedTuple):
    """Per veld: `!` verplicht, `-` leeg, `?` vrij (de tabel bij ztc-004 tot en met ztc-008)."""

    datumkenmerk: str
    einddatum_bekend: str
    objecttype: str
    registratie: str
    procestermijn: str


AFLEIDINGSWIJZEN = {
    "afgehandeld": Afleidingsvelden("-", "-", "-", "-", "-"),
    "ander_datumkenmerk": Afleidingsvelden("!", "?", "!", "!", "-"),
    "eigenschap": Afleidingsvelden("!", "?", "-", "-", "-"),
    "gerelateerde_zaak": Afleidingsvelden("-", "?", "-", "-", "-"),
    "hoofdzaak": Afleidingsvelden("-", "?", "-", "-", "-"),
    "ingangsdatum_besluit": Afleidingsvelden("-", "?", "-", "-", "-"),
    "termijn": Afleidingsvelden("-", "-", "-", "-", "!"),
    "vervaldatum_besluit": Afleidingsvelden("-", "?", "-", "-", "-"),
    "zaakobject": Afleidingsvelden("!", "?", "!", "-", "-"),
}
