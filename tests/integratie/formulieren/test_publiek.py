"""De openbare pagina's: zoeken op Nederlandse woordstammen, een product, en wat er is als er niets is."""

from uuid import UUID

import httpx
import pytest

from integratie.producttypen import ProducttypenClient
from integratie.producttypen.schemas import ContentElementIn, LinkIn, ProductTypeIn, ProductTypeVertalingIn
from kern.installatie import Installatie
from tests.integratie.formulieren.hulp import Browser

NERGENS = UUID(int=0)


def _maak(installatie: Installatie, aantal: int) -> None:
    client = ProducttypenClient(installatie, namens="processen")
    for nummer in range(aantal):
        client.zorg_voor_producttype(
            ProductTypeIn(
                doelgroep="burgers",
                uniforme_product_naam="parkeervergunning",
                naam=f"Parkeren {nummer:02}",
                samenvatting="Parkeer uw auto in de straat.",
                code=f"parkeren-{nummer:02}",
                publicatie_start_datum=installatie.klok.vandaag(),
            )
        )


def test_zoeken_kent_woordstammen(browser: Browser) -> None:
    browser.ga("/producten?q=woningen+toerist")
    assert "3 producten" in browser.tekst
    browser.ga("/producten?q=vergunningen")
    assert "2 producten" in browser.tekst
    assert "Vergunning toeristische verhuur aanvragen" in browser.tekst


def test_niets_gevonden_en_vreemde_vragen(browser: Browser) -> None:
    for vraag in ("walvis", "%27%22%3Cscript%3E", "%25_", "a" * 5000, "x%00", "{}"):
        assert browser.ga(f"/producten?q={vraag}").status_code == 200
        assert "Niets gevonden" in browser.tekst
        assert "<script>" not in browser.antwoord.text.split("<main")[1]


def test_startpagina_naar_product_naar_formulier(browser: Browser) -> None:
    browser.ga("/")
    assert browser.kop == "Waarmee kunnen wij u helpen?"
    assert "/producten/toeristische-verhuur-registratie" in browser.antwoord.text
    browser.ga("/producten/toeristische-verhuur-vergunning")
    assert "€ 48,60" in browser.tekst
    assert browser.tekst.index("Voorwaarden") < browser.tekst.index("Zo regelt u het")
    assert 'href="/formulieren/toeristische-verhuur-vergunning"' in browser.antwoord.text
    browser.ga("/producten/toeristische-verhuur-registratie?taal=en")
    assert "Arrange it now" in browser.tekst
    assert "Free of charge" in browser.tekst


def test_bladeren(installatie: Installatie) -> None:
    _maak(installatie, 21)
    browser = Browser(installatie)
    browser.ga("/producten?q=parkeren")
    assert "21 producten" in browser.tekst
    assert "Parkeren 20" not in browser.tekst
    browser.ga("/producten?q=parkeren&pagina=2")
    assert "Parkeren 20" in browser.tekst
    assert browser.ga("/producten?q=parkeren&pagina=3").status_code == 404
    assert browser.ga("/producten?pagina=nee").status_code == 200


def test_zonder_producten(client: httpx.Client) -> None:
    assert "Er zijn nog geen producten" in client.get("/").text


@pytest.mark.parametrize("pad", ["/producten/onbekend", "/bestaat-niet"])
def test_onbekend_is_404(client: httpx.Client, pad: str) -> None:
    antwoord = client.get(pad)
    assert antwoord.status_code == 404
    assert "Niet gevonden" in antwoord.text


def test_wat_niet_gepubliceerd_is_bestaat_niet(installatie: Installatie) -> None:
    producten = ProducttypenClient(installatie, namens="processen")
    producten.zorg_voor_producttype(
        ProductTypeIn(
            doelgroep="burgers", uniforme_product_naam="x", naam="Geheim", samenvatting="Nog niet.", code="geheim"
        )
    )
    browser = Browser(installatie)
    assert browser.ga("/producten/geheim").status_code == 404
    assert "Geheim" not in browser.ga("/producten").text


def test_een_gevaarlijke_link_wordt_niet_getoond(installatie: Installatie) -> None:
    producten = ProducttypenClient(installatie, namens="processen")
    producten.zorg_voor_producttype(
        ProductTypeIn(
            doelgroep="burgers",
            uniforme_product_naam="x",
            naam="Kwaad",
            samenvatting="Kwaad.",
            code="kwaad",
            publicatie_start_datum=installatie.klok.vandaag(),
        ),
        content=[
            ContentElementIn(content="<b>dik</b>\n\n- een\n- twee", labels=["eigen_label"], producttype_uuid=NERGENS)
        ],
        links=[
            LinkIn(naam="Klik", url="javascript:alert(1)", producttype_uuid=NERGENS),
            LinkIn(naam="Goed", url="https://voorbeeld.example/", producttype_uuid=NERGENS),
        ],
    )
    browser = Browser(installatie)
    browser.ga("/producten/kwaad")
    assert "javascript:" not in browser.antwoord.text
    assert "https://voorbeeld.example/" in browser.antwoord.text
    assert "&lt;b&gt;dik" in browser.antwoord.text
    assert "<li>een</li>" in browser.antwoord.text
    assert "Eigen label" in browser.tekst


def test_engelse_teksten_op_de_engelse_site(browser: Browser) -> None:
    """Met een vertaling: Engels, zonder melding en zonder lang="nl" om de tekst. De Nederlandse pagina blijft zoals zij was."""
    browser.ga("/producten/toeristische-verhuur-vergunning?taal=en")
    assert browser.kop == "Apply for a tourist rental permit"
    assert "You live in the home yourself." in browser.tekst
    assert "in Dutch only" not in browser.tekst
    hoofd = browser.antwoord.text.split("<main")[1]
    assert 'lang="nl"' not in hoofd.split("Arrange it now")[0]
    assert '<div class="dv-rijke-tekst">' in hoofd
    assert '<span lang="nl">Aanvraag</span>' in hoofd  # een prijs heeft geen vertaling
    browser.ga("/producten?taal=en")
    assert "Register a tourist rental" in browser.tekst
    browser.ga("/producten/toeristische-verhuur-vergunning?taal=nl")
    assert browser.kop == "Vergunning toeristische verhuur aanvragen"
    assert 'lang="nl"' not in browser.antwoord.text.split("<main")[1]


def test_zonder_vertaling_staat_erbij_dat_het_nederlands_is(installatie: Installatie) -> None:
    _maak(installatie, 1)
    browser = Browser(installatie)
    browser.ga("/producten/parkeren-00?taal=en")
    assert browser.kop == "Parkeren 00"
    assert "The municipality has this information in Dutch only." in browser.tekst
    assert '<div class="dv-stapel" lang="nl">' in browser.antwoord.text
    browser.ga("/producten?q=parkeren")
    assert '<span lang="nl">Parkeren 00</span>' in browser.antwoord.text


def test_half_vertaald_staat_er_ook_bij(installatie: Installatie) -> None:
    _maak(installatie, 1)
    client = ProducttypenClient(installatie, namens="processen")
    soort = client.producttype("parkeren-00")
    assert soort is not None
    client.vertaal(soort.uuid, "en", ProductTypeVertalingIn(naam="Parking", samenvatting="Park your car."))
    client.vraag("POST", "content", json={"producttype_uuid": str(soort.uuid), "content": "Uitleg"})
    browser = Browser(installatie)
    browser.ga("/producten/parkeren-00?taal=en")
    assert browser.kop == "Parking"
    assert "some of this information in Dutch only" in browser.tekst
    assert browser.antwoord.text.count('<div class="dv-rijke-tekst" lang="nl">') == 1


def test_bestanden_en_contact_bij_een_product(installatie: Installatie) -> None:
    """Het bestand komt via de openbare pagina, en alleen zolang het product gepubliceerd is."""
    _maak(installatie, 1)
    client = ProducttypenClient(installatie, namens="processen")
    soort = client.producttype("parkeren-00")
    assert soort is not None
    contact = client.vraag("POST", "contacten", json={"naam": "Team Parkeren", "telefoonnummer": "14 0999"})
    client.vraag("PATCH", f"producttypen/{soort.uuid}", json={"contact_uuids": [contact["uuid"]]})
    bestand = {"bestand": ("folder.html", b"<script>", "text/html")}
    client._stuur("POST", "bestanden", headers={}, data={"producttype_uuid": str(soort.uuid)}, files=bestand)
    browser = Browser(installatie)
    browser.ga("/producten/parkeren-00")
    assert "Team Parkeren" in browser.tekst
    adres = next(adres for adres in browser.links() if "/bestanden/" in adres)
    antwoord = browser.ga(adres)
    assert (antwoord.content, antwoord.headers["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert antwoord.headers["Content-Disposition"] == "attachment; filename*=UTF-8''folder.html"
    assert browser.ga(adres.replace("parkeren-00", "anders")).status_code == 404
    client.vraag("PATCH", f"producttypen/{soort.uuid}", json={"publicatie_start_datum": "2999-01-01"})
    assert browser.ga(adres).status_code == 404
