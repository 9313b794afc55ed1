"""De Taken API: schema's en client."""

from integratie.taken.client import TakenClient

__all__ = ["TakenClient"]
