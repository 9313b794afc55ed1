"""De API met referentielijsten en de gemeentelijke selectielijst: schema's en client."""

from integratie.referentielijsten.client import ReferentielijstenClient

__all__ = ["ReferentielijstenClient"]
