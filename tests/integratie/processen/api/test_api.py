"""De API van de motor: definities, instanties, taken, berichten, incidenten en verhuizingen; met scopes en OpenAPI."""

import re
from typing import Any

import pytest

from processen.api.basis import SCOPES
from tests.integratie.processen.api.hulp import PAD, Aanroeper
from tests.integratie.processen.incidenten.hulp import laat_mislukken
from tests.integratie.processen.motor.conftest import Proef
from tests.integratie.processen.motor.test_beslissen import DMN
from tests.procesmodel import bericht, bpmn, einde, element, op_bericht, rand, script, start, taak, tijd, wacht

MODEL = bpmn(
    "p", start(), taak("t", name="Nakijken"), script("s", "n + 1", "m"), einde(), "start > t > s > einde"
).decode()
ANDER = bpmn(
    "p", start(), taak("t", name="Nakijken"), script("s", "n + 2", "m"), einde(), "start > t > s > einde"
).decode()
KAPOT = bpmn("p", start(), element("complexGateway", "x"), einde(), "start > x > einde").decode()


@pytest.fixture
def api(proef: Proef) -> Aanroeper:
    return Aanroeper(proef)


def _gestart(api: Aanroeper, proef: Proef, **variabelen: Any) -> Any:
    api.stuur("/definities", 201, bpmn=MODEL)
    instantie = api.stuur("/instanties", 201, definitie="p", bedrijfssleutel="b1", variabelen=variabelen)
    proef.werk_af()
    return instantie


def test_definitie_neerzetten_teruglezen_activeren_en_intrekken(api: Aanroeper) -> None:
    eerste = api.stuur("/definities", 201, bpmn=MODEL, pakket="proef")
    assert (eerste["sleutel"], eerste["versie"], eerste["staat"], eerste["pakket"]) == ("p", 1, "actief", "proef")
    assert api.stuur("/definities", 201, bpmn=MODEL)["uuid"] == eerste["uuid"]
    tweede = api.stuur("/definities", 201, bpmn=ANDER, concept=True)
    assert (tweede["versie"], tweede["staat"]) == (2, "concept")
    assert api.haal(f"/definities/{tweede['uuid']}")["bpmn"] == ANDER
    assert api.stuur(f"/definities/{tweede['uuid']}/activeren", 200)["staat"] == "actief"
    assert [d["staat"] for d in api.haal("/definities", sleutel="p")] == ["actief", "ingetrokken"]
    assert api.stuur(f"/definities/{tweede['uuid']}/intrekken", 200)["staat"] == "ingetrokken"
    api.stuur("/instanties", 404, definitie="p", bedrijfssleutel="x")


def test_een_model_dat_niet_kan_zegt_waar_en_waarom(api: Aanroeper) -> None:
    (bevinding,) = api.stuur("/definities/controle", 200, bpmn=KAPOT)["bevindingen"]
    assert (bevinding["element"], bevinding["code"]) == ("x", "niet-ondersteund")
    assert all(bevinding[veld] for veld in ("nl", "en", "remedieNl", "remedieEn"))
    (fout,) = api.stuur("/definities", 400, bpmn=KAPOT)["invalidParams"]
    assert (fout["name"], fout["code"]) == ("x", "niet-ondersteund")
    assert api.stuur("/definities/controle", 200, bpmn="geen xml")["bevindingen"][0]["code"] == "geen-xml"
    concept = api.stuur("/definities", 201, bpmn=KAPOT, concept=True)
    api.stuur(f"/definities/{concept['uuid']}/activeren", 400)


def test_een_beslissing_uitrekenen_op_de_actieve_versie(api: Aanroeper) -> None:
    api.stuur("/definities", 201, bpmn=MODEL, dmn=[DMN])
    vraag: Any = {"definitie": "p", "beslissing": "mag", "gegevens": {"nachten": 30}}
    assert api.stuur("/beslissingen", 200, **vraag)["uitkomst"] == "toegestaan"
    ruimer = api.stuur("/definities", 201, bpmn=MODEL, dmn=[DMN.replace("30", "60")])
    uit = api.stuur("/beslissingen", 200, **{**vraag, "gegevens": {"nachten": 31}, "peildatum": "2026-01-01"})
    assert (uit["uitkomst"], uit["versie"], uit["peildatum"]) == ("toegestaan", ruimer["uuid"], "2026-01-01")
    assert any("nachten" in zin for zin in uit["zinnen"]["nl"])
    api.stuur("/beslissingen", 404, **{**vraag, "beslissing": "weg"})
    api.stuur("/beslissingen", 404, **{**vraag, "definitie": "weg"})
    (fout,) = api.stuur("/beslissingen", 400, **{**vraag, "gegevens": {"nachten": {"$feel": "x"}}})["invalidParams"]
    assert fout["name"] == "gegevens"


def test_instantie_starten_vinden_wijzigen_en_afbreken(api: Aanroeper, proef: Proef) -> None:
    zaak = "https://gemeente.test/zaken/api/v1/zaken/5f0e8b6c-0b1e-4c53-9a0b-2b1f6a1b9f11"
    instantie = _gestart(api, proef, n=1, zaak=zaak)
    opnieuw = api.stuur("/instanties", 201, definitie="p", bedrijfssleutel="b1")
    assert opnieuw["uuid"] == instantie["uuid"]
    for filters in (
        {"definitie": "p"},
        {"staat": "loopt"},
        {"bedrijfssleutel": "b1"},
        {"zaak": zaak},
        {"versie": instantie["definitie"]},
    ):
        assert [i["uuid"] for i in api.haal("/instanties", **filters)["results"]] == [instantie["uuid"]]
    assert api.haal("/instanties", zaak=zaak[:-1] + "2")["count"] == 0
    een = f"/instanties/{instantie['uuid']}"
    assert api.stuur(f"{een}/variabelen", 200, "PATCH", variabelen={"n": 5})["variabelen"]["n"] == 5
    wachtend = api.haal(een)["wachtend"]
    assert [(w["element"], w["soort"]) for w in wachtend] == [("t", "taak")]
    assert api.stuur(f"{een}/afbreken", 200)["staat"] == "afgebroken"
    api.stuur(f"{een}/afbreken", 409)
    api.stuur(f"{een}/variabelen", 409, "PATCH", variabelen={})
    assert [s["uitkomst"] for s in api.haal(f"{een}/geschiedenis")] == ["voltooid", "afgebroken"]


def test_bladeren_en_verkeerde_parameters(api: Aanroeper, proef: Proef) -> None:
    _gestart(api, proef, n=1)
    for nr in range(4):
        api.stuur("/instanties", 201, definitie="p", bedrijfssleutel=f"nog{nr}")
    pagina = api.haal("/instanties", pageSize=2, page=2)
    assert (pagina["count"], len(pagina["results"])) == (5, 2)
    assert pagina["next"].endswith("/instanties?pageSize=2&page=3")
    api.haal("/instanties", 404, pageSize=2, page=9)
    api.haal("/instanties", 400, staat="kapot")
    api.haal("/instanties", 400, vreemd="x")
    api.stuur("/instanties", 400, definitie="p")
    api.haal("/instanties/5f0e8b6c-0b1e-4c53-9a0b-2b1f6a1b9f11", 404)


def test_open_taken(api: Aanroeper, proef: Proef) -> None:
    instantie = _gestart(api, proef, n=1)
    (open_,) = api.haal("/taken", instantie=instantie["uuid"])["results"]
    assert (open_["element"], open_["naam"]) == ("t", "Nakijken")
    assert open_["verwijzing"].endswith(open_["uuid"])
    api.stuur(f"/taken/{open_['uuid']}/afronden", 409, door="jan", uitkomst={})
    api.stuur(f"/taken/{instantie['uuid']}/afronden", 404, door="jan")


def test_bericht_telt_een_keer_en_signaal_bereikt_wie_wacht(api: Aanroeper, proef: Proef) -> None:
    signaal = '<signal id="sig" name="open"/>'
    model = bpmn(
        "p", start(), wacht("w", op_bericht("m")), wacht("v", '<signalEventDefinition signalRef="sig"/>'), einde(), "start > w > v > einde",
        los=bericht("m", "betaald", "=zaak") + signaal,
    ).decode()  # fmt: skip
    api.stuur("/definities", 201, bpmn=model)
    instantie = api.stuur("/instanties", 201, definitie="p", bedrijfssleutel="b", variabelen={"zaak": "z1"})
    velden: dict[str, Any] = {"naam": "betaald", "correlatiesleutel": "z1", "uniekId": "n1", "inhoud": {"bedrag": 10}}
    assert api.stuur("/berichten", 202, **velden) == {"nieuw": True}
    assert api.stuur("/berichten", 202, **velden) == {"nieuw": False}
    proef.werk_af()
    api.stuur("/signalen", 202, naam="open")
    proef.werk_af()
    klaar = api.haal(f"/instanties/{instantie['uuid']}")
    assert (klaar["staat"], klaar["variabelen"]["bedrag"]) == ("klaar", 10)


def test_incidenten_herstellen_een_en_velen(api: Aanroeper, proef: Proef) -> None:
    laat_mislukken(proef, 3)
    lijst = api.haal("/incidenten", definitie="p", element="a")
    assert lijst["count"] == 3
    een = f"/incidenten/{lijst['results'][0]['uuid']}"
    assert "antwoordt niet" in api.haal(een)["fout"]
    assert api.stuur(f"{een}/herstel", 400, actie="overslaan", door="jan")["invalidParams"]
    assert api.stuur(f"{een}/herstel", 400, actie="verplaatsen", door="jan", reden="proef", naar="start")[
        "invalidParams"
    ]
    gedaan = api.stuur(f"{een}/herstel", 200, actie="opnieuw", door="jan", variabelen={"naam": "x"})
    assert gedaan["opgelost"]
    api.stuur(f"{een}/herstel", 404, actie="opnieuw", door="jan")
    assert api.stuur("/incidenten/herstel", 200, door="jan", definitie="p") == {"gedaan": 2, "alOpgelost": 0}
    proef.werk_af()
    assert api.haal("/incidenten")["count"] == 0
    assert api.haal("/incidenten", opgelost=True)["count"] == 3


def test_verhuizen_met_proef_porties_en_terug(api: Aanroeper, proef: Proef) -> None:
    instantie = _gestart(api, proef, n=1)
    nieuw = api.stuur("/definities", 201, bpmn=ANDER)
    velden = {"van": instantie["definitie"], "naar": nieuw["uuid"]}
    proefloop = api.stuur("/verhuizingen/proef", 200, **velden)
    assert proefloop["plan"]["t"] == "t"
    assert [o["problemen"] for o in proefloop["oordelen"]] == [[]]
    assert api.stuur("/verhuizingen/proef", 200, **velden, plan={})["oordelen"][0]["problemen"]
    portie = api.stuur("/verhuizingen", 200, **velden, door="jan")
    assert [o["instantie"] for o in portie["verhuisd"]] == [instantie["uuid"]]
    terug = f"/instanties/{instantie['uuid']}/verhuizing-terugdraaien"
    assert api.stuur(terug, 200) == {"teruggedraaid": True}
    assert api.stuur(terug, 200) == {"teruggedraaid": False}


def test_cijfers_voor_een_warmtekaart(api: Aanroeper, proef: Proef) -> None:
    laat_mislukken(proef, 2)
    api.stuur("/incidenten/herstel", 200, door="jan", limiet=1)
    proef.werk_af(minutes=1)
    definitie = api.haal("/definities")[0]["uuid"]
    cijfers = api.haal(f"/definities/{definitie}/cijfers")
    per_element = {e["element"]: e for e in cijfers["elementen"]}
    assert cijfers["staten"] == {"loopt": 2}
    assert (per_element["start"]["warmte"], per_element["a"]["incidenten"], per_element["einde"]["bereikt"]) == (
        1,
        1,
        0,
    )
    assert (per_element["t"]["naam"], per_element["t"]["wacht"], per_element["t"]["loopt"]) == ("Nakijken", 1, 1)
    assert per_element["a"]["mediaan"] is not None
    leeg = api.haal(f"/definities/{definitie}/cijfers", sinds="2999-01-01T00:00:00Z")
    assert leeg["staten"] == {}
    api.haal(f"/definities/{definitie}/cijfers", 400, sinds="gisteren")


def test_scopes(proef: Proef) -> None:
    lezer, niemand = Aanroeper(proef, "lezen"), Aanroeper(proef, [])
    precies = Aanroeper(proef, ["definities.beheren"])
    lezer.haal("/definities")
    lezer.stuur("/definities", 403, bpmn=MODEL)
    precies.stuur("/definities", 201, bpmn=MODEL)
    precies.haal("/definities", 403)
    for pad in ("/definities", "/instanties", "/taken", "/incidenten"):
        niemand.haal(pad, 403)
    assert niemand.haal("/openapi.json")


def test_openapi_noemt_elk_eindpunt_met_zijn_scope(api: Aanroeper) -> None:
    document = api.haal("/openapi.json")
    assert document["openapi"] == "3.1.0"
    verwijzingen = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert verwijzingen <= set(document["components"]["schemas"])
    operaties = [(pad, methode, o) for pad, deel in document["paths"].items() for methode, o in deel.items()]
    assert len(operaties) == 33
    scopes = {scope for _, _, o in operaties for eis in o["security"] for scope in eis["aanmelding"]}
    assert scopes == set(SCOPES)
    assert document["servers"][0]["url"].endswith(PAD)
    assert len({o["operationId"] for _, _, o in operaties}) == len(operaties)


def test_een_rand_en_een_timer_staan_bij_wachtend(api: Aanroeper, proef: Proef) -> None:
    model = bpmn(
        "p",
        start(),
        taak("t"),
        rand("r", "t", tijd("timeDuration", "P1D")),
        einde(),
        einde("e2"),
        "start > t > einde\nr > e2",
    )
    api.stuur("/definities", 201, bpmn=model.decode())
    instantie = api.stuur("/instanties", 201, definitie="p", bedrijfssleutel="b")
    proef.werk_af()
    wachtend = {w["soort"]: w for w in api.haal(f"/instanties/{instantie['uuid']}")["wachtend"]}
    assert wachtend["tijd"]["vanaf"] > wachtend["taak"]["sinds"]


@pytest.mark.parametrize(
    ("pad", "lichaam", "status"),
    [
        ("/signalen", {"naam": "s", "inhoud": {"a": "\x00"}}, 400),
        ("/berichten", {"naam": "b", "correlatiesleutel": "\x00", "uniekId": "1"}, 400),
        ("/instanties", {"definitie": "bestaat-niet", "bedrijfssleutel": "1"}, 404),
        ("/beslissingen", {"definitie": "bestaat-niet", "beslissing": "b"}, 404),
    ],
)
def test_wat_niet_kan_is_een_duidelijke_fout(api: Aanroeper, pad: str, lichaam: Any, status: int) -> None:
    api.stuur(pad, status, **lichaam)
    assert str(status) in api.haal("/openapi.json")["paths"][pad]["post"]["responses"]


def test_een_teken_dat_niet_bestaat_in_een_filter(api: Aanroeper) -> None:
    api.haal("/definities", 400, sleutel="a\x00")
