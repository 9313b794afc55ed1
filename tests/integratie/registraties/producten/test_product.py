"""De Producten API: de regels over een product, zijn status op datum, en alle filters (regels hoofdstuk 14)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from integratie.basis import ApiFout
from integratie.producten import ProductenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from tests.integratie.kit.test_vragen import hoeveel
from tests.integratie.registraties.producten.hulp import Catalogus, Rij
from tests.integratie.registraties.tokens import fouten

BSN = "999990019"
ALLE = ["in_aanvraag", "gereed", "actief", "ingetrokken", "verlopen"]
RSIN = "517439943"


class Producten:
    """Maakt producten van één type en leest ze terug."""

    def __init__(self, client: ProductenClient, soort: Rij) -> None:
        self.client, self.soort = client, soort

    def maak(self, **velden: Any) -> Rij:
        basis = {"producttype_uuid": self.soort["uuid"], "eigenaren": [{"bsn": BSN}]}
        antwoord: Rij = self.client.vraag("POST", "producten", json={**basis, **velden})
        return antwoord

    def wijzig(self, product: Rij, **velden: Any) -> Rij:
        antwoord: Rij = self.client.vraag("PATCH", product["url"], json=velden)
        return antwoord

    def haal(self, product: Rij) -> Rij:
        antwoord: Rij = self.client.vraag("GET", product["url"])
        return antwoord

    def namen(self, **params: Any) -> set[str]:
        return {rij["naam"] for rij in self.client.vraag("GET", "producten", params=params)["results"]}


@pytest.fixture
def producten(installatie: Installatie, catalogus: Catalogus) -> Producten:
    soort = catalogus.type("parkeren", toegestane_statussen=ALLE, uniforme_product_naam="parkeervergunning")
    return Producten(ProductenClient(installatie, namens="processen"), soort)


def dag(installatie: Installatie, dagen: int) -> str:
    return (installatie.klok.vandaag() + timedelta(days=dagen)).isoformat()


def test_product_toont_zijn_type_zoals_het_nu_is(catalogus: Catalogus, producten: Producten) -> None:
    """Ook na een wijziging van het type, en in de gevraagde taal."""
    product = producten.maak(naam="P")
    thema = catalogus.thema("Verkeer")["uuid"]
    catalogus.wijzig("producttypen", producten.soort, naam="Parkeren nieuw", thema_uuids=[thema], keywords=["auto"])
    soort = producten.haal(product)["producttype"]
    assert (soort["naam"], soort["keywords"], soort["themas"][0]["naam"], soort["taal"]) == (
        "Parkeren nieuw",
        ["auto"],
        "Verkeer",
        "nl",
    )
    vertaling = {"naam": "Parking", "samenvatting": "x"}
    catalogus.client.vraag("PUT", f"producttypen/{producten.soort['uuid']}/vertaling/en", json=vertaling)
    engels = producten.client._stuur("GET", product["url"], headers={"Accept-Language": "en"}).json()
    assert (engels["producttype"]["naam"], engels["producttype"]["taal"]) == ("Parking", "en")


def test_status_gaat_vanzelf_over_op_de_datum(
    installatie: Installatie, producten: Producten, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    product = producten.maak(
        status="gereed", start_datum=dag(installatie, 3), eind_datum=dag(installatie, 10), naam="P"
    )
    assert product["status"] == "gereed"
    for dagen, status in ((2, "gereed"), (1, "actief"), (6, "actief"), (1, "verlopen")):
        klok.verzet(timedelta(days=dagen))
        werk_outbox_af()
        assert producten.haal(product)["status"] == status, dagen


def test_een_verschoven_datum_telt(
    installatie: Installatie, producten: Producten, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    product = producten.maak(status="gereed", start_datum=dag(installatie, 3))
    ingetrokken = producten.maak(status="gereed", start_datum=dag(installatie, 3))
    weg = producten.maak(status="gereed", start_datum=dag(installatie, 3))
    producten.wijzig(product, start_datum=dag(installatie, 5))
    producten.wijzig(ingetrokken, status="ingetrokken")
    producten.client.verwijder(weg["url"])
    klok.verzet(timedelta(days=3))
    werk_outbox_af()
    assert [producten.haal(rij)["status"] for rij in (product, ingetrokken)] == ["gereed", "ingetrokken"]
    klok.verzet(timedelta(days=2))
    werk_outbox_af()
    assert producten.haal(product)["status"] == "actief"


def test_een_bereikte_datum_telt_meteen(installatie: Installatie, producten: Producten) -> None:
    assert producten.maak(start_datum=dag(installatie, 0))["status"] == "actief"
    voorbij = producten.maak(start_datum=dag(installatie, -9), eind_datum=dag(installatie, 0), status="gereed")
    assert voorbij["status"] == "verlopen"
    assert producten.maak(start_datum=dag(installatie, -9), status="ingetrokken")["status"] == "ingetrokken"


def test_datums_vragen_dat_de_status_mag(installatie: Installatie, catalogus: Catalogus, producten: Producten) -> None:
    producten.soort = catalogus.type(toegestane_statussen=["gereed"])
    datums = {"start_datum": dag(installatie, 1), "eind_datum": dag(installatie, 2)}
    assert fouten(partial(producten.maak, **datums)) == {("start_datum", "invalid"), ("eind_datum", "invalid")}
    assert fouten(partial(producten.maak, status="actief")) == {("status", "invalid")}
    assert producten.maak(status="initieel")["status"] == "initieel"


def test_objecten_passen_bij_het_schema_van_het_type(catalogus: Catalogus, producten: Producten) -> None:
    schema = {"type": "object", "required": ["uren"], "properties": {"uren": {"type": "number"}}}
    catalogus.maak("schemas", naam="uren", schema=schema)
    catalogus.wijzig("producttypen", producten.soort, verbruiksobject_schema_naam="uren", dataobject_schema_naam="uren")
    fout = {"verbruiksobject": {"uren": "veel"}, "dataobject": {}}
    assert fouten(partial(producten.maak, **fout)) == {
        ("verbruiksobject.uren", "invalid-json-schema"),
        ("dataobject", "invalid-json-schema"),
    }
    assert producten.maak(verbruiksobject={"uren": 3}, dataobject={"uren": 1})["dataobject"] == {"uren": 1}


def test_verwijzing_heeft_een_urn_of_een_url(producten: Producten) -> None:
    zaak = uuid4()
    urn = f"urn:nld:{RSIN}:zaak:uuid:{zaak}"
    assert fouten(partial(producten.maak, zaken=[{}], taken=[{"urn": None}])) == {
        ("zaken.0", "required"),
        ("taken.0", "required"),
    }
    product = producten.maak(zaken=[{"urn": urn}], aanvraag_zaak_urn=urn)
    assert product["aanvraag_zaak_url"] == product["zaken"][0]["url"]
    assert product["zaken"][0]["url"].endswith(f"/zaken/api/v1/zaken/{zaak}")
    terug = producten.maak(aanvraag_zaak_url=product["aanvraag_zaak_url"])
    assert terug["aanvraag_zaak_urn"] == urn


def test_patch_houdt_wat_niet_te_lezen_is(producten: Producten) -> None:
    """Het producttype is bij lezen een object en bij schrijven een uuid; wie het weglaat, houdt het."""
    product = producten.maak(naam="P")
    assert "producttype_uuid" not in product
    gewijzigd = producten.wijzig(product, naam="Q")
    assert (gewijzigd["naam"], gewijzigd["producttype"]["uuid"]) == ("Q", producten.soort["uuid"])
    assert gewijzigd["eigenaren"] == product["eigenaren"]


def test_filters_op_het_product(installatie: Installatie, producten: Producten) -> None:
    document = f"urn:nld:{RSIN}:informatieobject:uuid:{uuid4()}"
    product = producten.maak(
        naam="P",
        prijs="12.50",
        frequentie="jaarlijks",
        documenten=[{"urn": document}],
        taken=[{"url": "https://elders.nl/taken/1"}],
        aanvraag_zaak_url="https://elders.nl/zaken/abc",
        dataobject={"auto": {"kenteken": "AA-111-B", "deuren": 5, "gekeurd": "2026-03-01"}},
        verbruiksobject={"uren": 3},
    )
    producten.maak(naam="Q", eigenaren=[{"kvk_nummer": "12345678"}], dataobject={"auto": {"deuren": "veel"}})
    for filter_ in (
        {"prijs": "12.5"},
        {"prijs__gte": "12.50", "prijs__lte": "13"},
        {"frequentie": "jaarlijks"},
        {"eigenaren__uuid": product["eigenaren"][0]["uuid"]},
        {"documenten__urn": document},
        {"documenten__urn__contains": document[:40]},
        {"documenten__url": product["documenten"][0]["url"]},
        {"taken__url__contains": "elders"},
        {"aanvraag_zaak_url__contains": "zaken/abc"},
        {"update_datum": product["update_datum"]},
        {"aanmaak_datum__lte": product["aanmaak_datum"]},
        {"dataobject_attr": "auto__kenteken__exact__AA-111-B"},
        {"dataobject_attr": "auto__kenteken__icontains__aa-1"},
        {"dataobject_attr": "auto__kenteken__in__x|AA-111-B"},
        {"dataobject_attr": "auto__deuren__gt__4"},
        {"dataobject_attr": ["auto__deuren__lte__5", "auto__deuren__exact__5"]},
        {"dataobject_attr": "auto__gekeurd__lt__2026-03-02"},
        {"verbruiksobject_attr": "uren__gte__3"},
    ):
        assert producten.namen(**filter_) == {"P"}, filter_
    for fout in ("kenteken", "a__groter__1", "a__gt__veel", "__exact__x", "a__exact__b,c"):
        assert fouten(partial(producten.namen, dataobject_attr=fout)) == {("dataobject_attr", "invalid")}, fout


def test_filters_op_het_producttype(catalogus: Catalogus, producten: Producten) -> None:
    """Die heeft de Producttypen API; een product van een ander type valt af."""
    thema = catalogus.thema("Verkeer")["uuid"]
    organisatie = catalogus.maak("organisaties", naam="Stadhuis", code="SH")["uuid"]
    locatie = catalogus.maak("locaties", naam="Stadhuis")["uuid"]
    catalogus.wijzig(
        "producttypen",
        producten.soort,
        thema_uuids=[thema],
        organisatie_uuids=[organisatie],
        locatie_uuids=[locatie],
        publicatie_start_datum="2026-01-01",
    )
    producten.maak(naam="P")
    eigen = producten.soort
    producten.soort = catalogus.type("ander")
    producten.maak(naam="Q")
    for filter_ in (
        {"producttype__uuid": eigen["uuid"]},
        {"producttype__uuid__in": f"{eigen['uuid']},{uuid4()}"},
        {"producttype__code": "parkeren"},
        {"producttype__code__in": "parkeren,niets"},
        {"producttype__naam": "Parkeren"},
        {"producttype__naam__in": "Parkeren,niets"},
        {"producttype__naam__icontains": "ARK"},
        {"producttype__gepubliceerd": "true"},
        {"producttype__themas__naam": "Verkeer"},
        {"producttype__themas__naam__in": "Verkeer,Wonen"},
        {"producttype__themas__uuid": thema},
        {"producttype__themas__uuid__in": thema},
        {"producttype__organisaties__code": "SH"},
        {"producttype__organisaties__uuid": organisatie},
        {"producttype__locaties__uuid": locatie},
        {"uniforme_product_naam": "parkeervergunning"},
    ):
        assert producten.namen(**filter_) == {"P"}, filter_
    assert producten.namen(producttype__gepubliceerd="false") == {"Q"}
    with pytest.raises(ApiFout, match="400"):
        producten.namen(producttype__themas__uuid="geen uuid")
    assert fouten(partial(producten.namen, producttype__themas__naam="\0")) == {
        ("producttype__themas__naam", "invalid")
    }


def test_wie_op_het_kanaal_luistert_kan_op_het_type_filteren(
    installatie: Installatie, producten: Producten, werk_outbox_af: Callable[[], int]
) -> None:
    from sqlalchemy import text  # noqa: PLC0415  # alleen deze test kijkt in de outbox

    producten.maak(naam="P")
    with installatie.db.lezen() as verbinding:
        inhoud = verbinding.execute(text("SELECT inhoud FROM kern.outbox WHERE verwerker = 'notificatie'")).scalars()
        kenmerken = [deel["kenmerken"] for deel in inhoud if deel["kanaal"] == "producten"]
    assert kenmerken == [
        {
            "producttype.uuid": producten.soort["uuid"],
            "producttype.uniforme_product_naam": "parkeervergunning",
            "producttype.code": "parkeren",
        }
    ]
    werk_outbox_af()


def test_lijsten_kosten_een_vast_aantal_vragen(
    installatie: Installatie, catalogus: Catalogus, producten: Producten
) -> None:
    """Ook met verschillende typen: de typen komen in één vraag mee."""
    for nummer in range(6):
        producten.soort = catalogus.type(f"type-{nummer}")
        producten.maak(naam=str(nummer))
    kosten = [hoeveel(installatie, partial(producten.namen, page_size=grootte)) for grootte in (1, 100)]
    assert kosten == [3, 2]


def test_acht_tegelijk_aan_een_product(producten: Producten) -> None:
    """Niemands wijziging gaat verloren."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # alleen hier

    product = producten.maak(naam="P")
    velden = [{"naam": "N"}, {"prijs": "1.00"}, {"frequentie": "jaarlijks"}, {"gepubliceerd": True}]
    with ThreadPoolExecutor(8) as draden:
        list(draden.map(lambda deel: producten.wijzig(product, **deel), velden * 2))
    na = producten.haal(product)
    assert (na["naam"], na["prijs"], na["frequentie"], na["gepubliceerd"]) == ("N", "1.00", "jaarlijks", True)
