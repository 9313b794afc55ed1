"""De API van de processen: zendingen."""

from integratie.processen.client import ProcessenClient

__all__ = ["ProcessenClient"]
