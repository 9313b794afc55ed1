"""De Berichten API: schema's en client."""

from integratie.berichten.client import BerichtenClient

__all__ = ["BerichtenClient"]
