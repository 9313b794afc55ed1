"""Schema's van de Documenten API 1.7."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from integratie.basis import GevuldeUrl, Schema, Url
from integratie.typen import Rsin, Tijdstip, Vertrouwelijkheid, leeg_als_null

Status = Literal["", "in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd"]
Objecttype = Literal["besluit", "zaak", "verzoek"]
Taal = Annotated[str, StringConstraints(min_length=3, max_length=3, pattern=r"^[a-z]{3}$")]  # ISO 639-2/B
Algoritme = Literal[
    "crc_16",
    "crc_32",
    "crc_64",
    "fletcher_4",
    "fletcher_8",
    "fletcher_16",
    "fletcher_32",
    "hmac",
    "md5",
    "sha_1",
    "sha_256",
    "sha_512",
    "sha_3",
]


class Ondertekening(Schema):
    soort: Literal["", "analoog", "digitaal", "pki"] = ""
    datum: date | None = None


class Integriteit(Schema):
    """`waarde` wordt niet nagerekend."""

    algoritme: Literal[""] | Algoritme = ""
    waarde: Annotated[str, Field(max_length=128)] = ""
    datum: date | None = None


def geen_ondertekening() -> dict[str, Any]:
    return {"soort": "", "datum": None}


def geen_integriteit() -> dict[str, Any]:
    return {"algoritme": "", "waarde": "", "datum": None}


class DocumentBasis(Schema):
    """De velden van een document die bij lezen en schrijven hetzelfde betekenen."""

    identificatie: Annotated[str, Field(max_length=40)] = ""
    bronorganisatie: Annotated[Rsin, Field(min_length=1)]
    creatiedatum: date
    titel: Annotated[str, Field(max_length=200, min_length=1)]
    vertrouwelijkheidaanduiding: Literal[""] | Vertrouwelijkheid = ""
    is_gereed_voor_publicatie: bool | None = None
    tonen_aan_initiator: bool = False
    auteur: Annotated[str, Field(max_length=200, min_length=1)]
    status: Status = ""
    inhoud_is_vervallen: bool | None = None
    formaat: Annotated[str, Field(max_length=255)] = ""
    taal: Taal
    bestandsnaam: Annotated[str, Field(max_length=255)] = ""
    bestandsomvang: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None
    link: Annotated[str, Field(max_length=200)] = ""
    beschrijving: Annotated[str, Field(max_length=1000)] = ""
    ontvangstdatum: date | None = None
    verzenddatum: date | None = None
    indicatie_gebruiksrecht: bool | None = None
    verschijningsvorm: str = ""
    ondertekening: Annotated[Ondertekening, leeg_als_null(geen_ondertekening)] = Field(default_factory=Ondertekening)
    integriteit: Annotated[Integriteit, leeg_als_null(geen_integriteit)] = Field(default_factory=Integriteit)
    informatieobjecttype: Annotated[Url, Field(min_length=1)]
    trefwoorden: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list)


class DocumentIn(DocumentBasis):
    """`inhoud` is base64. Leeg met een `bestandsomvang`: de inhoud volgt in bestandsdelen."""

    inhoud: str | None = None


class DocumentMetLockIn(DocumentIn):
    lock: Annotated[str, Field(min_length=1)]


class DocumentPatch(DocumentIn):
    lock: str = ""


class BestandsDeelUit(Schema):
    url: Url
    volgnummer: int
    omvang: int
    voltooid: bool
    lock: str = ""


class DocumentUit(DocumentBasis):
    """`inhoud` is de downloadlink van precies deze versie, of null zolang er geen inhoud is."""

    url: str
    versie: int
    begin_registratie: datetime
    locked: bool
    inhoud: Url | None = None
    bestandsdelen: list[BestandsDeelUit] = Field(default_factory=list)


class DocumentGemaakt(DocumentUit):
    """Het antwoord op aanmaken; `lock` is gevuld als de inhoud nog in delen moet komen."""

    lock: str = ""


class LockUit(Schema):
    lock: str


class UnlockIn(Schema):
    lock: str = ""


class BestandsDeelIn(Schema):
    """Gaat als multipart/form-data, met `inhoud` als bestand."""

    inhoud: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    lock: Annotated[str, Field(min_length=1)]


class GebruiksrechtIn(Schema):
    informatieobject: Annotated[Url, Field(min_length=1)]
    startdatum: Tijdstip
    einddatum: Tijdstip | None = None
    omschrijving_voorwaarden: Annotated[str, Field(min_length=1)]


class GebruiksrechtUit(GebruiksrechtIn):
    url: str


class ObjectInformatieObjectIn(Schema):
    informatieobject: Annotated[Url, Field(min_length=1)]
    object: Annotated[Url, Field(min_length=1)]
    object_type: Objecttype


class ObjectInformatieObjectUit(ObjectInformatieObjectIn):
    url: str


class BinnenlandsAdres(Schema):
    huisletter: Annotated[str, Field(max_length=1)] = ""
    huisnummer: Annotated[int, Field(le=99999, ge=1)]
    huisnummer_toevoeging: Annotated[str, Field(max_length=4)] = ""
    naam_openbare_ruimte: Annotated[str, Field(max_length=80, min_length=1)]
    postcode: Annotated[str, Field(max_length=6)] = ""
    woonplaatsnaam: Annotated[str, Field(max_length=80, min_length=1)]


class BuitenlandsAdres(Schema):
    adres_buitenland1: Annotated[str, Field(max_length=35, min_length=1)] = Field(alias="adresBuitenland1")
    adres_buitenland2: Annotated[str, Field(max_length=35)] = Field("", alias="adresBuitenland2")
    adres_buitenland3: Annotated[str, Field(max_length=35)] = Field("", alias="adresBuitenland3")
    land_postadres: GevuldeUrl


class Postadres(Schema):
    post_bus_of_antwoordnummer: Annotated[int, Field(le=9999, ge=1)]
    postadres_postcode: Annotated[str, Field(max_length=6, min_length=1)]
    postadres_type: Literal["antwoordnummer", "postbusnummer"]
    woonplaatsnaam: Annotated[str, Field(max_length=80, min_length=1)]


class VerzendingIn(Schema):
    """Hoe een document ontvangen (`afzender`) of verzonden (`geadresseerde`) is, aan precies één adres."""

    betrokkene: GevuldeUrl
    informatieobject: GevuldeUrl
    aard_relatie: Literal["afzender", "geadresseerde"]
    toelichting: Annotated[str, Field(max_length=200)] = ""
    ontvangstdatum: date | None = None
    verzenddatum: date | None = None
    contact_persoon: GevuldeUrl
    contactpersoonnaam: Annotated[str, Field(max_length=40)] = ""
    binnenlands_correspondentieadres: BinnenlandsAdres | None = None
    buitenlands_correspondentieadres: BuitenlandsAdres | None = None
    correspondentie_postadres: Postadres | None = None
    faxnummer: Annotated[str, Field(max_length=15)] | None = None
    emailadres: Annotated[str, Field(max_length=100)] | None = None
    mijn_overheid: bool = False
    telefoonnummer: Annotated[str, Field(max_length=15)] | None = None


class VerzendingUit(VerzendingIn):
    url: str


class Documentnummer(Schema):
    documentnummer: str


class Zaakkoppeling(Schema):
    """De koppeling van een te registreren document aan een zaak; het document zelf noemt zij nog niet."""

    zaak: GevuldeUrl
    titel: Annotated[str, Field(max_length=200)] = ""
    beschrijving: str = ""
    vernietigingsdatum: Tijdstip | None = None
    status: GevuldeUrl | None = None


class DocumentRegistrerenIn(Schema):
    """Een document en zijn koppeling aan een zaak in één verzoek (uitbreiding, ook van Open Zaak)."""

    enkelvoudiginformatieobject: DocumentIn
    zaakinformatieobject: Zaakkoppeling


class GelegdeZaakkoppeling(Zaakkoppeling):
    url: str
    uuid: UUID
    informatieobject: Url
    aard_relatie_weergave: str
    registratiedatum: datetime


class DocumentRegistreren(Schema):
    enkelvoudiginformatieobject: DocumentGemaakt
    zaakinformatieobject: GelegdeZaakkoppeling


class ImportGemaakt(Schema):
    """Waar de volgende stappen van een bulkimport zijn (uitbreiding, ook van Open Zaak)."""

    upload_url: str
    status_url: str
    report_url: str


class ImportStatus(Schema):
    """Hoe ver een bulkimport is."""

    total: int
    processed: int
    processed_successfully: int
    processed_invalid: int
    status: str
