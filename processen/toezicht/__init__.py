"""Registraties opzoeken voor een toezichthouder, op nummer en op adres, onder /toezicht."""

from processen.toezicht.app import deel

__all__ = ["deel"]
