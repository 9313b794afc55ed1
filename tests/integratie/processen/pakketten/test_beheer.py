"""Een pakket exporteren, vergelijken met wat er staat, en verwijderen."""

import zipfile
from pathlib import Path

import pytest

from integratie.basis import ApiFout
from integratie.configuratie import FORMULIER, PROCESPAKKET, Configuratie
from integratie.producttypen import ProducttypenClient
from kern.installatie import Installatie
from processen import maak_motor
from processen.motor import Motor, NietGevonden
from processen.pakketten import PakketFout, installeer, lees_pakket
from processen.pakketten.exporteren import als_bestanden, lees_geinstalleerd, schrijf
from processen.pakketten.opdrachten import MEEGELEVERD
from processen.pakketten.verschil import verschil
from processen.pakketten.verwijderen import verwijder
from tests.reishulp import CORPORATIE, Gemeente

NAAM = "toeristische-verhuur"
PAKKET = MEEGELEVERD / NAAM


@pytest.fixture
def motor(installatie: Installatie) -> Motor:
    Gemeente(installatie).richt_in()
    return maak_motor(installatie)


def test_wat_geinstalleerd_is_komt_er_gelijk_weer_uit(installatie: Installatie, motor: Motor, tmp_path: Path) -> None:
    origineel, terug = lees_pakket(PAKKET), lees_geinstalleerd(installatie, motor, NAAM)
    assert (
        verschil(origineel.model_copy(update={"beslissingen": {}}), terug.model_copy(update={"beslissingen": {}})) == []
    )
    assert list(terug.beslissingen.values()) == list(origineel.beslissingen.values())
    schrijf(terug, tmp_path / "map")
    assert als_bestanden(lees_pakket(tmp_path / "map")) == als_bestanden(terug)
    for naam in ("a.zip", "b.zip"):
        schrijf(terug, tmp_path / naam)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as zip_:
        assert f"{NAAM}/pakket.toml" in zip_.namelist()


def test_wijziging_van_een_beheerder_staat_in_het_verschil(installatie: Installatie, motor: Motor) -> None:
    client = Configuratie(installatie, namens="processen")
    sleutel = "toeristische-verhuur-opheffen"
    formulier = client.haal(FORMULIER, sleutel)
    assert formulier is not None
    formulier["definitie"]["naam"] = {"nl": "Anders", "en": "Different"}
    client.bewaar(FORMULIER, sleutel, formulier)
    model = lees_pakket(PAKKET).processen["toeristische-verhuur-controle"].replace(b'name="In orde"', b'name="Prima"')
    with installatie.db.schrijven() as verbinding:
        motor.zet_neer(verbinding, model, pakket=NAAM)
    regels = verschil(lees_geinstalleerd(installatie, motor, NAAM), lees_pakket(PAKKET))
    assert any(regel.startswith(f"formulieren/{sleutel}.json: naam.nl: Anders wordt ") for regel in regels)
    assert "processen/toeristische-verhuur-controle.bpmn: in-orde (In orde) is veranderd" in regels


def test_verwijderen_niet_zolang_er_iets_loopt(installatie: Installatie, motor: Motor) -> None:
    with installatie.db.schrijven() as verbinding:
        instantie = motor.start(verbinding, "loopt", "toeristische-verhuur-controle", {"zaak": "x"})
    with pytest.raises(PakketFout, match="er lopen nog 1 instanties"):
        verwijder(installatie, motor, NAAM)
    client = Configuratie(installatie, namens="processen")
    assert client.haal(PROCESPAKKET, NAAM) is not None
    with installatie.db.schrijven() as verbinding:
        motor.breek_af(verbinding, instantie, door="test")
    weg = verwijder(installatie, motor, NAAM)
    assert "proces toeristische-verhuur-controle" in weg
    assert client.haal(PROCESPAKKET, NAAM) is None
    assert client.haal(FORMULIER, "toeristische-verhuur-opheffen") is None
    _de_dienst_is_gestopt(installatie)
    with pytest.raises(NietGevonden), installatie.db.schrijven() as verbinding:
        motor.start(verbinding, "nieuw", "toeristische-verhuur-controle", {})
    with pytest.raises(PakketFout):
        verwijder(installatie, motor, NAAM)
    installeer(installatie, motor, lees_pakket(PAKKET))
    assert Gemeente(installatie).dien_in("vergunning", CORPORATIE).versie == 2
    assert verschil(lees_geinstalleerd(installatie, motor, NAAM), lees_geinstalleerd(installatie, motor, NAAM)) == []


def _de_dienst_is_gestopt(installatie: Installatie) -> None:
    """Het product zegt het, en de Verzoeken API neemt er niets meer voor aan, ook niet met het nummer van een versie."""
    product = ProducttypenClient(installatie, namens="processen").producttype("toeristische-verhuur-registratie")
    assert product is not None
    assert product.gestopt_op(installatie.klok.vandaag()) == installatie.klok.vandaag()
    for versie in (None, 1):
        with pytest.raises(ApiFout) as fout:
            Gemeente(installatie).dien_in("vergunning", CORPORATIE, versie=versie)
        assert (fout.value.status, fout.value.fouten[0].code) == (400, "unknown-schema")
