"""De Documenten API: schema's en client."""

from integratie.documenten.client import DocumentenClient

__all__ = ["DocumentenClient"]
