"""Waar een gespiegelde relatie mee bezig is, en wie haar dan ziet."""

from flask import request

from kern.machines import EIGEN_PREFIX
from kit.bron import Spiegel
from kit.omgeving import Omgeving

KLAAR = ""
AANMAKEN = "bezig_aanmaken"
VERWIJDEREN = "bezig_verwijderen"
TERUG_AANMAKEN = "terug_aanmaken"  # aanmaken ging niet door: de relatie gaat weer weg
TERUG_VERWIJDEREN = "terug_verwijderen"  # verwijderen ging niet door: de relatie blijft toch
VOOR_SPIEGEL = (AANMAKEN, TERUG_VERWIJDEREN)


def zichtbare_marks(omgeving: Omgeving, spiegel: Spiegel) -> tuple[str, ...]:
    """Iedereen ziet wat klaar is; de spiegelende registratie ook wat zij zo gaat spiegelen (drc-004 vraagt dat na)."""
    return (KLAAR, *VOOR_SPIEGEL) if _vraagt_spiegel(omgeving, spiegel) else (KLAAR,)


def _vraagt_spiegel(omgeving: Omgeving, spiegel: Spiegel) -> bool:
    """Onze eigen registratie is aan haar client_id te herkennen, die van een ander aan haar vraag: precies deze ene relatie.

    Is de relatie de resource zelf (een besluit bij een zaak), dan is die vraag haar URL, die nog niemand anders kent.
    """
    if spiegel.api and omgeving.diensten[spiegel.api].eigen:
        return omgeving.toegang.aanroeper.client_id == f"{EIGEN_PREFIX}{spiegel.api}"
    if "id" in spiegel.velden.values():
        return "sleutel" in (request.view_args or {})
    return set(spiegel.velden.values()) <= set(request.args)
