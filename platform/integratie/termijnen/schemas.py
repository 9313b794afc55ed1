"""Schema's van de termijnen-API."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from integratie.basis import GevuldeUrl, Schema
from integratie.typen import Duur, Tijdstip

Toestand = Literal["geen termijn", "nog niet begonnen", "loopt", "opgeschort", "verlopen", "beslist"]
Verzoeksoort = Literal[
    "aanvraag",
    "bezwaar",
    "bezwaar met commissie",
    "klacht",
    "klacht met commissie",
    "woo-verzoek",
    "uitgebreide procedure",
    "melding",
    "aangifte",
    "overig",
]
Gebeurtenissoort = Literal[
    "ontvangen",
    "bekendgemaakt",
    "aanvulling gevraagd",
    "aangevuld",
    "buitenland gevraagd",
    "buitenland ontvangen",
    "derden gevraagd",
    "derden gereageerd",
    "instemming",
    "toerekenbaar",
    "overmacht",
    "overmacht voorbij",
    "verdaagd",
    "zienswijze gevraagd",
    "zienswijze gegeven",
    "ingebreke gesteld",
    "geen dwangsom",
    "ingetrokken",
    "beslist",
]
Wekmoment = Literal["bereikt", "dreigt", "verlopen", "reactie"]
Reden = Annotated[str, Field(max_length=1000)]
Wie = Annotated[str, Field(max_length=200)]


class KlokIn(Schema):
    """Begin de klok van een zaak. Zonder `ontvangen` is dat de startdatum van de zaak; `bekendgemaakt` is alleen voor bezwaar."""

    zaak: GevuldeUrl
    soort: Literal[""] | Verzoeksoort = ""
    ontvangen: date | None = None
    bekendgemaakt: date | None = None
    door: Wie = ""
    door_naam: Wie = ""


class KlokUit(Schema):
    """De klok van één zaak in het kort. `uuid` is dat van de zaak; `dagen` telt tot en met de einddatum, en is negatief daarna."""

    uuid: UUID
    zaak: str
    zaaknummer: str
    zaaktype: str
    zaaktype_naam: str
    soort: str
    versie: int
    toestand: Toestand
    dreigt: bool
    begin: date | None
    einddatum: date | None
    streefdatum: date | None
    opgeschort_sinds: date | None
    opgeschort_tot: date | None
    dagen: int | None


class StapUit(Schema):
    """Eén gebeurtenis en wat zij deed; `geldig` is onwaar als zij volgens de wet geen gevolg had. `uitleg_en` is leeg bij een ouder antwoord."""

    dag: date
    wat: str
    uitleg: str
    grondslag: str
    einddatum: date | None
    geldig: bool
    uitleg_en: str = ""


class GebeurtenisUit(Schema):
    """Een regel uit het grootboek, ook als zij later herroepen is."""

    uuid: UUID
    nr: int
    soort: str
    dag: date
    tot: date | None
    duur: str
    reden: str
    grondslag: str
    door: str
    door_naam: str
    vastgelegd: datetime
    herroepen: bool
    herroept: UUID | None


class DwangsomUit(Schema):
    """De dwangsom van Awb 4:17: hele euro's tot en met vandaag, en de laatste dag waarover zij nog loopt."""

    eerste_dag: date
    dagen: int
    bedrag: int
    laatste_dag: date
    vaststellen_voor: date

    @property
    def loopt(self) -> bool:
        """Of er nog een dag bij kan komen."""
        return self.eerste_dag + timedelta(days=self.dagen - 1) < self.laatste_dag


class KlokDetailUit(KlokUit):
    """Alles over één klok: waarom elke datum is zoals hij is, en het grootboek. `volgende` is de eerstvolgende dag waarop iets verandert."""

    grondslag: str
    voorlopig: bool
    verdaagd: bool
    te_verdagen: str
    mogelijk: list[str]
    volgende: date | None
    volgende_wat: str
    van_rechtswege: date | None
    ingebreke: date | None
    dwangsom: DwangsomUit | None
    stappen: list[StapUit]
    gebeurtenissen: list[GebeurtenisUit]


class GebeurtenisIn(Schema):
    """Leg een gebeurtenis vast. Hetzelfde `uuid` nog eens is dezelfde gebeurtenis; met `versie` wordt een tussentijdse wijziging 409."""

    uuid: UUID
    soort: Gebeurtenissoort
    dag: date | None = None
    tot: date | None = None
    duur: Literal[""] | Duur = ""
    reden: Reden = ""
    grondslag: Annotated[str, Field(max_length=200)] = ""
    door: Wie = ""
    door_naam: Wie = ""
    versie: int | None = None


class HerroepIn(Schema):
    """Herroep een gebeurtenis die niet klopt; de oude regel blijft staan."""

    uuid: UUID
    reden: Annotated[str, Field(min_length=1, max_length=1000)]
    door: Wie = ""
    door_naam: Wie = ""
    versie: int | None = None


class ZoekIn(Schema):
    """De klokken van deze zaken; wie er geen heeft, staat niet in het antwoord."""

    zaken: Annotated[list[GevuldeUrl], Field(max_length=500)]


class WekkerIn(Schema):
    """Laat een proces weten dat een moment er is. `datum` hoort bij `bereikt`, en is bij `reactie` de laatste dag om te reageren;
    `werkdagen` hoort bij `dreigt`.
    """

    uuid: UUID
    zaak: GevuldeUrl
    moment: Wekmoment
    datum: date | None = None
    werkdagen: Annotated[int, Field(ge=0, le=250)] = 10


class WekkerUit(Schema):
    uuid: UUID
    moment: Wekmoment
    op: date | None


class OverzichtUit(Schema):
    """Hoeveel zaken van een zaaktype er in welke toestand zijn."""

    zaaktype: str
    zaaktype_naam: str
    loopt: int
    dreigt: int
    opgeschort: int
    verlopen: int


class StoringIn(Schema):
    """Een storing van het digitale kanaal (Awb 2:21). Zonder `einde` duurt zij nog."""

    uuid: UUID
    begin: Tijdstip
    einde: Tijdstip | None = None
    omschrijving: Annotated[str, Field(min_length=1, max_length=1000)]
    door: Wie = ""
    door_naam: Wie = ""


class StoringEindeIn(Schema):
    """Het einde van een storing, of met `ingetrokken` dat zij er niet was."""

    einde: Tijdstip | None = None
    ingetrokken: bool = False
    door: Wie = ""
    door_naam: Wie = ""


class StoringUit(StoringIn):
    ingetrokken: bool
    vastgelegd: datetime


class FeestdagIn(Schema):
    """Een dag die met een algemeen erkende feestdag is gelijkgesteld (Atw artikel 3, lid 3)."""

    dag: date
    naam: Annotated[str, Field(min_length=1, max_length=200)]
    grondslag: Annotated[str, Field(max_length=200)] = ""
    door: Wie = ""
    door_naam: Wie = ""


class FeestdagUit(FeestdagIn):
    vastgelegd: datetime


class Dag(Schema):
    """Eén dag: de uitkomst van een berekening, of een feestdag om in te trekken."""

    dag: date
