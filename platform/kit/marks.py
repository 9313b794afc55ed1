"""Waar een gespiegelde relatie mee bezig is, en wie haar dan ziet."""

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
    dienst = omgeving.diensten[spiegel.api]
    client_id = f"{EIGEN_PREFIX}{spiegel.api}" if dienst.eigen else dienst.client_id
    return (KLAAR, *VOOR_SPIEGEL) if omgeving.toegang.aanroeper.client_id == client_id else (KLAAR,)
