"""Producttypen en Producten: de catalogus en wat iemand heeft (regels hoofdstuk 14)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from integratie.producten import ProductenClient
from integratie.producten.schemas import Eigenaar, ProductIn
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import (
    ContentElementIn,
    LinkIn,
    PrijsIn,
    PrijsOptie,
    ProductTypeIn,
    ProductTypeUit,
    UrnOfUrl,
)
from kern.installatie import Installatie
from tests.integratie.registraties.tokens import fouten

LEEG = UUID(int=0)
BSN = "999990019"


@pytest.fixture
def typen(installatie: Installatie) -> ProducttypenClient:
    return ProducttypenClient(installatie, namens="processen")


@pytest.fixture
def producten(installatie: Installatie) -> ProductenClient:
    return ProductenClient(installatie, namens="processen")


def producttype(**velden: Any) -> ProductTypeIn:
    basis = {
        "code": "verhuur", "naam": "Toeristische verhuur registreren", "samenvatting": "Verhuurt u uw woning?", "doelgroep": "burgers",
        "uniforme_product_naam": "huisvesting", "keywords": ["airbnb"], "toegestane_statussen": ["actief"], "publicatie_start_datum": "2026-01-01",
    }  # fmt: skip
    return ProductTypeIn.model_validate({**basis, **velden})


@pytest.fixture
def soort(typen: ProducttypenClient) -> ProductTypeUit:
    return typen.zorg_voor_producttype(
        producttype(),
        [ContentElementIn(producttype_uuid=LEEG, content="Uitleg", labels=["aanpak"])],
        [
            PrijsIn.model_validate(
                {
                    "producttype_uuid": LEEG,
                    "actief_vanaf": "2026-01-01",
                    "prijsopties": [PrijsOptie.model_validate({"bedrag": "12.50", "beschrijving": "Leges"})],
                }
            )
        ],
        [LinkIn(producttype_uuid=LEEG, naam="Regelen", url="/formulieren/x")],
    )


def product(soort: ProductTypeUit, **velden: Any) -> ProductIn:
    basis = {"producttype_uuid": soort.uuid, "naam": "REG-1", "eigenaren": [Eigenaar(bsn=BSN)], "status": "actief"}
    return ProductIn.model_validate({**basis, **velden})


def test_zorg_voor_producttype_is_herhaalbaar(typen: ProducttypenClient, soort: ProductTypeUit) -> None:
    nog_eens = typen.zorg_voor_producttype(
        producttype(naam="Nieuwe naam"), [ContentElementIn(producttype_uuid=LEEG, content="Anders")]
    )
    assert (nog_eens.uuid, nog_eens.naam) == (soort.uuid, "Nieuwe naam")
    assert [deel.content for deel in typen.content(soort.uuid)] == ["Anders"]


def test_prijs_en_link_staan_bij_het_producttype(typen: ProducttypenClient, soort: ProductTypeUit) -> None:
    gevonden = typen.producttype("verhuur")
    assert gevonden is not None
    assert [str(optie.bedrag) for prijs in gevonden.prijzen for optie in prijs.prijsopties] == ["12.50"]
    assert [link.url for link in gevonden.links] == ["/formulieren/x"]
    assert gevonden.uuid == soort.uuid


@pytest.mark.parametrize("zoek", ["verhuren", "Airbnb", "woning", "toeristisch", "verhuur regis"])
def test_zoeken_op_woordstam_en_trefwoord(typen: ProducttypenClient, soort: ProductTypeUit, zoek: str) -> None:
    assert [gevonden.uuid for gevonden in typen.zoek_producten(zoek).results] == [soort.uuid]


def test_alleen_gepubliceerd_wordt_gevonden(typen: ProducttypenClient, soort: ProductTypeUit) -> None:
    typen.zorg_voor_producttype(producttype(code="later", publicatie_start_datum="2999-01-01"))
    typen.zorg_voor_producttype(
        producttype(code="voorbij", publicatie_start_datum="2020-01-01", publicatie_eind_datum="2021-01-01")
    )
    assert [gevonden.code for gevonden in typen.zoek_producten().results] == [soort.code]
    later = typen.producttype("later")
    assert later is not None
    assert not later.gepubliceerd


def test_regels_van_het_producttype(typen: ProducttypenClient, soort: ProductTypeUit) -> None:
    def post(**velden: Any) -> Any:
        return typen.vraag("POST", "producttypen", json=producttype(**velden).model_dump(mode="json"))

    assert fouten(lambda: post(code="x", uniforme_product_naam=None)) == {("uniforme_product_naam", "required")}
    assert fouten(lambda: post(code="x", publicatie_eind_datum="2025-01-01")) == {("publicatie_eind_datum", "invalid")}
    assert fouten(post) == {("code", "unique")}
    prijs = {
        "producttype_uuid": str(soort.uuid),
        "actief_vanaf": "2026-01-01",
        "prijsopties": [{"bedrag": "1.00", "beschrijving": "x"}],
    }
    assert fouten(lambda: typen.vraag("POST", "prijzen", json=prijs)) == {("nonFieldErrors", "unique")}
    assert fouten(lambda: typen.vraag("POST", "prijzen", json={**prijs, "prijsopties": []})) == {
        ("nonFieldErrors", "invalid")
    }


def test_product_toont_zijn_type(producten: ProductenClient, soort: ProductTypeUit) -> None:
    gemaakt = producten.verstrek(product(soort), sleutel="1")
    assert (gemaakt.producttype.code, gemaakt.eigenaren[0].bsn) == ("verhuur", BSN)


def test_status_hoort_bij_het_type(producten: ProductenClient, soort: ProductTypeUit) -> None:
    assert fouten(lambda: producten.verstrek(product(soort, status="verlopen"), sleutel="1")) == {("status", "invalid")}
    assert fouten(lambda: producten.verstrek(product(soort, producttype_uuid=uuid4()), sleutel="2")) == {
        ("producttype_uuid", "does_not_exist")
    }
    datums = product(soort, start_datum="2026-02-01", eind_datum="2026-01-01")
    assert fouten(lambda: producten.verstrek(datums, sleutel="3")) == {("eind_datum", "invalid")}


@pytest.mark.parametrize(
    "eigenaar",
    [{}, {"bsn": BSN, "kvk_nummer": "12345678"}, {"bsn": BSN, "vestigingsnummer": "1"}, {"bsn": "123456789"}],
)
def test_eigenaar_is_persoon_of_organisatie(
    producten: ProductenClient, soort: ProductTypeUit, eigenaar: dict[str, str]
) -> None:
    invoer = {**product(soort).model_dump(mode="json"), "eigenaren": [eigenaar]}
    assert all(
        naam.startswith("eigenaren.0") for naam, _ in fouten(lambda: producten.vraag("POST", "producten", json=invoer))
    )


def test_zelfde_naam_en_zaak_is_hetzelfde_product(producten: ProductenClient, soort: ProductTypeUit) -> None:
    zaak = "urn:nld:517439943:zaak:zaaknummer:Z1"
    nieuw = product(soort, zaken=[UrnOfUrl(urn=zaak)], aanvraag_zaak_urn=zaak)
    assert producten.verstrek(nieuw, sleutel="1").url == producten.verstrek(nieuw, sleutel="2").url
    assert producten.zoek_producten({"zaken__urn": zaak}).count == 1


def test_zoeken_op_eigenaar_in_het_lichaam(producten: ProductenClient, soort: ProductTypeUit) -> None:
    eigen = producten.verstrek(product(soort), sleutel="1")
    producten.verstrek(product(soort, naam="REG-2", eigenaren=[Eigenaar(kvk_nummer="12345678")]), sleutel="2")
    assert [gevonden.url for gevonden in producten.zoek_producten({"eigenaren__bsn": BSN}).results] == [eigen.url]
