"""De schermen onder /beheer/catalogi: bekijken, wijzigen, controles vóór publiceren en een nieuwe versie."""

from datetime import date
from typing import Any

import lxml.html
import pytest
from flask import Flask, session
from pydantic import BaseModel
from werkzeug.test import Client, TestResponse

from dienstverlening import catalogibeheer
from dienstverlening.catalogus.inhoud import ALLES, Rij
from dienstverlening.inrichten import zet_eigen_applicaties
from integratie.catalogi import CatalogiClient
from kern import sessies
from kern.installatie import Installatie
from kern.toegang import openbaar
from tests.integratie.kern.schermen import gekoppeld
from tests.integratie.registraties.typen import Herhaal, Typen, maak_catalogus, maak_typen, zaaktype_invoer
from tests.kernhulp import inwoner, medewerker

BEHEER = "/beheer/catalogi"
BEHEERDER = medewerker("functioneel-beheerder")


def ontleed(pagina: str) -> Any:
    return lxml.html.fromstring(pagina)


class Bezoeker:
    """Een browser: gaat naar een pagina, en stuurt een formulier in zoals het er staat, met wat iemand invult."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.token = client.get(f"{BEHEER}/in").text

    def lees(self, pad: str) -> str:
        antwoord = self.client.get(f"{BEHEER}{pad}")
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.text

    def stuur(self, pad: str, **invoer: Any) -> TestResponse:
        return self.client.post(f"{BEHEER}{pad}", data={"csrf_token": self.token, **invoer})

    def vul_in(self, pad: str, **invoer: Any) -> TestResponse:
        """Het formulier van een pagina insturen, met `invoer` in plaats van wat er stond."""
        formulier = next(deel for deel in ontleed(self.lees(pad)).forms if deel.xpath(".//*[contains(@class,'form-')]"))
        data: dict[str, list[str]] = {}
        for naam, waarde in formulier.form_values():
            data.setdefault(naam, []).append(waarde)
        return self.client.post(f"{BEHEER}{pad}", data={**data, **invoer})


def maak_app(installatie: Installatie, wie: BaseModel = BEHEERDER) -> Flask:
    """De schermen; `/in` meldt `wie` aan en geeft het CSRF-token."""
    app = catalogibeheer.maak_app(installatie)

    @app.get("/in")
    @openbaar
    def aanmelden() -> str:
        sessies.wissel()
        session["identiteit"] = wie.model_dump(mode="json")
        return app.jinja_env.from_string("{{ csrf_token() }}").render()

    return app


def bezoek(installatie: Installatie, wie: BaseModel = BEHEERDER) -> Bezoeker:
    return Bezoeker(gekoppeld(maak_app(installatie, wie), BEHEER))


@pytest.fixture
def beheer(installatie: Installatie) -> Bezoeker:
    zet_eigen_applicaties(installatie)
    return bezoek(installatie)


@pytest.fixture
def client(installatie: Installatie) -> CatalogiClient:
    return CatalogiClient(installatie, namens="catalogi")


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def concept(client: CatalogiClient, installatie: Installatie) -> Rij:
    """Een leeg zaaktype in concept."""
    catalogus = maak_catalogus(client)
    rij: Rij = client.vraag("POST", "zaaktypen", json=zaaktype_invoer(catalogus, "KAPPEN").als_json())
    return rij


def pad(url: str) -> str:
    """`/<soort>/<uuid>` van een resource."""
    return "/" + "/".join(url.split("/")[-2:])


def test_de_lijst_toont_alle_versies(beheer: Bezoeker, typen: Typen, concept: Rij) -> None:
    pagina = beheer.lees("/")
    assert "AANVRAAG (Aanvraag behandelen)" in pagina
    assert "KAPPEN (Aanvraag behandelen)" in pagina
    assert "Aanvraagformulier" in pagina
    assert (pagina.count("Gepubliceerd"), pagina.count("Concept<")) == (3, 1)
    assert f'href="{BEHEER}{pad(typen.zaaktype)}"' in pagina
    assert "Draft" in beheer.lees("/?taal=en")


def test_een_gepubliceerd_type_is_alleen_te_bekijken(beheer: Bezoeker, typen: Typen) -> None:
    for url in (typen.zaaktype, typen.besluittype, typen.informatieobjecttype):
        pagina = beheer.lees(pad(url))
        assert "Gepubliceerd" in pagina
        assert "wijzig" not in pagina
        assert "/publiceer" not in pagina
        assert "/verwijder" not in pagina
    pagina = beheer.lees(pad(typen.zaaktype))
    for tekst in ("56 dagen", "Vergunning", "1 (Ontvangen)", "bewaardatum", "Verleend", "Aanvraagformulier inkomend"):
        assert tekst in pagina
    antwoord = beheer.vul_in(f"{pad(typen.zaaktype)}/wijzig", doel="Iets anders")
    assert antwoord.status_code == 400
    assert "Dit lukt niet" in antwoord.text


@pytest.mark.parametrize("soort", [soort.pad for soort in ALLES])
def test_ongewijzigd_bewaren_verandert_niets(
    beheer: Bezoeker, typen: Typen, client: CatalogiClient, soort: str
) -> None:
    """Elk veld van elke soort komt door het formulier heen terug zoals het was."""
    kopie(beheer, typen.zaaktype, 2031)
    kopie(beheer, typen.besluittype, 2031)
    kopie(beheer, typen.informatieobjecttype, 2031)
    for rij in client.vraag("GET", soort, params={"status": "concept"})["results"]:
        antwoord = beheer.vul_in(f"{pad(rij['url'])}/wijzig")
        assert antwoord.status_code == 303, antwoord.text
        assert client.vraag("GET", rij["url"]) == rij
        break
    else:
        assert soort == "zaakobjecttypen"


def test_een_concept_wijzigen(beheer: Bezoeker, concept: Rij, client: CatalogiClient) -> None:
    antwoord = beheer.vul_in(
        f"{pad(concept['url'])}/wijzig",
        doel="Bomen sparen",
        trefwoorden="boom\r\n\r\n hout ",
        doorlooptijd="P1M",
        opschortingEnAanhoudingMogelijk="nee",
        **{"beginGeldigheid-dag": "1", "beginGeldigheid-maand": "2", "beginGeldigheid-jaar": "2024"},
    )
    assert antwoord.location == f"{BEHEER}{pad(concept['url'])}"
    rij = client.vraag("GET", concept["url"])
    anders = {naam: rij[naam] for naam in rij if rij[naam] != concept[naam]}
    assert anders == {
        "doel": "Bomen sparen",
        "trefwoorden": ["boom", "hout"],
        "doorlooptijd": "P1M",
        "opschortingEnAanhoudingMogelijk": False,
        "beginGeldigheid": "2024-02-01",
        "beginObject": "2024-02-01",
    }


def test_fouten_staan_bij_hun_veld(beheer: Bezoeker, concept: Rij, client: CatalogiClient) -> None:
    wijzig = f"{pad(concept['url'])}/wijzig"
    assert beheer.vul_in(wijzig, doel="").status_code == 400
    antwoord = beheer.vul_in(wijzig, doorlooptijd="acht weken", referentieproces__link="x" * 201)
    assert antwoord.status_code == 400
    formulier = ontleed(antwoord.text)
    fout = {
        str(veld.get("name")) for veld in formulier.xpath("//input[@aria-invalid='true']|//textarea[@aria-invalid]")
    }
    assert fout == {"doorlooptijd", "referentieproces__link"}
    assert 'value="acht weken"' in antwoord.text
    assert client.vraag("GET", concept["url"]) == concept


def test_van_leeg_zaaktype_tot_gepubliceerd(
    beheer: Bezoeker, concept: Rij, client: CatalogiClient, typen: Typen
) -> None:
    """De controles zeggen wat er nog nodig is; met alle onderdelen lukt publiceren."""
    plek = pad(concept["url"])
    pagina = beheer.lees(plek)
    assert pagina.count("Nog niet<") == 3
    geweigerd = beheer.stuur(f"{plek}/publiceer")
    assert geweigerd.status_code == 400
    assert "Dit lukt niet" in geweigerd.text
    uuid = plek.rpartition("/")[2]
    for nummer, naam in ((1, "Ontvangen"), (2, "Klaar")):
        antwoord = beheer.vul_in(f"/statustypen/nieuw/{uuid}", volgnummer=str(nummer), omschrijving=naam)
        assert antwoord.location == f"{BEHEER}{plek}", antwoord.text
    dubbel = beheer.vul_in(f"/statustypen/nieuw/{uuid}", volgnummer="2", omschrijving="Nog eens")
    assert dubbel.status_code == 400
    beheer.vul_in(f"/roltypen/nieuw/{uuid}", omschrijving="Aanvrager", omschrijvingGeneriek="initiator")
    beheer.vul_in(
        f"/zaaktype-informatieobjecttypen/nieuw/{uuid}",
        informatieobjecttype="Aanvraagformulier",
        volgnummer="1",
        richting="inkomend",
    )
    resultaat = {
        "omschrijving": "Verleend",
        "selectielijstklasse": "https://selectielijst.example/api/v1/resultaten/1",
        "resultaattypeomschrijving": "https://selectielijst.example/api/v1/resultaattypeomschrijvingen/1",
        "archiefnominatie": "vernietigen",
        "archiefactietermijn": "P10Y",
        "brondatumArchiefprocedure__afleidingswijze": "afgehandeld",
    }
    antwoord = beheer.vul_in(f"/resultaattypen/nieuw/{uuid}", **resultaat)
    assert antwoord.status_code == 303, antwoord.text
    pagina = beheer.lees(plek)
    assert "Nog niet<" not in pagina
    assert "Documenttype Aanvraagformulier is gepubliceerd" in pagina
    assert beheer.stuur(f"{plek}/publiceer").status_code == 303
    assert client.vraag("GET", concept["url"])["concept"] is False


def kopie(beheer: Bezoeker, url: str, jaar: int) -> TestResponse:
    return beheer.stuur(f"{pad(url)}/nieuwe-versie", **{"begin-dag": "1", "begin-maand": "1", "begin-jaar": str(jaar)})


def einde(dag: int, maand: int, jaar: int) -> dict[str, str]:
    return {"einde-dag": str(dag), "einde-maand": str(maand), "einde-jaar": str(jaar)}


def test_een_nieuwe_versie(beheer: Bezoeker, typen: Typen, client: CatalogiClient) -> None:
    """Een kopie met alle onderdelen, als concept; de controles waarschuwen dat de oude versie nog loopt."""
    antwoord = kopie(beheer, typen.zaaktype, 2031)
    assert antwoord.status_code == 303, antwoord.text
    nieuw = client.vraag("GET", antwoord.location.removeprefix(f"{BEHEER}/").removeprefix("/"))
    oud = client.vraag("GET", typen.zaaktype)
    assert (nieuw["concept"], nieuw["beginGeldigheid"], nieuw["besluittypeOmschrijving"]) == (
        True,
        "2031-01-01",
        oud["besluittypeOmschrijving"],
    )
    for soort in ("statustypen", "roltypen", "resultaattypen", "eigenschappen"):
        assert len(nieuw[soort]) == len(oud[soort]) > 0
    pagina = beheer.lees(pad(nieuw["url"]))
    assert "Geen overlap met een andere gepubliceerde versie: geef de versie vanaf 2020-01-01 een einddatum" in pagina
    assert beheer.stuur(f"{pad(nieuw['url'])}/publiceer").status_code == 400
    assert beheer.stuur(f"{pad(typen.zaaktype)}/einddatum", **einde(31, 12, 2019)).status_code == 400
    assert beheer.stuur(f"{pad(typen.zaaktype)}/einddatum", **einde(31, 12, 2030)).status_code == 303
    assert client.vraag("GET", typen.zaaktype)["eindeGeldigheid"] == "2030-12-31"
    assert beheer.stuur(f"{pad(typen.zaaktype)}/einddatum", **einde(31, 2, 2030)).status_code == 400
    assert 'value="2030"' in beheer.lees(pad(typen.zaaktype))
    assert beheer.stuur(f"{pad(nieuw['url'])}/publiceer").status_code == 303
    assert beheer.stuur(f"{pad(typen.zaaktype)}/nieuwe-versie").status_code == 400


def test_een_concept_en_een_onderdeel_verwijderen(beheer: Bezoeker, typen: Typen, client: CatalogiClient) -> None:
    nieuw = client.vraag("GET", kopie(beheer, typen.zaaktype, 2031).location.removeprefix(f"{BEHEER}/"))
    antwoord = beheer.stuur(f"{pad(nieuw['roltypen'][0])}/verwijder")
    assert antwoord.location == f"{BEHEER}{pad(nieuw['url'])}"
    assert len(client.vraag("GET", nieuw["url"])["roltypen"]) == len(nieuw["roltypen"]) - 1
    assert beheer.stuur(f"{pad(nieuw['url'])}/verwijder").location == f"{BEHEER}/"
    assert client.vraag("GET", "zaaktypen", params={"status": "concept"})["results"] == []
    beheer.stuur(f"{pad(typen.zaaktype)}/verwijder")
    assert client.vraag("GET", typen.zaaktype)["concept"] is False
    assert "Dit lukt niet" not in beheer.lees("/")


@pytest.mark.parametrize(
    ("soort", "invoer"),
    [
        ("informatieobjecttypen", {"omschrijving": "Foto", "vertrouwelijkheidaanduiding": "openbaar"}),
        ("besluittypen", {"omschrijving": "Last", "publicatieIndicatie": "nee"}),
    ],
)
def test_een_nieuw_type(
    beheer: Bezoeker, client: CatalogiClient, concept: Rij, soort: str, invoer: dict[str, str]
) -> None:
    begin = {"beginGeldigheid-dag": "1", "beginGeldigheid-maand": "1", "beginGeldigheid-jaar": "2025"}
    plek = f"/{soort}/nieuw/{concept['catalogus'].rpartition('/')[2]}"
    extra = {"informatieobjectcategorie": "Beeld"} if soort == "informatieobjecttypen" else {}
    antwoord = beheer.vul_in(plek, **begin, **invoer, **extra)
    assert antwoord.status_code == 303, antwoord.text
    rij = client.vraag("GET", antwoord.location.removeprefix(f"{BEHEER}/"))
    assert (rij["omschrijving"], rij["concept"], rij["beginGeldigheid"]) == (
        invoer["omschrijving"],
        True,
        date(2025, 1, 1).isoformat(),
    )


def test_wat_er_niet_is(beheer: Bezoeker) -> None:
    niets = "0c3a7c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f"
    for plek in (f"/zaaktypen/{niets}", f"/iets/{niets}", f"/statustypen/{niets}", f"/zaaktypen/nieuw/{niets}"):
        assert beheer.client.get(f"{BEHEER}{plek}").status_code == 404
    assert "Er is nog geen catalogus" in beheer.lees("/")


@pytest.mark.parametrize("wie", [inwoner(), medewerker("operator"), medewerker("behandelaar")])
def test_alleen_een_functioneel_beheerder(installatie: Installatie, concept: Rij, wie: BaseModel) -> None:
    bezoeker = bezoek(installatie, wie)
    plek = pad(concept["url"])
    for adres in ("/", plek, f"{plek}/wijzig"):
        assert bezoeker.client.get(f"{BEHEER}{adres}").status_code == 403
    for actie in ("publiceer", "verwijder", "nieuwe-versie", "wijzig", "einddatum"):
        assert bezoeker.stuur(f"{plek}/{actie}").status_code == 403
