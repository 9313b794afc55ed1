"""De BRP-simulator en de client samen, over HTTP in hetzelfde proces."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from werkzeug.test import Client

from integratie.brp import (
    BrpAntwoordOnjuist,
    BrpClient,
    BrpGeweigerd,
    BrpOnbereikbaar,
    BrpTeVeel,
    BrpVraagOnjuist,
    Doelbinding,
)
from kern.klok import VerzetbareKlok
from simulatoren.basis import SimulatorGeweigerd
from simulatoren.brp import maak_app
from simulatoren.brp.bevolking import Bevolking
from simulatoren.gegevens import lees

KLOK = VerzetbareKlok(stil_op=datetime(2026, 11, 22, 12, tzinfo=UTC))
DOEL = Doelbinding("Toeristische verhuur", "aanvraag voorinvullen", "medewerker-1")
JAN, SANNE, CORNELIA, FATIMA, SOPHIE = "999000007", "999000068", "999000172", "999000202", "999000275"
ONBEKEND = "999999011"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(maak_app(omgeving="test", klok=KLOK))) as client:
        yield client


@pytest.fixture
def brp(http: httpx.Client) -> BrpClient:
    return BrpClient(http, "http://brp.test")


@pytest.fixture
def rauw() -> Client:
    return maak_app(omgeving="test", klok=KLOK).test_client()


def _fouten(rauw: Client, **vraag: Any) -> list[tuple[str, str]]:
    antwoord = rauw.post("/personen", json=vraag)
    assert antwoord.status_code == 400
    assert antwoord.content_type == "application/problem+json"
    assert antwoord.json is not None
    assert antwoord.json["code"] == "paramsValidation"
    return [(fout["name"], fout["code"]) for fout in antwoord.json["invalidParams"]]


def test_raadplegen_geeft_alleen_wat_gevraagd_is(brp: Any) -> None:
    jan = brp.persoon(JAN, ["naam.voornamen", "geboorte.datum", "partners.naam.geslachtsnaam"], DOEL)
    assert jan.als_json(alleen_gezet=True) == {
        "naam": {"voornamen": "Jan Willem"},
        "geboorte": {"datum": {"type": "Datum", "datum": "1978-03-14", "langFormaat": "14 maart 1978"}},
        "partners": [{"naam": {"geslachtsnaam": "Jansen"}}],
    }


def test_een_deel_van_een_datum_of_code_geeft_het_geheel(brp: Any) -> None:
    jan = brp.persoon(JAN, ["geboorte.datum.jaar", "geslacht.code"], DOEL)
    assert jan.geboorte.datum.als_datum() == date(1978, 3, 14)
    assert jan.geslacht.omschrijving == "man"


def test_een_waarde_op_haar_pad(brp: Any) -> None:
    jan = brp.persoon(JAN, ["naam", "verblijfplaats"], DOEL)
    assert jan.waarde("verblijfplaats.verblijfadres.postcode") == "9999ZA"
    assert jan.waarde("naam.volledigeNaam") == "Jan Willem de Vries"
    assert jan.waarde("geboorte.datum.datum") is None
    assert jan.waarde("naam.voornamen.eerste") is None


def test_onbekend_nummer_is_geen_fout(brp: Any) -> None:
    assert brp.persoon(ONBEKEND, ["naam"], DOEL) is None


def test_meer_dan_twintig_nummers_gaan_in_delen(brp: Any) -> None:
    bsns = [deel["bsn"] for deel in lees("personen")["personen"]]
    assert [p.burgerservicenummer for p in brp.personen(bsns, ["burgerservicenummer"], DOEL)] == bsns


def test_geheimhouding_en_opschorting_komen_vanzelf_mee(brp: Any) -> None:
    assert brp.persoon(SOPHIE, ["naam"], DOEL).geheimhouding_persoonsgegevens
    assert brp.persoon(CORNELIA, ["naam"], DOEL).overleden
    fatima = brp.persoon(FATIMA, ["verblijfplaats"], DOEL)
    assert fatima.geemigreerd
    assert fatima.verblijfplaats.verblijfadres.land.omschrijving == "België"
    assert fatima.rni[0].categorie == "Verblijfplaats"


def test_binnenlandse_verblijfplaats_komt_onder_verblijfplaats(brp: Any) -> None:
    jan = brp.persoon(JAN, ["verblijfplaatsBinnenland.verblijfadres.postcode"], DOEL)
    assert jan.verblijfplaats.verblijfadres.postcode == "9999ZA"


def test_in_onderzoek_alleen_bij_geleverde_velden(brp: Any) -> None:
    met = brp.persoon("999000445", ["adressering.adresregel1"], DOEL)
    assert met.adressering.in_onderzoek["adresregel1"] is True
    assert "adresregel2" not in met.adressering.in_onderzoek
    assert met.adressering.in_onderzoek["datumIngangOnderzoekVerblijfplaats"].als_datum() == date(2026, 8, 17)
    assert brp.persoon("999000445", ["naam"], DOEL).in_onderzoek is None


def test_zoeken_op_naam_en_geboortedatum(brp: Any) -> None:
    gevonden = brp.zoek_naam_geboortedatum("vries", date(1978, 3, 14), DOEL)
    assert [(p.burgerservicenummer, p.naam.volledige_naam) for p in gevonden] == [(JAN, "Jan Willem de Vries")]
    assert brp.zoek_naam_geboortedatum("vri*", date(1978, 3, 14), DOEL, voorvoegsel="de", geslacht="m") == gevonden
    assert brp.zoek_naam_geboortedatum("Vries", date(1978, 3, 15), DOEL) == []


def test_zoeken_geeft_alleen_beperkte_gegevens(http: httpx.Client) -> None:
    vraag = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "9999ZA", "huisnummer": 12}
    antwoord = http.post("http://brp.test/personen", json={**vraag, "fields": ["naam", "adressering"]}).json()
    assert "aanduidingNaamgebruik" not in antwoord["personen"][0]["naam"]
    assert set(antwoord["personen"][0]["adressering"]) == {"adresregel1", "adresregel2"}


def test_overledenen_alleen_als_het_gevraagd_is(brp: Any) -> None:
    wie = ("9999 zb", 3, DOEL)
    assert [p.naam.voorletters for p in brp.zoek_postcode_huisnummer(*wie)] == ["H."]
    met = brp.zoek_postcode_huisnummer(*wie, ook_overleden=True)
    assert {p.naam.voorletters: p.overleden for p in met} == {"H.": False, "C.": True}


def test_zoeken_met_letter_en_toevoeging(brp: Any) -> None:
    assert brp.zoek_postcode_huisnummer("9999ZB", 5, DOEL, huisletter="a", toevoeging="BIS")
    assert not brp.zoek_postcode_huisnummer("9999ZB", 5, DOEL, huisletter="b")


def test_de_andere_zoekvragen(brp: Any) -> None:
    assert brp.zoek_naam_gemeente("Farah", "Abdi", "9999", DOEL)
    assert not brp.zoek_naam_gemeente("Farah", "Abdi", "9998", DOEL)
    assert brp.zoek_straat("Burgemeester*", 101, "9999", DOEL)
    assert len(brp.zoek_nummeraanduiding("9999200000000009", DOEL)) == 4
    bewoners = brp.zoek_adresseerbaar_object("9999010000000001", DOEL, velden=["naam.voorletters", "gezag"])
    assert bewoners[0].gezag[0].type == "GezamenlijkOuderlijkGezag"


def test_te_veel_gevonden_is_een_eigen_fout() -> None:
    gegevens = lees("personen")
    jan = gegevens["personen"][0]
    gegevens["personen"] = [{**jan, "bsn": str(999100000 + n), "partner": None, "ouders": []} for n in range(11)]
    app = maak_app(omgeving="test", klok=KLOK, bevolking=Bevolking(gegevens))
    with httpx.Client(transport=httpx.WSGITransport(app)) as http, pytest.raises(BrpTeVeel):
        BrpClient(http, "http://brp.test").zoek_postcode_huisnummer("9999ZA", 12, DOEL)


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ({}, [("type", "required")]),
        ({"type": "Zomaar", "fields": ["naam"]}, [("type", "value")]),
        (
            {"type": "RaadpleegMetBurgerservicenummer"},
            [("burgerservicenummer", "required"), ("fields", "required")],
        ),
        (
            {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [], "fields": []},
            [("burgerservicenummer", "minItems"), ("fields", "minItems")],
        ),
        (
            {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": JAN, "fields": "naam"},
            [("burgerservicenummer", "array"), ("fields", "array")],
        ),
        (
            {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": ["12345678", JAN, "1234567890"],
                "fields": ["naam"] * 131,
            },
            [("burgerservicenummer[0]", "pattern"), ("burgerservicenummer[2]", "pattern"), ("fields", "maxItems")],
        ),
        (
            {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [JAN] * 21, "fields": ["naam"]},
            [("burgerservicenummer", "maxItems")],
        ),
        (
            {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": [JAN],
                "voornamen": "Jan",
                "fields": ["naam.bestaatNiet", "geheimhoudingPersoonsgegevens", "naam.inOnderzoek", "Naam", "naam"],
            },
            [
                ("voornamen", "unknownParam"),
                ("fields[0]", "fields"),
                ("fields[1]", "fields"),
                ("fields[2]", "fields"),
                ("fields[3]", "fields"),
            ],
        ),
        (
            {
                "type": "ZoekMetPostcodeEnHuisnummer",
                "postcode": "0628HJ",
                "huisnummer": "twee",
                "huisletter": "1",
                "geboortedatum": "14-3-1978",
                "inclusiefOverledenPersonen": "ja",
                "fields": ["naam.voornamen"],
            },
            [
                ("inclusiefOverledenPersonen", "boolean"),
                ("huisletter", "pattern"),
                ("geboortedatum", "date"),
                ("postcode", "pattern"),
                ("huisnummer", "integer"),
            ],
        ),
        (
            {"type": "ZoekMetNummeraanduidingIdentificatie", "nummeraanduidingIdentificatie": "0" * 16, "fields": ["aNummer"]},
            [("nummeraanduidingIdentificatie", "pattern"), ("fields[0]", "fields")],
        ),
        (
            {"type": "ZoekMetGeslachtsnaamEnGeboortedatum", "geslachtsnaam": "Vr*", "geboortedatum": "1978-02-30", "fields": ["naam"]},
            [("geslachtsnaam", "pattern"), ("geboortedatum", "date")],
        ),
    ],
)  # fmt: skip
def test_alle_fouten_in_een_keer_in_de_vorm_van_de_standaard(
    rauw: Client, vraag: dict[str, Any], verwacht: list[tuple[str, str]]
) -> None:
    assert sorted(_fouten(rauw, **vraag)) == sorted(verwacht)


def test_verkeerde_vorm_van_het_verzoek(rauw: Client) -> None:
    assert rauw.post("/personen", data="{", content_type="application/json").status_code == 400
    assert rauw.post("/personen", data="[]", content_type="application/json").status_code == 400
    assert rauw.post("/personen", data="x=1").status_code == 415
    assert rauw.post("/personen", json={}, headers={"Accept": "text/html"}).status_code == 406
    assert rauw.get("/personen").status_code == 405
    assert rauw.post("/personen", data=b" " * 2_000_000, content_type="application/json").status_code == 413


def test_de_client_maakt_van_fouten_eigen_uitzonderingen_zonder_nummers(brp: Any, http: httpx.Client) -> None:
    with pytest.raises(BrpVraagOnjuist) as fout:
        brp.persoon("12345", ["naam"], DOEL)
    assert [(deel.naam, deel.code) for deel in fout.value.fouten] == [("burgerservicenummer[0]", "pattern")]
    assert "12345" not in str(fout.value)
    app = maak_app(omgeving="test", klok=KLOK, sleutel="geheim")
    with httpx.Client(transport=httpx.WSGITransport(app)) as dicht:
        with pytest.raises(BrpGeweigerd):
            BrpClient(dicht, "http://brp.test").persoon(JAN, ["naam"], DOEL)
        assert BrpClient(dicht, "http://brp.test", sleutel="geheim").persoon(JAN, ["naam"], DOEL) is not None
    with pytest.raises(BrpOnbereikbaar):
        BrpClient(http, "http://brp.test/elders").persoon(JAN, ["naam"], DOEL)


@pytest.mark.parametrize(
    ("antwoord", "soort"),
    [
        (httpx.Response(503), BrpOnbereikbaar),
        (httpx.Response(200, text="<html>"), BrpAntwoordOnjuist),
        (httpx.Response(200, json={"personen": [{"burgerservicenummer": {"fout": JAN}}]}), BrpAntwoordOnjuist),
        (httpx.Response(400, text="kapot"), BrpVraagOnjuist),
    ],
)
def test_een_kapotte_bron_lekt_niets(antwoord: httpx.Response, soort: type[Exception]) -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda _verzoek: antwoord)) as http:
        with pytest.raises(soort) as fout:
            BrpClient(http, "http://brp.test").persoon(JAN, ["naam"], DOEL)
        assert JAN not in f"{fout.value!r} {fout.value}"
        assert fout.value.__cause__ is None


def test_nummers_staan_alleen_in_het_lichaam(brp: Any) -> None:
    gezien: list[httpx.Request] = []

    def bewaar(verzoek: httpx.Request) -> httpx.Response:
        gezien.append(verzoek)
        return httpx.Response(200, json={"personen": []})

    with httpx.Client(transport=httpx.MockTransport(bewaar)) as http:
        BrpClient(http, "http://brp.test/", sleutel="s").persoon(JAN, ["naam"], DOEL)
        vreemd = Doelbinding("Toeristische verhuur", "één\r\nX-Kop: gesmokkeld", "Zoë")
        BrpClient(http, "http://brp.test/").persoon(JAN, ["naam"], vreemd)
    assert gezien[1].headers["x-verwerking"] == "%C3%A9%C3%A9n%0D%0AX-Kop: gesmokkeld"
    assert gezien[1].headers["x-gebruiker"] == "Zo%C3%AB"
    assert str(gezien[0].url) == "http://brp.test/personen"
    assert JAN not in str(gezien[0].headers)
    assert JAN.encode() in gezien[0].content
    assert gezien[0].headers["x-doelbinding"] == "Toeristische verhuur"
    assert JAN not in repr(brp.persoon(JAN, ["burgerservicenummer"], DOEL))


def test_start_niet_buiten_demo_en_test() -> None:
    with pytest.raises(SimulatorGeweigerd, match="alleen in demo en test"):
        maak_app(omgeving="productie", klok=KLOK)
