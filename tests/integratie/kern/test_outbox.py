"""De outbox op een echte PostgreSQL en Redis: volgorde, wekken, mislukken, dode rijen, en wat een storing doet."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import Connection, func, select, text, update

from kern.installatie import Installatie
from kern.outbox import Afhandelaar, Verwerker, Werk, plaats
from kern.outbox.sweeper import Sweeper
from kern.outbox.wekker import wachtrij, wek
from kern.tabellen import OutboxTabel
from tests.kernhulp import BSN, ruim_redis_op, verzet

GEEN_WACHTTIJD = (timedelta(), timedelta())


def neem(installatie: Installatie, *verwerkers: Verwerker) -> Afhandelaar:
    """Een afhandelaar met deze verwerkers."""
    installatie.verwerkers.update({verwerker.naam: verwerker for verwerker in verwerkers})
    return Afhandelaar(installatie)


def leg_klaar(installatie: Installatie, *inhoud: Any, verwerker: str = "noteer", sleutel: str | None = None) -> None:
    """Eén rij per inhoud, in één transactie."""
    with installatie.db.schrijven() as verbinding:
        for deel in inhoud:
            plaats(installatie, verbinding, verwerker, {"n": deel}, sleutel=sleutel)


def rijen(installatie: Installatie) -> list[Any]:
    """Wat er nog in de outbox staat."""
    with installatie.db.lezen() as verbinding:
        return list(verbinding.execute(select(OutboxTabel.__table__).order_by(OutboxTabel.id)))


class Notities:
    """Onthoudt wat er gedaan is; `weiger` zijn inhouden die steeds mislukken."""

    def __init__(self, *weiger: Any) -> None:
        self.gedaan: list[Any] = []
        self.weiger = set(weiger)

    def binnen(self, _verbinding: Connection, _installatie: Installatie, werk: Werk) -> None:
        self._doe(werk)

    def buiten(self, _installatie: Installatie, werk: Werk) -> None:
        self._doe(werk)

    def _doe(self, werk: Werk) -> None:
        if werk.inhoud["n"] in self.weiger:
            raise RuntimeError(f"mislukt voor {BSN}")
        self.gedaan.append(werk.inhoud["n"])


@pytest.mark.parametrize("soort", ["binnen", "buiten"])
def test_alles_gebeurt_een_keer_en_de_outbox_is_leeg(installatie: Installatie, soort: str) -> None:
    notities = Notities()
    afhandelaar = neem(installatie, Verwerker("noteer", **{soort: getattr(notities, soort)}))
    leg_klaar(installatie, *range(50))
    assert afhandelaar.werk_af() == 50
    assert notities.gedaan == list(range(50))
    assert rijen(installatie) == []


def test_teruggedraaide_transactie_laat_niets_achter_en_wekt_niet(installatie: Installatie) -> None:
    def mislukte_transactie() -> None:
        with installatie.db.schrijven() as verbinding:
            plaats(installatie, verbinding, "noteer", {"n": 1})
            raise RuntimeError("terug")

    with pytest.raises(RuntimeError, match="terug"):
        mislukte_transactie()
    assert rijen(installatie) == []
    assert wachtrij(installatie).count == 0


def test_veel_werk_geeft_een_opdracht(installatie: Installatie) -> None:
    for nummer in range(100):
        leg_klaar(installatie, nummer)
    assert wachtrij(installatie).count == 1


@pytest.mark.parametrize("soort", ["binnen", "buiten"])
def test_mislukte_rij_houdt_haar_sleutel_tegen_en_een_andere_niet(installatie: Installatie, soort: str) -> None:
    notities = Notities("a1")
    afhandelaar = neem(installatie, Verwerker("noteer", **{soort: getattr(notities, soort)}))
    leg_klaar(installatie, "a1", "a2", sleutel="zaak-a")
    leg_klaar(installatie, "b1", sleutel="zaak-b")
    afhandelaar.werk_af()
    assert notities.gedaan == ["b1"]
    notities.weiger.clear()
    verzet(installatie, seconds=1)
    afhandelaar.werk_af()
    assert notities.gedaan == ["b1", "a1", "a2"]


def test_na_de_laatste_poging_is_een_rij_dood_en_blijft_de_sleutel_dicht(installatie: Installatie) -> None:
    notities, doden = Notities("a1"), []
    verwerker = Verwerker(
        "noteer",
        buiten=notities.buiten,
        wachttijden=GEEN_WACHTTIJD,
        bij_dood=lambda _verbinding, _installatie, werk, fout: doden.append((werk.id, fout)),
    )
    afhandelaar = neem(installatie, verwerker)
    leg_klaar(installatie, "a1", "a2", sleutel="zaak-a")
    afhandelaar.werk_af()
    dood, wachtend = rijen(installatie)
    assert (dood.staat, dood.pogingen, wachtend.staat) == ("dood", 3, "wacht")
    assert notities.gedaan == []
    assert doden == [(dood.id, "RuntimeError: mislukt voor ***")]


def test_werk_dat_elk_proces_laat_omvallen_wordt_dood(installatie: Installatie) -> None:
    """Een omgevallen proces meldt geen fout: alleen het aantal pogingen verraadt het."""
    notities = Notities()
    afhandelaar = neem(installatie, Verwerker("noteer", buiten=notities.buiten))
    leg_klaar(installatie, 1)
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(OutboxTabel).values(pogingen=100, staat="bezig", lease_tot=installatie.klok.nu()))
    verzet(installatie, seconds=1)
    afhandelaar.werk_af()
    (rij,) = rijen(installatie)
    assert (rij.staat, rij.fout, notities.gedaan) == ("dood", "SteedsOmgevallen: na 100 pogingen", [])


def test_fouttekst_bevat_geen_bsn(installatie: Installatie) -> None:
    afhandelaar = neem(installatie, Verwerker("noteer", binnen=Notities(1).binnen))
    leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    assert rijen(installatie)[0].fout == "RuntimeError: mislukt voor ***"


def test_gevolg_binnen_verdwijnt_als_de_verwerker_mislukt(installatie: Installatie) -> None:
    def halverwege(verbinding: Connection, _installatie: Installatie, werk: Werk) -> None:
        verbinding.execute(text("INSERT INTO kern.adres VALUES (:adres)"), {"adres": f"half-{werk.id}"})
        raise RuntimeError("halverwege")

    afhandelaar = neem(installatie, Verwerker("noteer", binnen=halverwege))
    leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM kern.adres")).scalar_one() == 0
    assert rijen(installatie)[0].pogingen == 1


def test_afronding_van_buitenwerk_gaat_in_de_afvinktransactie(installatie: Installatie) -> None:
    def buiten(_installatie: Installatie, werk: Werk) -> Any:
        return lambda verbinding: verbinding.execute(
            text("INSERT INTO kern.adres VALUES (:adres)"), {"adres": f"klaar-{werk.id}"}
        )

    afhandelaar = neem(installatie, Verwerker("noteer", buiten=buiten))
    leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM kern.adres")).scalar_one() == 1


def test_buitenwerk_mag_aanroepen_want_er_is_geen_transactie_open(installatie: Installatie) -> None:
    gezien: list[int] = []

    def buiten(installatie: Installatie, _werk: Werk) -> None:
        with installatie.db.schrijven() as verbinding:
            gezien.append(verbinding.execute(text("SELECT 1")).scalar_one())

    afhandelaar = neem(installatie, Verwerker("noteer", buiten=buiten))
    leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    assert gezien == [1]


def test_uitgesteld_werk_wacht_op_zijn_tijd(installatie: Installatie) -> None:
    notities = Notities()
    afhandelaar = neem(installatie, Verwerker("noteer", binnen=notities.binnen))
    with installatie.db.schrijven() as verbinding:
        plaats(installatie, verbinding, "noteer", {"n": 1}, vanaf=installatie.klok.nu() + timedelta(hours=1))
    assert (afhandelaar.werk_af(), afhandelaar.staat_iets_klaar()) == (0, False)
    verzet(installatie, hours=1)
    assert (afhandelaar.staat_iets_klaar(), afhandelaar.werk_af()) == (True, 1)


def test_verlopen_lease_gaat_naar_een_ander_en_telt_maar_een_keer_af(installatie: Installatie) -> None:
    """Een proces dat te lang stilstond vinkt niet af wat een ander intussen deed."""
    volgorde: list[str] = []

    def traag(_installatie: Installatie, _werk: Werk) -> None:
        volgorde.append("eerste")
        if len(volgorde) == 1:
            verzet(installatie, seconds=21)
            Afhandelaar(installatie).werk_af()
            volgorde.append("eerste klaar")

    afhandelaar = neem(installatie, Verwerker("noteer", buiten=traag))
    leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    assert volgorde == ["eerste", "eerste", "eerste klaar"]
    assert rijen(installatie) == []


def test_verlengde_lease_blijft_van_dit_proces(installatie: Installatie) -> None:
    anderen: list[int] = []

    def traag(_installatie: Installatie, _werk: Werk) -> None:
        for _ in range(3):
            verzet(installatie, seconds=15)
            buurman = threading.Thread(target=afhandelaar.verleng)  # zoals de sweeper: in een eigen draad
            buurman.start()
            buurman.join()
            anderen.append(Afhandelaar(installatie).werk_af())

    afhandelaar = neem(installatie, Verwerker("noteer", buiten=traag))
    leg_klaar(installatie, 1)
    assert afhandelaar.werk_af() == 1
    assert anderen == [0, 0, 0]


def test_acht_workers_doen_alles_een_keer_en_op_volgorde(installatie: Installatie) -> None:
    """Het gevolg is een rij in de database; de volgorde per sleutel is die van plaatsen."""

    def schrijf(verbinding: Connection, _installatie: Installatie, werk: Werk) -> None:
        nummer = verbinding.execute(text("SELECT count(*) FROM kern.adres")).scalar_one()
        adres = f"{werk.sleutel}:{werk.inhoud['n']:03}:{nummer}:{werk.id}"
        verbinding.execute(text("INSERT INTO kern.adres VALUES (:adres)"), {"adres": adres})

    neem(installatie, Verwerker("noteer", binnen=schrijf))
    for nummer in range(30):
        for sleutel in ("a", "b", "c", "d"):
            leg_klaar(installatie, nummer, sleutel=sleutel)
    draden = [threading.Thread(target=lambda: Afhandelaar(installatie).werk_af()) for _ in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    Afhandelaar(installatie).werk_af()
    with installatie.db.lezen() as verbinding:
        gedaan = verbinding.scalars(text("SELECT adres FROM kern.adres ORDER BY xmin::text::bigint, adres")).all()
    assert len(gedaan) == 120
    for sleutel in ("a", "b", "c", "d"):
        nummers = [int(adres.split(":")[1]) for adres in gedaan if adres.startswith(f"{sleutel}:")]
        assert nummers == list(range(30))


def test_leeggemaakte_redis_verliest_niets(installatie: Installatie) -> None:
    notities = Notities()
    afhandelaar = neem(installatie, Verwerker("noteer", binnen=notities.binnen))
    leg_klaar(installatie, *range(10))
    ruim_redis_op(installatie)
    assert wachtrij(installatie).count == 0
    Sweeper(installatie, afhandelaar).veeg()
    assert wachtrij(installatie).count == 1
    afhandelaar.werk_af()
    assert notities.gedaan == list(range(10))


def test_sweeper_wekt_alleen_als_er_iets_klaarstaat(installatie: Installatie) -> None:
    sweeper = Sweeper(installatie, neem(installatie, Verwerker("noteer", binnen=Notities().binnen)))
    sweeper.veeg()
    assert wachtrij(installatie).count == 0


def test_trace_van_het_verzoek_loopt_door_in_het_werk(installatie: Installatie) -> None:
    gezien: list[str] = []
    verwerker = Verwerker(
        "noteer", binnen=lambda *_: gezien.append(structlog.contextvars.get_contextvars()["trace_id"])
    )
    afhandelaar = neem(installatie, verwerker)
    with structlog.contextvars.bound_contextvars(trace_id="c" * 32):
        leg_klaar(installatie, 1)
    afhandelaar.werk_af()
    assert gezien == ["c" * 32]
    assert "trace_id" not in structlog.contextvars.get_contextvars()


def test_wekken_zonder_redis_meldt_dat(installatie: Installatie) -> None:
    assert wek(installatie) is True
    with installatie.db.lezen() as verbinding:
        assert verbinding.execute(select(func.count()).select_from(OutboxTabel)).scalar_one() == 0
