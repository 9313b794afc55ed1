"""De Autorisaties API: schema's en client."""

from integratie.autorisaties.client import AutorisatiesClient

__all__ = ["AutorisatiesClient"]
