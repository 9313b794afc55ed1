"""Modellen van elders (Camunda 7, Operaton, GZAC/Valtimo, Flowable, Camunda 8) lezen: wat past wordt vertaald, de rest genoemd."""

from processen.importeren.importeren import Import, importeer
from processen.importeren.juel import NietTeVertalen, naar_feel
from processen.importeren.verslag import Regel, als_markdown

__all__ = ["Import", "NietTeVertalen", "Regel", "als_markdown", "importeer", "naar_feel"]
