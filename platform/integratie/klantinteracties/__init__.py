"""De Klantinteracties API: schema's en client."""

from integratie.klantinteracties.client import Kanaalvoorkeur, KlantinteractiesClient

__all__ = ["Kanaalvoorkeur", "KlantinteractiesClient"]
