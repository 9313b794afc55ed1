"""Verandert een zaaktype in het pakket nadat het gepubliceerd is, dan maakt installeren een nieuwe versie; de oude eindigt de dag ervoor."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.catalogi.schemas import ZaakTypeUit
from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket
from processen.pakketten.formaat import Pakket, Statustypedeel
from processen.pakketten.nieuw import maak_nieuw


def _anders(pakket: Pakket, **velden: object) -> Pakket:
    (zaaktype,) = pakket.zaaktypen
    return pakket.model_copy(update={"zaaktypen": [zaaktype.model_copy(update=velden)]})


def _versies(installatie: Installatie) -> list[tuple[date, date | None, str | None]]:
    client = CatalogiClient(installatie, namens="processen")
    alle = client.alle("zaaktypen", ZaakTypeUit, identificatie="BUURTFEEST", status="alles")
    return sorted((v.begin_geldigheid, v.einde_geldigheid, v.doorlooptijd) for v in alle)


def test_een_nieuwe_versie_van_het_zaaktype(installatie: Installatie, tmp_path: Path) -> None:
    motor, vandaag = maak_motor(installatie), installatie.klok.vandaag()
    eerste = lees_pakket(maak_nieuw("buurtfeest", tmp_path / "b"))
    begin, dag = eerste.kop.begin_geldigheid, timedelta(days=1)
    installeer(installatie, motor, eerste)
    tussen = Statustypedeel(omschrijving="In behandeling", statustekst="Wij zijn ermee bezig.")
    ontvangen, klaar = eerste.zaaktypen[0].statustypen
    tweede = _anders(eerste, doorlooptijd="P6W", statustypen=[ontvangen, tussen, klaar])
    for _ in range(2):  # nog eens installeren verandert niets
        installeer(installatie, motor, tweede)
        assert _versies(installatie) == [(begin, vandaag - dag, "P8W"), (vandaag, None, "P6W")]
    client = CatalogiClient(installatie, namens="processen")
    nu, toen = client.zaaktype("BUURTFEEST", vandaag), client.zaaktype("BUURTFEEST", vandaag - dag)
    assert nu is not None
    assert toen is not None
    assert [s.omschrijving for s in client.statustypen(nu.url)] == ["Ontvangen", "In behandeling", "Afgehandeld"]
    assert [s.omschrijving for s in client.statustypen(toen.url)] == ["Ontvangen", "Afgehandeld"]
    installeer(installatie, motor, _anders(tweede, doorlooptijd="P4W"))  # dezelfde dag nog een keer: vanaf morgen
    assert _versies(installatie)[1:] == [(vandaag, vandaag, "P6W"), (vandaag + dag, None, "P4W")]


def test_weigert_de_catalogus_dan_blijft_de_oude_gelden(installatie: Installatie, tmp_path: Path) -> None:
    motor = maak_motor(installatie)
    eerste = lees_pakket(maak_nieuw("buurtfeest", tmp_path / "b"))
    installeer(installatie, motor, eerste)
    zonder_rol = _anders(eerste, roltypen=[])
    streng = maak_platform(installatie.instellingen.model_copy(update={"publiceer_met_onderdelen": True}))
    with pytest.raises(ApiFout):
        installeer(streng, maak_motor(streng), zonder_rol)
    streng.sluit()
    gepubliceerd = CatalogiClient(installatie, namens="processen").zaaktype("BUURTFEEST", installatie.klok.vandaag())
    assert gepubliceerd is not None
    assert gepubliceerd.einde_geldigheid is None
