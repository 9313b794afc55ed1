"""Elke verwijzing in elk verzoek: onbekend, intern of traag geeft binnen twee seconden een duidelijke 4xx, en er verandert niets.

Verbinding wordt alleen gemaakt met geregistreerde diensten (regels 1.7, valkuil 14). Wat alleen bewaard wordt, haalt niemand op.
"""

import copy
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from dienstverlening.samenstellen import maak_platform
from integratie.basis import ApiFout
from kern.installatie import Installatie
from kit import Bron
from tests.veiligheid.zgw.plekken import APIS, Alle, Plek, elke_soort, lichamen, plekken, registratie

GRENS = 2.0  # seconden
WIJZIGEN = {"vervang", "wijzig"}
NIET_TE_MAKEN = {"zaakobject", "abonnement"}
"""Wat alleen met een dienst van een ander te maken is (een objecttype, een ontvanger); POST toetst dezelfde regels."""
RUIMTE = 4.0  # wat een drukke testmachine erbij doet; een gewone aanroep naar een trage dienst wacht tien
TEGELIJK = 6


@pytest.fixture
def luisteraar() -> Iterator[tuple[int, list[float]]]:
    """Een poort die elke verbinding aanneemt, telt, en nooit antwoordt."""
    verbindingen: list[float] = []
    vast: list[socket.socket] = []
    server = socket.create_server(("127.0.0.1", 0), backlog=64)

    def neem_aan() -> None:
        while True:
            try:
                vast.append(server.accept()[0])
            except OSError:
                return
            verbindingen.append(time.monotonic())

    threading.Thread(target=neem_aan, daemon=True).start()
    yield server.getsockname()[1], verbindingen
    server.close()
    for verbinding in vast:
        verbinding.close()


@pytest.fixture
def met_dienst(installatie: Installatie) -> Iterator[Callable[..., Installatie]]:
    """Een tweede platform op dezelfde gegevens, waarin een dienst van een ander is."""
    geopend: list[Installatie] = []

    def open_met(**diensten: str) -> Installatie:
        geopend.append(maak_platform(installatie.instellingen.model_copy(update=diensten), installatie.klok))
        return geopend[-1]

    yield open_met
    for nieuw in geopend:
        nieuw.sluit()


def afdruk(installatie: Installatie) -> dict[str, int]:
    """Hoeveel rijen er in elke tabel van de zes API's en in de outbox staan."""
    tabellen = text("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = ANY(:apis)")
    with installatie.db.lezen() as verbinding:
        namen = [*verbinding.scalars(tabellen, {"apis": list(APIS)}), "kern.outbox"]
        return {naam: verbinding.scalar(text(f"SELECT count(*) FROM {naam}")) or 0 for naam in namen}  # noqa: S608  # namen uit de catalogus


Uitkomst = tuple[int, float, set[str], str]


def stuur(client: Alle, plek: Plek, lichaam: dict[str, Any], url: str) -> Uitkomst:
    """(status, seconden, velden of codes met een fout, uitleg) van een POST met deze URL op deze plek."""
    inhoud = plek.met(lichaam, url)
    pad = inhoud.pop("pad", plek.bron.pad)
    begin = time.monotonic()
    try:
        client.vraag("POST", pad, json=inhoud)
    except ApiFout as fout:
        return fout.status, time.monotonic() - begin, {deel.naam for deel in fout.fouten}, fout.detail
    return 201, time.monotonic() - begin, set(), ""


@dataclass(frozen=True)
class Bestaand:
    """Een resource die er is, met het verzoek waarmee zij te vervangen is."""

    url: str
    lichaam: dict[str, Any]


def maak(client: Alle, bron: Bron, basis: dict[str, Any]) -> Bestaand:
    """Een resource uit het verzoek dat klopt; een document is meteen vergrendeld."""
    inhoud = copy.deepcopy(basis)
    url = client.vraag("POST", inhoud.pop("pad", bron.pad), json=inhoud)["url"]
    slot = client.vraag("POST", f"{url}/lock") if bron.enkelvoud == "enkelvoudiginformatieobject" else {}
    return Bestaand(url, inhoud | slot)


def wijzig(client: Alle, methode: str, plek: Plek, bestaand: Bestaand, url: str) -> Uitkomst:
    """Als `stuur`, met een PUT of PATCH van wat er al is; een PATCH noemt alleen het veld zelf (en de sleutel)."""
    inhoud = plek.met(bestaand.lichaam, url)
    if methode == "PATCH":
        inhoud = {naam: waarde for naam, waarde in inhoud.items() if naam in (plek.veld.partition(".")[0], "lock")}
    begin = time.monotonic()
    try:
        client.vraag(methode, bestaand.url, json=inhoud)
    except ApiFout as fout:
        return fout.status, time.monotonic() - begin, {deel.naam for deel in fout.fouten}, fout.detail
    return 200, time.monotonic() - begin, set(), ""


def velden(plek: Plek) -> set[str]:
    """Hoe een fout op deze plek heet: het veld of het deel waar het in staat; soms is het een fout van het geheel."""
    stappen = plek.veld.split(".")
    heel = {".".join(stappen[:aantal]) for aantal in range(1, len(stappen) + 1)}
    return heel | ({"nonFieldErrors"} if plek.veld in ("callbackUrl", "catalogus") else set())


def test_elke_resource_heeft_een_lichaam(installatie: Installatie) -> None:
    """De declaraties zijn de lijst: wie een verwijzing toevoegt, moet hier een lichaam hebben."""
    aantallen = {api: len(plekken(api)) for api in APIS}
    assert sum(aantallen.values()) >= 70, aantallen
    te_maken = {deel.enkelvoud for deel in registratie("zaken").bronnen if "maak" in deel.operaties}
    assert set(lichamen(installatie, "zaken")) == te_maken


@pytest.mark.parametrize("api", APIS)
def test_adres_dat_niemand_kent(installatie: Installatie, api: str, luisteraar: tuple[int, list[float]]) -> None:
    """Geen verbinding met een intern adres, een fout bij het veld, en niets veranderd."""
    poort, verbindingen = luisteraar
    client, basis, fout = Alle(installatie, api), lichamen(installatie, api), []
    voor = afdruk(installatie)
    for plek in plekken(api):
        for url in (f"http://127.0.0.1:{poort}/x", "https://169.254.169.254/latest/meta-data/") * (not plek.vrij):
            status, duur, namen, _ = stuur(client, plek, basis[plek.bron.enkelvoud], url)
            if status != 400 or not namen & velden(plek) or duur > GRENS + RUIMTE:
                fout.append((str(plek), url, status, round(duur, 1), namen))
    assert not fout, "\n".join(map(str, fout))
    assert afdruk(installatie) == voor
    for plek in plekken(api):  # wat bewaard mag worden
        if plek.vrij:
            assert stuur(client, plek, basis[plek.bron.enkelvoud], f"http://127.0.0.1:{poort}/x")[0] < 500, plek
    assert verbindingen == []


@pytest.mark.parametrize("api", APIS)
def test_wijzigen_naar_een_adres_dat_niemand_kent(
    installatie: Installatie, api: str, luisteraar: tuple[int, list[float]]
) -> None:
    """Ook bij PUT en PATCH, op elke plek van elke resource die zo te wijzigen is; de resource blijft zoals zij was."""
    poort, verbindingen = luisteraar
    client, basis, fout = Alle(installatie, api), lichamen(installatie, api), []
    te_doen = [plek for plek in plekken(api) if not plek.vrij and plek.bron.enkelvoud not in NIET_TE_MAKEN]
    bronnen = {plek.bron.enkelvoud: plek.bron for plek in te_doen if WIJZIGEN & set(plek.bron.operaties)}
    alle = {naam: maak(client, bron, basis[naam]) for naam, bron in bronnen.items()}
    voor = {naam: client.vraag("GET", deel.url) for naam, deel in alle.items()}
    for plek in te_doen:
        for operatie in sorted(WIJZIGEN & set(plek.bron.operaties)):
            bestaand, methode = alle[plek.bron.enkelvoud], {"vervang": "PUT", "wijzig": "PATCH"}[operatie]
            status, duur, namen, _ = wijzig(client, methode, plek, bestaand, f"http://127.0.0.1:{poort}/x")
            if status != 400 or not namen & velden(plek) or duur > GRENS + RUIMTE:
                fout.append((methode, str(plek), status, round(duur, 1), namen))
    assert not fout, "\n".join(map(str, fout))
    assert {naam: client.vraag("GET", deel.url) for naam, deel in alle.items()} == voor
    assert verbindingen == []


@pytest.mark.parametrize("api", APIS)
def test_een_andere_soort(installatie: Installatie, api: str) -> None:
    """Een adres van ons eigen platform waar een andere soort resource staat, een lijst, of geen resource: een fout bij het veld."""
    client, basis, fout = Alle(installatie, api), lichamen(installatie, api), []
    soorten = elke_soort(installatie)
    voor = afdruk(installatie)
    for plek in plekken(api):
        goed = plek.soort
        for soort, url in soorten.items() if goed else ():
            if soort == goed:
                continue
            status, _, namen, _ = stuur(client, plek, basis[plek.bron.enkelvoud], url)
            if status != 400 or not namen & velden(plek):
                fout.append((str(plek), soort, status, namen))
    assert not fout, "\n".join(map(str, fout))
    assert afdruk(installatie) == voor


@pytest.mark.parametrize("api", APIS)
def test_dienst_die_niet_antwoordt(
    installatie: Installatie,
    api: str,
    met_dienst: Callable[..., Installatie],
    luisteraar: tuple[int, list[float]],
) -> None:
    """Een geregistreerde dienst die zwijgt: binnen twee seconden een fout bij het veld, en niets veranderd."""
    adres = f"127.0.0.1:{luisteraar[0]}/api/v1"
    basis = lichamen(installatie, api)
    client = Alle(met_dienst(dienst_klantinteracties=f"http://token@{adres}"), api)
    voor = afdruk(installatie)

    def probeer(plek: Plek) -> tuple[Plek, Uitkomst]:
        return plek, stuur(client, plek, basis[plek.bron.enkelvoud], f"http://{adres}/x/1")

    te_doen = [plek for plek in plekken(api) if not plek.vrij]
    with ThreadPoolExecutor(TEGELIJK) as pool:
        uitkomsten = list(pool.map(probeer, te_doen))
    fout = [
        (str(plek), uitkomst)
        for plek, uitkomst in uitkomsten
        if uitkomst[0] != 400 or not uitkomst[2] & velden(plek) or uitkomst[1] > GRENS + RUIMTE
    ]
    assert not fout, "\n".join(map(str, fout))
    assert afdruk(installatie) == voor


@pytest.mark.parametrize("api", [api for api in APIS if api != "notificaties"])
def test_dienst_zonder_geheim(
    installatie: Installatie,
    api: str,
    met_dienst: Callable[..., Installatie],
    luisteraar: tuple[int, list[float]],
) -> None:
    """Een ZGW-dienst van een ander zonder geheim is niet te vragen: de fout noemt de dienst en wat er gezet moet worden."""
    adres = f"http://127.0.0.1:{luisteraar[0]}/api/v1"
    basis = lichamen(installatie, api)
    client = Alle(met_dienst(dienst_notificaties=adres), api)
    voor, gevraagd = afdruk(installatie), 0
    for plek in plekken(api):
        if plek.vrij:
            continue
        status, _, namen, uitleg = stuur(client, plek, basis[plek.bron.enkelvoud], f"{adres}/x/1")
        assert status in (400, 502), plek
        if status == 502:
            gevraagd += 1
            assert "notificaties" in uitleg, plek
            assert adres in uitleg, plek
            assert "DIENST_NOTIFICATIES" in uitleg, plek
        else:
            assert namen & velden(plek), plek
    assert gevraagd or api in ("catalogi", "autorisaties")
    assert luisteraar[1] == []
    assert afdruk(installatie) == voor
