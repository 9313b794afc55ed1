"""De routes van het KCC, per scherm een module; ze hangen aan één blauwdruk."""

from kcc.schermen import aanvraag, contactverzoek, gesprek, klant, producten, zaak, zoeken
from kcc.schermen.basis import blauwdruk

__all__ = ["aanvraag", "blauwdruk", "contactverzoek", "gesprek", "klant", "producten", "zaak", "zoeken"]
