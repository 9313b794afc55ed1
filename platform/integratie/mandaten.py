"""Het mandaatregister: wie een besluit namens een bestuursorgaan mag ondertekenen (Awb afdeling 10.1.1).

Een mandaat is inrichting (objecttype `mandaat`). Wie tekent, toetst hier; staat er voor een besluittype niets in het register, dan is
er niets te toetsen en blijft de vermelding van het mandaat een tekst.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from integratie.configuratie import MANDAAT, Configuratie

LANGSTE_KETEN = 10


class GeenMandaat(Exception):
    """Deze functie mag dit besluit niet ondertekenen; `tekst` zegt waarom."""

    def __init__(self, code: str, tekst: str) -> None:
        self.code, self.tekst = code, tekst
        super().__init__(tekst)


@dataclass(frozen=True)
class Vervanging:
    """Wie een functie van de ene tot en met de andere dag vervangt."""

    functie: str
    van: date
    tot: date


@dataclass(frozen=True)
class Mandaat:
    """Eén mandaat. Zonder `besluittypen` geldt het voor alle; `tot_bedrag` in euro's; `ondermandaat_van` is de sleutel van een ander."""

    sleutel: str
    bestuursorgaan: str
    functie: str
    begin: date
    besluittypen: tuple[str, ...] = ()
    einde: date | None = None
    tot_bedrag: Decimal | None = None
    grondslag: str = ""
    ondermandaat_van: str = ""
    ondermandaat_toegestaan: bool = False
    vervanging: tuple[Vervanging, ...] = field(default=())

    @classmethod
    def lees(cls, gegevens: Mapping[str, Any]) -> "Mandaat":
        """Uit een object van het register."""
        bedrag = gegevens.get("totBedrag")
        return cls(
            gegevens["sleutel"],
            gegevens["bestuursorgaan"],
            gegevens["functie"],
            date.fromisoformat(gegevens["begin"]),
            tuple(gegevens.get("besluittypen") or ()),
            _dag(gegevens.get("einde")),
            None if bedrag in (None, "") else Decimal(str(bedrag)),
            gegevens.get("grondslag") or "",
            gegevens.get("ondermandaatVan") or "",
            bool(gegevens.get("ondermandaatToegestaan")),
            tuple(
                Vervanging(v["functie"], date.fromisoformat(v["van"]), date.fromisoformat(v["tot"]))
                for v in gegevens.get("vervanging") or ()
            ),
        )

    def als_gegevens(self) -> dict[str, Any]:
        """De vorm in het register."""
        return {
            "bestuursorgaan": self.bestuursorgaan,
            "functie": self.functie,
            "begin": self.begin.isoformat(),
            "einde": self.einde.isoformat() if self.einde else None,
            "besluittypen": list(self.besluittypen),
            "totBedrag": None if self.tot_bedrag is None else str(self.tot_bedrag),
            "grondslag": self.grondslag,
            "ondermandaatVan": self.ondermandaat_van,
            "ondermandaatToegestaan": self.ondermandaat_toegestaan,
            "vervanging": [
                {"functie": v.functie, "van": v.van.isoformat(), "tot": v.tot.isoformat()} for v in self.vervanging
            ],
        }

    def gaat_over(self, bestuursorgaan: str, besluittype: str) -> bool:
        """Is dit een mandaat van dit bestuursorgaan voor dit soort besluit?"""
        zelfde = _gewoon(self.bestuursorgaan) == _gewoon(bestuursorgaan)
        return zelfde and (not self.besluittypen or besluittype in self.besluittypen)

    def geldt_op(self, dag: date) -> bool:
        return self.begin <= dag and (self.einde is None or dag <= self.einde)

    def is_van(self, functie: str, dag: date) -> bool:
        """Heeft deze functie het mandaat, zelf of als vervanger op die dag?"""
        namen = {_gewoon(self.functie)} | {_gewoon(v.functie) for v in self.vervanging if v.van <= dag <= v.tot}
        return _gewoon(functie) in namen


@dataclass(frozen=True)
class Ondertekening:
    """Wie wat wil tekenen, en wanneer."""

    bestuursorgaan: str
    besluittype: str
    functie: str
    op: date
    bedrag: Decimal | None = None


def lees_register(configuratie: Configuratie) -> list[Mandaat]:
    """Alle mandaten."""
    return [Mandaat.lees(gegevens) for gegevens in configuratie.alle(MANDAAT)]


def functies(register: Iterable[Mandaat], besluittypen: Collection[str], dag: date) -> list[str]:
    """Wie op deze dag een van deze besluittypen mag tekenen, ook als vervanger: om uit te kiezen, want `toets` beslist."""
    gevonden: set[str] = set()
    for mandaat in register:
        if mandaat.geldt_op(dag) and (
            not mandaat.besluittypen or not set(mandaat.besluittypen).isdisjoint(besluittypen)
        ):
            gevonden |= {mandaat.functie, *(v.functie for v in mandaat.vervanging if v.van <= dag <= v.tot)}
    return sorted(gevonden)


def toets(register: Iterable[Mandaat], o: Ondertekening) -> Mandaat | None:
    """Het mandaat waarop deze ondertekening berust; None als het register voor dit besluit niets regelt. `GeenMandaat` als het niet mag."""
    op_sleutel = {mandaat.sleutel: mandaat for mandaat in register}
    ter_zake = [mandaat for mandaat in op_sleutel.values() if mandaat.gaat_over(o.bestuursorgaan, o.besluittype)]
    if not ter_zake:
        return None
    eigen = [mandaat for mandaat in ter_zake if mandaat.is_van(o.functie, o.op)]
    if not eigen:
        raise GeenMandaat("geen-mandaat", f"{o.functie} heeft geen mandaat voor “{o.besluittype}”.")
    bezwaren = [bezwaar for mandaat in eigen if (bezwaar := _bezwaar(mandaat, o, op_sleutel)) is not None]
    if len(bezwaren) == len(eigen):
        raise bezwaren[0]
    return next(mandaat for mandaat in eigen if _bezwaar(mandaat, o, op_sleutel) is None)


def _bezwaar(mandaat: Mandaat, o: Ondertekening, op_sleutel: Mapping[str, Mandaat]) -> GeenMandaat | None:
    """Waarom dit mandaat niet volstaat. Een ondermandaat reikt niet verder dan het mandaat erboven (Awb 10:9)."""
    schakel: Mandaat | None = mandaat
    for _ in range(LANGSTE_KETEN):
        if schakel is None:
            return GeenMandaat("ondermandaat", f"Het mandaat boven {mandaat.functie} bestaat niet (meer).")
        bezwaar = _bezwaar_tegen_schakel(schakel, o)
        if bezwaar is not None or not schakel.ondermandaat_van:
            return bezwaar
        boven = op_sleutel.get(schakel.ondermandaat_van)
        if boven is not None and not boven.ondermandaat_toegestaan:
            return GeenMandaat(
                "ondermandaat", f"Het mandaat van {boven.functie} laat geen ondermandaat toe (Awb 10:9)."
            )
        schakel = boven
    return GeenMandaat("ondermandaat", "De keten van ondermandaten klopt niet.")


def _bezwaar_tegen_schakel(mandaat: Mandaat, o: Ondertekening) -> GeenMandaat | None:
    if not mandaat.geldt_op(o.op):
        return GeenMandaat("niet-geldig", f"Het mandaat van {mandaat.functie} geldt niet op {o.op:%d-%m-%Y}.")
    if o.bedrag is not None and mandaat.tot_bedrag is not None and o.bedrag > mandaat.tot_bedrag:
        return GeenMandaat("bedrag", f"Het mandaat van {mandaat.functie} gaat tot en met € {mandaat.tot_bedrag}.")
    return None


def _dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _gewoon(tekst: str) -> str:
    """Hoofdletters, dubbele spaties en een lidwoord vooraan maken geen verschil."""
    woorden = tekst.lower().split()
    return " ".join(woorden[1:] if woorden[:1] in (["de"], ["het"]) else woorden)
