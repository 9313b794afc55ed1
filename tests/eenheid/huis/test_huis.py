"""Regels over de map zelf: geen adressen in de sloten, documentatie bij de tijd, compose past bij de instellingen."""

import platform
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from kern.instellingen import Instellingen

WORTEL = Path(__file__).parents[3]
SLOTEN = ("requirements.lock", "requirements-dev.lock")
OMGEVING_IMAGE = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
COMPOSE_VARIABELEN = {"DATABASE_WACHTWOORD", "DATABASE_GEHEUGEN"}


def slot(naam: str) -> dict[str, str]:
    """De pakketten in een slot met hun versie; bij verschil per Python-versie telt de eerste."""
    regels = re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", (WORTEL / naam).read_text(), re.MULTILINE)
    return dict(reversed(regels))


def lees_yaml(pad: str) -> Any:
    return yaml.safe_load((WORTEL / pad).read_text())


def test_de_map_platform_verdringt_python_niet() -> None:
    assert platform.system() in ("Linux", "Darwin")
    assert not (WORTEL / "platform" / "__init__.py").exists()


@pytest.mark.parametrize("naam", SLOTEN)
def test_slot_noemt_geen_adressen(naam: str) -> None:
    tekst = (WORTEL / naam).read_text()
    assert not re.search(r"https?:|index-url|find-links|trusted-host|file:|@ ", tekst)


@pytest.mark.parametrize("naam", SLOTEN)
def test_elk_pakket_in_een_slot_heeft_een_hash(naam: str) -> None:
    blokken = re.split(r"^(?=[a-z0-9])", (WORTEL / naam).read_text(), flags=re.MULTILINE)[1:]
    assert blokken
    assert all("--hash=sha256:" in blok for blok in blokken)


def test_sloten_noemen_dezelfde_versies() -> None:
    draai, ontwikkel = (slot(naam) for naam in SLOTEN)
    assert draai.items() <= ontwikkel.items()


def test_slot_kent_elke_afhankelijkheid() -> None:
    namen = {re.split(r"[ \[<>=!;]", eis)[0].lower() for eis in metadata.requires("dienstverlening") or []}
    assert namen <= slot(SLOTEN[0]).keys()


def test_npm_slot_noemt_geen_registeradres() -> None:
    assert not re.search(r'"resolved"|registry', (WORTEL / "frontend" / "package-lock.json").read_text())


def test_documentatie_uit_de_code_is_bij_de_tijd() -> None:
    uitkomst = subprocess.run(
        [sys.executable, "tools/maak_docs.py", "--controle"], cwd=WORTEL, capture_output=True, text=True, check=False
    )
    assert uitkomst.returncode == 0, uitkomst.stderr


def test_elke_instelling_heeft_een_omschrijving() -> None:
    assert [naam for naam, veld in Instellingen.model_fields.items() if not veld.description] == []


def test_compose_gebruikt_alleen_bestaande_instellingen() -> None:
    bekend = {naam.upper() for naam in Instellingen.model_fields}
    diensten = lees_yaml("docker/compose.yaml")["services"]
    for naam in ("bijwerken", "web", "worker"):
        assert diensten[naam]["environment"].keys() <= bekend
    gevraagd = set(re.findall(r"\$\{(\w+)", (WORTEL / "docker/compose.yaml").read_text()))
    assert gevraagd <= bekend | COMPOSE_VARIABELEN


def test_compose_instellingen_worden_aanvaard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Met ingevulde geheimen start het platform met precies de omgeving uit compose."""
    omgeving = lees_yaml("docker/compose.yaml")["services"]["web"]["environment"]
    ingevuld = {naam: re.sub(r"\$\{\w+:([-?])([^}]*)\}", _vul_in, waarde) for naam, waarde in omgeving.items()}
    for naam, waarde in ingevuld.items():
        monkeypatch.setenv(naam, waarde)
    instellingen = Instellingen()
    assert instellingen.omgeving == "productie"
    assert instellingen.database_url.startswith("postgresql+psycopg://dienstverlening:")


def _vul_in(vondst: re.Match[str]) -> str:
    return vondst[2] if vondst[1] == "-" else "g" * 40


def test_compose_diensten_zijn_dichtgezet() -> None:
    for naam, dienst in lees_yaml("docker/compose.yaml")["services"].items():
        assert dienst["read_only"] is True, naam
        assert dienst["cap_drop"] == ["ALL"], naam
        assert dienst["tmpfs"], naam
        assert "healthcheck" in dienst or naam == "web", naam  # web: de controle uit het image


def test_image_gebruikt_bestaande_mappen_en_instellingen() -> None:
    dockerfile = (WORTEL / "docker/Dockerfile").read_text()
    bronnen = [
        deel for regel in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE) for deel in regel.split()
    ]
    assert bronnen
    assert [bron for bron in bronnen if not (WORTEL / bron).exists()] == []
    toegestaan = {regel[1:] for regel in (WORTEL / ".dockerignore").read_text().splitlines() if regel.startswith("!")}
    assert {bron.split("/")[0] for bron in bronnen} <= toegestaan
    gezet = set(re.findall(r"([A-Z_]+)=", re.findall(r"^ENV (.+)$", dockerfile, re.MULTILINE)[0]))
    assert gezet - OMGEVING_IMAGE <= {naam.upper() for naam in Instellingen.model_fields}
    assert "\nUSER 10001" in dockerfile
    assert "/gezond" in dockerfile


def test_make_help_noemt_de_afgesproken_doelen() -> None:
    uitvoer = subprocess.run(["make", "help"], cwd=WORTEL, capture_output=True, text=True, check=True).stdout
    for doel in ("demo", "test", "check", "bench", "dmn-tck", "duurzaam", "veiligheid", "help"):
        assert f"make {doel} " in uitvoer


def test_publiccode_is_volledig() -> None:
    inhoud = lees_yaml("publiccode.yml")
    assert inhoud["publiccodeYmlVersion"] == "0.4"
    verplicht = {
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert verplicht <= inhoud.keys()
    assert inhoud["softwareVersion"] == metadata.version("dienstverlening")
    for taal, tekst in inhoud["description"].items():
        assert len(tekst["shortDescription"]) <= 150, taal
        assert 150 <= len(tekst["longDescription"]) <= 10_000, taal
        assert tekst["features"], taal
    assert inhoud["legal"]["license"] == "EUPL-1.2"
    assert inhoud["maintenance"]["contacts"]


def test_licentie_is_de_eupl() -> None:
    tekst = (WORTEL / "LICENSE").read_text()
    assert "V. 1.2" in tekst
    assert all(f"\n{nummer}. " in tekst for nummer in range(1, 16))


def test_besluiten_staan_in_de_lijst() -> None:
    lijst = (WORTEL / "docs/besluiten/README.md").read_text()
    bladen = sorted((WORTEL / "docs/besluiten").glob("0*.md"))
    assert bladen
    for blad in bladen:
        assert f"({blad.name})" in lijst
        assert all(f"## {kop}\n" in blad.read_text() for kop in ("Aanleiding", "Besluit", "Gevolg")), blad.name


def test_koppelingen_in_de_documentatie_bestaan() -> None:
    for blad in [*WORTEL.glob("*.md"), *(WORTEL / "docs").rglob("*.md")]:
        for doel in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", blad.read_text()):
            assert (blad.parent / doel).exists(), f"{blad.name}: {doel}"


def test_geen_registeradres_of_pad_van_een_machine_in_de_bron() -> None:
    """Waar pakketten vandaan komen kiest wie installeert; een pad van iemands machine werkt nergens anders."""
    verboden = ["pypi" + ".org", "python" + "hosted", "npm" + "js.", "/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/"]
    gevolgd = subprocess.run(
        ["git", "ls-files", "-z"], cwd=WORTEL, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    bestanden = [WORTEL / naam for naam in gevolgd if naam and (WORTEL / naam).is_file()]
    teksten = {pad.relative_to(WORTEL): pad.read_bytes().decode(errors="ignore") for pad in bestanden}
    assert [(str(pad), woord) for pad, tekst in teksten.items() for woord in verboden if woord in tekst] == []
