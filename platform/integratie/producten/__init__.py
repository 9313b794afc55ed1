"""De Producten API: schema's en client."""

from integratie.producten.client import ProductenClient

__all__ = ["ProductenClient"]
