"""Wat de conformiteitstests van de ZGW-standaard eerst neerzetten, en de aanroeper waarmee zij dat doen."""

from typing import Any

from integratie.basis import ApiFout
from kern.installatie import Installatie
from tests.veiligheid.zgw.plekken import Alle

RSIN = "000000000"
NFE = "nonFieldErrors"
KLIEK = "Y29uZm9ybQ=="
DAG = "2019-01-01"


class Aanroep:
    """Eén applicatie die alles mag, bij alle API's."""

    def __init__(self, installatie: Installatie, namens: str = "conform") -> None:
        self._clients = {
            api: Alle(installatie, api, namens=namens)
            for api in ("zaken", "catalogi", "documenten", "besluiten", "autorisaties")
        }
        self._installatie = installatie

    def __call__(self, methode: str, pad: str, json: Any = None) -> Any:
        """Het antwoord, of de fouten als (status, [(naam, code)])."""
        api = self._api(pad)
        try:
            return self._clients[api].vraag(methode, pad.removeprefix(f"{api}:"), json=json)
        except ApiFout as fout:
            return fout.status, [(deel.naam, deel.code) for deel in fout.fouten]

    def _api(self, pad: str) -> str:
        if not pad.startswith("http"):
            return pad.partition(":")[0]
        dienst = self._installatie.diensten.bij_url(pad)
        assert dienst is not None
        return dienst.naam

    def maak(self, pad: str, json: dict[str, Any]) -> str:
        """De URL van wat hier gemaakt is."""
        gemaakt = self("POST", pad, json)
        assert isinstance(gemaakt, dict), (pad, gemaakt)
        return str(gemaakt["url"])

    def eerste_fout(self, methode: str, pad: str, json: Any = None) -> tuple[str, str]:
        """De fout die vooraan staat in een 400."""
        antwoord = self(methode, pad, json)
        assert isinstance(antwoord, tuple), antwoord
        assert antwoord[0] == 400, antwoord
        return antwoord[1][0]  # type: ignore[no-any-return]  # Any


class Decor:
    """Wat elk onderdeel van de tests eerst neerzet."""

    def __init__(self, doe: Aanroep) -> None:
        self.doe = doe
        catalogus = {"domein": "ZGWT", "rsin": RSIN, "contactpersoonBeheerNaam": "Toets"}
        self.catalogus = doe.maak("catalogi:catalogussen", catalogus)

    def met_typen(self) -> "Decor":
        """Alle typen die een zaak, document of besluit nodig heeft, gepubliceerd."""
        doe = self.doe
        self.besluittype = doe.maak("catalogi:besluittypen", self.besluittype_json("Toets"))
        self.documenttype = doe.maak("catalogi:informatieobjecttypen", self.documenttype_json("Stuk"))
        self.deelzaaktype = doe.maak("catalogi:zaaktypen", self.zaaktype_json("deel"))
        self.zaaktype = doe.maak(
            "catalogi:zaaktypen",
            self.zaaktype_json("hoofd", besluittypen=[self.besluittype], deelzaaktypen=[self.deelzaaktype]),
        )
        self.ziot = {"zaaktype": self.zaaktype, "informatieobjecttype": "Stuk", "volgnummer": 1, "richting": "inkomend"}
        doe.maak("catalogi:zaaktype-informatieobjecttypen", self.ziot)
        specificatie = {"formaat": "tekst", "lengte": "5", "kardinaliteit": "1", "waardenverzameling": ["goed"]}
        eigenschap = {"zaaktype": self.zaaktype, "naam": "Oordeel", "definitie": "Hoe het is"}
        self.eigenschap = doe.maak("catalogi:eigenschappen", eigenschap | {"specificatie": specificatie})
        self.resultaattype = doe.maak("catalogi:resultaattypen", self.resultaattype_json(self.zaaktype))
        self.begin, self.eind = (
            doe.maak("catalogi:statustypen", {"omschrijving": naam, "zaaktype": self.zaaktype, "volgnummer": nummer})
            for nummer, naam in ((1, "Begin"), (2, "Eind"))
        )
        roltype = {"zaaktype": self.zaaktype, "omschrijving": "Adviseur", "omschrijvingGeneriek": "adviseur"}
        self.roltype = doe.maak("catalogi:roltypen", roltype)
        for type_ in (self.besluittype, self.documenttype, self.deelzaaktype, self.zaaktype):
            assert doe("POST", f"{type_}/publish")["concept"] is False, type_
        return self

    def besluittype_json(self, naam: str, **velden: Any) -> dict[str, Any]:
        basis = {"catalogus": self.catalogus, "omschrijving": naam, "zaaktypen": [], "publicatieIndicatie": False}
        return basis | {"informatieobjecttypen": [], "beginGeldigheid": DAG} | velden

    def documenttype_json(self, naam: str, **velden: Any) -> dict[str, Any]:
        basis = {"catalogus": self.catalogus, "omschrijving": naam, "vertrouwelijkheidaanduiding": "openbaar"}
        return basis | {"beginGeldigheid": DAG, "informatieobjectcategorie": "stuk"} | velden

    def zaaktype_json(self, identificatie: str, **velden: Any) -> dict[str, Any]:
        """Met een naam en lege of verzonnen lijsten die alleen-lezen zijn."""
        elders = "http://localhost:8002/api/v1/statustypen/ecb7fc03-5c11-46be-917f-e70e16c77554"
        return {
            "identificatie": identificatie,
            "omschrijving": identificatie,
            "vertrouwelijkheidaanduiding": "openbaar",
            "doel": "Toetsen",
            "verantwoordelijke": "X",
            "aanleiding": "Toets",
            "indicatieInternOfExtern": "extern",
            "handelingInitiator": "indienen",
            "onderwerp": "openbare ruimte",
            "handelingBehandelaar": "behandelen",
            "doorlooptijd": "P10D",
            "opschortingEnAanhoudingMogelijk": False,
            "verlengingMogelijk": True,
            "verlengingstermijn": "P5D",
            "publicatieIndicatie": False,
            "productenOfDiensten": ["https://toets.example/dienst/"],
            "selectielijstProcestype": "",
            "referentieproces": {"naam": "Toets", "link": ""},
            "catalogus": self.catalogus,
            "statustypen": [elders],
            "resultaattypen": [],
            "eigenschappen": [],
            "informatieobjecttypen": [],
            "besluittypen": [],
            "gerelateerdeZaaktypen": [],
            "beginGeldigheid": DAG,
            "versiedatum": DAG,
            "concept": True,
        } | velden

    def resultaattype_json(self, zaaktype: str, wijze: str = "afgehandeld", **velden: Any) -> dict[str, Any]:
        lijst = "https://selectielijst.example/api/v1"
        procedure = {"procestermijn": None, "datumkenmerk": "", "einddatumBekend": False, "objecttype": ""}
        return {
            "zaaktype": zaaktype,
            "omschrijving": "Klaar",
            "resultaattypeomschrijving": f"{lijst}/resultaattypeomschrijvingen/1",
            "selectielijstklasse": f"{lijst}/resultaten/1",
            "archiefnominatie": "vernietigen",
            "archiefactietermijn": "P10Y",
            "brondatumArchiefprocedure": procedure | {"registratie": "", "afleidingswijze": wijze} | velden,
        }

    def zaak_json(self, **velden: Any) -> dict[str, Any]:
        """Met velden die de standaard niet kent; die tellen niet."""
        return {
            "bronorganisatie": RSIN,
            "omschrijving": "tekst",
            "toelichting": "tekst",
            "registratiedatum": "2019-04-09",
            "verantwoordelijkeOrganisatie": RSIN,
            "zaaktype": self.zaaktype,
            "startdatum": "2019-04-09",
            "einddatumGepland": "2019-04-20",
            "uiterlijkeEinddatumAfdoening": "2019-04-09",
            "publicatiedatum": "2019-04-09",
            "vertrouwelijkheidaanduiding": "openbaar",
            "betalingsindicatie": "geheel",
            "laatsteBetaalDatum": "2019-01-01",
            "zaakgeometrie": {"type": "Point", "coordinates": [53, 5]},
            "opschorting": {"indicatie": True, "reden": "tekst"},
            "archiefstatus": "nog_te_archiveren",
            "deelzaaktypen": [self.deelzaaktype],
        } | velden

    def zaak(self, **velden: Any) -> str:
        return self.doe.maak("zaken:zaken", self.zaak_json(**velden))

    def document_json(self, **velden: Any) -> dict[str, Any]:
        return {
            "bronorganisatie": RSIN,
            "creatiedatum": DAG,
            "titel": "Stuk",
            "auteur": "Toets",
            "taal": "eng",
            "inhoud": KLIEK,
            "informatieobjecttype": self.documenttype,
            "indicatieGebruiksrecht": False,
            "status": "gearchiveerd",
            "bestandsomvang": 7,
        } | velden

    def document(self, **velden: Any) -> str:
        return self.doe.maak("documenten:enkelvoudiginformatieobjecten", self.document_json(**velden))

    def sluit(self, zaak: str, gezet: str = "2018-04-20T13:37:00") -> Any:
        self.doe.maak("zaken:resultaten", {"zaak": zaak, "resultaattype": self.resultaattype})
        return self.doe("POST", "zaken:statussen", {"zaak": zaak, "statustype": self.eind, "datumStatusGezet": gezet})
