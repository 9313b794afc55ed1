"""De Objecttypen API: schema's en client."""

from integratie.objecttypen.client import ObjecttypenClient

__all__ = ["ObjecttypenClient"]
