"""De inhoud van documenten: omvang, bestandsdelen, downloaden, en grote bestanden zonder geheugen (regels 4.3)."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import psutil
import pytest
from sqlalchemy import select

from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentIn
from kern.installatie import Installatie
from kern.machines import Ondertekening
from registraties.documenten import bestanden
from registraties.documenten.modellen import Bestandsdeel
from tests.integratie.registraties.documenten.conftest import Maker
from tests.integratie.registraties.documenten.test_documenten import PAD
from tests.integratie.registraties.documenten.test_documenten import bestanden as in_opslag
from tests.integratie.registraties.rechten import fouten_van, status_van

MB = 1 << 20


@pytest.fixture
def http(installatie: Installatie) -> httpx.Client:
    """HTTP met de aanmelding van een registratie, om koppen te zien en te sturen."""
    dienst = installatie.diensten["documenten"]
    return httpx.Client(
        transport=installatie.http._transport_for_url(httpx.URL(dienst.basis)),
        auth=Ondertekening(installatie, dienst, "documenten"),
    )


def test_file_size(drc: DocumentenClient, document: Maker, invoer: Maker) -> None:
    fout = {"nonFieldErrors": "file-size"}
    assert fouten_van(drc, "POST", PAD, invoer(bestandsomvang=4)) == fout
    url = document()["url"]
    lock = drc.vergrendel(url)
    assert fouten_van(drc, "PATCH", url, {"inhoud": "ZGFn", "lock": lock}) == fout
    assert fouten_van(drc, "PATCH", url, {"bestandsomvang": 6, "lock": lock}) == fout
    assert drc.vraag("PUT", url, json=invoer(inhoud="ZGFn", lock=lock))["bestandsomvang"] == 3
    assert fouten_van(drc, "POST", PAD, invoer(inhoud="geen base64!")) == {"inhoud": "invalid"}


def test_alleen_metadata(drc: DocumentenClient, document: Maker) -> None:
    for leeg in ({"inhoud": None}, {"inhoud": "", "bestandsomvang": 0}):
        gemaakt = document(**leeg)
        assert (gemaakt["inhoud"], gemaakt["locked"], gemaakt["bestandsdelen"]) == (None, False, [])
        assert status_van(drc, "GET", f"{gemaakt['url']}/download") == 404


@pytest.mark.parametrize(
    ("naam", "bijlage"),
    [
        ("brief.pdf", "attachment; filename=\"brief.pdf\"; filename*=UTF-8''brief.pdf"),
        ("", "attachment; filename=\"document\"; filename*=UTF-8''document"),
        ("../../etc/été.pdf", "attachment; filename=\"_t_.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf"),
        ('a"\r\nX: y.pdf', "attachment; filename=\"a___X: y.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20y.pdf"),
    ],
)
def test_download_is_een_veilige_bijlage(http: httpx.Client, document: Maker, naam: str, bijlage: str) -> None:
    antwoord = http.get(document(bestandsnaam=naam, formaat="text/html")["inhoud"])
    assert antwoord.content == b"hallo"
    assert antwoord.headers["Content-Disposition"] == bijlage
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert antwoord.headers["Content-Type"] == "application/octet-stream"
    assert antwoord.headers["Content-Length"] == "5"


@pytest.mark.parametrize(
    ("vraag", "status", "deel", "kop"),
    [
        ("bytes=1-3", 206, b"all", "bytes 1-3/5"),
        ("bytes=3-", 206, b"lo", "bytes 3-4/5"),
        ("bytes=-2", 206, b"lo", "bytes 3-4/5"),
        ("bytes=0-99", 206, b"hallo", "bytes 0-4/5"),
        ("bytes=9-", 416, None, "bytes */5"),
        ("bytes=0-1,3-4", 200, b"hallo", None),
        ("onzin", 200, b"hallo", None),
    ],
)
def test_download_van_een_deel(
    http: httpx.Client, document: Maker, vraag: str, status: int, deel: bytes | None, kop: str | None
) -> None:
    antwoord = http.get(document()["inhoud"], headers={"Range": vraag})
    assert antwoord.status_code == status
    assert antwoord.headers.get("Content-Range") == kop
    assert deel is None or antwoord.content == deel


def stuur(http: httpx.Client, deel: dict[str, Any], inhoud: bytes, lock: str) -> httpx.Response:
    return http.put(deel["url"], files={"inhoud": ("x", inhoud)}, data={"lock": lock})


@pytest.fixture
def kleine_delen(document: Maker, installatie: Installatie) -> Callable[[], dict[str, Any]]:
    """Een document waarvan de tien bytes in delen van vier komen: alsof de deelgrootte klein is."""

    def maak() -> dict[str, Any]:
        gemaakt = document(inhoud="", bestandsomvang=10)
        id_ = gemaakt["bestandsdelen"][0]["url"].rpartition("/")[2]
        with installatie.db.schrijven() as verbinding:
            rij = dict(verbinding.execute(select(*Bestandsdeel.__table__.columns)).mappings().one())
            tabel: Any = Bestandsdeel.__table__
            verbinding.execute(tabel.delete().where(tabel.c.id == id_))
            for nummer, omvang in enumerate((4, 4, 2), 1):
                vast = {"document": rij["document"], "versie": rij["versie"], "volgnummer": nummer, "omvang": omvang}
                verbinding.execute(tabel.insert().values(vast))
        delen = DocumentenClient(installatie, namens="documenten").vraag("GET", gemaakt["url"])["bestandsdelen"]
        return {**gemaakt, "bestandsdelen": delen}

    return maak


def test_deelomvang() -> None:
    grootte = bestanden.DEELGROOTTE
    assert bestanden.deelomvang(0) == []
    assert bestanden.deelomvang(grootte) == [grootte]
    assert bestanden.deelomvang(2 * grootte + 1) == [grootte, grootte, 1]


def test_inhoud_in_delen(
    drc: DocumentenClient, http: httpx.Client, kleine_delen: Callable[[], dict[str, Any]], installatie: Installatie
) -> None:
    gemaakt = kleine_delen()
    url, lock, delen = gemaakt["url"], gemaakt["lock"], gemaakt["bestandsdelen"]
    assert lock
    assert gemaakt["locked"]
    assert gemaakt["inhoud"] is None
    assert [(deel["volgnummer"], deel["omvang"], deel["voltooid"]) for deel in delen] == [
        (1, 4, False),
        (2, 4, False),
        (3, 2, False),
    ]
    assert fouten_van(drc, "POST", f"{url}/unlock", {"lock": lock}) == {"nonFieldErrors": "incomplete-upload"}
    assert stuur(http, delen[2], b"89", lock).json() == delen[2] | {"voltooid": True, "lock": lock}
    assert stuur(http, delen[0], b"xxxx", lock).status_code == 200
    assert stuur(http, delen[0], b"0123", lock).status_code == 200  # opnieuw sturen overschrijft
    assert stuur(http, delen[1], b"4567", lock).status_code == 200
    assert all(deel["voltooid"] and not deel["lock"] for deel in drc.vraag("GET", url)["bestandsdelen"])
    drc.ontgrendel(url, lock)
    klaar = drc.document(url)
    assert (klaar.locked, klaar.bestandsdelen, klaar.versie) == (False, [], 1)
    assert b"".join(drc.inhoud(klaar)) == b"0123456789"
    assert b"".join(drc.stroom(f"{url}/download", versie=1)) == b"0123456789"


def test_delen_worden_opgeruimd(
    drc: DocumentenClient,
    http: httpx.Client,
    kleine_delen: Callable[[], dict[str, Any]],
    installatie: Installatie,
    werk_outbox_af: Callable[[], int],
) -> None:
    gemaakt = kleine_delen()
    for deel, inhoud in zip(gemaakt["bestandsdelen"], (b"0123", b"4567", b"89"), strict=True):
        stuur(http, deel, inhoud, gemaakt["lock"])
    drc.ontgrendel(gemaakt["url"], gemaakt["lock"])
    werk_outbox_af()
    assert len(in_opslag(installatie)) == 1


@pytest.mark.parametrize(
    ("inhoud", "lock", "fouten"),
    [
        (b"012", None, {"nonFieldErrors": "file-size"}),
        (b"0123", "x", {"nonFieldErrors": "incorrect-lock-id"}),
        (b"0123", "\u0093é", {"nonFieldErrors": "incorrect-lock-id"}),
        (b"0123", "", {"lock": "required"}),
    ],
)
def test_een_verkeerd_deel(
    http: httpx.Client,
    kleine_delen: Callable[[], dict[str, Any]],
    inhoud: bytes,
    lock: str | None,
    fouten: dict[str, str],
) -> None:
    gemaakt = kleine_delen()
    antwoord = stuur(http, gemaakt["bestandsdelen"][0], inhoud, gemaakt["lock"] if lock is None else lock)
    assert antwoord.status_code == 400
    assert {deel["name"]: deel["code"] for deel in antwoord.json()["invalidParams"]} == fouten


def test_geforceerd_ontgrendelen_gooit_de_delen_weg(
    drc: DocumentenClient, http: httpx.Client, kleine_delen: Callable[[], dict[str, Any]]
) -> None:
    gemaakt = kleine_delen()
    stuur(http, gemaakt["bestandsdelen"][0], b"0123", gemaakt["lock"])
    drc.ontgrendel(gemaakt["url"], "")
    klaar = drc.document(gemaakt["url"])
    assert (klaar.locked, klaar.inhoud, klaar.bestandsdelen) == (False, None, [])
    assert stuur(http, gemaakt["bestandsdelen"][1], b"4567", gemaakt["lock"]).status_code == 404


def test_vervangen_door_een_groter_bestand(drc: DocumentenClient, http: httpx.Client, document: Maker) -> None:
    url = document()["url"]
    lock = drc.vergrendel(url)
    bezig = drc.wijzig_document(url, lock, inhoud="", bestandsomvang=7)
    assert (bezig.versie, bezig.inhoud, len(bezig.bestandsdelen)) == (2, None, 1)
    metadata = drc.wijzig_document(url, lock, titel="Ondertussen")
    assert (metadata.versie, len(metadata.bestandsdelen)) == (3, 1)
    stuur(http, metadata.bestandsdelen[0].als_json(), b"1234567", lock)
    drc.ontgrendel(url, lock)
    assert b"".join(drc.stroom(f"{url}/download")) == b"1234567"
    assert b"".join(drc.stroom(f"{url}/download", versie=1)) == b"hallo"


def test_te_groot_om_ineens_te_sturen(drc: DocumentenClient, invoer: Maker) -> None:
    assert status_van(drc, "POST", PAD, invoer(inhoud="A" * (60 * MB))) == 413


def test_een_onmogelijk_groot_bestand(drc: DocumentenClient, document: Maker, invoer: Maker) -> None:
    """Elk deel is meteen een rij: een aangekondigd bestand van petabytes vulde het geheugen van het webproces."""
    for omvang in (bestanden.GROOTSTE_BESTAND + 1, 5 * 10**15, 2**63 - 1):
        json = invoer(inhoud=None, bestandsomvang=omvang)
        assert fouten_van(drc, "POST", PAD, json) == {"bestandsomvang": "max_value"}
        url = document()["url"]
        wijziging = {"inhoud": "", "bestandsomvang": omvang, "lock": drc.vergrendel(url)}
        assert fouten_van(drc, "PATCH", url, wijziging) == {"bestandsomvang": "max_value"}
    grootste = document(inhoud=None, bestandsomvang=bestanden.GROOTSTE_BESTAND)
    assert len(grootste["bestandsdelen"]) == 4096


def test_bewaar_bestand_kiest_zelf_en_gaat_verder_waar_het_bleef(drc: DocumentenClient, invoer: Maker) -> None:
    groot = b"x" * (5 * MB)
    basis = DocumentIn.model_validate({naam: waarde for naam, waarde in invoer().items() if naam != "inhoud"})
    leeg = basis.model_copy(update={"inhoud": None, "bestandsomvang": len(groot)})
    half = drc.maak_document(leeg, sleutel="s")
    drc.stuur_delen(half.bestandsdelen, half.lock, BytesIO(groot))  # en toen viel het proces
    klaar = drc.bewaar_bestand(basis, BytesIO(groot), len(groot), sleutel="s")
    assert b"".join(drc.inhoud(klaar)) == groot
    assert drc.bewaar_bestand(basis, BytesIO(groot), len(groot), sleutel="s").url == klaar.url
    klein = drc.bewaar_bestand(basis, BytesIO(b"dag"), 3, sleutel="t")
    assert b"".join(drc.inhoud(klein)) == b"dag"
    assert drc.vraag("GET", PAD)["count"] == 2


class Nullen:
    """Een groot bestand dat alleen vooruit leest en nergens staat; meet intussen het geheugen van dit proces."""

    def __init__(self, omvang: int) -> None:
        self._rest = omvang
        self.som = hashlib.sha256()
        self.piek = 0

    def read(self, aantal: int) -> bytes:
        brok = bytes(min(aantal, self._rest))
        self._rest -= len(brok)
        self.som.update(brok)
        self.meet()
        return brok

    def meet(self) -> None:
        self.piek = max(self.piek, psutil.Process().memory_info().rss)


@pytest.mark.parametrize("omvang", [64 * MB, pytest.param(4 * 1024 * MB, marks=pytest.mark.traag, id="4GB")])
def test_een_groot_bestand_zonder_geheugen(drc: DocumentenClient, invoer: Maker, omvang: int) -> None:
    """Delen ontvangen, samenvoegen en downloaden stromen: het geheugen groeit niet mee met het bestand."""
    bestand: Any = Nullen(omvang)
    basis = DocumentIn.model_validate({naam: waarde for naam, waarde in invoer().items() if naam != "inhoud"})
    drc.bewaar_bestand(basis, BytesIO(b"x" * (5 * MB)), 5 * MB)  # wat één keer geladen wordt telt niet mee
    vooraf = psutil.Process().memory_info().rss
    klaar = drc.bewaar_bestand(basis, bestand, omvang)
    som, gelezen = hashlib.sha256(), 0
    for brok in drc.inhoud(klaar):
        som.update(brok)
        gelezen += len(brok)
        bestand.meet()
    assert (gelezen, som.digest()) == (omvang, bestand.som.digest())
    assert bestand.piek - vooraf < 20 * MB
