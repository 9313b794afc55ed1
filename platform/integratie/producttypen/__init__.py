"""De Producttypen API: schema's en client."""

from integratie.producttypen.client import ProducttypenClient

__all__ = ["ProducttypenClient"]
