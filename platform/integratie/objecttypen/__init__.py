"""De Objecttypen API: schema's en client."""

from integratie.objecttypen.client import ObjecttypenClient

INDEXEER = "objecten-indexeer"
"""Het werk in de outbox dat een objecttype met andere `indexedPaths` achterlaat: {"type": dienst:pad, "paden": [...]}."""

__all__ = ["INDEXEER", "ObjecttypenClient"]
