"""De autorisatiematrix over vertrouwelijkheid bij wat geen gewone operatie op één resource is: elk niveau bij elke grens.

Maken, vergrendelen, downloaden, bestandsdelen, samengestelde acties, expand, en schrijven bij een besluit. Per grens één aanroeper; de
gegevens zijn er één keer. Wat `test_vertrouwelijkheid` al doet (lezen, lijsten, zoeken, PUT, PATCH en DELETE) staat daar.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from integratie.autorisaties.schemas import Component
from integratie.basis import ApiClient, ApiFout
from integratie.besluiten import BesluitenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kit.toegang import VERTROUWELIJKHEID
from tests.integratie.registraties.rechten import geef_rechten
from tests.integratie.registraties.typen import RSIN, Herhaal, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, zaak_json
from tests.veiligheid.zgw.plekken import Alle, registratie

DOCUMENT = {"bronorganisatie": RSIN, "creatiedatum": "2026-01-05", "titel": "x", "auteur": "x", "taal": "nld"}
Uitkomst = tuple[str, str, str, int]


@dataclass
class Grenzen:
    """Per grens een client met alle scopes van zijn component tot en met dat niveau."""

    api: str
    clients: dict[str, Alle]

    @classmethod
    def maak(cls, installatie: Installatie, api: str, component: Component, typefilter: dict[str, str]) -> "Grenzen":
        bronnen = registratie(api).bronnen
        scopes = sorted({scope for bron in bronnen for deel in bron.scopes.values() for scope in deel})
        clients = {}
        for grens in VERTROUWELIJKHEID:
            recht = {"component": component, "scopes": scopes, "maxVertrouwelijkheidaanduiding": grens}
            geef_rechten(installatie, recht | typefilter, namens=f"{api}-{grens}")
            clients[grens] = Alle(installatie, api, namens=f"{api}-{grens}")
        return cls(api, clients)

    def fout(self, wat: str, doe: Any) -> list[Uitkomst]:
        """Wat anders liep dan gedeclareerd: `doe(client, niveau)` geeft een status, en 403 precies boven de grens."""
        uit = []
        for nummer, (grens, client) in enumerate(self.clients.items()):
            for hoogte, va in enumerate(VERTROUWELIJKHEID):
                gekregen = doe(client, va)
                if (gekregen == 403) is not (hoogte > nummer):
                    uit.append((wat, grens, va, gekregen))
        return uit


def status(client: ApiClient, methode: str, pad: str, json: Any = None) -> int:
    """De status van een verzoek; 200 als het lukt."""
    try:
        if pad.endswith("/download"):
            b"".join(client.stroom(pad))
        else:
            client.vraag(methode, pad, json=json)
    except ApiFout as fout:
        return fout.status
    return 200


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


def test_maken_en_samen_registreren_van_zaken(installatie: Installatie, typen: Typen) -> None:
    """Wie tot een niveau mag, maakt geen zaak daarboven; ook niet met de samengestelde actie."""
    grenzen = Grenzen.maak(installatie, "zaken", "zrc", {"zaaktype": typen.zaaktype})

    def zaak(va: str) -> dict[str, Any]:
        return zaak_json(typen, vertrouwelijkheidaanduiding=va)

    fout = grenzen.fout("POST", lambda client, va: status(client, "POST", "zaken", zaak(va)))
    fout += grenzen.fout(
        "zaak_registreren",
        lambda client, va: status(client, "POST", "zaak_registreren", {"zaak": zaak(va)}),
    )
    assert not fout, "\n".join(map(str, fout))


def test_documenten_maken_vergrendelen_en_downloaden(installatie: Installatie, typen: Typen) -> None:
    """POST, download, lock, unlock en bestandsdelen: precies tot en met de grens."""
    soort = typen.informatieobjecttype
    grenzen = Grenzen.maak(installatie, "documenten", "drc", {"informatieobjecttype": soort})
    vol = {va: maak_document(installatie, soort, vertrouwelijkheidaanduiding=va) for va in VERTROUWELIJKHEID}
    baas = Alle(installatie, "documenten")
    leeg = {
        va: baas.vraag(
            "POST",
            "enkelvoudiginformatieobjecten",
            json=DOCUMENT
            | {"informatieobjecttype": soort, "vertrouwelijkheidaanduiding": va, "bestandsomvang": 5, "inhoud": None},
        )
        for va in VERTROUWELIJKHEID
    }
    nieuw = DOCUMENT | {"informatieobjecttype": soort, "indicatieGebruiksrecht": False}
    proeven = {
        "POST": lambda client, va: status(
            client, "POST", "enkelvoudiginformatieobjecten", nieuw | {"vertrouwelijkheidaanduiding": va}
        ),
        "download": lambda client, va: status(client, "GET", f"{vol[va]}/download"),
        "lock": lambda client, va: status(client, "POST", f"{vol[va]}/lock", {}),
        "unlock": lambda client, va: status(client, "POST", f"{vol[va]}/unlock", {"lock": "verkeerd"}),
        "bestandsdeel": lambda client, va: status(client, "PUT", leeg[va]["bestandsdelen"][0]["url"], {}),
    }
    fout = [uitkomst for wat, doe in proeven.items() for uitkomst in grenzen.fout(wat, doe)]
    assert not fout, "\n".join(map(str, fout))


def test_expand_toont_per_niveau_precies_wat_mag(installatie: Installatie, typen: Typen) -> None:
    """Een zaak met een document op elk niveau: in expand staat wat tot en met de grens ligt, en niets daarboven."""
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zrc, typen, vertrouwelijkheidaanduiding="openbaar")["url"]
    documenten = {
        va: maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding=va)
        for va in VERTROUWELIJKHEID
    }
    for document in documenten.values():
        zrc.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    zaakrecht = {"component": "zrc", "scopes": ["zaken.lezen"], "zaaktype": typen.zaaktype}
    for nummer, grens in enumerate(VERTROUWELIJKHEID):
        recht = {"component": "drc", "scopes": ["documenten.lezen"], "informatieobjecttype": typen.informatieobjecttype}
        tot_hier = {"maxVertrouwelijkheidaanduiding": grens}
        geef_rechten(installatie, zaakrecht | tot_hier, recht | tot_hier, namens=f"lezer-{nummer}")
        lezer = ZakenClient(installatie, namens=f"lezer-{nummer}")
        gezien = lezer.vraag("GET", zaak, params={"expand": "zaakinformatieobjecten.informatieobject"})
        koppelingen = gezien["_expand"]["zaakinformatieobjecten"]
        urls = {deel["_expand"]["informatieobject"].get("url") for deel in koppelingen} - {None}
        assert urls == {documenten[va] for va in VERTROUWELIJKHEID[: nummer + 1]}, grens


def test_schrijven_bij_een_besluit_per_type(installatie: Installatie, typen: Typen) -> None:
    """Besluiten en hun documenten kennen geen niveau: elke schrijfactie mag precies bij het eigen besluittype."""
    brc = BesluitenClient(installatie, namens="besluiten")
    json = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype}
    json |= {"datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
    besluit = brc.vraag("POST", "besluiten", json=json)["url"]
    een, twee = (maak_document(installatie, typen.informatieobjecttype) for _ in range(2))
    pad = "besluitinformatieobjecten"
    koppeling = brc.vraag("POST", pad, json={"besluit": besluit, "informatieobject": een})["url"]
    scopes = ["besluiten.lezen", "besluiten.aanmaken", "besluiten.bijwerken", "besluiten.verwijderen"]
    pogingen: list[tuple[str, str, dict[str, Any] | None]] = [
        ("POST", "besluiten", json),
        ("PUT", besluit, json),
        ("PATCH", besluit, {"toelichting": "x"}),
        ("POST", pad, {"besluit": besluit, "informatieobject": twee}),
        ("DELETE", koppeling, None),
        ("DELETE", besluit, None),
    ]
    for naam, type_, mag in (("niet", typen.besluittype[:-4] + "0000", False), ("wel", typen.besluittype, True)):
        geef_rechten(installatie, {"component": "brc", "scopes": scopes, "besluittype": type_}, namens=naam)
        client = BesluitenClient(installatie, namens=naam)
        for poging in pogingen:
            assert (status(client, *poging) != 403) is mag, (naam, poging)


def test_document_registreren_per_niveau(installatie: Installatie, typen: Typen) -> None:
    """Een document en zijn koppeling in één keer: beide grenzen tellen, die van het document en die van de zaak."""
    zrc = ZakenClient(installatie, namens="zaken")
    zaken = {va: maak_zaak(zrc, typen, vertrouwelijkheidaanduiding=va)["url"] for va in VERTROUWELIJKHEID}
    hoogste = VERTROUWELIJKHEID[-1]
    drc = {"component": "drc", "scopes": ["documenten.aanmaken"], "informatieobjecttype": typen.informatieobjecttype}
    bij = {"component": "zrc", "scopes": ["zaken.lezen", "zaken.bijwerken"], "zaaktype": typen.zaaktype}

    def registreer(client: ApiClient, document: str, zaak: str) -> int:
        nieuw = DOCUMENT | {"informatieobjecttype": typen.informatieobjecttype, "indicatieGebruiksrecht": False}
        delen = {"enkelvoudiginformatieobject": nieuw | {"vertrouwelijkheidaanduiding": document}}
        return status(client, "POST", "document_registreren", delen | {"zaakinformatieobject": {"zaak": zaken[zaak]}})

    for wat, doe in (
        ("document", lambda client, va: registreer(client, va, "openbaar")),
        ("zaak", lambda client, va: registreer(client, "openbaar", va)),
    ):
        clients = {}
        for grens in VERTROUWELIJKHEID:
            van_document, van_zaak = (grens, hoogste) if wat == "document" else (hoogste, grens)
            rechten = ((drc, van_document), (bij, van_zaak))
            autorisaties = [recht | {"maxVertrouwelijkheidaanduiding": tot} for recht, tot in rechten]
            geef_rechten(installatie, *autorisaties, namens=f"{wat}-{grens}")
            clients[grens] = Alle(installatie, "documenten", namens=f"{wat}-{grens}")
        fout = Grenzen("documenten", clients).fout(wat, doe)
        assert not fout, "\n".join(map(str, fout))


def test_besluit_verwerken_per_niveau(installatie: Installatie, typen: Typen) -> None:
    """Een besluit kent geen niveau: op elk niveau van zaak en document mag het precies bij het eigen besluittype."""
    zrc = ZakenClient(installatie, namens="zaken")
    scopes = ["besluiten.lezen", "besluiten.aanmaken"]
    for naam, type_, mag in (("niet", typen.besluittype[:-4] + "0000", False), ("wel", typen.besluittype, True)):
        geef_rechten(installatie, {"component": "brc", "scopes": scopes, "besluittype": type_}, namens=naam)
        client = BesluitenClient(installatie, namens=naam)
        for va in VERTROUWELIJKHEID:
            besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": typen.besluittype}
            besluit |= {"datum": "2026-01-05", "ingangsdatum": "2026-01-06"}
            besluit["zaak"] = maak_zaak(zrc, typen, vertrouwelijkheidaanduiding=va)["url"]
            document = maak_document(installatie, typen.informatieobjecttype, vertrouwelijkheidaanduiding=va)
            json = {"besluit": besluit, "besluitinformatieobjecten": [{"informatieobject": document}]}
            assert status(client, "POST", "besluit_verwerken", json) == (200 if mag else 403), (naam, va)
