"""Een besluit, een verzending of een gebeurtenis voor de ontvangst van het verzoek: geweigerd, met de reden (Awb 4:13, 3:40)."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

import pytest

from contracten import BpmnFout
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitIn
from integratie.catalogi import CatalogiClient
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ZendingIn
from integratie.zaken.schemas import ZaakIn, ZaakUit
from tests.integratie.plugins.proef import Proef
from tests.reishulp import Gemeente

DAG = timedelta(days=1)
BESLUIT = {
    "besluittype": "Vergunning toeristische verhuur", "bestuursorgaan": "Het college", "grondslag": "Awb",
    "mandaat": "Register", "ondertekenaar": "Hoofd",
}  # fmt: skip


@pytest.fixture(scope="module")
def proef(gemeente: Gemeente) -> Proef:
    """Zonder de variant met dove registraties: wat geweigerd wordt, bereikt hen niet."""
    return Proef(gemeente)


def begint_op(gemeente: Gemeente, dag: date) -> ZaakUit:
    """Een zaak zonder klok die op deze dag begint."""
    soort = CatalogiClient(gemeente.installatie, namens="processen").zaaktype("TV-VERGUNNING", dag)
    assert soort is not None
    rsin = gemeente.installatie.instellingen.bronorganisatie
    zaak = ZaakIn(bronorganisatie=rsin, verantwoordelijke_organisatie=rsin, zaaktype=soort.url, startdatum=dag)
    return gemeente.zaken.maak_zaak(zaak, sleutel=uuid4().hex)


def morgen(gemeente: Gemeente) -> date:
    return gemeente.installatie.klok.vandaag() + DAG


@pytest.mark.parametrize(
    ("sleutel", "koppen", "verschil", "reden"),
    [
        ("termijnen.vastleggen", {"soort": "beslist"}, -1, "voor de ontvangst op"),
        ("termijnen.vastleggen", {"soort": "bekendgemaakt"}, -1, "voor de ontvangst op"),
        ("termijnen.vastleggen", {"soort": "ontvangen"}, 1, "moet nog komen"),
    ],
)
def test_een_bouwblok_legt_niets_vast_voor_de_ontvangst(
    proef: Proef, sleutel: str, koppen: Mapping[str, str], verschil: int, reden: str
) -> None:
    zaak = proef.zaak()
    with pytest.raises(BpmnFout, match=reden) as fout:
        proef.voer_uit(sleutel, koppen, zaak=zaak.url, dag=zaak.startdatum + verschil * DAG)
    assert fout.value.code == "datum-kan-niet"


def test_een_klok_begint_niet_met_een_ontvangst_in_de_toekomst(proef: Proef) -> None:
    zaak = begint_op(proef.gemeente, proef.gemeente.installatie.klok.vandaag())
    with pytest.raises(BpmnFout, match="moet nog komen") as fout:
        proef.voer_uit("termijnen.starten", zaak=zaak.url, ontvangen=morgen(proef.gemeente))
    assert fout.value.code == "datum-kan-niet"


def test_geen_besluit_voor_de_ontvangst(proef: Proef) -> None:
    zaak = begint_op(proef.gemeente, morgen(proef.gemeente))
    with pytest.raises(BpmnFout, match="ontvangen op") as fout:
        proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=zaak.url, toelichting="Het mag.")
    assert fout.value.code == "datum-kan-niet"
    assert proef.gemeente.besluiten(zaak) == []


def test_geen_publicatie_voor_het_besluit(proef: Proef) -> None:
    besluit = proef.voer_uit("besluiten.vastleggen", BESLUIT, zaak=proef.zaak().url, toelichting="Het mag.").besluit
    gisteren = proef.gemeente.installatie.klok.vandaag() - DAG
    with pytest.raises(BpmnFout, match="niet eerder gepubliceerd") as fout:
        proef.voer_uit("besluiten.wijzigen", besluit=besluit, publicatiedatum=gisteren)
    assert fout.value.code == "datum-kan-niet"


def test_geen_verzending_voor_de_ontvangst(proef: Proef) -> None:
    """Een ander systeem legde het besluit vast; het gaat niet de deur uit, en een medewerker hoort waarom."""
    gemeente = proef.gemeente
    zaak, vandaag = proef.zaak(), gemeente.installatie.klok.vandaag()
    besluittype = CatalogiClient(gemeente.installatie, namens="processen").besluittype(BESLUIT["besluittype"], vandaag)
    assert besluittype is not None
    besluit = BesluitIn(
        verantwoordelijke_organisatie=gemeente.installatie.instellingen.bronorganisatie, besluittype=besluittype.url,
        zaak=zaak.url, datum=vandaag - 3 * DAG, ingangsdatum=vandaag, identificatie=uuid4().hex[:12],
    )  # fmt: skip
    client = BesluitenClient(gemeente.installatie, namens="processen")
    gemaakt = client.maak_besluit(besluit, sleutel=uuid4().hex)
    zending = ZendingIn(
        uuid=uuid4(), zaak=zaak.url, sjabloon="tv-besluit", soort="toeristische-verhuur",
        besluit=gemaakt.url,
    )  # fmt: skip
    processen = ProcessenClient(gemeente.installatie, namens="processen")
    processen.verstuur(zending)
    gemeente.werk()
    (na,) = [z for z in processen.zendingen(zaak.url) if z.uuid == zending.uuid]
    assert (na.staat, na.kanalen, [b.bezorgd for b in na.bewijs]) == ("mislukt", [], [False])
    assert client.besluit(gemaakt.url).verzenddatum is None
    (taak,) = [t for t in gemeente.taken(zaak) if t.titel == "Bericht kan niet bezorgd worden"]
    assert "ontvangen op" in taak.toelichting
