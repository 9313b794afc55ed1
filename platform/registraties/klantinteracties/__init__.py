"""De Klantinteracties API: partijen, hun contactgegevens, en elk contact met de gemeente."""

from registraties.klantinteracties.app import deel

__all__ = ["deel"]
