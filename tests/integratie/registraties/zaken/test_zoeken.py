"""Zoeken: in een gebied, met gekozen velden (zrc-029), en met de filters die gebruikers van Open Zaak gewend zijn (regels 9)."""

from typing import Any

import pytest
from sqlalchemy import update

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from registraties.zaken.modellen import Zaak
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, rol_json, zaak_json, zet_resultaat, zet_status

VIERKANT = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]]}
MIDDEN_IN = {"type": "Point", "coordinates": [4.5, 52.5]}
ERBUITEN = {"type": "Point", "coordinates": [6.5, 52.5]}
OVER_DE_RAND = {"type": "LineString", "coordinates": [[4.5, 52.5], [6.5, 52.5]]}


def gevonden(client: ZakenClient, **criteria: Any) -> set[str]:
    antwoord = client.vraag("POST", "zaken/_zoek", json=criteria)
    assert antwoord["count"] == len(antwoord["results"])
    return {zaak["identificatie"] for zaak in antwoord["results"]}


# geometrie


def test_zoeken_in_een_gebied(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """Helemaal erin telt, over de rand niet; de coördinaten komen terug zoals ze gestuurd zijn."""
    vormen = {"in": MIDDEN_IN, "uit": ERBUITEN, "rand": OVER_DE_RAND, "zonder": None}
    for naam, vorm in vormen.items():
        assert maak_zaak(baas, typen, identificatie=naam, zaakgeometrie=vorm)["zaakgeometrie"] == vorm
    maak_zaak(baas, typen, identificatie="geheim", zaakgeometrie=MIDDEN_IN, vertrouwelijkheidaanduiding="geheim")
    gebied = {"zaakgeometrie": {"within": VIERKANT}}
    assert gevonden(baas, **gebied) == {"in", "geheim"}
    assert gevonden(baas, **gebied, identificatie="in") == {"in"}
    autorisatie = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "intern"}
    geef_rechten(installatie, {**autorisatie, "scopes": ["zaken.lezen"]}, namens="lezer")
    assert gevonden(ZakenClient(installatie, namens="lezer"), **gebied) == {"in"}


@pytest.mark.parametrize(
    ("fout", "naam"),
    [
        ({"within": {"type": "Vlak", "coordinates": []}}, "zaakgeometrie"),
        ({"within": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}}, "zaakgeometrie"),
        ({"within": {"type": "Point", "coordinates": [52.0, 200]}}, "zaakgeometrie"),
        ({}, "zaakgeometrie"),
        ("POINT(4 52)", "zaakgeometrie"),
        ({"within": {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}}, "zaakgeometrie"),
    ],
)
def test_een_gebied_dat_niet_klopt(baas: ZakenClient, fout: Any, naam: str) -> None:
    assert [veld.split(".")[0] for veld in fouten_van(baas, "POST", "zaken/_zoek", {"zaakgeometrie": fout})] == [naam]


def test_gebied_alleen_in_het_lichaam(baas: ZakenClient) -> None:
    assert fouten_van(baas, "GET", "zaken?zaakgeometrie=x") == {"nonFieldErrors": "unknown-parameters"}


@pytest.mark.parametrize("vorm", [{"type": "Point"}, {"type": "Point", "coordinates": ["4", "52"]}, [], "x"])
def test_zaakgeometrie_is_geojson(baas: ZakenClient, typen: Typen, vorm: Any) -> None:
    assert fouten_van(baas, "POST", "zaken", zaak_json(typen, zaakgeometrie=vorm)) == {"zaakgeometrie": "invalid"}


# fields (zrc-029)


def test_alleen_de_gekozen_velden(baas: ZakenClient, typen: Typen) -> None:
    """Van de zaak, een gegevensgroep en relaties op elke diepte; hoofdletters maken niet uit, onbekende namen tellen niet."""
    zaak = maak_zaak(baas, typen)["url"]
    status = zet_status(baas, zaak, typen.begin)
    baas.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    velden = [
        "url",
        "IDENTIFICATIE",
        "bestaatNiet",
        {
            "processobject": ["registratie"],
            "status": ["datumstatusgezet", {"statustype": ["omschrijving"]}],
            "rollen": ["omschrijving"],
            "zaaktype": ["identificatie", {"catalogus": ["domein"]}],
            "resultaat": ["*"],
        },
    ]
    [gekozen] = baas.vraag("POST", "zaken/_zoek", json={"uuid__in": [zaak[-36:]], "fields": velden})["results"]
    assert set(gekozen) == {"url", "identificatie", "processobject", "_expand"}
    assert gekozen["processobject"] == {"registratie": ""}
    assert gekozen["_expand"] == {
        "status": {
            "datumStatusGezet": status["datumStatusGezet"],
            "_expand": {"statustype": {"omschrijving": "Ontvangen"}},
        },
        "rollen": [{"omschrijving": "initiator"}],
        "zaaktype": {"identificatie": "AANVRAAG", "_expand": {"catalogus": {"domein": "ALGEM"}}},
        "resultaat": {},
    }
    [alles] = baas.vraag("POST", "zaken/_zoek", json={"uuid__in": [zaak[-36:]], "fields": ["*"]})["results"]
    assert alles == baas.vraag("GET", zaak)


def test_fields_die_niet_kunnen(baas: ZakenClient) -> None:
    json: dict[str, Any] = {"identificatie": "x"}
    assert fouten_van(baas, "POST", "zaken/_zoek", json | {"fields": "url"}) == {"fields": "not_a_list"}
    assert fouten_van(baas, "POST", "zaken/_zoek", json | {"fields": [1]}) == {"fields": "invalid"}
    beide = json | {"fields": ["url"], "expand": "status"}
    assert fouten_van(baas, "POST", "zaken/_zoek", beide) == {"fields": "invalid"}
    diep: list[Any] = [{f"r{nummer}": ["*"] for nummer in range(26)}]
    assert fouten_van(baas, "POST", "zaken/_zoek", json | {"fields": diep}) == {"status": "expand-te-groot"}
    assert fouten_van(baas, "GET", "zaken?fields=url") == {"nonFieldErrors": "unknown-parameters"}


# extra filters


def test_filters_van_open_zaak(baas: ZakenClient, typen: Typen) -> None:
    kenmerken = [{"kenmerk": "2026:7", "bron": "wozbron"}]
    een = maak_zaak(baas, typen, identificatie="EEN", kenmerken=kenmerken)["url"]
    twee = maak_zaak(baas, typen, identificatie="TWEE", omschrijving="Boom kappen")["url"]
    for zaak in (een, twee):
        zet_status(baas, zaak, typen.begin)
    zet_status(baas, twee, typen.midden, "2026-01-08T09:00:00Z")
    zet_resultaat(baas, twee, typen.resultaattype)
    for filter_, waarde, verwacht in (
        ("kenmerk__bron", "wozbron", {"EEN"}),
        ("status__statustype", typen.begin, {"EEN"}),
        ("status__statustype", typen.midden, {"TWEE"}),
        ("resultaat__resultaattype", typen.resultaattype, {"TWEE"}),
        ("omschrijving", "Boom kappen", {"TWEE"}),
        ("identificatie__icontains", "wee", {"TWEE"}),
        ("zaaktype__not_in", typen.zaaktype, set()),
    ):
        assert gevonden(baas, **{filter_: waarde}) == verwacht, filter_


@pytest.mark.parametrize(
    ("zoek", "treffers"), [("wozbron:WOZ-7", 1), ("WOZ-7", 1), ("anders:WOZ-7", 0), ("wozbron:WOZ-8", 0)]
)
def test_zoeken_op_kenmerk(baas: ZakenClient, typen: Typen, zoek: str, treffers: int) -> None:
    maak_zaak(baas, typen, kenmerken=[{"kenmerk": "WOZ-7", "bron": "wozbron"}, {"kenmerk": "x", "bron": "y"}])
    assert baas.vraag("GET", "zaken", params={"kenmerk": zoek})["count"] == treffers


DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
LAAG, HOOG = f"{DIGID}PasswordProtectedTransport", f"{DIGID}Smartcard"


def test_zoeken_op_machtiging_en_betrouwbaarheid(baas: ZakenClient, typen: Typen) -> None:
    """Een niveau vindt dat niveau en lagere van hetzelfde middel."""
    zaak = maak_zaak(baas, typen)["url"]
    context = {"source": "digid", "levelOfAssurance": HOOG}
    rol = rol_json(zaak, typen.rollen["initiator"], authenticatieContext=context, indicatieMachtiging="gemachtigde")
    baas.vraag("POST", "rollen", json=rol)
    for params, aantal in (
        ({"machtiging": "gemachtigde"}, 1),
        ({"machtiging": "eigen"}, 0),
        ({"machtiging__loa": HOOG}, 1),
        ({"machtiging__loa": LAAG}, 0),
        ({"machtiging": "gemachtigde", "machtiging__loa": HOOG}, 1),
    ):
        assert baas.vraag("GET", "rollen", params=params)["count"] == aantal, params
        bij_zaak = {f"rol__{naam}": waarde for naam, waarde in params.items()}
        assert baas.vraag("GET", "zaken", params=bij_zaak)["count"] == aantal, params
    assert fouten_van(baas, "GET", "rollen?machtiging=ja") == {"machtiging": "invalid_choice"}
    assert fouten_van(baas, "GET", "rollen?machtiging__loa=hoog") == {"machtiging__loa": "invalid_choice"}


def test_paginagrootte_en_volgorde(baas: ZakenClient, typen: Typen) -> None:
    for nummer in (2, 1, 3):
        maak_zaak(baas, typen, identificatie=f"Z{nummer}", startdatum=f"2026-01-0{nummer}")
    pagina = baas.vraag("GET", "zaken", params={"pageSize": 2, "ordering": "-startdatum"})
    assert [zaak["identificatie"] for zaak in pagina["results"]] == ["Z3", "Z2"]
    rest = baas.vraag("GET", pagina["next"])
    assert [zaak["identificatie"] for zaak in rest["results"]] == ["Z1"]
    assert fouten_van(baas, "GET", "zaken?pageSize=501") == {"pageSize": "invalid"}
    assert fouten_van(baas, "GET", "zaken?ordering=omschrijving") == {"ordering": "invalid_choice"}
    assert status_van(baas, "GET", "zaken", page=4) == 404


def test_expand_van_iets_dat_er_niet_is(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """zrc-027: een relatie die niet bestaat; zrc-028: gegevens die niet op te halen zijn. Beide 404 op het geheel."""
    zaak = maak_zaak(baas, typen)["url"]
    for pad in ("kleur", "rollen.kleur", "zaaktype.kleur", "identificatie"):
        assert status_van(baas, "GET", zaak, expand=pad) == 404, pad
        assert status_van(baas, "GET", "zaken", expand=pad) == 404, pad
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Zaak).values(zaaktype="catalogi:zaaktypen/00000000-0000-4000-8000-000000000000"))
    assert status_van(baas, "GET", zaak, expand="zaaktype") == 404
    assert baas.vraag("GET", zaak, params={"expand": "rollen"})["_expand"] == {"rollen": []}


def test_zoeken_op_de_naam_van_het_zaaktype(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """[OZ] `zaaktype__omschrijving`: alle versies van zaaktypen die zo heten."""
    ander = maak_typen(installatie, "ANDERS", omschrijving="Iets anders")
    maak_zaak(baas, typen)
    maak_zaak(baas, ander)
    for naam, aantal in (("Iets anders", 1), ("Aanvraag behandelen", 1), ("Iets", 0)):
        assert baas.vraag("GET", "zaken", params={"zaaktype__omschrijving": naam})["count"] == aantal, naam
        assert baas.vraag("POST", "zaken/_zoek", json={"zaaktype__omschrijving": naam})["count"] == aantal, naam
