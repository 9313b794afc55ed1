"""De Verzoeken API: schema's en client."""

from integratie.verzoeken.client import VerzoekenClient

__all__ = ["VerzoekenClient"]
