"""Beheer van wat buiten een zaak om de termijnen raakt, onder /beheer/termijnen: storingen en gelijkgestelde feestdagen."""

from processen.termijnen.beheer.app import deel

__all__ = ["deel"]
