"""Kleine onderdelen van formulieren, zonder database."""

import re
from datetime import UTC, datetime

import pytest

from formulieren.aanvrager import Aanvrager
from formulieren.indienen import _met_documenten
from formulieren.inzendingen import nieuw_nummer
from formuliermotor.bestanden import bestanden_in
from formuliermotor.documenten import Stuk
from integratie.kvk import Adres
from kern.aanmelden import Identiteit, Machtiging, Niveau
from kern.toegang import eigenaar_van

BSN = "999000007"


def _aanvrager(**velden: object) -> Aanvrager:
    basis: dict[str, object] = {
        "bron": "eherkenning",
        "middel": "eherkenning",
        "onderwerp": "x",
        "niveau": Niveau.MIDDEN,
        "tijdstip": datetime(2026, 11, 22, tzinfo=UTC),
    }
    identiteit = Identiteit.model_validate(basis | velden)
    return Aanvrager(eigenaar_van(identiteit), identiteit)


def test_verzoeknummer_is_voor_te_lezen() -> None:
    nummers = {nieuw_nummer() for _ in range(500)}
    assert len(nummers) == 500
    assert all(re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}", n.replace("U", "V")) for n in nummers)
    assert not any(set(nummer) & set("01IO") for nummer in nummers)


@pytest.mark.parametrize(
    ("velden", "soort", "urn"),
    [
        ({"soort": "inwoner", "bron": "digid", "bsn": BSN}, "inwoner", f"urn:nld:brp:bsn:{BSN}"),
        ({"soort": "inwoner", "bron": "eidas", "pseudoniem": "DE-1"}, "inwoner", "urn:nld:eidas:pseudoniem:DE-1"),
        ({"soort": "ondernemer", "kvk": "90000018"}, "ondernemer", "urn:nld:hr:kvknummer:90000018"),
        (
            {"soort": "ondernemer", "kvk": "90000034", "vestiging": "000090000342"},
            "ondernemer",
            "urn:nld:hr:kvknummer:90000034:vestigingsnummer:000090000342",
        ),
        (
            {"soort": "ondernemer", "kvk": "90000085", "machtiging": Machtiging(soort="bsn", vertegenwoordigde=BSN)},
            "inwoner",
            f"urn:nld:brp:bsn:{BSN}",
        ),
    ],
)
def test_aanvrager_is_voor_wie_de_inzending_is(velden: dict[str, object], soort: str, urn: str) -> None:
    aanvrager = _aanvrager(**velden)
    assert (aanvrager.soort, aanvrager.urn) == (soort, urn)
    assert aanvrager.als_context()["soort"] == soort
    assert BSN not in str(aanvrager.als_context())


def test_zonder_aanmelding() -> None:
    aanvrager = Aanvrager(("sessie", "geheim"))
    assert (aanvrager.soort, aanvrager.urn, aanvrager.bsn, aanvrager.kvk) == ("anoniem", "", "", "")


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"straatnaam": "Kade", "huisnummer": 1, "postcode": "1234AB", "plaats": "Stad"}, "Kade 1, 1234 AB Stad"),
        ({"straatnaam": "Kade", "huisnummer": 1, "huisletter": "a", "huisnummer_toevoeging": "2"}, "Kade 1a-2"),
        ({"straatnaam": "Kade", "ind_afgeschermd": True}, ""),
    ],
)
def test_adresregel(velden: dict[str, object], regel: str) -> None:
    assert Adres.model_validate({"type": "bezoekadres", **velden}).regel == regel


def test_bestanden_worden_op_volgorde_documenten() -> None:
    een, twee, drie = ({"id": str(n), "naam": f"{n}.pdf", "grootte": n, "mediatype": "x"} for n in range(3))
    waarden = {"a": [een], "b": "tekst", "c": [{"d": [twee, drie]}]}
    assert bestanden_in(waarden) == [een, twee, drie]
    stukken = iter([Stuk("", f"urn:{n}", "") for n in range(3)])
    assert _met_documenten(waarden, stukken) == {
        "a": [{"naam": "0.pdf", "informatieObject": "urn:0"}],
        "b": "tekst",
        "c": [{"d": [{"naam": "1.pdf", "informatieObject": "urn:1"}, {"naam": "2.pdf", "informatieObject": "urn:2"}]}],
    }
