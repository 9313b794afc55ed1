"""De openbare pagina's op de wortel: startpagina, zoeken en producten. Voor iedereen, zonder inloggen."""

from mijngemeente.publiek.app import deel

__all__ = ["deel"]
