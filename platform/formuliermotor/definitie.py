"""
De formulierdefinitie: één JSON-document per formulier, streng gelezen.

Bekende sleutels van form.io die voor ons niets betekenen worden weggelaten; sleutels waarin form.io JavaScript laat draaien
worden geweigerd; al het andere onbekende is een fout. `lees_definitie` noemt alle fouten tegelijk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

import feel
from formuliermotor.componenten import (
    SOORTEN,
    AlleComponenten,
    Component,
    EigenVraag,
    Herhaling,
    Vraag,
    alle,
    vragen_van,
)
from formuliermotor.dialect import zonder_open_forms
from formuliermotor.eigen import GEEN, Soort, met_eigen_soorten, verbind
from formuliermotor.model import STAPNAAM, Expressie, Model, Sleutel, Tekst

MAX_DIEPTE: Final = 24
MAX_ONDERDELEN: Final = 20_000
GEWEIGERD: Final = frozenset({
    "calculateValue", "calculateServer", "customConditional", "customDefaultValue", "custom", "customPrivate", "logic",
    "valueProperty", "refreshOn", "allowCalculateOverride", "onlyAvailableItems", "template", "indexeddb", "json",
})  # fmt: skip
ZONDER_BETEKENIS: Final = frozenset({
    "id", "input", "tableView", "persistent", "protected", "unique", "clearOnHide", "customClass", "labelPosition",
    "placeholder", "hideLabel", "tabindex", "spellcheck", "mask", "inputMask", "dataGridLabel", "registration", "rows",
    "inputType", "prefix", "hideHeader", "open", "inline", "translations", "validateOn", "delimiter", "currency",
    "requireDecimal", "truncateMultipleSpaces", "autofocus", "disableAddingRemovingRows", "translatedErrors", "sourceType",
    "attrs", "overlay", "properties", "widget", "modalEdit", "encrypted", "dbIndex", "showCharCount", "showWordCount",
})  # fmt: skip
GERESERVEERD: Final = frozenset({
    "actie", "taal", "csrf_token", "if", "then", "else", "for", "return", "some", "every", "satisfies", "in", "and", "or",
    "not", "between", "instance", "of", "true", "false", "null", "function", "list", "external",
})  # fmt: skip
CONTEXT: Final = frozenset({"aanmelding", "voorinvulling", "product", "zaak", "taak", "formulier"})


@dataclass(frozen=True)
class Definitiefoutregel:
    """Eén fout: `waar` is het pad in het document (`stappen.0.componenten.2.label`), `wat` de uitleg."""

    waar: str
    wat: str

    def __str__(self) -> str:
        return f"{self.waar}: {self.wat}" if self.waar else self.wat


class DefinitieFout(ValueError):
    """De definitie klopt niet; `fouten` noemt alles wat er mis is."""

    def __init__(self, fouten: list[Definitiefoutregel]) -> None:
        super().__init__("\n".join(str(fout) for fout in fouten))
        self.fouten = fouten


class Logica(Model):
    """Wat er gebeurt als `als` waar is. `doel` is de sleutel van een onderdeel, of bij sla_stap_over de naam van een stap."""

    class Actie(Model):
        actie: Literal["toon", "verberg", "verplicht", "niet_verplicht", "sla_stap_over", "zet"]
        doel: str = Field(max_length=64)
        waarde: Expressie | None = None

    als: Expressie
    acties: tuple[Actie, ...] = Field(min_length=1, max_length=100)
    omschrijving: str = Field("", max_length=500)


class Stap(Model):
    """Eén pagina van het formulier. Met `toon_als` alleen voor wie zij geldt."""

    naam: str = Field(pattern=STAPNAAM)
    titel: Tekst
    omschrijving: Tekst = Field(default_factory=dict)
    toon_als: Expressie | None = None
    componenten: tuple[AlleComponenten, ...] = Field(min_length=1, max_length=500)

    def vragen(self) -> Iterator[Vraag]:
        """De vragen van deze stap, door groepen heen; die in een herhaling horen bij de herhaling."""
        return vragen_van(self.componenten)

    def alles(self) -> Iterator[Component]:
        """Elk onderdeel, ook binnen herhalingen."""
        return (deel for component in self.componenten for deel in alle(component))


class Formulierdefinitie(Model):
    """Een gelezen formulier. `teksten` en `gegevens` zijn voor wie het formulier aanbiedt; de motor gebruikt ze niet."""

    slug: str = Field(pattern=STAPNAAM)
    naam: Tekst
    omschrijving: Tekst = Field(default_factory=dict)
    inlogmiddelen: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,30}$")], ...] = ()
    zekerheidsniveau: Literal["basis", "midden", "substantieel", "hoog"] | None = None
    stappen: tuple[Stap, ...] = Field(min_length=1, max_length=50)
    logica: tuple[Logica, ...] = Field((), max_length=500)
    teksten: dict[Sleutel, Tekst] = Field(default_factory=dict)
    gegevens: dict[str, Any] = Field(default_factory=dict)

    @cached_property
    def onderdelen(self) -> dict[str, Component]:
        """Alle onderdelen op sleutel."""
        return {deel.key: deel for stap in self.stappen for deel in stap.alles()}

    def stap(self, naam: str) -> Stap:
        """De stap met deze naam; `KeyError` als die er niet is."""
        for stap in self.stappen:
            if stap.naam == naam:
                return stap
        raise KeyError(naam)

    def voorinvullingen(self) -> dict[str, tuple[str, str]]:
        """Sleutel -> (bron, attribuut) van elke vraag met een voorinvulling."""
        vragen = (deel for deel in self.onderdelen.values() if isinstance(deel, Vraag))
        return {v.key: (v.prefill.plugin, v.prefill.attribute) for v in vragen if v.prefill and v.prefill.plugin}


def lees_definitie(data: Any, veldtypen: Mapping[str, Soort] = GEEN) -> Formulierdefinitie:
    """Leest een definitie uit JSON-gegevens. `DefinitieFout` noemt alle fouten, elk met de plaats.

    `veldtypen` zijn de soorten vragen van plugins, op sleutel.
    """
    fouten: list[Definitiefoutregel] = []
    gezuiverd = met_eigen_soorten(_zuiver(data, fouten), veldtypen)
    try:
        definitie = Formulierdefinitie.model_validate(gezuiverd)
    except ValidationError as fout:
        raise DefinitieFout(fouten + _leesfouten(fout)) from fout
    except RecursionError as fout:
        raise DefinitieFout([Definitiefoutregel("", "het document is te diep genest")]) from fout
    fouten += _samenhang(definitie)
    eigen = [deel for deel in definitie.onderdelen.values() if isinstance(deel, EigenVraag)]
    fouten += [Definitiefoutregel(vraag.key, wat) for vraag in eigen for wat in verbind(vraag, veldtypen)]
    if fouten:
        raise DefinitieFout(fouten)
    return definitie


def _zuiver(data: Any, fouten: list[Definitiefoutregel]) -> Any:
    """Een kopie zonder betekenisloze en geweigerde sleutels; te grote documenten worden meteen geweigerd."""
    teller = [0]

    def loop(waarde: Any, pad: tuple[str, ...]) -> Any:
        teller[0] += 1
        if len(pad) > MAX_DIEPTE or teller[0] > MAX_ONDERDELEN:
            raise DefinitieFout(
                [Definitiefoutregel(".".join(pad[:MAX_DIEPTE]), "het document is te groot of te diep genest")]
            )
        if isinstance(waarde, Mapping):
            vrij = pad[:1] in (("gegevens",), ("teksten",))
            inhoud = waarde if vrij else zonder_open_forms(waarde)
            return {
                str(n): loop(w, (*pad, str(n)))
                for n, w in inhoud.items()
                if vrij or _blijft(inhoud, str(n), w, pad, fouten)
            }
        if isinstance(waarde, list | tuple):
            return [loop(deel, (*pad, str(nummer))) for nummer, deel in enumerate(waarde)]
        return waarde

    return loop(data, ())


def _blijft(
    ouder: Mapping[Any, Any], naam: str, waarde: Any, pad: tuple[str, ...], fouten: list[Definitiefoutregel]
) -> bool:
    if naam in GEWEIGERD:
        if waarde not in (None, "", [], {}, False):
            fouten.append(Definitiefoutregel(".".join((*pad, naam)), "laat JavaScript draaien; gebruik een FEEL-regel"))
        return False
    return not (naam in ZONDER_BETEKENIS and "type" in ouder and "key" in ouder)


_MELDINGEN: Final[Mapping[str, str]] = {
    "missing": "ontbreekt",
    "extra_forbidden": "onbekende sleutel",
    "string_type": "moet tekst zijn",
    "string_pattern_mismatch": "heeft niet de goede vorm",
    "string_too_long": "is te lang",
    "string_too_short": "is leeg",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet true of false zijn",
    "int_type": "moet een heel getal zijn",
    "int_parsing": "moet een heel getal zijn",
    "too_short": "heeft te weinig onderdelen",
    "too_long": "heeft te veel onderdelen",
    "union_tag_invalid": "onbekende soort onderdeel",
    "union_tag_not_found": "mist de sleutel type",
    "model_type": "moet een object zijn",
    "dict_type": "moet een object zijn",
    "tuple_type": "moet een lijst zijn",
    "literal_error": "is geen toegestane waarde",
}


def _leesfouten(fout: ValidationError) -> list[Definitiefoutregel]:
    """Zonder de lijsten die alleen te kort lijken omdat er een fout onderdeel in staat."""
    regels = [(f["type"], _regel(f)) for f in fout.errors(include_url=False, include_context=False)]
    plaatsen = [regel.waar for _, regel in regels]
    return [r for soort, r in regels if soort != "too_short" or not any(p.startswith(r.waar + ".") for p in plaatsen)]


def _regel(fout: Any) -> Definitiefoutregel:
    soort, melding = str(fout["type"]), str(fout["msg"])
    wat = melding.removeprefix("Value error, ") if soort == "value_error" else _MELDINGEN.get(soort, melding)
    return Definitiefoutregel(".".join(str(deel) for deel in fout["loc"] if deel not in SOORTEN), wat)


def _samenhang(definitie: Formulierdefinitie) -> list[Definitiefoutregel]:
    """Wat pas te zien is als alles gelezen is: dubbele sleutels en verwijzingen die nergens heen gaan."""
    return [*_dubbel(definitie), *_verwijzingen(definitie), *_doelen(definitie), *_gereserveerd(definitie)]


def _dubbel(definitie: Formulierdefinitie) -> Iterator[Definitiefoutregel]:
    gezien: set[str] = set()
    sleutels = [(stap.naam, deel.key) for stap in definitie.stappen for deel in stap.alles()]
    for waar, naam in [*sleutels, *((f"stappen.{s.naam}", f"stap {s.naam}") for s in definitie.stappen)]:
        if naam in gezien:
            yield Definitiefoutregel(waar, f"“{naam}” komt meer dan een keer voor")
        gezien.add(naam)


def _gereserveerd(definitie: Formulierdefinitie) -> Iterator[Definitiefoutregel]:
    for sleutel in definitie.onderdelen.keys() & (GERESERVEERD | CONTEXT):
        yield Definitiefoutregel(sleutel, "deze sleutel heeft al een betekenis; kies een andere")


def expressies(definitie: Formulierdefinitie) -> Iterator[tuple[str, str]]:
    """Alle expressies met hun plaats."""
    for stap in definitie.stappen:
        if stap.toon_als:
            yield f"{stap.naam}.toonAls", stap.toon_als
        for deel in stap.alles():
            yield from ((f"{stap.naam}.{deel.key}", tekst) for tekst in _expressies_van(deel))
    for nummer, logica in enumerate(definitie.logica):
        yield f"logica.{nummer}.als", logica.als
        yield from ((f"logica.{nummer}.waarde", actie.waarde) for actie in logica.acties if actie.waarde)


def _expressies_van(deel: Component) -> Iterator[str]:
    yield from deel.zichtbaar_als
    if isinstance(deel, Vraag):
        yield from (regel.regel for regel in deel.validate_.regels)
        if deel.verplicht_als:
            yield deel.verplicht_als


def _verwijzingen(definitie: Formulierdefinitie) -> Iterator[Definitiefoutregel]:
    bekend = definitie.onderdelen.keys() | CONTEXT
    for waar, tekst in expressies(definitie):
        try:
            onbekend = feel.compileer(tekst).namen_gebruikt - bekend
        except (feel.FeelFout, feel.FeelGrens) as fout:
            yield Definitiefoutregel(waar, f"geen geldige FEEL-expressie: {fout}")
            continue
        for naam in sorted(onbekend):
            yield Definitiefoutregel(waar, f"kent geen vraag “{naam}”")


def _doelen(definitie: Formulierdefinitie) -> Iterator[Definitiefoutregel]:
    stappen = {stap.naam for stap in definitie.stappen}
    binnen = {
        kind.key for deel in definitie.onderdelen.values() if isinstance(deel, Herhaling) for kind in alle(deel)
    } - {deel.key for deel in definitie.onderdelen.values() if isinstance(deel, Herhaling)}
    for nummer, logica in enumerate(definitie.logica):
        for actie in logica.acties:
            bekend = stappen if actie.actie == "sla_stap_over" else definitie.onderdelen.keys() - binnen
            if actie.doel not in bekend:
                yield Definitiefoutregel(
                    f"logica.{nummer}", f"het doel “{actie.doel}” bestaat niet of staat in een herhaling"
                )
            if (actie.actie == "zet") != (actie.waarde is not None):
                yield Definitiefoutregel(f"logica.{nummer}", "een waarde hoort bij de actie zet, en alleen daarbij")
