"""Velden voor tekst, getallen, adressen en nummers in één vak."""

from decimal import Decimal
from typing import Any, ClassVar

from huisstijl import controles, widgets
from huisstijl.filters import getal
from huisstijl.velden.basis import Veld


class TekstVeld(Veld):
    """Eén regel tekst."""

    widget = widgets.Invoer()

    def lees(self, tekst: str) -> str:
        return " ".join(tekst.split())


class TekstvakVeld(Veld):
    """Meer regels tekst."""

    widget = widgets.Tekstvak()


class GetalVeld(Veld):
    """Een getal als Decimal; `decimalen=0` voor hele getallen."""

    widget = widgets.Invoer()
    standaardbreedte = 8

    def __init__(self, label: str | None = None, *, decimalen: int | None = None, **overig: Any) -> None:
        super().__init__(label, **overig)
        self.decimalen = decimalen
        self.invoerhulp = {
            "inputmode": "numeric" if decimalen == 0 else "decimal",
            "autocomplete": "off",
            **self.invoerhulp,
        }

    def lees(self, tekst: str) -> Decimal:
        return controles.lees_getal(tekst, self.decimalen)

    def als_tekst(self, waarde: Any) -> str:
        return getal(waarde).replace("\u00a0", "") if waarde is not None else ""


class BedragVeld(Veld):
    """Een bedrag in euro's als Decimal."""

    widget = widgets.Invoer(voor="€")
    standaardbreedte = 8
    standaardhulp: ClassVar = {"inputmode": "decimal", "autocomplete": "off"}

    def lees(self, tekst: str) -> Decimal:
        return controles.lees_bedrag(tekst)

    def als_tekst(self, waarde: Any) -> str:
        return f"{Decimal(waarde):.2f}".replace(".", ",") if waarde is not None else ""


class EmailVeld(Veld):
    widget = widgets.Invoer("email")
    standaardbreedte = 20
    standaardhulp: ClassVar = {"autocomplete": "email"}

    def lees(self, tekst: str) -> str:
        return controles.lees_email(tekst)


class TelefoonVeld(Veld):
    """Een telefoonnummer in E.164."""

    widget = widgets.Invoer("tel")
    standaardbreedte = 12
    standaardhulp: ClassVar = {"autocomplete": "tel"}

    def lees(self, tekst: str) -> str:
        return controles.lees_telefoon(tekst)


class BsnVeld(Veld):
    """Een burgerservicenummer; de browser bewaart het niet."""

    widget = widgets.Invoer()
    standaardbreedte = 12
    standaardhulp: ClassVar = {"inputmode": "numeric", "autocomplete": "off"}

    def lees(self, tekst: str) -> str:
        return controles.lees_bsn(tekst)


class IbanVeld(Veld):
    widget = widgets.Invoer()
    standaardbreedte = 20
    standaardhulp: ClassVar = {"autocomplete": "off", "spellcheck": "false"}

    def lees(self, tekst: str) -> str:
        return controles.lees_iban(tekst)

    def als_tekst(self, waarde: Any) -> str:
        tekst = str(waarde or "")
        return " ".join(tekst[i : i + 4] for i in range(0, len(tekst), 4))


class PostcodeVeld(Veld):
    widget = widgets.Invoer()
    standaardbreedte = 8
    standaardhulp: ClassVar = {"autocomplete": "postal-code"}

    def lees(self, tekst: str) -> str:
        return controles.lees_postcode(tekst)


class KentekenVeld(Veld):
    widget = widgets.Invoer()
    standaardbreedte = 8
    standaardhulp: ClassVar = {"autocomplete": "off", "spellcheck": "false"}

    def lees(self, tekst: str) -> str:
        return controles.lees_kenteken(tekst)
