"""De Besluiten API 1.1 (BRC): besluiten en de documenten waarin ze vastliggen."""

from registraties.besluiten.app import deel

__all__ = ["deel"]
