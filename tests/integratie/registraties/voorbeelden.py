"""Van elke resource van de registraties met tokens een geldig voorbeeld, zodat een toets over alle resources kan gaan.

In een voorbeeld staat `@naam` voor het uuid van wat er onder die naam al gemaakt is, `@@naam` voor zijn URL, en `#` voor een nummer
dat elke keer anders is. Een resource zonder voorbeeld laat `test_elke_resource` mislukken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from typing import Any

import httpx
import orjson

from kern.installatie import Installatie
from kern.machines import Ondertekening
from kit import Bron, Registratie

Rij = dict[str, Any]
BSN = "999990639"
INWONER = f"urn:nld:brp:bsn:{BSN}"
_nummers = count(1000)


@dataclass(frozen=True)
class Voorbeeld:
    """Een resource van een registratie, en een lichaam waarmee zij te maken is."""

    api: str
    naam: str  # de enkelvoudsnaam in de declaratie
    pad: str
    lichaam: Rij = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.api}-{self.naam}"


def _alle(api: str, *voorbeelden: tuple[str, str, Rij]) -> list[Voorbeeld]:
    return [Voorbeeld(api, naam, pad, lichaam) for naam, pad, lichaam in voorbeelden]


def _ref(naam: str) -> Rij:
    return {"uuid": f"@{naam}"}


def _taak(**details: Any) -> Rij:
    basis = {"titel": "Taak #", "einddatumHandelingsTermijn": "2027-12-31", "isToegewezenAan": INWONER}
    return {**basis, "details": details}


SCHEMA = {"type": "object", "properties": {"naam": {"type": "string"}}}
BETALING = {"bedrag": "12.50", "transactieomschrijving": "Leges", "doelrekening": {"iban": "NL91ABNA0417164300"}}
FORMULIER = {"formulierDefinitie": {"components": [{"label": "Foto", "key": "foto", "type": "file"}]}}
BIJ_TYPE = {"producttype_uuid": "@producttype"}
BIJ_CONTACT = {"hadKlantcontact": _ref("klantcontact"), "rol": "klant"}
CONTACT = {"kanaal": "telefoon", "onderwerp": "Vraag #", "taal": "nld", "vertrouwelijk": False}
IDENTIFICATOR = {
    "codeRegister": "brp",
    "codeObjecttype": "natuurlijk_persoon",
    "codeSoortObjectId": "bsn",
    "objectId": BSN,
}
# In de volgorde waarin zij te maken zijn.
VOORBEELDEN: list[Voorbeeld] = [
    *_alle(
        "contactgegevens",
        ("persoon", "persoon", {"geboortedatum": "1980-05-17", "geslachtsnaam": "Wit #"}),
        ("organisatie", "organisatie", {"handelsnaam": "Bakkerij #"}),
    ),
    *_alle(
        "objecttypen",
        ("objecttype", "objecttypes", {"name": "boom #", "namePlural": "bomen"}),
        ("objectversie", "objecttypes/@objecttype/versions", {"jsonSchema": {**SCHEMA, "title": "v#"}, "status": "draft"}),
    ),
    *_alle(
        "objecten",
        (
            "object",
            "objects",
            {"type": "@@objecttype", "record": {"typeVersion": 1, "data": {"naam": "eik #"}, "startAt": "2026-01-01"}},
        ),
    ),
    *_alle(
        "klantinteracties",
        ("partij", "partijen", {"soortPartij": "persoon", "indicatieActief": True, "interneNotitie": "#"}),
        ("categorie", "categorieen", {"naam": "Categorie #"}),
        (
            "partijidentificator",
            "partij-identificatoren",
            {"identificeerdePartij": _ref("partij"), "partijIdentificator": IDENTIFICATOR},
        ),
        ("categorierelatie", "categorie-relaties", {"partij": _ref("partij"), "categorie": _ref("categorie")}),
        ("rekeningnummer", "rekeningnummers", {"iban": "NL00PROE000000#", "partij": _ref("partij")}),
        ("klantcontact", "klantcontacten", CONTACT),
        ("betrokkene", "betrokkenen", {**BIJ_CONTACT, "wasPartij": _ref("partij"), "initiator": True, "organisatienaam": "#"}),
        (
            "digitaaladres",
            "digitaleadressen",
            {"adres": "a#@voorbeeld.nl", "soortDigitaalAdres": "email", "verstrektDoorPartij": _ref("partij")},
        ),
        (
            "onderwerpobject",
            "onderwerpobjecten",
            {"klantcontact": _ref("klantcontact"), "onderwerpobjectidentificator": {"objectId": "Z#"}},
        ),
        (
            "bijlage",
            "bijlagen",
            {"wasBijlageVanKlantcontact": _ref("klantcontact"), "bijlageidentificator": {"objectId": "D#"}},
        ),
        ("actor", "actoren", {"naam": "Vergunningen #", "soortActor": "organisatorische_eenheid"}),
        ("actorklantcontact", "actorklantcontacten", {"actor": _ref("actor"), "klantcontact": _ref("klantcontact")}),
        (
            "internetaak",
            "internetaken",
            {
                "gevraagdeHandeling": "Bel",
                "status": "te_verwerken",
                "aanleidinggevendKlantcontact": _ref("klantcontact"),
                "toegewezenAanActoren": [_ref("actor")],
            },
        ),
        (
            "vertegenwoordiging",
            "vertegenwoordigingen",
            {"vertegenwoordigendePartij": _ref("partij"), "vertegenwoordigdePartij": _ref("partij2")},
        ),
    ),
    *_alle(
        "verzoeken",
        ("verzoektype", "verzoektypen", {"naam": "verhuur #"}),
        (
            "verzoektypeversie",
            "verzoektypen/@verzoektype/versies",
            {"aanvraagGegevensSchema": SCHEMA, "status": "published"},
        ),
        ("verzoek", "verzoeken", {"verzoekType": "@@verzoektype", "aanvraagGegevens": {"naam": "x#"}}),
    ),
    *_alle(
        "taken",
        ("externetaak", "externetaken", {**_taak(**BETALING), "taakSoort": "betaaltaak"}),
        ("betaaltaak", "betaaltaken", _taak(**BETALING)),
        ("urltaak", "urltaken", _taak(uitvraagLink="https://voorbeeld.nl/taak")),
        ("formuliertaak", "formuliertaken", _taak(**FORMULIER)),
        ("medewerkertaak", "medewerkertaken", {"titel": "Beoordeel #", "kandidaatgroepen": ["wonen"]}),
    ),
    *_alle(
        "berichten",
        ("bericht", "berichten", {"onderwerp": "Besluit #", "berichtTekst": "Er is een besluit.", "ontvanger": INWONER}),
    ),
    *_alle(
        "producttypen",
        ("uniformeproductnaam", "uniformeproductnamen", {"naam": "naam #", "uri": "https://voorbeeld.nl/#"}),
        ("dmnconfig", "dmnconfigs", {"naam": "regels #", "tabel_endpoint": "https://dmn.voorbeeld.nl/#"}),
        ("synoniem", "synoniemen", {"woorden": ["auto#", "wagen#"]}),
        ("schema", "schemas", {"naam": "schema #", "schema": {"type": "object"}}),
        ("locatie", "locaties", {"naam": "Stadhuis #"}),
        ("organisatie", "organisaties", {"naam": "Balie #", "code": "BALIE-#"}),
        ("contact", "contacten", {"naam": "Ria #", "organisatie_uuid": "@organisatie"}),
        ("thema", "themas", {"naam": "Vervoer #", "hoofd_thema": None, "producttype_uuids": []}),
        (
            "producttype",
            "producttypen",
            {
                "code": "PT-#",
                "naam": "Parkeren #",
                "samenvatting": "Parkeren",
                "doelgroep": "interne_organisatie",
                "thema_uuids": ["@thema"],
                "locatie_uuids": ["@locatie"],
                "organisatie_uuids": ["@organisatie"],
                "contact_uuids": ["@contact"],
                "toegestane_statussen": ["gereed", "actief"],
                "publicatie_start_datum": "2026-01-01",
            },
        ),
        ("content", "content", {**BIJ_TYPE, "content": "Bij de balie #", "labels": ["aanpak"]}),
        ("prijs", "prijzen", {**BIJ_TYPE, "actief_vanaf": "2027-01-01", "prijsopties": [{"bedrag": "1", "beschrijving": "x#"}]}),
        ("link", "links", {**BIJ_TYPE, "naam": "Uitleg #", "url": "https://voorbeeld.nl/#"}),
        ("actie", "acties", {**BIJ_TYPE, "naam": "Aanvragen #", "direct_url": "https://voorbeeld.nl/#"}),
    ),
    *_alle(
        "producten",
        (
            "product",
            "producten",
            {"producttype_uuid": "@producttype", "naam": "Vergunning #", "status": "gereed", "eigenaren": [{"bsn": BSN}]},
        ),
    ),
]  # fmt: skip
# Een formulier met een bestand in plaats van JSON; `tests/integratie/registraties/producten` gaat daarover.
ZONDER_JSON = {("producttypen", "bestand")}
APIS = tuple(dict.fromkeys(voorbeeld.api for voorbeeld in VOORBEELDEN))


def registratie(api: str) -> Registratie:
    """De declaratie van een registratie."""
    inhoud = vars(import_module(f"registraties.{api}.bronnen")).values()
    return next(deel for deel in inhoud if isinstance(deel, Registratie))


def bron_van(voorbeeld: Voorbeeld) -> Bron | None:
    """De declaratie van een resource; een object heeft die niet."""
    return next((bron for bron in registratie(voorbeeld.api).bronnen if bron.enkelvoud == voorbeeld.naam), None)


def operaties(voorbeeld: Voorbeeld) -> tuple[str, ...]:
    """Wat er met een resource kan."""
    bron = bron_van(voorbeeld)
    return tuple(bron.operaties) if bron else ("lijst", "maak", "haal", "vervang", "wijzig", "verwijder")


class Gemaakt:
    """Wat er van de voorbeelden al is, en verzoeken om er meer van te maken."""

    def __init__(self, installatie: Installatie) -> None:
        self.installatie = installatie
        self.rijen: dict[str, Rij] = {}

    def alles(self) -> "Gemaakt":
        """Van elk voorbeeld een; van de partij twee."""
        for voorbeeld in VOORBEELDEN:
            self.rijen[str(voorbeeld)] = self.maak(voorbeeld)
            if voorbeeld.naam == "partij":
                self.rijen[f"{voorbeeld}2"] = self.maak(voorbeeld)
        return self

    def rij(self, naam: str, api: str) -> Rij:
        """Wat er onder deze naam is: van de eigen registratie, of anders van een andere."""
        return self.rijen.get(f"{api}-{naam}") or next(
            rij for sleutel, rij in self.rijen.items() if sleutel.endswith(f"-{naam}")
        )

    def maak(self, voorbeeld: Voorbeeld) -> Rij:
        antwoord = self.stuur(voorbeeld.api, "POST", self.pad(voorbeeld), self.lichaam(voorbeeld))
        assert antwoord.status_code == httpx.codes.CREATED, (voorbeeld, antwoord.text)
        rij: Rij = antwoord.json()
        return rij

    def lichaam(self, voorbeeld: Voorbeeld) -> Rij:
        """Het lichaam, met nieuwe nummers."""
        ingevuld: Rij = self._vul(voorbeeld.lichaam, voorbeeld.api, str(next(_nummers)))
        return ingevuld

    def pad(self, voorbeeld: Voorbeeld) -> str:
        return "/".join(self._waarde(deel, voorbeeld.api) for deel in voorbeeld.pad.split("/"))

    def url(self, voorbeeld: Voorbeeld) -> str:
        """De URL van wat er van dit voorbeeld is."""
        return self.url_van(voorbeeld, self.rijen[str(voorbeeld)])

    def url_van(self, voorbeeld: Voorbeeld, rij: Rij) -> str:
        sleutel = rij.get("uuid") or rij.get("versie") or rij.get("version")
        basis = self.installatie.diensten[voorbeeld.api].basis
        eigen = str(rij.get("url", ""))
        return eigen if eigen.startswith(basis) else f"{basis}/{self.pad(voorbeeld)}/{sleutel}"

    def stuur(
        self, api: str, methode: str, pad: str, json: Any = None, ruw: bytes | None = None, sleutel: str = ""
    ) -> httpx.Response:
        dienst = self.installatie.diensten[api]
        url = pad if pad.startswith(dienst.basis) else f"{dienst.basis}/{pad}"
        auth = Ondertekening(self.installatie, dienst, "proef")
        inhoud = orjson.dumps(json) if json is not None else ruw
        koppen = {} if inhoud is None else {"Content-Crs": "EPSG:4326", "Content-Type": "application/json"}
        koppen |= {"Idempotency-Key": sleutel} if sleutel else {}
        return self.installatie.http.request(methode, url, content=inhoud, headers=koppen, auth=auth)

    def _vul(self, deel: Any, api: str, nummer: str) -> Any:
        if isinstance(deel, Mapping):
            return {naam: self._vul(waarde, api, nummer) for naam, waarde in deel.items()}
        if isinstance(deel, list):
            return [self._vul(waarde, api, nummer) for waarde in deel]
        return self._waarde(deel, api).replace("#", nummer) if isinstance(deel, str) else deel

    def _waarde(self, tekst: str, api: str) -> str:
        if not tekst.startswith("@"):
            return tekst
        rij = self.rij(tekst.lstrip("@"), api)
        return str(rij["url"] if tekst.startswith("@@") else rij["uuid"])


def verwijzingen(lichaam: Any, spoor: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """De plek van elke verwijzing in een voorbeeld, met wat er staat (`@partij`)."""
    delen = lichaam.items() if isinstance(lichaam, dict) else enumerate(lichaam) if isinstance(lichaam, list) else ()
    for plek, waarde in delen:
        if isinstance(waarde, str) and waarde.startswith("@"):
            yield (*spoor, plek), waarde
        else:
            yield from verwijzingen(waarde, (*spoor, plek))
