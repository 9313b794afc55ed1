"""De Catalogi API: typen van zaken, besluiten en documenten."""

from integratie.catalogi.client import CatalogiClient

__all__ = ["CatalogiClient"]
