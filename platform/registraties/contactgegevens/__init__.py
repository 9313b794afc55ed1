"""De Contactgegevens API: personen en organisaties met hun adres, los van een basisregistratie."""

from kit.deel import registratiedeel
from registraties.contactgegevens.bronnen import CONTACTGEGEVENS
from registraties.contactgegevens.modellen import Basis

deel = registratiedeel(CONTACTGEGEVENS, Basis.metadata)

__all__ = ["deel"]
