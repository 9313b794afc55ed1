"""De declaraties: wat een resource is, en welke samen een registratie vormen."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint
from sqlalchemy import ColumnElement

from integratie.basis import Schema
from kern.fouten import ParamFout
from kit.afgeleid import Afgeleid
from kit.filters import Filter, met_keuzen
from kit.tabel import AuditTabel, Resource, TellingTabel
from kit.toegang import Rechten

if TYPE_CHECKING:
    from kern.ldv import Betrokkene
    from kit.omgeving import Omgeving
    from kit.wijziging import Wijziging

ALLE_OPERATIES = ("lijst", "maak", "haal", "vervang", "wijzig", "verwijder")
Regel = Callable[["Wijziging[Any]"], Iterable[ParamFout] | None]
Gevolg = Callable[["Wijziging[Any]"], None]


@dataclass(frozen=True)
class Kanaal:
    """Het notificatiekanaal van een hoofdobject; `kenmerken` zijn veldnamen van dat hoofdobject in camelCase.

    `veld.deel` is een deel van een JSON-kolom, of een veld van het type waar `veld` naar verwijst (`zaaktype.catalogus`).
    """

    naam: str
    kenmerken: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Actie:
    """Een schrijfactie met een eigen naam: POST op `<pad>/<uuid>/<naam>`, zonder lichaam en met de resource als antwoord.

    De scopes staan bij de bron onder deze naam. `regels` en `binnen` werken als bij de bron; wat een regel in `w.waarden`
    zet, wordt geschreven. `uitbreiding`: wat zij doet, als zij niet in de standaard staat.
    """

    naam: str
    regels: "Sequence[Regel]" = ()
    binnen: "Sequence[Regel]" = ()
    actie: str = "update"
    uitbreiding: str = ""


@dataclass(frozen=True, kw_only=True)
class Vertaling:
    """De vertaalbare velden van een bron (`schrijf`), in de kolom `vertalingen`: per taal die velden. Zie `kit.vertalen`."""

    lees: type[Schema]
    schrijf: type[Schema]
    operaties: tuple[str, ...] = ("put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class Route:
    """Een route uit `Registratie.routes`, voor het OpenAPI-document.

    `pad` met de parameternamen van de standaard; `parameters` zijn queryparameters met hun type (en padparameters die geen uuid
    zijn). Met `lijst` is het antwoord een lijst van `lees`, met `of_een` ook één `lees`; een ander `mediatype` zonder `lees` is een bestand.
    `uitbreiding`: wat zij doet, als zij niet in de standaard staat. `koppen`: headers die zij kent; `ook`: andere goede antwoorden.
    `kan_ontbreken`: 404 als er niet is wat het lichaam noemt; met een uuid in het pad kan dat altijd.
    """

    pad: str
    methode: str
    operatie: str
    lees: type[Schema] | None = None
    schrijf: type[Schema] | None = None
    status: int = 200
    lijst: bool = False
    of_een: bool = False
    gepagineerd: bool = False
    scopes: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    mediatype: str = "application/json"
    uitbreiding: str = ""
    koppen: tuple[str, ...] = ()
    ook: Mapping[str, type[Schema]] = field(default_factory=dict)
    kan_ontbreken: bool = False


@dataclass(frozen=True, kw_only=True)
class Bron:
    """Eén resource: tabel, schema's, operaties en regels.

    * `pad` relatief aan de API; een ouder in het pad staat als `{zaak}` (een verwijzende kolom van `model`).
    * `lees` en `schrijf` hebben dezelfde veldnamen als de kolommen; wat geen kolom is staat in `afgeleid`.
    * `regels` lopen vóór de transactie en mogen andere API's vragen; `binnen` loopt in de transactie, nadat het hoofdobject
      vergrendeld is; beide geven `ParamFout`en, die samen het antwoord vormen. `gevolgen` lopen na de schrijfactie.
      `voor_verwijderen` loopt vóór de transactie van een DELETE, `bij_verwijderen` daarin.
    * `expand`: de relaties van deze resource; `expandpaden`: alleen deze paden, ook dieper (leeg: elk pad dat bestaat).
    * `standaard`: filters die gelden als de aanroeper ze weglaat; `parameters`: extra queryparameters bij het lezen van één
      resource, met hun type; `acties`: schrijfacties met een eigen naam.
    * `schrijf_bij`: een ander schrijfschema bij `update` of `partial_update`, met de velden van `schrijf` (soms meer of niet verplicht).
      `alleen_schrijven`: velden die bij lezen iets anders betekenen, en bij PATCH dus niet van de bestaande stand komen.
    * `vooraf` loopt als alle regels goed zijn, vlak voor de transactie (een bestand bewaren); wat dan in `w.bij_mislukken` staat,
      wordt gedaan als de transactie niet doorgaat.
    * `padkolom`: het laatste deel van het pad, als dat geen uuid is maar een volgnummer binnen de ouder (`versies/3`).
    * `padnamen`: hoe de standaard een padparameter noemt, als dat niet `<ouder>_uuid` of `uuid` is (leeg: de resource zelf).
    * `nieuw_is_los`: de weergave van deze nieuwe rij hangt niet van andere rijen of van `gevolgen` af (wat eronder hoort is er nog niet);
      zij komt dan met de INSERT mee.
    * `vast`: kolomwaarden die elke rij van deze bron heeft, als meer bronnen één tabel delen (soorten taken).
    * `historie`: eerdere standen van de resource, op te vragen met een van de `parameters`.
    * `spiegel`: dezelfde relatie staat ook in een andere registratie, alles of niets (`model` is dan `Gespiegeld`).
    * `zoekfilters`: criteria die alleen in `_zoek` kunnen; `velden`: `_zoek` kent `fields` (zie `kit.velden`).
    * `aanvullen` loopt na het lezen, per pagina één keer en buiten de transactie: gegevens van andere API's in de weergaven.
    * `uitbreiding`: waar de bron voor is, als zij niet in de standaard staat.
    * `multipart`: het lichaam is een formulier met een bestand in plaats van JSON.
    * `vertaling`: velden die ook in een andere taal bestaan; het leesveld `taal` zegt welke het is.
    * `betrokkenen`: over wie een weergave gaat; leest of schrijft een ander systeem haar, dan komt dat in het verwerkingenlogboek.
      `betrokkenen_achter`: hetzelfde, als dat bij een hele pagina op te zoeken is.
    * `telling`: de tabel waarin triggers bijhouden hoeveel rijen er per type en vertrouwelijkheid zijn (zie `kit.tellingen`).
    * `hoofd` is de verwijzende kolom naar het hoofdobject (audittrail, notificaties, slot); leeg: de resource zelf.
    """

    pad: str
    enkelvoud: str
    model: type[Resource]
    lees: type[Schema]
    schrijf: type[Schema]
    schrijf_bij: Mapping[str, type[Schema]] = field(default_factory=dict)
    alleen_schrijven: tuple[str, ...] = ()
    operaties: tuple[str, ...] = ALLE_OPERATIES
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rechten: Rechten
    filters: Mapping[str, Filter] = field(default_factory=dict)
    standaard: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    ordening: tuple[str, ...] = ()
    zoek: bool = False
    zoekfilters: Mapping[str, Filter] = field(default_factory=dict)
    velden: bool = False
    gepagineerd: bool = True
    crs: bool = False
    expand: tuple[str, ...] = ()
    expandpaden: tuple[str, ...] = ()
    afgeleid: Mapping[str, Afgeleid] = field(default_factory=dict)
    regels: Sequence[Regel] = ()
    vooraf: Sequence[Gevolg] = ()
    binnen: Sequence[Regel] = ()
    gevolgen: Sequence[Gevolg] = ()
    nieuw_is_los: Callable[["Wijziging[Any]"], bool] = field(default=lambda _: False)
    voor_verwijderen: Sequence[Regel] = ()
    bij_verwijderen: Sequence[Regel] = ()
    acties: Sequence[Actie] = ()
    hoofd: str = ""
    kanaal: Kanaal | None = None
    meldt: tuple[str, ...] = ("create", "update", "partial_update", "destroy")
    weergave: Callable[[Mapping[str, Any]], str] = lambda _rij: ""
    sleutel: str = "uuid"
    padkolom: str = "id"
    padnamen: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, Any] = field(default_factory=dict)
    historie: "Historie | None" = None
    betrokkenen: "Callable[[Mapping[str, Any]], Iterable[Betrokkene]] | None" = None
    betrokkenen_achter: "Callable[[Omgeving, Sequence[Mapping[str, Any]]], Iterable[Betrokkene]] | None" = None
    spiegel: "Spiegel | None" = None
    telling: type[TellingTabel] | None = None
    vertaling: Vertaling | None = None
    multipart: bool = False
    aanvullen: "Callable[[Omgeving, Sequence[dict[str, Any]]], None] | None" = None
    uitbreiding: str = ""

    @property
    def ouders(self) -> tuple[str, ...]:
        """De ouders in het pad, als kolommen."""
        return tuple(re.findall(r"{(\w+)}", self.pad))

    @property
    def kenmerkkolommen(self) -> tuple[str, ...]:
        """De kolommen waar de kenmerken van een notificatie uit komen."""
        velden = {veld.alias or naam: naam for naam, veld in self.lees.model_fields.items()}
        return tuple(velden[kenmerk.partition(".")[0]] for kenmerk in (self.kanaal.kenmerken if self.kanaal else ()))

    def invoer(self, actie: str) -> type[Schema]:
        """Het schrijfschema bij een actie (`create`, `update`, `partial_update`)."""
        return self.schrijf_bij.get(actie, self.schrijf)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", met_keuzen(self.filters, self.lees))
        if self.hoofd and not hasattr(self.model, self.hoofd):
            raise TypeError(f"{self.enkelvoud}: kolom {self.hoofd} bestaat niet")


@dataclass(frozen=True, kw_only=True)
class Spiegel:
    """Dezelfde relatie in een andere registratie: waar (`api`, `pad`), en welk veld daar bij welke kolom hier hoort.

    Aan `velden` (verwijzingen; `id` is de rij zelf) is zij te herkennen; `vast` gaat bij aanmaken mee. Een kolom in het pad
    (`{zaak}/besluiten`) is de URL in die kolom. `zoekbaar`: de lijst daar is op de velden te filteren. `als`: alleen rijen
    waarin die kolom gevuld is, hebben een spiegel. `bij`, in plaats van `api`: de spiegel staat in de dienst van de URL in die
    kolom, als dat een geregistreerde ZGW-dienst is die het platform verder niet kent; anders is er geen.
    """

    api: str = ""
    pad: str
    velden: Mapping[str, str]
    vast: Mapping[str, str] = field(default_factory=dict)
    zoekbaar: bool = True
    als: str = ""
    bij: str = ""


@dataclass(frozen=True, kw_only=True)
class Historie:
    """Eerdere standen van een resource: één rij per stand in de tabel van `bron`, die met `ouder` naar de resource verwijst.

    `kies` zegt per queryparameter welke standen daarbij passen; de laatste daarvan is het antwoord, zonder is het 404.
    """

    bron: Bron
    ouder: str
    kies: Mapping[str, Callable[[Any], ColumnElement[bool]]]

    def waar(self, id_: UUID, waarden: Mapping[str, Any]) -> list[ColumnElement[bool]]:
        """De voorwaarden voor de standen van deze resource die bij de parameters passen."""
        return [
            getattr(self.bron.model, self.ouder) == id_,
            *(self.kies[naam](waarde) for naam, waarde in waarden.items()),
        ]


@dataclass(frozen=True, kw_only=True)
class Registratie:
    """Een registratie: de resources van één API, met wat niet in een declaratie past in `routes` (en de `kanalen` daarvan).

    `grootteveld`: hoe deze standaard de paginagrootte noemt.
    `expanddiepte`: zo diep gaat expand hoogstens; wat dieper ligt blijft weg.
    `put_behoudt`: bij PUT blijven weggelaten optionele velden zoals zij waren (Open Klant), in plaats van leeg.
    `onthoud_onder`: elk webproces onthoudt antwoorden op lezen zolang deze versie (`kern.versies`) gelijk blijft. Alleen als elke
    bron de versie bij een wijziging vernieuwt, en wie mag lezen alles ziet (`ZgwRechten`).
    """

    naam: str
    titel: str
    versie: str
    bronnen: Sequence[Bron]
    kanalen: tuple[Kanaal, ...] = ()
    audit: type[AuditTabel] | None = None
    grootteveld: str = "pageSize"
    routes: Callable[[Blueprint, "Omgeving"], None] | None = None
    paden: Sequence[Route] = ()
    put_behoudt: bool = False
    onthoud_onder: str = ""
    expanddiepte: int | None = None

    def bron(self, enkelvoud: str) -> Bron:
        """De bron met dit enkelvoud."""
        return next(bron for bron in self.bronnen if bron.enkelvoud == enkelvoud)

    def bij_model(self, model: type[Any]) -> Bron:
        """De bron van een tabel."""
        return next(bron for bron in self.bronnen if bron.model is model)

    def identiteit(self, bron: Bron) -> Bron:
        """De eerste bron op dezelfde tabel, die het pad van een rij bepaalt; een eerdere stand (eigen tabel) is haar eigen."""
        return next((eerste for eerste in self.bronnen if eerste.model is bron.model), bron)
