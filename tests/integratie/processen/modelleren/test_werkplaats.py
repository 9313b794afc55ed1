"""De werkversie: openen, bewaren, botsen, ongedaan maken, en wat er buiten de werkbank verandert."""

import pytest

from integratie.configuratie import SJABLOON, Configuratie
from processen.modelleren import Botsing, GeenPakket, Werkplaats
from processen.modelleren.werkplaats import GEPARKEERD, MEESTE_STAPPEN, OnbekendPad
from tests.integratie.processen.modelleren.conftest import FEMKE, JAN, PAKKET
from tests.reishulp import Gemeente

PAD = "verzendregels.json"


def test_openen_begint_met_wat_er_staat(plaats: Werkplaats) -> None:
    stand = plaats.open(PAKKET, FEMKE)
    assert (stand.titel, stand.versie, stand.heeft_wijzigingen) == ("Toeristische verhuur", 1, False)
    assert {"pakket.toml", PAD} <= set(plaats.bestanden(PAKKET))
    assert plaats.bestanden(PAKKET) == plaats.basis(PAKKET)
    assert not any(deel.anders for deel in plaats.delen(PAKKET))
    with pytest.raises(GeenPakket):
        plaats.open("bestaat-niet", FEMKE)


def test_bewaren_en_ongedaan(plaats: Werkplaats) -> None:
    oud = plaats.lees(PAKKET, PAD)
    een = plaats.bewaar(PAKKET, PAD, b"[]", versie=oud.versie, wie=FEMKE, wat="regels weg")
    assert (een.inhoud, een.anders, een.door_naam) == (b"[]", True, "Femke")
    assert plaats.bewaar(PAKKET, PAD, b"[]", versie=oud.versie, wie=JAN) == een  # hetzelfde nog eens: niets te doen
    plaats.verwijder(PAKKET, PAD, versie=een.versie, wie=FEMKE)
    with pytest.raises(GeenPakket):
        plaats.lees(PAKKET, PAD)
    for verwacht in (b"[]", oud.inhoud):
        assert plaats.ongedaan(PAKKET, JAN)
        assert plaats.lees(PAKKET, PAD).inhoud == verwacht
    assert plaats.ongedaan(PAKKET, JAN) is None
    stap = plaats.opnieuw(PAKKET, JAN)
    assert stap is not None
    assert stap.wat == "regels weg"
    assert plaats.lees(PAKKET, PAD).inhoud == b"[]"
    plaats.bewaar(PAKKET, PAD, b"[ ]", versie=plaats.lees(PAKKET, PAD).versie, wie=FEMKE)
    assert plaats.opnieuw(PAKKET, FEMKE) is None  # wie na ongedaan maken iets bewaart, begint een nieuw vervolg


def test_twee_mensen_in_hetzelfde_bestand_verliezen_niets(plaats: Werkplaats) -> None:
    oud = plaats.lees(PAKKET, PAD)
    plaats.bewaar(PAKKET, PAD, b'["van Jan"]', versie=oud.versie, wie=JAN)
    with pytest.raises(Botsing) as botsing:
        plaats.bewaar(PAKKET, PAD, b'["van Femke"]', versie=oud.versie, wie=FEMKE)
    assert botsing.value.nu.door_naam == "Jan"
    assert plaats.lees(PAKKET, PAD).inhoud == b'["van Jan"]'
    geparkeerd = plaats.stappen(PAKKET)[0]
    assert (geparkeerd.nr, geparkeerd.soort, geparkeerd.door_naam) == (botsing.value.geparkeerd, GEPARKEERD, "Femke")
    plaats.zet_terug(PAKKET, geparkeerd.nr, FEMKE)
    assert plaats.lees(PAKKET, PAD).inhoud == b'["van Femke"]'
    plaats.ongedaan(PAKKET, FEMKE)
    assert plaats.lees(PAKKET, PAD).inhoud == b'["van Jan"]'


def test_in_verschillende_bestanden_botst_niets(plaats: Werkplaats) -> None:
    regels, kop = plaats.lees(PAKKET, PAD), plaats.lees(PAKKET, "pakket.toml")
    plaats.bewaar(PAKKET, PAD, b"[]", versie=regels.versie, wie=JAN)
    plaats.bewaar(PAKKET, kop.pad, b'titel = "Anders"\n', versie=kop.versie, wie=FEMKE)
    assert plaats.stand(PAKKET).titel == "Anders"


def test_nieuw_bestand_en_verkeerde_paden(plaats: Werkplaats) -> None:
    pad = "scenarios/99-nieuw.yaml"
    assert plaats.kijk(PAKKET, pad).versie == 0
    plaats.bewaar(PAKKET, pad, b"naam: x", versie=0, wie=FEMKE)
    with pytest.raises(Botsing):
        plaats.bewaar(PAKKET, pad, b"naam: y", versie=0, wie=JAN)
    for verkeerd in ("../pakket.toml", "processen/x.exe", "geheim.json", "processen/sub/x.bpmn"):
        with pytest.raises(OnbekendPad):
            plaats.bewaar(PAKKET, verkeerd, b"", versie=0, wie=FEMKE)


def test_de_geschiedenis_is_begrensd(plaats: Werkplaats) -> None:
    for nummer in range(MEESTE_STAPPEN + 5):
        plaats.bewaar_samen(PAKKET, {PAD: f"[{nummer}]".encode()}, wie=FEMKE, wat="x")
    assert len(plaats.stappen(PAKKET, 1000)) == MEESTE_STAPPEN


def test_wat_buiten_de_werkbank_veranderde_komt_mee(gemeente: Gemeente, plaats: Werkplaats) -> None:
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    sjablonen = [deel.pad for deel in plaats.delen(PAKKET) if deel.pad.startswith("sjablonen/")]
    vrij, eigen = (pad.removeprefix("sjablonen/").removesuffix(".json") for pad in sjablonen[:2])
    plaats.bewaar_samen(PAKKET, {f"sjablonen/{eigen}.json": b"{}"}, wie=FEMKE, wat="x")
    oude = {sleutel: configuratie.haal(SJABLOON, sleutel) for sleutel in (vrij, eigen)}
    for sleutel, oud in oude.items():
        assert oud
        configuratie.bewaar(SJABLOON, sleutel, {**oud, "onderwerp": {"nl": "Van buiten"}})
    stand = plaats.open(PAKKET, FEMKE)
    assert b"Van buiten" in (plaats.lees(PAKKET, f"sjablonen/{vrij}.json").inhoud or b"")
    assert not plaats.lees(PAKKET, f"sjablonen/{vrij}.json").anders
    assert plaats.lees(PAKKET, f"sjablonen/{eigen}.json").inhoud == b"{}"  # zelf veranderd: dat blijft
    assert stand.heeft_wijzigingen
    for sleutel, oud in oude.items():
        configuratie.bewaar(SJABLOON, sleutel, oud or {})


def test_collegas(plaats: Werkplaats) -> None:
    assert plaats.meld_aanwezig(PAKKET, FEMKE) == []
    assert plaats.meld_aanwezig(PAKKET, JAN) == ["Femke"]
    assert plaats.meld_aanwezig(PAKKET, FEMKE) == ["Jan"]
