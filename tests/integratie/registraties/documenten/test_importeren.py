"""Documenten in bulk importeren (uitbreiding uit regels 9): CSV en bestanden, regel voor regel, met een verslag."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.machines import Ondertekening
from kern.tabellen import OutboxTabel
from registraties.documenten import importeren
from registraties.documenten.importeren import KOPPEN, invoer_uit, kop_van
from registraties.documenten.modellen import Documentimport
from tests.integratie.registraties.documenten.test_documenten import PAD, bestanden
from tests.integratie.registraties.rechten import PROEF, geef_rechten, status_van
from tests.integratie.registraties.typen import RSIN, Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak

Stuur = Callable[[str, str], httpx.Response]


@pytest.fixture
def importmap(installatie: Installatie) -> Iterator[Path]:
    map_ = importeren.importmap(installatie)
    (map_ / "onder").mkdir(parents=True)
    (map_ / "een.txt").write_bytes(b"een")
    (map_ / "onder" / "twee.txt").write_bytes(b"twee!")
    yield map_
    for pad in sorted(map_.rglob("*"), reverse=True):
        pad.unlink() if pad.is_file() else pad.rmdir()
    map_.rmdir()


@pytest.fixture
def rij(typen: Typen) -> Callable[..., dict[str, str]]:
    def maak(**velden: str) -> dict[str, str]:
        basis = {
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-01-05",
            "titel": "Geïmporteerd",
            "auteur": "Jan",
            "taal": "nld",
            "bestandspad": "een.txt",
            "informatieobjecttype": typen.informatieobjecttype,
        }
        return dict.fromkeys(KOPPEN, "") | basis | velden

    return maak


def als_csv(*rijen: dict[str, str], koppen: list[str] = KOPPEN) -> str:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, koppen, extrasaction="ignore")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


@pytest.fixture
def stuur(installatie: Installatie) -> Stuur:
    dienst = installatie.diensten["documenten"]

    def doe(url: str, inhoud: str) -> httpx.Response:
        auth = Ondertekening(installatie, dienst, "documenten")
        return installatie.http.post(url, content=inhoud.encode(), headers={"Content-Type": "text/csv"}, auth=auth)

    return doe


@pytest.fixture
def importeer(
    drc: DocumentenClient, stuur: Stuur, werk_outbox_af: Callable[[], int], importmap: Path
) -> Callable[..., tuple[dict[str, Any], list[dict[str, str]]]]:
    """Importeer deze regels helemaal; geeft de stand en het verslag."""

    def doe(*rijen: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, str]]]:
        adressen = drc.vraag("POST", "import/create")
        assert stuur(adressen["uploadUrl"], als_csv(*rijen)).status_code == 200
        werk_outbox_af()
        verslag = b"".join(drc.stroom(adressen["reportUrl"])).decode()
        return drc.vraag("GET", adressen["statusUrl"]), list(csv.DictReader(io.StringIO(verslag)))

    return doe


def test_een_import_met_goede_en_foute_regels(
    drc: DocumentenClient, importeer: Any, rij: Any, typen: Typen, installatie: Installatie, importmap: Path
) -> None:
    (importmap.parent / "geheim.txt").write_bytes(b"geheim")
    uuid = "5b0d6c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f"
    stand, verslag = importeer(
        rij(uuid=uuid, identificatie="I-1", trefwoorden="bouw,huis", bestandsomvang="3"),
        rij(bestandspad="onder/twee.txt", **{"ondertekening.soort": "digitaal", "ondertekening.datum": "2026-01-01"}),
        rij(uuid=uuid),
        rij(identificatie="I-1"),
        rij(bestandspad="../geheim.txt"),
        rij(bestandspad="weg.txt"),
        rij(bestandsomvang="4"),
        rij(titel="", taal="x"),
        rij(informatieobjecttype=typen.catalogus),
        rij(uuid="geen uuid"),
    )
    assert stand == {
        "total": 10,
        "processed": 10,
        "processedSuccessfully": 2,
        "processedInvalid": 8,
        "status": "Voltooid",
    }
    assert [regel["resultaat"] for regel in verslag] == ["geïmporteerd"] * 2 + ["niet geïmporteerd"] * 8
    redenen = [regel["opmerking"].partition(":")[0] for regel in verslag[2:]]
    assert redenen == [
        "uuid",
        "identificatie",
        "bestandspad",
        "bestandspad",
        "bestandsomvang",
        "titel",
        "informatieobjecttype",
        "uuid",
    ]
    een, twee = (drc.vraag("GET", f"{PAD}/{regel['uuid']}") for regel in verslag[:2])
    assert (verslag[0]["uuid"], een["identificatie"], een["trefwoorden"]) == (uuid, "I-1", ["bouw", "huis"])
    assert (een["vertrouwelijkheidaanduiding"], een["bestandsomvang"], een["versie"]) == ("intern", 3, 1)
    assert b"".join(drc.stroom(een["inhoud"])) == b"een"
    assert b"".join(drc.stroom(twee["inhoud"])) == b"twee!"
    assert twee["identificatie"].startswith("DOCUMENT-2026-")
    assert twee["ondertekening"] == {"soort": "digitaal", "datum": "2026-01-01"}
    assert [regel["actie"] for regel in drc.vraag("GET", f"{een['url']}/audittrail")] == ["create"]
    assert drc.vraag("GET", PAD)["count"] == 2


def test_een_regel_met_een_zaak_wordt_gekoppeld_of_komt_er_niet(
    drc: DocumentenClient, importeer: Any, rij: Any, typen: Typen, installatie: Installatie
) -> None:
    zrc = ZakenClient(installatie, namens="zaken")
    zaak = maak_zaak(zrc, typen)["url"]
    stand, verslag = importeer(
        rij(zaakUuid=zaak.rpartition("/")[2]), rij(zaakUuid="5b0d6c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f")
    )
    assert (stand["processedSuccessfully"], stand["processedInvalid"]) == (1, 1)
    (koppeling,) = zrc.vraag("GET", "zaakinformatieobjecten", params={"zaak": zaak})
    assert koppeling["informatieobject"].endswith(verslag[0]["uuid"])
    assert verslag[1]["opmerking"].startswith("zaakUuid")
    assert drc.vraag("GET", PAD)["count"] == 1


def test_een_import_gaat_in_porties_en_na_een_val_verder_waar_hij_was(
    drc: DocumentenClient,
    stuur: Stuur,
    rij: Any,
    werk_outbox_af: Callable[[], int],
    installatie: Installatie,
    importmap: Path,
) -> None:
    """De plaats staat bij elke regel vast: wat al gedaan is gebeurt niet nog eens."""
    adressen = drc.vraag("POST", "import/create")
    titels = [f'Regel {nummer}, met "aanhaling"\nen een regeleinde' for nummer in range(7)]
    stuur(adressen["uploadUrl"], als_csv(*(rij(titel=titel) for titel in titels)))
    with installatie.db.lezen() as verbinding:
        import_ = dict(verbinding.execute(select(*Documentimport.__table__.columns)).mappings().one())
    from registraties.documenten.app import omgeving_van  # noqa: PLC0415  # pas als de motoren draaien

    assert importeren.Importeur(*omgeving_van(installatie), import_).werk_af(3) is True  # en toen viel het proces
    assert drc.vraag("GET", adressen["statusUrl"])["processed"] == 3
    werk_outbox_af()
    stand = drc.vraag("GET", adressen["statusUrl"])
    assert (stand["processedSuccessfully"], stand["status"]) == (7, "Voltooid")
    assert sorted(deel["titel"] for deel in drc.vraag("GET", PAD)["results"]) == titels
    assert len(bestanden(installatie)) == 8  # zeven documenten en de CSV


def test_de_stappen_bewaken_elkaar(
    drc: DocumentenClient, stuur: Stuur, rij: Any, werk_outbox_af: Callable[[], int], importmap: Path
) -> None:
    een = drc.vraag("POST", "import/create")

    def code(antwoord: httpx.Response) -> str:
        assert antwoord.status_code == 400
        return str(antwoord.json().get("invalidParams", [antwoord.json()])[0]["code"])

    assert status_van(drc, "POST", "import/create") == 400  # er wacht er al een
    assert code(stuur(een["uploadUrl"], "")) == "empty-file"
    assert code(stuur(een["uploadUrl"], "uuid,titel\n")) == "missing-import-headers"
    assert status_van(drc, "POST", een["uploadUrl"], {}) == 415
    assert status_van(drc, "GET", een["reportUrl"]) == 404
    assert stuur(een["uploadUrl"], als_csv(rij())).status_code == 200
    assert code(stuur(een["uploadUrl"], als_csv(rij()))) == "invalid-status"
    weg = een["statusUrl"].replace("/status", "/delete")
    assert status_van(drc, "DELETE", weg) == 400  # hij is bezig
    werk_outbox_af()
    drc.vraag("DELETE", weg)
    assert status_van(drc, "GET", een["statusUrl"]) == 404
    assert drc.vraag("GET", PAD)["count"] == 1  # de documenten blijven
    assert drc.vraag("POST", "import/create")["uploadUrl"]


def test_zonder_map_of_zonder_alle_autorisaties(
    drc: DocumentenClient, stuur: Stuur, rij: Any, installatie: Installatie
) -> None:
    geef_rechten(installatie, {"component": "ztc", "scopes": ["catalogi.lezen"]})
    assert status_van(DocumentenClient(installatie, namens=PROEF), "POST", "import/create") == 403
    een = drc.vraag("POST", "import/create")
    antwoord = stuur(een["uploadUrl"], als_csv(rij()))
    assert antwoord.json()["invalidParams"][0]["code"] == "import-dir-not-found"


def test_een_import_die_steeds_omvalt_staat_op_fout(
    drc: DocumentenClient, stuur: Stuur, rij: Any, installatie: Installatie, importmap: Path, klok: Any
) -> None:
    een = drc.vraag("POST", "import/create")
    stuur(een["uploadUrl"], als_csv(rij()))
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Documentimport).values(bestand="weg/weg"))
        verbinding.execute(
            update(OutboxTabel).where(OutboxTabel.verwerker == "documenten.importeren").values(pogingen=99)
        )
    from kern.outbox import Afhandelaar  # noqa: PLC0415  # pas als de motoren draaien

    Afhandelaar(installatie).werk_af()
    assert drc.vraag("GET", een["statusUrl"])["status"] == "Fout"


def test_de_csv_lezen() -> None:
    assert kop_van('\ufeffa,b\n1,"x\ny"\n\n2,z\n'.encode()) == (["a", "b"], 7, 2)
    with pytest.raises(ValueError, match="decode"):
        kop_van(b"\xff\xfe")
    assert invoer_uit(
        {"titel": "T", "bestandsomvang": "", "integriteit.waarde": "w", "uuid": "x", "trefwoorden": " a, "}
    ) == {
        "titel": "T",
        "bestandsomvang": None,
        "integriteit": {"waarde": "w"},
        "trefwoorden": ["a"],
    }
