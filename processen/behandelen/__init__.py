"""Behandelen: de werklijst en het zaakscherm van de behandelaar. Leest en schrijft alleen via de registraties."""

from processen.behandelen.app import deel

__all__ = ["deel"]
