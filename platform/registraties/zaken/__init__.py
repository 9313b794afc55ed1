"""De Zaken API 1.7 (ZRC): zaken met hun statussen, rollen, resultaat, eigenschappen en documenten."""

from registraties.zaken.app import deel

__all__ = ["deel"]
