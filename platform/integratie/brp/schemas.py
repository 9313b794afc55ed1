"""De gegevens van BRP Personen bevragen 2.7. Een antwoord bevat alleen de gevraagde velden: alles kan dus ontbreken."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from integratie.basis import Schema


class Gegevens(Schema):
    """Basis: niets is te wijzigen."""

    model_config = ConfigDict(frozen=True)

    def waarde(self, pad: str) -> Any:
        """De waarde op een pad zoals `fields` het schrijft (`naam.volledigeNaam`), als JSON; None als zij er niet is."""
        gevonden: Any = self.als_json(alleen_gezet=True)
        for naam in pad.split("."):
            gevonden = gevonden.get(naam) if isinstance(gevonden, dict) else None
        return gevonden


class Waarde(Gegevens):
    """Een code met omschrijving uit een landelijke tabel."""

    code: str | None = None
    omschrijving: str | None = None


class TitelOfPredicaat(Waarde):
    soort: Literal["titel", "predicaat"] | None = None


class BekendeDatum(Gegevens):
    type: Literal["Datum"] = "Datum"
    datum: date
    lang_formaat: str

    def als_datum(self) -> date | None:
        """De datum, als dag, maand en jaar bekend zijn."""
        return self.datum


class OnvolledigeDatum(Gegevens):
    """Gemeenschappelijk voor datums waarvan een deel onbekend is."""

    lang_formaat: str

    def als_datum(self) -> date | None:
        """Altijd None: een onvolledige datum is geen datum. Toon `lang_formaat`."""
        return None


class JaarMaandDatum(OnvolledigeDatum):
    type: Literal["JaarMaandDatum"] = "JaarMaandDatum"
    jaar: int
    maand: int


class JaarDatum(OnvolledigeDatum):
    type: Literal["JaarDatum"] = "JaarDatum"
    jaar: int


class DatumOnbekend(OnvolledigeDatum):
    type: Literal["DatumOnbekend"] = "DatumOnbekend"
    onbekend: bool = True


Datum = Annotated[BekendeDatum | JaarMaandDatum | JaarDatum | DatumOnbekend, Field(discriminator="type")]

InOnderzoek = dict[str, bool | Datum]
"""Per veld `true` als het in onderzoek is, met de begindatum(s) van het onderzoek."""


class NaamGerelateerde(Gegevens):
    voornamen: str | None = None
    adellijke_titel_predicaat: TitelOfPredicaat | None = None
    voorvoegsel: str | None = None
    geslachtsnaam: str | None = None
    voorletters: str | None = None
    in_onderzoek: InOnderzoek | None = None


class NaamBeperkt(NaamGerelateerde):
    volledige_naam: str | None = None


class Naam(NaamBeperkt):
    aanduiding_naamgebruik: Waarde | None = None


class GeboorteBeperkt(Gegevens):
    datum: Datum | None = None
    in_onderzoek: InOnderzoek | None = None


class Geboorte(GeboorteBeperkt):
    land: Waarde | None = None
    plaats: Waarde | None = None


class AdresseringBeperkt(Gegevens):
    adresregel1: str | None = None
    adresregel2: str | None = None
    adresregel3: str | None = None
    land: Waarde | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = None
    in_onderzoek: InOnderzoek | None = None


class Aanschrijfwijze(Gegevens):
    naam: str | None = None
    aanspreekvorm: str | None = None


class Adressering(AdresseringBeperkt):
    aanhef: str | None = None
    aanschrijfwijze: Aanschrijfwijze | None = None
    gebruik_in_lopende_tekst: str | None = None


class OpschortingBijhouding(Gegevens):
    reden: Waarde | None = None
    datum: Datum | None = None


class Rni(Gegevens):
    deelnemer: Waarde | None = None
    omschrijving_verdrag: str | None = None
    categorie: str | None = None


class Verificatie(Gegevens):
    datum: Datum | None = None
    omschrijving: str | None = None


class VerblijfadresBinnenland(Gegevens):
    officiele_straatnaam: str | None = None
    korte_straatnaam: str | None = None
    huisnummer: int | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    aanduiding_bij_huisnummer: Waarde | None = None
    postcode: str | None = None
    woonplaats: str | None = None
    in_onderzoek: InOnderzoek | None = None


class VerblijfadresBuitenland(Gegevens):
    regel1: str | None = None
    regel2: str | None = None
    regel3: str | None = None
    land: Waarde | None = None
    in_onderzoek: InOnderzoek | None = None


class VerblijfadresLocatie(Gegevens):
    locatiebeschrijving: str | None = None
    in_onderzoek: InOnderzoek | None = None


class VerblijfplaatsBasis(Gegevens):
    datum_van: Datum | None = None
    datum_ingang_geldigheid: Datum | None = None
    in_onderzoek: InOnderzoek | None = None


class Adres(VerblijfplaatsBasis):
    type: Literal["Adres"] = "Adres"
    verblijfadres: VerblijfadresBinnenland | None = None
    functie_adres: Waarde | None = None
    adresseerbaar_object_identificatie: str | None = None
    nummeraanduiding_identificatie: str | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = None


class VerblijfplaatsBuitenland(VerblijfplaatsBasis):
    type: Literal["VerblijfplaatsBuitenland"] = "VerblijfplaatsBuitenland"
    verblijfadres: VerblijfadresBuitenland | None = None


class VerblijfplaatsOnbekend(VerblijfplaatsBasis):
    type: Literal["VerblijfplaatsOnbekend"] = "VerblijfplaatsOnbekend"


class Locatie(VerblijfplaatsBasis):
    type: Literal["Locatie"] = "Locatie"
    verblijfadres: VerblijfadresLocatie | None = None
    functie_adres: Waarde | None = None
    indicatie_vastgesteld_verblijft_niet_op_adres: bool | None = None


Verblijfplaats = Annotated[
    Adres | VerblijfplaatsBuitenland | VerblijfplaatsOnbekend | Locatie, Field(discriminator="type")
]


class NationaliteitBasis(Gegevens):
    reden_opname: Waarde | None = None
    datum_ingang_geldigheid: Datum | None = None
    in_onderzoek: InOnderzoek | None = None


class BekendeNationaliteit(NationaliteitBasis):
    type: Literal["Nationaliteit"] = "Nationaliteit"
    nationaliteit: Waarde | None = None


class BijzondereNationaliteit(NationaliteitBasis):
    type: Literal["BehandeldAlsNederlander", "VastgesteldNietNederlander", "Staatloos", "NationaliteitOnbekend"]


Nationaliteit = Annotated[BekendeNationaliteit | BijzondereNationaliteit, Field(discriminator="type")]


class VolledigeNaam(Gegevens):
    volledige_naam: str | None = None


class Betrokkene(Gegevens):
    """Een ouder, derde of minderjarige in een gezagsrelatie."""

    type: str | None = None
    burgerservicenummer: str | None = Field(None, repr=False)
    naam: VolledigeNaam | None = None


class Minderjarige(Betrokkene):
    leeftijd: int | None = None


class Gezagsrelatie(Gegevens):
    """Wie gezag heeft over een minderjarige. Welke velden gevuld zijn hangt van `type` af."""

    type: Literal[
        "GezamenlijkOuderlijkGezag",
        "EenhoofdigOuderlijkGezag",
        "GezamenlijkGezag",
        "Voogdij",
        "TijdelijkGeenGezag",
        "GezagNietTeBepalen",
    ]
    minderjarige: Minderjarige | None = None
    ouders: tuple[Betrokkene, ...] | None = None
    ouder: Betrokkene | None = None
    derde: Betrokkene | None = None
    derden: tuple[Betrokkene, ...] | None = None
    toelichting: str | None = None
    in_onderzoek: bool | None = None


class Immigratie(Gegevens):
    datum_vestiging_in_nederland: Datum | None = None
    land_vanwaar_ingeschreven: Waarde | None = None
    vanuit_verblijfplaats_onbekend: bool | None = None
    indicatie_vestiging_vanuit_buitenland: bool | None = None
    in_onderzoek: InOnderzoek | None = None


class Verblijfstitel(Gegevens):
    aanduiding: Waarde | None = None
    datum_einde: Datum | None = None
    datum_ingang: Datum | None = None
    in_onderzoek: InOnderzoek | None = None


class UitsluitingKiesrecht(Gegevens):
    uitgesloten_van_kiesrecht: bool | None = None
    einddatum: Datum | None = None


class EuropeesKiesrecht(Gegevens):
    aanduiding: Waarde | None = None
    einddatum_uitsluiting: Datum | None = None


class Overlijden(Gegevens):
    datum: Datum | None = None
    land: Waarde | None = None
    plaats: Waarde | None = None
    in_onderzoek: InOnderzoek | None = None


class Kind(Gegevens):
    burgerservicenummer: str | None = Field(None, repr=False)
    naam: NaamGerelateerde | None = None
    geboorte: Geboorte | None = None
    in_onderzoek: InOnderzoek | None = None


class Ouder(Kind):
    geslacht: Waarde | None = None
    ouder_aanduiding: str | None = None
    datum_ingang_familierechtelijke_betrekking: Datum | None = None


class AangaanVerbintenis(Overlijden):
    """Waar en wanneer een huwelijk of partnerschap is aangegaan."""


class OntbindingVerbintenis(Gegevens):
    datum: Datum | None = None
    in_onderzoek: InOnderzoek | None = None


class Partner(Kind):
    geslacht: Waarde | None = None
    soort_verbintenis: Waarde | None = None
    aangaan_huwelijk_partnerschap: AangaanVerbintenis | None = None
    ontbinding_huwelijk_partnerschap: OntbindingVerbintenis | None = None


class PersoonBasis(Gegevens):
    """Wat elke zoekvraag kan geven. `geheimhouding_persoonsgegevens` komt altijd mee als zij geldt."""

    burgerservicenummer: str | None = Field(None, repr=False)
    geslacht: Waarde | None = None
    leeftijd: int | None = None
    geheimhouding_persoonsgegevens: bool = False
    opschorting_bijhouding: OpschortingBijhouding | None = None
    in_onderzoek: InOnderzoek | None = None
    rni: tuple[Rni, ...] | None = None
    verificatie: Verificatie | None = None

    @property
    def overleden(self) -> bool:
        """Of de bijhouding is opgeschort omdat de persoon is overleden."""
        return _reden(self.opschorting_bijhouding) == "O"


class PersoonBeperkt(PersoonBasis):
    """Een persoon zoals een zoekvraag hem geeft; `gezag` alleen bij zoeken op adresseerbaar object."""

    naam: NaamBeperkt | None = None
    geboorte: GeboorteBeperkt | None = None
    adressering: AdresseringBeperkt | None = None
    gezag: tuple[Gezagsrelatie, ...] | None = None


class Persoon(PersoonBasis):
    """Een persoon zoals raadplegen op burgerservicenummer hem geeft."""

    a_nummer: str | None = Field(None, repr=False)
    datum_eerste_inschrijving_gba: Datum | None = Field(None, alias="datumEersteInschrijvingGBA")
    uitsluiting_kiesrecht: UitsluitingKiesrecht | None = None
    europees_kiesrecht: EuropeesKiesrecht | None = None
    naam: Naam | None = None
    nationaliteiten: tuple[Nationaliteit, ...] | None = None
    geboorte: Geboorte | None = None
    overlijden: Overlijden | None = None
    verblijfplaats: Verblijfplaats | None = None
    immigratie: Immigratie | None = None
    gemeente_van_inschrijving: Waarde | None = None
    datum_inschrijving_in_gemeente: Datum | None = None
    adressering: Adressering | None = None
    indicatie_curatele_register: bool | None = None
    indicatie_gezag_minderjarige: Waarde | None = None
    gezag: tuple[Gezagsrelatie, ...] | None = None
    verblijfstitel: Verblijfstitel | None = None
    kinderen: tuple[Kind, ...] | None = None
    ouders: tuple[Ouder, ...] | None = None
    partners: tuple[Partner, ...] | None = None

    @property
    def geemigreerd(self) -> bool:
        """Of de bijhouding is opgeschort omdat de persoon is vertrokken."""
        return _reden(self.opschorting_bijhouding) == "E"


def _reden(opschorting: OpschortingBijhouding | None) -> str | None:
    return opschorting.reden.code if opschorting and opschorting.reden else None
