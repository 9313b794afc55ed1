"""De Taken API: klanttaken met hun levensloop, en taken voor medewerkers (regels hoofdstuk 13)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from dienstverlening.samenstellen import maak_platform
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
from kern.klok import NEDERLAND, VerzetbareKlok
from kern.tabellen import OutboxTabel
from registraties.taken.verlopen import HERINNEREN
from tests.integratie.kit.test_vragen import LEZEN, hoeveel
from tests.integratie.registraties.gebeurtenissen import gebeurtenissen, soorten
from tests.integratie.registraties.tokens import fouten

INWONER = urn_bsn("999990019")
DOEL = {"naam": "", "code": "", "iban": "NL91ABNA0417164300"}
FORMULIER = {"components": [{"label": "Foto", "key": "foto", "type": "file"}]}
BETALING = {"bedrag": "12.50", "transactieomschrijving": "Leges", "doelrekening": {"iban": "NL91ABNA0417164300"}}


@pytest.fixture
def client(installatie: Installatie) -> TakenClient:
    return TakenClient(installatie, namens="processen")


@pytest.fixture
def eind(installatie: Installatie) -> date:
    return installatie.klok.vandaag() + timedelta(days=14)


def klanttaak(eind: date, **velden: Any) -> FormulierTaakIn:
    basis = {"titel": "Stuur een foto", "einddatum_handelings_termijn": eind, "is_toegewezen_aan": INWONER}
    return FormulierTaakIn.model_validate(
        {**basis, "details": FormulierDetails(formulier_definitie=FORMULIER), **velden}
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


@pytest.mark.parametrize("dag", ["0001-01-01", "9999-12-31"])
def test_onmogelijke_datums(client: TakenClient, dag: str) -> None:
    """Rekenen met het begin of eind van de kalender kan niet."""
    invoer = {"titel": "x", "einddatumHandelingsTermijn": dag, "details": BETALING}
    code = "min_value" if dag < "1900" else "max_value"
    assert fouten(lambda: client.vraag("POST", "betaaltaken", json=invoer)) == {("einddatumHandelingsTermijn", code)}


@pytest.mark.parametrize(
    ("pad", "details", "verwacht"),
    [
        (
            "betaaltaken",
            {"bedrag": "-1", "transactieomschrijving": "x", "doelrekening": {}},
            ("details.bedrag", "min_value"),
        ),
        ("betaaltaken", {**BETALING, "doelrekening": {}}, ("details.doelrekening", "invalid")),
        (
            "betaaltaken",
            {**BETALING, "transactieomschrijving": "x" * 81},
            ("details.transactieomschrijving", "max_length"),
        ),
        ("betaaltaken", {**BETALING, "valuta": "USD"}, ("details.valuta", "invalid_choice")),
        ("urltaken", {"uitvraagLink": "javascript:alert(1)"}, ("details.uitvraagLink", "invalid")),
        (
            "urltaken",
            {"uitvraagLink": "https://a.example", "ontvangenBijlagen": [{"informatieObject": "x"}]},
            ("details.ontvangenBijlagen.0.informatieObject", "invalid"),
        ),
        ("formuliertaken", {}, ("details.formulierDefinitie", "required")),
        ("formuliertaken", {"formulierDefinitie": {}}, ("details.formulierDefinitie", "invalid")),
        (
            "formuliertaken",
            {"formulierDefinitie": {"components": [{"label": "a", "type": "textfield"}]}},
            ("details.formulierDefinitie", "invalid"),
        ),
    ],
)
def test_details_per_soort(
    client: TakenClient, eind: date, pad: str, details: dict[str, Any], verwacht: tuple[str, str]
) -> None:
    invoer = {"titel": "x", "einddatumHandelingsTermijn": eind.isoformat(), "details": details}
    assert verwacht in fouten(lambda: client.vraag("POST", pad, json=invoer))
    via_externetaken = invoer | {"taakSoort": pad.replace("taken", "taak")}
    assert verwacht in fouten(lambda: client.vraag("POST", "externetaken", json=via_externetaken))


def test_taaksoort_volgt_uit_het_pad_en_ligt_vast(client: TakenClient, eind: date) -> None:
    invoer = {"titel": "x", "einddatumHandelingsTermijn": eind.isoformat(), "details": BETALING}
    via_pad = client.vraag("POST", "betaaltaken", json=invoer)
    los = client.vraag("POST", "externetaken", json=invoer | {"taakSoort": "betaaltaak"})
    assert via_pad["taakSoort"] == los["taakSoort"] == "betaaltaak"
    assert via_pad["details"] == los["details"] == {**BETALING, "valuta": "EUR", "doelrekening": DOEL}
    anders = {"taakSoort": "formuliertaak", "details": {"formulierDefinitie": FORMULIER}}
    assert fouten(lambda: client.vraag("PATCH", los["url"], json=anders)) >= {("taakSoort", "wijzigen-niet-toegelaten")}
    assert fouten(lambda: client.vraag("GET", via_pad["url"].replace("externetaken", "urltaken")), 404) == set()


def test_elke_soort_staat_ook_bij_externetaken(client: TakenClient, eind: date) -> None:
    invoer = {"titel": "Betaal", "einddatumHandelingsTermijn": eind.isoformat(), "details": BETALING}
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


def test_herinnering_en_verlopen_gaan_op_de_minuut(
    client: TakenClient, eind: date, klok: VerzetbareKlok, installatie: Installatie, werk_outbox_af: Callable[[], int]
) -> None:
    """Om 9 uur op de herinneringsdatum, en zodra de dag na de einddatum begint; een minuut eerder nog niet."""
    installatie.verwerkers.pop("gebeurtenis", None)  # zodat zij blijft liggen om te bekijken
    taak = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    assert taak.datum_herinnering is not None
    gemeld = []
    for dag, tijd in ((taak.datum_herinnering, time(9)), (eind + timedelta(days=1), time())):
        moment = datetime.combine(dag, tijd, NEDERLAND)
        for verschil in (-1, 1):
            klok.verzet(moment + timedelta(minutes=verschil) - klok.nu())
            werk_outbox_af()
            gemeld.append(soorten(installatie)[-1])
    assert gemeld == ["externetaak-geregistreerd", *["externetaak-herinnerd"] * 2, "externetaak-verlopen"]
    assert client.klanttaak(taak.url).status == "niet_uitgevoerd"


def test_herinneringsdag_en_tijd_zijn_instelbaar(
    installatie: Installatie, eind: date, werk_outbox_af: Callable[[], int]
) -> None:
    waarden = {"taak_herinnering_dagen": 5, "taak_herinnering_tijd": time(7, 30)}
    ander = maak_platform(installatie.instellingen.model_copy(update=waarden), installatie.klok)
    taak = TakenClient(ander, namens="processen").maak_formuliertaak(klanttaak(eind), sleutel="1")
    ander.sluit()
    assert taak.datum_herinnering == eind - timedelta(days=5)
    with installatie.db.lezen() as verbinding:
        vraag = select(OutboxTabel.vanaf).where(OutboxTabel.verwerker == HERINNEREN)
        assert verbinding.scalar(vraag) == datetime.combine(eind - timedelta(days=5), time(7, 30), NEDERLAND)


def test_gebeurtenissen_van_een_klanttaak(client: TakenClient, eind: date, installatie: Installatie) -> None:
    taak = client.maak_formuliertaak(klanttaak(eind), sleutel="1")
    weg = client.maak_formuliertaak(klanttaak(eind), sleutel="2")
    client.wijzig_klanttaak(taak.url, titel="Andere titel")
    for status in ("uitgevoerd", "verwerkt"):
        client.wijzig_klanttaak(taak.url, status=status)
    client.wijzig_klanttaak(weg.url, status="afgebroken")
    verwacht = ["geregistreerd", "geregistreerd", "uitgevoerd", "verwerkt", "afgebroken"]
    assert soorten(installatie) == [f"externetaak-{wat}" for wat in verwacht]
    gebeurtenis = gebeurtenissen(installatie)[0]
    assert gebeurtenis["subject"] == f"taken:externetaken/{taak.uuid}"
    assert gebeurtenis["data"] == {"taakSoort": "formuliertaak"}
    assert "999990019" not in str(gebeurtenis)


def test_verwerker_taak_id_is_een_kenmerk_en_mag_vaker(client: TakenClient, eind: date) -> None:
    """Het wijst het proces aan; een proces kan meer klanttaken hebben."""
    kenmerk = str(uuid4())
    invoer = klanttaak(eind, verwerker_taak_id=kenmerk).als_json(alleen_gezet=True)
    for _ in range(2):
        client.vraag("POST", "formuliertaken", json=invoer)
    assert client.lijst("externetaken", ExterneTaakUit, verwerkerTaakId=kenmerk).count == 2


def test_filters_van_klanttaken(client: TakenClient, eind: date) -> None:
    zaak = "urn:nld:517439943:zaak:zaaknummer:ZAAK-1"
    eerste = client.maak_formuliertaak(
        klanttaak(eind, is_gerelateerd_aan=[{"urn": zaak}], handelings_perspectief="informatie_geven"), sleutel="1"
    )
    tweede = client.maak_formuliertaak(klanttaak(eind + timedelta(days=7), titel="Betaal"), sleutel="2")

    def vind(**filters: Any) -> list[str]:
        return [gevonden.url for gevonden in client.alle("externetaken", ExterneTaakUit, **filters)]

    assert vind(uuid=str(eerste.uuid)) == vind(isGerelateerdAan=zaak) == [eerste.url]
    assert vind(titel="Betaal") == vind(einddatumHandelingsTermijn__gt=eind.isoformat()) == [tweede.url]
    assert vind(handelingsPerspectief="informatie_geven") == [eerste.url]
    assert vind(datumHerinnering__lte=(eind - timedelta(days=3)).isoformat()) == [eerste.url]
    assert vind(startdatum__lte=eind.isoformat(), status="open", taakSoort="formuliertaak") == [eerste.url, tweede.url]
    assert fouten(lambda: vind(status="weg")) == {("status", "invalid_choice")}


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


def test_werklijst_filters(client: TakenClient, installatie: Installatie) -> None:
    """Alles waar een werklijst op kiest: groep, behandelaar, prioriteit, termijn, opvolgen, zaak, proces en titel."""
    vandaag = installatie.klok.vandaag()
    zaak = f"{installatie.instellingen.adres}/zaken/api/v1/zaken/{uuid4()}"
    proces = f"urn:nld:517439943:procesinstantie:uuid:{uuid4()}"
    velden: dict[str, Any] = {
        "titel": "Beoordeel aanvraag",
        "prioriteit": 90,
        "einddatum": vandaag + timedelta(days=3),
        "opvolgdatum": vandaag + timedelta(days=1),
        "zaak": zaak,
        "zaaknummer": "ZAAK-1",
        "procesinstantie": proces,
    }
    eigen = client.maak_medewerkertaak(medewerkertaak(**velden), sleutel="1")
    client.wijzig_medewerkertaak(eigen.url, behandelaar="jan", behandelaarNaam="Jan de Vries")
    gewoon = client.maak_medewerkertaak(medewerkertaak(titel="Bel terug", kandidaatgroepen=["kcc"]), sleutel="2")

    def vind(**filters: Any) -> list[str]:
        return [taak.url for taak in client.werklijst(**filters).results]

    for filters in (
        {"behandelaar": "jan"},
        {"behandelaar__in": "jan,piet"},
        {"prioriteit__gte": 80},
        {"einddatum__lte": (vandaag + timedelta(days=3)).isoformat()},
        {"opvolgdatum__lte": (vandaag + timedelta(days=1)).isoformat()},
        {"zaak": zaak},
        {"zaaknummer": "ZAAK-1"},
        {"procesinstantie": proces},
        {"titel__icontains": "AANVR"},
        {"uuid": str(eigen.uuid)},
        {"kandidaatgroep": "wonen"},
    ):
        assert vind(**filters) == [eigen.url], filters
    for filters in ({"behandelaar": ""}, {"einddatum__isnull": "true"}, {"opvolgdatum__isnull": "true"}):
        assert vind(status="open", **filters) == [gewoon.url], filters
    assert vind(ordering="-prioriteit,titel") == [eigen.url, gewoon.url]
    assert vind(status__in="afgerond,afgebroken") == []


def test_gebeurtenissen_van_een_medewerkertaak(client: TakenClient, installatie: Installatie) -> None:
    taak = client.maak_medewerkertaak(medewerkertaak(), sleutel="1")
    for velden in ({"behandelaar": "jan"}, {"prioriteit": 80}, {"behandelaar": ""}, {"status": "afgebroken"}):
        client.wijzig_medewerkertaak(taak.url, **velden)
    verwacht = ["geregistreerd", "toegewezen", "teruggegeven", "afgebroken"]
    assert soorten(installatie) == [f"medewerkertaak-{wat}" for wat in verwacht]


def test_lezen_kost_evenveel_vragen_op_elke_pagina(client: TakenClient, eind: date, installatie: Installatie) -> None:
    for nummer in range(12):
        client.maak_formuliertaak(klanttaak(eind), sleutel=f"k{nummer}")
        client.maak_medewerkertaak(medewerkertaak(), sleutel=f"m{nummer}")
    for pad in ("externetaken", "formuliertaken", "medewerkertaken"):
        kosten = [
            hoeveel(installatie, partial(client.vraag, "GET", pad, params={"pageSize": grootte}))
            for grootte in (1, 100)
        ]
        assert max(kosten) <= LEZEN, (pad, kosten)
