"""Taken intrekken: op verwijzing, of op kenmerk als het proces de verwijzing nog niet had vastgelegd."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integratie.basis import ApiFout
from integratie.configuratie import FORMULIER, Configuratie
from integratie.taken import TakenClient
from integratie.taken.schemas import FormulierDetails, FormulierTaakIn, MedewerkerTaakIn
from integratie.urn import urn_bsn
from kern.installatie import Installatie
from processen.motor import TaakOpdracht
from processen.zaakafhandeling.taakpoort import Taken
from tests.reishulp import KOOP, Gemeente


@pytest.fixture
def client(installatie: Installatie) -> TakenClient:
    return TakenClient(installatie, namens="processen")


def medewerkertaak(client: TakenClient, kenmerk: UUID) -> str:
    taak = MedewerkerTaakIn(titel="Beoordelen", kandidaatgroepen=["vergunningen"], verwerker_taak_id=str(kenmerk))
    return client.maak_medewerkertaak(taak, sleutel=str(kenmerk)).url


def klanttaak(client: TakenClient, installatie: Installatie, kenmerk: UUID) -> str:
    taak = FormulierTaakIn(
        titel="Aanvullen",
        verwerker_taak_id=str(kenmerk),
        einddatum_handelings_termijn=installatie.klok.vandaag() + timedelta(days=14),
        handelings_perspectief="informatie_geven",
        is_toegewezen_aan=urn_bsn("999992715"),
        is_gerelateerd_aan=[],
        details=FormulierDetails(formulier_definitie={"components": []}),
    )
    return client.maak_formuliertaak(taak, sleutel=str(kenmerk)).url


def status(client: TakenClient, url: str) -> str:
    gevonden: str = client.vraag("GET", url)["status"]
    return gevonden


@pytest.mark.parametrize("met_verwijzing", [True, False])
def test_intrekken_mag_vaker(installatie: Installatie, client: TakenClient, met_verwijzing: bool) -> None:
    kenmerken = uuid4(), uuid4()
    urls = medewerkertaak(client, kenmerken[0]), klanttaak(client, installatie, kenmerken[1])
    blijft = medewerkertaak(client, uuid4())
    for _ in range(2):
        for kenmerk, url in zip(kenmerken, urls, strict=True):
            Taken().trek_in(installatie, kenmerk, url if met_verwijzing else "")
    assert [status(client, url) for url in urls] == ["afgebroken", "afgebroken"]
    assert status(client, blijft) == "open"


def test_wat_er_niet_is_hoeft_niet_ingetrokken(installatie: Installatie) -> None:
    Taken().trek_in(installatie, uuid4(), "")


@pytest.mark.parametrize("met_verwijzing", [True, False])
def test_wat_al_klaar_is_blijft_klaar(installatie: Installatie, client: TakenClient, met_verwijzing: bool) -> None:
    kenmerk = uuid4()
    url = medewerkertaak(client, kenmerk)
    client.wijzig_medewerkertaak(url, status="afgerond", behandelaar="bas", uitkomst={"besluit": "verlenen"})
    Taken().trek_in(installatie, kenmerk, url if met_verwijzing else "")
    assert status(client, url) == "afgerond"


def test_maken_en_meteen_intrekken_zonder_verwijzing(installatie: Installatie, client: TakenClient) -> None:
    """Het proces viel om tussen het maken en het vastleggen van de verwijzing, en daarna verviel de stap."""
    taak = TaakOpdracht(uuid4(), uuid4(), "b", "d", "handmatig", "Beoordelen", groepen=("vergunningen",))
    urls = {Taken().maak(installatie, taak) for _ in range(2)}
    Taken().trek_in(installatie, taak.kenmerk, "")
    assert [status(client, url) for url in urls] == ["afgebroken"]


def test_wie_uitgesloten_is_krijgt_de_taak_niet(installatie: Installatie, client: TakenClient) -> None:
    opdracht = TaakOpdracht(
        kenmerk=uuid4(), instantie=uuid4(), bedrijfssleutel="b", definitie="d", element="beslissen", naam="Beslissing op bezwaar", groepen=("juridisch",),
        invoer={"uitgesloten": ["bas"], "dictum": "gegrond"}, variabelen={}, opvolgen=installatie.klok.nu(),
    )  # fmt: skip
    url = Taken().maak(installatie, opdracht)
    taak = client.medewerkertaak(url)
    assert taak.opvolgdatum == installatie.klok.vandaag()
    assert (taak.uitgesloten, taak.gegevens) == (["bas"], {"dictum": "gegrond"})
    with pytest.raises(ApiFout) as fout:
        client.wijzig_medewerkertaak(url, behandelaar="bas")
    assert {deel.code for deel in fout.value.fouten} == {"uitgesloten"}
    with pytest.raises(ApiFout):
        client.wijzig_medewerkertaak(url, uitgesloten=[])
    assert client.wijzig_medewerkertaak(url, behandelaar="jules").behandelaar == "jules"


def _ketentaak(zaak: str, wie: str) -> TaakOpdracht:
    eigenschappen = {"doelgroep": "ketenpartner", "ketenpartner": wie}
    return TaakOpdracht(
        uuid4(), uuid4(), "b", "d", "advies-politie", "Advies geven", formulier="advies",
        variabelen={"zaak": zaak}, eigenschappen=eigenschappen,
    )  # fmt: skip


@pytest.mark.parametrize("wie", ["90001354", "urn:nld:hr:kvknummer:90001354"])
def test_een_taak_voor_een_ketenpartner(installatie: Installatie, client: TakenClient, wie: str) -> None:
    """De organisatie die het model noemt krijgt de taak, met haar formulier en het zaaknummer erbij."""
    gemeente = Gemeente(installatie).richt_in()
    verzoek = gemeente.dien_in("registratie", KOOP)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    definitie = Configuratie(installatie, namens="processen").haal(FORMULIER, "toeristische-verhuur-aanvulling")
    assert definitie is not None
    Configuratie(installatie, namens="processen").bewaar(FORMULIER, "advies", {"definitie": definitie["definitie"]})
    taak = client.klanttaak(Taken().maak(installatie, _ketentaak(zaak.url, wie)))
    assert taak.is_toegewezen_aan == "urn:nld:hr:kvknummer:90001354"
    assert zaak.identificatie in taak.is_gerelateerd_aan[0].urn
    with pytest.raises(LookupError, match="noemt geen ketenpartner"):
        Taken().maak(installatie, _ketentaak(zaak.url, "politie"))
