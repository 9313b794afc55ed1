"""De gegevens van de KVK-API's Zoeken (v2), Basisprofiel en Vestigingsprofiel (v1)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from integratie.basis import Schema


def _datum(waarde: Any) -> Any:
    """De KVK schrijft jjjjmmdd; een datum met onbekende dag of maand (00) is geen datum."""
    if not isinstance(waarde, str):
        return waarde
    try:
        return datetime.strptime(waarde, "%Y%m%d").date()  # noqa: DTZ007  # een datum heeft geen zone
    except ValueError:
        return None


def _janee(waarde: Any) -> Any:
    return waarde == "Ja" if waarde in ("Ja", "Nee") else waarde


KvkDatum = Annotated[date | None, BeforeValidator(_datum)]
JaNee = Annotated[bool, BeforeValidator(_janee)]


class Gegevens(Schema):
    model_config = ConfigDict(frozen=True)


class Naam(Gegevens):
    naam: str
    volgorde: int = 0


class Activiteit(Gegevens):
    sbi_code: str
    sbi_omschrijving: str = ""
    ind_hoofdactiviteit: JaNee = False


class Periode(Gegevens):
    datum_aanvang: KvkDatum = None
    datum_einde: KvkDatum = None


class GeoData(Gegevens):
    addresseerbaar_object_id: str = ""
    nummer_aanduiding_id: str = ""


class Adres(Gegevens):
    """Een bezoek- of correspondentieadres. Is het afgeschermd, dan ontbreken de onderdelen."""

    type: Literal["bezoekadres", "correspondentieadres"]
    ind_afgeschermd: JaNee = False
    volledig_adres: str = ""
    straatnaam: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    huisnummer_toevoeging: str = ""
    toevoeging_adres: str = ""
    postcode: str = ""
    postbusnummer: int | None = None
    plaats: str = ""
    straat_huisnummer: str = ""
    postcode_woonplaats: str = ""
    land: str = ""
    geo_data: GeoData | None = None

    @property
    def regel(self) -> str:
        """Het adres op één regel, zoals `Zandpad 9-2, 9999 ZH Voorbeeldstad`; leeg als het afgeschermd is."""
        return "" if self.ind_afgeschermd else ", ".join(self._regels) or self.volledig_adres

    @property
    def op_de_envelop(self) -> tuple[str, ...]:
        """De regels onder de naam, met het land als dat niet Nederland is; leeg als het adres afgeschermd is."""
        if self.ind_afgeschermd:
            return ()
        buitenland = self.land if self.land != "Nederland" else ""
        return tuple(filter(None, (*(self._regels or (self.volledig_adres,)), buitenland)))

    @property
    def _regels(self) -> tuple[str, ...]:
        """Straat of postbus, en plaats. Een adres in het buitenland heeft geen onderdelen, alleen twee regels."""
        toevoeging = f"-{self.huisnummer_toevoeging}" if self.huisnummer_toevoeging else ""
        straat = f"{self.straatnaam} {self.huisnummer or ''}{self.huisletter}{toevoeging}".strip()
        postbus = f"Postbus {self.postbusnummer}" if self.postbusnummer else ""
        plaats = f"{self.postcode[:4]} {self.postcode[4:].strip()} {self.plaats}".strip()
        return tuple(filter(None, (postbus or straat or self.straat_huisnummer, plaats or self.postcode_woonplaats)))


def postadres_van(adressen: tuple[Adres, ...]) -> Adres | None:
    """Het correspondentieadres, anders het bezoekadres."""
    return min(adressen, key=lambda adres: adres.type != "correspondentieadres", default=None)


class Binnenlands(Gegevens):
    type: str = "bezoekadres"
    straatnaam: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    postcode: str = ""
    plaats: str = ""


class Zoekadres(Gegevens):
    binnenlands_adres: Binnenlands | None = None


class Gevonden(Gegevens):
    """Eén zoekresultaat: een rechtspersoon of een vestiging."""

    kvk_nummer: str
    vestigingsnummer: str = ""
    rsin: str = ""
    naam: str
    adres: Zoekadres | None = None
    type: Literal["hoofdvestiging", "nevenvestiging", "rechtspersoon"]
    actief: JaNee = True


class Zoekresultaat(Gegevens):
    pagina: int = 1
    totaal: int = 0
    resultaten: tuple[Gevonden, ...] = ()


class Onderneming(Gegevens):
    """Wat basisprofiel, hoofdvestiging en vestigingsprofiel gemeen hebben."""

    kvk_nummer: str
    ind_non_mailing: JaNee = False
    formele_registratiedatum: KvkDatum = None
    materiele_registratie: Periode = Periode()
    statutaire_naam: str = ""
    handelsnamen: tuple[Naam, ...] = ()
    sbi_activiteiten: tuple[Activiteit, ...] = ()
    totaal_werkzame_personen: int | None = None

    @property
    def beeindigd(self) -> bool:
        """Of de onderneming of vestiging niet meer bestaat."""
        return self.materiele_registratie.datum_einde is not None


class Vestigingsprofiel(Onderneming):
    vestigingsnummer: str
    rsin: str = ""
    eerste_handelsnaam: str = ""
    ind_hoofdvestiging: JaNee = False
    ind_commerciele_vestiging: JaNee = False
    adressen: tuple[Adres, ...] = ()
    websites: tuple[str, ...] = ()

    @property
    def bezoekadres(self) -> Adres | None:
        """Het bezoekadres, als het er is."""
        return next((adres for adres in self.adressen if adres.type == "bezoekadres"), None)

    @property
    def postadres(self) -> Adres | None:
        """Waar post voor deze vestiging heen gaat."""
        return postadres_van(self.adressen)


class Eigenaar(Gegevens):
    rsin: str = ""
    rechtsvorm: str = ""
    uitgebreide_rechtsvorm: str = ""
    adressen: tuple[Adres, ...] = ()


class Ingebed(Gegevens):
    hoofdvestiging: Vestigingsprofiel | None = None
    eigenaar: Eigenaar | None = None


class Basisprofiel(Onderneming):
    naam: str
    ingebed: Ingebed = Field(Ingebed(), alias="_embedded")

    @property
    def hoofdvestiging(self) -> Vestigingsprofiel | None:
        """De hoofdvestiging; een VvE of houdstermaatschappij kan er geen hebben."""
        return self.ingebed.hoofdvestiging

    @property
    def rechtsvorm(self) -> str:
        """De uitgebreide rechtsvorm (`Besloten Vennootschap`)."""
        return self.ingebed.eigenaar.uitgebreide_rechtsvorm if self.ingebed.eigenaar else ""

    @property
    def rsin(self) -> str:
        """Het RSIN; leeg bij een eenmanszaak."""
        return self.ingebed.eigenaar.rsin if self.ingebed.eigenaar else ""

    @property
    def bezoekadres(self) -> Adres | None:
        """Het bezoekadres van de hoofdvestiging, anders dat van de rechtspersoon zelf."""
        return next((adres for adres in self._adressen if adres.type == "bezoekadres"), None)

    @property
    def postadres(self) -> Adres | None:
        """Waar post voor de onderneming heen gaat."""
        return postadres_van(self._adressen)

    @property
    def _adressen(self) -> tuple[Adres, ...]:
        houder = self.ingebed.hoofdvestiging or self.ingebed.eigenaar
        return houder.adressen if houder else ()


class VestigingKort(Gegevens):
    vestigingsnummer: str
    kvk_nummer: str
    eerste_handelsnaam: str = ""
    ind_hoofdvestiging: JaNee = False
    ind_adres_afgeschermd: JaNee = False
    ind_commerciele_vestiging: JaNee = False
    volledig_adres: str = ""


class Vestigingenlijst(Gegevens):
    vestigingen: tuple[VestigingKort, ...] = ()
