"""De verzonnen inwoners: wat er van hen in `personen.json` staat, en wie familie is van wie."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from simulatoren.gegevens import lees

CodeNaam = tuple[str, str]
"""Code en omschrijving uit een landelijke tabel; een lege code gaat niet mee."""

Geslacht = Literal["M", "V", "O"]
NEDERLAND: CodeNaam = ("6030", "Nederland")
VOORBEELDSTAD: CodeNaam = ("9999", "Voorbeeldstad")


class _Bestand(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


class Adresgegevens(_Bestand):
    straat: str
    korte_straat: str = ""
    huisnummer: int
    huisletter: str = ""
    toevoeging: str = ""
    aanduiding: str = ""
    postcode: str
    woonplaats: str
    gemeente: str = "9999"
    bag: str = ""

    @property
    def korte_straatnaam(self) -> str:
        """De straatnaam van ten hoogste 24 tekens."""
        return self.korte_straat or self.straat

    @property
    def object_id(self) -> str:
        """BAG-nummer van het verblijfsobject, leeg zonder koppeling met de BAG."""
        return f"{self.gemeente}01{self.bag}" if self.bag else ""

    @property
    def nummeraanduiding(self) -> str:
        """BAG-nummer van het adres, leeg zonder koppeling met de BAG."""
        return f"{self.gemeente}20{self.bag}" if self.bag else ""


class Familielid(_Bestand):
    """Een ouder of partner: met `bsn` een persoon uit het bestand, anders iemand van buiten met alleen deze gegevens."""

    bsn: str = ""
    voornamen: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""
    geslacht: Geslacht = "O"
    geboren: str = "onbekend"
    geboorteplaats: CodeNaam = VOORBEELDSTAD
    geboorteland: CodeNaam = NEDERLAND
    titel: dict[str, str] | None = None


class Verbintenis(Familielid):
    soort: Literal["H", "P"]
    sinds: str
    plaats: CodeNaam = VOORBEELDSTAD
    land: CodeNaam = NEDERLAND
    ontbonden: str = ""


class Buitenland(_Bestand):
    sinds: str
    regel1: str
    regel2: str = ""
    regel3: str = ""
    land: CodeNaam


class Locatiegegevens(_Bestand):
    beschrijving: str
    sinds: str


class Sinds(_Bestand):
    sinds: str


class Herkomst(_Bestand):
    sinds: str
    land: CodeNaam


class Opschorting(_Bestand):
    reden: Literal["E", "M", "F", "R"]
    datum: str


class Gezagsgegevens(_Bestand):
    type: str
    derden: tuple[str, ...] = ()
    toelichting: str = ""


class Nationaliteitsgegevens(_Bestand):
    soort: str
    waarde: CodeNaam | None = None
    sinds: str = ""


class Titelgegevens(_Bestand):
    aanduiding: CodeNaam
    ingang: str
    einde: str = ""


class Onderzoek(_Bestand):
    velden: tuple[str, ...]
    sinds: str


class Rnigegevens(_Bestand):
    deelnemer: CodeNaam
    omschrijving_verdrag: str
    categorie: str


class Verificatiegegevens(_Bestand):
    datum: str
    omschrijving: str


class Inwoner(Familielid):
    """Eén persoon. Datums zijn jjjj-mm-dd, jjjj-mm, jjjj of `onbekend`."""

    toelichting: str
    naamgebruik: Literal["E", "P", "V", "N"] = "E"
    adres: str = ""
    adres_sinds: str = ""
    functie_adres: Literal["W", "B"] = "W"
    niet_op_adres: bool = False
    locatie: Locatiegegevens | None = None
    buitenland: Buitenland | None = None
    onbekende_verblijfplaats: Sinds | None = None
    partner: Verbintenis | None = None
    ouders: tuple[Familielid, ...] = ()
    overleden: str = ""
    opschorting: Opschorting | None = None
    geheim: bool = False
    curatele: bool = False
    gezag: Gezagsgegevens | None = None
    nationaliteiten: tuple[Nationaliteitsgegevens, ...] = (
        Nationaliteitsgegevens(soort="Nationaliteit", waarde=("0001", "Nederlandse")),
    )
    verblijfstitel: Titelgegevens | None = None
    immigratie: Herkomst | None = None
    in_onderzoek: Onderzoek | None = None
    rni: tuple[Rnigegevens, ...] = ()
    verificatie: Verificatiegegevens | None = None
    europees_kiesrecht: CodeNaam | None = None
    uitgesloten_tot: str = ""

    @property
    def naam(self) -> str:
        """Voornamen, voorvoegsel en geslachtsnaam."""
        return " ".join(filter(None, (self.voornamen, self.voorvoegsel, self.geslachtsnaam)))


class Bevolking:
    """Alle inwoners en adressen."""

    def __init__(self, gegevens: dict[str, Any]) -> None:
        self.gemeenten: dict[str, str] = gegevens["gemeenten"]
        self.adressen = {naam: Adresgegevens(**adres) for naam, adres in gegevens["adressen"].items()}
        self.inwoners = {deel["bsn"]: Inwoner(**deel) for deel in gegevens["personen"]}

    @classmethod
    def voorbeeldstad(cls) -> "Bevolking":
        """De meegeleverde inwoners."""
        return cls(lees("personen"))

    def met(self, extra: dict[str, Any]) -> "Bevolking":
        """Deze inwoners met die uit `extra` erbij (`personen` en `adressen`, zoals in `personen.json`); een zelfde BSN vervangt."""
        self.adressen |= {naam: Adresgegevens(**adres) for naam, adres in extra.get("adressen", {}).items()}
        self.inwoners |= {deel["bsn"]: Inwoner(**deel) for deel in extra.get("personen", [])}
        return self

    def adres(self, inwoner: Inwoner) -> Adresgegevens | None:
        """Het binnenlandse adres van een inwoner, als hij dat heeft."""
        return self.adressen[inwoner.adres] if inwoner.adres else None

    def volledig(self, lid: Familielid) -> Familielid:
        """De gegevens van een familielid: uit het bestand als hij daarin staat."""
        return self.inwoners.get(lid.bsn, lid) if lid.bsn else lid

    def kinderen(self, bsn: str) -> list[Inwoner]:
        """Wie deze persoon als ouder heeft."""
        return [kind for kind in self.inwoners.values() if any(ouder.bsn == bsn for ouder in kind.ouders)]
