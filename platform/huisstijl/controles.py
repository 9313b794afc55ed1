"""
Controles op ingevulde waarden. Elke fout zegt wat er niet klopt en hoe het goed komt, in gewone taal.

De functies `lees_…` zetten tekst om naar een waarde en geven `ValueError` met de fouttekst; de klassen zijn WTForms-validators.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

import phonenumbers
from stdnum import iban as iban_lib
from stdnum.nl import bsn as bsn_lib
from wtforms import Field, Form
from wtforms.validators import StopValidation, ValidationError

from huisstijl.filters import datum, getal
from huisstijl.taal import vertaal

MEESTE_TEKENS: Final = 10_000
_GETAL: Final = re.compile(r"[+-]?\d{1,18}([.,]\d{1,12})?")
_GETAL_PUNTEN: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3}){1,5}(,\d{1,12})?")
_EMAIL: Final = re.compile(
    r"[^\s@<>()\[\],;:\\\"]{1,64}@(?:[^\s@.<>()\[\],;:\\\"]{1,63}\.)+[^\s@.\d<>()\[\],;:\\\"]{2,63}"
)
_POSTCODE: Final = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})")
_KENTEKEN: Final = re.compile(r"[A-Z0-9]{6}")
_GEEN_POSTCODE: Final = frozenset({"SA", "SD", "SS"})
_KENTEKENDELEN: Final = re.compile(r"[A-Z]+|\d+")


def schoon(tekst: str) -> str:
    """Zonder stuurtekens en losse surrogaten (die bewaart geen database), in de samengestelde Unicode-vorm."""
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n")
    toegestaan = (t for t in tekst if t in "\n\t" or unicodedata.category(t) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(toegestaan)).strip()


def lees_getal(tekst: str, decimalen: int | None = None) -> Decimal:
    """`1.234,5`, `1234.5` en `1234,5` zijn hetzelfde getal. `decimalen` is het grootste aantal cijfers achter de komma."""
    kaal = tekst.replace(" ", "").replace("\u00a0", "")
    if _GETAL_PUNTEN.fullmatch(kaal):
        kaal = kaal.replace(".", "")
    elif not _GETAL.fullmatch(kaal):
        raise ValueError(vertaal("Vul een getal in met alleen cijfers, bijvoorbeeld 12 of 12,5."))
    waarde = Decimal(kaal.replace(",", "."))
    if decimalen is not None and -int(waarde.as_tuple().exponent) > decimalen:
        raise ValueError(_teveel_decimalen(decimalen))
    return waarde


def _teveel_decimalen(decimalen: int) -> str:
    if decimalen == 0:
        return vertaal("Vul een heel getal in, zonder komma. Bijvoorbeeld 12.")
    return vertaal("Vul niet meer dan %(aantal)s cijfers achter de komma in.", aantal=decimalen)


def lees_bedrag(tekst: str) -> Decimal:
    """Een bedrag in euro's met hoogstens twee cijfers achter de komma."""
    try:
        return lees_getal(tekst.replace("€", ""), 2)
    except ValueError as fout:
        raise ValueError(vertaal("Vul een bedrag in, bijvoorbeeld 12,50.")) from fout


def lees_datum(dag: str, maand: str, jaar: str) -> date:
    """Een datum uit drie vakken. Een jaar heeft vier cijfers, zodat 26 nooit het jaar 26 wordt."""
    delen = [dag.strip(), maand.strip(), jaar.strip()]
    if not all(re.fullmatch(r"[0-9]{1,4}", deel) for deel in delen) or len(delen[2]) != len("2026"):
        raise ValueError(vertaal("Vul de dag, de maand en het jaar in cijfers in, bijvoorbeeld 31 12 2026."))
    try:
        return date(int(delen[2]), int(delen[1]), int(delen[0]))
    except ValueError as fout:
        raise ValueError(vertaal("Deze datum bestaat niet. Controleer de dag, de maand en het jaar.")) from fout


def lees_email(tekst: str) -> str:
    if len(tekst) > 254 or not _EMAIL.fullmatch(tekst):  # noqa: PLR2004  # RFC 5321
        raise ValueError(vertaal("Vul een e-mailadres in met een @ en een punt, bijvoorbeeld naam@voorbeeld.nl."))
    return tekst


def lees_telefoon(tekst: str) -> str:
    """Een telefoonnummer, terug als E.164 (`+31612345678`). Zonder landnummer is het Nederlands."""
    try:
        nummer = phonenumbers.parse(tekst, "NL")
    except phonenumbers.NumberParseException:
        nummer = None
    if nummer is None or not phonenumbers.is_possible_number(nummer):
        raise ValueError(vertaal("Vul een telefoonnummer in, bijvoorbeeld 0612345678 of +32 470 12 34 56."))
    return str(phonenumbers.format_number(nummer, phonenumbers.PhoneNumberFormat.E164))


def lees_bsn(tekst: str) -> str:
    """Negen cijfers die aan de elfproef voldoen. De fout herhaalt het nummer niet."""
    kaal = re.sub(r"[ .]", "", tekst)
    if not re.fullmatch(r"[0-9]{9}", kaal) or not bsn_lib.is_valid(kaal):
        raise ValueError(
            vertaal("Dit is geen geldig burgerservicenummer. Vul de 9 cijfers in die op uw paspoort of ID-kaart staan.")
        )
    return kaal


def lees_iban(tekst: str) -> str:
    kaal = re.sub(r"\s", "", tekst).upper()
    if not kaal.isascii() or not iban_lib.is_valid(kaal):
        raise ValueError(
            vertaal(
                "Dit rekeningnummer klopt niet. Vul het IBAN in dat op uw bankpas staat, bijvoorbeeld NL91 ABNA 0417 1643 00."
            )
        )
    return kaal


def lees_postcode(tekst: str) -> str:
    """`1234ab` -> `1234AB`."""
    treffer = _POSTCODE.fullmatch(tekst.strip().upper())
    if not treffer or treffer[2] in _GEEN_POSTCODE:
        raise ValueError(vertaal("Vul een postcode in met 4 cijfers en 2 letters, bijvoorbeeld 1234 AB."))
    return treffer[1] + treffer[2]


def lees_kenteken(tekst: str) -> str:
    """Een Nederlands kenteken, terug met streepjes tussen de groepen (`AB-123-C`)."""
    kaal = re.sub(r"[-\s]", "", tekst).upper()
    if not _KENTEKEN.fullmatch(kaal) or kaal.isdigit() or kaal.isalpha():
        raise ValueError(vertaal("Vul een Nederlands kenteken in, bijvoorbeeld AB-123-C."))
    return "-".join(_groepen(kaal))


def _groepen(kaal: str) -> list[str]:
    """Letters en cijfers om en om; vier van dezelfde soort achter elkaar zijn twee groepen van twee."""
    uit: list[str] = []
    for deel in _KENTEKENDELEN.findall(kaal):
        uit += [deel[:2], deel[2:]] if len(deel) == 4 else [deel]  # noqa: PLR2004  # zie docstring
    return uit


class Verplicht:
    """Er moet iets ingevuld zijn. Een fout bij het lezen gaat voor: dan is er wel iets ingevuld."""

    field_flags: Final = {"required": True}

    def __init__(self, melding: str = "") -> None:
        self.melding = melding

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if veld.errors:
            raise StopValidation
        if veld.is_leeg():  # type: ignore[attr-defined]  # onze velden hebben dit (velden.Veld)
            raise StopValidation(str(self.melding) or veld.leegmelding())  # type: ignore[attr-defined]  # idem


class NietVerplicht:
    """Leeg mag; dan draaien de andere controles niet."""

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if veld.errors or veld.is_leeg():  # type: ignore[attr-defined]  # onze velden hebben dit (velden.Veld)
            raise StopValidation


class Lengte:
    """Aantal tekens (of bij een lijst: aantal gekozen waarden)."""

    def __init__(self, minimaal: int = 0, maximaal: int = MEESTE_TEKENS) -> None:
        self.minimaal = minimaal
        self.maximaal = maximaal

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        aantal = len(veld.data or "")
        if aantal < self.minimaal:
            raise ValidationError(
                vertaal("Vul minstens %(aantal)s tekens in. U hebt er nu %(nu)s.", aantal=self.minimaal, nu=aantal)
            )
        if aantal > self.maximaal:
            raise ValidationError(
                vertaal("Gebruik hoogstens %(aantal)s tekens. U hebt er nu %(nu)s.", aantal=self.maximaal, nu=aantal)
            )


class Aantal:
    """Hoeveel keuzes of bestanden er mogen zijn."""

    def __init__(self, minimaal: int = 0, maximaal: int = 1000) -> None:
        self.minimaal = minimaal
        self.maximaal = maximaal

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        aantal = len(veld.data or ())
        if aantal < self.minimaal:
            raise ValidationError(vertaal("Kies er minstens %(aantal)s.", aantal=self.minimaal))
        if aantal > self.maximaal:
            raise ValidationError(vertaal("Kies er hoogstens %(aantal)s.", aantal=self.maximaal))


class Bereik:
    """Een getal tussen grenzen, de grenzen zelf meegeteld."""

    def __init__(self, minimaal: Decimal | None = None, maximaal: Decimal | None = None) -> None:
        self.minimaal = minimaal
        self.maximaal = maximaal

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if veld.data is None:
            return
        if self.minimaal is not None and veld.data < self.minimaal:
            raise ValidationError(vertaal("Vul %(grens)s of meer in.", grens=getal(self.minimaal)))
        if self.maximaal is not None and veld.data > self.maximaal:
            raise ValidationError(vertaal("Vul %(grens)s of minder in.", grens=getal(self.maximaal)))


class Datumbereik:
    """Een datum tussen grenzen, de grenzen zelf meegeteld."""

    def __init__(self, vanaf: date | None = None, tot_en_met: date | None = None) -> None:
        self.vanaf = vanaf
        self.tot_en_met = tot_en_met

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        if veld.data is None:
            return
        if self.vanaf and veld.data < self.vanaf:
            raise ValidationError(vertaal("Vul een datum in op of na %(grens)s.", grens=datum(self.vanaf)))
        if self.tot_en_met and veld.data > self.tot_en_met:
            raise ValidationError(vertaal("Vul een datum in op of voor %(grens)s.", grens=datum(self.tot_en_met)))


class Bestandsregels:
    """Grootte, soort en inhoud van bestanden. De inhoud telt: een programma met de naam foto.jpg wordt geweigerd."""

    def __init__(self, *, extensies: Sequence[str], grootste_mb: int = 50) -> None:
        self.extensies = tuple(e.lower().lstrip(".") for e in extensies)
        self.grootste_mb = grootste_mb

    def __call__(self, formulier: Form, veld: Field) -> None:  # noqa: ARG002  # vorm van een WTForms-validator
        for upload in veld.data or ():
            fout = self.fout(upload.filename or "", upload.stream)
            if fout:
                raise ValidationError(fout)

    def fout(self, naam: str, stroom: "_Stroom") -> str:
        """Wat er mis is met dit bestand, of leeg. De stroom staat daarna weer aan het begin."""
        stroom.seek(0, 2)
        grootte = stroom.tell()
        stroom.seek(0)
        kop = stroom.read(_KOPLENGTE)
        stroom.seek(0)
        if not grootte:
            return vertaal("Het bestand “%(naam)s” is leeg. Kies een ander bestand.", naam=naam)
        if grootte > self.grootste_mb * 1024 * 1024:
            return vertaal(
                "Het bestand “%(naam)s” is te groot. Het mag hoogstens %(mb)s MB zijn.", naam=naam, mb=self.grootste_mb
            )
        return "" if self._soort_past(naam, kop) else self._verkeerde_soort(naam)

    def _verkeerde_soort(self, naam: str) -> str:
        soorten = ", ".join(self.extensies)
        return vertaal(
            "Het bestand “%(naam)s” kunnen wij niet gebruiken. Kies een ander soort bestand: %(soorten)s.",
            naam=naam,
            soorten=soorten,
        )

    def _soort_past(self, naam: str, kop: bytes) -> bool:
        extensie = naam.rpartition(".")[2].lower() if "." in naam else ""
        return extensie in self.extensies and _inhoud_past(extensie, kop)


class _Stroom(Protocol):
    def seek(self, plaats: int, vanaf: int = 0, /) -> int: ...
    def tell(self) -> int: ...
    def read(self, aantal: int, /) -> bytes: ...


_KOPLENGTE: Final = 512
_ZIP: Final = (b"PK\x03\x04",)
_OLE: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_BEGIN: Final[dict[str, tuple[bytes, ...]]] = {
    "pdf": (b"%PDF-",), "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"), "tif": (b"II*\x00", b"MM\x00*"), "tiff": (b"II*\x00", b"MM\x00*"), "bmp": (b"BM",),
    "zip": _ZIP, "docx": _ZIP, "xlsx": _ZIP, "pptx": _ZIP, "odt": _ZIP, "ods": _ZIP, "odp": _ZIP,
    "doc": _OLE, "xls": _OLE, "ppt": _OLE, "msg": _OLE,
}  # fmt: skip
_GEVAARLIJK: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
_TEKST: Final = frozenset({"txt", "csv", "xml", "json", "eml"})
_HEIC: Final = frozenset({"heic", "heif"})


def _inhoud_past(extensie: str, kop: bytes) -> bool:
    """Of de eerste bytes bij de extensie horen. Een onbekende extensie mag, als het maar geen programma is."""
    if kop.startswith(_GEVAARLIJK):
        return False
    if extensie in _TEKST:
        return b"\x00" not in kop
    if extensie in _HEIC:
        return kop[4:8] == b"ftyp"
    return kop.startswith(_BEGIN[extensie]) if extensie in _BEGIN else True
