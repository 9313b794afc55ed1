"""Brieven met een zegel, terwijl workers halverwege met kill -9 omvallen: van elke zaak één brief, heel en verzegeld."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from dienstverlening.samenstellen import maak_platform
from integratie.documenten import DocumentenClient
from integratie.documenten.schemas import DocumentUit
from integratie.verzoeken.schemas import VerzoekUit
from kern.klok import Klok
from kern.motoren import Motoren
from kern.tabellen import OutboxTabel
from tests import opzet
from tests.duurzaam.afdruk import dood
from tests.duurzaam.test_reis import nieuw_werk, wat_er_ligt
from tests.duurzaam.test_worker import wacht
from tests.duurzaam.werkers import werkend
from tests.eenheid.formuliermotor.test_zegel import WACHTWOORD, maak_certificaat
from tests.reishulp import Gemeente

AANTAL, KILLS, GEDULD = 3, 3, 150
LEASE = 5  # langer dan een brief op een drukke machine kost: anders begint een tweede worker eraan terwijl de eerste nog bezig is
REGISTRATIE = {"woonsituatie": "koop", "deelVanWoning": "geheel"}


@pytest.fixture
def gemeente(
    motoren: Motoren, maak_database: Callable[..., str], worker_naam: str, tmp_path: Path
) -> Iterator[Gemeente]:
    nu = Klok().nu()
    pad = maak_certificaat(tmp_path, nu - timedelta(days=1), nu + timedelta(days=90))
    instellingen = opzet.instellingen_voor(
        maak_database(ingericht=True), motoren.redis_url, tmp_path, redis_prefix=f"brieven-{worker_naam}:",
        zegel_bestand=str(pad), zegel_wachtwoord=SecretStr(WACHTWOORD),
    )  # fmt: skip
    installatie = maak_platform(instellingen)
    yield Gemeente(installatie)
    installatie.sluit()


def brieven(gemeente: Gemeente, verzoek: VerzoekUit) -> list[DocumentUit]:
    """De brieven bij de zaak van dit verzoek."""
    client = DocumentenClient(gemeente.installatie, namens="processen")
    koppelingen = gemeente.zaken.documenten(gemeente.zaak(verzoek).url)
    alle = [client.document(koppeling.informatieobject) for koppeling in koppelingen]
    return [document for document in alle if "sjabloon:tv-bevestiging-registratie" in document.trefwoorden]


def klaar(gemeente: Gemeente) -> bool:
    """Ligt er geen werk meer? Wat pas over uren aan de beurt is (nakijken of een bestand nog ergens bij hoort) telt niet."""
    straks = gemeente.installatie.klok.nu() + timedelta(hours=1)
    with gemeente.installatie.db.lezen() as verbinding:
        return not verbinding.execute(select(func.count()).where(OutboxTabel.vanaf < straks)).scalar_one()


@pytest.mark.traag
def test_geen_brief_dubbel_en_geen_kwijt(gemeente: Gemeente) -> None:
    gezien: set[UUID] = set()
    verzoeken = [gemeente.dien_in("registratie", REGISTRATIE) for _ in range(AANTAL)]
    with werkend(gemeente.installatie.instellingen, lease=LEASE) as werkers:
        for _ in range(KILLS):
            wacht(lambda: nieuw_werk(gemeente.installatie, gezien) or klaar(gemeente), GEDULD)
            werkers.val_om(0, 1)
        try:
            wacht(lambda: klaar(gemeente), GEDULD)
        except AssertionError:
            pytest.fail("\n".join(wat_er_ligt(gemeente.installatie)))
    assert dood(gemeente.installatie) == 0
    client = DocumentenClient(gemeente.installatie, namens="processen")
    for verzoek in verzoeken:
        (brief,) = brieven(gemeente, verzoek)
        inhoud = b"".join(client.inhoud(brief))
        assert len(inhoud) == brief.bestandsomvang
        assert b"/ETSI.CAdES.detached" in inhoud
        assert len(client.zoek_documenten(identificatie=brief.identificatie).results) == 1
