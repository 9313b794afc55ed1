"""Vertalingen van de catalogus: schrijven per taal, lezen met Accept-Language en terugval op het Nederlands (regels hoofdstuk 14)."""

from typing import Any
from uuid import UUID

import pytest

from integratie.basis import ApiFout
from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import ContentElementIn, ProductTypeIn, ProductTypeUit
from kern.installatie import Installatie
from tests.integratie.registraties.tokens import fouten

EN = {"naam": "Register a rental", "samenvatting": "Do you rent out your home?"}


@pytest.fixture
def typen(installatie: Installatie) -> ProducttypenClient:
    return ProducttypenClient(installatie, namens="processen")


@pytest.fixture
def engels(installatie: Installatie) -> ProducttypenClient:
    return ProducttypenClient(installatie, namens="processen", taal="en-GB,nl;q=0.5")


@pytest.fixture
def soort(typen: ProducttypenClient) -> ProductTypeUit:
    return typen.zorg_voor_producttype(
        ProductTypeIn(
            code="verhuur",
            naam="Verhuur registreren",
            samenvatting="Verhuurt u?",
            doelgroep="burgers",
            uniforme_product_naam="x",
        ),
        [
            ContentElementIn(
                producttype_uuid=UUID(int=0), content="Uitleg", aanvullende_informatie="Meer", labels=["aanpak"]
            )
        ],
    )


def pad(soort: ProductTypeUit, taal: str = "en") -> str:
    return f"producttypen/{soort.uuid}/vertaling/{taal}"


def lees(client: ProducttypenClient, soort: ProductTypeUit) -> tuple[Any, ...]:
    gevonden = client.vraag("GET", f"producttypen/{soort.uuid}")
    return gevonden["naam"], gevonden["samenvatting"], gevonden["taal"]


def test_accept_language_kiest_met_terugval(
    installatie: Installatie, typen: ProducttypenClient, engels: ProducttypenClient, soort: ProductTypeUit
) -> None:
    nederlands = ("Verhuur registreren", "Verhuurt u?", "nl")
    assert lees(engels, soort) == nederlands  # nog geen vertaling
    assert typen.vraag("PUT", pad(soort), json=EN) == {"uuid": str(soort.uuid), **EN}
    assert lees(engels, soort) == (EN["naam"], EN["samenvatting"], "en")
    assert lees(typen, soort) == nederlands
    assert [gevonden.naam for gevonden in engels.lijst("producttypen", ProductTypeUit).results] == [EN["naam"]]
    assert lees(ProducttypenClient(installatie, namens="processen", taal="fr"), soort) == nederlands


def test_patch_van_een_vertaling_wijzigt_wat_meekomt(
    typen: ProducttypenClient, engels: ProducttypenClient, soort: ProductTypeUit
) -> None:
    assert fouten(lambda: typen.vraag("PATCH", pad(soort), json={"naam": "Half"})) == {("samenvatting", "required")}
    typen.vraag("PUT", pad(soort), json=EN)
    assert typen.vraag("PATCH", pad(soort), json={"naam": "Rental"}) == {
        "uuid": str(soort.uuid),
        **EN,
        "naam": "Rental",
    }
    assert lees(engels, soort) == ("Rental", EN["samenvatting"], "en")


def test_een_vertaling_moet_volledig_zijn(typen: ProducttypenClient, soort: ProductTypeUit) -> None:
    assert fouten(lambda: typen.vraag("PUT", pad(soort), json={"naam": ""})) == {
        ("naam", "blank"),
        ("samenvatting", "required"),
    }


@pytest.mark.parametrize("taal", ["nl", "fr", "x" * 300])
def test_alleen_talen_die_er_zijn(typen: ProducttypenClient, soort: ProductTypeUit, taal: str) -> None:
    with pytest.raises(ApiFout, match="404"):
        typen.vraag("PUT", pad(soort, taal), json=EN)


def test_weg_is_weg(typen: ProducttypenClient, engels: ProducttypenClient, soort: ProductTypeUit) -> None:
    typen.vraag("PUT", pad(soort), json=EN)
    assert typen.vraag("DELETE", pad(soort)) is None
    assert lees(engels, soort)[2] == "nl"
    with pytest.raises(ApiFout, match="404"):
        typen.vraag("DELETE", pad(soort))


def test_schrijven_gaat_over_het_nederlands_ook_met_accept_language(
    typen: ProducttypenClient, engels: ProducttypenClient, soort: ProductTypeUit
) -> None:
    """Een PATCH met Accept-Language: en zet het Engels niet in de Nederlandse kolommen."""
    typen.vraag("PUT", pad(soort), json=EN)
    antwoord = engels.vraag("PATCH", f"producttypen/{soort.uuid}", json={"keywords": ["airbnb"]})
    assert (antwoord["naam"], antwoord["taal"]) == ("Verhuur registreren", "nl")
    assert lees(typen, soort)[0] == "Verhuur registreren"
    assert lees(engels, soort)[0] == EN["naam"]


def test_content_heeft_een_eigen_vertaling(
    typen: ProducttypenClient, engels: ProducttypenClient, soort: ProductTypeUit
) -> None:
    (element,) = typen.content(soort.uuid)
    typen.vraag("PUT", f"content/{element.uuid}/vertaling/en", json={"content": "Explained"})
    (vertaald,) = engels.content(soort.uuid)
    assert (vertaald.content, vertaald.aanvullende_informatie, vertaald.taal) == ("Explained", "Meer", "en")
    typen.vraag("DELETE", f"content/{element.uuid}/vertaling/en")
    (terug,) = engels.content(soort.uuid)
    assert (terug.content, terug.taal) == ("Uitleg", "nl")


def test_de_taal_hoort_bij_het_antwoord(installatie: Installatie, soort: ProductTypeUit) -> None:
    """Wie antwoorden bewaart, bewaart ze per taal."""
    client = ProducttypenClient(installatie, namens="processen")
    assert "Accept-Language" in client._stuur("GET", f"producttypen/{soort.uuid}", headers={}).headers["Vary"]
