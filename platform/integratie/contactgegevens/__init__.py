"""De Contactgegevens API: schema's en client."""

from integratie.contactgegevens.client import ContactgegevensClient

__all__ = ["ContactgegevensClient"]
