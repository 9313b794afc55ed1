"""De vragen en onderdelen van een formulier: het Open Forms-dialect van form.io, met alleen sleutels die wij kennen."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Final, Literal, Union

import nh3
from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from formuliermotor.model import Expressie, Model, Patroon, Regel, Sleutel, Tekst, Voorinvulling, Voorwaarde

_HTML_TAGS: Final = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "a", "h2", "h3", "h4"}
_HTML_ATTRIBUTEN: Final = {"a": {"href"}}


def maak_schoon(html: dict[str, str]) -> dict[str, str]:
    """Alleen eenvoudige opmaak en links; al het andere gaat eruit."""
    schemas = {"https", "http", "mailto", "tel"}
    return {
        taal: nh3.clean(tekst, tags=_HTML_TAGS, attributes=_HTML_ATTRIBUTEN, url_schemes=schemas, link_rel="noopener")
        for taal, tekst in html.items()
    }


Opmaak = Annotated[Tekst, AfterValidator(maak_schoon)]


class Controles(Model):
    """`validate` van form.io, met onze `regels` (FEEL) erbij."""

    required: bool = False
    min_length: int = Field(0, ge=0, le=10_000)
    max_length: int | None = Field(None, ge=1, le=10_000)
    pattern: Patroon = ""
    min: Decimal | None = None
    max: Decimal | None = None
    min_selected_count: int = Field(0, ge=0, le=1000)
    max_selected_count: int | None = Field(None, ge=1, le=1000)
    regels: tuple[Regel, ...] = ()


class Keuze(Model):
    """Een mogelijkheid bij radio, selectboxes of select."""

    value: str = Field(min_length=1, max_length=200)
    label: Tekst
    description: Tekst = Field(default_factory=dict)


class Component(Model):
    """Wat elk onderdeel heeft: een sleutel en de regels voor tonen."""

    key: Sleutel
    hidden: bool = False
    toon_als: Expressie | None = None
    conditional: Voorwaarde = Voorwaarde()

    @property
    def zichtbaar_als(self) -> list[str]:
        """De expressies die allemaal waar moeten zijn om dit te tonen."""
        return [tekst for tekst in (self.toon_als, self.conditional.als_feel()) if tekst]

    def kinderen(self) -> "Iterator[AlleComponenten]":
        """De onderdelen direct hierbinnen."""
        return iter(())


class Vraag(Component):
    """Een onderdeel met een antwoord. `disabled`: wat een bron invulde is te zien maar niet te wijzigen."""

    label: Tekst
    description: Tekst = Field(default_factory=dict)
    tooltip: Tekst = Field(default_factory=dict)
    verplicht_als: Expressie | None = None
    validate_: Controles = Field(default_factory=Controles, alias="validate")
    prefill: Voorinvulling | None = None
    default_value: Any = None
    autocomplete: str = Field("", max_length=60, pattern=r"^[a-z -]*$")
    suffix: Tekst = Field(default_factory=dict)
    disabled: bool = False
    show_in_summary: bool = Field(True, alias="showInSummary")
    is_sensitive_data: bool = False
    errors: dict[Literal["required"], Tekst] = Field(default_factory=dict)

    @property
    def hulptekst(self) -> dict[str, str]:
        return self.description or self.tooltip


class Tekstvraag(Vraag):
    type: Literal["textfield"]


class Tekstvak(Vraag):
    type: Literal["textarea"]


class Email(Vraag):
    type: Literal["email"]


class Telefoon(Vraag):
    type: Literal["phoneNumber"]


class Getal(Vraag):
    type: Literal["number"]
    decimal_limit: int | None = Field(None, ge=0, le=10)


class Bedrag(Vraag):
    type: Literal["currency"]


class Datumgrenzen(Model):
    min_date: date | None = None
    max_date: date | None = None


class Datum(Vraag):
    type: Literal["date"]
    date_picker: Datumgrenzen = Datumgrenzen()


class MetKeuzes(Vraag):
    """De keuzes staan in de vraag, of komen uit de referentielijst `lijst` (die vult wie het formulier aanbiedt in)."""

    lijst: str = Field("", max_length=80, pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")

    @property
    def keuzes(self) -> tuple[Keuze, ...]:
        raise NotImplementedError

    @model_validator(mode="after")
    def _keuzes_of_lijst(self) -> "MetKeuzes":
        if bool(self.keuzes) == bool(self.lijst):
            raise ValueError("geef keuzes, of de naam van een referentielijst")
        return self


class Radio(MetKeuzes):
    type: Literal["radio"]
    values: tuple[Keuze, ...] = Field((), max_length=500)

    @property
    def keuzes(self) -> tuple[Keuze, ...]:
        return self.values


class Vinkjes(MetKeuzes):
    type: Literal["selectboxes"]
    values: tuple[Keuze, ...] = Field((), max_length=500)

    @property
    def keuzes(self) -> tuple[Keuze, ...]:
        return self.values


class Keuzegegevens(Model):
    values: tuple[Keuze, ...] = Field(min_length=1, max_length=500)


class Keuzelijst(MetKeuzes):
    type: Literal["select"]
    data: Keuzegegevens | None = None

    @property
    def keuzes(self) -> tuple[Keuze, ...]:
        return self.data.values if self.data else ()


class Vinkje(Vraag):
    type: Literal["checkbox"]


class Postcode(Vraag):
    type: Literal["postcode"]


class Adres(Vraag):
    type: Literal["addressNL"]
    derive_address: bool = False


class Bsn(Vraag):
    type: Literal["bsn"]


class Iban(Vraag):
    type: Literal["iban"]


class Kenteken(Vraag):
    type: Literal["licenseplate"]


class Bestandsoorten(Model):
    """Extensies zonder punt."""

    extensies: tuple[Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")], ...] = ("pdf", "jpg", "jpeg", "png")


class Bestand(Vraag):
    type: Literal["file"]
    file: Bestandsoorten = Bestandsoorten()
    multiple: bool = True
    max_number_of_files: int = Field(10, ge=1, le=50)
    grootste_mb: int = Field(50, ge=1, le=500)


EIGEN: Final = "eigen"


class EigenVraag(Vraag):
    """Een vraag van een soort die een plugin levert. In het document is `type` de sleutel van het veldtype; `opties` zijn voor dat veldtype."""

    type: Literal["eigen"]
    veldtype: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    opties: dict[str, Any] = Field(default_factory=dict)

    _soort: Any = PrivateAttr(default=None)

    def verbind(self, soort: Any) -> None:
        """Het veldtype dat deze vraag leest en toont."""
        self._soort = soort

    @property
    def soort(self) -> Any:
        """Het veldtype; het lezen van de definitie heeft het verbonden."""
        if self._soort is None:
            raise LookupError(f"veldtype {self.veldtype} is er niet")
        return self._soort


class Inhoud(Component):
    """Een stuk uitleg met eenvoudige opmaak."""

    type: Literal["content"]
    html: Opmaak
    show_in_summary: bool = False


class Groep(Component):
    """Vragen onder één kop."""

    type: Literal["fieldset"]
    label: Tekst
    description: Tekst = Field(default_factory=dict)
    components: "tuple[AlleComponenten, ...]" = ()

    def kinderen(self) -> "Iterator[AlleComponenten]":
        return iter(self.components)


class Kolom(Model):
    size: int = Field(6, ge=1, le=12)
    components: "tuple[AlleComponenten, ...]" = ()


class Kolommen(Component):
    """Vragen naast elkaar; onder elkaar als het scherm smal is."""

    type: Literal["columns"]
    columns: tuple[Kolom, ...] = Field(min_length=1, max_length=4)

    def kinderen(self) -> "Iterator[AlleComponenten]":
        return (kind for kolom in self.columns for kind in kolom.components)


class Herhaling(Vraag):
    """Een groep vragen die iemand vaker kan invullen; het antwoord is een lijst van rijen."""

    type: Literal["editgrid"]
    group_label: Tekst = Field(default_factory=dict)
    add_another: Tekst = Field(default_factory=dict)
    max_rijen: int = Field(20, ge=1, le=100)
    components: "tuple[AlleComponenten, ...]" = Field(min_length=1)

    geen_binnenin: ClassVar = frozenset({"editgrid"})

    @model_validator(mode="after")
    def _niet_genest(self) -> "Herhaling":
        if any(kind.type == "editgrid" for ouder in self.components for kind in alle(ouder)):
            raise ValueError("een herhaling kan niet in een andere herhaling staan")
        return self

    def kinderen(self) -> "Iterator[AlleComponenten]":
        return iter(self.components)


AlleComponenten = Annotated[
    Union[  # noqa: UP007  # pydantic wil hier de lange vorm: de namen verwijzen vooruit
        Tekstvraag, Tekstvak, Email, Telefoon, Getal, Bedrag, Datum, Radio, Vinkjes, Keuzelijst, Vinkje, Postcode, Adres,
        Bsn, Iban, Kenteken, Bestand, EigenVraag, Inhoud, Groep, Kolommen, Herhaling,
    ],
    Field(discriminator="type"),
]  # fmt: skip

SOORTEN: Final = frozenset({
    "textfield", "textarea", "email", "phoneNumber", "number", "currency", "date", "radio", "selectboxes", "select",
    "checkbox", "postcode", "addressNL", "bsn", "iban", "licenseplate", "file", "eigen", "content", "fieldset", "columns", "editgrid",
})  # fmt: skip


def alle(component: Component) -> "Iterator[AlleComponenten]":
    """Dit onderdeel en alles eronder."""
    yield component  # type: ignore[misc]  # elk onderdeel is een van AlleComponenten
    for kind in component.kinderen():
        yield from alle(kind)


def vragen_van(componenten: "tuple[AlleComponenten, ...]") -> Iterator[Vraag]:
    """De vragen, door groepen en kolommen heen; niet die binnen een herhaling."""
    for component in componenten:
        if isinstance(component, Vraag):
            yield component
        else:
            yield from vragen_van(tuple(component.kinderen()))
