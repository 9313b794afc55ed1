"""De tijdlijn en de omzettingen van het klantbeeld."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from kcc.klantbeeld import Blok, Regel, tijdlijn, zaakregel
from kcc.klanten import Klant
from kcc.weergave import naam_van_rol
from kcc.zoeken import _schrijfwijzen

REF = UUID(int=1)
ZAAK = {"uuid": str(REF), "identificatie": "Z1", "omschrijving": "", "startdatum": "2026-01-05", "einddatum": None}


def test_tijdlijn_mengt_datums_en_tijdstippen_nieuwste_eerst() -> None:
    zaak = Regel("Zaak", "A", date(2026, 1, 5))
    contact = Regel("Contact", "B", datetime(2026, 1, 5, 9, tzinfo=UTC))
    bericht = Regel("Bericht", "C", datetime(2026, 1, 4, 23, tzinfo=UTC))
    zonder = Regel("Product", "D")
    blokken = [Blok("zaken", "", regels=[zaak, zonder]), Blok("overig", "", regels=[bericht, contact])]
    assert [regel.titel for regel in tijdlijn(blokken)] == ["B", "A", "C"]


def test_zaak_zonder_status_en_type_blijft_leesbaar() -> None:
    regel = zaakregel(ZAAK)
    assert (regel.titel, regel.stand, regel.doel) == ("Z1", None, ("zaak", REF))


@pytest.mark.parametrize(
    ("soort", "urn"), [("bsn", "urn:nld:brp:bsn:999000007"), ("kvk", "urn:nld:hr:kvknummer:999000007"), ("partij", "")]
)
def test_urn_van_een_klant(soort: str, urn: str) -> None:
    klant = Klant(REF, soort, "999000007", "Jan")  # type: ignore[arg-type]  # een van de drie
    assert klant.urn == urn
    assert "999000007" not in repr(klant)


@pytest.mark.parametrize(
    ("getypt", "gezocht"),
    [
        ("06-12345678", ("+31612345678", "0612345678")),
        ("+32 470 12 34 56", ("+32470123456",)),
        ("a@b.nl", ("a@b.nl",)),
        ("geen nummer", ("geen nummer",)),
    ],
)
def test_schrijfwijzen_van_een_adres(getypt: str, gezocht: tuple[str, ...]) -> None:
    assert _schrijfwijzen(getypt) == gezocht


@pytest.mark.parametrize(
    ("rol", "naam"),
    [
        ({"betrokkeneIdentificatie": {"voornamen": "Jan", "geslachtsnaam": "Vries"}}, "Jan Vries"),
        ({"betrokkeneIdentificatie": {"statutaireNaam": "Bakkerij BV"}}, "Bakkerij BV"),
        ({"betrokkeneIdentificatie": {"handelsnaam": ["Zon", "Maan"]}}, "Zon, Maan"),
        ({"afwijkendeNaamBetrokkene": "Mevrouw X", "betrokkeneIdentificatie": {"geslachtsnaam": "Y"}}, "Mevrouw X"),
        ({"betrokkeneIdentificatie": {"inpBsn": "999000007", "geslachtsnaam": ""}}, "BSN ******007"),
        ({"betrokkeneIdentificatie": {"kvkNummer": "90000018"}}, "KVK-nummer 90000018"),
        ({"betrokkeneIdentificatie": None}, "–"),
    ],
)
def test_naam_van_een_betrokkene(rol: dict[str, object], naam: str) -> None:
    assert naam_van_rol(rol) == naam
