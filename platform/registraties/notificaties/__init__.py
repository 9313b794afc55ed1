"""De Notificaties API 1.0.1 (NRC): kanalen, abonnementen en het afleveren van berichten."""

from registraties.notificaties.app import deel

__all__ = ["deel"]
