"""Van vraag naar WTForms-veld: één functie per soort, met de controles die de definitie vraagt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError

from formuliermotor.componenten import (
    Adres,
    Bedrag,
    Bestand,
    Bsn,
    Datum,
    EigenVraag,
    Email,
    Getal,
    Iban,
    Kenteken,
    Keuze,
    Keuzelijst,
    MetKeuzes,
    Postcode,
    Radio,
    Tekstvak,
    Telefoon,
    Vinkje,
    Vinkjes,
    Vraag,
)
from formuliermotor.eigen import Leesbaar
from formuliermotor.model import past_op
from formuliermotor.teksten import vertaal
from formuliermotor.waarden import CIJFERS
from huisstijl import velden
from huisstijl.controles import Aantal, Bereik, Datumbereik, Lengte
from huisstijl.taal import kies

Controle = Callable[..., None]
HOOGSTE_TEKENS: Final = 10_000
KORTE_TEKST: Final = 1_000


class Patroonregel:
    """De hele tekst moet aan het patroon van de definitie voldoen."""

    def __init__(self, patroon: str) -> None:
        self.patroon = patroon

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if past_op(self.patroon, str(veld.data)) is not True:
            raise ValidationError(
                vertaal("Dit heeft niet de goede vorm. Kijk bij de uitleg van de vraag hoe het moet.")
            )


class Precisie:
    """Een getal dat zonder verlies in JSON past."""

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if veld.data is not None and len(veld.data.normalize().as_tuple().digits) > CIJFERS:
            raise StopValidation(vertaal("Dit getal is te lang. Gebruik hoogstens %(aantal)s cijfers.", aantal=CIJFERS))


@dataclass(frozen=True)
class Bouwvraag:
    """Wat een veld moet weten buiten de vraag zelf."""

    vraag: Any
    verplicht: bool
    gedeeld: dict[str, Any]

    @property
    def lengte(self) -> Lengte:
        regels = self.vraag.validate_
        hoogste = KORTE_TEKST if not isinstance(self.vraag, Tekstvak) else HOOGSTE_TEKENS
        return Lengte(regels.min_length, min(regels.max_length or hoogste, hoogste))

    @property
    def patroon(self) -> Sequence[Controle]:
        return (Patroonregel(self.vraag.validate_.pattern),) if self.vraag.validate_.pattern else ()


def maak_veld(vraag: Vraag, *, verplicht: bool) -> Any:
    """Het (nog niet gebonden) veld bij een vraag, met teksten in de huidige taal."""
    gedeeld: dict[str, Any] = {
        "label": kies(vraag.label),
        "hulptekst": kies(vraag.hulptekst),
        "verplicht": verplicht,
        "leeg": kies(vraag.errors.get("required")),
        "eenheid": kies(vraag.suffix),
        "autocomplete": vraag.autocomplete,
    }
    bouw = Bouwvraag(vraag, verplicht, gedeeld)
    maker = next((maak for soort, maak in _MAKERS if isinstance(vraag, soort)), _tekst)
    return maker(bouw)


def _tekst(b: Bouwvraag) -> Any:
    return velden.TekstVeld(controles=[b.lengte, *b.patroon], **b.gedeeld)


def _tekstvak(b: Bouwvraag) -> Any:
    return velden.TekstvakVeld(controles=[b.lengte, *b.patroon], **b.gedeeld)


def _met_patroon(klasse: type[velden.Veld]) -> Callable[[Bouwvraag], Any]:
    def maak(b: Bouwvraag) -> Any:
        if not b.gedeeld["autocomplete"]:  # de vraag kan over een ander gaan: alleen invullen als de definitie het zegt
            b.gedeeld["autocomplete"] = "off"
        return klasse(controles=[*b.patroon], **b.gedeeld)

    return maak


def _getal(b: Bouwvraag) -> Any:
    regels = b.vraag.validate_
    bereik = Bereik(regels.min, regels.max)
    return velden.GetalVeld(decimalen=b.vraag.decimal_limit, controles=[Precisie(), bereik], **b.gedeeld)


def _bedrag(b: Bouwvraag) -> Any:
    regels = b.vraag.validate_
    return velden.BedragVeld(controles=[Precisie(), Bereik(regels.min, regels.max)], **b.gedeeld)


def _datum(b: Bouwvraag) -> Any:
    grenzen = b.vraag.date_picker
    eigen = b.gedeeld.pop("autocomplete") == "bday"
    return velden.DatumVeld(van_mijzelf=eigen, controles=[Datumbereik(grenzen.min_date, grenzen.max_date)], **b.gedeeld)


def _opties(vraag: MetKeuzes) -> list[velden.Optie]:
    return [velden.Optie(keuze.value, kies(keuze.label), _bij(keuze)) for keuze in vraag.keuzes]


def _bij(keuze: Keuze) -> str:
    return kies(keuze.description)


def _radio(b: Bouwvraag) -> Any:
    kort = len(b.vraag.keuzes) == 2 and all(len(kies(k.label)) < 12 and not k.description for k in b.vraag.keuzes)  # noqa: PLR2004  # ja en nee passen naast elkaar
    return velden.KeuzeVeld(opties=_opties(b.vraag), naast_elkaar=kort, **b.gedeeld)


def _keuzelijst(b: Bouwvraag) -> Any:
    return velden.SelectVeld(opties=_opties(b.vraag), **b.gedeeld)


def _vinkjes(b: Bouwvraag) -> Any:
    regels = b.vraag.validate_
    aantal = Aantal(regels.min_selected_count, regels.max_selected_count or len(b.vraag.keuzes))
    return velden.MeerkeuzeVeld(opties=_opties(b.vraag), controles=[aantal], **b.gedeeld)


def _vinkje(b: Bouwvraag) -> Any:
    return velden.VinkjeVeld(**b.gedeeld)


def _adres(b: Bouwvraag) -> Any:
    eigen = bool(b.gedeeld.pop("autocomplete"))
    return velden.AdresVeld(volledig=b.vraag.derive_address, van_mijzelf=eigen, **b.gedeeld)


def _bestand(b: Bouwvraag) -> Any:
    return velden.BestandVeld(
        extensies=b.vraag.file.extensies, grootste_mb=b.vraag.grootste_mb, meer=b.vraag.multiple,
        hoogstens=b.vraag.max_number_of_files, **b.gedeeld,
    )  # fmt: skip


def _eigen(b: Bouwvraag) -> Any:
    return b.vraag.soort.veld(b.vraag.opties, controles=[Leesbaar(b.vraag)], **b.gedeeld)


_MAKERS: Final[Sequence[tuple[type[Vraag], Callable[[Bouwvraag], Any]]]] = (
    (Tekstvak, _tekstvak),
    (Email, _met_patroon(velden.EmailVeld)),
    (Telefoon, _met_patroon(velden.TelefoonVeld)),
    (Getal, _getal),
    (Bedrag, _bedrag),
    (Datum, _datum),
    (Radio, _radio),
    (Keuzelijst, _keuzelijst),
    (Vinkjes, _vinkjes),
    (Vinkje, _vinkje),
    (Postcode, _met_patroon(velden.PostcodeVeld)),
    (Adres, _adres),
    (Bsn, _met_patroon(velden.BsnVeld)),
    (Iban, _met_patroon(velden.IbanVeld)),
    (Kenteken, _met_patroon(velden.KentekenVeld)),
    (Bestand, _bestand),
    (EigenVraag, _eigen),
)
