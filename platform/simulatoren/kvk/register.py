"""De verzonnen bedrijven, en hoe de KVK-API's ze laten zien."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from simulatoren.brp.bevolking import Bevolking
from simulatoren.gegevens import lees

Gegeven = dict[str, Any]


class _Bestand(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


class Adresgegevens(_Bestand):
    type: str
    straatnaam: str
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str
    plaats: str
    postbus: int = 0

    @property
    def straat_huisnummer(self) -> str:
        """De eerste regel van het adres."""
        if self.postbus:
            return f"Postbus {self.postbus}"
        nummer = f"{self.huisnummer}{self.huisletter}" + (f"-{self.toevoeging}" if self.toevoeging else "")
        return f"{self.straatnaam} {nummer}"


class Vestiging(_Bestand):
    vestigingsnummer: str
    naam: str
    hoofdvestiging: bool
    werkzame_personen: int
    adressen: tuple[Adresgegevens, ...]
    sbi: tuple[tuple[str, str], ...]
    sinds: str
    einde: str = ""
    websites: tuple[str, ...] = ()
    afgeschermd: bool = False


class Bedrijf(_Bestand):
    kvk_nummer: str
    naam: str
    rechtsvorm: str
    uitgebreide_rechtsvorm: str
    sinds: str
    sbi: tuple[tuple[str, str], ...]
    vestigingen: tuple[Vestiging, ...]
    statutaire_naam: str = ""
    rsin: str = ""
    handelsnamen: tuple[str, ...] = ()
    adressen: tuple[Adresgegevens, ...] = ()
    non_mailing: bool = False
    einde: str = ""

    @property
    def hoofdvestiging(self) -> Vestiging | None:
        """De hoofdvestiging, als er een is."""
        return next((vestiging for vestiging in self.vestigingen if vestiging.hoofdvestiging), None)

    @property
    def is_rechtspersoon(self) -> bool:
        """Een eenmanszaak en een vof zijn het niet."""
        return self.rechtsvorm not in ("Eenmanszaak", "VennootschapOnderFirma")


class Register:
    """Alle bedrijven; `basis` is het adres waar verwijzingen mee beginnen."""

    def __init__(self, gegevens: Iterable[Gegeven], basis: str, bevolking: Bevolking) -> None:
        self.bedrijven = {deel["kvkNummer"]: Bedrijf(**deel) for deel in gegevens}
        self.vestigingen = {
            vestiging.vestigingsnummer: (bedrijf, vestiging)
            for bedrijf in self.bedrijven.values()
            for vestiging in bedrijf.vestigingen
        }
        self._basis = basis.rstrip("/")
        self._bag = {(adres.postcode, adres.huisnummer): adres for adres in bevolking.adressen.values() if adres.bag}

    @classmethod
    def voorbeeldstad(cls, basis: str) -> "Register":
        """De meegeleverde bedrijven."""
        return cls(lees("bedrijven"), basis, Bevolking.voorbeeldstad())

    def link(self, rel: str, pad: str) -> Gegeven:
        """Een verwijzing."""
        return {"rel": rel, "href": f"{self._basis}/api/{pad}"}

    def basisprofiel(self, bedrijf: Bedrijf, *, geo: bool) -> Gegeven:
        """Het antwoord van `/basisprofielen/{kvkNummer}`."""
        pad = f"v1/basisprofielen/{bedrijf.kvk_nummer}"
        hoofd = bedrijf.hoofdvestiging
        ingebed = {"eigenaar": self.eigenaar(bedrijf, geo=geo)}
        if hoofd:
            ingebed["hoofdvestiging"] = self.vestigingsprofiel(bedrijf, hoofd, geo=geo)
        return {
            **_onderneming(bedrijf),
            "naam": bedrijf.naam,
            "totaalWerkzamePersonen": sum(vestiging.werkzame_personen for vestiging in bedrijf.vestigingen),
            "links": [self.link("self", pad), self.link("vestigingen", f"{pad}/vestigingen")],
            "_embedded": ingebed,
        }

    def eigenaar(self, bedrijf: Bedrijf, *, geo: bool) -> Gegeven:
        """Het antwoord van `/basisprofielen/{kvkNummer}/eigenaar`; adressen alleen als er geen vestiging is."""
        adressen = () if bedrijf.vestigingen else bedrijf.adressen
        return {
            **({"rsin": bedrijf.rsin} if bedrijf.rsin else {}),
            "rechtsvorm": bedrijf.rechtsvorm,
            "uitgebreideRechtsvorm": bedrijf.uitgebreide_rechtsvorm,
            **({"adressen": [self._adres(adres, False, geo) for adres in adressen]} if adressen else {}),
            "links": [self.link("self", f"v1/basisprofielen/{bedrijf.kvk_nummer}/eigenaar")],
        }

    def vestigingsprofiel(self, bedrijf: Bedrijf, vestiging: Vestiging, *, geo: bool) -> Gegeven:
        """Het antwoord van `/vestigingsprofielen/{vestigingsnummer}`."""
        return {
            **_onderneming(bedrijf),
            "vestigingsnummer": vestiging.vestigingsnummer,
            **({"rsin": bedrijf.rsin} if bedrijf.rsin else {}),
            "formeleRegistratiedatum": _datum(vestiging.sinds),
            "materieleRegistratie": _periode(vestiging.sinds, vestiging.einde),
            "eersteHandelsnaam": vestiging.naam,
            "indHoofdvestiging": _janee(vestiging.hoofdvestiging),
            "indCommercieleVestiging": "Ja",
            "voltijdWerkzamePersonen": vestiging.werkzame_personen,
            "deeltijdWerkzamePersonen": 0,
            "totaalWerkzamePersonen": vestiging.werkzame_personen,
            "adressen": [self._adres(adres, vestiging.afgeschermd, geo) for adres in vestiging.adressen],
            **({"websites": list(vestiging.websites)} if vestiging.websites else {}),
            "sbiActiviteiten": _activiteiten(vestiging.sbi),
            "links": [self.link("self", f"v1/vestigingsprofielen/{vestiging.vestigingsnummer}")],
        }

    def vestigingenlijst(self, bedrijf: Bedrijf) -> Gegeven:
        """Het antwoord van `/basisprofielen/{kvkNummer}/vestigingen`."""
        return {
            "kvkNummer": bedrijf.kvk_nummer,
            "aantalCommercieleVestigingen": len(bedrijf.vestigingen),
            "aantalNietCommercieleVestigingen": 0,
            "totaalAantalVestigingen": len(bedrijf.vestigingen),
            "vestigingen": [self._kort(bedrijf, vestiging) for vestiging in bedrijf.vestigingen],
        }

    def _kort(self, bedrijf: Bedrijf, vestiging: Vestiging) -> Gegeven:
        adres = vestiging.adressen[0]
        zichtbaar = {} if vestiging.afgeschermd else {"volledigAdres": _volledig(adres)}
        return {
            "vestigingsnummer": vestiging.vestigingsnummer,
            "kvkNummer": bedrijf.kvk_nummer,
            "eersteHandelsnaam": vestiging.naam,
            "indHoofdvestiging": _janee(vestiging.hoofdvestiging),
            "indAdresAfgeschermd": _janee(vestiging.afgeschermd),
            "indCommercieleVestiging": "Ja",
            **zichtbaar,
            "links": [self.link("vestigingsprofiel", f"v1/vestigingsprofielen/{vestiging.vestigingsnummer}")],
        }

    def _adres(self, adres: Adresgegevens, afgeschermd: bool, geo: bool) -> Gegeven:
        if afgeschermd:
            return {"type": adres.type, "indAfgeschermd": "Ja", "land": "Nederland"}
        plek = (
            {"postbusnummer": adres.postbus}
            if adres.postbus
            else {"straatnaam": adres.straatnaam, "huisnummer": adres.huisnummer}
        )
        optioneel = {"huisletter": adres.huisletter, "huisnummerToevoeging": adres.toevoeging}
        return {
            "type": adres.type,
            "indAfgeschermd": "Nee",
            "volledigAdres": _volledig(adres),
            **plek,
            **{naam: waarde for naam, waarde in optioneel.items() if waarde},
            "postcode": adres.postcode,
            "plaats": adres.plaats,
            "straatHuisnummer": adres.straat_huisnummer,
            "postcodeWoonplaats": f"{adres.postcode} {adres.plaats}",
            "land": "Nederland",
            **(self._geo(adres) if geo else {}),
        }

    def _geo(self, adres: Adresgegevens) -> Gegeven:
        bag = self._bag.get((adres.postcode, adres.huisnummer))
        if bag is None:
            return {}
        return {"geoData": {"addresseerbaarObjectId": bag.object_id, "nummerAanduidingId": bag.nummeraanduiding}}


def _onderneming(bedrijf: Bedrijf) -> Gegeven:
    namen = bedrijf.handelsnamen or (bedrijf.naam,)
    return {
        "kvkNummer": bedrijf.kvk_nummer,
        "indNonMailing": _janee(bedrijf.non_mailing),
        "formeleRegistratiedatum": _datum(bedrijf.sinds),
        "materieleRegistratie": _periode(bedrijf.sinds, bedrijf.einde),
        **({"statutaireNaam": bedrijf.statutaire_naam} if bedrijf.statutaire_naam else {}),
        "handelsnamen": [{"naam": naam, "volgorde": plek} for plek, naam in enumerate(namen)],
        "sbiActiviteiten": _activiteiten(bedrijf.sbi),
    }


def _activiteiten(sbi: tuple[tuple[str, str], ...]) -> list[Gegeven]:
    return [
        {"sbiCode": code, "sbiOmschrijving": tekst, "indHoofdactiviteit": _janee(plek == 0)}
        for plek, (code, tekst) in enumerate(sbi)
    ]


def _periode(sinds: str, einde: str) -> Gegeven:
    return {"datumAanvang": _datum(sinds)} | ({"datumEinde": _datum(einde)} if einde else {})


def _volledig(adres: Adresgegevens) -> str:
    return f"{adres.straat_huisnummer} {adres.postcode} {adres.plaats}"


def _datum(datum: str) -> str:
    return datum.replace("-", "")


def _janee(vlag: bool) -> str:
    return "Ja" if vlag else "Nee"
