"""
WTForms-velden voor overheidsformulieren: lezen wat mensen typen, tonen wat ze bedoelden, en fouten waar iemand iets mee kan.

Gebruik in een formulier:

    class Adresformulier(Form):
        naam = TekstVeld("Uw naam", autocomplete="name")
        geboren = DatumVeld("Geboortedatum", hulptekst="Bijvoorbeeld 31 12 1980")
        soort = KeuzeVeld("Soort woning", opties=[Optie("koop", "Koopwoning"), Optie("huur", "Huurwoning")])

en in het sjabloon `{{ c.formulierveld(formulier.naam) }}`. Elk veld is verplicht, tenzij `verplicht=False`.
`data` is de gelezen waarde (str, Decimal, date, bool, list) of None/leeg.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from huisstijl import controles, widgets
from huisstijl.controles import NietVerplicht, Verplicht, schoon
from huisstijl.filters import getal
from huisstijl.taal import lui, vertaal


@dataclass(frozen=True)
class Optie:
    """Een keuze: de waarde die bewaard wordt, de tekst die men ziet, en eventueel uitleg eronder."""

    waarde: str
    label: str
    hulptekst: str = ""


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


class BestandVeld(Veld):
    """Een of meer bestanden; `data` is een lijst `FileStorage`. `aanwezig` is wat er al staat (met `id`, `naam`, `grootte`).

    `hoogstens` telt de bestanden die er al staan mee.
    """

    widget = widgets.Bestandskeuze()

    def __init__(
        self, label: str | None = None, *, extensies: Sequence[str] = ("pdf", "jpg", "jpeg", "png"), meer: bool = True,
        grootste_mb: int = 50, hoogstens: int = 50, controles: Sequence[Callable[..., None]] = (), **overig: Any,
    ) -> None:  # fmt: skip
        regels = _bestandsregels(extensies, grootste_mb)
        super().__init__(label, controles=(regels, *controles), **overig)
        self.extensies = tuple(extensies)
        self.grootste_mb = grootste_mb
        self.meer = meer
        self.hoogstens = hoogstens if meer else 1
        self.aanwezig: Sequence[Mapping[str, Any]] = ()

    @property
    def accept(self) -> str:
        return ",".join(f".{extensie}" for extensie in self.extensies)

    @property
    def regeltekst(self) -> str:
        """Wat er mag, voor onder de vraag."""
        soorten = ", ".join(self.extensies)
        return vertaal("Soorten: %(soorten)s. Hoogstens %(mb)s MB per bestand.", soorten=soorten, mb=self.grootste_mb)

    def process_data(self, value: Any) -> None:
        self.data = []
        if value:
            self.aanwezig = list(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [b for b in valuelist if isinstance(b, FileStorage) and b.filename]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # vorm van WTForms
        al = len(self.aanwezig) if self.meer else 0  # één bestand vervangt het vorige
        if len(self.data) + al > self.hoogstens:
            raise StopValidation(vertaal("Kies er hoogstens %(aantal)s.", aantal=self.hoogstens))

    def is_leeg(self) -> bool:
        return not self.data and not self.aanwezig

    def leegmelding(self) -> str:
        return vertaal("Voeg een bestand toe bij “%(vraag)s”.", vraag=str(self.label.text))


def _bestandsregels(extensies: Sequence[str], grootste_mb: int) -> controles.Bestandsregels:
    return controles.Bestandsregels(extensies=extensies, grootste_mb=grootste_mb)


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
