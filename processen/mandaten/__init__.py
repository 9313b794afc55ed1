"""Beheer van het mandaatregister, onder /beheer/mandaten; wie tekent toetst met `integratie.mandaten`."""

from processen.mandaten.app import deel

__all__ = ["deel"]
