"""De Besluiten API: schema's en client."""

from integratie.besluiten.client import BesluitenClient

__all__ = ["BesluitenClient"]
