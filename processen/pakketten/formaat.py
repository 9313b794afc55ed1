"""Wat er in een procespakket staat, en hoe het uit een map gelezen wordt.

    pakket.toml              naam, versie, titel, catalogus, starts
    zaaktypen/*.json         zaaktype met statustypen, resultaattypen, roltypen, eigenschappen, documenttypen, besluittypen
    verzoektypen/*.json      naam, soort, schema van de gegevens
    producten/*.json         producttype met inhoud, prijzen en links
    formulieren/*.json       formulierdefinities; de bestandsnaam is de sleutel en het adres
    processen/*.bpmn         procesmodellen
    beslissingen/*.dmn       beslismodellen
    sjablonen/*.json         brieven, e-mails en berichten; de bestandsnaam is de sleutel
    referentielijsten/*.json waarden die vragen met `lijst` als keuzes geven; de bestandsnaam is de sleutel
    verzendregels.json       wanneer er wat uitgaat
    scenarios/*.yaml         hoe het pakket beproefd wordt (zie `scenario`)

Velden heten naar de standaard waarin zij terechtkomen. Wat het pakket niet hoeft te weten (organisatie, geldigheid) vult de
installatie in.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import orjson
from pydantic import BaseModel, Field, ValidationError, model_validator

from integratie.basis import Schema, SlangSchema
from integratie.besluiten.strekking import Strekking, samen
from integratie.catalogi.schemas import BrondatumArchiefprocedure, EigenschapSpecificatie, Richting
from integratie.processen.schemas import Berichtaard
from integratie.producttypen.schemas import ProductTypeVertalingIn
from integratie.termijnen.schemas import Verzoeksoort
from integratie.typen import Duur, OmschrijvingGeneriek, Vertrouwelijkheid
from integratie.verzoeken.schemas import Soort
from processen.pakketten import meldingen

T = TypeVar("T", bound=BaseModel)
Sleutel = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]

Bouwbloksleutel = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=80)]


class PakketFout(Exception):
    """Het pakket klopt niet. De tekst noemt elke fout op een eigen regel, met het bestand en het veld."""

    def __init__(self, fouten: list[str]) -> None:
        self.fouten = fouten
        super().__init__("\n".join(fouten))


class Catalogusdeel(Schema):
    domein: Annotated[str, Field(pattern=r"^[A-Z]{5}$")]
    naam: str
    contactpersoon: str


class Start(Schema):
    """Een verzoek van dit verzoektype start dit proces."""

    verzoektype: str
    proces: str


class Actie(Schema):
    """Een proces dat een medewerker bij een zaak van dit zaaktype kan starten."""

    zaaktype: str
    proces: str
    titel: dict[str, str]


class Team(Schema):
    """Welke groepen medewerkers zaken van een zaaktype behandelen: zij mogen die zaken openen."""

    zaaktype: str
    groepen: Annotated[list[str], Field(min_length=1)]


class Termijnregel(Schema):
    """Welke beslistermijn er voor een zaaktype geldt, waar de wet een keuze laat; zie `processen.termijnen.regels`.

    Een eigen `duur` uit een wet of verordening vraagt een `grondslag`. `verdaging` is het langste dat mag, of `redelijk`.
    """

    zaaktype: str
    soort: Verzoeksoort
    duur: Duur | None = None
    grondslag: str = ""
    verdaging: Literal["", "redelijk"] | Duur = ""
    verdaging_grondslag: str = ""
    streefduur: Duur | None = None
    dwangsom: bool | None = None
    van_rechtswege: bool = False
    dreigt_werkdagen: Annotated[int, Field(ge=1, le=250)] = 10

    @model_validator(mode="after")
    def _eigen_duur_heeft_grondslag(self) -> "Termijnregel":
        if self.duur and not self.grondslag:
            raise ValueError("een eigen duur heeft een grondslag nodig: welk artikel bepaalt haar?")
        return self


class Besluitregel(Schema):
    """Wat er bij een besluit op een zaaktype al ingevuld staat, en of een collega het moet goedkeuren (vier ogen)."""

    zaaktype: str
    bestuursorgaan: Annotated[str, Field(max_length=50)] = ""
    grondslag: str = ""
    vier_ogen: bool = False


class Papierregel(Schema):
    """Na hoeveel dagen ongelezen een bericht van deze aard op dit zaaktype alsnog per brief gaat; 0 is nooit."""

    zaaktype: str
    aard: Berichtaard
    na_ongelezen_dagen: Annotated[int, Field(ge=0, le=365)]


class Toezichtregel(Schema):
    """Een producttype dat een toezichthouder op nummer (de naam van het product) en op adres vindt.

    `adres` is het gegeven van het product waarin het adres staat, `erbij` zijn producttypen die op hetzelfde nummer staan.
    """

    producttype: str
    titel: dict[str, str]
    adres: str = ""
    erbij: list[str] = Field(default_factory=list)


class Mandaatregel(Schema):
    """Een mandaat dat het pakket meelevert als het er nog niet is; zie `integratie.mandaten`."""

    sleutel: Sleutel
    bestuursorgaan: Annotated[str, Field(max_length=50)]
    functie: str
    begin: date
    einde: date | None = None
    besluittypen: list[str] = Field(default_factory=list)
    tot_bedrag: str | None = None
    grondslag: str = ""
    ondermandaat_van: str = ""
    ondermandaat_toegestaan: bool = False


class Berichtregel(Schema):
    """Van een notificatie (`zaken.status.create`) een bericht voor processen maken; `sleutel` en `als` zijn FEEL."""

    gebeurtenis: Annotated[str, Field(pattern=r"^(verzoeken|taken|medewerkertaken|zaken)\.[a-z]+\.[a-z_]+$")]
    bericht: str
    sleutel: str
    als: str = "true"


class Afhankelijkheid(Schema):
    """Een ander pakket waarvan dit pakket processen aanroept, met de versies die passen (`>=1.0,<2`)."""

    pakket: Sleutel
    versie: Annotated[str, Field(pattern=r"^(>=|<=|==|>|<)\d+(\.\d+)*(, ?(>=|<=|==|>|<)\d+(\.\d+)*)*$")]


class Kop(Schema):
    """De inhoud van `pakket.toml`."""

    naam: Sleutel
    versie: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    titel: str
    omschrijving: str = ""
    catalogus: Catalogusdeel
    starts: list[Start] = Field(default_factory=list)
    acties: list[Actie] = Field(default_factory=list)
    teams: list[Team] = Field(default_factory=list)
    berichten: list[Berichtregel] = Field(default_factory=list)
    termijnen: list[Termijnregel] = Field(default_factory=list)
    besluiten: list[Besluitregel] = Field(default_factory=list)
    papier: list[Papierregel] = Field(default_factory=list)
    mandaten: list[Mandaatregel] = Field(default_factory=list)
    toezicht: list[Toezichtregel] = Field(default_factory=list)
    bouwblokken: dict[Bouwbloksleutel, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Welke bouwblokken er in de installatie moeten zijn, met hun laagste versie. Wat een model gebruikt hoeft hier niet in."""
    afhankelijk: list[Afhankelijkheid] = Field(default_factory=list)
    begin_geldigheid: date = date(2026, 1, 1)


class Statustypedeel(Schema):
    omschrijving: Annotated[str, Field(max_length=80)]
    statustekst: Annotated[str, Field(max_length=1000)] = ""
    toelichting: str = ""
    informeren: bool = False


class Resultaattypedeel(Schema):
    omschrijving: Annotated[str, Field(max_length=30)]
    resultaattypeomschrijving: str
    selectielijstklasse: str
    archiefnominatie: Literal["blijvend_bewaren", "vernietigen"]
    archiefactietermijn: Duur | None = None
    brondatum_archiefprocedure: BrondatumArchiefprocedure | None = None
    toelichting: str = ""


class Roltypedeel(Schema):
    omschrijving: Annotated[str, Field(max_length=100)]
    omschrijving_generiek: OmschrijvingGeneriek


class Eigenschapdeel(Schema):
    naam: Annotated[str, Field(max_length=20)]
    definitie: Annotated[str, Field(max_length=255)]
    specificatie: EigenschapSpecificatie


class Documenttypedeel(Schema):
    omschrijving: Annotated[str, Field(max_length=80)]
    richting: Richting
    vertrouwelijkheidaanduiding: Vertrouwelijkheid = "zaakvertrouwelijk"
    informatieobjectcategorie: str = "document"


class Besluittypedeel(Schema):
    omschrijving: Annotated[str, Field(max_length=80)]
    omschrijving_generiek: str = ""
    strekking: Literal[""] | Strekking = ""
    """Wat dit soort besluit doet. Leeg volgt het uit het eerste woord van `omschrijving_generiek`; wat niet toekent, neemt een mens."""
    besluitcategorie: str = ""
    reactietermijn: Duur | None = "P6W"
    publicatie_indicatie: bool = False
    toelichting: str = ""
    documenttypen: list[str] = Field(default_factory=list)


class Zaaktypedeel(Schema):
    identificatie: Annotated[str, Field(max_length=50)]
    omschrijving: Annotated[str, Field(max_length=80)]
    vertrouwelijkheidaanduiding: Vertrouwelijkheid = "zaakvertrouwelijk"
    doel: str
    aanleiding: str
    onderwerp: Annotated[str, Field(max_length=80)]
    handeling_initiator: str = "aanvragen"
    handeling_behandelaar: str = "behandelen"
    indicatie_intern_of_extern: Literal["intern", "extern"] = "extern"
    doorlooptijd: Duur
    servicenorm: Duur | None = None
    opschorting_en_aanhouding_mogelijk: bool = True
    verlenging_mogelijk: bool = False
    verlengingstermijn: Duur | None = None
    verantwoordelijke: str
    referentieproces: str
    selectielijst_procestype: str = ""
    trefwoorden: list[str] = Field(default_factory=list)
    statustypen: Annotated[list[Statustypedeel], Field(min_length=2)]
    resultaattypen: Annotated[list[Resultaattypedeel], Field(min_length=1)]
    roltypen: Annotated[list[Roltypedeel], Field(min_length=1)]
    eigenschappen: list[Eigenschapdeel] = Field(default_factory=list)
    documenttypen: list[Documenttypedeel] = Field(default_factory=list)
    besluittypen: list[Besluittypedeel] = Field(default_factory=list)


def strekkingen(zaaktypen: Iterable[Zaaktypedeel]) -> dict[str, Strekking]:
    """Wat deze zaaktypen over hun besluittypen vastleggen; een besluittype dat niets zegt staat er niet in."""
    delen = ({b.omschrijving: b.strekking for b in deel.besluittypen if b.strekking} for deel in zaaktypen)
    return samen(delen)


class Verzoektypedeel(Schema):
    naam: str
    omschrijving: str = ""
    soort: Soort
    gegevens_schema: dict[str, Any]


class Contentdeel(SlangSchema):
    content: str
    labels: list[str] = Field(default_factory=list)
    engels: str = ""


class Prijsdeel(SlangSchema):
    actief_vanaf: date
    bedrag: Annotated[str, Field(pattern=r"^\d+\.\d{2}$")]
    beschrijving: str


class Linkdeel(SlangSchema):
    naam: str
    url: str


class Productdeel(SlangSchema):
    code: Sleutel
    naam: str
    samenvatting: str
    doelgroep: Literal["burgers", "bedrijven_en_instellingen"] = "burgers"
    uniforme_product_naam: str
    keywords: list[str] = Field(default_factory=list)
    toegestane_statussen: list[str] = Field(default_factory=list)
    content: list[Contentdeel] = Field(default_factory=list)
    prijzen: list[Prijsdeel] = Field(default_factory=list)
    links: list[Linkdeel] = Field(default_factory=list)
    engels: ProductTypeVertalingIn | None = None


class Sjabloondeel(Schema):
    """Een brief, e-mail, bericht of sms: `onderwerp` en `inhoud` per taal, met FEEL tussen dubbele accolades.

    `velden` zijn de velden die het proces invult, elk met een voorbeeld; een uitdrukking met een ander veld wordt geweigerd.
    """

    soort: Literal["brief", "email", "bericht", "sms"]
    onderwerp: dict[str, str]
    inhoud: dict[str, str]
    velden: dict[str, Any] | None = None
    bestand: dict[Literal["naam", "inhoud"], str] | None = None
    """Een ODT of DOCX (base64) in plaats van de inhoud als brief: het resultaat is een bestand om in verder te werken."""


class Lijstwaarde(Schema):
    """Een waarde van een referentielijst; te kiezen van `begin` tot `einde` (die dag niet meer)."""

    code: Annotated[str, Field(min_length=1, max_length=200)]
    naam: dict[str, str]
    uitleg: dict[str, str] = Field(default_factory=dict)
    begin: date | None = None
    einde: date | None = None


class Lijstdeel(Schema):
    """Een referentielijst: een nieuwe versie van het pakket vervangt haar, zoals zij formulieren vervangt."""

    titel: dict[str, str]
    waarden: Annotated[list[Lijstwaarde], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def _codes_uniek(self) -> "Lijstdeel":
        codes = [waarde.code for waarde in self.waarden]
        if len(set(codes)) < len(codes):
            raise ValueError(
                f"deze codes staan er meer dan een keer in: {', '.join(sorted({c for c in codes if codes.count(c) > 1}))}"
            )
        return self


class Verzendregeldeel(Schema):
    """Bij deze gebeurtenis (`zaken.status.create`) en waarden gaat dit sjabloon uit."""

    sleutel: Sleutel
    gebeurtenis: str
    zaaktype: str = ""
    als: str = "true"
    sjabloon: str
    soort: str


class Pakket(BaseModel):
    """Een gelezen pakket; modellen en definities als onbewerkte inhoud, op bestandsnaam zonder uitgang."""

    kop: Kop
    zaaktypen: list[Zaaktypedeel]
    verzoektypen: list[Verzoektypedeel]
    producten: list[Productdeel]
    formulieren: dict[str, dict[str, Any]]
    processen: dict[str, bytes]
    beslissingen: dict[str, bytes]
    sjablonen: dict[str, Sjabloondeel]
    verzendregels: list[Verzendregeldeel]
    referentielijsten: dict[str, Lijstdeel] = Field(default_factory=dict)
    scenarios: dict[str, str] = Field(default_factory=dict)


class _Lezer:
    """Leest de delen en verzamelt de fouten, zodat ze er in één keer uit komen."""

    def __init__(self, map_: Path) -> None:
        self._map = map_
        self.fouten: list[str] = []

    def bestanden(self, onderdeel: str, uitgang: str) -> Iterator[Path]:
        return iter(sorted((self._map / onderdeel).glob(f"*.{uitgang}")))

    def json(self, bestand: Path) -> Any:
        try:
            return orjson.loads(bestand.read_bytes())
        except orjson.JSONDecodeError as fout:
            self.fouten.append(f"{self._naam(bestand)}: geen geldige JSON: {fout}")
            return None

    def toml(self, bestand: Path) -> Any:
        try:
            return tomllib.loads(bestand.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
            self.fouten.append(f"{self._naam(bestand)}: geen geldige TOML: {fout}")
            return None

    def tekst(self, bestand: Path) -> str:
        try:
            return bestand.read_text(encoding="utf-8")
        except UnicodeDecodeError as fout:
            self.fouten.append(f"{self._naam(bestand)}: geen UTF-8: {fout}")
            return ""

    def deel(self, bestand: Path, schema: type[T], inhoud: Any) -> T | None:
        if inhoud is None:
            return None
        try:
            return schema.model_validate(inhoud)
        except ValidationError as fout:
            self.fouten += meldingen.regels(fout, self._naam(bestand))
            return None

    def delen(self, onderdeel: str, schema: type[T]) -> list[T]:
        gelezen = (self.deel(bestand, schema, self.json(bestand)) for bestand in self.bestanden(onderdeel, "json"))
        return [deel for deel in gelezen if deel is not None]

    def _naam(self, bestand: Path) -> str:
        return str(bestand.relative_to(self._map))


def lees_pakket(map_: Path) -> Pakket:
    """Lees een pakket uit een map; `PakketFout` met alle fouten tegelijk."""
    kopbestand = map_ / "pakket.toml"
    if not kopbestand.exists():
        raise PakketFout([f"{map_}: hier staat geen pakket.toml"])
    lezer = _Lezer(map_)
    kop = lezer.deel(kopbestand, Kop, lezer.toml(kopbestand))
    regels = map_ / "verzendregels.json"
    ruwe_regels = lezer.json(regels) if regels.exists() else []
    delen = {
        "zaaktypen": lezer.delen("zaaktypen", Zaaktypedeel),
        "verzoektypen": lezer.delen("verzoektypen", Verzoektypedeel),
        "producten": lezer.delen("producten", Productdeel),
        "formulieren": {bestand.stem: lezer.json(bestand) for bestand in lezer.bestanden("formulieren", "json")},
        "processen": {bestand.stem: bestand.read_bytes() for bestand in lezer.bestanden("processen", "bpmn")},
        "beslissingen": {bestand.stem: bestand.read_bytes() for bestand in lezer.bestanden("beslissingen", "dmn")},
        "sjablonen": {
            b.stem: deel
            for b in lezer.bestanden("sjablonen", "json")
            if (deel := lezer.deel(b, Sjabloondeel, lezer.json(b)))
        },
        "referentielijsten": {
            b.stem: lijst
            for b in lezer.bestanden("referentielijsten", "json")
            if (lijst := lezer.deel(b, Lijstdeel, lezer.json(b)))
        },
        "verzendregels": [regel for ruw in ruwe_regels or [] if (regel := lezer.deel(regels, Verzendregeldeel, ruw))],
        "scenarios": {bestand.stem: lezer.tekst(bestand) for bestand in lezer.bestanden("scenarios", "yaml")},
    }
    if lezer.fouten or kop is None:
        raise PakketFout(lezer.fouten)
    return Pakket(kop=kop, **delen)
