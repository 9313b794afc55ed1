"""De werkplek: elke medewerker ziet precies de schermen die voor hem opengaan."""

from collections.abc import Iterator

import pytest

from kern.installatie import Installatie
from simulatoren.gegevens import lees
from tests.schermhulp import Venster, http_naar

EEN_PER_ROL = {tuple(p["rollen"]): p["sleutel"] for p in lees("aanmeldingen")["medewerkers"] if "hoogste" not in p}


@pytest.fixture
def scherm(ingericht: Installatie) -> Iterator[Venster]:
    with http_naar(ingericht) as http:
        yield Venster(http)


@pytest.mark.parametrize(("rollen", "wie"), EEN_PER_ROL.items(), ids=EEN_PER_ROL.values())
def test_de_werkplek_toont_precies_wat_opengaat(
    scherm: Venster, ingericht: Installatie, rollen: tuple[str, ...], wie: str
) -> None:
    scherm.log_in(wie, "/werkplek/")
    assert scherm.status == 200
    pagina = scherm.tekst
    for punt in ingericht.menu:
        mag = bool(set(rollen) & set(punt.rollen))
        assert (f'href="{punt.adres}"' in pagina) == mag, punt.adres
        assert scherm.naar(punt.adres).status == (200 if mag else 403), punt.adres
    assert ("U heeft nog nergens toegang toe" in pagina) == (
        not any(set(rollen) & set(p.rollen) for p in ingericht.menu)
    )


def test_elk_beheerscherm_heeft_dezelfde_navigatie(scherm: Venster, ingericht: Installatie) -> None:
    scherm.log_in("femke", "/beheer/pakketten/")
    punten = [punt for punt in ingericht.menu if punt.groep == "beheer" and "functioneel-beheerder" in punt.rollen]
    assert len(punten) >= 5
    for punt in punten:
        scherm.naar(punt.adres)
        assert all(f'<a class="dv-balk__link" href="{ander.adres}"' in scherm.tekst for ander in punten), punt.adres
        assert 'href="/werkplek/"' in scherm.tekst


def test_beheer_leidt_naar_de_werkplek(scherm: Venster) -> None:
    scherm.log_in("femke", "/beheer/")
    assert scherm.pad == "/werkplek/"


def test_wie_niet_is_ingelogd_logt_eerst_in(scherm: Venster) -> None:
    scherm.naar("/werkplek/")
    assert "Medewerkersaccount" in scherm.tekst
    assert "Uw werk" not in scherm.tekst
