"""Wat een operator met incidenten kan: zien waarom, herstellen op elke manier, en velen tegelijk; en alleen een operator."""

import html
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from kern.tabellen import Auditregel
from processen.incidenten.velden import velden_van
from processen.motor import incidenten
from processen.motor.incidenten import Filter
from tests.integratie.kern.schermen import gekoppeld
from tests.integratie.processen.incidenten.hulp import PAD, laat_mislukken, maak_app
from tests.integratie.processen.motor.conftest import Proef

LIJST = f"{PAD}/incidenten/"


class Bezoek:
    """Een operator in de schermen."""

    def __init__(self, proef: Proef, *rollen: str) -> None:
        self.client: Client = gekoppeld(maak_app(proef, *rollen), PAD)
        self.token = self.client.get(f"{PAD}/in").text

    def tekst(self, pad: str) -> str:
        return self.client.get(pad).text

    def stuur(self, pad: str, **velden: Any) -> Any:
        return self.client.post(pad, data={"csrf_token": self.token, **velden})

    def herstel(self, proef: Proef, **velden: Any) -> Any:
        (incident,) = proef.incidenten()
        return self.stuur(f"{LIJST}{incident.id}/herstel", **velden)


@pytest.fixture
def operator(proef: Proef) -> Bezoek:
    laat_mislukken(proef, 1)
    return Bezoek(proef, "operator")


def test_de_lijst_en_het_incident_zeggen_wat_er_mis_is(proef: Proef, operator: Bezoek) -> None:
    (incident,) = proef.incidenten()
    lijst = operator.tekst(LIJST)
    assert "Storing: de registratie antwoordt niet" in lijst
    assert f'href="{LIJST}{incident.id}"' in lijst
    pagina = operator.tekst(f"{LIJST}{incident.id}")
    for stuk in (
        "Storing: de registratie antwoordt niet",
        "proef.echo",
        "jansen",
        "verzoek-000",
        "Nakijken (userTask)",
        "&#34;Utrecht&#34;",
    ):
        assert stuk in pagina
    engels = operator.tekst(f"{LIJST}{incident.id}?taal=en")
    assert "Input of the step" in engels
    assert operator.client.get(f"{LIJST}{incident.instantie}").status_code == 404


def test_variabelen_wijzigen_en_opnieuw(proef: Proef, operator: Bezoek) -> None:
    velden = {"actie": "opnieuw", "var-naam": "pietersen", "var-adres": '{"plaats": "Delft"}'}
    antwoord = operator.herstel(proef, **velden, nieuwe_naam="extra", nieuwe_waarde="[1, true, null]")
    assert antwoord.status_code == 303
    proef.werk_af()
    (instantie,) = proef.incidenten() or [None]
    assert instantie is None
    with proef.installatie.db.lezen() as verbinding:
        (gestart,) = proef.motor.instanties(verbinding)
        audit = verbinding.execute(select(Auditregel.gebruiker, Auditregel.onderwerp)).one()
    assert gestart.variabelen["antwoord"] == "zacht: pietersen"
    assert gestart.variabelen["adres"] == {"plaats": "Delft"}
    assert gestart.variabelen["extra"] == [1, True, None]
    assert audit.gebruiker == "jdevries"
    assert audit.onderwerp.endswith("[adres, naam, extra]")
    assert "pietersen" not in audit.onderwerp


def test_elk_gegeven_heeft_een_veld_naar_zijn_soort(proef: Proef) -> None:
    """Een naam in gewone taal en geen JSON, behalve bij wat een lijst, object of verwijzing is; dat staat onder Technisch."""
    laat_mislukken(
        proef, 1, bedrag=Decimal("3.5"), dag=date(2026, 3, 1), isAkkoord=True, lijst=[1], zaak="https://a.example/z/1"
    )
    operator = Bezoek(proef, "operator")
    (incident,) = proef.incidenten()
    pagina = html.unescape(operator.tekst(f"{LIJST}{incident.id}"))
    gewoon, _, techniek = pagina.partition("Gegevens van deze zaak")[2].partition(">Technisch<")
    for stuk in (
        'type="date" value="2026-03-01"',
        'value="3,5"',
        ">Is akkoord</label>",
        '<option value="ja" selected>',
        'value="jansen"',
    ):
        assert stuk in gewoon, stuk
    assert "$feel" not in pagina
    assert "[1]" not in gewoon
    assert "[1]" in techniek
    assert "https://a.example/z/1" in techniek
    for naam, fout in (("bedrag", "3.5"), ("dag", "morgen"), ("isAkkoord", "misschien")):
        assert f'id="var-{naam}-fout"' in operator.herstel(proef, actie="opnieuw", **{f"var-{naam}": fout}).text
    anders = {"var-bedrag": "1250,75", "var-dag": "2026-04-02", "var-isAkkoord": "nee", "var-naam": ""}
    assert operator.herstel(proef, actie="opnieuw", **anders).status_code == 303
    with proef.installatie.db.lezen() as verbinding:
        (gestart,) = proef.motor.instanties(verbinding)
    nu = gestart.variabelen
    assert (nu["bedrag"], nu["dag"], nu["isAkkoord"], nu["naam"]) == (Decimal("1250.75"), date(2026, 4, 2), False, "")
    assert nu["lijst"] == [1]


def test_de_naam_komt_uit_het_formulier(proef: Proef) -> None:
    laat_mislukken(proef, 1, start="2026-03-01", leeg=None, antwoord="x")
    (incident,) = proef.incidenten()
    with proef.installatie.db.lezen() as verbinding:
        detail = incidenten.detail(proef.motor, verbinding, incident.id)
    vragen = [
        {"type": "date", "key": "start", "label": {"nl": "Wanneer begint het?", "en": "When does it start?"}},
        {"type": "fieldset", "key": "groep", "components": [{"type": "number", "key": "leeg", "label": "Hoeveel?"}]},
    ]
    velden = {
        veld.naam: veld
        for veld in velden_van(detail, [{"stappen": [{"componenten": vragen}]}], proef.motor.bouwblokken)
    }
    assert (velden["start"].label, velden["start"].soort) == ("Wanneer begint het?", "datum")
    assert velden["start"].lees("2026-05-01") == "2026-05-01"  # een antwoord blijft de tekst die het was
    assert (velden["leeg"].label, velden["leeg"].soort, velden["leeg"].tekst) == ("Hoeveel?", "getal", "")
    assert velden["leeg"].lees("") is None
    assert (velden["adres"].label, velden["adres"].soort) == ("Adres", "json")


def test_overslaan_met_reden_en_uitvoer(proef: Proef, operator: Bezoek) -> None:
    zonder = operator.herstel(proef, actie="overslaan")
    assert zonder.status_code == 400
    assert "minstens 5 tekens" in zonder.text
    assert (
        operator.herstel(proef, actie="overslaan", reden="met de hand gedaan", uitvoer='{"antwoord": "x"}').status_code
        == 303
    )
    proef.werk_af()
    (wachtend,) = proef.taken.open()
    assert wachtend.variabelen["antwoord"] == "x"


def test_het_token_verplaatsen(proef: Proef, operator: Bezoek) -> None:
    assert 'id="naar-fout"' in operator.herstel(proef, actie="verplaatsen", reden="hoort niet", naar="start").text
    assert operator.herstel(proef, actie="verplaatsen", reden="niet nodig", naar="t").status_code == 303
    proef.werk_af()
    assert [taak.element for taak in proef.taken.open()] == ["t"]


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"actie": "opnieuw", "var-adres": "geen json"}, "var-adres"),
        ({"actie": "opnieuw", "nieuwe_naam": "a b", "nieuwe_waarde": "1"}, "nieuwe_naam"),
        ({"actie": "opnieuw", "nieuwe_naam": "a", "nieuwe_waarde": ""}, "nieuwe_waarde"),
        ({"actie": "overslaan", "reden": "goed genoeg", "uitvoer": "[1]"}, "uitvoer"),
        ({"actie": "weg"}, "actie-opnieuw"),
        ({}, "actie-opnieuw"),
    ],
)
def test_fouten_staan_bij_hun_veld_en_er_verandert_niets(
    proef: Proef, operator: Bezoek, velden: dict[str, str], veld: str
) -> None:
    antwoord = operator.herstel(proef, **velden)
    assert antwoord.status_code == 400
    assert f'id="{veld}-fout"' in antwoord.text
    assert f'href="#{veld}"' in antwoord.text
    assert "<title>Fout:" in antwoord.text
    assert len(proef.incidenten()) == 1


def test_twee_operators_tegelijk(proef: Proef, operator: Bezoek) -> None:
    (incident,) = proef.incidenten()
    assert operator.herstel(proef, actie="opnieuw").status_code == 303
    tweede = operator.stuur(f"{LIJST}{incident.id}/herstel", actie="opnieuw")
    assert (tweede.status_code, tweede.location) == (303, LIJST)
    assert "al opgelost" in operator.tekst(LIJST)


def test_velen_tegelijk_gekozen_en_alles(proef: Proef) -> None:
    laat_mislukken(proef, 60)
    operator = Bezoek(proef, "operator")
    lijst = operator.tekst(LIJST)
    assert lijst.count('name="incident"') == incidenten.PER_PAGINA
    assert "p, a: bouwblok" in lijst
    assert ">60<" in lijst
    gekozen = [str(incident.id) for incident in proef.incidenten()[:3]]
    operator.stuur(f"{LIJST}opnieuw", wat="gekozen", incident=gekozen)
    proef.werk_af()
    assert len(proef.incidenten()) == 57
    antwoord = operator.stuur(f"{LIJST}opnieuw", wat="alles", definitie="p", element="a")
    assert "element=a" in antwoord.location
    assert "Opnieuw geprobeerd: 57." in operator.tekst(LIJST)
    proef.werk_af()
    assert len(proef.taken.open()) == 60
    assert "opnieuw" in operator.tekst(f"{LIJST}?staat=opgelost")


def test_filters_en_bladeren(proef: Proef) -> None:
    laat_mislukken(proef, 51)
    with proef.installatie.db.lezen() as verbinding:
        tweede = incidenten.lijst(verbinding, Filter(), 2)
        assert (tweede.totaal, tweede.aantal, len(tweede.regels)) == (51, 2, 1)
        assert incidenten.lijst(verbinding, Filter(element="anders")).totaal == 0
        assert incidenten.lijst(verbinding, Filter(opgelost=True)).totaal == 0
        assert incidenten.tellingen(verbinding) == [("p", "a", "bouwblok", 51)]


@pytest.mark.parametrize("rol", ["functioneel-beheerder", "behandelaar"])
def test_alleen_een_operator(proef: Proef, rol: str) -> None:
    ander = Bezoek(proef, rol)
    assert ander.client.get(LIJST).status_code == 403
    assert ander.stuur(f"{LIJST}opnieuw", wat="alles").status_code == 403
