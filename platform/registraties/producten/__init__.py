"""De Producten API: wat iemand van de gemeente heeft, zoals een registratienummer of een vergunning."""

from registraties.producten.app import deel

__all__ = ["deel"]
