"""Externe taken en productaanvragen in de Objecten API uitwisselen, met onze eigen Objecten API als die van een ander."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform
from integratie.configuratie import FORMULIER, Configuratie
from integratie.objecten import ObjectenClient
from integratie.objecten.schemas import ObjectIn, ObjectRecordIn, ObjectUit
from integratie.objecttypen import ObjecttypenClient
from integratie.objecttypen.schemas import ObjectTypeIn
from integratie.taken import TakenClient
from integratie.taken.schemas import ExterneTaakUit, FormulierDetails, FormulierTaakIn
from integratie.urn import urn_bsn
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekIn, VerzoekTypeIn, VerzoekTypeVersionIn, VerzoekUit
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.ldv import gebruik_van
from kern.outbox import Afhandelaar

BSN = "999990019"
TAAKTYPE, AANVRAAGTYPE = uuid4(), uuid4()
FORMIO = {"components": [{"label": "Foto", "key": "foto", "type": "file"}]}
Json = dict[str, Any]
Maak = Callable[[bool], Installatie]


@pytest.fixture
def maak(installatie: Installatie, klok: VerzetbareKlok) -> Iterator[Maak]:
    """Het platform zoals een beheerder het voor uitwisselen instelt."""
    klaar: list[Installatie] = []

    def maak(uitschrijven: bool) -> Installatie:
        basis = f"{installatie.diensten['objecttypen'].basis}/objecttypes"
        waarden = {
            "objecttype_externe_taak": f"{basis}/{TAAKTYPE}",
            "objecttype_productaanvraag": f"{basis}/{AANVRAAGTYPE}",
            "objecten_uitschrijven": uitschrijven,
        }
        platform = maak_platform(installatie.instellingen.model_copy(update=waarden), klok)
        klaar.append(platform)
        typen = ObjecttypenClient(platform, namens="proef")
        for uuid, naam in ((TAAKTYPE, "taak"), (AANVRAAGTYPE, "productaanvraag")):
            typen.zorg_voor_type(ObjectTypeIn(uuid=uuid, name=naam, name_plural=f"{naam}en"), {"type": "object"})
        richt_in(platform)
        return platform

    yield maak
    for platform in klaar:
        platform.sluit()


@pytest.fixture
def platform(maak: Maak) -> Installatie:
    return maak(False)


def zet_object(platform: Installatie, soort: UUID, data: Json, uuid: UUID | None = None) -> ObjectUit:
    """Wat een ander systeem in de Objecten API zet, met wat daar bij ons op volgt."""
    url = f"{platform.diensten['objecttypen'].basis}/objecttypes/{soort}"
    record = ObjectRecordIn(type_version=1, data=data, start_at=platform.klok.vandaag())
    gezet = ObjectenClient(platform, namens="proef").bewaar(ObjectIn(uuid=uuid or uuid4(), type=url, record=record))
    werk_af(platform)
    return gezet


def werk_af(platform: Installatie) -> None:
    Afhandelaar(platform).werk_af()


def data_van(platform: Installatie, uuid: UUID) -> Json:
    gevonden = ObjectenClient(platform, namens="proef").object(uuid)
    assert gevonden is not None
    return gevonden.record.data


def taken_van(platform: Installatie) -> list[ExterneTaakUit]:
    return list(TakenClient(platform, namens="proef").alle("externetaken", ExterneTaakUit))


def taakdata(**velden: Any) -> Json:
    basis: Json = {
        "titel": "Stuur een foto",
        "status": "open",
        "soort": "portaalformulier",
        "verwerker_taak_id": str(uuid4()),
        "eigenaar": "zaaksysteem",
        "identificatie": {"type": "bsn", "value": BSN},
        "portaalformulier": {
            "formulier": {"soort": "url", "value": "https://formulier.example/foto"},
            "data": {"a": 1},
        },
    }
    return {**basis, **velden}


def test_een_object_wordt_een_klanttaak_en_het_antwoord_gaat_terug(platform: Installatie) -> None:
    object_ = zet_object(platform, TAAKTYPE, taakdata())
    (taak,) = taken_van(platform)
    assert (taak.titel, taak.taak_soort, taak.is_toegewezen_aan) == ("Stuur een foto", "urltaak", urn_bsn(BSN))
    assert taak.einddatum_handelings_termijn == platform.klok.vandaag() + timedelta(days=28)
    assert "Taak uit de Objecten API overgenomen" in {regel.naam for regel in gebruik_van(platform, ("bsn", BSN))}
    TakenClient(platform, namens="proef").wijzig_klanttaak(taak.url, status="uitgevoerd")
    werk_af(platform)
    assert data_van(platform, object_.uuid)["status"] == "afgerond"
    zet_object(platform, TAAKTYPE, {**data_van(platform, object_.uuid), "status": "verwerkt"}, object_.uuid)
    assert [taak.status for taak in taken_van(platform)] == ["verwerkt"]


def test_een_formulier_op_naam_met_antwoorden(platform: Installatie) -> None:
    definitie = {"slug": "foto", "stappen": [{"naam": "een", "componenten": FORMIO["components"]}]}
    Configuratie(platform, namens="proef").bewaar(FORMULIER, "foto", {"definitie": definitie, "slug": "foto"})
    portaal = {"formulier": {"soort": "id", "value": "foto"}, "data": {}}
    object_ = zet_object(platform, TAAKTYPE, taakdata(portaalformulier=portaal))
    (taak,) = taken_van(platform)
    assert taak.details["formulierDefinitie"]["components"] == FORMIO["components"]
    details = {**taak.details, "ontvangenGegevens": {"foto": "ja"}}
    TakenClient(platform, namens="proef").wijzig_klanttaak(taak.url, status="uitgevoerd", details=details)
    werk_af(platform)
    data = data_van(platform, object_.uuid)
    assert (data["status"], data["portaalformulier"]["verzonden_data"]) == ("afgerond", {"foto": "ja"})
    assert data["portaalformulier"]["formulier"] == portaal["formulier"]


def test_vaker_melden_verandert_niets(platform: Installatie) -> None:
    data = taakdata()
    object_ = zet_object(platform, TAAKTYPE, data)
    zet_object(platform, TAAKTYPE, {**data, "titel": "Andere titel"}, object_.uuid)
    zet_object(platform, TAAKTYPE, {**data, "status": "gesloten"}, object_.uuid)
    (taak,) = taken_van(platform)
    assert (taak.titel, taak.status) == ("Stuur een foto", "afgebroken")
    zet_object(platform, TAAKTYPE, taakdata(status="verwerkt"))
    assert len(taken_van(platform)) == 1


def test_uitschrijven_van_eigen_taken(maak: Maak) -> None:
    platform = maak(True)
    client = TakenClient(platform, namens="proef")
    eind = platform.klok.vandaag() + timedelta(days=7)
    invoer = FormulierTaakIn(
        titel="Vul aan",
        einddatum_handelings_termijn=eind,
        is_toegewezen_aan=urn_bsn(BSN),
        details=FormulierDetails(formulier_definitie=FORMIO),
    )
    taak = client.maak_formuliertaak(invoer, sleutel="1")
    werk_af(platform)
    data = data_van(platform, taak.uuid)
    assert (data["titel"], data["status"], data["identificatie"]) == ("Vul aan", "open", {"type": "bsn", "value": BSN})
    verzonden = {**data["portaalformulier"], "verzonden_data": {"foto": "ja"}}
    zet_object(platform, TAAKTYPE, {**data, "status": "ingediend", "portaalformulier": verzonden}, taak.uuid)
    klaar = client.klanttaak(taak.url)
    assert (klaar.status, klaar.details["ontvangenGegevens"]) == ("uitgevoerd", {"foto": "ja"})
    assert [deel.uuid for deel in taken_van(platform)] == [taak.uuid]


def aanvraagdata(**velden: Any) -> Json:
    basis: Json = {
        "bron": {"naam": "Open Formulieren", "kenmerk": str(uuid4())},
        "type": "verhuizing",
        "aanvraaggegevens": {"adres": "Dorpsstraat 1"},
        "betrokkenen": [{"inpBsn": BSN, "rolOmschrijvingGeneriek": "initiator"}],
    }
    return {**basis, **velden}


@pytest.fixture
def verzoektype() -> VerzoekTypeVersionIn:
    schema = {"type": "object", "required": ["adres"], "properties": {"adres": {"type": "string"}}}
    return VerzoekTypeVersionIn(aanvraag_gegevens_schema=schema)


def test_een_productaanvraag_wordt_een_verzoek(platform: Installatie, verzoektype: VerzoekTypeVersionIn) -> None:
    client = VerzoekenClient(platform, namens="proef")
    soort = client.zorg_voor_type(VerzoekTypeIn(naam="verhuizing"), verzoektype)
    data = aanvraagdata()
    object_ = zet_object(platform, AANVRAAGTYPE, data)
    zet_object(platform, AANVRAAGTYPE, {**data, "taal": "eng"}, object_.uuid)
    (verzoek,) = client.alle("verzoeken", VerzoekUit)
    assert (verzoek.verzoek_type, verzoek.initiator) == (soort.url, urn_bsn(BSN))
    assert verzoek.aanvraag_gegevens == data["aanvraaggegevens"]
    assert verzoek.verzoek_bron is not None
    assert verzoek.verzoek_bron.kenmerk == data["bron"]["kenmerk"]
    assert "Verzoek uit de Objecten API overgenomen" in {regel.naam for regel in gebruik_van(platform, ("bsn", BSN))}


def test_uitschrijven_van_verzoeken(maak: Maak, verzoektype: VerzoekTypeVersionIn) -> None:
    platform = maak(True)
    client = VerzoekenClient(platform, namens="proef")
    soort = client.zorg_voor_type(VerzoekTypeIn(naam="verhuizing"), verzoektype)
    zet_object(platform, AANVRAAGTYPE, aanvraagdata())
    eigen = client.dien_in(
        VerzoekIn(verzoek_type=soort.url, aanvraag_gegevens={"adres": "Kade 2"}, initiator=urn_bsn(BSN)), sleutel="1"
    )
    werk_af(platform)
    data = data_van(platform, eigen.uuid)
    assert (data["type"], data["aanvraaggegevens"]) == ("verhuizing", {"adres": "Kade 2"})
    assert data["betrokkenen"] == [{"inpBsn": BSN, "rolOmschrijvingGeneriek": "initiator"}]
    werk_af(platform)
    soorttype = platform.instellingen.objecttype_productaanvraag
    assert len(list(ObjectenClient(platform, namens="proef").objecten(soorttype))) == 2
    assert client.lijst("verzoeken", VerzoekUit).count == 2


def test_webhook_is_van_de_notificaties_api_alleen(platform: Installatie) -> None:
    adres = f"{platform.instellingen.adres}/uitwisselen/notificaties"
    for koppen in ({}, {"Authorization": "Bearer onzin"}):
        assert (
            platform.http.post(adres, json={"kanaal": "objecten"}, headers=koppen).status_code == httpx.codes.FORBIDDEN
        )


def test_zonder_instelling_gebeurt_er_niets(installatie: Installatie, werk_outbox_af: Callable[[], int]) -> None:
    richt_in(installatie)
    typen = ObjecttypenClient(installatie, namens="proef")
    typen.zorg_voor_type(ObjectTypeIn(uuid=TAAKTYPE, name="taak", name_plural="taken"), {"type": "object"})
    zet_object(installatie, TAAKTYPE, taakdata())
    werk_outbox_af()
    assert taken_van(installatie) == []
