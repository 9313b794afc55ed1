"""De KVK-simulator en de client samen."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest
from stdnum.nl import bsn as elfproef

from integratie.kvk import (
    KvkAntwoordOnjuist,
    KvkClient,
    KvkGeweigerd,
    KvkOnbereikbaar,
    KvkVraagOnjuist,
)
from simulatoren.basis import SimulatorGeweigerd
from simulatoren.gegevens import lees
from simulatoren.kvk import maak_app

BASIS = "http://kvk.test"
ZONNEBLOEM, HAVENZICHT, KORENAAR, VVE, VERLEDEN = "90000018", "90000026", "90000034", "90000050", "90000069"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    app = maak_app(omgeving="test", basis_url=BASIS)
    with httpx.Client(transport=httpx.WSGITransport(app)) as client:
        yield client


@pytest.fixture
def kvk(http: httpx.Client) -> KvkClient:
    return KvkClient(http, f"{BASIS}/api")


def test_er_zijn_genoeg_bedrijven_met_goede_nummers() -> None:
    bedrijven = lees("bedrijven")
    assert len(bedrijven) >= 8
    assert all(elfproef.is_valid(bedrijf["rsin"]) for bedrijf in bedrijven if "rsin" in bedrijf)
    nummers = [v["vestigingsnummer"] for bedrijf in bedrijven for v in bedrijf["vestigingen"]]
    assert len(nummers) == len(set(nummers))
    vormen = {bedrijf["rechtsvorm"] for bedrijf in bedrijven}
    assert {"Eenmanszaak", "BV", "Stichting", "VerenigingVanEigenaars"} <= vormen


@pytest.mark.parametrize("nummer", [bedrijf["kvkNummer"] for bedrijf in lees("bedrijven")])
def test_elk_bedrijf_past_in_het_schema(kvk: KvkClient, nummer: str) -> None:
    bedrijf = kvk.basisprofiel(nummer)
    assert bedrijf is not None
    assert bedrijf.kvk_nummer == nummer
    assert bedrijf.rechtsvorm
    assert [v.kvk_nummer for v in kvk.vestigingen(nummer)] == [nummer] * len(kvk.vestigingen(nummer))
    for kort in kvk.vestigingen(nummer):
        vestiging = kvk.vestigingsprofiel(kort.vestigingsnummer, geo=True)
        assert vestiging is not None
        assert vestiging.eerste_handelsnaam == kort.eerste_handelsnaam


def test_eenmanszaak(kvk: KvkClient) -> None:
    zonnebloem = kvk.basisprofiel(ZONNEBLOEM)
    assert zonnebloem is not None
    assert (zonnebloem.naam, zonnebloem.rechtsvorm, zonnebloem.rsin) == ("B&B De Zonnebloem", "Eenmanszaak", "")
    assert [naam.naam for naam in zonnebloem.handelsnamen] == ["B&B De Zonnebloem", "De Zonnebloem Atelier"]
    assert zonnebloem.materiele_registratie.datum_aanvang == date(2018, 5, 1)
    assert zonnebloem.bezoekadres is not None
    assert zonnebloem.bezoekadres.volledig_adres == "Zandpad 9 9999ZH Voorbeeldstad"
    assert zonnebloem.bezoekadres.regel == "Zandpad 9, 9999 ZH Voorbeeldstad"
    assert zonnebloem.sbi_activiteiten[0].ind_hoofdactiviteit


def test_bv_met_vestigingen(kvk: KvkClient) -> None:
    korenaar = kvk.basisprofiel(KORENAAR)
    assert korenaar is not None
    assert korenaar.rsin
    assert korenaar.totaal_werkzame_personen == 23
    assert [v.ind_hoofdvestiging for v in kvk.vestigingen(KORENAAR)] == [True, False, False]


def test_vve_zonder_vestiging_heeft_een_eigen_adres(kvk: KvkClient) -> None:
    vve = kvk.basisprofiel(VVE)
    assert vve is not None
    assert vve.hoofdvestiging is None
    assert vve.ind_non_mailing
    assert vve.bezoekadres is not None
    assert vve.bezoekadres.straatnaam == "Beukenhof"
    assert kvk.vestigingen(VVE) == ()


def test_beeindigd_en_afgeschermd(kvk: KvkClient) -> None:
    verleden = kvk.basisprofiel(VERLEDEN)
    assert verleden is not None
    assert verleden.beeindigd
    afgeschermd = kvk.vestigingsprofiel("000090001071")
    assert afgeschermd is not None
    assert afgeschermd.bezoekadres is not None
    assert (afgeschermd.bezoekadres.ind_afgeschermd, afgeschermd.bezoekadres.straatnaam) == (True, "")
    assert kvk.zoek(straatnaam="Oude Universiteitsgracht").totaal == 0


def test_geodata_alleen_op_verzoek(kvk: KvkClient) -> None:
    nummer = "000090000262"
    zonder, met = kvk.vestigingsprofiel(nummer), kvk.vestigingsprofiel(nummer, geo=True)
    assert zonder is not None
    assert met is not None
    assert zonder.adressen[0].geo_data is None
    assert met.adressen[0].geo_data is not None
    assert met.adressen[0].geo_data.addresseerbaar_object_id == "9998010000000021"
    assert met.adressen[1].postbusnummer == 12


def test_zoeken(kvk: KvkClient) -> None:
    assert [r.type for r in kvk.zoek(kvkNummer=KORENAAR).resultaten] == [
        "rechtspersoon",
        "hoofdvestiging",
        "nevenvestiging",
        "nevenvestiging",
    ]
    assert [r.kvk_nummer for r in kvk.zoek(naam="havenZICHT", type="rechtspersoon").resultaten] == [HAVENZICHT]
    bij_adres = kvk.zoek(postcode="9999 zh", huisnummer=9).resultaten
    assert [(r.kvk_nummer, r.vestigingsnummer) for r in bij_adres] == [(ZONNEBLOEM, "000090000182")]
    assert bij_adres[0].adres is not None
    assert bij_adres[0].adres.binnenlands_adres is not None
    assert bij_adres[0].adres.binnenlands_adres.postcode == "9999ZH"
    assert kvk.zoek(naam="bestaat niet").resultaten == ()


def test_beeindigde_bedrijven_alleen_op_verzoek(kvk: KvkClient) -> None:
    assert kvk.zoek(kvkNummer=VERLEDEN).totaal == 0
    gevonden = kvk.zoek(kvkNummer=VERLEDEN, ook_beeindigd=True)
    assert [r.actief for r in gevonden.resultaten] == [False, False]


def test_bladeren(kvk: KvkClient) -> None:
    eerste = kvk.zoek(plaats="Voorbeeldstad", per_pagina=3)
    tweede = kvk.zoek(plaats="Voorbeeldstad", per_pagina=3, pagina=2)
    assert len(eerste.resultaten) == 3
    assert eerste.totaal == tweede.totaal > 6
    assert not set(eerste.resultaten) & set(tweede.resultaten)


def test_onbekend_is_none_en_onjuist_is_een_fout(kvk: KvkClient) -> None:
    assert kvk.basisprofiel("12345678") is None
    assert kvk.vestigingsprofiel("000000000000") is None
    for verkeerd in ("../v2/zoeken", "1", ""):
        with pytest.raises(KvkVraagOnjuist):
            kvk.basisprofiel(verkeerd)
    with pytest.raises(KvkVraagOnjuist, match="IPD1998"):
        kvk.zoek(bestaatNiet="x")
    with pytest.raises(KvkVraagOnjuist, match="IPD1999"):
        kvk.zoek(kvkNummer="1")
    with pytest.raises(KvkVraagOnjuist, match="IPD1999"):
        kvk.zoek(ook_beeindigd=True)


@pytest.mark.parametrize(
    ("pad", "status", "code"),
    [
        ("v1/basisprofielen/123", 400, "IPD0004"),
        ("v1/basisprofielen/12345678", 404, "IPD0005"),
        (f"v1/basisprofielen/{VVE}/hoofdvestiging", 404, "IPD0005"),
        ("v1/vestigingsprofielen/1", 400, "IPD0006"),
        ("v1/vestigingsprofielen/000000000000", 404, "IPD0007"),
        (f"v1/basisprofielen/{VVE}?x=1", 400, "IPD1998"),
        (f"v1/basisprofielen/{VVE}?geoData=misschien", 400, "IPD1999"),
        ("v2/zoeken?naam=niemand", 404, "IPD5200"),
    ],
)
def test_fouten_hebben_de_codes_van_de_kvk(http: httpx.Client, pad: str, status: int, code: str) -> None:
    antwoord = http.get(f"{BASIS}/api/{pad}")
    assert (antwoord.status_code, antwoord.json()["fout"][0]["code"]) == (status, code)
    assert http.get(f"{BASIS}/api/v1/basisprofielen/{KORENAAR}/hoofdvestiging").json()["indHoofdvestiging"] == "Ja"


def test_de_sleutel_en_een_kapotte_bron() -> None:
    app = maak_app(omgeving="test", basis_url=BASIS, sleutel="geheim")
    with httpx.Client(transport=httpx.WSGITransport(app)) as dicht:
        with pytest.raises(KvkGeweigerd):
            KvkClient(dicht, f"{BASIS}/api").basisprofiel(VVE)
        assert KvkClient(dicht, f"{BASIS}/api/", sleutel="geheim").basisprofiel(VVE) is not None
    for antwoord, soort in (
        (httpx.Response(503), KvkOnbereikbaar),
        (httpx.Response(404), KvkOnbereikbaar),
        (httpx.Response(200, text="<html>"), KvkAntwoordOnjuist),
        (httpx.Response(200, json={"naam": "zonder nummer"}), KvkAntwoordOnjuist),
    ):
        transport = httpx.MockTransport(lambda _verzoek, antwoord=antwoord: antwoord)
        with httpx.Client(transport=transport) as stuk, pytest.raises(soort):
            KvkClient(stuk, BASIS).basisprofiel(VVE)


def test_start_niet_buiten_demo_en_test() -> None:
    with pytest.raises(SimulatorGeweigerd):
        maak_app(omgeving="productie", basis_url=BASIS)
