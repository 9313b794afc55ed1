"""Kiezen: radioknoppen, uitklaplijst, vinkjes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms.validators import StopValidation

from huisstijl import widgets
from huisstijl.taal import lui, vertaal
from huisstijl.velden.basis import Veld


@dataclass(frozen=True)
class Optie:
    """Een keuze: de waarde die bewaard wordt, de tekst die men ziet, en eventueel uitleg eronder."""

    waarde: str
    label: str
    hulptekst: str = ""


class MetOpties(Veld):
    """Een keuze uit vaste mogelijkheden; een waarde die er niet bij staat wordt geweigerd."""

    soort = "groep"

    def __init__(
        self, label: str | None = None, *, opties: Iterable[Optie] = (), naast_elkaar: bool = False, **overig: Any
    ) -> None:
        super().__init__(label, **overig)
        self.opties = tuple(opties)
        self.naast_elkaar = naast_elkaar

    def leegmelding(self) -> str:
        return vertaal("Kies een antwoord bij “%(vraag)s”.", vraag=str(self.label.text))

    def gekozen(self) -> set[str]:
        return {self.getoond()}

    def lees(self, tekst: str) -> Any:
        if tekst not in {optie.waarde for optie in self.opties}:
            raise ValueError(vertaal("Kies een van de mogelijkheden."))
        return tekst


class KeuzeVeld(MetOpties):
    """Eén keuze uit radioknoppen."""

    widget = widgets.Keuzerij("radio")
    rol: ClassVar[str] = "radiogroup"


class SelectVeld(MetOpties):
    """Eén keuze uit een uitklaplijst: alleen bij meer dan een stuk of tien keuzes."""

    soort = "enkel"
    widget = widgets.Keuzelijst()


class JaNeeVeld(KeuzeVeld):
    """Ja of nee, als bool."""

    def __init__(self, label: str | None = None, **overig: Any) -> None:
        super().__init__(label, opties=(Optie("ja", lui("Ja")), Optie("nee", lui("Nee"))), naast_elkaar=True, **overig)

    def lees(self, tekst: str) -> bool:
        return bool(super().lees(tekst) == "ja")

    def als_tekst(self, waarde: Any) -> str:
        return "" if waarde is None else ("ja" if waarde else "nee")

    def is_leeg(self) -> bool:
        return self.data is None


class MeerkeuzeVeld(MetOpties):
    """Nul of meer keuzes met vinkjes; `data` is een lijst in de volgorde van de opties."""

    widget = widgets.Keuzerij("checkbox")

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        gevraagd = {str(waarde) for waarde in valuelist if waarde != ""}
        self.data = [optie.waarde for optie in self.opties if optie.waarde in gevraagd]
        if len(self.data) != len(gevraagd):
            raise ValueError(vertaal("Kies een van de mogelijkheden."))

    def gekozen(self) -> set[str]:
        return set(self.data or ())

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # vorm van WTForms
        if not set(self.data or ()) <= {optie.waarde for optie in self.opties}:
            raise StopValidation(vertaal("Kies een van de mogelijkheden."))


class VinkjeVeld(Veld):
    """Eén vinkje; `data` is True of False. Verplicht betekent: het moet aan staan."""

    soort = "vinkje"
    widget = widgets.Vinkje()

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = any(str(waarde) not in ("", "nee", "false") for waarde in valuelist)

    def is_leeg(self) -> bool:
        return not self.data

    def leegmelding(self) -> str:
        return vertaal("Zet een vinkje bij “%(vraag)s” om verder te gaan.", vraag=str(self.label.text))
