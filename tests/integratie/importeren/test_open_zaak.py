"""`importeer open-zaak` uit een tweede proces van onszelf, over echte HTTP: alles komt over, ook na afbreken, en nog eens verandert niets."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from dienstverlening.importeren.andere import Aanmelding, Andere
from dienstverlening.importeren.opdrachten import importeer_uit
from dienstverlening.importeren.open_zaak import STAPPEN, ververs
from dienstverlening.importeren.stand import Telling
from dienstverlening.opdrachten import vrije_poort
from dienstverlening.opstarten import StartFout
from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.instellingen import Instellingen
from kern.tabellen import OutboxTabel
from tests.integratie.importeren.gevuld import CLIENT, VERSIES, draaiend, vul
from tests.integratie.importeren.onderbreken import importeer_onderbroken
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak
from tests.integratie.wissel.opstelling import GEHEIM, HIER

KLEIN = tuple(
    replace(stap, params={**stap.params, "pageSize": 3}) if stap.bron.gepagineerd else stap for stap in STAPPEN
)
AANMELDING = Aanmelding(client_id=CLIENT, geheim=GEHEIM)
LIJSTEN = {
    "catalogi": ["catalogussen", *(f"{soort}?status=alles" for soort in (
        "zaaktypen", "informatieobjecttypen", "besluittypen", "statustypen", "resultaattypen", "roltypen", "eigenschappen",
        "zaaktype-informatieobjecttypen",
    ))],
    "documenten": ["enkelvoudiginformatieobjecten", "gebruiksrechten", "objectinformatieobjecten", "verzendingen"],
    "zaken": [
        "zaken", "statussen", "rollen", "resultaten", "zaakobjecten", "zaakinformatieobjecten", "klantcontacten",
        "zaaknotities", "substatussen",
    ],
    "besluiten": ["besluiten", "besluitinformatieobjecten"],
}  # fmt: skip
HOOFD = {"zaken": "zaken", "documenten": "enkelvoudiginformatieobjecten", "besluiten": "besluiten"}


@pytest.fixture(scope="module")
def bron(eigen_instellingen: Callable[..., Instellingen]) -> Iterator[Installatie]:
    """De andere installatie, gevuld en bereikbaar over HTTP."""
    poort = vrije_poort(HIER)
    instellingen = eigen_instellingen("bron").model_copy(
        update={"publiek_adres": f"http://{HIER}:{poort}", "poort": poort}
    )
    installatie = maak_platform(instellingen)
    vul(installatie)
    with draaiend(installatie):
        yield installatie
    installatie.sluit()


@pytest.fixture
def doel(installatie: Installatie) -> Installatie:
    """Het platform waar alles heen gaat."""
    return installatie


def haal_over(bron: Installatie, doel: Installatie) -> tuple[dict[str, Telling], list[tuple[str, str, str]]]:
    return importeer_uit(doel, "open-zaak", bron.instellingen.adres, KLEIN, AANMELDING, na=ververs)


def beeld(installatie: Installatie) -> dict[str, Any]:
    """Alles wat de API's tonen, met audittrails en inhoud, zonder het eigen adres."""
    gezien: dict[str, Any] = {}
    for api, lijsten in LIJSTEN.items():
        client: Any = type("Client", (ApiClient,), {"api": api})(installatie, namens=api)
        for lijst in lijsten:
            gezien[f"{api}/{lijst}"] = sorted(_alles(client, lijst), key=_url)
        for rij in gezien.get(f"{api}/{HOOFD.get(api)}", []):
            gezien[f"{rij['url']}/audittrail"] = client.vraag("GET", f"{rij['url']}/audittrail")
        for rij in gezien.get("zaken/zaken", []) if api == "zaken" else []:
            for onder in ("zaakeigenschappen", "besluiten"):
                gezien[f"{rij['url']}/{onder}"] = client.vraag("GET", f"{rij['url']}/{onder}")
        for rij in gezien["documenten/enkelvoudiginformatieobjecten"] if api == "documenten" else []:
            for nummer in range(1, rij["versie"] + 1):
                url = f"{rij['url']}?versie={nummer}"
                gezien[url] = client.vraag("GET", url)
                gezien[f"{url} inhoud"] = b"".join(client.stroom(gezien[url]["inhoud"])).decode()
    tekst = orjson.dumps(gezien).decode()
    uitkomst: dict[str, Any] = orjson.loads(tekst.replace(installatie.instellingen.adres, "http://hier"))
    return uitkomst


def verschillen(daar: Any, hier: Any, plek: str = "") -> Iterator[str]:
    """Waar twee beelden verschillen."""
    if isinstance(daar, dict) and isinstance(hier, dict):
        for naam in sorted(daar.keys() | hier.keys()):
            yield from verschillen(daar.get(naam), hier.get(naam), f"{plek}.{naam}")
    elif isinstance(daar, list) and isinstance(hier, list) and len(daar) == len(hier):
        for nummer, paar in enumerate(zip(daar, hier, strict=True)):
            yield from verschillen(*paar, f"{plek}.{nummer}")
    elif daar != hier:
        yield f"{plek}: {daar!r} is {hier!r}"


def _alles(client: ApiClient, lijst: str) -> Iterator[dict[str, Any]]:
    antwoord = client.vraag("GET", lijst)
    while True:
        yield from antwoord if isinstance(antwoord, list) else antwoord["results"]
        if isinstance(antwoord, list) or not antwoord["next"]:
            return
        antwoord = client.vraag("GET", antwoord["next"])


def _url(rij: dict[str, Any]) -> str:
    return str(rij["url"])


def test_alles_komt_over_en_nog_eens_verandert_niets(bron: Installatie, doel: Installatie) -> None:
    eerst, fouten = haal_over(bron, doel)
    assert fouten == []
    gezien, verwacht = beeld(doel), beeld(bron)
    assert list(verschillen(verwacht, gezien)) == []
    assert eerst["zaken"].gelezen == 10
    assert sum(telling.bijgewerkt + telling.gelijk for telling in eerst.values()) == 0
    nogmaals, fouten = haal_over(bron, doel)
    assert fouten == []
    assert sum(telling.nieuw + telling.bijgewerkt for telling in nogmaals.values()) == 0
    assert sum(telling.gelijk for telling in nogmaals.values()) == sum(telling.nieuw for telling in eerst.values())
    assert list(verschillen(verwacht, beeld(doel))) == []
    document = next(naam for naam in gezien if naam.endswith("versie=3 inhoud"))
    assert gezien[document] == VERSIES[2].decode()
    with doel.db.lezen() as verbinding:  # wie zich abonneerde, krijgt geen bericht over oude zaken
        vraag = select(func.count()).where(OutboxTabel.verwerker == "notificatie")
        assert verbinding.execute(vraag).scalar_one() == 0


def test_halverwege_afgebroken_gaat_verder_waar_het_bleef(bron: Installatie, doel: Installatie) -> None:
    """Na elke vier porties valt de import om; elke portie wordt precies één keer gelezen."""
    uitkomst = importeer_onderbroken(
        doel, bron.instellingen.adres, AANMELDING, KLEIN, per_poging=3, einde=lambda stap, *_: stap == KLEIN[-1].naam
    )
    assert uitkomst.pogingen > 5
    assert len(set(uitkomst.porties)) == len(uitkomst.porties)
    zaken = uitkomst.tellingen["zaken"]
    assert (zaken.gelezen, zaken.gelijk) == (10, 0)
    assert list(verschillen(beeld(bron), beeld(doel))) == []


def test_wat_hier_gewijzigd_is_blijft_en_staat_in_het_verslag(bron: Installatie, doel: Installatie) -> None:
    haal_over(bron, doel)
    client = ZakenClient(doel, namens="zaken")
    zaak = client.vraag("GET", "zaken", params={"identificatie": "HOOFD"})["results"][0]["url"]
    client.wijzig_zaak(zaak, omschrijving="Hier verder")
    tellingen, fouten = haal_over(bron, doel)
    assert client.zaak(zaak).omschrijving == "Hier verder"
    daar = zaak.replace(doel.instellingen.adres, bron.instellingen.adres)
    assert [(stap, url) for stap, url, _ in fouten] == [("zaken", daar)]
    assert tellingen["zaken"].behouden == 1


def test_een_catalogus_die_er_al_is_wordt_gebruikt(bron: Installatie, doel: Installatie) -> None:

    eigen = maak_typen(doel, "DEEL")
    tellingen, fouten = haal_over(bron, doel)
    assert (tellingen["catalogussen"].bestond, tellingen["zaaktypen"].bestond) == (1, 1)
    assert fouten == []
    client = ZakenClient(doel, namens="zaken")
    deelzaak = client.vraag("GET", "zaken", params={"identificatie": "DEELZAAK"})["results"][0]
    assert deelzaak["zaaktype"] == eigen.zaaktype


def test_een_bestaande_identificatie_wordt_niet_overschreven(bron: Installatie, doel: Installatie) -> None:

    typen = maak_typen(doel, "ANDERS")
    maak_zaak(ZakenClient(doel, namens="zaken"), typen, identificatie="LOS-3")
    tellingen, fouten = haal_over(bron, doel)
    assert tellingen["zaken"].geweigerd >= 1
    assert [reden.split()[0] for stap, _, reden in fouten if stap == "zaken"][:1] == ["unique"]
    aantal = ZakenClient(doel, namens="zaken").vraag("GET", "zaken")["count"]
    assert aantal == 10


def test_onbereikbaar_of_verkeerd_geheim_is_een_duidelijke_fout(bron: Installatie, doel: Installatie) -> None:
    verkeerd, daarna = Aanmelding(client_id=CLIENT, geheim="ander" * 8), list[Installatie]()
    with pytest.raises(StartFout, match="jwt"):
        importeer_uit(doel, "x", bron.instellingen.adres, KLEIN, verkeerd, na=daarna.append)
    assert daarna == [doel]  # ook na een storing: wat er al was moet ververst en vindbaar zijn


def test_het_adres_van_een_ander_krijgt_onze_aanmelding_niet(doel: Installatie) -> None:
    andere = Andere(doel, "https://bron.example", AANMELDING)
    with pytest.raises(Exception, match="hoort niet bij"):
        andere.haal("https://boef.example/zaken/api/v1/zaken")
    andere.sluit()
