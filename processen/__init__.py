"""Laag 4: processen. De motor, de afhandeling van zaken, termijnen, verzenden en procespakketten."""

from processen.onderdeel import deel, maak_motor

__all__ = ["deel", "maak_motor"]
