"""Wat alle velden delen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Field
from wtforms.validators import StopValidation

from huisstijl import controles
from huisstijl.controles import NietVerplicht, Verplicht, schoon
from huisstijl.taal import vertaal


class Veld(Field):
    """Wat onze velden delen: verplicht of niet, hulptekst, breedte, eenheid en hulp bij het invullen."""

    soort: ClassVar[str] = "enkel"  # enkel: label + invoer; groep: fieldset + legend; vinkje: de vraag staat erin

    def __init__(
        self,
        label: str | None = None,
        *,
        hulptekst: str = "",
        verplicht: bool = True,
        controles: Sequence[Callable[..., None]] = (),
        leeg: str = "",
        breedte: int = 0,
        eenheid: str = "",
        autocomplete: str = "",
        invoerhulp: Mapping[str, str] | None = None,
        **overig: Any,
    ) -> None:
        eerste = Verplicht(leeg) if verplicht else NietVerplicht()
        super().__init__(label, validators=[eerste, *controles], description=hulptekst, **overig)
        self.verplicht = verplicht
        self.breedte = breedte or self.standaardbreedte
        self.eenheid = eenheid
        self.invoerhulp = {
            **self.standaardhulp,
            **({"autocomplete": autocomplete} if autocomplete else {}),
            **(invoerhulp or {}),
        }
        self.ruw = ""

    standaardbreedte: ClassVar[int] = 0
    standaardhulp: ClassVar[Mapping[str, str]] = {}

    @property
    def eerste_id(self) -> str:
        """Het id waar de foutsamenvatting naartoe springt."""
        return str(self.id)

    def is_leeg(self) -> bool:
        return self.data is None or self.data in ("", [], {})

    def leegmelding(self) -> str:
        return vertaal("Vul “%(vraag)s” in.", vraag=str(self.label.text))

    def getoond(self) -> str:
        """De tekst in het invoervak: wat iemand typte als dat er is, anders de waarde."""
        return self.ruw if self.raw_data else self.als_tekst(self.data)

    def als_tekst(self, waarde: Any) -> str:
        return "" if waarde is None else str(waarde)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.ruw = schoon(str(valuelist[0])[: controles.MEESTE_TEKENS * 2])
        self.data = None
        self.data = self.lees(self.ruw) if self.ruw else None

    def lees(self, tekst: str) -> Any:
        """Zet niet-lege tekst om naar de waarde; `ValueError` met de fouttekst als dat niet kan."""
        return tekst

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # vorm van WTForms
        """Een waarde die niet ingestuurd is maar bewaard was, voldoet aan dezelfde vorm."""
        if not self.raw_data and isinstance(self.data, str) and self.data:
            try:
                self.data = self.lees(self.data)
            except ValueError as fout:
                raise StopValidation(str(fout)) from fout
