"""Inlogmiddelen uit een TOML-bestand."""

from pathlib import Path

import pytest
from joserfc.jwk import RSAKey

from kern.aanmelden import Inlogmiddel, MiddelenFout, Niveau, afmelddoelen, herkomsten, laad_middelen
from kern.installatie import Installatie
from kern.instellingen import laad_instellingen

DIGID = """
[[inlogmiddel]]
naam = "digid"
titel = "DigiD"
doelgroep = "inwoner"
bron = "digid"
issuer = "https://makelaar.example/digid"
client_id = "gemeente"
sleutel_bestand = "{map}/sleutel.pem"
claims.bsn = "urn:nl-eid-gdi:1.0:BSN"
claims.vertegenwoordigde_bsn = ["representee", "bsn"]
standaard_niveau = "midden"

[[inlogmiddel]]
naam = "entra"
titel = "Medewerkersaccount"
doelgroep = "medewerker"
bron = "medewerker"
issuer = "https://login.example/tenant/v2.0"
client_id = "platform"
client_geheim_bestand = "{map}/geheim"
scopes = ["openid", "profile"]
[inlogmiddel.rollen_per_groep]
kcc = ["kcc-medewerker"]
"""


def _laad(map_: Path, tekst: str) -> tuple[Inlogmiddel, ...]:
    (map_ / "sleutel.pem").write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    (map_ / "geheim").write_text("niet-te-raden\n")
    (map_ / "middelen.toml").write_text(tekst.replace("{map}", str(map_)))
    return laad_middelen(map_ / "middelen.toml")


def test_een_goed_bestand(tmp_path: Path) -> None:
    digid, entra = _laad(tmp_path, DIGID)
    assert digid.sleutel is not None
    assert digid.claims.bsn == "urn:nl-eid-gdi:1.0:BSN"
    assert digid.claims.vertegenwoordigde_bsn == ("representee", "bsn")
    assert digid.standaard_niveau is Niveau.MIDDEN
    assert (entra.client_geheim, entra.sleutel) == ("niet-te-raden", None)
    assert entra.rollen_per_groep == {"kcc": ("kcc-medewerker",)}
    assert "niet-te-raden" not in repr(entra)
    assert herkomsten((digid, entra)) == ["https://login.example", "https://makelaar.example"]


def test_de_instelling_wijst_doelen_en_vertrouwde_hosts_aan(tmp_path: Path) -> None:
    _laad(tmp_path, DIGID)
    instellingen = laad_instellingen(
        omgeving="test",
        inlogmiddelen=str(tmp_path / "middelen.toml"),
        database_url="postgresql://nergens/x",
        redis_url="redis://nergens",
    )
    assert afmelddoelen(instellingen) == ["https://login.example", "https://makelaar.example"]
    assert afmelddoelen(instellingen.model_copy(update={"inlogmiddelen": ""})) == []
    vertrouwd = Installatie(instellingen)._vertrouwde_hosts()
    assert ("makelaar.example", None) in vertrouwd


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ('issuer = "https://makelaar', 'issuer = "http://makelaar', "inlogmiddel 1: issuer moet met https://"),
        ('bron = "digid"', 'bron = "eherkenning"', "bron eherkenning hoort niet bij een inwoner"),
        ('naam = "entra"', 'naam = "digid"', "naam komt vaker voor: digid"),
        ('naam = "entra"', 'naam = "En/tra"', "inlogmiddel 2, naam"),
        ('client_geheim_bestand = "{map}/geheim"', "", "inlogmiddel 2: geef sleutel_bestand of client_geheim_bestand"),
        ('"{map}/geheim"', '"{map}/weg"', "No such file"),
        ('"{map}/sleutel.pem"', '"{map}/geheim"', "geen RSA-sleutel"),
        ('["kcc-medewerker"]', '["baas"]', "inlogmiddel 2, rollen_per_groep.kcc.0"),
        ("standaard_niveau", "onbekend_veld", "inlogmiddel 1, onbekend_veld"),
        ('["openid", "profile"]', '["profile"]', "scopes moet openid bevatten"),
        ("claims.bsn", "claims.burgerservicenummer", "burgerservicenummer"),
        ("[[inlogmiddel]]", "[[inlogmiddel", "middelen.toml"),
    ],
)
def test_een_fout_bestand_noemt_wat_er_mis_is(tmp_path: Path, oud: str, nieuw: str, melding: str) -> None:
    assert oud in DIGID
    with pytest.raises(MiddelenFout) as fout:
        _laad(tmp_path, DIGID.replace(oud, nieuw))
    assert melding in str(fout.value)


def test_een_ontbrekend_bestand(tmp_path: Path) -> None:
    with pytest.raises(MiddelenFout, match="No such file"):
        laad_middelen(tmp_path / "weg.toml")
