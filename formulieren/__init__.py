"""Formulieren: kiezen, invullen, bewaren en indienen. De uitkomst is een verzoek in de Verzoeken API."""

from formulieren.app import deel

__all__ = ["deel"]
