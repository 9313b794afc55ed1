"""De bijgehouden telling (`kit.tellingen`) is op elk moment gelijk aan het echte aantal, ook onder rechten en gelijktijdig schrijven."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from registraties.zaken.modellen import Telling, Zaak
from tests.integratie.registraties.rechten import geef_rechten
from tests.integratie.registraties.typen import Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak


def aantal(client: ZakenClient) -> int:
    """De telling zoals de lijst haar geeft; een volle pagina telt niet zichzelf."""
    gevonden = client.vraag("GET", "zaken", params={"pageSize": 1})
    return int(gevonden["count"])


def echt(installatie: Installatie) -> tuple[int, int]:
    """Wat er bijgehouden is, en wat er staat."""
    with installatie.db.lezen() as verbinding:
        bijgehouden = verbinding.execute(select(func.coalesce(func.sum(Telling.aantal), 0))).scalar_one()
        return int(bijgehouden), verbinding.execute(select(func.count()).select_from(Zaak)).scalar_one()


def test_volgt_maken_wijzigen_en_verwijderen(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    urls = [maak_zaak(baas, typen, vertrouwelijkheidaanduiding="openbaar")["url"] for _ in range(3)]
    deelzaak = maak_zaak(baas, typen, hoofdzaak=urls[0])["url"]
    assert aantal(baas) == 4
    baas.vraag("PATCH", urls[1], json={"vertrouwelijkheidaanduiding": "geheim"})
    assert aantal(baas) == 4
    baas.vraag("DELETE", urls[0])  # met de deelzaak
    assert deelzaak
    assert aantal(baas) == 2
    assert echt(installatie) == (2, 2)


def test_telt_alleen_wat_de_aanroeper_mag_zien(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    ander = maak_typen(installatie, "ANDER")
    openbaar = [maak_zaak(baas, typen, vertrouwelijkheidaanduiding="openbaar")["url"] for _ in range(2)]
    maak_zaak(baas, typen, vertrouwelijkheidaanduiding="geheim")
    maak_zaak(baas, ander, vertrouwelijkheidaanduiding="openbaar")
    autorisatie = {"component": "zrc", "scopes": ["zaken.lezen"], "zaaktype": typen.zaaktype}
    geef_rechten(installatie, {**autorisatie, "maxVertrouwelijkheidaanduiding": "intern"}, namens="lezer")
    lezer = ZakenClient(installatie, namens="lezer")
    assert aantal(lezer) == 2
    baas.vraag("PATCH", openbaar[0], json={"vertrouwelijkheidaanduiding": "geheim"})
    assert aantal(lezer) == 1
    assert aantal(baas) == 4


def test_een_teruggedraaide_transactie_telt_niet(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    maak_zaak(baas, typen)

    def haal_weg_en_struikel() -> None:
        with installatie.db.schrijven() as verbinding:
            verbinding.execute(text("DELETE FROM zaken.zaak"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        haal_weg_en_struikel()
    assert echt(installatie) == (1, 1)


def test_tegelijk_schrijven_telt_elke_zaak(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    with ThreadPoolExecutor(8) as draden:
        list(draden.map(lambda _: maak_zaak(baas, typen), range(24)))
    assert echt(installatie) == (24, 24)
    assert aantal(baas) == 24
