"""Elke plek waar een ZGW-API een verwijzing aanneemt, uit de declaraties; en per resource een verzoek dat klopt."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from integratie.basis import ApiClient
from integratie.catalogi import CatalogiClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kit import Bron, Registratie
from tests.integratie.registraties.typen import RSIN, SELECTIELIJST, Typen, maak_catalogus, maak_typen, zaaktype_invoer
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zaak_json, zet_status

APIS = ("zaken", "catalogi", "documenten", "besluiten", "autorisaties", "notificaties")
NAAM_OF_URL = {
    "zaaktype": ("besluittypen.0", "deelzaaktypen.0", "gerelateerdeZaaktypen.0.zaaktype"),
    "besluittype": ("informatieobjecttypen.0",),
    "resultaattype": ("besluittypen.0", "informatieobjecttypen.0"),
    "zaaktypeinformatieobjecttype": ("informatieobjecttype",),
}
"""Tekst in de standaard, waar ook een URL mag staan."""
VRIJ = {
    ("rol", "betrokkene"),
    ("zaaktype", "broncatalogus.url"),
    ("zaaktype", "bronzaaktype.url"),
    ("zaaktype", "productenOfDiensten.0"),
    ("zaaktype", "referentieproces.link"),
    ("zaakobjecttype", "objecttype"),
    ("verzending", "betrokkene"),
    ("verzending", "buitenlandsCorrespondentieadres.landPostadres"),
    ("verzending", "contactPersoon"),
    ("applicatie", "autorisaties.0.zaaktype"),
    ("applicatie", "autorisaties.0.informatieobjecttype"),
    ("applicatie", "autorisaties.0.besluittype"),
}
"""Wat de standaard alleen laat bewaren: daar gaat niemand kijken."""
ELKE_SOORT = {
    "zaakobject.object",
    "zaakobject.objectTypeOverigeDefinitie.url",
    "zaakcontactmoment.contactmoment",
    "zaakverzoek.verzoek",
    "resultaattype.catalogus",
    "roltype.catalogus",
    "zaakobjecttype.catalogus",
}
SOORTEN = {
    "hoofdzaak": "zaak",
    "gerelateerdAan": "zaak",
    "url": "zaak",
    "object": "zaak",
    "besluittypen": "besluittype",
    "deelzaaktypen": "zaaktype",
    "informatieobjecttypen": "informatieobjecttype",
    "eigenschappen": "eigenschap",
}
LIJST = {"selectielijstProcestype", "selectielijstklasse", "resultaattypeomschrijving"}
"""Een selectielijst die niet na te gaan is houdt het beheer van typen niet tegen (regels 16)."""


@dataclass(frozen=True)
class Plek:
    """Een veld (`relevanteAndereZaken.0.url`) in het verzoek van een resource dat een URL aanneemt."""

    bron: Bron
    veld: str

    @property
    def vrij(self) -> bool:
        lijst = self.bron.enkelvoud in ("zaaktype", "resultaattype") and self.veld in LIJST
        return lijst or (self.bron.enkelvoud, self.veld) in VRIJ

    @property
    def soort(self) -> str:
        """Welke soort resource hier hoort; leeg als elke soort mag, of als er een fout van het geheel op volgt."""
        naam = next(stap for stap in reversed(self.veld.split(".")) if not stap.isdigit())
        return "" if self.vrij or str(self) in ELKE_SOORT else SOORTEN.get(naam, naam)

    def __str__(self) -> str:
        return f"{self.bron.enkelvoud}.{self.veld}"

    def met(self, lichaam: Mapping[str, Any], url: str) -> dict[str, Any]:
        """Het lichaam met deze URL op deze plek."""
        uit = copy.deepcopy(dict(lichaam))
        *tot, laatste = self.veld.split(".")
        deel: Any = uit
        for stap in tot:
            deel = deel[int(stap) if stap.isdigit() else stap]
        if laatste.isdigit():
            deel[:] = [url]
        else:
            deel[laatste] = url
        return uit


def registratie(api: str) -> Registratie:
    """De declaratie van een API."""
    inhoud = vars(import_module(f"registraties.{api}.bronnen")).values()
    return next(deel for deel in inhoud if isinstance(deel, Registratie))


def plekken(api: str) -> list[Plek]:
    """Alle plekken van een API, bij elke resource die te maken is."""
    bronnen = [bron for bron in registratie(api).bronnen if "maak" in bron.operaties]
    return [Plek(bron, veld) for bron in bronnen for veld in _velden(bron)]


def _velden(bron: Bron) -> list[str]:
    schema = bron.invoer("create").model_json_schema(by_alias=True)
    return sorted({*_urls(schema, schema.get("$defs", {}), ""), *NAAM_OF_URL.get(bron.enkelvoud, ())})


def _urls(schema: Mapping[str, Any], typen: Mapping[str, Any], pad: str) -> Iterator[str]:
    schema = typen[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if schema.get("format") == "uri":
        yield pad
    for deel in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _urls(deel, typen, pad)
    if "items" in schema:
        yield from _urls(schema["items"], typen, f"{pad}.0")
    for naam, deel in schema.get("properties", {}).items():
        yield from _urls(deel, typen, f"{pad}.{naam}" if pad else naam)


class Alle(ApiClient):
    """Een client van een API: als die registratie zelf, die overal bij mag, of namens een ander."""

    def __init__(self, installatie: Installatie, api: str, *, namens: str = "") -> None:
        self.api = api
        super().__init__(installatie, namens=namens or api)


def lichamen(installatie: Installatie, api: str) -> dict[str, dict[str, Any]]:
    """Per resource (enkelvoud) een POST-lichaam dat klopt, met elke plek gevuld; `pad` is waar het heen gaat als dat niet het pad is."""
    if api == "autorisaties":
        return {"applicatie": _applicatie()}
    if api == "notificaties":
        Alle(installatie, api).vraag("POST", "kanaal", json={"naam": "zaken", "filters": []})
        kanaal = {"naam": "zaken", "filters": {}}
        return {"kanaal": {"naam": "los"}, "abonnement": {"callbackUrl": "", "auth": "x", "kanalen": [kanaal]}}
    typen = maak_typen(installatie)
    if api == "catalogi":
        return _catalogi(installatie, typen)
    return {"zaken": _zaken, "documenten": _documenten, "besluiten": _besluiten}[api](installatie, typen)


def _applicatie() -> dict[str, Any]:
    grens = {"maxVertrouwelijkheidaanduiding": "openbaar"}
    type_ = {"zaaktype": "", "informatieobjecttype": "", "besluittype": ""}
    return {"clientIds": ["x"], "label": "x", "autorisaties": [{"component": "ac", "scopes": ["x"]} | type_ | grens]}


def _zaken(installatie: Installatie, typen: Typen) -> dict[str, dict[str, Any]]:
    zrc = ZakenClient(installatie, namens="zaken")
    zaak, ander = (maak_zaak(zrc, typen)["url"] for _ in range(2))
    status = zet_status(zrc, zaak, typen.begin)["url"]
    rol = zrc.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["behandelaar"]))["url"]
    document, van_zaak = maak_document(installatie, typen.informatieobjecttype), {"zaak": zaak}
    definitie = {"url": zaak, "schema": ".kenmerken", "objectData": ".kenmerken"}
    overig = {"objectType": "overige", "objectTypeOverige": "x", "object": zaak, "zaakobjecttype": None}
    return {
        "zaak": zaak_json(
            typen,
            communicatiekanaal="",
            selectielijstklasse="",
            hoofdzaak=ander,
            productenOfDiensten=["https://producten.example/1"],
            gerelateerdeZaken=[{"url": zaak}],
            relevanteAndereZaken=[{"url": zaak, "aardRelatie": "vervolg"}],
        ),
        "status": van_zaak
        | {"statustype": typen.midden, "datumStatusGezet": "2026-01-06T10:00:00Z", "gezetdoor": rol},
        "resultaat": van_zaak | {"resultaattype": typen.resultaattype},
        "rol": rol_json(zaak, typen.rollen["initiator"], betrokkene=""),
        "zaakeigenschap": van_zaak | {"eigenschap": typen.eigenschap, "waarde": "20260101", "pad": f"{zaak}/zaakeigenschappen"},
        "zaakinformatieobject": van_zaak | {"informatieobject": document, "status": status},
        "zaakobject": van_zaak | overig | {"objectTypeOverigeDefinitie": definitie},
        "zaakbesluit": {"besluit": "", "pad": f"{zaak}/besluiten"},
        "klantcontact": van_zaak | {"datumtijd": "2026-01-06T10:00:00Z"},
        "zaakcontactmoment": van_zaak | {"contactmoment": zaak},
        "zaakverzoek": van_zaak | {"verzoek": zaak},
        "zaaknotitie": {"gerelateerdAan": zaak, "onderwerp": "x", "tekst": "y"},
        "substatus": van_zaak | {"status": status, "omschrijving": "x", "tijdstip": "2026-01-06T10:00:00Z"},
    }  # fmt: skip


def _catalogi(installatie: Installatie, typen: Typen) -> dict[str, dict[str, Any]]:
    ztc = Alle(installatie, "catalogi")
    catalogus = maak_catalogus(CatalogiClient(installatie, namens="catalogi"), "ANDER")
    zaaktype = ztc.vraag("POST", "zaaktypen", json=zaaktype_invoer(catalogus).als_json())["url"]
    van = {"zaaktype": zaaktype, "catalogus": catalogus}
    geldig = {"catalogus": catalogus, "omschrijving": "Nieuw", "beginGeldigheid": "2026-01-01"}
    bron = {"url": "", "domein": "ABCDE", "rsin": RSIN}, {"url": "", "identificatie": "x", "omschrijving": "x"}
    soort = {"vertrouwelijkheidaanduiding": "openbaar", "informatieobjectcategorie": "x"}
    ztc.vraag("POST", "informatieobjecttypen", json=geldig | soort | {"omschrijving": "Brief"})
    klasse, naam = f"{SELECTIELIJST}/resultaten/1", f"{SELECTIELIJST}/resultaattypeomschrijvingen/1"
    specificatie = {"formaat": "tekst", "lengte": "8", "kardinaliteit": "1"}
    return {
        "zaaktype": zaaktype_invoer(catalogus, "NIEUW").als_json()
        | {"broncatalogus": bron[0], "bronzaaktype": bron[1], "besluittypen": [], "deelzaaktypen": []}
        | {"gerelateerdeZaaktypen": [{"zaaktype": "NIEUW", "aardRelatie": "vervolg"}]},
        "statustype": van | {"omschrijving": "Nieuw", "volgnummer": 7, "eigenschappen": []},
        "resultaattype": van
        | {"omschrijving": "Nieuw", "resultaattypeomschrijving": naam, "selectielijstklasse": klasse}
        | {"archiefnominatie": "blijvend_bewaren", "besluittypen": [], "informatieobjecttypen": []},
        "roltype": van | {"omschrijving": "Nieuw", "omschrijvingGeneriek": "adviseur"},
        "informatieobjecttype": geldig | {"vertrouwelijkheidaanduiding": "openbaar", "informatieobjectcategorie": "x"},
        "zaaktypeinformatieobjecttype": {"zaaktype": zaaktype, "informatieobjecttype": "Brief", "statustype": None}
        | {"volgnummer": 7, "richting": "intern"},
        "besluittype": geldig | {"publicatieIndicatie": False, "informatieobjecttypen": []},
        "eigenschap": van | {"naam": "x", "definitie": "x", "specificatie": specificatie, "statustype": None},
        "zaakobjecttype": van | {"anderObjecttype": True, "objecttype": klasse, "relatieOmschrijving": "x"},
    }


def _documenten(installatie: Installatie, typen: Typen) -> dict[str, dict[str, Any]]:
    document = maak_document(installatie, typen.informatieobjecttype)
    los = {"bronorganisatie": RSIN, "creatiedatum": "2026-01-05", "titel": "x", "auteur": "x", "taal": "nld"}
    van, persoon = {"informatieobject": document}, "https://personen.example/1"
    adres = {"adresBuitenland1": "Rue 1", "landPostadres": persoon}
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zrc, typen)["url"]
    return {
        "enkelvoudiginformatieobject": los | {"informatieobjecttype": typen.informatieobjecttype},
        "gebruiksrechten": van | {"startdatum": "2026-01-01T00:00:00Z", "omschrijvingVoorwaarden": "Vragen"},
        "objectinformatieobject": van | {"object": zaak, "objectType": "zaak"},
        "verzending": van
        | {"aardRelatie": "geadresseerde", "betrokkene": persoon, "contactPersoon": persoon}
        | {"buitenlandsCorrespondentieadres": adres},
    }


def _besluiten(installatie: Installatie, typen: Typen) -> dict[str, dict[str, Any]]:
    document = maak_document(installatie, typen.informatieobjecttype)
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "datum": "2026-01-06"}
    besluit |= {"ingangsdatum": "2026-01-07", "zaak": ""}
    gemaakt = Alle(installatie, "besluiten").vraag("POST", "besluiten", json=besluit)["url"]
    return {"besluit": besluit, "besluitinformatieobject": {"besluit": gemaakt, "informatieobject": document}}


def elke_soort(installatie: Installatie) -> dict[str, str]:
    """Van veel soorten resources een URL, en URL's van een lijst, een bestand en een pagina die geen van alle een resource zijn."""
    typen = maak_typen(installatie, "SOORTEN")
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zrc, typen)["url"]
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype, "datum": "2026-01-06"}
    document = maak_document(installatie, typen.informatieobjecttype)
    return {
        "catalogus": typen.catalogus,
        "zaaktype": typen.zaaktype,
        "statustype": typen.begin,
        "resultaattype": typen.resultaattype,
        "roltype": typen.rollen["initiator"],
        "eigenschap": typen.eigenschap,
        "informatieobjecttype": typen.informatieobjecttype,
        "besluittype": typen.besluittype,
        "zaak": zaak,
        "status": zet_status(zrc, zaak, typen.begin)["url"],
        "informatieobject": document,
        "besluit": Alle(installatie, "besluiten").vraag(
            "POST", "besluiten", json=besluit | {"ingangsdatum": "2026-01-07"}
        )["url"],
        "een lijst": f"{zaak.rpartition('/')[0]}",
        "een bestand": f"{document}/download",
        "een pagina": f"{installatie.instellingen.adres}/gezond",
    }
