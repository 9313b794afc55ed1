"""Verzoeken van wie niet inlogde, verzoeken bij een bestaande zaak, en berichten van het ene proces aan het andere."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from contracten import BpmnFout
from integratie.verzoeken import VerzoekenClient
from integratie.zaken.rollen import initiator_van
from processen.motor.tabellen import Bericht
from tests.integratie.plugins.proef import REGISTRATIE, Proef

ZAAKTYPE = {"zaaktype": "TV-REGISTRATIE"}


def _zonder_inloggen(proef: Proef, **antwoorden: str) -> str:
    verzoek = proef.gemeente.dien_in(
        "registratie", {**REGISTRATIE, **antwoorden}, initiator="", authenticatie_context=None
    )
    zaak: str = proef.voer_uit("zaken.zaak-aanmaken", ZAAKTYPE, verzoek=verzoek.url).zaak
    return zaak


@pytest.mark.parametrize(
    ("antwoorden", "naam"), [({"naam": "Sam"}, "Sam"), ({"email": "x@voorbeeld.example"}, "Onbekend")]
)
def test_wie_niet_inlogde_staat_er_bij_naam_in(proef: Proef, antwoorden: dict[str, str], naam: str) -> None:
    rol = initiator_van(proef.gemeente.zaken, _zonder_inloggen(proef, **antwoorden))
    assert rol is not None
    assert rol.betrokkene_identificatie is not None
    assert rol.betrokkene_identificatie["geslachtsnaam"] == naam
    assert not rol.betrokkene_identificatie.get("inpBsn")


def test_wie_anoniem_is_krijgt_geen_rol(proef: Proef) -> None:
    assert initiator_van(proef.gemeente.zaken, _zonder_inloggen(proef)) is None


def test_verzoek_bij_een_bestaande_zaak(proef: Proef) -> None:
    zaak, verzoek = proef.zaak("registratie"), proef.verzoek("registratie")
    nummer = f" {zaak.identificatie.lower()} "
    uitvoer = proef.voer_uit("verzoeken.bij-zaak", ZAAKTYPE, verzoek=verzoek.url, zaaknummer=nummer)
    assert (uitvoer.zaak, uitvoer.open, uitvoer.bereikbaar, uitvoer.status) == (zaak.url, True, True, "")
    proef.voer_uit("zaken.status-zetten", {"statustype": "Ontvangen"}, zaak=zaak.url)
    opnieuw = proef.voer_uit("verzoeken.bij-zaak", ZAAKTYPE, verzoek=verzoek.url, zaaknummer=zaak.identificatie)
    assert opnieuw.status == "Ontvangen"
    nu = VerzoekenClient(proef.gemeente.installatie, namens="processen").verzoek(verzoek.url)
    assert [deel.urn.rpartition(":")[2] for deel in nu.is_gerelateerd_aan] == [zaak.identificatie]


@pytest.mark.parametrize("nummer", ["", "ZAAK-BESTAAT-NIET"])
def test_een_nummer_dat_niet_bestaat(proef: Proef, nummer: str) -> None:
    with pytest.raises(BpmnFout, match="niet-gevonden"):
        proef.voer_uit("verzoeken.bij-zaak", ZAAKTYPE, verzoek=proef.verzoek("registratie").url, zaaknummer=nummer)


def test_een_zaak_van_een_ander_zaaktype(proef: Proef) -> None:
    nummer = proef.zaak("vergunning").identificatie
    with pytest.raises(BpmnFout, match="niet-gevonden"):
        proef.voer_uit("verzoeken.bij-zaak", ZAAKTYPE, verzoek=proef.verzoek("registratie").url, zaaknummer=nummer)


def test_bericht_aan_een_ander_proces(proef: Proef) -> None:
    sleutel = uuid4().hex
    proef.voer_uit("processen.bericht-sturen", {"bericht": "heropend"}, sleutel=sleutel, inhoud={"reden": "nog stuk"})
    with proef.gemeente.installatie.db.lezen() as verbinding:
        aantal = verbinding.scalar(select(func.count()).select_from(Bericht).where(Bericht.sleutel == sleutel))
    assert aantal == 1
