"""De API van de wettelijke klok: termijnen van zaken, storingen en feestdagen."""

from integratie.termijnen.client import TermijnenClient

__all__ = ["TermijnenClient"]
