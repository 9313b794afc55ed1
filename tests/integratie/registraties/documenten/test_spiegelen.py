"""Een document bij een zaak staat in twee registraties, alles of niets (zrc-005, drc-002 tot en met drc-004, ontwerp §6)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from integratie.basis import ApiFout
from integratie.documenten import DocumentenClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from kern.transport import WsgiApp
from kit.marks import AANMAKEN, TERUG_AANMAKEN, TERUG_VERWIJDEREN, VERWIJDEREN
from registraties.documenten.modellen import ObjectInformatieObject
from registraties.zaken.modellen import Audittrail, ZaakInformatieObject
from tests.integratie.registraties.documenten.conftest import Maker
from tests.integratie.registraties.rechten import fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen
from tests.integratie.registraties.zaken.hulp import maak_zaak

PAD = "zaakinformatieobjecten"
SWEEPER = timedelta(seconds=31)
ONGEDULD = timedelta(seconds=11)


@pytest.fixture
def zrc(installatie: Installatie) -> ZakenClient:
    return ZakenClient(installatie, namens="zaken")


@pytest.fixture
def koppeling(zrc: ZakenClient, typen: Typen, document: Maker) -> dict[str, str]:
    """De invoer voor een koppeling die nog niet bestaat."""
    return {"zaak": maak_zaak(zrc, typen)["url"], "informatieobject": document()["url"]}


class Val(BaseException):
    """Het proces viel: niets dat gewone fouten afhandelt vangt dit."""


class Storing:
    """Een Documenten API die hapert: 503 op verzoeken met deze methode op koppelingen, eventueel na het wel te doen.

    `val`: dit proces valt op dat moment, en doet dus ook niets meer daarna.
    """

    def __init__(self, platform: WsgiApp) -> None:
        self._platform = platform
        self.methode = ""
        self.eerst_doen = False
        self.val = False

    def __call__(self, omgeving: dict[str, Any], start: Any) -> Any:
        raak = (
            self.methode in (omgeving["REQUEST_METHOD"], "*") and "/objectinformatieobjecten" in omgeving["PATH_INFO"]
        )
        if not raak:
            return self._platform(omgeving, start)
        if self.eerst_doen:
            b"".join(self._platform(omgeving, lambda *_: lambda _deel: None))
        if self.val:
            self.methode = "*"
            raise Val
        start("503 Storing", [("Content-Length", "0")])
        return []


@pytest.fixture
def storing(installatie: Installatie) -> Iterator[Storing]:
    platform = installatie.wsgi
    ervoor = Storing(platform)
    installatie.stel_samen(ervoor)
    yield ervoor
    installatie.stel_samen(platform)


def aantal(installatie: Installatie, tabel: Any) -> int:
    with installatie.db.lezen() as verbinding:
        gevonden: int = verbinding.execute(select(func.count()).select_from(tabel)).scalar_one()
    return gevonden


def sporen_van_koppelingen(installatie: Installatie) -> tuple[int, int]:
    """Aantal auditregels en aantal notificaties over koppelingen."""
    with installatie.db.lezen() as verbinding:
        audit = select(func.count()).where(Audittrail.resource == "zaakinformatieobject")
        berichten = verbinding.scalars(select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == "notificatie")).all()
        return verbinding.execute(audit).scalar_one(), [b["resource"] for b in berichten].count("zaakinformatieobject")


def test_koppelen_en_ontkoppelen(
    zrc: ZakenClient, drc: DocumentenClient, koppeling: dict[str, str], installatie: Installatie
) -> None:
    gemaakt = zrc.vraag("POST", PAD, json=koppeling)
    gespiegeld = list(drc.koppelingen(object=koppeling["zaak"]))
    assert [(k.informatieobject, k.object, k.object_type) for k in gespiegeld] == [
        (koppeling["informatieobject"], koppeling["zaak"], "zaak")
    ]
    assert zrc.vraag("GET", koppeling["zaak"])["zaakinformatieobjecten"] == [gemaakt["url"]]
    assert sporen_van_koppelingen(installatie) == (1, 1)
    assert drc.zoek_documenten(objectinformatieobjecten_object=koppeling["zaak"]).count == 1
    zrc.verwijder(gemaakt["url"])
    assert list(drc.koppelingen(object=koppeling["zaak"])) == []
    assert zrc.vraag("GET", PAD, params={"zaak": koppeling["zaak"]}) == []
    assert sporen_van_koppelingen(installatie)[0] == 2
    with installatie.db.lezen() as verbinding:  # er bleef niets staan om na te kijken
        assert set(verbinding.scalars(select(OutboxTabel.verwerker))) == {"notificatie"}


def test_herhalen_met_dezelfde_sleutel(zrc: ZakenClient, koppeling: dict[str, str], installatie: Installatie) -> None:
    een, twee = (zrc.vraag("POST", PAD, json=koppeling, sleutel="k") for _ in range(2))
    assert een == twee
    assert aantal(installatie, ZaakInformatieObject) == aantal(installatie, ObjectInformatieObject) == 1


def test_acht_keer_tegelijk_geeft_een_koppeling(
    zrc: ZakenClient, koppeling: dict[str, str], installatie: Installatie
) -> None:
    def koppel(_nr: int) -> int:
        try:
            zrc.vraag("POST", PAD, json=koppeling)
        except ApiFout as fout:
            return fout.status
        return 201

    with ThreadPoolExecutor(4) as draden:
        uitkomsten = list(draden.map(koppel, range(8)))
    assert uitkomsten.count(201) == 1
    assert set(uitkomsten) <= {201, 400, 409}
    assert aantal(installatie, ZaakInformatieObject) == aantal(installatie, ObjectInformatieObject) == 1
    assert sporen_van_koppelingen(installatie) == (1, 1)


def test_koppelen_zonder_recht_laat_niets_achter(
    koppeling: dict[str, str], installatie: Installatie, typen: Typen
) -> None:
    recht = {"component": "zrc", "zaaktype": typen.zaaktype, "maxVertrouwelijkheidaanduiding": "openbaar"}
    geef_rechten(installatie, {**recht, "scopes": ["zaken.bijwerken"]})
    assert status_van(ZakenClient(installatie, namens="proef"), "POST", PAD, koppeling) == 403
    assert aantal(installatie, ZaakInformatieObject) == aantal(installatie, ObjectInformatieObject) == 0


@pytest.mark.parametrize("eerst_doen", [False, True])
def test_storing_bij_koppelen_draait_alles_terug(
    zrc: ZakenClient, koppeling: dict[str, str], storing: Storing, installatie: Installatie, eerst_doen: bool
) -> None:
    """Ook als de andere kant het wel deed maar het antwoord kwijtraakte."""
    storing.methode, storing.eerst_doen = "POST", eerst_doen
    assert fouten_van(zrc, "POST", PAD, koppeling) == {"nonFieldErrors": "pending-relations"}
    assert aantal(installatie, ZaakInformatieObject) == aantal(installatie, ObjectInformatieObject) == 0
    assert sporen_van_koppelingen(installatie) == (0, 0)
    storing.methode = ""
    assert zrc.vraag("POST", PAD, json=koppeling)["zaak"] == koppeling["zaak"]


@pytest.mark.parametrize("eerst_doen", [False, True])
def test_storing_bij_ontkoppelen_houdt_de_koppeling(
    zrc: ZakenClient,
    drc: DocumentenClient,
    koppeling: dict[str, str],
    storing: Storing,
    installatie: Installatie,
    eerst_doen: bool,
) -> None:
    url = zrc.vraag("POST", PAD, json=koppeling)["url"]
    storing.methode, storing.eerst_doen = "DELETE", eerst_doen
    assert fouten_van(zrc, "DELETE", url) == {"nonFieldErrors": "pending-relations"}
    assert zrc.vraag("GET", url)["zaak"] == koppeling["zaak"]
    assert len(list(drc.koppelingen(object=koppeling["zaak"]))) == 1
    assert sporen_van_koppelingen(installatie) == (1, 1)
    storing.methode = ""
    zrc.verwijder(url)
    assert aantal(installatie, ZaakInformatieObject) == aantal(installatie, ObjectInformatieObject) == 0


def zet_mark(installatie: Installatie, mark: str) -> None:
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(ZaakInformatieObject).values(mark=mark))


@pytest.mark.parametrize("mark", [AANMAKEN, TERUG_AANMAKEN])
@pytest.mark.parametrize("eerst_doen", [False, True])
def test_val_tijdens_koppelen_ruimt_de_outbox_op(
    zrc: ZakenClient,
    drc: DocumentenClient,
    koppeling: dict[str, str],
    storing: Storing,
    installatie: Installatie,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
    mark: str,
    eerst_doen: bool,
) -> None:
    """De aanroeper kreeg nooit antwoord: beide kanten gaan terug naar hoe het was, ook als het proces bij het terugdraaien viel."""
    storing.methode, storing.val, storing.eerst_doen = "POST", True, eerst_doen
    with pytest.raises(Val):
        zrc.vraag("POST", PAD, json=koppeling)
    storing.methode = ""
    zet_mark(installatie, mark)
    assert zrc.vraag("GET", PAD, params={"zaak": koppeling["zaak"]}) == []
    assert zrc.vraag("GET", koppeling["zaak"])["zaakinformatieobjecten"] == []
    assert status_van(zrc, "POST", PAD, koppeling) == 409
    klok.verzet(SWEEPER)
    werk_outbox_af()
    assert aantal(installatie, ZaakInformatieObject) == 0
    assert list(drc.koppelingen(object=koppeling["zaak"])) == []
    assert sporen_van_koppelingen(installatie) == (0, 0)


@pytest.mark.parametrize("mark", [AANMAKEN, TERUG_AANMAKEN])
def test_wie_na_een_val_opnieuw_vraagt_hoeft_niet_op_de_outbox_te_wachten(
    zrc: ZakenClient,
    drc: DocumentenClient,
    koppeling: dict[str, str],
    storing: Storing,
    installatie: Installatie,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
    mark: str,
) -> None:
    storing.methode, storing.val, storing.eerst_doen = "POST", True, True
    with pytest.raises(Val):
        zrc.vraag("POST", PAD, json=koppeling, sleutel="k")
    storing.methode = ""
    zet_mark(installatie, mark)
    klok.verzet(ONGEDULD)
    gemaakt = zrc.vraag("POST", PAD, json=koppeling, sleutel="k")
    klok.verzet(SWEEPER)
    werk_outbox_af()
    assert [rij["url"] for rij in zrc.vraag("GET", PAD, params={"zaak": koppeling["zaak"]})] == [gemaakt["url"]]
    assert len(list(drc.koppelingen(object=koppeling["zaak"]))) == 1


@pytest.mark.parametrize("mark", [VERWIJDEREN, TERUG_VERWIJDEREN])
@pytest.mark.parametrize("eerst_doen", [False, True])
def test_val_tijdens_ontkoppelen_herstelt_de_outbox(
    zrc: ZakenClient,
    drc: DocumentenClient,
    koppeling: dict[str, str],
    storing: Storing,
    installatie: Installatie,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
    mark: str,
    eerst_doen: bool,
) -> None:
    url = zrc.vraag("POST", PAD, json=koppeling)["url"]
    storing.methode, storing.val, storing.eerst_doen = "DELETE", True, eerst_doen
    with pytest.raises(Val):
        zrc.verwijder(url)
    storing.methode = ""
    zet_mark(installatie, mark)
    assert status_van(zrc, "GET", url) == 404
    klok.verzet(SWEEPER)
    werk_outbox_af()
    assert zrc.vraag("GET", url)["zaak"] == koppeling["zaak"]
    assert len(list(drc.koppelingen(object=koppeling["zaak"]))) == 1


def test_met_de_zaak_verdwijnt_meteen_de_koppeling_in_documenten(
    zrc: ZakenClient, drc: DocumentenClient, koppeling: dict[str, str], installatie: Installatie
) -> None:
    zrc.vraag("POST", PAD, json=koppeling)
    zrc.verwijder(koppeling["zaak"])
    assert list(drc.koppelingen(object=koppeling["zaak"])) == []
    drc.verwijder(koppeling["informatieobject"])
    with installatie.db.lezen() as verbinding:
        verwerkers = verbinding.scalars(select(OutboxTabel.verwerker)).all()
    assert "spiegel.zaken" not in verwerkers  # wat gedaan is, hoeft de outbox niet meer


def test_hapert_documenten_bij_het_verwijderen_dan_doet_de_outbox_het_later(
    zrc: ZakenClient,
    drc: DocumentenClient,
    koppeling: dict[str, str],
    storing: Storing,
    klok: VerzetbareKlok,
    werk_outbox_af: Callable[[], int],
) -> None:
    zrc.vraag("POST", PAD, json=koppeling)
    storing.methode = "DELETE"
    zrc.verwijder(koppeling["zaak"])
    storing.methode = ""
    assert status_van(zrc, "GET", koppeling["zaak"]) == 404
    assert len(list(drc.koppelingen(object=koppeling["zaak"]))) == 1
    klok.verzet(SWEEPER)
    werk_outbox_af()
    assert list(drc.koppelingen(object=koppeling["zaak"])) == []


# de Documenten API zelf


def oio(koppeling: dict[str, str], **velden: str) -> dict[str, str]:
    basis = {"informatieobject": koppeling["informatieobject"], "object": koppeling["zaak"], "objectType": "zaak"}
    return {**basis, **velden}


def test_drc_002_object(drc: DocumentenClient, koppeling: dict[str, str]) -> None:
    pad = "objectinformatieobjecten"
    weg = koppeling["zaak"][:-4] + "0000"
    assert fouten_van(drc, "POST", pad, oio(koppeling, object=weg))["object"] == "bad-url"
    assert fouten_van(drc, "POST", pad, oio(koppeling, objectType="besluit"))["object"] == "invalid-resource"
    assert fouten_van(drc, "POST", pad, oio(koppeling, object="https://intern.example/1"))["object"] == "bad-url"


def test_drc_003_uniek(drc: DocumentenClient, zrc: ZakenClient, koppeling: dict[str, str]) -> None:
    zrc.vraag("POST", PAD, json=koppeling)
    assert fouten_van(drc, "POST", "objectinformatieobjecten", oio(koppeling)) == {"nonFieldErrors": "unique"}


def test_drc_004_relatie_in_de_bron(drc: DocumentenClient, zrc: ZakenClient, koppeling: dict[str, str]) -> None:
    assert fouten_van(drc, "POST", "objectinformatieobjecten", oio(koppeling)) == {
        "nonFieldErrors": "inconsistent-relation"
    }
    zrc.vraag("POST", PAD, json=koppeling)
    url = next(drc.koppelingen(object=koppeling["zaak"])).url
    assert fouten_van(drc, "DELETE", url) == {"nonFieldErrors": "remote-relation-exists"}
    assert fouten_van(drc, "DELETE", koppeling["informatieobject"]) == {"nonFieldErrors": "pending-relations"}
