"""`dienstverlening applicatie`: toevoegen, geheim, tonen en verwijderen, en wat de applicatie daarna mag."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dienstverlening.applicatie import lees_autorisaties
from dienstverlening.opstarten import StartFout
from integratie.autorisaties import AutorisatiesClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.integratie.registraties.autorisaties.test_applicaties import GEHEIM, Vreemd
from tests.integratie.registraties.rechten import status_van
from tests.integratie.registraties.typen import maak_typen
from tests.integratie.registraties.zaken.hulp import maak_zaak
from tests.opdrachthulp import draai as voer_uit


@dataclass(frozen=True)
class Uitkomst:
    """De code en wat de beheerder ziet; zonder logregels, die een programma naar stderr stuurt."""

    exit_code: int
    output: str


Opdracht = Callable[..., Uitkomst]


@pytest.fixture
def draai(installatie: Installatie) -> Opdracht:
    """Voer de opdracht uit op de installatie van deze test."""

    def doe(*argumenten: str) -> Uitkomst:
        resultaat = voer_uit(installatie, "applicatie", *argumenten)
        regels = resultaat.output.splitlines(keepends=True)
        return Uitkomst(resultaat.exit_code, "".join(regel for regel in regels if "[info" not in regel))

    return doe


class VreemdeZaken(Vreemd):
    api = "zaken"


def test_toevoegen_tonen_en_verwijderen(installatie: Installatie, draai: Opdracht) -> None:
    gelukt = draai("toevoegen", "ander", "--secret", GEHEIM, "--scopes", "autorisaties.lezen", "--label", "Ander")
    assert (gelukt.exit_code, gelukt.output) == (0, "ander heeft toegang.\n")
    assert Vreemd(installatie, "ander", GEHEIM).vraag("GET", "applicaties")["count"] == 1
    assert draai("tonen").output == "ander\tgeheim\tAnder\tac\n"
    assert draai("tonen", "ander").output == "ander\tgeheim\tAnder\tac\n  ac: autorisaties.lezen\n"
    assert GEHEIM not in draai("tonen", "ander").output
    draai("toevoegen", "ander", "--secret", GEHEIM, "--alle-autorisaties")  # nog eens vervangt
    assert draai("tonen", "ander").output == "ander\tgeheim\tAnder\talle autorisaties\n"
    assert draai("verwijderen", "ander").output == "ander heeft geen toegang meer.\n"
    assert status_van(Vreemd(installatie, "ander", GEHEIM), "GET", "applicaties") == 403
    assert draai("tonen").output == ""
    weg = draai("verwijderen", "ander")
    assert (weg.exit_code, weg.output) == (2, "dienstverlening: ander is hier niet bekend.\n")


def test_alleen_een_geheim(installatie: Installatie, draai: Opdracht) -> None:
    zonder = draai("geheim", "ander", "--secret", GEHEIM)
    assert zonder.exit_code == 0
    assert "nog geen rechten" in zonder.output
    assert draai("tonen").output == "ander\tgeheim\t-\tgeen rechten\n"
    assert status_van(Vreemd(installatie, "ander", GEHEIM), "GET", "applicaties") == 403
    draai("toevoegen", "ander", "--secret", GEHEIM, "--scopes", "autorisaties.lezen")
    nieuw = draai("geheim", "ander", "--secret", GEHEIM[::-1])
    assert "nog geen rechten" not in nieuw.output
    assert Vreemd(installatie, "ander", GEHEIM[::-1]).vraag("GET", "applicaties")["count"] == 1


@pytest.mark.parametrize("opdracht", [("geheim",), ("toevoegen", "--alle-autorisaties")])
def test_een_zwak_geheim_vraagt_een_vlag_en_geeft_een_waarschuwing(draai: Opdracht, opdracht: tuple[str, ...]) -> None:
    naam, *opties = opdracht
    nee = draai(naam, "ander", "--secret", "x" * 31, *opties)
    assert nee.exit_code == 2
    assert "--zwak-geheim" in nee.output
    ja = draai(naam, "ander", "--secret", "x" * 31, "--zwak-geheim", *opties)
    assert ja.exit_code == 0
    assert "Let op: Het geheim is korter dan 32 bytes" in ja.output
    assert draai(naam, "ander", "--secret", "", "--zwak-geheim", *opties).exit_code == 2


def test_rechten_binnen_een_catalogus_tot_een_vertrouwelijkheid(installatie: Installatie, draai: Opdracht) -> None:
    typen, ander = maak_typen(installatie), maak_typen(installatie, "ANDERS", domein="ANDER")
    zrc = ZakenClient(installatie, namens="zaken")
    openbaar = maak_zaak(zrc, typen, vertrouwelijkheidaanduiding="openbaar")["url"]
    maak_zaak(zrc, typen, vertrouwelijkheidaanduiding="geheim")
    maak_zaak(zrc, ander, vertrouwelijkheidaanduiding="openbaar")
    opties = ("--scopes", "zaken.lezen", "--catalogus", "ALGEM", "--vertrouwelijkheid", "intern")
    assert draai("toevoegen", "ander", "--secret", GEHEIM, *opties).exit_code == 0
    zichtbaar = VreemdeZaken(installatie, "ander", GEHEIM).vraag("GET", "zaken")
    assert [zaak["url"] for zaak in zichtbaar["results"]] == [openbaar]
    assert f"zaken.lezen op {typen.catalogus} tot intern" in draai("tonen", "ander").output
    ac = AutorisatiesClient(installatie, namens="autorisaties")
    los = ac.vraag("GET", "applicaties/consumer", params={"clientId": "ander"})["autorisaties"]
    assert [deel["zaaktype"] for deel in los] == [typen.zaaktype]
    assert ac.vraag("GET", "applicaties")["results"][0]["autorisaties"][0]["zaaktype"] == typen.catalogus
    fout = draai("toevoegen", "ander", "--secret", GEHEIM, "--scopes", "zaken.lezen", "--catalogus", "NIETS")
    assert "geen catalogus met domein NIETS" in fout.output


def test_autorisaties_uit_een_bestand(draai: Opdracht, tmp_path: Path) -> None:
    bestand = tmp_path / "rechten.json"
    autorisatie = {"component": "nrc", "scopes": ["notificaties.publiceren"]}
    bestand.write_text(json.dumps({"label": "x", "autorisaties": [autorisatie]}))
    assert draai("toevoegen", "ander", "--secret", GEHEIM, "--autorisaties", str(bestand)).exit_code == 0
    assert draai("tonen", "ander").output.endswith("  nrc: notificaties.publiceren\n")
    bestand.write_text(json.dumps([autorisatie]))
    assert [deel.component for deel in lees_autorisaties(bestand)] == ["nrc"]
    for fout in ("[]", "{}", "onzin", '[{"component": "bag", "scopes": []}]'):
        bestand.write_text(fout)
        with pytest.raises(StartFout):
            lees_autorisaties(bestand)


def test_opties_die_niet_samengaan(draai: Opdracht) -> None:
    assert draai("toevoegen", "ander", "--secret", GEHEIM).exit_code == 2
    assert draai("toevoegen", "ander", "--secret", GEHEIM, "--alle-autorisaties", "--scopes", "x").exit_code == 2
    eigen = draai("verwijderen", "dienstverlening-kcc")
    assert "van het platform zelf" in eigen.output


def test_een_applicatie_met_meer_client_ids_houdt_de_andere(installatie: Installatie, draai: Opdracht) -> None:
    ac = AutorisatiesClient(installatie, namens="autorisaties")
    invoer = {"clientIds": ["a", "b"], "label": "Samen", "heeftAlleAutorisaties": True}
    ac.vraag("POST", "applicaties", json=invoer)
    draai("geheim", "a", "--secret", GEHEIM)
    assert draai("tonen").output == "a\tgeheim\tSamen\talle autorisaties\nb\tgeen geheim\tSamen\talle autorisaties\n"
    draai("verwijderen", "a")
    over = ac.applicatie("b")
    assert over is not None
    assert over.client_ids == ["b"]
