"""De verzonnen inwoners: goede nummers, kloppende families, en elk bijzonder geval is er."""

from datetime import date

import pytest
from stdnum.nl import bsn as elfproef

from integratie.brp.schemas import Persoon
from simulatoren.brp.afleiden import persoon
from simulatoren.brp.bevolking import Bevolking, Inwoner
from simulatoren.brp.waarden import leeftijd, typeer_datum

VANDAAG = date(2026, 11, 22)
BEVOLKING = Bevolking.voorbeeldstad()
INWONERS = list(BEVOLKING.inwoners.values())


def _gegevens(inwoner: Inwoner) -> Persoon:
    return Persoon.model_validate(persoon(inwoner, BEVOLKING, VANDAAG))


def test_er_zijn_genoeg_inwoners_met_een_goed_nummer_uit_de_testreeks() -> None:
    assert len(INWONERS) >= 25
    assert all(elfproef.is_valid(inwoner.bsn) and inwoner.bsn.startswith("999") for inwoner in INWONERS)


@pytest.mark.parametrize("inwoner", INWONERS, ids=lambda inwoner: inwoner.bsn)
def test_elke_inwoner_past_in_het_schema_van_de_standaard(inwoner: Inwoner) -> None:
    gegevens = persoon(inwoner, BEVOLKING, VANDAAG)
    gelezen = Persoon.model_validate(gegevens)
    assert gelezen.naam is not None
    assert gelezen.naam.volledige_naam
    assert set(gegevens) <= {veld.alias for veld in Persoon.model_fields.values()}


def test_families_kloppen_van_twee_kanten() -> None:
    for inwoner in INWONERS:
        for ouder in filter(None, (BEVOLKING.inwoners.get(ouder.bsn) for ouder in inwoner.ouders)):
            assert inwoner in BEVOLKING.kinderen(ouder.bsn)
        if inwoner.partner and inwoner.partner.bsn:
            terug = BEVOLKING.inwoners[inwoner.partner.bsn].partner
            assert terug is not None
            assert (terug.bsn, terug.soort, terug.sinds) == (inwoner.bsn, inwoner.partner.soort, inwoner.partner.sinds)


def test_elke_verwijzing_bestaat() -> None:
    for inwoner in INWONERS:
        leden = [*inwoner.ouders, *([inwoner.partner] if inwoner.partner else [])]
        assert all(lid.bsn in BEVOLKING.inwoners or lid.geslachtsnaam for lid in leden)
        assert not inwoner.adres or inwoner.adres in BEVOLKING.adressen


def test_de_bijzondere_gevallen_zijn_er() -> None:
    alle = [_gegevens(inwoner) for inwoner in INWONERS]
    soorten = {gegevens.verblijfplaats.type for gegevens in alle if gegevens.verblijfplaats}
    assert soorten == {"Adres", "VerblijfplaatsBuitenland", "VerblijfplaatsOnbekend", "Locatie"}
    assert any(gegevens.overleden for gegevens in alle)
    assert any(gegevens.geemigreerd for gegevens in alle)
    assert any(gegevens.geheimhouding_persoonsgegevens for gegevens in alle)
    assert any(gegevens.in_onderzoek for gegevens in alle)
    relaties = {relatie.type for gegevens in alle for relatie in gegevens.gezag or ()}
    assert relaties == {
        "GezamenlijkOuderlijkGezag",
        "EenhoofdigOuderlijkGezag",
        "Voogdij",
        "TijdelijkGeenGezag",
        "GezagNietTeBepalen",
    }
    datums = {gegevens.geboorte.datum.type for gegevens in alle if gegevens.geboorte and gegevens.geboorte.datum}
    assert datums == {"Datum", "JaarMaandDatum", "JaarDatum", "DatumOnbekend"}


def test_de_voogd_heeft_het_gezag_en_de_minderjarige_ook_in_beeld() -> None:
    noa = next(inwoner for inwoner in INWONERS if inwoner.voornamen == "Noa")
    assert noa.gezag is not None
    voogd = _gegevens(BEVOLKING.inwoners[noa.gezag.derden[0]])
    assert voogd.gezag == _gegevens(noa).gezag


@pytest.mark.parametrize(
    ("tekst", "soort", "lang"),
    [
        ("1978-03-14", "Datum", "14 maart 1978"),
        ("1993-07", "JaarMaandDatum", "juli 1993"),
        ("1990", "JaarDatum", "1990"),
        ("onbekend", "DatumOnbekend", "onbekend"),
    ],
)
def test_datums_hebben_vier_vormen(tekst: str, soort: str, lang: str) -> None:
    datum = typeer_datum(tekst)
    assert datum is not None
    assert (datum["type"], datum["langFormaat"]) == (soort, lang)


@pytest.mark.parametrize(
    ("geboren", "jaren"),
    [
        ("2008-11-22", 18),
        ("2008-11-23", 17),
        ("1993-07", 33),
        ("1993-12", 32),
        ("1993-11", None),
        ("1990", None),
        ("onbekend", None),
    ],
)
def test_leeftijd_alleen_als_zij_zeker_is(geboren: str, jaren: int | None) -> None:
    assert leeftijd(geboren, VANDAAG) == jaren
