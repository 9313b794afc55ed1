"""De Autorisaties API 1.1 (AC): welke applicatie met welke scopes bij welke types mag."""

from registraties.autorisaties.app import deel

__all__ = ["deel"]
