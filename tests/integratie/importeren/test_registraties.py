"""`dienstverlening importeer open-klant`, `objecten` en `producten`: van een tweede installatie over HTTP, hervatbaar en herhaalbaar."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from dienstverlening.importeren import objecten, open_klant, producten
from dienstverlening.importeren.andere import Aanmelding
from dienstverlening.importeren.kern import Stap
from dienstverlening.importeren.opdrachten import importeer_uit
from dienstverlening.importeren.stand import Telling
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.opstarten import StartFout
from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.producten import ProductenClient
from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from tests.integratie.importeren.gegevens import (
    AANTAL,
    TOKEN,
    geef_leesrecht,
    vul_klanten,
    vul_objecten,
    vul_producten,
)
from tests.integratie.importeren.gevuld import draaiend
from tests.integratie.importeren.onderbreken import importeer_onderbroken
from tests.integratie.importeren.test_open_zaak import verschillen
from tests.integratie.registraties.klantinteracties import hulp as klant
from tests.integratie.wissel.opstelling import HIER
from tests.opdrachthulp import draai

AANMELDING = Aanmelding(token=TOKEN)
Uitkomst = tuple[dict[str, Telling], list[tuple[str, str, str]]]


@dataclass(frozen=True)
class Soort:
    """Eén opdracht: haar stappen, wat zij aan het eind nog doet, en de lijsten die daarna gelijk horen te zijn."""

    naam: str
    stappen: tuple[Stap, ...]
    na: Callable[[Installatie], None] | None
    lijsten: dict[str, tuple[str, ...]]
    hoofd: str
    """De stap waarvan er `AANTAL` zijn."""

    @property
    def klein(self) -> tuple[Stap, ...]:
        """Dezelfde stappen, met drie per pagina."""
        return tuple(
            replace(stap, params=dict.fromkeys(stap.params, 3)) if stap.bron.gepagineerd else stap
            for stap in self.stappen
        )


KLANT = Soort(
    "open-klant", open_klant.STAPPEN, open_klant.geef_nummers,
    {
        "klantinteracties": (
            "actoren", "actorklantcontacten", "betrokkenen", "bijlagen", "categorieen", "categorie-relaties", "digitaleadressen",
            "internetaken", "klantcontacten", "onderwerpobjecten", "partij-identificatoren", "partijen", "rekeningnummers",
            "vertegenwoordigingen",
        ),
        "contactgegevens": ("persoon", "organisatie"),
    },
    "klantcontacten",
)  # fmt: skip
OBJECT = Soort(
    "objecten", objecten.STAPPEN, objecten.werk_bij,
    {"objecttypen": ("objecttypes",), "objecten": ("objects",)},
    "objecten",
)  # fmt: skip
PRODUCT = Soort(
    "producten", producten.STAPPEN, producten.maak_vindbaar,
    {
        "producttypen": (
            "producttypen", "themas", "locaties", "organisaties", "contacten", "content", "contentlabels", "prijzen", "links",
            "acties", "bestanden", "dmnconfigs", "uniformeproductnamen", "synoniemen",
        ),
        "producten": ("producten",),
    },
    "producten",
)  # fmt: skip
SOORTEN = (KLANT, OBJECT, PRODUCT)


@pytest.fixture(scope="module")
def bron(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    """De andere installatie, gevuld en bereikbaar over HTTP."""
    poort = vrije_poort(HIER)
    instellingen = eigen_instellingen("bron").model_copy(
        update={"publiek_adres": f"http://{HIER}:{poort}", "poort": poort}
    )
    installatie = maak_platform(instellingen)
    geef_leesrecht(installatie)
    for vul in (vul_klanten, vul_objecten, vul_producten):
        vul(installatie)
    with draaiend(installatie):
        yield installatie
    installatie.sluit()


def haal_over(soort: Soort, bron: Installatie, doel: Installatie, aanmelding: Aanmelding = AANMELDING) -> Uitkomst:
    uitkomst = importeer_uit(doel, soort.naam, bron.instellingen.adres, soort.klein, aanmelding)
    if soort.na is not None:
        soort.na(doel)
    return uitkomst


def beeld(soort: Soort, installatie: Installatie) -> Any:
    """Alles wat de API's tonen, met versies, geschiedenis en vertaling, zonder het eigen adres."""
    gezien: dict[str, Any] = {}
    for api, lijsten in soort.lijsten.items():
        client: Any = type("Client", (ApiClient,), {"api": api})(installatie, namens=api)
        for lijst in lijsten:
            rijen = sorted(_alles(client, lijst), key=_sleutel)
            gezien[f"{api}/{lijst}"] = rijen
            for rij in rijen:
                gezien |= _dieper(client, lijst, rij)
    tekst = orjson.dumps(gezien).decode().replace(installatie.instellingen.adres, "http://hier")
    return orjson.loads(tekst)


def _alles(client: ApiClient, lijst: str) -> Iterator[dict[str, Any]]:
    antwoord = client.vraag("GET", lijst)
    while True:
        yield from antwoord if isinstance(antwoord, list) else antwoord["results"]
        if isinstance(antwoord, list) or not antwoord["next"]:
            return
        antwoord = client.vraag("GET", antwoord["next"])


def _dieper(client: Any, lijst: str, rij: dict[str, Any]) -> dict[str, Any]:
    onder = {"objecttypes": "versions", "objects": "history"}.get(lijst)
    if onder:
        return {f"{rij['url']}/{onder}": client.vraag("GET", f"{rij['url']}/{onder}")["results"]}
    if lijst in ("producttypen", "content"):
        koppen = {"Accept-Language": "en"}
        return {f"{rij['url']} en": client._http.get(client.url(rij["url"]), auth=client._auth, headers=koppen).json()}
    if lijst == "bestanden":
        return {f"{rij['uuid']} inhoud": b"".join(client.stroom(rij["bestand"])).decode()}
    return {}


def _sleutel(rij: dict[str, Any]) -> str:
    return str(rij.get("uuid") or rij["naam"])


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.naam)
def test_alles_komt_over_en_nog_eens_verandert_niets(soort: Soort, bron: Installatie, installatie: Installatie) -> None:
    eerst, fouten = haal_over(soort, bron, installatie)
    assert fouten == []
    verwacht = beeld(soort, bron)
    assert list(verschillen(verwacht, beeld(soort, installatie))) == []
    assert (eerst[soort.hoofd].gelezen, eerst[soort.hoofd].bijgewerkt) == (AANTAL, 0)
    nogmaals, fouten = haal_over(soort, bron, installatie)
    assert fouten == []
    assert sum(telling.nieuw + telling.bijgewerkt for telling in nogmaals.values()) == 0
    assert list(verschillen(verwacht, beeld(soort, installatie))) == []
    with installatie.db.lezen() as verbinding:  # wie zich abonneerde, krijgt geen bericht over wat al lang bestond
        vraag = select(func.count()).where(OutboxTabel.verwerker == "notificatie")
        assert verbinding.execute(vraag).scalar_one() == 0


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda soort: soort.naam)
def test_halverwege_afgebroken_gaat_verder_waar_het_bleef(
    soort: Soort, bron: Installatie, installatie: Installatie
) -> None:
    """Na elke twee porties valt de import om; elke portie wordt precies één keer gelezen."""
    uitkomst = importeer_onderbroken(
        installatie,
        bron.instellingen.adres,
        AANMELDING,
        soort.klein,
        per_poging=1,
        einde=lambda stap, gelezen, totaal: (stap, gelezen) == (soort.klein[-1].naam, totaal),
    )
    assert uitkomst.pogingen > 1
    assert len(set(uitkomst.porties)) == len(uitkomst.porties)
    hoofd = uitkomst.tellingen[soort.hoofd]
    assert (hoofd.gelezen, hoofd.gelijk) == (AANTAL, 0)
    assert list(verschillen(beeld(soort, bron), beeld(soort, installatie))) == []


def test_wat_hier_al_is_houdt_zijn_nummers(bron: Installatie, installatie: Installatie) -> None:
    """Een BSN dat hier al van iemand is, staat in het verslag; een volgnummer dat hier al bestaat, wordt een nieuw."""
    k = KlantinteractiesClient(installatie, namens="kcc")
    ria = klant.persoon(k, partijIdentificatoren=[{"partijIdentificator": klant.nummer()}])
    contact = klant.contact(k)
    tellingen, fouten = haal_over(KLANT, bron, installatie)
    assert [(stap, reden.split()[0]) for stap, _, reden in fouten] == [("partij-identificatoren", "unique")]
    assert klant.BSN not in str(fouten)
    assert tellingen["partijen"].geweigerd == tellingen["klantcontacten"].geweigerd == 0
    gevonden = k.partij_bij_bsn(klant.BSN)
    assert gevonden is not None
    assert str(gevonden.uuid) == ria["uuid"]
    nummers = {rij["nummer"]: rij["uuid"] for rij in k.vraag("GET", "klantcontacten")["results"]}
    assert len(nummers) == AANTAL + 1
    assert nummers[contact["nummer"]] == contact["uuid"]
    nogmaals, _ = haal_over(KLANT, bron, installatie)
    assert sum(telling.nieuw + telling.bijgewerkt for telling in nogmaals.values()) == 0
    assert klant.contact(k)["nummer"] not in nummers


def test_een_producttype_dat_hier_al_is_wordt_gebruikt(bron: Installatie, installatie: Installatie) -> None:
    client = ProducttypenClient(installatie, namens="catalogus")
    velden = {"code": "PV", "naam": "Eigen", "samenvatting": "", "doelgroep": "interne_organisatie"}
    eigen = client.vraag("POST", "producttypen", json={**velden, "toegestane_statussen": ["gereed", "actief"]})
    tellingen, fouten = haal_over(PRODUCT, bron, installatie)
    assert fouten == []
    assert tellingen["producttypen"].bestond == 1
    pagina = ProductenClient(installatie, namens="balie").vraag("GET", "producten")
    assert {rij["producttype"]["uuid"] for rij in pagina["results"]} == {eigen["uuid"]}
    assert [link["naam"] for link in client.vraag("GET", f"producttypen/{eigen['uuid']}")["links"]] == ["Uitleg"]


def test_een_overgenomen_product_gaat_op_zijn_datum_in(
    bron: Installatie, installatie: Installatie, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    haal_over(PRODUCT, bron, installatie)
    klok.verzet(timedelta(days=2))
    werk_outbox_af()
    pagina = ProductenClient(installatie, namens="balie").vraag("GET", "producten")
    assert [rij["status"] for rij in pagina["results"]] == ["actief"] * AANTAL
    assert ProducttypenClient(installatie, namens="x").zoek_producten("wagen").count == 1


def test_elke_api_zijn_eigen_token(bron: Installatie, installatie: Installatie) -> None:
    _, fouten = haal_over(OBJECT, bron, installatie, Aanmelding(token=TOKEN, tokens={"objecttypen": TOKEN}))
    assert fouten == []
    with pytest.raises(StartFout, match="401"):
        haal_over(OBJECT, bron, installatie, Aanmelding(token=TOKEN, tokens={"objecttypen": "fout"}))


def test_de_opdracht_met_voortgang_en_verslag(bron: Installatie, installatie: Installatie, tmp_path: Path) -> None:
    rapport = tmp_path / "rapport.csv"
    opdracht = ("importeer", "open-klant", bron.instellingen.adres, "--rapport", str(rapport))
    uitkomst = draai(installatie, *opdracht, IMPORT_TOKEN=TOKEN)
    assert uitkomst.exit_code == 0, uitkomst.output
    assert re.search(rf"^klantcontacten +{AANTAL} +{AANTAL} ", uitkomst.stdout, re.MULTILINE)
    assert rapport.read_text().splitlines() == ["stap,url,reden"]
    assert TOKEN not in uitkomst.output
