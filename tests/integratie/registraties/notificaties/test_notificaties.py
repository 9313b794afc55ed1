"""De Notificaties API met echte databases: kanalen, abonnementen, filters, en aflevering door de outbox."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dienstverlening.inrichten import registreer_kanalen, richt_in
from dienstverlening.samenstellen import maak_platform
from integratie.autorisaties import AutorisatiesClient
from integratie.notificaties import NotificatiesClient, Ontvanger
from integratie.notificaties.schemas import KanaalFilter, KanaalIn
from kern.fouten import Probleem
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.motoren import Motoren
from kern.outbox import Afhandelaar, beheer
from kern.tabellen import OutboxTabel
from kit.ophalen import GEDULD, Geduld
from registraties.notificaties.afleveren import WACHTTIJDEN, proef_callback
from registraties.notificaties.modellen import Abonnement
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import maak_document
from tests.opzet import instellingen_voor

AUTH = "Bearer een-lange-waarde"
NOG_EEN = "http://platform.test/zaken/api/v1/zaken/8b3a7c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f"
ZAAK = "http://platform.test/zaken/api/v1/zaken/0c3a7c1e-0f5c-4a6e-8f6d-1c2b3a4d5e6f"


@dataclass
class Abonnee:
    """Een ontvanger op een eigen pad van het platform, zoals een ander systeem er een heeft."""

    status: int = 204
    auth: str = AUTH
    naar: str = ""
    berichten: list[dict[str, Any]] = field(default_factory=list)
    mediatypes: set[str] = field(default_factory=set)

    def __call__(self, omgeving: Any, start: Any) -> list[bytes]:
        bericht = orjson.loads(omgeving["wsgi.input"].read())
        status = self.status if omgeving.get("HTTP_AUTHORIZATION") == self.auth else 403
        if status == 204 and "test" not in (bericht.get("kanaal"), bericht.get("type", "").split(".")[-1]):
            self.berichten.append(bericht)
            self.mediatypes.add(omgeving["CONTENT_TYPE"])
        start(f"{status} X", [("Content-Length", "0"), *([("Location", self.naar)] if self.naar else [])])
        return []


@pytest.fixture
def abonnees(installatie: Installatie) -> Iterator[dict[str, Abonnee]]:
    """Abonnees op `/een` en `/twee` naast het platform."""
    platform = installatie.wsgi
    op_pad = {"/een": Abonnee(), "/twee": Abonnee()}
    installatie.stel_samen(DispatcherMiddleware(platform, {**op_pad}))
    yield op_pad
    installatie.stel_samen(platform)


@pytest.fixture
def nrc(installatie: Installatie) -> NotificatiesClient:
    client = NotificatiesClient(installatie, namens="notificaties")
    client.zet_kanalen([KanaalIn(naam="zaken", filters=["bronorganisatie", "zaaktype"])])
    return client


def abonnement(pad: str = "/een", **velden: Any) -> dict[str, Any]:
    kanalen = [{"naam": "zaken", "filters": {}}]
    return {"callbackUrl": f"http://platform.test{pad}", "auth": AUTH, "kanalen": kanalen} | velden


def met_filter(pad: str = "/een", **filters: str) -> dict[str, Any]:
    return abonnement(pad, kanalen=[{"naam": "zaken", "filters": filters}])


def bericht(hoofd_object: str = ZAAK, **velden: Any) -> dict[str, Any]:
    return {
        "kanaal": "zaken",
        "hoofdObject": hoofd_object,
        "resource": "zaak",
        "resourceUrl": hoofd_object,
        "actie": "create",
        "aanmaakdatum": "2026-01-01T12:00:00Z",
        "kenmerken": {"bronorganisatie": "517439943"},
    } | velden


def test_kanalen(nrc: NotificatiesClient) -> None:
    gemaakt = nrc.vraag("POST", "kanaal", json={"naam": "proef", "documentatieLink": "https://x.nl", "filters": ["a"]})
    assert nrc.vraag("GET", gemaakt["url"]) == gemaakt
    assert [deel.naam for deel in nrc.kanalen()] == ["zaken", "proef"]
    assert nrc.vraag("GET", "kanaal", params={"naam": "proef"}) == [gemaakt]
    assert fouten_van(nrc, "POST", "kanaal", {"naam": "proef"}) == {"naam": "unique"}
    assert fouten_van(nrc, "POST", "kanaal", {"naam": "x" * 51, "filters": "a"}) == {
        "naam": "max_length",
        "filters": "not_a_list",
    }


def test_een_kanaal_krijgt_andere_kenmerken_maar_houdt_zijn_naam(nrc: NotificatiesClient) -> None:
    """PUT en PATCH op een kanaal kent ook Open Notificaties (regels 7); abonnementen noemen het kanaal bij zijn naam."""
    (kanaal,) = nrc.vraag("GET", "kanaal", params={"naam": "zaken"})
    gewijzigd = nrc.vraag("PATCH", kanaal["url"], json={"filters": ["zaaktype"]})
    assert gewijzigd == kanaal | {"filters": ["zaaktype"]}
    assert nrc.vraag("PUT", kanaal["url"], json={"naam": "zaken"}) == kanaal | {"filters": []}
    assert fouten_van(nrc, "PATCH", kanaal["url"], {"naam": "anders"}) == {"naam": "wijzigen-niet-toegelaten"}


def test_eigen_kanalen_worden_een_keer_geregistreerd(installatie: Installatie) -> None:
    richt_in(installatie)
    registreer_kanalen(installatie)
    kanalen = {deel.naam: deel.filters for deel in NotificatiesClient(installatie, namens="notificaties").kanalen()}
    assert kanalen["zaken"] == ["bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding", "zaaktype.catalogus"]
    assert kanalen["autorisaties"] == []


def test_abonnement_zonder_auth_in_het_antwoord(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], installatie: Installatie
) -> None:
    gemaakt = nrc.vraag("POST", "abonnement", json=abonnement())
    cloudevents = {"sendCloudevents": False, "cloudeventFilters": []}
    assert gemaakt == {"url": gemaakt["url"]} | cloudevents | {
        naam: waarde for naam, waarde in abonnement().items() if naam != "auth"
    }
    assert nrc.vraag("GET", "abonnement") == [gemaakt]
    assert nrc.vraag("GET", gemaakt["url"]) == gemaakt
    with installatie.db.lezen() as verbinding:
        assert AUTH.encode() not in verbinding.execute(select(Abonnement.geheim)).scalar_one()
    gewijzigd = nrc.vraag("PATCH", gemaakt["url"], json={"kanalen": [{"naam": "zaken", "filters": {"zaaktype": "*"}}]})
    assert gewijzigd["kanalen"] == [{"naam": "zaken", "filters": {"zaaktype": "*"}}]
    assert fouten_van(nrc, "PUT", gemaakt["url"], {"callbackUrl": "http://platform.test/een", "kanalen": []}) == {
        "auth": "required"
    }
    nrc.verwijder_abonnement(gemaakt["url"])
    assert nrc.vraag("GET", "abonnement") == []


def test_abonnement_op_wat_er_niet_is(nrc: NotificatiesClient, abonnees: dict[str, Abonnee]) -> None:
    kanalen = [{"naam": "onbekend"}, {"naam": "zaken", "filters": {"kleur": "rood"}}]
    assert fouten_van(nrc, "POST", "abonnement", abonnement(kanalen=kanalen)) == {
        "kanalen.0.naam": "kanaal_naam",
        "kanalen.1.filters": "inconsistent-abonnement-filters",
    }


@pytest.mark.parametrize(
    ("pad", "code"),
    [("/twee", "invalid-callback-url"), ("/nergens", "no-auth-on-callback-url")],
)
def test_callback_wordt_beproefd(nrc: NotificatiesClient, abonnees: dict[str, Abonnee], pad: str, code: str) -> None:
    abonnees["/twee"].status = 500
    assert fouten_van(nrc, "POST", "abonnement", abonnement(pad)) == {"nonFieldErrors": code}
    assert nrc.vraag("GET", "abonnement") == []


def test_callback_wordt_beproefd_binnen_het_geduld_van_het_verzoek(
    installatie: Installatie, abonnees: dict[str, Abonnee]
) -> None:
    """Beide proefberichten gaan van één budget af: is dat op, dan wordt er niets meer gestuurd en staat de fout er."""
    url, geduld = "http://platform.test/een", Geduld()
    assert proef_callback(installatie, url, AUTH, geduld, cloudevents=False) == ""
    assert geduld.over < GEDULD
    geduld.over = 0
    assert proef_callback(installatie, url, AUTH, geduld, cloudevents=False) == "invalid-callback-url"


def test_een_omleiding_wordt_niet_gevolgd(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    """Een omleiding kan naar binnen wijzen: bij de proef en bij het afleveren telt zij als een mislukking."""
    nrc.vraag("POST", "abonnement", json=abonnement())
    abonnees["/een"].status, abonnees["/een"].naar = 307, "http://platform.test/twee"
    nrc.vraag("POST", "notificaties", json=bericht())
    assert werk_outbox_af() == 1
    assert fouten_van(nrc, "POST", "abonnement", abonnement()) == {"nonFieldErrors": "invalid-callback-url"}
    assert abonnees["/twee"].berichten == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:6379/", "https://10.0.0.1/x", "ftp://x.nl", "geen url"])
def test_callback_naar_een_intern_of_onmogelijk_adres(nrc: NotificatiesClient, url: str) -> None:
    fouten = fouten_van(nrc, "POST", "abonnement", abonnement(callbackUrl=url))
    assert fouten == {"nonFieldErrors": "invalid-callback-url"}


@pytest.mark.parametrize("auth", ["Bearer é", "Bearer x\r\nX-Ander: y"])
def test_auth_past_in_een_header(nrc: NotificatiesClient, abonnees: dict[str, Abonnee], auth: str) -> None:
    assert fouten_van(nrc, "POST", "abonnement", abonnement(auth=auth)) == {"auth": "invalid"}


def test_alleen_de_eigenaar_wijzigt(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], installatie: Installatie
) -> None:
    gemaakt = nrc.vraag("POST", "abonnement", json=abonnement())
    geef_rechten(installatie, {"component": "nrc", "scopes": ["notificaties.consumeren"]})
    proef = NotificatiesClient(installatie, namens=PROEF)
    assert proef.vraag("GET", gemaakt["url"]) == gemaakt
    assert status_van(proef, "PATCH", gemaakt["url"], {"kanalen": []}) == 403
    assert status_van(proef, "PUT", gemaakt["url"], abonnement()) == 403
    assert status_van(proef, "DELETE", gemaakt["url"]) == 403
    assert status_van(proef, "POST", "notificaties", bericht()) == 403
    eigen = proef.vraag("POST", "abonnement", json=abonnement())
    proef.verwijder_abonnement(eigen["url"])


def test_publiceren_geeft_het_bericht_terug_en_levert_daarna_af(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    nrc.vraag("POST", "abonnement", json=abonnement())
    assert nrc.vraag("POST", "notificaties", json=bericht()) == bericht()
    assert abonnees["/een"].berichten == []
    assert werk_outbox_af() == 1
    assert abonnees["/een"].berichten == [bericht()]


def test_herhaald_publiceren_levert_een_keer_af(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    nrc.vraag("POST", "abonnement", json=abonnement())
    for _ in range(2):
        nrc.vraag("POST", "notificaties", json=bericht(), sleutel="outbox-1")
    werk_outbox_af()
    assert len(abonnees["/een"].berichten) == 1


def test_publiceren_op_onbekend_kanaal_of_kenmerk(nrc: NotificatiesClient) -> None:
    assert fouten_van(nrc, "POST", "notificaties", bericht(kanaal="x")) == {"kanaal": "message_kanaal"}
    vreemd = bericht(kenmerken={"kleur": "rood"})
    assert fouten_van(nrc, "POST", "notificaties", vreemd) == {"kenmerken": "kenmerken_inconsistent"}
    assert fouten_van(nrc, "POST", "notificaties", {"kanaal": "zaken"}) == dict.fromkeys(
        ("hoofdObject", "resource", "resourceUrl", "actie", "aanmaakdatum"), "required"
    )


@pytest.mark.parametrize(
    ("filters", "komt_aan"),
    [
        ({}, True),
        ({"bronorganisatie": "*"}, True),
        ({"bronorganisatie": "517439943"}, True),
        ({"bronorganisatie": "517439943", "zaaktype": ""}, True),
        ({"bronorganisatie": "000000000"}, False),
        ({"bronorganisatie": "517439943", "zaaktype": "http://platform.test/catalogi/api/v1/zaaktypen/2"}, False),
        ({"zaaktype": "http://platform.test/catalogi/api/v1/zaaktypen/1"}, True),
    ],
)
def test_filters(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    filters: dict[str, str],
    komt_aan: bool,
) -> None:
    nrc.vraag("POST", "abonnement", json=met_filter(**filters))
    zaaktype = "http://platform.test/catalogi/api/v1/zaaktypen/1"
    nrc.vraag("POST", "notificaties", json=bericht(kenmerken={"bronorganisatie": "517439943", "zaaktype": zaaktype}))
    werk_outbox_af()
    assert bool(abonnees["/een"].berichten) is komt_aan


def test_een_haperende_abonnee_houdt_alleen_zichzelf_op(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int], klok: VerzetbareKlok
) -> None:
    for pad in abonnees:
        nrc.vraag("POST", "abonnement", json=abonnement(pad))
    abonnees["/een"].status = 500
    for actie in ("create", "update"):
        nrc.vraag("POST", "notificaties", json=bericht(actie=actie))
    werk_outbox_af()
    assert [deel["actie"] for deel in abonnees["/twee"].berichten] == ["create", "update"]
    abonnees["/een"].status = 204
    nrc.vraag("POST", "notificaties", json=bericht(NOG_EEN))
    werk_outbox_af()
    assert [deel["hoofdObject"] for deel in abonnees["/een"].berichten] == [NOG_EEN]
    klok.verzet(timedelta(seconds=26))
    werk_outbox_af()
    assert [deel["actie"] for deel in abonnees["/een"].berichten] == ["create", "create", "update"]


def test_na_zeven_keer_opnieuw_een_dode_brief_die_bewaard_blijft(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    klok: VerzetbareKlok,
    installatie: Installatie,
) -> None:
    nrc.vraag("POST", "abonnement", json=abonnement())
    abonnees["/een"].status = 503
    nrc.vraag("POST", "notificaties", json=bericht())
    pogingen = werk_outbox_af()
    for wachttijd in WACHTTIJDEN:
        klok.verzet(wachttijd - timedelta(seconds=1))
        assert werk_outbox_af() == 0
        klok.verzet(timedelta(seconds=2))
        pogingen += werk_outbox_af()
    assert pogingen == 8
    with installatie.db.lezen() as verbinding:
        rij = verbinding.execute(select(OutboxTabel.staat, OutboxTabel.fout)).one()
    assert rij.staat == "dood"
    assert "503" in (rij.fout or "")
    assert [int(wachttijd.total_seconds()) for wachttijd in WACHTTIJDEN] == [25, 100, 400, 1600, 6400, 25600, 52200]


def test_een_verwijderd_abonnement_krijgt_niets_meer(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int]
) -> None:
    gemaakt = nrc.vraag("POST", "abonnement", json=abonnement())
    nrc.vraag("POST", "notificaties", json=bericht())
    nrc.verwijder_abonnement(gemaakt["url"])
    assert werk_outbox_af() == 1
    assert abonnees["/een"].berichten == []


def test_van_wijziging_tot_abonnee(
    nrc: NotificatiesClient,
    abonnees: dict[str, Abonnee],
    werk_outbox_af: Callable[[], int],
    klok: VerzetbareKlok,
    installatie: Installatie,
) -> None:
    """Ook als het kanaal er nog niet is: de bron registreert het dan zelf en probeert het opnieuw."""
    gemaakt = AutorisatiesClient(installatie, namens="autorisaties").vraag(
        "POST", "applicaties", json={"clientIds": ["a"], "label": "A", "heeftAlleAutorisaties": True}
    )
    werk_outbox_af()
    nrc.vraag("POST", "abonnement", json=abonnement(kanalen=[{"naam": "autorisaties"}]))
    klok.verzet(timedelta(seconds=2))
    werk_outbox_af()
    assert [(deel["kanaal"], deel["resourceUrl"]) for deel in abonnees["/een"].berichten] == [
        ("autorisaties", gemaakt["url"])
    ]


def test_filter_op_de_catalogus_van_het_type(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], werk_outbox_af: Callable[[], int], installatie: Installatie
) -> None:
    """Regels 9: het kenmerk `informatieobjecttype.catalogus` komt bij het versturen uit het type."""
    typen, ander = maak_typen(installatie), maak_typen(installatie, "ANDERS", domein="ANDER")
    registreer_kanalen(installatie)
    filters = {"informatieobjecttype.catalogus": typen.catalogus}
    nrc.vraag("POST", "abonnement", json=abonnement(kanalen=[{"naam": "documenten", "filters": filters}]))
    document = maak_document(installatie, typen.informatieobjecttype)
    maak_document(installatie, ander.informatieobjecttype)
    werk_outbox_af()
    (gekregen,) = abonnees["/een"].berichten
    assert gekregen["hoofdObject"] == document
    assert gekregen["kenmerken"]["informatieobjecttype.catalogus"] == typen.catalogus


def test_ontvanger_neemt_een_abonnement_en_controleert_de_aanmelding(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], installatie: Installatie
) -> None:
    geef_rechten(installatie, {"component": "nrc", "scopes": ["notificaties.consumeren"]})
    ontvanger = Ontvanger(installatie, PROEF)
    abonnees["/een"].auth = ontvanger.auth
    for filters in ({}, {}, {"bronorganisatie": "517439943"}):
        ontvanger.abonneer("http://platform.test/een", KanaalFilter(naam="zaken", filters=filters))
        bestaand = nrc.vraag("GET", "abonnement")
        assert [deel["kanalen"][0]["filters"] for deel in bestaand] == [filters]
    gelezen = ontvanger.lees(ontvanger.auth, orjson.dumps(bericht()))
    assert gelezen is not None
    assert gelezen.hoofd_object == ZAAK
    assert ontvanger.lees(ontvanger.auth, orjson.dumps(bericht(kanaal="test"))) is None
    for kop, lichaam in ((None, b"{}"), ("Bearer x", b"{}"), (ontvanger.auth, b"{}"), (ontvanger.auth, b"x")):
        with pytest.raises(Probleem):
            ontvanger.lees(kop, lichaam)


def test_berichten_overleven_een_nieuw_adres(
    nrc: NotificatiesClient, abonnees: dict[str, Abonnee], installatie: Installatie
) -> None:
    nrc.vraag("POST", "abonnement", json=abonnement())
    nrc.vraag("POST", "notificaties", json=bericht())
    with installatie.db.lezen() as verbinding:
        inhoud = verbinding.execute(text("SELECT inhoud FROM kern.outbox")).scalar_one()
    assert inhoud["bericht"]["hoofdObject"] == ZAAK.replace("http://platform.test/zaken/api/v1/", "zaken:")


@dataclass
class Doof:
    """Een abonnee op een eigen poort die na het abonneren niets meer zegt: hij neemt aan en antwoordt niet, of breekt af."""

    hangt: bool
    beurten: int = 0
    poort: int = 0
    lijnen: list[socket.socket] = field(default_factory=list)

    def luister(self) -> socket.socket:
        oor = socket.create_server(("127.0.0.1", 0))
        self.poort = oor.getsockname()[1]
        threading.Thread(target=self._neem_op, args=(oor,), daemon=True).start()
        return oor

    def _neem_op(self, oor: socket.socket) -> None:
        with suppress(OSError):
            while True:
                lijn, _ = oor.accept()
                self.beurten += 1
                if self.beurten > 2:
                    self._zwijg(lijn)
                    continue
                gevraagd = lijn.recv(65536)
                status = b"204 OK" if b"uthorization" in gevraagd else b"403 Nee"
                lijn.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                lijn.close()

    def _zwijg(self, lijn: socket.socket) -> None:
        if self.hangt:
            self.lijnen.append(lijn)
        else:
            lijn.close()


@pytest.mark.parametrize("hangt", [False, pytest.param(True, marks=pytest.mark.traag)])
def test_wie_niet_te_bereiken_is_krijgt_een_pauze_en_kost_anderen_geen_tijd(
    maak_database: Callable[[], str], motoren: Motoren, tmp_path: Path, hangt: bool
) -> None:
    """Vijftig berichten aan een dove abonnee kosten één poging per pauze; de ander heeft ze intussen alle vijftig."""
    doof, twee, klok = Doof(hangt), Abonnee(), VerzetbareKlok()
    with doof.luister():
        adres = f"http://127.0.0.1:{doof.poort}"
        instellingen = instellingen_voor(maak_database(), motoren.redis_url, tmp_path, brp_url=adres, redis_prefix="d:")
        installatie = maak_platform(instellingen, klok)
        installatie.stel_samen(DispatcherMiddleware(installatie.wsgi, {"/twee": twee}))
        nrc = NotificatiesClient(installatie, namens="notificaties")
        nrc.zet_kanalen([KanaalIn(naam="zaken", filters=["bronorganisatie"])])
        nrc.vraag("POST", "abonnement", json=abonnement(callbackUrl=f"{adres}/x"))
        nrc.vraag("POST", "abonnement", json=abonnement("/twee"))
        for nummer in range(50):
            nrc.vraag("POST", "notificaties", json=bericht(ZAAK[:-2] + f"{nummer:02}"))
        begin = time.monotonic()
        werk_af = Afhandelaar(installatie).werk_af
        werk_af()
        assert len(twee.berichten) == 50
        assert doof.beurten == 3
        assert time.monotonic() - begin < 60  # elk bericht apart laten wachten zou ruim vier minuten duren
        klok.verzet(timedelta(seconds=26))
        werk_af()
        assert doof.beurten == 4
        doof.beurten = -1000  # en nu is hij er weer
        klok.verzet(timedelta(seconds=101))
        werk_af()
        assert beheer.tellingen(installatie) == {}
        assert doof.beurten == -950
        for lijn in doof.lijnen:
            lijn.close()
        installatie.sluit()
