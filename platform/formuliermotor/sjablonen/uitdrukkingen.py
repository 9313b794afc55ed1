"""FEEL in sjablonen: uitrekenen, en een veld dat er niet is weigeren in plaats van een gat te laten."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from babel.dates import format_date, format_datetime

import feel
from kern.klok import NEDERLAND
from kern.termijnen import FUNCTIES

UITDRUKKING: Final = re.compile(r"\{\{\s*(.+?)\s*\}\}", re.DOTALL)
REST: Final = re.compile(r"\{\{|\}\}")
ELK: Final = re.compile(r"\s*([^\W\d]\w*)\s+in\s+(.+)", re.DOTALL)
FUNCTIES_IN_SJABLOON: Final = feel.Functies(FUNCTIES)
REGELEINDE: Final = "\u2028"
"""Een regeleinde uit een waarde: anders dan dat van het sjabloon zelf moet het te zien blijven."""
NIET_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Klok = Callable[[], datetime]


class SjabloonFout(Exception):
    """Een sjabloon is niet in te vullen. De tekst noemt het sjabloon en het veld of de uitdrukking, en nooit een waarde."""

    def __init__(self, tekst: str, *, sjabloon: str = "", veld: str = "") -> None:
        self.sjabloon, self.veld = sjabloon, veld
        super().__init__(f"sjabloon {sjabloon}: {tekst}" if sjabloon else tekst)


@dataclass(frozen=True)
class Omgeving:
    """Waarmee een sjabloon gevuld wordt. `streng` weigert ook een veld zonder waarde: een brief met een gat gaat niet de deur uit."""

    gegevens: Mapping[str, Any]
    taal: str = "nl"
    klok: Klok | None = None
    sjabloon: str = ""
    streng: bool = False
    eigen: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def namen(self) -> tuple[str, ...]:
        """De namen in scope."""
        return tuple(self.gegevens)

    def met(self, naam: str, waarde: Any) -> "Omgeving":
        """Deze omgeving met één naam erbij, voor een ronde van een herhaling."""
        return replace(self, gegevens={**self.gegevens, naam: waarde}, eigen=self.eigen | {naam})

    def fout(self, tekst: str, veld: str = "") -> SjabloonFout:
        """Een fout in dit sjabloon."""
        return SjabloonFout(tekst, sjabloon=self.sjabloon, veld=veld)

    def waarde(self, uitdrukking: str) -> Any:
        """De waarde van een uitdrukking; `SjabloonFout` bij een schrijffout of een veld dat er niet is."""
        gelezen = lees(uitdrukking, self.namen)
        if isinstance(gelezen, str):
            raise self.fout(f"{uitdrukking}: {gelezen}")
        for naam in sorted(gelezen.namen_gebruikt - self.gegevens.keys()):
            raise self.fout(f"veld {naam} is onbekend, in: {uitdrukking}", naam)
        uitkomst = gelezen.evalueer(self.gegevens, klok=self.klok)
        if uitkomst.grens is not None:
            raise self.fout(f"{uitdrukking}: {uitkomst.grens}")
        return uitkomst.waarde

    def tekst(self, tekst: str) -> str:
        """Een tekst met elke `{{ … }}` uitgerekend. Een nieuwe regel in een waarde is een `REGELEINDE`."""
        if los := REST.search(UITDRUKKING.sub("", tekst)):
            raise self.fout(f"{los[0]} hoort nergens bij")
        return UITDRUKKING.sub(lambda deel: self._invulling(html.unescape(deel[1])), tekst)

    def _invulling(self, uitdrukking: str) -> str:
        waarde = self.waarde(uitdrukking)
        if waarde is None and self.streng:
            raise self.fout(f"{uitdrukking} heeft geen waarde; zet de alinea onder een voorwaarde", uitdrukking)
        if isinstance(waarde, dict) or (isinstance(waarde, list) and any(isinstance(deel, dict) for deel in waarde)):
            raise self.fout(
                f"{uitdrukking} is een groep gegevens; noem het gegeven zelf, met een punt ertussen", uitdrukking
            )
        regels = NIET_IN_XML.sub("", als_tekst(waarde, self.taal)).strip("\r\n").splitlines()
        return REGELEINDE.join(regels)

    def geldt(self, voorwaarde: str) -> bool:
        """Is deze voorwaarde waar? Onwaar en leeg zijn dat niet."""
        return self.waarde(voorwaarde) is True

    def rondes(self, elk: str) -> Iterator["Omgeving"]:
        """De omgeving van elke ronde van `naam in lijst`; geen lijst is geen ronde."""
        gevonden = ELK.fullmatch(elk)
        if gevonden is None:
            raise self.fout(f"{elk}: schrijf dit als: naam in lijst")
        waarden = self.waarde(gevonden[2])
        return (self.met(gevonden[1], waarde) for waarde in (waarden if isinstance(waarden, list) else []))


def letterlijk(tekst: str) -> str:
    """HTML waarin accolades uit een waarde geen plek zijn die nog ingevuld moet worden."""
    return REST.sub(lambda deel: "".join(f"&#{ord(teken)};" for teken in deel[0]), tekst)


def lees(uitdrukking: str, namen: tuple[str, ...]) -> feel.Expressie | str:
    """De gecompileerde uitdrukking, of waarom zij niet te lezen is."""
    try:
        return feel.compileer(uitdrukking, namen=namen, functies=FUNCTIES_IN_SJABLOON)
    except feel.FeelFout as fout:
        return str(fout)


def als_tekst(waarde: Any, taal: str) -> str:
    """Een waarde zoals een mens haar leest: een datum voluit, een bedrag met komma, ja of nee."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return {"nl": ("nee", "ja"), "en": ("no", "yes")}.get(taal, ("nee", "ja"))[waarde]
    if isinstance(waarde, datetime):
        om = {"nl": "om", "en": "at"}.get(taal, "")
        return format_datetime(waarde.astimezone(NEDERLAND), f"d MMMM y '{om}' HH:mm", locale=taal)
    if isinstance(waarde, date):
        return format_date(waarde, "d MMMM y", locale=taal)
    if isinstance(waarde, list):
        return ", ".join(als_tekst(deel, taal) for deel in waarde)
    tekst = f"{waarde:f}" if isinstance(waarde, Decimal) else str(waarde)
    return tekst.replace(".", ",") if taal == "nl" and isinstance(waarde, Decimal) else tekst
