"""De Autorisaties API met echte databases: ac-001 tot en met ac-003, consumer, rechten en het verversen van caches."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from dienstverlening.applicatie import autorisaties_uit, bewaar_geheim, eis_goed_geheim, zet_rechten
from dienstverlening.inrichten import ONDERDELEN, zet_eigen_applicaties
from dienstverlening.opstarten import StartFout
from integratie.autorisaties import AutorisatiesClient
from integratie.basis import ApiClient, ApiFout
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from kern.tabellen import OutboxTabel, Toegangssleutel
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van

ZAAKTYPE = "catalogi/api/v1/zaaktypen/5f2a2b5b-7a38-4c0e-9d51-6f3bb6a0a0c1"
GEHEIM = "een-geheim-van-minstens-32-bytes-lang"


@pytest.fixture
def ac(installatie: Installatie) -> AutorisatiesClient:
    return AutorisatiesClient(installatie, namens="autorisaties")


def applicatie(*client_ids: str, **velden: Any) -> dict[str, Any]:
    return {"clientIds": list(client_ids), "label": "Proef", "heeftAlleAutorisaties": True} | velden


def zrc(installatie: Installatie, *scopes: str, **velden: Any) -> dict[str, Any]:
    url = f"{installatie.instellingen.adres}/{ZAAKTYPE}"
    va = "maxVertrouwelijkheidaanduiding"
    return {"component": "zrc", "scopes": list(scopes), "zaaktype": url, va: "openbaar"} | velden


def test_aanmaken_lezen_zoeken_wijzigen_en_verwijderen(ac: AutorisatiesClient, installatie: Installatie) -> None:
    invoer = applicatie("a", "b", heeftAlleAutorisaties=False, autorisaties=[zrc(installatie, "zaken.lezen")])
    gemaakt = ac.vraag("POST", "applicaties", json=invoer)
    autorisatie = zrc(installatie, "zaken.lezen") | {"componentWeergave": "Zaken API"}
    assert gemaakt == {
        "url": gemaakt["url"],
        "clientIds": ["a", "b"],
        "label": "Proef",
        "heeftAlleAutorisaties": False,
        "alleenIsGereedVoorPublicatie": False,
        "autorisaties": [autorisatie],
    }
    assert ac.vraag("GET", gemaakt["url"]) == gemaakt
    assert ac.vraag("GET", "applicaties", params={"clientIds": "b,onbekend"})["results"] == [gemaakt]
    assert ac.vraag("GET", "applicaties", params={"clientIds": "onbekend"})["count"] == 0
    gewijzigd = ac.wijzig_applicatie(gemaakt["url"], clientIds=["b", "c"])
    assert gewijzigd.client_ids == ["b", "c"]
    assert ac.applicatie("a") is None
    ac.verwijder_applicatie(gemaakt["url"])
    assert ac.applicatie("c") is None


def test_consumer_geeft_een_object_of_404(ac: AutorisatiesClient) -> None:
    ac.vraag("POST", "applicaties", json=applicatie("a"))
    assert ac.vraag("GET", "applicaties/consumer", params={"clientId": "a"})["clientIds"] == ["a"]
    assert status_van(ac, "GET", "applicaties/consumer", clientId="b") == 404
    assert fouten_van(ac, "GET", "applicaties/consumer") == {"clientId": "required"}
    assert fouten_van(ac, "GET", "applicaties/consumer?clientid=a") == {"nonFieldErrors": "unknown-parameters"}


def test_ac_001_een_client_id_hoort_bij_een_applicatie(ac: AutorisatiesClient) -> None:
    ac.vraag("POST", "applicaties", json=applicatie("a", "b"))
    assert fouten_van(ac, "POST", "applicaties", applicatie("b")) == {"clientIds": "clientId-exists"}
    ander = ac.vraag("POST", "applicaties", json=applicatie("c"))
    assert fouten_van(ac, "PATCH", ander["url"], {"clientIds": ["c", "a"]}) == {"clientIds": "clientId-exists"}
    assert ac.applicatie("c") is not None


def test_ac_001_ook_bij_acht_tegelijk(ac: AutorisatiesClient) -> None:
    def maak(_nummer: int) -> str:
        try:
            ac.vraag("POST", "applicaties", json=applicatie("a"))
        except ApiFout as fout:
            return fout.fouten[0].code
        return "gemaakt"

    with ThreadPoolExecutor(8) as draden:
        uitkomsten = list(draden.map(maak, range(8)))
    assert sorted(uitkomsten) == ["clientId-exists"] * 7 + ["gemaakt"]


def test_ac_002_alles_of_een_lijst(ac: AutorisatiesClient, installatie: Installatie) -> None:
    lijst = [zrc(installatie, "zaken.lezen")]
    te_veel = applicatie("a", autorisaties=lijst)
    assert fouten_van(ac, "POST", "applicaties", te_veel) == {"nonFieldErrors": "ambiguous-authorizations-specified"}
    te_weinig = applicatie("a", heeftAlleAutorisaties=False)
    assert fouten_van(ac, "POST", "applicaties", te_weinig) == {"nonFieldErrors": "missing-authorizations"}
    gemaakt = ac.vraag("POST", "applicaties", json=applicatie("a"))
    assert fouten_van(ac, "PATCH", gemaakt["url"], {"autorisaties": lijst}) == {
        "nonFieldErrors": "ambiguous-authorizations-specified"
    }


def test_ac_003_verplichte_velden_per_component(ac: AutorisatiesClient, installatie: Installatie) -> None:
    lijst = [
        {"component": "ztc", "scopes": ["catalogi.lezen"]},
        {"component": "zrc", "scopes": ["zaken.lezen"]},
        {"component": "drc", "scopes": ["documenten.lezen"], "informatieobjecttype": "http://x.nl/1"},
        {"component": "brc", "scopes": ["besluiten.lezen"]},
        {"component": "zrc", "scopes": ["audittrails.lezen"]},
    ]
    fouten = fouten_van(ac, "POST", "applicaties", applicatie("a", heeftAlleAutorisaties=False, autorisaties=lijst))
    assert fouten == {
        "autorisaties.1.zaaktype": "required",
        "autorisaties.1.maxVertrouwelijkheidaanduiding": "required",
        "autorisaties.2.maxVertrouwelijkheidaanduiding": "required",
        "autorisaties.3.besluittype": "required",
    }


def test_alle_veldfouten_tegelijk(ac: AutorisatiesClient) -> None:
    fout = {"clientIds": ["x" * 51], "label": "", "autorisaties": [{"component": "bag", "scopes": "x"}]}
    assert fouten_van(ac, "POST", "applicaties", fout) == {
        "clientIds.0": "max_length",
        "label": "blank",
        "autorisaties.0.component": "invalid_choice",
        "autorisaties.0.scopes": "not_a_list",
    }


def test_rechten_op_de_autorisaties_api_zelf(installatie: Installatie) -> None:
    proef = AutorisatiesClient(installatie, namens=PROEF)
    assert status_van(proef, "GET", "applicaties") == 403
    geef_rechten(installatie, {"component": "ac", "scopes": ["autorisaties.lezen"]})
    assert proef.vraag("GET", "applicaties")["count"] == 1
    assert proef.applicatie("dienstverlening-proef") is not None
    assert status_van(proef, "POST", "applicaties", applicatie("a")) == 403
    assert status_van(proef, "DELETE", proef.vraag("GET", "applicaties")["results"][0]["url"]) == 403


def test_een_wijziging_geldt_meteen_in_andere_apis(installatie: Installatie, ac: AutorisatiesClient) -> None:
    zaken = ZakenClient(installatie, namens=PROEF)
    assert status_van(zaken, "GET", "zaken") == 403
    gemaakt = geef_rechten(installatie, zrc(installatie, "zaken.lezen"))
    assert zaken.vraag("GET", "zaken")["count"] == 0
    ac.wijzig_applicatie(gemaakt.url, autorisaties=[{"component": "zrc", "scopes": ["audittrails.lezen"]}])
    assert status_van(zaken, "GET", "zaken") == 403
    ac.wijzig_applicatie(gemaakt.url, heeftAlleAutorisaties=True, autorisaties=[])
    assert zaken.vraag("GET", "zaken")["count"] == 0
    ac.verwijder_applicatie(gemaakt.url)
    assert status_van(zaken, "GET", "zaken") == 403


def test_elke_wijziging_geeft_een_notificatie(installatie: Installatie, ac: AutorisatiesClient) -> None:
    gemaakt = ac.vraag("POST", "applicaties", json=applicatie("a"))
    ac.wijzig_applicatie(gemaakt["url"], label="Anders")
    ac.verwijder_applicatie(gemaakt["url"])
    with installatie.db.lezen() as verbinding:
        berichten = verbinding.scalars(select(OutboxTabel.inhoud).order_by(OutboxTabel.id)).all()
    assert [bericht["actie"] for bericht in berichten] == ["create", "partial_update", "destroy"]
    assert {(bericht["kanaal"], bericht["resource"]) for bericht in berichten} == {("autorisaties", "applicatie")}


def test_eigen_onderdelen_krijgen_rechten_en_houden_wat_de_beheerder_wijzigde(
    installatie: Installatie, ac: AutorisatiesClient
) -> None:
    zet_eigen_applicaties(installatie)
    kcc = ac.applicatie("dienstverlening-kcc")
    assert kcc is not None
    assert {deel.component for deel in kcc.autorisaties} == {"zrc", "ztc", "drc", "brc"}
    ac.wijzig_applicatie(kcc.url, label="Balie")
    zet_eigen_applicaties(installatie)
    assert [a.label for a in ac.applicaties()].count("Balie") == 1
    assert len(list(ac.applicaties())) == len(ONDERDELEN)


def test_eigen_onderdelen_krijgen_de_rechten_van_een_nieuwe_uitgave_erbij(
    installatie: Installatie, ac: AutorisatiesClient
) -> None:
    """Een Applicatie uit een eerdere uitgave mist scopes en een heel component; de beheerder gaf er een scope en een zaaktype bij."""
    zet_eigen_applicaties(installatie)
    nieuw = {deel.client_ids[0]: deel for deel in ac.applicaties()}
    behandelen = nieuw["dienstverlening-behandelen"]
    zaken = next(deel for deel in behandelen.autorisaties if deel.component == "zrc").als_json()
    eigen = [zaken | {"scopes": ["zaken.lezen", "zaken.heropenen"]}, zrc(installatie, "zaken.verwijderen")]
    ac.wijzig_applicatie(behandelen.url, autorisaties=eigen)
    zet_eigen_applicaties(installatie)
    aangevuld = ac.applicatie("dienstverlening-behandelen")
    assert aangevuld is not None
    delen = [
        (deel.component, deel.max_vertrouwelijkheidaanduiding, set(deel.scopes)) for deel in aangevuld.autorisaties
    ]
    assert delen[:2] == [
        ("zrc", "zeer_geheim", {"zaken.lezen", "zaken.heropenen"}),
        ("zrc", "openbaar", {"zaken.verwijderen"}),
    ]
    erbij = {"zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.statussen.toevoegen", "audittrails.lezen"}
    assert delen[2] == ("zrc", "zeer_geheim", erbij)
    assert {component for component, *_ in delen} == {"zrc", "ztc", "drc", "brc"}
    zet_eigen_applicaties(installatie)
    assert ac.applicatie("dienstverlening-behandelen") == aangevuld
    anderen = {deel.client_ids[0]: deel for deel in ac.applicaties()}
    assert {naam for naam in nieuw if nieuw[naam] != anderen[naam]} == {"dienstverlening-behandelen"}


def test_een_autorisatie_voor_alle_zaaktypen(installatie: Installatie, ac: AutorisatiesClient) -> None:
    zet_rechten(installatie, "dienstverlening-proef", ["zaken.lezen", "catalogi.lezen", "audittrails.lezen"])
    gemaakt = ac.applicatie("dienstverlening-proef")
    assert gemaakt is not None
    assert {deel.component: (deel.zaaktype.rpartition("/")[2], deel.scopes) for deel in gemaakt.autorisaties} == {
        "zrc": ("zaaktypen", ["zaken.lezen", "audittrails.lezen"]),
        "drc": ("", ["audittrails.lezen"]),
        "brc": ("", ["audittrails.lezen"]),
        "ztc": ("", ["catalogi.lezen"]),
    }
    assert ZakenClient(installatie, namens=PROEF).vraag("GET", "zaken")["count"] == 0


class Vreemd(ApiClient):
    """Een client van een ander, met een eigen client_id en geheim."""

    api = "autorisaties"

    def __init__(self, installatie: Installatie, client_id: str, geheim: str) -> None:
        super().__init__(installatie, namens="")
        self._auth = _Anders(installatie, self._dienst, "", client_id=client_id, eigen_geheim=geheim)


class _Anders(Ondertekening):
    def __init__(self, *delen: Any, client_id: str, eigen_geheim: str) -> None:
        super().__init__(*delen)
        self.__dict__.update(_client_id=client_id, _geheim=eigen_geheim)


def test_een_applicatie_van_een_ander_met_geheim(installatie: Installatie) -> None:
    bewaar_geheim(installatie, "ander", GEHEIM)
    zet_rechten(installatie, "ander", ["autorisaties.lezen"])
    assert Vreemd(installatie, "ander", GEHEIM).vraag("GET", "applicaties")["count"] == 1
    assert status_van(Vreemd(installatie, "ander", GEHEIM + "!"), "GET", "applicaties") == 403
    bewaar_geheim(installatie, "ander", GEHEIM + "!")
    assert status_van(Vreemd(installatie, "ander", GEHEIM), "GET", "applicaties") == 403
    assert Vreemd(installatie, "ander", GEHEIM + "!").vraag("GET", "applicaties")["count"] == 1
    with installatie.db.lezen() as verbinding:
        bewaard = verbinding.execute(select(Toegangssleutel.geheim)).scalar_one()
    assert GEHEIM.encode() not in bewaard


def test_een_zwak_geheim_alleen_als_het_gevraagd_wordt(installatie: Installatie) -> None:
    with pytest.raises(StartFout, match="--zwak-geheim"):
        eis_goed_geheim("ander", "kort", zwak_geheim=False)
    eis_goed_geheim("ander", "kort", zwak_geheim=True)
    with pytest.raises(StartFout, match="platform zelf"):
        eis_goed_geheim("dienstverlening-zaken", GEHEIM, zwak_geheim=False)
    with pytest.raises(StartFout, match="Onbekende scope"):
        autorisaties_uit(installatie, ["bag.lezen"])
