"""De elfproef van BSN en RSIN, naast die van de bibliotheek voor nummers van elk land."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from kern.elfproef import voldoet_aan_elfproef


@pytest.mark.parametrize(
    ("nummer", "klopt"),
    [("517439943", True), ("5174.39.943", True), ("517439944", False), ("000000000", False), ("", False), ("51743994x", False)],
)  # fmt: skip
def test_bekende_nummers(nummer: str, klopt: bool) -> None:
    assert voldoet_aan_elfproef(nummer) is klopt


@given(st.from_regex(r"[0-9]{0,11}|[0-9 .-]{9,12}", fullmatch=True))
def test_zegt_wat_de_bibliotheek_zegt(nummer: str) -> None:
    assert voldoet_aan_elfproef(nummer) is bsn.is_valid(nummer)
