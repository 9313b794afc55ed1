"""Een pakket openen, als map of als zip. Een zip wordt veilig uitgepakt: hij kan van iedereen komen.

Geweigerd wordt een zip met paden buiten de map, koppelingen, versleutelde of dubbele bestanden, of meer dan de grenzen hieronder. Er wordt
geteld wat er echt uitkomt, niet wat de zip over zichzelf zegt.
"""

import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path, PurePosixPath

from processen.pakketten.formaat import PakketFout

MEEGELEVERD = Path(str(files("processen") / "procespakketten"))
KOP = "pakket.toml"
MEESTE_BESTANDEN = 1_000
GROOTSTE_BESTAND = 10 * 1024 * 1024
GROOTSTE_PAKKET = 50 * 1024 * 1024
GROOTSTE_ZIP = 50 * 1024 * 1024
_STUK = 64 * 1024
_VERSLEUTELD = 0x1
_MAP_DIEPTE = 3


@contextmanager
def geopend(pad: Path) -> Iterator[Path]:
    """De map van het pakket op `pad` (een map of een zip). `PakketFout` met wat er aan de zip mankeert."""
    if pad.is_dir():
        yield pad
        return
    with tempfile.TemporaryDirectory(prefix="dv-pakket-") as tijdelijk:
        yield pak_uit(pad, Path(tijdelijk))


def pak_uit(zip_pad: Path, doel: Path) -> Path:
    """Pak de zip uit in `doel` en geef de map met `pakket.toml`: de bovenste, of de ene map die erin zit."""
    if zip_pad.stat().st_size > GROOTSTE_ZIP:
        raise PakketFout([f"{zip_pad.name}: groter dan {_mb(GROOTSTE_ZIP)}"])
    try:
        with zipfile.ZipFile(zip_pad) as zip_:
            delen = [deel for deel in zip_.infolist() if not deel.is_dir()]
            fouten = list(_fouten(delen))
            if fouten:
                raise PakketFout([f"{zip_pad.name}: {fout}" for fout in fouten])
            _schrijf(zip_, delen, doel)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as fout:
        raise PakketFout([f"{zip_pad.name}: geen leesbare zip: {fout}"]) from None
    return _wortel(zip_pad, doel)


def _fouten(delen: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Alles wat er mis is met de inhoudsopgave."""
    if len(delen) > MEESTE_BESTANDEN:
        yield f"meer dan {MEESTE_BESTANDEN} bestanden"
        return
    gehad: set[str] = set()
    for deel in delen:
        fout = _fout_in(deel, gehad)
        if fout:
            yield f"{deel.filename!r}: {fout}"
        gehad.add(deel.filename.lower())


def _fout_in(deel: zipfile.ZipInfo, gehad: set[str]) -> str:
    pad = PurePosixPath(deel.filename)
    if pad.is_absolute() or ".." in pad.parts or "\\" in deel.filename or ":" in deel.filename or not pad.name:
        return "het pad wijst buiten het pakket"
    if len(pad.parts) > _MAP_DIEPTE:
        return "een pakket heeft niet zulke diepe mappen"
    if stat.S_ISLNK(deel.external_attr >> 16):
        return "een koppeling (symlink) hoort niet in een pakket"
    if deel.flag_bits & _VERSLEUTELD:
        return "versleuteld"
    if deel.filename.lower() in gehad:
        return "staat er twee keer in"
    return ""


def _schrijf(zip_: zipfile.ZipFile, delen: list[zipfile.ZipInfo], doel: Path) -> None:
    totaal = 0
    for deel in delen:
        bestand = doel / PurePosixPath(deel.filename)
        bestand.parent.mkdir(parents=True, exist_ok=True)
        totaal += _schrijf_een(zip_, deel, bestand, GROOTSTE_PAKKET - totaal)


def _schrijf_een(zip_: zipfile.ZipFile, deel: zipfile.ZipInfo, bestand: Path, over: int) -> int:
    """Schrijf één bestand en geef hoe groot het was; stop zodra het te groot wordt."""
    grens, grootte = min(GROOTSTE_BESTAND, over), 0
    with zip_.open(deel) as bron, bestand.open("wb") as uit:
        while stuk := bron.read(_STUK):
            grootte += len(stuk)
            if grootte > grens:
                raise PakketFout(
                    [
                        f"{deel.filename!r}: groter dan {_mb(GROOTSTE_BESTAND)}, of het pakket is groter dan {_mb(GROOTSTE_PAKKET)}"
                    ]
                )
            uit.write(stuk)
    return grootte


def _wortel(zip_pad: Path, doel: Path) -> Path:
    if (doel / KOP).is_file():
        return doel
    mappen = [deel.parent for deel in doel.glob(f"*/{KOP}")]
    if len(mappen) != 1:
        raise PakketFout([f"{zip_pad.name}: {'geen' if not mappen else 'meer dan één'} {KOP} gevonden"])
    return mappen[0]


def _mb(bytes_: int) -> str:
    return f"{bytes_ // (1024 * 1024)} MB"
