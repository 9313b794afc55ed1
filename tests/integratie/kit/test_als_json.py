"""De JSON die PostgreSQL maakt is dezelfde als die uit Python, en een opdracht rechtstreeks aan psycopg gedraagt zich als elke andere."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy.exc import IntegrityError

from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.opdrachten import eerste, invoegen, rij_van, voer_uit
from kit.antwoord import naar_json
from kit.lezen import Lezer
from registraties.besluiten import deel as besluitendeel
from registraties.catalogi import deel as catalogideel
from registraties.documenten import deel as documentendeel
from registraties.zaken import deel as zakendeel
from registraties.zaken.modellen import Status, Zaak
from tests.integratie.registraties.typen import Herhaal, Typen, maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak, rol_json, zet_status


@pytest.fixture
def typen(herhaal: Herhaal) -> Typen:
    return herhaal(maak_typen)


@pytest.fixture
def zaken(installatie: Installatie) -> ZakenClient:
    return ZakenClient(installatie, namens="zaken")


def _lezers(installatie: Installatie) -> list[Lezer]:
    apps = [
        deel.maak_app(installatie) for deel in (zakendeel, catalogideel, documentendeel, besluitendeel) if deel.maak_app
    ]
    omgevingen: list[Any] = [app.extensions["omgeving"] for app in apps]
    return [Lezer(omgeving, bron) for omgeving in omgevingen for bron in omgeving.registratie.bronnen]


def _vul(zaken: ZakenClient, typen: Typen) -> str:
    hoofd = maak_zaak(zaken, typen)["url"]
    zaak: str = maak_zaak(
        zaken,
        typen,
        omschrijving='Met "aanhalingstekens", \\ en é',
        laatsteBetaaldatum="2026-01-05T10:11:12.123456Z",
        betalingsindicatie="geheel",
        hoofdzaak=hoofd,
        relevanteAndereZaken=[{"url": hoofd, "aardRelatie": "vervolg"}],
        kenmerken=[{"kenmerk": "a", "bron": "zaken:b"}],
        zaakgeometrie={"type": "Point", "coordinates": [5.1, 52.25]},
    )["url"]
    zet_status(zaken, zaak, typen.begin)
    zaken.vraag("POST", "rollen", json=rol_json(zaak, typen.rollen["initiator"]))
    return zaak


def test_json_uit_de_database_is_die_uit_python(installatie: Installatie, zaken: ZakenClient, typen: Typen) -> None:
    _vul(zaken, typen)
    vergeleken = set()
    with installatie.db.lezen() as verbinding:
        for lezer in _lezers(installatie):
            if lezer.json is None or lezer.bron.spiegel:
                continue
            gelezen = [orjson.loads(naar_json(lezer.geef_weer(rij))) for rij in lezer.lijst(verbinding, [], [])]
            gemaakt = [orjson.loads(naar_json(deel)) for deel in lezer.lijst_json(verbinding, lezer.json, [], [])]
            assert gemaakt == gelezen, lezer.bron.enkelvoud
            vergeleken |= {lezer.bron.enkelvoud} if gelezen else set()
    assert vergeleken >= {"zaak", "status", "rol", "statustype", "roltype"}


def test_een_zaakeigenschap_heeft_haar_pad_onder_de_zaak(zaken: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(zaken, typen)["url"]
    url = zaken.vraag(
        "POST", f"{zaak}/zaakeigenschappen", json={"zaak": zaak, "eigenschap": typen.eigenschap, "waarde": "2026"}
    )["url"]
    assert zaken.vraag("GET", zaak)["eigenschappen"] == [url]
    assert zaken.vraag("GET", zaak, params={"expand": "eigenschappen"})["eigenschappen"] == [url]


def test_een_nieuwe_rij_komt_met_dezelfde_weergave_terug(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    zaak = UUID(maak_zaak(zaken, typen)["uuid"])
    (lezer,) = [lezer for lezer in _lezers(installatie) if lezer.bron.enkelvoud == "zaak"]
    with installatie.db.schrijven() as verbinding:
        basis = eerste(verbinding, rij_van(Zaak), {"gezocht": zaak}) or {}

        def rij() -> dict[str, Any]:
            rest = {naam: waarde for naam, waarde in basis.items() if naam != "nr"}
            return {**rest, "id": uuid4(), "identificatie": uuid4().hex}

        voer_uit(verbinding, invoegen(Zaak), rij())  # de gewone opdracht eerst: die geeft niets terug
        nieuw = rij()
        gemaakt = lezer.voeg_in(verbinding, nieuw)
        assert gemaakt is not None
        assert gemaakt == lezer.een_json(verbinding, nieuw["id"])


def test_een_vaste_opdracht_geeft_de_fouten_van_sqlalchemy(installatie: Installatie) -> None:
    rij = {
        "id": uuid4(),
        "zaak": uuid4(),
        "statustype": "x",
        "datum_status_gezet": installatie.klok.nu(),
        "statustoelichting": "",
    }
    with pytest.raises(IntegrityError) as fout, installatie.db.schrijven() as verbinding:
        voer_uit(verbinding, invoegen(Status), rij)
    assert "fk_status_zaak" in str(fout.value)
    with installatie.db.lezen() as verbinding:
        assert eerste(verbinding, rij_van(Status), {"gezocht": rij["id"]}) is None
