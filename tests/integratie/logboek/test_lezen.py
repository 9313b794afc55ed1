"""Het Logboek dataverwerkingen lezen (LDV, extensie Lezen), en wie het vult."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import insert

from integratie.geadresseerde import geadresseerde_van
from integratie.urn import urn_bsn
from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from integratie.zaken.schemas import RolUit
from kern import ldv
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.ldv import gebruik_van, verwerking
from kern.machines import Ondertekening
from kern.tabellen import Toegangssleutel
from kern.verwerkingsactiviteiten import RegisterFout
from kern.verwerkingsactiviteiten import register as ldv_register
from tests.kernhulp import ANDER_BSN, BSN

ACTIVITEIT = "urn:dienstverlening:verwerking:behandelen"
ANDERE = "https://gemeente.example/verwerkingen/parkeren"
PAD = "/logboek/api/v1"
Json = dict[str, Any]


@pytest.fixture
def regels(installatie: Installatie, klok: VerzetbareKlok) -> None:
    """Drie regels over twee mensen, in twee activiteiten en drie uur."""
    for naam, activiteit, bsn in (
        ("eerste", ACTIVITEIT, BSN),
        ("tweede", ANDERE, BSN),
        ("derde", ACTIVITEIT, ANDER_BSN),
    ):
        with verwerking(installatie, activiteit=activiteit, naam=naam, betrokkene=("bsn", bsn)):
            pass
        klok.verzet(timedelta(hours=1))


def vraag(installatie: Installatie, lichaam: Any = None, query: Json | None = None) -> httpx.Response:
    dienst = installatie.diensten["logboek"]
    auth = Ondertekening(installatie, dienst, "auditor")
    return installatie.http.post(f"{dienst.basis}/processing-activities", json=lichaam or {}, params=query, auth=auth)


def namen(antwoord: httpx.Response) -> list[str]:
    assert antwoord.status_code == httpx.codes.OK, antwoord.text
    return [regel["name"] for regel in antwoord.json()["processingActivities"]]


@pytest.mark.usefixtures("regels")
def test_op_betrokkene(installatie: Installatie) -> None:
    antwoord = vraag(installatie, {"attributes": {"dpl.core.data_subject_id": urn_bsn(BSN)}})
    assert namen(antwoord) == ["tweede", "eerste"]
    assert BSN not in antwoord.text
    kenmerken = antwoord.json()["processingActivities"][0]["attributes"]
    assert kenmerken["dpl.core.processing_activity_id"] == ANDERE
    assert installatie.kluis.decrypt(kenmerken["dpl.core.data_subject_id"]).decode() == BSN


@pytest.mark.usefixtures("regels")
def test_op_activiteit_trace_en_tijd(installatie: Installatie, klok: VerzetbareKlok) -> None:
    activiteit = {"attributes": {"dpl.core.processing_activity_id": ACTIVITEIT}}
    assert namen(vraag(installatie, activiteit)) == ["derde", "eerste"]
    grens = int((klok.nu() - timedelta(hours=2, minutes=30)).timestamp() * 1000)
    assert namen(vraag(installatie, activiteit | {"startTime": grens})) == ["derde"]
    assert namen(vraag(installatie, activiteit | {"endTime": grens})) == ["eerste"]
    assert namen(vraag(installatie, query={"dpl.core.processingActivityId": ANDERE})) == ["tweede"]
    regel = vraag(installatie, activiteit).json()["processingActivities"][0]
    assert namen(vraag(installatie, {"traceId": regel["traceId"]})) == ["derde"]
    assert (regel["status"], len(regel["spanId"])) == ("Ok", 16)
    assert regel["endTime"] >= regel["startTime"] > 0


@pytest.mark.parametrize(
    ("lichaam", "query", "fout"),
    [
        ({}, {}, ("nonFieldErrors", "required")),
        ({"startTime": 1}, {}, ("nonFieldErrors", "required")),
        ({"traceId": "x"}, {}, ("traceId", "invalid")),
        ({"traceId": "a" * 32, "endTime": -1}, {}, ("endTime", "min_value")),
        ({"attributes": {"dpl.core.data_subject_id": BSN}}, {}, ("attributes.dpl.core.data_subject_id", "invalid")),
        (
            {"attributes": {"dpl.core.data_subject_id": "urn:nld:iets:anders:1"}},
            {},
            ("dpl.core.data_subject_id", "invalid"),
        ),
        ({}, {"dpl.core.data_subject_id": urn_bsn(BSN)}, ("dpl.core.data_subject_id", "in-body")),
        ({}, {"bsn": BSN}, ("nonFieldErrors", "unknown-parameters")),
        ([1], {}, ("nonFieldErrors", "invalid")),
    ],
)
def test_een_vraag_zonder_of_met_foute_criteria(
    installatie: Installatie, lichaam: Any, query: Json, fout: tuple[str, str]
) -> None:
    antwoord = vraag(installatie, lichaam, query)
    assert antwoord.status_code == httpx.codes.BAD_REQUEST
    assert fout in {(deel["name"], deel["code"]) for deel in antwoord.json()["invalidParams"]}


def test_alleen_wie_dat_mag(installatie: Installatie) -> None:
    dienst = installatie.diensten["logboek"]
    for rechten, status in (({}, 403), ({"verzoeken": "alles"}, 403), ({"logboek": "lezen"}, 200)):
        token = geef_token(installatie, f"systeem-{status}-{len(rechten)}", rechten)
        koppen = {"Authorization": f"Token {token}"}
        lichaam = {"traceId": "a" * 32}
        antwoord = installatie.http.post(f"{dienst.basis}/processing-activities", json=lichaam, headers=koppen)
        assert antwoord.status_code == status
        assert installatie.http.get(f"{dienst.basis}/verwerkingsactiviteiten", headers=koppen).status_code == status
    assert (
        installatie.http.post(f"{dienst.basis}/processing-activities", json={}).status_code == httpx.codes.UNAUTHORIZED
    )


def geef_token(installatie: Installatie, client_id: str, rechten: dict[str, str]) -> str:
    """Een token voor een ander systeem."""
    token = f"{client_id}.geheim"
    rij = {"soort": "token", "client_id": client_id, "geheim": hashlib.sha256(token.encode()).digest()}
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(**rij, rechten=rechten))
    return token


def test_register_met_eigen_activiteiten(installatie: Installatie, tmp_path: Any) -> None:
    dienst = installatie.diensten["logboek"]
    bestand = tmp_path / "register.toml"
    velden = {"id": ANDERE, "naam": "Parkeren", "doel": "Beslissen", "grondslag": "Taak"}
    bestand.write_text("[[verwerkingsactiviteit]]\n" + "\n".join(f'{n} = "{w}"' for n, w in velden.items()))
    ander = installatie.instellingen.model_copy(update={"verwerkingsregister": str(bestand)})
    assert ANDERE in ldv_register(ander.verwerkingsregister)
    auth = Ondertekening(installatie, dienst, "auditor")
    lijst = installatie.http.get(f"{dienst.basis}/verwerkingsactiviteiten", auth=auth).json()
    assert {"id", "naam", "doel", "grondslag", "bewaartermijn"} <= lijst[0].keys()
    assert ACTIVITEIT in {activiteit["id"] for activiteit in lijst}


@pytest.mark.parametrize("inhoud", ["onzin", '[[verwerkingsactiviteit]]\nid = "x"', None])
def test_een_fout_register_is_een_regel(tmp_path: Any, inhoud: str | None) -> None:
    bestand = tmp_path / "register.toml"
    if inhoud:
        bestand.write_text(inhoud)
    with pytest.raises(RegisterFout) as fout:
        ldv_register(str(bestand))
    assert "\n" not in str(fout.value)


def test_een_activiteit_van_ons_staat_in_het_register(installatie: Installatie) -> None:
    with pytest.raises(LookupError):
        ldv.leg_gebruik_vast(installatie, [("bsn", BSN)], activiteit=f"{ACTIVITEIT}x", naam="Vergist")


def test_een_ander_systeem_laat_een_regel_na(installatie: Installatie) -> None:
    """Elk lezen en schrijven van iemands gegevens door een systeem van buiten; van de eigen onderdelen leggen die zelf vast."""
    client = VerzoekenClient(installatie, namens="proef")
    type_ = client.zorg_voor_type(VerzoekTypeIn(naam="x"), VerzoekTypeVersionIn(aanvraag_gegevens_schema={}))
    koppen = {"Authorization": f"Token {geef_token(installatie, 'zaaksysteem', {'verzoeken': 'alles'})}"}
    lichaam = {"verzoekType": type_.url, "aanvraagGegevens": {}, "initiator": urn_bsn(BSN)}
    basis = installatie.diensten["verzoeken"].basis
    gemaakt = installatie.http.post(f"{basis}/verzoeken", json=lichaam, headers=koppen).json()
    installatie.http.get(gemaakt["url"], headers=koppen)
    installatie.http.post(f"{basis}/verzoeken/_zoek", json={"initiator": urn_bsn(BSN)}, headers=koppen)
    assert installatie.http.get(f"{basis}/verzoeken/{type_.uuid}", headers=koppen).status_code == httpx.codes.NOT_FOUND
    client.verzoek(gemaakt["url"])
    gelezen, geschreven = "verzoek gelezen door zaaksysteem", "verzoek geschreven door zaaksysteem"
    assert [regel.naam for regel in gebruik_van(installatie, ("bsn", BSN))] == [gelezen, gelezen, geschreven]


@pytest.mark.parametrize(
    ("soort", "identificatie", "betrokkene"),
    [
        ("natuurlijk_persoon", {"anpIdentificatie": "NL/DE/x"}, ("pseudoniem", "NL/DE/x")),
        ("vestiging", {"vestigingsNummer": "000012345678"}, ("vestiging", "000012345678")),
    ],
)
def test_ook_wie_niet_in_de_brp_staat_krijgt_een_regel(
    installatie: Installatie, soort: str, identificatie: dict[str, str], betrokkene: ldv.Betrokkene
) -> None:
    """Eén functie zoekt naam en adres op, voor behandelen, verzenden en brieven; van elke betrokkene blijft een regel."""
    velden = {
        "zaak": "https://z/1",
        "roltype": "https://c/1",
        "url": "https://r/1",
        "uuid": uuid4(),
        "roltoelichting": "x",
    }
    velden |= {"betrokkeneType": soort, "omschrijving": "Aanvrager", "omschrijvingGeneriek": "initiator"}
    velden |= {"registratiedatum": installatie.klok.nu(), "afwijkendeNaamBetrokkene": "A. Naam"}
    rol = RolUit.model_validate({**velden, "betrokkeneIdentificatie": identificatie})
    assert geadresseerde_van(installatie, rol).naam == "A. Naam"
    assert [regel.naam for regel in gebruik_van(installatie, betrokkene)] == ["Naam en adres opvragen om te schrijven"]
