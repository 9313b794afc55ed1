"""De Verzoeken API: wat iemand vroeg, los van het kanaal waarlangs en het proces waarin het behandeld wordt."""

from registraties.verzoeken.app import deel

__all__ = ["deel"]
