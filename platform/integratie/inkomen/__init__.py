"""De inkomensbron: wat iemand verdient en bezit, uit de polisadministratie en bij de Belastingdienst, achter één dienst."""

from integratie.inkomen.client import InkomenClient, maak_inkomen_client
from integratie.inkomen.schemas import Inkomen, Maand

__all__ = ["Inkomen", "InkomenClient", "Maand", "maak_inkomen_client"]
