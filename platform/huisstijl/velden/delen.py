"""Velden uit meer vakken: datum en adres."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.utils import unset_value

from huisstijl import controles, widgets
from huisstijl.controles import schoon
from huisstijl.taal import lui, vertaal
from huisstijl.velden.basis import Veld


@dataclass(frozen=True)
class Deelvak:
    """Een invoervak binnen een samengesteld veld."""

    naam: str
    label: str
    breedte: int = 0
    autocomplete: str = ""
    inputmode: str = ""
    verplicht: bool = True


class DelenVeld(Veld):
    """Een veld uit meer invoervakken, met namen `<veld>-<deel>`."""

    soort = "groep"
    widget = widgets.Delen()
    delen: tuple[Deelvak, ...] = ()

    def __init__(self, label: str | None = None, *, van_mijzelf: bool = False, **overig: Any) -> None:
        self.invoer: dict[str, str] = {}
        super().__init__(label, **overig)
        self.van_mijzelf = van_mijzelf  # alleen dan mag de browser eigen gegevens invullen (WCAG 1.3.5)

    @property
    def eerste_id(self) -> str:
        return self.deel_id(self.delen[0].naam)

    def deel_id(self, deel: str) -> str:
        return f"{self.id}-{deel}"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:  # noqa: ARG002  # vorm van WTForms
        self.process_errors = []
        waarde = (self.default() if callable(self.default) else self.default) if data is unset_value else data
        self.object_data = waarde
        self.process_data(waarde)
        namen = {deel.naam: f"{self.name}-{deel.naam}" for deel in self.delen}
        if formdata is None or not any(naam in formdata for naam in namen.values()):
            return
        self.invoer = {deel: _eerste(formdata.getlist(naam)) for deel, naam in namen.items()}
        self.raw_data = list(self.invoer.values())
        self.data = None
        try:
            self.data = self.lees_delen() if any(self.invoer.values()) else None
        except ValueError as fout:
            self.process_errors.append(fout.args[0])

    def process_data(self, value: Any) -> None:
        self.data = value
        self.invoer = self.naar_delen(value) if value else {}

    def lees_delen(self) -> Any:
        """De waarde uit `self.invoer` (niet helemaal leeg); `ValueError` met de fouttekst als dat niet kan."""
        return dict(self.invoer)

    def naar_delen(self, waarde: Any) -> dict[str, str]:
        return {deel.naam: str(waarde.get(deel.naam) or "") for deel in self.delen}


def _eerste(waarden: Sequence[Any]) -> str:
    return schoon(str(waarden[0])[:200]) if waarden else ""


class DatumVeld(DelenVeld):
    """Een datum in drie vakken: het snelst en het duidelijkst voor een datum die iemand uit het hoofd weet."""

    delen = (
        Deelvak("dag", lui("Dag"), 4, "bday-day", "numeric"),
        Deelvak("maand", lui("Maand"), 4, "bday-month", "numeric"),
        Deelvak("jaar", lui("Jaar"), 8, "bday-year", "numeric"),
    )

    def lees_delen(self) -> date:
        return controles.lees_datum(self.invoer["dag"], self.invoer["maand"], self.invoer["jaar"])

    def naar_delen(self, waarde: Any) -> dict[str, str]:
        dag = date.fromisoformat(waarde) if isinstance(waarde, str) else waarde
        return {"dag": str(dag.day), "maand": str(dag.month), "jaar": str(dag.year)}


class AdresVeld(DelenVeld):
    """Een Nederlands adres als dict: postcode, huisnummer, huisletter, toevoeging, en met `volledig` ook straat en plaats."""

    _kort = (
        Deelvak("postcode", lui("Postcode"), 8, "postal-code"),
        Deelvak("huisnummer", lui("Huisnummer"), 8, "", "numeric"),
        Deelvak("huisletter", lui("Letter"), 4, verplicht=False),
        Deelvak("toevoeging", lui("Toevoeging"), 8, verplicht=False),
    )
    _lang = (
        Deelvak("straat", lui("Straat"), 0, "address-line1"),
        Deelvak("plaats", lui("Plaats"), 0, "address-level2"),
    )

    def __init__(self, label: str | None = None, *, volledig: bool = False, **overig: Any) -> None:
        self.delen = self._kort + self._lang if volledig else self._kort
        super().__init__(label, **overig)

    def lees_delen(self) -> dict[str, str]:
        waarde = {naam: tekst for naam, tekst in self.invoer.items() if tekst}
        for deel in self.delen:
            if deel.verplicht and deel.naam not in waarde:
                raise ValueError(vertaal("Vul “%(vraag)s” in.", vraag=str(deel.label)))
        waarde["postcode"] = controles.lees_postcode(waarde["postcode"])
        waarde["huisnummer"] = str(_huisnummer(waarde["huisnummer"]))
        if len(waarde.get("huisletter", "")) > 1 or not waarde.get("huisletter", "a").isalpha():
            raise ValueError(
                vertaal("Vul bij de huisletter één letter in. Een langere toevoeging hoort in het vak “Toevoeging”.")
            )
        return waarde


def _huisnummer(tekst: str) -> int:
    if not (tekst.isascii() and tekst.isdigit() and 0 < int(tekst[:6]) < 100_000 and len(tekst) <= 5):  # noqa: PLR2004  # BAG: N5
        raise ValueError(
            vertaal("Vul een huisnummer in met alleen cijfers. Een letter of toevoeging hoort in het vak ernaast.")
        )
    return int(tekst)
