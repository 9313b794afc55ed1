"""Pakketten die processen van andere aanroepen: passende versies, vanzelf eerst het andere, en niet weg zolang het nodig is."""

import pytest

from kern.installatie import Installatie
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket
from processen.pakketten.afhankelijk import eerst_nodig, gebruikt_door, voldoet
from processen.pakketten.controle import controleer
from processen.pakketten.formaat import Afhankelijkheid, Pakket, PakketFout
from processen.pakketten.openen import MEEGELEVERD
from processen.pakketten.verwijderen import verwijder
from tests.procesmodel import bpmn, einde, start

AANROEP = '<callActivity id="roep"><extensionElements><zeebe:calledElement processId="zaak-afsluiten"/></extensionElements></callActivity>'


def pakket(eis: str, ander: str = "bouwstenen") -> Pakket:
    """Een klein pakket dat een bouwsteen aanroept."""
    leeg = lees_pakket(MEEGELEVERD / "bouwstenen")
    kop = leeg.kop.model_copy(
        update={
            "naam": "proef",
            "starts": [],
            "teams": [],
            "termijnen": [],
            "afhankelijk": [Afhankelijkheid(pakket=ander, versie=eis)],
        }
    )
    delen = {naam: type(getattr(leeg, naam))() for naam in Pakket.model_fields if naam != "kop"}
    model = bpmn("roeper", start(), AANROEP, einde(), "start > roep > einde")
    return Pakket(kop=kop, **{**delen, "processen": {"roeper": model}})


@pytest.mark.parametrize(
    ("versie", "eis", "past"),
    [
        ("1.0.0", ">=1.0,<2", True),
        ("1.9.12", ">=1.0, <2", True),
        ("2.0.0", ">=1.0,<2", False),
        ("1.10.0", ">1.9", True),
        ("1.0.0", "==1", True),
        ("0.9.9", ">=1.0", False),
    ],
)
def test_versies(versie: str, eis: str, *, past: bool) -> None:
    assert voldoet(versie, eis) is past


def test_het_andere_pakket_komt_vanzelf_mee_en_blijft_zolang_het_nodig_is(installatie: Installatie) -> None:
    motor, roeper = maak_motor(installatie), pakket(">=1.0,<2")
    assert controleer(roeper, motor) == []
    installeer(installatie, motor, roeper)
    assert eerst_nodig(installatie, roeper) == []
    assert gebruikt_door(installatie, "bouwstenen") == ["proef"]
    with pytest.raises(PakketFout, match="nodig voor proef"):
        verwijder(installatie, motor, "bouwstenen")
    verwijder(installatie, motor, "proef")
    assert "proces zaak-afsluiten" in verwijder(installatie, motor, "bouwstenen")


def test_een_ontbrekende_versie_is_een_duidelijke_fout(installatie: Installatie) -> None:
    with pytest.raises(PakketFout, match=r"bouwstenen >=9 is nodig; hier staat het niet"):
        installeer(installatie, maak_motor(installatie), pakket(">=9"))


def test_zonder_afhankelijkheid_bestaat_het_proces_niet(installatie: Installatie) -> None:
    fouten = controleer(pakket(">=1", ander="nergens"), maak_motor(installatie))
    assert fouten == ["processen/roeper.bpmn: roep: proces zaak-afsluiten bestaat niet in dit pakket"]
