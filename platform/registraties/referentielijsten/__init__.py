"""Referentielijsten en de gemeentelijke selectielijst: alleen te lezen, gevuld met gegevens die de gemeente laadt."""

from kit.deel import registratiedeel
from registraties.referentielijsten.bronnen import REFERENTIELIJSTEN
from registraties.referentielijsten.modellen import Basis

deel = registratiedeel(REFERENTIELIJSTEN, Basis.metadata)

__all__ = ["deel"]
