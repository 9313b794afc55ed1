"""Scherm-apps: gekoppeld onder een pad, aangemeld, met foutpagina's en het vaste publieke adres."""

import io
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, TestResponse, encode_multipart

from kern import sessies
from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.toegang import ToegangFout, openbaar, routes_zonder_toegang, toegangsoverzicht
from kern.web import maak_scherm_app, zet_foutpagina
from tests.integratie.kern.schermen import gekoppeld, neem_sessie_over, scherm_app, stuur, token
from tests.kernhulp import ANDER_BSN, BSN, inwoner, medewerker, open_installatie, verzet


def test_route_zonder_toegangsregel_wordt_geweigerd(installatie: Installatie) -> None:
    app = maak_scherm_app("proef", installatie, import_naam=__name__)
    with pytest.raises(ToegangFout, match="geheim"):
        app.add_url_rule("/geheim", view_func=lambda: "x", endpoint="geheim")


def test_gewone_flask_app_zonder_regels_wordt_gevonden() -> None:
    app = Flask("los", static_folder=None)
    app.add_url_rule("/geheim", view_func=lambda: "x", endpoint="geheim")
    app.add_url_rule("/open", view_func=openbaar(lambda: "x"), endpoint="open", methods=["POST"])
    assert routes_zonder_toegang(app) == ["GET /geheim"]


def test_overzicht_noemt_elke_route(installatie: Installatie) -> None:
    overzicht = {route.pad: str(route.regel) for route in toegangsoverzicht(scherm_app(installatie))}
    assert overzicht["/kcc"] == "medewerker: kcc-medewerker"
    assert overzicht["/beheer"] == "beheer: operator"
    assert overzicht["/mijn"] == "inwoner"
    assert overzicht["/static/<path:filename>"] == "openbaar"


def test_wie_niet_is_aangemeld_gaat_naar_aanmelden_en_komt_terug(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie))
    antwoord = client.get("/proef/mijn?a=1")
    assert antwoord.status_code == 302
    assert antwoord.location == "/aanmelden/?voor=inwoner&terug=%2Fproef%2Fmijn%3Fa%3D1"
    assert client.get("/proef/kcc").location.startswith("/aanmelden/?voor=medewerker&")


def test_inwoner_ziet_alleen_eigen_schermen_en_dossier(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie, inwoner()))
    assert stuur(client, "/proef/in").text == "aangemeld"
    assert client.get("/proef/mijn").text == "M. Voorbeeld"
    assert client.get(f"/proef/dossier/{BSN}").status_code == 200
    assert client.get(f"/proef/dossier/{ANDER_BSN}").status_code == 404
    assert client.get("/proef/kcc").status_code == 403
    assert "Geen toegang" in client.get("/proef/beheer").text


@pytest.mark.parametrize(("rollen", "kcc", "beheer"), [(["kcc-medewerker"], 200, 403), (["operator"], 403, 200)])
def test_medewerker_heeft_de_rol_nodig(installatie: Installatie, rollen: list[str], kcc: int, beheer: int) -> None:
    client = gekoppeld(scherm_app(installatie, medewerker(*rollen)))
    stuur(client, "/proef/in")
    assert (client.get("/proef/kcc").status_code, client.get("/proef/beheer").status_code) == (kcc, beheer)
    assert client.get("/proef/mijn").status_code == 403


def test_inwoner_is_na_een_kwartier_zonder_gebruik_afgemeld(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie, inwoner()))
    stuur(client, "/proef/in")
    for _ in range(3):
        verzet(installatie, minutes=14)
        assert client.get("/proef/mijn").status_code == 200
    verzet(installatie, minutes=15, seconds=1)
    assert client.get("/proef/mijn").status_code == 302


def test_sessie_eindigt_na_de_langste_duur_ook_bij_gebruik(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie, inwoner()))
    stuur(client, "/proef/in")
    for _ in range(71):
        verzet(installatie, minutes=10)
        gezien = client.get("/proef/mijn").status_code
    assert gezien == 200
    verzet(installatie, minutes=11)
    assert client.get("/proef/mijn").status_code == 302


def test_resterende_tijd_voor_de_waarschuwing(installatie: Installatie) -> None:
    app = scherm_app(installatie, inwoner())

    @app.get("/rest")
    @openbaar
    def rest() -> str:
        return str(sessies.resterend())

    client = gekoppeld(app)
    assert client.get("/proef/rest").text == "None"
    stuur(client, "/proef/in")
    assert client.get("/proef/rest").text == "0:15:00"


def test_medewerker_blijft_acht_uur(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie, medewerker("kcc-medewerker")))
    stuur(client, "/proef/in")
    verzet(installatie, hours=7, minutes=59)
    assert client.get("/proef/kcc").status_code == 200


def test_url_komt_van_het_publieke_adres_en_kent_het_voorvoegsel(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie))
    antwoord = client.get("/proef/adres", base_url="http://kwaad.example").text
    assert antwoord == "/proef/ http://localhost:8000/proef/ http://localhost:8000/proef/adres False"


def test_https_maakt_het_verzoek_veilig_achter_een_proxy(kern_url: str, motoren: Motoren, tmp_path: Path) -> None:
    with open_installatie(kern_url, motoren.redis_url, tmp_path, publiek_adres="https://vb.example") as installatie:
        client = gekoppeld(scherm_app(installatie))
        assert client.get("/proef/adres").text.endswith("https://vb.example/proef/adres True")


def test_foutpagina_noemt_het_kenmerk_en_niet_de_fout(installatie: Installatie) -> None:
    client = gekoppeld(scherm_app(installatie))
    antwoord = client.get("/proef/kapot", headers={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})
    assert antwoord.status_code == 500
    assert "a" * 32 in antwoord.text
    assert BSN not in antwoord.text
    assert antwoord.headers["traceresponse"].startswith(f"00-{'a' * 32}-")
    assert client.get("/proef/bestaat-niet").status_code == 404
    assert client.put("/proef/mijn").status_code == 405


def test_eigen_foutpagina_gaat_voor_en_een_kapotte_valt_terug(installatie: Installatie) -> None:
    app = scherm_app(installatie)
    zet_foutpagina(app, lambda fout: f"<h1>eigen {fout.status} {fout.titel_en}</h1>")
    assert gekoppeld(app).get("/proef/niets").text == "<h1>eigen 404 Not found</h1>"
    zet_foutpagina(app, lambda _fout: str(1 // 0))
    assert "<h1>Niet gevonden</h1>" in gekoppeld(app).get("/proef/niets").text


def test_te_groot_verzoek_geeft_413_en_uploadroute_mag_meer(kern_url: str, motoren: Motoren, tmp_path: Path) -> None:
    with open_installatie(kern_url, motoren.redis_url, tmp_path, max_verzoek_mb=1, max_upload_mb=3) as installatie:
        client = gekoppeld(scherm_app(installatie))
        assert _upload(client, "/proef/antwoord", 2_000_000).status_code == 413
        assert _upload(client, "/proef/bestand", 2_000_000).text == "2000000"
        te_groot = _upload(client, "/proef/bestand", 4_000_000)
        assert te_groot.status_code == 413
        assert "Kies een kleiner bestand" in te_groot.text


def _upload(client: Client, pad: str, omvang: int) -> TestResponse:
    """Als bytes gemaakt, want de testclient laat zijn eigen tijdelijke bestand open staan."""
    bestand = FileStorage(io.BytesIO(b"x" * omvang), "a.bin")
    grens, lichaam = encode_multipart({"csrf_token": token(client), "bestand": bestand})
    return client.post(pad, data=lichaam, content_type=f"multipart/form-data; boundary={grens}")


def test_redis_weg_geeft_503_en_geen_stil_verlies(installatie: Installatie, kern_url: str, tmp_path: Path) -> None:
    client = gekoppeld(scherm_app(installatie, inwoner()))
    stuur(client, "/proef/in")
    with open_installatie(kern_url, "redis://localhost:1", tmp_path) as zonder_redis:
        ander = gekoppeld(scherm_app(zonder_redis))
        neem_sessie_over(client, ander)
        antwoord = ander.get("/proef/mijn")
    assert antwoord.status_code == 503
    assert "niet bereikbaar" in antwoord.text


def test_uitgelogd_in_het_ene_onderdeel_is_uitgelogd_in_het_andere(installatie: Installatie) -> None:
    een, ander = gekoppeld(scherm_app(installatie, inwoner())), gekoppeld(scherm_app(installatie))
    stuur(een, "/proef/in")
    neem_sessie_over(een, ander)
    assert ander.get("/proef/mijn").status_code == 200
    ander.post("/proef/uit", data={"csrf_token": token(ander)})
    assert een.get("/proef/mijn").status_code == 302
