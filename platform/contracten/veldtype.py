"""Een veldtype: een soort vraag in formulieren, naast de ingebouwde.

    class Kenteken(Veldtype):
        sleutel = "kenteken"
        naam = Tekst("Kenteken", "Licence plate")
        schema = {"type": "string"}

        def lees(self, invoer, opties): ...

Het veld in de definitie heeft `type` = `sleutel` en bij `opties` de keuzes van de bouwer van het formulier. De browser rekent niets uit: alles
wat er te controleren valt gebeurt in `lees`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from wtforms import Field

from contracten.bouwblok import Tekst
from contracten.verzameling import OpSleutel
from huisstijl.velden import TekstVeld
from kern.installatie import Installatie


class Ongeldig(Exception):
    """Dit antwoord kan niet. `uitleg` zegt de invuller wat er wel hoort, op B1-niveau."""

    def __init__(self, uitleg: Tekst) -> None:
        self.uitleg = uitleg
        super().__init__(uitleg.nl)


class Veldtype(ABC):
    """Basis van elk veldtype."""

    sleutel: ClassVar[str]
    naam: ClassVar[Tekst]
    schema: ClassVar[Mapping[str, Any]]
    """Het JSON Schema van de waarde zoals zij in het verzoek komt."""

    def veld(self, opties: Mapping[str, Any], **gedeeld: Any) -> Field:
        """Het WTForms-veld (ongebonden) dat op de pagina komt: een veld uit `huisstijl.velden`. Standaard een tekstvak.

        `gedeeld` zijn de vraag, hulptekst, controles en de rest die elk veld van de huisstijl heeft; geef ze door.
        """
        del opties
        return TekstVeld(**gedeeld)

    @abstractmethod
    def lees(self, invoer: Any, opties: Mapping[str, Any]) -> Any:
        """De waarde (JSON) uit wat het veld gaf: tekst, of bij een veld met delen een dict. `Ongeldig` als het niet klopt.

        Wat zij zelf gaf leest zij ook: een bewaard antwoord wordt bij het indienen opnieuw nagekeken.
        """

    def in_veld(self, waarde: Any, opties: Mapping[str, Any]) -> Any:
        """De bewaarde waarde zoals het veld haar toont, en zoals regels in FEEL haar zien."""
        del opties
        return waarde

    def toon(self, waarde: Any, opties: Mapping[str, Any]) -> str:
        """De waarde als tekst voor de samenvatting en de PDF."""
        del opties
        return "" if waarde is None else str(waarde)

    def fouten_in(self, opties: Mapping[str, Any]) -> Iterable[Tekst]:
        """Wat er mis is met de opties; de bouwer van het formulier ziet het bij het bewaren."""
        del opties
        return ()


class Veldtypen(OpSleutel[Veldtype]):
    """De veldtypen van een installatie."""

    soort = "veldtypen"


def veldtypen_van(installatie: Installatie) -> Veldtypen:
    """De veldtypen van de plugins die aan staan."""
    return Veldtypen(installatie.plugins.verzamel("veldtypen"))
