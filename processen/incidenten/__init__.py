"""Het scherm waarop een operator incidenten in processen ziet, begrijpt en herstelt."""

from processen.incidenten.pagina import maak_incidenten

__all__ = ["maak_incidenten"]
