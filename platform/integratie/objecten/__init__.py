"""De Objecten API: schema's en client."""

from integratie.objecten.client import ObjectenClient

__all__ = ["ObjectenClient"]
