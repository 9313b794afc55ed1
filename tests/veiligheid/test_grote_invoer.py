"""Te grote, te diepe en vreemde lichamen naar Verzoeken, Taken en Berichten: een duidelijke 4xx, en er verandert niets."""

from typing import Any

import httpx
import pytest

from integratie.verzoeken import VerzoekenClient
from integratie.verzoeken.schemas import VerzoekTypeIn, VerzoekTypeVersionIn
from kern.installatie import Installatie
from kern.machines import Ondertekening

MB = 1 << 20


def diep(diepte: int) -> bytes:
    return b'{"a":' * diepte + b"1" + b"}" * diepte


def stuur(installatie: Installatie, api: str, pad: str, lichaam: bytes) -> httpx.Response:
    dienst = installatie.diensten[api]
    return installatie.http.post(
        f"{dienst.basis}/{pad}",
        content=lichaam,
        headers={"Content-Type": "application/json"},
        auth=Ondertekening(installatie, dienst, "proef"),
    )


@pytest.fixture
def verzoektype(installatie: Installatie) -> str:
    client = VerzoekenClient(installatie, namens="proef")
    versie = VerzoekTypeVersionIn(aanvraag_gegevens_schema={"type": "object"})
    return client.zorg_voor_type(VerzoekTypeIn(naam="proef"), versie).url


def lichamen(verzoektype: str) -> dict[tuple[str, str], bytes]:
    """Per pad een lichaam met een gat (<diep>) waar willekeurige JSON mag staan."""
    taak = b'{"titel":"x","einddatumHandelingsTermijn":"2030-01-01","details":'
    return {
        ("verzoeken", "verzoeken"): b'{"verzoekType":"' + verzoektype.encode() + b'","aanvraagGegevens":<diep>}',
        (
            "verzoeken",
            f"{verzoektype.rpartition('/verzoeken/api/v1/')[2]}/versies",
        ): b'{"aanvraagGegevensSchema":<diep>}',
        ("taken", "formuliertaken"): taak + b'{"formulierDefinitie":{"stappen":[{"componenten":[<diep>]}]}}}',
        ("taken", "urltaken"): taak + b'{"uitvraagLink":"https://a","voorinvullenGegevens":<diep>}}',
        ("taken", "medewerkertaken"): b'{"titel":"x","gegevens":<diep>}',
        (
            "berichten",
            "berichten",
        ): b'{"onderwerp":"x","berichtTekst":"x","ontvanger":"urn:nld:hr:kvknummer:1","bijlagen":[<diep>]}',
    }


@pytest.mark.parametrize("diepte", [200, 600, 900, 1500, 100_000])
def test_diepe_json(installatie: Installatie, verzoektype: str, diepte: int) -> None:
    uitkomsten: dict[Any, int] = {}
    for (api, pad), lichaam in lichamen(verzoektype).items():
        antwoord = stuur(installatie, api, pad, lichaam.replace(b"<diep>", diep(diepte)))
        uitkomsten[api, pad] = antwoord.status_code
    assert all(status < 500 for status in uitkomsten.values()), uitkomsten
    assert diepte < 1000 or set(uitkomsten.values()) == {400}, uitkomsten


def test_te_grote_json(installatie: Installatie, verzoektype: str) -> None:
    vol = b'{"a":"' + b"x" * (11 * MB) + b'"}'
    for (api, pad), lichaam in lichamen(verzoektype).items():
        assert stuur(installatie, api, pad, lichaam.replace(b"<diep>", vol)).status_code == 413, pad


@pytest.mark.parametrize(
    "lichaam", [b"", b"null", b"[]", b"1", b'"x"', b"{", b"\xff", b'{"a":1}x', b'{"titel":"\\u0000"}']
)
def test_vreemde_lichamen(installatie: Installatie, verzoektype: str, lichaam: bytes) -> None:
    for api, pad in lichamen(verzoektype):
        assert stuur(installatie, api, pad, lichaam).status_code == 400, (pad, lichaam)
