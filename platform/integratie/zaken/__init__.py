"""De Zaken API: schema's en client."""

from integratie.zaken.client import ZakenClient

__all__ = ["ZakenClient"]
