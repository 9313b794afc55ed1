"""Namens wie iemand kijkt, en van wie iets is."""

from kern.toegang import Eigenaar
from mijngemeente.ik import Ik, eigenaren_van_urn, eigenaren_van_zaak

BSN = "999000007"


def _zaak(*rollen: tuple[str, dict[str, str]]) -> dict[str, object]:
    return {
        "_expand": {
            "rollen": [
                {"omschrijvingGeneriek": soort, "betrokkeneIdentificatie": identificatie}
                for soort, identificatie in rollen
            ]
        }
    }


def test_alleen_de_initiator_is_eigenaar() -> None:
    zaak = _zaak(("initiator", {"inpBsn": BSN}), ("belanghebbende", {"inpBsn": "999000032"}))
    assert set(eigenaren_van_zaak(zaak)) == {("bsn", BSN)}
    assert set(eigenaren_van_zaak({})) == set()
    assert set(eigenaren_van_zaak({"_expand": {"rollen": [{"omschrijvingGeneriek": "initiator"}]}})) == set()


def test_een_vestiging_hoort_ook_bij_de_onderneming() -> None:
    zaak = _zaak(("initiator", {"kvkNummer": "90000034", "vestigingsNummer": "000090000342"}))
    verwacht: set[Eigenaar] = {("kvk", "90000034"), ("vestiging", "000090000342")}
    assert set(eigenaren_van_zaak(zaak)) == verwacht
    assert set(eigenaren_van_urn(Ik("vestiging", "000090000342", "90000034").urn)) == verwacht


def test_urn_en_eigenaar_zijn_elkaars_omgekeerde() -> None:
    for ik in (Ik("bsn", BSN), Ik("kvk", "90000034", "90000034"), Ik("pseudoniem", "DE/NL/abc:1")):
        assert ik.eigenaar in set(eigenaren_van_urn(ik.urn))
    assert set(eigenaren_van_urn("")) == set()


def test_het_nummer_staat_niet_in_de_weergave() -> None:
    assert BSN not in repr(Ik("bsn", BSN))


def test_wie_geen_partij_kan_zijn_heeft_geen_contacten() -> None:
    assert Ik("pseudoniem", "x").contactcriteria == {}
    assert Ik("bsn", BSN).contactcriteria["hadBetrokkene__wasPartij__partijIdentificator__objectId"] == BSN
