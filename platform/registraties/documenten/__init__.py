"""De Documenten API 1.7 (DRC): documenten met versies, inhoud, gebruiksrechten en koppelingen aan zaken en besluiten."""

from registraties.documenten.app import deel

__all__ = ["deel"]
