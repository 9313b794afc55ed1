"""De Producttypen API: wat bij een producttype hoort, en de regels daarover (regels hoofdstuk 14)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest

from integratie.basis import ApiFout
from integratie.producten import ProductenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.kit.test_vragen import hoeveel
from tests.integratie.registraties.producten.hulp import Catalogus, Rij
from tests.integratie.registraties.tokens import fouten

DMN = "https://dmn.voorbeeld.nl/decision-tables"
ADRES = {"naam": "Stadhuis", "straat": "Markt", "huisnummer": "1", "postcode": "1234 AB", "stad": "Voorbeeldstad"}
MAPPING = {"static": [{"name": "soort", "classType": "String", "value": "woning"}]}


# thema's


def test_themas_vormen_een_boom(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    wonen = catalogus.thema("Wonen", gepubliceerd=True)
    bouwen = catalogus.thema("Bouwen", hoofd_thema=wonen["uuid"], producttype_uuids=[soort["uuid"]])
    assert bouwen["producttypen"][0]["code"] == soort["code"]
    assert [thema["naam"] for thema in catalogus.haal("producttypen", soort)["themas"]] == ["Bouwen"]
    assert [rij["naam"] for rij in catalogus.lijst("themas", hoofd_thema__naam="Wonen")] == ["Bouwen"]
    assert [rij["naam"] for rij in catalogus.lijst("themas", producttypen__uuid__in=f"{soort['uuid']},{uuid4()}")] == [
        "Bouwen"
    ]
    assert catalogus.codes(themas__naam="Bouwen") == {soort["code"]}
    assert catalogus.codes(themas__uuid__in=f"{wonen['uuid']},{bouwen['uuid']}") == {soort["code"]}
    assert catalogus.codes(themas__uuid=wonen["uuid"]) == set()


def test_een_thema_valt_niet_onder_zichzelf(catalogus: Catalogus) -> None:
    boven = catalogus.thema("A")
    midden = catalogus.thema("B", hoofd_thema=boven["uuid"])
    onder = catalogus.thema("C", hoofd_thema=midden["uuid"])
    for hoofd in (boven, onder):
        assert fouten(partial(catalogus.wijzig, "themas", boven, hoofd_thema=hoofd["uuid"])) == {
            ("hoofd_thema", "invalid")
        }
    assert catalogus.wijzig("themas", onder, hoofd_thema=boven["uuid"])["hoofd_thema"] == boven["uuid"]
    assert fouten(lambda: catalogus.thema("D", hoofd_thema=str(uuid4()))) == {("hoofd_thema", "does_not_exist")}


def test_acht_tegelijk_maken_geen_kring(catalogus: Catalogus) -> None:
    """Elk thema onder het volgende: wie te laat is krijgt een fout, en de boom blijft een boom."""
    themas = [catalogus.thema(str(nummer)) for nummer in range(8)]

    def hang(nummer: int) -> int:
        try:
            catalogus.wijzig("themas", themas[nummer], hoofd_thema=themas[(nummer + 1) % 8]["uuid"])
        except ApiFout as fout:
            return fout.status
        return 200

    with ThreadPoolExecutor(8) as draden:
        assert sorted(draden.map(hang, range(8))) == [200] * 7 + [400]


def test_publiceren_gaat_van_boven_naar_beneden(catalogus: Catalogus) -> None:
    boven = catalogus.thema("A")
    onder = catalogus.thema("B", hoofd_thema=boven["uuid"])
    assert fouten(lambda: catalogus.wijzig("themas", onder, gepubliceerd=True)) == {("gepubliceerd", "invalid")}
    catalogus.wijzig("themas", boven, gepubliceerd=True)
    catalogus.wijzig("themas", onder, gepubliceerd=True)
    assert fouten(lambda: catalogus.wijzig("themas", boven, gepubliceerd=False)) == {("gepubliceerd", "invalid")}


def test_een_thema_met_subthemas_blijft(catalogus: Catalogus) -> None:
    boven = catalogus.thema("A")
    onder = catalogus.thema("B", hoofd_thema=boven["uuid"])

    def weg(thema: Rij) -> None:
        catalogus.client.vraag("DELETE", f"themas/{thema['uuid']}")

    assert fouten(lambda: weg(boven)) == {("nonFieldErrors", "pending-relations")}
    weg(onder)
    weg(boven)
    assert catalogus.lijst("themas") == []


# organisaties, locaties en contacten


def test_bij_een_contact_hoort_zijn_organisatie(catalogus: Catalogus) -> None:
    """Wie een contact van een organisatie bij een producttype zet, zet de organisatie erbij."""
    organisatie = catalogus.maak("organisaties", code="SH", **ADRES)
    contact = catalogus.maak("contacten", naam="Balie", organisatie_uuid=organisatie["uuid"], rol="Baliemedewerker")
    assert contact["organisatie"]["code"] == "SH"
    assert catalogus.wijzig("contacten", contact, rol="Balie")["organisatie"]["uuid"] == organisatie["uuid"]
    locatie = catalogus.maak("locaties", **ADRES)
    soort = catalogus.type(contact_uuids=[contact["uuid"]], locatie_uuids=[locatie["uuid"]])
    assert [rij["code"] for rij in soort["organisaties"]] == ["SH"]
    assert soort["contacten"][0]["organisatie"]["uuid"] == organisatie["uuid"]
    assert soort["locaties"][0]["postcode"] == "1234 AB"
    for filter_ in (
        {"organisaties__code": "SH"},
        {"organisaties__naam__contains": "adhui"},
        {"contacten__uuid__in": contact["uuid"]},
        {"contacten__naam__contains": "Bal"},
        {"locaties__uuid": locatie["uuid"]},
        {"locaties__naam__contains": "Stad"},
    ):
        assert catalogus.codes(**filter_) == {soort["code"]}, filter_
    assert [rij["naam"] for rij in catalogus.lijst("contacten", organisatie__naam="Stadhuis")] == ["Balie"]
    assert [rij["naam"] for rij in catalogus.lijst("locaties", straat__iexact="MARKT", stad="Voorbeeldstad")] == [
        "Stadhuis"
    ]
    catalogus.client.vraag("DELETE", f"organisaties/{organisatie['uuid']}")
    assert catalogus.haal("contacten", contact)["organisatie"] is None
    assert catalogus.haal("producttypen", soort)["organisaties"] == []


def test_adressen_worden_getoetst(catalogus: Catalogus) -> None:
    fout = {**ADRES, "postcode": "0000AA", "email": "geen", "telefoonnummer": "bel mij"}
    assert {naam for naam, _ in fouten(lambda: catalogus.maak("locaties", **fout))} == {
        "postcode",
        "email",
        "telefoonnummer",
    }
    catalogus.maak("organisaties", code="SH", **ADRES)
    assert fouten(lambda: catalogus.maak("organisaties", code="SH", **ADRES)) == {("code", "unique")}


def test_koppelen_wil_bestaande_en_verschillende_uuids(catalogus: Catalogus) -> None:
    thema = catalogus.thema("A")["uuid"]
    assert fouten(lambda: catalogus.type(thema_uuids=[thema, str(uuid4())])) == {("thema_uuids.1", "does_not_exist")}
    assert fouten(lambda: catalogus.type(thema_uuids=[thema, thema])) == {("thema_uuids", "invalid")}
    soort = catalogus.type(thema_uuids=[thema])
    assert catalogus.wijzig("producttypen", soort, naam="Anders")["themas"] != []
    assert catalogus.wijzig("producttypen", soort, thema_uuids=[])["themas"] == []


# het producttype zelf


def test_filters_op_het_producttype(catalogus: Catalogus) -> None:
    zaaktype = f"urn:nld:517439943:zaaktype:uuid:{uuid4()}"
    soort = catalogus.type(
        "parkeren",
        keywords=["auto"],
        toegestane_statussen=["actief"],
        externe_codes=[{"naam": "ISO", "code": "1"}, {"naam": "CBS", "code": "2"}],
        parameters=[{"naam": "sector", "waarde": "Z"}],
        zaaktypen=[{"urn": zaaktype}],
        processen=[{"url": "https://elders.nl/processen/abc"}],
    )
    catalogus.type("ander")
    assert soort["zaaktypen"][0]["url"].endswith(f"/catalogi/api/v1/zaaktypen/{zaaktype[-36:]}")
    morgen = "2999-01-01T00:00:00Z"
    for filter_ in (
        {"keywords": "auto,fiets"},
        {"toegestane_statussen": "actief,verlopen"},
        {"externe_code": ["[ISO:1]", "[CBS:2]"]},
        {"parameter": "[sector:Z]"},
        {"zaaktypen__urn": zaaktype},
        {"zaaktypen__urn__contains": zaaktype[20:60]},
        {"zaaktypen__url": soort["zaaktypen"][0]["url"]},
        {"processen__url__contains": "elders.nl"},
        {"letter": "p"},
        {"naam__icontains": "ARKER"},
        {"aanmaak_datum__lte": morgen, "code": "parkeren"},
        {"update_datum": soort["update_datum"]},
    ):
        assert catalogus.codes(**filter_) == {"parkeren"}, filter_
    assert catalogus.codes(externe_code=["[ISO:1]", "[CBS:3]"]) == set()
    for fout in ("abc", "[:]", "[a[b:[b:a]]"):
        with pytest.raises(ApiFout, match="400"):
            catalogus.codes(parameter=fout)


def test_verwijzing_heeft_een_urn_of_een_url(catalogus: Catalogus) -> None:
    assert fouten(lambda: catalogus.type(zaaktypen=[{}])) == {("zaaktypen.0", "required")}
    uuid = uuid4()
    urn = f"urn:nld:517439943:zaaktype:uuid:{uuid}"
    url = catalogus.type(zaaktypen=[{"urn": urn}])["zaaktypen"][0]["url"]
    soort = catalogus.type(zaaktypen=[{"url": url}])
    assert soort["zaaktypen"] == [{"urn": urn, "url": url}]
    assert fouten(lambda: catalogus.type(zaaktypen=[{"url": url}, {"urn": urn}])) == {("zaaktypen", "unique")}


def test_namen_van_parameters_en_codes_zijn_uniek(catalogus: Catalogus) -> None:
    dubbel = [{"naam": "a", "waarde": "1"}, {"naam": "a", "waarde": "2"}]
    assert fouten(lambda: catalogus.type(parameters=dubbel)) == {("parameters", "unique")}
    assert fouten(lambda: catalogus.type(externe_codes=[{"naam": "a:b", "code": "1"}])) == {
        ("externe_codes.0.naam", "invalid")
    }


def test_upn_staat_in_de_geladen_upl(catalogus: Catalogus) -> None:
    """Zolang de UPL niet geladen is mag elke naam; daarna alleen een naam die erin staat en niet verwijderd is."""
    oud = catalogus.type(uniforme_product_naam="zelf verzonnen")
    naam = catalogus.maak(
        "uniformeproductnamen",
        naam="parkeervergunning",
        uri="http://standaarden.overheid.nl/owms/terms/parkeervergunning",
        sdg=["C1"],
    )
    catalogus.maak("uniformeproductnamen", naam="weg", uri="http://voorbeeld.nl/weg", is_verwijderd=True)
    for fout in ("verzonnen", "weg"):
        assert fouten(partial(catalogus.type, uniforme_product_naam=fout)) == {
            ("uniforme_product_naam", "does_not_exist")
        }
    assert catalogus.wijzig("producttypen", oud, naam="Blijft")["uniforme_product_naam"] == "zelf verzonnen"
    soort = catalogus.type(uniforme_product_naam="parkeervergunning")
    prijs = catalogus.client.vraag("GET", f"producttypen/{soort['uuid']}/actuele-prijs")
    assert (prijs["upl_naam"], prijs["upl_uri"], prijs["actuele_prijs"]) == (naam["naam"], naam["uri"], None)
    assert [rij["naam"] for rij in catalogus.lijst("uniformeproductnamen", sdg="C1")] == ["parkeervergunning"]


def test_een_producttype_met_producten_blijft(installatie: Installatie, catalogus: Catalogus) -> None:
    soort = catalogus.type(toegestane_statussen=["actief"])
    product = {"producttype_uuid": soort["uuid"], "eigenaren": [{"klantnummer": "1"}], "status": "actief"}
    ProductenClient(installatie, namens="processen").vraag("POST", "producten", json=product)
    weg = partial(catalogus.client.vraag, "DELETE", f"producttypen/{soort['uuid']}")
    assert fouten(weg) == {("nonFieldErrors", "pending-relations")}


# inhoud


def test_content_bij_een_thema_of_een_producttype(catalogus: Catalogus) -> None:
    soort, thema = catalogus.type(), catalogus.thema("Wonen")
    assert fouten(lambda: catalogus.maak("content", content="x")) == {("nonFieldErrors", "invalid")}
    beide = {"producttype_uuid": soort["uuid"], "thema_uuid": thema["uuid"]}
    assert fouten(lambda: catalogus.maak("content", content="x", **beide)) == {("nonFieldErrors", "invalid")}
    catalogus.maak("content", content="Eerst", producttype_uuid=soort["uuid"], labels=["aanpak", "kort"])
    catalogus.maak("content", content="Dan", producttype_uuid=soort["uuid"], labels=["kosten"])
    catalogus.maak("content", content="Over wonen", thema_uuid=thema["uuid"], labels=["aanpak"])
    onder = f"producttypen/{soort['uuid']}/content"
    assert [rij["content"] for rij in catalogus.lijst(onder)] == ["Eerst", "Dan"]
    assert [rij["content"] for rij in catalogus.lijst(onder, labels="kort,niets")] == ["Eerst"]
    assert [rij["content"] for rij in catalogus.lijst(onder, exclude_labels="kort")] == ["Dan"]
    assert [rij["content"] for rij in catalogus.lijst(f"themas/{thema['uuid']}/content-elementen")] == ["Over wonen"]
    assert [rij["content"] for rij in catalogus.lijst("content", thema__naam="Wonen")] == ["Over wonen"]
    assert [rij["content"] for rij in catalogus.lijst("content", producttype__code=soort["code"])] == ["Eerst", "Dan"]
    assert {rij["naam"] for rij in catalogus.lijst("contentlabels")} == {"aanpak", "kort", "kosten"}


# prijzen en acties


def test_actuele_prijs_is_de_laatste_die_begonnen_is(
    catalogus: Catalogus, klok: VerzetbareKlok, installatie: Installatie
) -> None:
    soort, leeg = catalogus.type("met"), catalogus.type("zonder")
    vandaag = installatie.klok.vandaag()
    for dagen, prijs in ((-400, "10.00"), (-3, "12.50"), (5, "15.00")):
        opties = [{"bedrag": prijs, "beschrijving": "Leges"}]
        dag = (vandaag + timedelta(days=dagen)).isoformat()
        catalogus.maak("prijzen", producttype_uuid=soort["uuid"], actief_vanaf=dag, prijsopties=opties)

    def bedrag() -> str:
        actueel = catalogus.client.vraag("GET", f"producttypen/{soort['uuid']}/actuele-prijs")["actuele_prijs"]
        return str(actueel["prijsopties"][0]["bedrag"])

    assert bedrag() == "12.50"
    klok.verzet(timedelta(days=6))
    assert bedrag() == "15.00"
    alle = {rij["code"]: rij["actuele_prijs"] for rij in catalogus.lijst("producttypen/actuele-prijzen")}
    assert alle["met"]["prijsopties"][0]["bedrag"] == "15.00"
    assert alle["zonder"] is None
    assert leeg["prijzen"] == []
    with pytest.raises(ApiFout, match="404"):
        catalogus.client.vraag("GET", f"producttypen/{uuid4()}/actuele-prijs")


def test_een_prijs_met_regels_wijst_naar_een_bekende_beslistabel(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    regel = {"beschrijving": "Per m2", "tabel_endpoint": DMN, "dmn_tabel_id": "leges"}
    prijs = {"producttype_uuid": soort["uuid"], "actief_vanaf": "2026-01-01", "prijsregels": [regel]}
    assert fouten(lambda: catalogus.maak("prijzen", **prijs)) == {("prijsregels.0.tabel_endpoint", "does_not_exist")}
    catalogus.maak("dmnconfigs", naam="Eigen", tabel_endpoint=DMN)
    gemaakt = catalogus.maak("prijzen", **prijs)
    assert gemaakt["prijsregels"][0]["url"] == f"{DMN}/leges"
    gewijzigd = catalogus.wijzig("prijzen", gemaakt, actief_vanaf="2026-02-01")
    assert gewijzigd["prijsregels"] == gemaakt["prijsregels"]
    assert [rij["uuid"] for rij in catalogus.lijst("prijzen", prijsregels__dmn_tabel_id="leges")] == [gemaakt["uuid"]]
    beide = [{"bedrag": "1.00", "beschrijving": "x"}]
    assert fouten(lambda: catalogus.wijzig("prijzen", gemaakt, prijsopties=beide)) == {("nonFieldErrors", "invalid")}
    fout = {**prijs, "actief_vanaf": "2026-03-01", "prijsregels": [{**regel, "mapping": {"static": [{"name": "x"}]}}]}
    assert {naam for naam, _ in fouten(lambda: catalogus.maak("prijzen", **fout))} == {"prijsregels.0.mapping.static.0"}


def test_prijzen_filteren_op_bedrag(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    opties = [{"bedrag": "12.50", "beschrijving": "Leges"}, {"bedrag": "3", "beschrijving": "Kopie"}]
    catalogus.maak("prijzen", producttype_uuid=soort["uuid"], actief_vanaf="2026-01-01", prijsopties=opties)
    for filter_, aantal in (
        ({"prijsopties__bedrag": "12.5"}, 1),
        ({"prijsopties__bedrag__gte": "12.51"}, 0),
        ({"prijsopties__bedrag__lte": "3"}, 1),
        ({"prijsopties__beschrijving": "Kopie"}, 1),
        ({"producttype__code": soort["code"]}, 1),
        ({"uniforme_product_naam": "x"}, 0),
    ):
        assert len(catalogus.lijst("prijzen", **filter_)) == aantal, filter_


def test_een_actie_heeft_een_adres_of_een_beslistabel(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    actie = {"naam": "Opzeggen", "producttype_uuid": soort["uuid"]}
    tabel = {"tabel_endpoint": DMN, "dmn_tabel_id": "opzeggen"}
    assert fouten(lambda: catalogus.maak("acties", **actie)) == {("nonFieldErrors", "invalid")}
    assert fouten(lambda: catalogus.maak("acties", **actie, direct_url="https://x.nl", **tabel)) == {
        ("direct_url", "invalid")
    }
    assert fouten(lambda: catalogus.maak("acties", **actie, **tabel)) == {("tabel_endpoint", "does_not_exist")}
    omgeving = catalogus.maak("dmnconfigs", naam="Eigen", tabel_endpoint=DMN)
    met_tabel = catalogus.maak("acties", **actie, **tabel, mapping=MAPPING)
    adres = catalogus.maak("acties", **actie, direct_url="https://gemeente.nl/opzeggen")
    assert [rij["url"] for rij in (met_tabel, adres)] == [f"{DMN}/opzeggen", "https://gemeente.nl/opzeggen"]
    assert catalogus.wijzig("acties", met_tabel, naam="Stoppen")["mapping"] == MAPPING
    assert [rij["uuid"] for rij in catalogus.lijst("acties", dmn_config__naam="Eigen")] == [met_tabel["uuid"]]
    assert [rij["url"] for rij in catalogus.haal("producttypen", soort)["acties"]] == [
        f"{DMN}/opzeggen",
        "https://gemeente.nl/opzeggen",
    ]
    weg = partial(catalogus.client.vraag, "DELETE", f"dmnconfigs/{omgeving['uuid']}")
    assert fouten(weg) == {("nonFieldErrors", "pending-relations")}


def test_links_filteren(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    link = catalogus.maak("links", naam="Meer", url="https://meer.nl", producttype_uuid=soort["uuid"])
    for filter_ in ({"url__contains": "meer"}, {"naam__contains": "ee"}, {"producttype__uuid": soort["uuid"]}):
        assert [rij["uuid"] for rij in catalogus.lijst("links", **filter_)] == [link["uuid"]]
    assert fouten(lambda: catalogus.maak("links", naam="x", url="y", producttype_uuid=str(uuid4()))) == {
        ("producttype_uuid", "does_not_exist")
    }


# schema's en bestanden


def test_json_schemas_hebben_een_naam_en_een_volgnummer(catalogus: Catalogus) -> None:
    schema = {"type": "object", "required": ["uren"], "properties": {"uren": {"type": "number"}}}
    gemaakt = catalogus.maak("schemas", naam="verbruik", schema=schema)
    assert gemaakt["schema"] == schema
    assert catalogus.client.vraag("GET", gemaakt["url"])["naam"] == "verbruik"
    assert fouten(lambda: catalogus.maak("schemas", naam="verbruik", schema={})) == {("naam", "unique")}
    assert fouten(lambda: catalogus.maak("schemas", naam="x", schema={"type": "niets"})) == {
        ("schema", "invalid-json-schema")
    }
    soort = catalogus.type(verbruiksobject_schema_naam="verbruik")
    assert soort["verbruiksobject_schema"] == {"naam": "verbruik", "schema": schema}
    assert catalogus.wijzig("producttypen", soort, naam="x")["verbruiksobject_schema"]["naam"] == "verbruik"
    assert catalogus.codes(verbruiksobject_schema__naam="verbruik") == {soort["code"]}
    assert fouten(lambda: catalogus.type(dataobject_schema_naam="niets")) == {
        ("dataobject_schema_naam", "does_not_exist")
    }
    assert fouten(lambda: catalogus.client.vraag("DELETE", gemaakt["url"])) == {("nonFieldErrors", "pending-relations")}


def _stuur(catalogus: Catalogus, methode: str, pad: str, **opties: Any) -> httpx.Response:
    return catalogus.client._stuur(methode, pad, headers={}, **opties)


def test_een_bestand_gaat_op_en_komt_terug(catalogus: Catalogus) -> None:
    soort = catalogus.type()
    formulier = {"producttype_uuid": soort["uuid"]}
    antwoord = _stuur(
        catalogus, "POST", "bestanden", data=formulier, files={"bestand": ("map/folder é.pdf", b"%PDF", "text/html")}
    )
    assert antwoord.status_code == 201
    bestand: Rij = antwoord.json()
    assert antwoord.headers["Location"] == bestand["url"]
    assert bestand["bestand"].endswith(f"/bestanden/{bestand['uuid']}/folder%20%C3%A9.pdf")
    inhoud = _stuur(catalogus, "GET", bestand["bestand"])
    assert (inhoud.content, inhoud.headers["X-Content-Type-Options"]) == (b"%PDF", "nosniff")
    assert inhoud.headers["Content-Disposition"] == "attachment; filename*=UTF-8''folder%20%C3%A9.pdf"
    assert inhoud.headers["Content-Type"] == "application/octet-stream"
    pad = f"bestanden/{bestand['uuid']}"
    bestand = _stuur(catalogus, "PATCH", pad, files={"bestand": ("b.txt", b"nieuw")}).json()
    assert _stuur(catalogus, "GET", bestand["bestand"]).content == b"nieuw"
    with pytest.raises(ApiFout, match="404"):
        _stuur(catalogus, "GET", bestand["bestand"].replace("b.txt", "a.txt"))
    assert [rij["uuid"] for rij in catalogus.lijst("bestanden", naam__contains="b.t")] == [bestand["uuid"]]
    assert catalogus.haal("producttypen", soort)["bestanden"] == [
        {"uuid": bestand["uuid"], "bestand": bestand["bestand"]}
    ]


def test_wat_geen_bestand_is_wordt_geweigerd(catalogus: Catalogus) -> None:
    soort = {"producttype_uuid": catalogus.type()["uuid"]}

    def stuur(**opties: Any) -> Callable[[], httpx.Response]:
        return partial(_stuur, catalogus, "POST", "bestanden", **opties)

    leeg = {"bestand": ("a.txt", b"")}
    assert fouten(stuur(data=soort, files=leeg)) == {("bestand", "empty")}
    assert fouten(stuur(data={**soort, "bestand": "tekst"}, files={"x": ("x", b"x")})) == {("bestand", "invalid")}
    assert fouten(stuur(data=soort, files={"x": ("x", b"x")})) == {("bestand", "required")}
    with pytest.raises(ApiFout, match="415"):
        catalogus.maak("bestanden", **soort)
    assert catalogus.lijst("bestanden") == []


# hoeveel het kost


def test_lijsten_kosten_een_vast_aantal_vragen(installatie: Installatie, catalogus: Catalogus) -> None:
    """Bij paginagrootte 1 en 100 evenveel, met alles wat bij een producttype hoort."""
    thema = catalogus.thema("Wonen")["uuid"]
    locatie = catalogus.maak("locaties", **ADRES)["uuid"]
    for _ in range(4):
        soort = catalogus.type(thema_uuids=[thema], locatie_uuids=[locatie])
        catalogus.maak("links", naam="x", url="y", producttype_uuid=soort["uuid"])
        catalogus.maak("content", content="x", labels=["a"], producttype_uuid=soort["uuid"])
    for pad in ("producttypen", "themas", "content", "links", "locaties", f"producttypen/{soort['uuid']}/content"):
        kosten = [hoeveel(installatie, partial(catalogus.lijst, pad, page_size=grootte)) for grootte in (1, 100)]
        assert kosten[0] <= 2, pad
        assert kosten[1] == 1, pad


@pytest.mark.parametrize("pad", ["producttypen", "themas", "acties", "bestanden", "schemas"])
def test_onbekende_parameters_en_grootten(catalogus: Catalogus, pad: str) -> None:
    for params in ({"onbekend": "x"}, {"page_size": "501"}, {"pageSize": "1"}):
        with pytest.raises(ApiFout, match="400"):
            catalogus.lijst(pad, **params)
