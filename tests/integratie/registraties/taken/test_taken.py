"""De Taken API: klanttaken met hun levensloop, en taken voor medewerkers (regels hoofdstuk 13)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from integratie.basis import ApiFout
from integratie.taken import TakenClient
from integratie.taken.schemas import (
    ExterneTaakUit,
    FormulierDetails,
    FormulierTaakIn,
    MedewerkerTaakIn,
    MedewerkerTaakUit,
)
from integratie.urn import urn_bsn
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from tests.integratie.registraties.tokens import fouten

INWONER = urn_bsn("999990019")


@pytest.fixture
def client(installatie: Installatie) -> TakenClient:
    return TakenClient(installatie, namens="processen")


@pytest.fixture
def eind(installatie: Installatie) -> date:
    return installatie.klok.vandaag() + timedelta(days=14)


def klanttaak(eind: date, **velden: Any) -> FormulierTaakIn:
    basis = {"titel": "Stuur een foto", "einddatum_handelings_termijn": eind, "is_toegewezen_aan": INWONER}
    return FormulierTaakIn.model_validate(
        {**basis, "details": FormulierDetails(formulier_definitie={"slug": "x"}), **velden}
    )


def medewerkertaak(**velden: Any) -> MedewerkerTaakIn:
    return MedewerkerTaakIn.model_validate({"titel": "Beoordeel", "kandidaatgroepen": ["wonen"], **velden})


def test_datums_krijgen_een_standaard(client: TakenClient, eind: date, installatie: Installatie) -> None:
    taak = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    assert (taak.taak_soort, taak.status, taak.startdatum) == ("formuliertaak", "open", installatie.klok.vandaag())
    assert taak.datum_herinnering == eind - timedelta(days=3)


def test_datums_kloppen_onderling(client: TakenClient, eind: date) -> None:
    te_laat = klanttaak(eind, startdatum=eind + timedelta(days=1), datum_herinnering=eind + timedelta(days=1))
    verwacht = {("einddatumHandelingsTermijn", "invalid"), ("datumHerinnering", "invalid")}
    assert fouten(lambda: client.maak_formuliertaak(te_laat, sleutel="1")) == verwacht


@pytest.mark.parametrize(
    ("pad", "details", "verwacht"),
    [
        (
            "betaaltaken",
            {"bedrag": "-1", "transactieomschrijving": "x", "doelrekening": {}},
            ("details.bedrag", "min_value"),
        ),
        ("urltaken", {"uitvraagLink": "javascript:alert(1)"}, ("details.uitvraagLink", "invalid")),
        ("formuliertaken", {}, ("details.formulierDefinitie", "required")),
    ],
)
def test_details_per_soort(
    client: TakenClient, eind: date, pad: str, details: dict[str, Any], verwacht: tuple[str, str]
) -> None:
    invoer = {"titel": "x", "einddatumHandelingsTermijn": eind.isoformat(), "details": details}
    assert verwacht in fouten(lambda: client.vraag("POST", pad, json=invoer))


def test_elke_soort_staat_ook_bij_externetaken(client: TakenClient, eind: date) -> None:
    betaal = {"bedrag": "12.50", "transactieomschrijving": "Leges", "doelrekening": {"iban": "NL91ABNA0417164300"}}
    invoer = {"titel": "Betaal", "einddatumHandelingsTermijn": eind.isoformat(), "details": betaal}
    client.vraag("POST", "betaaltaken", json=invoer)
    client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    assert {taak.taak_soort for taak in client.alle("externetaken", ExterneTaakUit)} == {"betaaltaak", "formuliertaak"}
    assert [taak.taak_soort for taak in client.alle("betaaltaken", ExterneTaakUit)] == ["betaaltaak"]


def test_status_gaat_nooit_terug(client: TakenClient, eind: date) -> None:
    taak = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    assert fouten(lambda: client.wijzig_klanttaak(taak.url, status="verwerkt")) == {("status", "invalid")}
    client.wijzig_klanttaak(taak.url, status="uitgevoerd")
    client.wijzig_klanttaak(taak.url, status="verwerkt")
    assert fouten(lambda: client.wijzig_klanttaak(taak.url, status="open")) == {("status", "invalid")}


def test_verlopen_en_verschuiven(
    client: TakenClient, eind: date, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    blijft = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    verloopt = client.maak_formuliertaak(klanttaak(eind), sleutel="2")
    client.wijzig_klanttaak(
        blijft.url,
        einddatumHandelingsTermijn=(eind + timedelta(days=30)).isoformat(),
        datumHerinnering=eind.isoformat(),
    )
    klok.verzet(timedelta(days=16))
    werk_outbox_af()
    assert client.klanttaak(verloopt.url).status == "niet_uitgevoerd"
    assert client.klanttaak(blijft.url).status == "open"


def test_herinnering_wordt_gemeld(
    client: TakenClient, eind: date, klok: VerzetbareKlok, installatie: Installatie, werk_outbox_af: Callable[[], int]
) -> None:
    client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    werk_outbox_af()
    klok.verzet(timedelta(days=12))
    installatie.verwerkers.pop("notificatie", None)  # zodat de melding blijft liggen om te bekijken
    werk_outbox_af()
    with installatie.db.lezen() as verbinding:
        acties = [rij["actie"] for rij in verbinding.scalars(select(OutboxTabel.inhoud)) if "actie" in rij]
    assert "herinnerd" in acties


def test_zelfde_verwerker_taak_id_is_dezelfde_taak(client: TakenClient, eind: date) -> None:
    kenmerk = str(uuid4())
    een = client.maak_formuliertaak(klanttaak(eind, verwerker_taak_id=kenmerk), sleutel="1")
    twee = client.maak_formuliertaak(klanttaak(eind, verwerker_taak_id=kenmerk), sleutel="2")
    assert een.url == twee.url
    medewerker = medewerkertaak(verwerker_taak_id=kenmerk)
    assert (
        client.maak_medewerkertaak(medewerker, sleutel="3").url
        == client.maak_medewerkertaak(medewerker, sleutel="4").url
    )


def test_zoeken_op_inwoner(client: TakenClient, eind: date) -> None:
    eigen = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    client.maak_formuliertaak(klanttaak(eind, is_toegewezen_aan=urn_bsn("999991656")), sleutel="2")
    assert [taak.url for taak in client.zoek_klanttaken({"isToegewezenAan": INWONER, "status": "open"}).results] == [
        eigen.url
    ]


def test_werklijst_per_groep_met_volgorde(client: TakenClient, installatie: Installatie) -> None:
    vandaag = installatie.klok.vandaag()
    for dagen, groep in ((3, "wonen"), (1, "wonen"), (2, "burgerzaken")):
        client.maak_medewerkertaak(
            medewerkertaak(
                titel=f"{groep}-{dagen}", kandidaatgroepen=[groep], einddatum=vandaag + timedelta(days=dagen)
            ),
            sleutel=groep + str(dagen),
        )
    lijst = client.werklijst(kandidaatgroep="wonen,iets", status="open", ordering="einddatum")
    assert [taak.titel for taak in lijst.results] == ["wonen-1", "wonen-3"]


def test_een_taak_wordt_door_een_persoon_gepakt(client: TakenClient) -> None:
    taak = client.maak_medewerkertaak(medewerkertaak(), sleutel="1")

    def pak(wie: str) -> bool:
        try:
            return client.wijzig_medewerkertaak(taak.url, behandelaar=wie).behandelaar == wie
        except ApiFout as fout:
            assert {deel.code for deel in fout.fouten} == {"al-toegewezen"}  # noqa: PT017  # de uitkomst telt, in acht draden
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(pak, [f"medewerker{nummer}" for nummer in range(8)])) == 1
    client.wijzig_medewerkertaak(taak.url, behandelaar="")
    assert pak("een-ander")


def test_een_afgeronde_taak_ligt_vast(client: TakenClient) -> None:
    taak = client.maak_medewerkertaak(medewerkertaak(), sleutel="1")
    klaar = client.wijzig_medewerkertaak(
        taak.url, status="afgerond", behandelaar="jan", uitkomst={"besluit": "verlenen"}
    )
    assert klaar.afgerond_op is not None
    assert fouten(lambda: client.wijzig_medewerkertaak(taak.url, titel="Anders")) == {("status", "taak-afgerond")}
    assert client.haal(taak.url, MedewerkerTaakUit).uitkomst == {"besluit": "verlenen"}
