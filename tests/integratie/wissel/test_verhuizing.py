"""Dezelfde gegevens onder een ander adres (een andere poort): oude verwijzingen werken, en wat wachtte gaat verder."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from sqlalchemy import func, select

from dienstverlening.inrichten import richt_in
from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from integratie.berichten import BerichtenClient
from integratie.besluiten import BesluitenClient
from integratie.documenten import DocumentenClient
from integratie.producten import ProductenClient
from integratie.urn import urn_bsn
from integratie.verzoeken import VerzoekenClient
from integratie.zaken.schemas import ZaakUit
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from kern.outbox import Afhandelaar
from kern.tabellen import OutboxTabel
from tests import opzet
from tests.duurzaam.afdruk import dood
from tests.reishulp import CORPORATIE, KOOP, Gemeente

POORT_A, POORT_B = "http://gemeente.test:8000", "http://gemeente.test:9000"
REGISTRATIE = {"woonsituatie": "koop", "deelVanWoning": "geheel"}


class Verhuisbaar(Gemeente):
    """Een gemeente die op dezelfde gegevens een ander adres kan krijgen."""

    def verhuis(self, adres: str) -> None:
        instellingen = self.installatie.instellingen.model_copy(update={"publiek_adres": adres})
        self.installatie.sluit()
        self.installatie = maak_platform(instellingen, VerzetbareKlok())
        richt_in(self.installatie)  # zoals bij elke start na bijwerken


@pytest.fixture(scope="module")
def ingericht(
    motoren: Motoren, maak_database: Callable[[], str], worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Verhuisbaar]:
    instellingen = opzet.instellingen_voor(
        maak_database(),
        motoren.redis_url,
        tmp_path_factory.mktemp("verhuis"),
        redis_prefix=f"verhuis-{worker_naam}:",
    ).model_copy(update={"publiek_adres": POORT_A})
    gemeente = Verhuisbaar(maak_platform(instellingen, VerzetbareKlok()))
    gemeente.richt_in()
    yield gemeente
    gemeente.installatie.sluit()


@pytest.fixture
def gemeente(ingericht: Verhuisbaar) -> Verhuisbaar:
    """Elke test begint op het eerste adres."""
    if ingericht.installatie.instellingen.adres != POORT_A:
        ingericht.verhuis(POORT_A)
    return ingericht


def eis_alles_klaar(gemeente: Gemeente) -> None:
    """Niets dat nu nog moet (wel wat later pas kan, zoals een herinnering), en niets dat mislukte."""
    vraag = select(func.count()).where(OutboxTabel.vanaf <= gemeente.installatie.klok.nu())
    with gemeente.installatie.db.lezen() as verbinding:
        assert verbinding.execute(vraag).scalar_one() == 0
    assert dood(gemeente.installatie) == 0


def producten(gemeente: Gemeente, zaak: ZaakUit) -> int:
    return sum(product.aanvraag_zaak_url == zaak.url for product in gemeente.producten())


def test_wie_op_een_mens_wacht_gaat_verder(gemeente: Verhuisbaar) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    oud = gemeente.zaak(verzoek)
    gemeente.verhuis(POORT_B)
    (taak,) = gemeente.taken(oud)
    # De gegevens van een taak zijn van het proces en blijven letterlijk; de client brengt een oud adres naar het nieuwe.
    assert taak.gegevens["verzoek"].startswith(POORT_A)
    gevonden = VerzoekenClient(gemeente.installatie, namens="behandelen").verzoek(taak.gegevens["verzoek"])
    assert gevonden.uuid == verzoek.uuid
    gemeente.rond_af(gemeente.zaak(verzoek), besluit="verlenen", motivering="Toch goed.")
    zaak = gemeente.zaak(verzoek)
    assert (gemeente.resultaat(zaak), zaak.url) == ("Verleend", oud.url.replace(POORT_A, POORT_B))
    assert producten(gemeente, zaak) == 1
    eis_alles_klaar(gemeente)


def test_wie_op_de_aanvrager_wacht_gaat_verder_ook_twee_keer(gemeente: Verhuisbaar) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    gemeente.rond_af(gemeente.zaak(verzoek), besluit="aanvullen", vraag="Stuur een plattegrond")
    gemeente.verhuis(POORT_B)
    gemeente.vul_aan(toelichting="Hier is hij")
    gemeente.verhuis(POORT_A)
    gemeente.rond_af(gemeente.zaak(verzoek), besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning.")
    assert gemeente.resultaat(gemeente.zaak(verzoek)) == "Geweigerd"
    assert len(gemeente.besluiten(gemeente.zaak(verzoek))) == 1
    eis_alles_klaar(gemeente)


@pytest.mark.parametrize("stappen", [1, 8])
def test_werk_dat_klaarstond_gaat_verder(gemeente: Verhuisbaar, stappen: int) -> None:
    """Rijen in de outbox kennen het oude adres; waar in de reis de verhuizing ook valt."""
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gedaan = iter(range(stappen))
    Afhandelaar(gemeente.installatie).werk_af(lambda: next(gedaan, None) is not None)
    gemeente.verhuis(POORT_B)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.resultaat(zaak) == "Verleend"
    assert len(gemeente.besluiten(zaak)) == producten(gemeente, zaak) == 1
    assert len(list(gemeente.zaken.documenten(zaak.url))) == 2
    van_zaak = [b for b in gemeente.berichten() if zaak.identificatie in b.is_gerelateerd_aan[0].urn]
    assert len(van_zaak) == 2
    eis_alles_klaar(gemeente)


def test_oude_verwijzingen_blijven_werken(gemeente: Verhuisbaar) -> None:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    (besluit,) = gemeente.besluiten(zaak)
    document = next(gemeente.zaken.documenten(zaak.url)).informatieobject
    gemeente.verhuis(POORT_B)
    drc = DocumentenClient(gemeente.installatie, namens="processen")
    brc = BesluitenClient(gemeente.installatie, namens="processen")
    assert gemeente.zaken.zaak(zaak.url).identificatie == zaak.identificatie
    assert [b.identificatie for b in brc.besluiten(zaak=zaak.url)] == [besluit.identificatie]
    assert brc.besluit(besluit.url).zaak == zaak.url.replace(POORT_A, POORT_B)
    assert len(list(drc.koppelingen(object=zaak.url))) == 2
    assert b"".join(drc.inhoud(drc.document(document))).startswith(b"%PDF")
    with pytest.raises(ApiFout) as fout:  # dezelfde koppeling, met de oude adressen: hij is er al
        gemeente.zaken.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak.url, "informatieobject": document})
    assert {deel.code for deel in fout.value.fouten} == {"unique"}


def test_nergens_staat_het_oude_adres_nog(gemeente: Verhuisbaar) -> None:
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    oud = gemeente.zaak(verzoek).url
    gemeente.verhuis(POORT_B)
    gesprekken: dict[str, Any] = {
        "zaken": gemeente.zaken.vraag("GET", oud, params={"expand": "status,rollen"}),
        "producten": ProductenClient(gemeente.installatie, namens="kcc").vraag("GET", "producten"),
        "berichten": BerichtenClient(gemeente.installatie, namens="mijngemeente").vraag(
            "POST", "berichten/_zoek", json={"ontvanger": urn_bsn(gemeente.bsn)}
        ),
        "documenten": DocumentenClient(gemeente.installatie, namens="kcc").vraag("GET", "objectinformatieobjecten"),
    }
    for naam, antwoord in gesprekken.items():
        tekst = orjson.dumps(antwoord).decode()
        assert POORT_A not in tekst, naam
        assert len(tekst) > 100, naam
