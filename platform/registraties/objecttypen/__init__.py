"""De Objecttypen API: welke soorten objecten er zijn, met per versie een JSON Schema."""

from registraties.objecttypen.app import deel

__all__ = ["deel"]
