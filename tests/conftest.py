"""Echte motoren voor alle tests: één PostgreSQL en Redis per testloop, per testproces een database uit een gemigreerd sjabloon.

    installatie      het hele platform op een lege database
    ingericht        het platform met rechten, lijsten en een procespakket
    klok             de klok van `installatie`, te verzetten
    client           HTTP naar het platform, zonder aanmelding
    werk_outbox_af   doe wat de worker zou doen
    herhaal          een opzet die veel tests delen: één keer maken, daarna alleen de rijen terugzetten
    maak_database    een extra lege database, voor een tweede installatie
    eigen_instellingen   instellingen met zo'n database, voor een tweede installatie
    motoren          de PostgreSQL en Redis van deze testloop

Wie geen fixture met een database vraagt, start geen motoren en laadt het platform niet: daarom staan de imports in de fixtures.
"""
# ruff: noqa: PLC0415

import gc
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

if TYPE_CHECKING:
    import httpx

    from kern.installatie import Installatie
    from kern.instellingen import Instellingen
    from kern.klok import VerzetbareKlok
    from kern.motoren import Motoren
    from tests.opzet import Opname

PROEFMAP = pytest.StashKey[Path]()
MOTOREN = pytest.StashKey["Motoren"]()
VOORVOEGSEL = "dv-test-"
LANG = (
    "tests/veiligheid/fuzz/test_klanten.py",
    "tests/integratie/huis/test_cli.py",
    "tests/reis/huisstijl/",
    "tests/integratie/importeren/",
    "tests/integratie/processen/motor/",
    "tests/veiligheid/fuzz/",
    "tests/reis/",
    "tests/integratie/processen/pakketten/",
    "tests/integratie/wissel/",
    "tests/duurzaam/",
    "tests/integratie/behandelen/",
    "tests/integratie/mijngemeente/",
    "tests/integratie/plugins/",
    "tests/veiligheid/",
)
"""Wat het langst duurt, het langste eerst; vooraan één bestand dat een ingerichte database vraagt, en dan wat er niet op wacht."""


def pytest_configure(config: pytest.Config) -> None:
    """De hoofdloop maakt de map van de motoren; testprocessen krijgen haar door."""
    # Een testproces houdt veel objecten vast: opruimen na elke 700 nieuwe kost een achtste van de tijd.
    gc.set_threshold(20_000, 20, 50)
    if hasattr(config, "workerinput"):
        config.stash[PROEFMAP] = Path(config.workerinput["proefmap"])
        if config.args == config.getini("testpaths"):
            _laad_een_deel(config)
        return
    _ruim_oude_lopen_op()
    config.stash[PROEFMAP] = Path(tempfile.mkdtemp(prefix=VOORVOEGSEL))
    (config.stash[PROEFMAP] / "pid").write_text(str(os.getpid()))


def _laad_een_deel(config: pytest.Config) -> None:
    """Elk testproces laadt straks alle bestanden: begin elk bij een ander deel, dan vertalen ze niet alle vier alles."""
    nummer, aantal = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for bestand in sorted(config.rootpath.glob("tests/**/test_*.py"))[nummer::aantal]:
        with suppress(Exception), warnings.catch_warnings():  # wat niet te laden is, meldt het verzamelen
            warnings.simplefilter("error")
            import_module(".".join(bestand.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Iets meer testprocessen dan kernen, want een test wacht soms; nog meer kost alleen rekentijd: browser en database rekenen ook."""
    kernen, per_2_gb = len(os.sched_getaffinity(0)), psutil.virtual_memory().total >> 31
    return min(kernen + kernen // 4, max(kernen, per_2_gb))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Xdist start een testproces."""
    node.workerinput["proefmap"] = str(node.config.stash[PROEFMAP])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Wat lang duurt begint eerst: dan is er aan het eind geen testproces dat alleen nog doorloopt."""
    items.sort(key=lambda item: next((i for i, begin in enumerate(LANG) if item.nodeid.startswith(begin)), len(LANG)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """De hoofdloop stopt de motoren, nadat alle testprocessen klaar zijn."""
    if hasattr(config, "workerinput") or PROEFMAP not in config.stash:
        return
    if MOTOREN in config.stash:
        config.stash[MOTOREN].stop()
    _ruim_op(config.stash[PROEFMAP])


def _ruim_oude_lopen_op() -> None:
    """Een testloop die met kill -9 eindigde liet zijn motoren draaien."""
    eigenaar = Path(tempfile.gettempdir()).owner()
    for map_ in Path(tempfile.gettempdir()).glob(f"{VOORVOEGSEL}*"):
        with suppress(FileNotFoundError):  # een andere loop ruimt tegelijk op
            pid = (map_ / "pid").read_text()
            if map_.owner() == eigenaar and pid and not psutil.pid_exists(int(pid)):
                _ruim_op(map_)


def _ruim_op(map_: Path) -> None:
    if (map_ / "data").exists():
        from kern.motoren import stop_motoren

        stop_motoren(map_ / "data")
    shutil.rmtree(map_, ignore_errors=True)


@pytest.fixture(autouse=True)
def _eigen_logboek() -> Iterator[None]:
    """Wie in een test de opdrachtregel uitvoert, richt het logboek van het hele proces in; daarna is het weer als ervoor."""
    import structlog

    voor = structlog.get_config()
    yield
    if structlog.get_config() != voor:
        structlog.configure(**voor)


@pytest.fixture(scope="session")
def motoren(pytestconfig: pytest.Config) -> "Motoren":
    """De motoren van deze testloop; het eerste testproces dat ze nodig heeft start ze."""
    from kern.motoren import Motoren
    from tests.opzet import om_de_beurt

    proefmap = pytestconfig.stash[PROEFMAP]
    motoren = Motoren(proefmap / "data", snel=True, gebonden=False)
    with om_de_beurt(proefmap, "motoren"):
        pytestconfig.stash[MOTOREN] = motoren.start()
    return motoren


@pytest.fixture(scope="session")
def maak_database(motoren: "Motoren", worker_naam: str, pytestconfig: pytest.Config) -> "Callable[..., str]":
    """Maakt een eigen database (0,1 tot 0,4 s) en geeft haar url: gemigreerd en leeg, of met `ingericht=True` ingericht."""
    from tests import opzet

    teller = itertools.count()

    def maak(*, ingericht: bool = False) -> str:
        sjabloon = opzet.zorg_voor_sjabloon(motoren, pytestconfig.stash[PROEFMAP], ingericht=ingericht)
        return opzet.kopieer(motoren, sjabloon, f"test_{worker_naam}_{next(teller)}")

    return maak


@pytest.fixture(scope="session")
def worker_naam() -> str:
    """De naam van dit testproces: gw0, gw1 … of hoofd."""
    return os.environ.get("PYTEST_XDIST_WORKER", "hoofd")


@pytest.fixture(scope="session")
def instellingen(
    motoren: "Motoren", maak_database: "Callable[..., str]", worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> "Instellingen":
    """De instellingen van de installatie van dit testproces: eigen database, eigen voorvoegsel in Redis, eigen map."""
    from tests import opzet

    data = tmp_path_factory.mktemp("data")
    return opzet.instellingen_voor(maak_database(), motoren.redis_url, data, redis_prefix=f"{worker_naam}:")


@pytest.fixture(scope="session")
def eigen_instellingen(
    motoren: "Motoren", maak_database: "Callable[..., str]", worker_naam: str, tmp_path_factory: pytest.TempPathFactory
) -> "Callable[..., Instellingen]":
    """Maakt instellingen voor een tweede installatie: een eigen (ingerichte) database, map en voorvoegsel in Redis, en wat iemand meegeeft."""
    from tests import opzet

    def maak(naam: str, *, ingericht: bool = False, **waarden: Any) -> "Instellingen":
        data = tmp_path_factory.mktemp(naam)
        prefix = f"{worker_naam}:{data.name}:"
        return opzet.instellingen_voor(
            maak_database(ingericht=ingericht), motoren.redis_url, data, redis_prefix=prefix, **waarden
        )

    return maak


@pytest.fixture(scope="session")
def _platform(instellingen: "Instellingen") -> "Iterator[tuple[Installatie, frozenset[str]]]":
    """De installatie van dit testproces, met de tabellen die het sjabloon al vulde."""
    yield from _open(instellingen)


@pytest.fixture(scope="session")
def _ingericht(eigen_instellingen: "Callable[..., Instellingen]") -> "Iterator[tuple[Installatie, frozenset[str]]]":
    """Ook van dit testproces, maar dan ingericht."""
    yield from _open(eigen_instellingen("ingericht", ingericht=True))


def _open(instellingen: "Instellingen") -> "Iterator[tuple[Installatie, frozenset[str]]]":
    from dienstverlening.samenstellen import maak_platform
    from kern.klok import VerzetbareKlok
    from tests import opzet

    installatie = maak_platform(
        instellingen, VerzetbareKlok(), meteen=True
    )  # een app onthoudt soms de klok; die verzet een test
    yield installatie, frozenset(opzet.gevulde_tabellen(installatie))
    installatie.sluit()


@pytest.fixture
def installatie(_platform: "tuple[Installatie, frozenset[str]]") -> "Iterator[Installatie]":
    """Het hele platform op een lege database. Na de test gaan de tabellen die hij vulde leeg en loopt de klok weer gelijk."""
    yield from _voor_een_test(*_platform)


@pytest.fixture
def ingericht(_ingericht: "tuple[Installatie, frozenset[str]]") -> "Iterator[Installatie]":
    """Het platform met rechten, lijsten en een procespakket. Na de test gaat leeg wat bij het inrichten nog leeg was."""
    yield from _voor_een_test(*_ingericht)


def _voor_een_test(installatie: "Installatie", behalve: frozenset[str]) -> "Iterator[Installatie]":
    from kern.klok import VerzetbareKlok
    from tests import opzet

    verwerkers = dict(installatie.verwerkers)
    yield installatie
    installatie.klok = VerzetbareKlok()
    installatie.verwerkers.clear()  # een test haalt er soms een weg, om te zien wat er klaarstaat
    installatie.verwerkers.update(verwerkers)
    opzet.maak_leeg(installatie, behalve)
    opzet.vergeet(installatie)


@pytest.fixture(scope="session")
def _opnamen() -> "dict[Callable[[Installatie], Any], tuple[Any, Opname]]":
    """Per opzet wat hij teruggaf en achterliet, voor `herhaal`."""
    return {}


@pytest.fixture
def herhaal(
    installatie: "Installatie",
    _platform: "tuple[Installatie, frozenset[str]]",
    _opnamen: "dict[Callable[[Installatie], Any], tuple[Any, Opname]]",
) -> "Callable[[Callable[[Installatie], Any]], Any]":
    """Voert een opzet uit op `installatie` en geeft zijn uitkomst; op een lege database gaat dat na de eerste keer veel sneller.

    De uitkomst is die van de eerste keer, met dezelfde uuid's: een opzet geeft dus iets dat niet verandert.
    """
    from tests import opzet

    def doe(maak: "Callable[[Installatie], Any]") -> Any:
        if not frozenset(opzet.gevulde_tabellen(installatie)) <= _platform[1]:
            return maak(installatie)  # deze test zette zelf al iets klaar
        if maak in _opnamen:
            opzet.zet_terug(installatie, _opnamen[maak][1])
        else:
            uitkomst = maak(installatie)
            _opnamen[maak] = uitkomst, opzet.neem_op(installatie, _platform[1])
        return _opnamen[maak][0]

    return doe


@pytest.fixture
def klok(installatie: "Installatie") -> "VerzetbareKlok":
    """De klok van `installatie`; `klok.verzet(timedelta(days=42))` schuift de tijd op."""
    from kern.klok import VerzetbareKlok

    assert isinstance(installatie.klok, VerzetbareKlok)
    return installatie.klok


@pytest.fixture
def client(installatie: "Installatie") -> "Iterator[httpx.Client]":
    """HTTP naar het platform zonder aanmelding, zoals een browser of machine van buiten; volgt geen omleidingen."""
    import httpx

    from kern.transport import EigenTransport

    transport = EigenTransport(lambda: installatie.wsgi)
    with httpx.Client(transport=transport, base_url=installatie.instellingen.adres) as http:
        yield http


@pytest.fixture
def werk_outbox_af(installatie: "Installatie") -> Callable[[], int]:
    """Doet wat de worker zou doen: alles afhandelen wat klaarstaat. Geeft het aantal."""
    from kern.outbox import Afhandelaar

    return Afhandelaar(installatie).werk_af
