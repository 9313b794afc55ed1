"""Het geduld van één verzoek: alle diensten van een ander samen, niet elk apart."""

import threading
import time

import pytest

from kit.ophalen import GEDULD, Geduld


def test_een_verzoek_wacht_samen_niet_langer_dan_zijn_geduld() -> None:
    """Acht verwijzingen naar diensten die zwijgen kosten samen het geduld; daarna wacht er niemand meer."""
    geduld, stil, begin = Geduld(0.2), threading.Event(), time.monotonic()
    for _ in range(8):
        with pytest.raises(TimeoutError):
            geduld.wacht_op(lambda: stil.wait(30))
    assert geduld.over <= 0
    stil.set()
    assert time.monotonic() - begin < 5  # acht keer dertig zou vier minuten zijn


def test_trage_antwoorden_gaan_van_hetzelfde_geduld_af() -> None:
    geduld = Geduld(10)
    assert [geduld.wacht_op(lambda: threading.Event().wait(0.05)) for _ in range(3)] == [False] * 3
    assert geduld.over <= 10 - 3 * 0.05


def test_een_fout_komt_bij_de_aanroeper() -> None:
    with pytest.raises(ZeroDivisionError):
        Geduld().wacht_op(lambda: 1 // 0)


def test_het_geduld_laat_tijd_voor_het_antwoord() -> None:
    """Binnen twee seconden een duidelijk antwoord, met een halve seconde voor al het andere."""
    assert GEDULD <= 1.5
    assert Geduld().over == GEDULD
