"""`dienstverlening catalogus`: uitlezen, inlezen als concepten met een verslag, en vergelijken in gewone taal."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from dienstverlening.catalogus.beeld import Beeld
from dienstverlening.catalogus.inhoud import Inhoud, naar_zip, uit_api, uit_zip
from dienstverlening.catalogus.inlezen import FOUT, GELIJK, GEMAAKT, OVERGESLAGEN, Keuzen, Verslag, lees_in
from dienstverlening.catalogus.vergelijken import verschillen, zeg
from dienstverlening.cli import groep
from dienstverlening.opstarten import StartFout
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import BesluitTypeIn, ZaakTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.typen import BEGIN, RSIN, Typen, maak_typen, zaaktype_invoer

ELDERS = "https://openzaak.elders.nl/catalogi/api/v1"


@pytest.fixture
def client(installatie: Installatie) -> CatalogiClient:
    return CatalogiClient(installatie, namens="catalogi")


@pytest.fixture
def typen(installatie: Installatie, client: CatalogiClient) -> Typen:
    """Een gepubliceerd zaaktype met alles eraan, en een concept dat ernaar verwijst."""
    typen = maak_typen(installatie)
    relatie = {"zaaktype": "AANVRAAG", "aard_relatie": "vervolg", "toelichting": "Daarna"}
    concept = zaaktype_invoer(
        typen.catalogus,
        "BEZWAAR",
        besluittypen=["Op bezwaar"],
        deelzaaktypen=["AANVRAAG"],
        gerelateerde_zaaktypen=[relatie],
    )
    besluit = {"catalogus": typen.catalogus, "omschrijving": "Op bezwaar", "publicatie_indicatie": False}
    client.zorg_voor_besluittype(
        BesluitTypeIn.model_validate(
            besluit | {"informatieobjecttypen": ["Aanvraagformulier"], "begin_geldigheid": BEGIN}
        )
    )
    client.maak("zaaktypen", concept, ZaakTypeUit)
    return typen


def beeld(client: CatalogiClient, domein: str = "ALGEM") -> Beeld:
    return Beeld(uit_api(client, domein))


def uitkomsten(verslag: Verslag) -> dict[str, int]:
    return {wat: verslag.aantal(wat) for wat in (GEMAAKT, GELIJK, OVERGESLAGEN, FOUT)}


def test_heen_en_terug_is_hetzelfde(client: CatalogiClient, typen: Typen, tmp_path: Path) -> None:
    """Een geëxporteerde catalogus komt onder een ander domein weer helemaal terug, als concepten."""
    pad = tmp_path / "catalogus.zip"
    naar_zip(uit_api(client, "ALGEM"), pad)
    verslag = lees_in(client, Beeld(uit_zip(pad)), Keuzen(domein="KOPIE", rsin=RSIN))
    assert uitkomsten(verslag) == {GEMAAKT: 13, GELIJK: 0, OVERGESLAGEN: 0, FOUT: 0}
    kopie = uit_api(client, "KOPIE")
    assert all(
        rij["concept"] for soort in ("ZaakType", "BesluitType", "InformatieObjectType") for rij in kopie.rijen[soort]
    )
    opnieuw = lees_in(client, Beeld(uit_zip(pad)), Keuzen(domein="KOPIE", rsin=RSIN))
    assert uitkomsten(opnieuw) == {GEMAAKT: 0, GELIJK: 0, OVERGESLAGEN: 5, FOUT: 0}
    assert "er is al een concept met deze begindatum" in str(next(iter(opnieuw)))
    for soort in ("InformatieObjectType", "BesluitType", "ZaakType"):
        for rij in kopie.rijen[soort]:
            if "bezwaar" not in str(rij["omschrijving"]) and rij.get("identificatie") != "BEZWAAR":
                client.publiceer(rij["url"])  # een relatie naar een concept toont de API niet
    assert list(verschillen(beeld(client), beeld(client, "KOPIE"))) == []


def test_dezelfde_inhoud_geeft_dezelfde_zip(client: CatalogiClient, typen: Typen, tmp_path: Path) -> None:
    een, twee = tmp_path / "een.zip", tmp_path / "twee.zip"
    for pad in (een, twee):
        naar_zip(uit_api(client, "ALGEM"), pad)
    assert een.read_bytes() == twee.read_bytes()


def test_de_zip_is_die_van_open_zaak(client: CatalogiClient, typen: Typen, tmp_path: Path) -> None:
    """Per soort een JSON-lijst, met verwijzingen als URL's van andere resources in de zip, ook naar concepten."""
    pad = tmp_path / "catalogus.zip"
    naar_zip(uit_api(client, "ALGEM"), pad)
    with zipfile.ZipFile(pad) as bestand:
        rijen = {naam.removesuffix(".json"): orjson.loads(bestand.read(naam)) for naam in bestand.namelist()}
    assert list(rijen)[:4] == ["Catalogus", "InformatieObjectType", "BesluitType", "ZaakType"]
    adressen = {rij["url"] for soort in rijen.values() for rij in soort}
    bezwaar = next(rij for rij in rijen["ZaakType"] if rij["identificatie"] == "BEZWAAR")
    besluit = next(rij for rij in rijen["BesluitType"] if rij["omschrijving"] == "Op bezwaar")
    assert bezwaar["besluittypen"] == [besluit["url"]]  # een concept, dat de API zelf niet als URL geeft
    assert bezwaar["deelzaaktypen"] == [typen.zaaktype]
    assert rijen["ZaakTypeInformatieObjectType"][0]["informatieobjecttype"] == typen.informatieobjecttype
    assert set(besluit["informatieobjecttypen"]) <= adressen


def open_zaak_zip(pad: Path, **anders: Any) -> Path:
    """Een zip zoals een oudere Open Zaak hem maakt: alleen URL's, zonder de namen en velden van 1.3."""
    zt, iot, bt, st = (
        f"{ELDERS}/{soort}/1" for soort in ("zaaktypen", "informatieobjecttypen", "besluittypen", "statustypen")
    )
    zaaktype = zaaktype_invoer(f"{ELDERS}/catalogussen/1", "MELDING").als_json(alleen_gezet=True)
    rijen: dict[str, list[dict[str, Any]]] = {
        "Catalogus": [
            {"url": f"{ELDERS}/catalogussen/1", "domein": "ELDER", "rsin": RSIN, "contactpersoonBeheerNaam": "Jan"}
        ],
        "InformatieObjectType": [
            {
                "url": iot,
                "omschrijving": "Brief",
                "vertrouwelijkheidaanduiding": "intern",
                "beginGeldigheid": "2020-01-01",
                "concept": False,
                "omschrijvingGeneriek": None,
            }
        ],
        "BesluitType": [
            {
                "url": bt,
                "omschrijving": "Besluit",
                "publicatieIndicatie": False,
                "zaaktypen": [],
                "informatieobjecttypen": [iot],
                "beginGeldigheid": "2020-01-01",
                "concept": False,
            }
        ],
        "ZaakType": [
            zaaktype | {"url": zt, "besluittypen": [bt], "deelzaaktypen": [f"{ELDERS}/zaaktypen/9"], "concept": False}
        ],
        "StatusType": [
            {"url": st, "omschrijving": "Begin", "volgnummer": 1, "zaaktype": zt, "isEindstatus": False},
            {
                "url": f"{ELDERS}/statustypen/2",
                "omschrijving": "Eind",
                "volgnummer": 2,
                "zaaktype": zt,
                "isEindstatus": True,
            },
        ],
        "Eigenschap": [
            {
                "url": f"{ELDERS}/eigenschappen/1",
                "naam": "adres",
                "definitie": "Waar",
                "specificatie": {"formaat": "tekst", "lengte": "100", "kardinaliteit": "1", "waardenverzameling": []},
                "zaaktype": zt,
                "statustype": st,
            }
        ],
        "ZaakTypeInformatieObjectType": [
            {
                "url": f"{ELDERS}/ziot/1",
                "zaaktype": zt,
                "informatieobjecttype": iot,
                "volgnummer": 1,
                "richting": "inkomend",
                "statustype": st,
            }
        ],
    }
    with zipfile.ZipFile(pad, "w") as bestand:
        for naam, inhoud in (rijen | anders).items():
            bestand.writestr(f"{naam}.json", orjson.dumps(inhoud))
    return pad


def test_een_zip_van_open_zaak_wordt_een_catalogus_met_concepten(client: CatalogiClient, tmp_path: Path) -> None:
    verslag = lees_in(client, Beeld(uit_zip(open_zaak_zip(tmp_path / "oz.zip"))), Keuzen())
    assert uitkomsten(verslag) == {GEMAAKT: 7, GELIJK: 0, OVERGESLAGEN: 1, FOUT: 0}
    assert "zonder categorie, dat is nu Onbekend" in str(next(iter(verslag)))
    assert [regel.uitleg for regel in verslag if regel.uitkomst == OVERGESLAGEN] == [
        f"een verwijzing naar iets buiten deze catalogus: {ELDERS}/zaaktypen/9"
    ]
    gelezen = uit_api(client, "ELDER")
    zaaktype = gelezen.rijen["ZaakType"][0]
    assert (zaaktype["identificatie"], zaaktype["concept"], zaaktype["besluittypeOmschrijving"]) == (
        "MELDING",
        True,
        ["Besluit"],
    )
    assert gelezen.rijen["BesluitType"][0]["informatieobjecttypeOmschrijvingen"] == ["Brief"]
    begin = next(rij["url"] for rij in gelezen.rijen["StatusType"] if rij["volgnummer"] == 1)
    assert gelezen.rijen["Eigenschap"][0]["statustype"] == begin
    ziot = gelezen.rijen["ZaakTypeInformatieObjectType"][0]
    assert (ziot["informatieobjecttype"], ziot["statustype"]) == ("Brief", begin)


def test_wat_niet_klopt_staat_in_het_verslag_en_de_rest_komt_er(client: CatalogiClient, tmp_path: Path) -> None:
    kapot = [
        {
            "url": f"{ELDERS}/roltypen/1",
            "omschrijving": "",
            "omschrijvingGeneriek": "x",
            "zaaktype": f"{ELDERS}/zaaktypen/1",
        }
    ]
    verslag = lees_in(client, Beeld(uit_zip(open_zaak_zip(tmp_path / "oz.zip", RolType=kapot))), Keuzen())
    assert uitkomsten(verslag)[GEMAAKT] == 7
    (fout,) = (regel for regel in verslag if regel.uitkomst == FOUT)
    assert (fout.soort, fout.naam.strip()) == ("roltype", "(bij MELDING)")
    assert "omschrijvingGeneriek: Dit is geen geldige keuze." in fout.uitleg


def test_een_nieuwe_versie_naast_wat_al_gepubliceerd_is(client: CatalogiClient, typen: Typen, tmp_path: Path) -> None:
    inhoud = uit_api(client, "ALGEM")
    gelijk = lees_in(client, Beeld(inhoud), Keuzen(begin=date(2030, 1, 1)))
    assert [regel.naam for regel in gelijk if regel.uitkomst == GELIJK] == [
        "Aanvraagformulier",
        "Vergunning",
        "AANVRAAG",
    ]
    zaaktype = next(rij for rij in inhoud.rijen["ZaakType"] if rij["identificatie"] == "AANVRAAG")
    anders = Inhoud(inhoud.catalogus, {**inhoud.rijen, "ZaakType": [zaaktype | {"doorlooptijd": "P42D"}]})
    verslag = lees_in(client, Beeld(anders), Keuzen(begin=date(2030, 1, 1)))
    regel = next(regel for regel in verslag if regel.naam == "AANVRAAG")
    assert regel.uitkomst == GEMAAKT
    assert "overlapt met de gepubliceerde versie vanaf 2020-01-01; geef die een einddatum" in regel.uitleg
    nieuw = next(
        rij
        for rij in uit_api(client, "ALGEM").rijen["ZaakType"]
        if rij["beginGeldigheid"] == "2030-01-01" and rij["identificatie"] == "AANVRAAG"
    )
    assert (nieuw["concept"], nieuw["doorlooptijd"], len(nieuw["statustypen"])) == (True, "P42D", 3)
    opnieuw = lees_in(client, Beeld(anders), Keuzen(begin=date(2030, 1, 1), vervang_concepten=True))
    assert [regel.uitkomst for regel in opnieuw if regel.naam == "AANVRAAG"] == [GEMAAKT]
    assert client.vraag("GET", "zaaktypen", params={"identificatie": "AANVRAAG", "status": "concept"})["count"] == 1


def test_verschillen_in_gewone_taal(client: CatalogiClient, typen: Typen) -> None:
    een = uit_api(client, "ALGEM")
    rijen = {soort: [dict(rij) for rij in lijst] for soort, lijst in een.rijen.items()}
    aanvraag = next(rij for rij in rijen["ZaakType"] if rij["identificatie"] == "AANVRAAG")
    aanvraag |= {
        "doorlooptijd": "P1Y6M",
        "verlengingMogelijk": True,
        "verlengingstermijn": "P1M",
        "trefwoorden": ["huis"],
    }
    rijen["ZaakType"] = [aanvraag]
    rijen["StatusType"] = [
        rij | {"omschrijving": "Klaar"} if rij["volgnummer"] == 3 else rij for rij in rijen["StatusType"]
    ]
    rijen["StatusType"] = [rij for rij in rijen["StatusType"] if rij["volgnummer"] != 2]
    procedure = rijen["ResultaatType"][0]["brondatumArchiefprocedure"] | {
        "afleidingswijze": "termijn",
        "procestermijn": "P5Y",
    }
    rijen["ResultaatType"][0] |= {"archiefactietermijn": "P5Y", "brondatumArchiefprocedure": procedure}
    regels = list(verschillen(Beeld(een), Beeld(Inhoud(een.catalogus, rijen)), "hier", "daar"))
    assert regels == [
        "Zaaktype AANVRAAG: doorlooptijd is 56 dagen in hier en 1 jaar en 6 maanden in daar.",
        "Zaaktype AANVRAAG: trefwoorden: “huis” staat alleen in daar.",
        "Zaaktype AANVRAAG: verlenging mogelijk is nee in hier en ja in daar.",
        "Zaaktype AANVRAAG: verlengingstermijn is leeg in hier en 1 maand in daar.",
        "Zaaktype AANVRAAG: statustype 2 (In behandeling) staat alleen in hier.",
        "Zaaktype AANVRAAG, statustype 3 (Afgehandeld): omschrijving is “Afgehandeld” in hier en “Klaar” in daar.",
        "Zaaktype AANVRAAG, resultaattype Verleend: archiefactietermijn is 10 jaar in hier en 5 jaar in daar.",
        "Zaaktype AANVRAAG, resultaattype Verleend: brondatum archiefprocedure, afleidingswijze is “afgehandeld” in hier en “termijn” in daar.",
        "Zaaktype AANVRAAG, resultaattype Verleend: brondatum archiefprocedure, procestermijn is leeg in hier en 5 jaar in daar.",
        "Zaaktype BEZWAAR staat alleen in hier.",
    ]
    assert list(verschillen(Beeld(een), Beeld(een))) == []


@pytest.mark.parametrize(
    ("waarde", "gezegd"),
    [
        (True, "ja"),
        (None, "leeg"),
        ("P1D", "1 dag"),
        ("P2W", "14 dagen"),
        ("Pa", "“Pa”"),
        (["a", False], "“a”, nee"),
        ({"a": ""}, "leeg"),
    ],
)
def test_waarden_zoals_een_mens_ze_zegt(waarde: Any, gezegd: str) -> None:
    assert zeg(waarde) == gezegd


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        (None, "geen leesbare zip"),
        ({"Catalogus.json": b"[]"}, "geen zaaktypen"),
        ({"ZaakType.json": b"{"}, "geen JSON"),
        ({"ZaakType.json": b'{"a": 1}'}, "geen lijst"),
    ],
)
def test_een_bestand_dat_geen_catalogus_is(tmp_path: Path, inhoud: dict[str, bytes] | None, melding: str) -> None:
    pad = tmp_path / "x.zip"
    if inhoud is None:
        pad.write_bytes(b"geen zip")
    else:
        with zipfile.ZipFile(pad, "w") as bestand:
            for naam, bytes_ in inhoud.items():
                bestand.writestr(f"map/{naam}", bytes_)
    with pytest.raises(StartFout, match=melding):
        uit_zip(pad)


@pytest.fixture
def draai(installatie: Installatie) -> Callable[..., Result]:
    i = installatie.instellingen
    omgeving = {
        "OMGEVING": "test",
        "DATA": str(i.data),
        "DATABASE_URL": i.database_url,
        "REDIS_URL": i.redis_url,
        "REDIS_PREFIX": i.redis_prefix,
        "PUBLIEK_ADRES": i.adres,
        "GEHEIME_SLEUTEL": i.geheime_sleutel.get_secret_value(),
    }
    return lambda *argumenten: CliRunner().invoke(groep, ["catalogus", *argumenten], env=omgeving)


def test_de_opdrachten(draai: Callable[..., Result], typen: Typen, tmp_path: Path) -> None:
    pad = str(tmp_path / "uit.zip")
    uit = draai("exporteer", "ALGEM", pad)
    assert uit.exit_code == 0
    assert "13 types en onderdelen" in uit.output
    assert draai("vergelijk", pad, pad).output.endswith("Geen verschil.\n")
    oz = str(open_zaak_zip(tmp_path / "oz.zip"))
    anders = draai("vergelijk", pad, oz)
    assert anders.exit_code == 1
    assert "Zaaktype MELDING staat alleen in oz.zip." in anders.output
    in_ = draai("importeer", oz, "--begin-geldigheid", "2031-01-01")
    assert in_.exit_code == 0
    assert in_.output.endswith("7 gemaakt, 0 ongewijzigd, 1 overgeslagen, 0 fout\n")


def test_een_onbekende_catalogus(client: CatalogiClient) -> None:
    with pytest.raises(StartFout, match="geen catalogus met domein NIETS"):
        uit_api(client, "NIETS")
