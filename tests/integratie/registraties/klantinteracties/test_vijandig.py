"""Wat een slordige of kwaadwillende aanroeper stuurt: een duidelijke 4xx, en er is niets veranderd."""

from typing import Any

import pytest
from sqlalchemy import text

from integratie.klantinteracties import KlantinteractiesClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from tests.integratie.registraties.klantinteracties.hulp import NIETS, contact, persoon

DIEP = b'{"metadata": ' + b'{"a": ' * 5_000 + b"1" + b"}" * 5_001
# Meer verwijzingen dan PostgreSQL parameters kent.
VEEL = b", ".join(b'{"uuid": "00000000-0000-4000-8000-%012d"}' % nummer for nummer in range(66_000))
GROOT = b'{"interneNotitie": "' + b"x" * (11 << 20) + b'"}'
TABELLEN = ("partij", "partijidentificator", "digitaaladres", "rekeningnummer", "klantcontact", "betrokkene", "bijlage")


def stand(installatie: Installatie) -> list[tuple[int, int]]:
    """Per tabel het aantal rijen en de som van de revisies: elke schrijfactie verandert dat."""
    with installatie.db.lezen() as verbinding:
        vragen = [f"SELECT count(*), coalesce(sum(revisie), 0) FROM klantinteracties.{tabel}" for tabel in TABELLEN]  # noqa: S608  # vaste namen
        return [tuple(verbinding.execute(text(vraag)).one()) for vraag in vragen]


@pytest.mark.parametrize(
    ("methode", "pad", "lichaam", "status"),
    [
        ("POST", "klantcontacten", DIEP, 400),
        ("POST", "klantcontacten/_afronden", DIEP, 400),
        ("POST", "partijen", GROOT, 413),
        ("PATCH", "{partij}", GROOT, 413),
        ("PATCH", "{partij}", b'{"digitaleAdressen": [' + VEEL + b"]}", 400),
        ("PATCH", "{partij}", b'{"digitaleAdressen": {}}', 400),
        ("PATCH", "{partij}", b'{"partijIdentificatoren": [[]]}', 400),
        ("PATCH", "{partij}", b'{"partijIdentificatie": []}', 400),
        ("PATCH", "{partij}", b"[]", 400),
        ("PATCH", "{partij}", b"null", 400),
        ("PATCH", "{partij}", b"{", 400),
        ("PATCH", "{partij}", b'{"interneNotitie": "\\u0000"}', 400),
        ("PATCH", "{partij}", b'{"bezoekadres": {"stad": "\\u0000"}}', 400),
        ("PATCH", "{partij}", b'{"bezoekadres": {"huisnummer": 1e400}}', 400),
        ("POST", "klantcontacten", b'{"metadata": {"a": 1}}', 400),
        ("POST", "maak-klantcontact", b'{"klantcontact": []}', 400),
        ("POST", "klantcontacten/_afronden", b'{"klantcontact": {}, "actoren": [1]}', 400),
        ("POST", "partijen/_zoek", b'{"onzin": 1}', 400),
        ("POST", "partijen/_zoek", b'{"partijIdentificator__objectId": {"$ne": ""}}', 400),
        ("POST", "rekeningnummers/_zoek", b'{"iban": ["NL"]}', 400),
        ("GET", "partijen?onzin=1", None, 400),
        ("GET", "partijen?pageSize=501", None, 400),
        ("GET", "partijen?page=0", None, 404),
        ("GET", "partijen?vertegenwoordigdePartij__uuid=x", None, 400),
        ("GET", "klantcontacten?plaatsgevondenOp=gisteren", None, 400),
        ("GET", "klantcontacten?ordering=inhoud", None, 400),
        ("GET", "klantcontacten?expand=" + "hadBetrokkenen," * 30, None, 400),
        ("GET", "partijen/geen-uuid", None, 404),
        ("DELETE", f"onderwerpobjecten/{NIETS}?cascade=misschien", None, 400),
        ("DELETE", f"partijen/{NIETS}", None, 404),
        ("PUT", f"rekeningnummers/{NIETS}", b"{}", 404),
        ("POST", f"partijen/{NIETS}", b"{}", 405),
    ],
    ids=lambda waarde: waarde[:40].decode() if isinstance(waarde, bytes) else str(waarde)[:40],
)
def test_een_duidelijke_fout_en_niets_veranderd(
    installatie: Installatie, methode: str, pad: str, lichaam: bytes | None, status: int
) -> None:
    klanten = KlantinteractiesClient(installatie, namens="kcc")
    partij: dict[str, Any] = persoon(klanten, interneNotitie="Eerst")
    contact(klanten)
    voor = stand(installatie)
    koppen = {"Content-Type": "application/json"} if lichaam is not None else {}
    url = klanten.url(pad.format(partij=partij["url"]) if "{" in pad else pad)
    auth = Ondertekening(installatie, installatie.diensten["klantinteracties"], "kcc")
    antwoord = installatie.http.request(methode, url, content=lichaam, headers=koppen, auth=auth)
    assert antwoord.status_code == status, antwoord.text[:300]
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert stand(installatie) == voor
    assert klanten.vraag("GET", partij["url"]) == partij
