"""Sessies, CSRF en beveiligingsheaders van schermen."""

import re
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import redirect, request, session
from werkzeug.test import Client

from kern.installatie import Installatie
from kern.motoren import Motoren
from kern.toegang import aanmeldadres, openbaar, voor_inwoner
from tests.integratie.kern.schermen import gekoppeld, neem_sessie_over, scherm_app, stuur, token
from tests.kernhulp import BSN, inwoner, open_installatie, verzet


@pytest.fixture
def client(installatie: Installatie) -> Client:
    return gekoppeld(scherm_app(installatie, inwoner()))


def sessienummer(client: Client) -> str:
    cookie = client.get_cookie("sessie")
    assert cookie
    return cookie.value


class TestCsrf:
    def test_zonder_token_gebeurt_er_niets_en_staat_er_wat_te_doen(self, client: Client) -> None:
        antwoord = client.post("/proef/antwoord", data={"naam": "x"})
        assert antwoord.status_code == 400
        assert "verlopen" in antwoord.text
        assert 'href="/proef/antwoord"' in antwoord.text

    def test_met_token_wel(self, client: Client) -> None:
        assert stuur(client, "/proef/antwoord", naam="x").text == "ontvangen x"

    def test_token_van_een_andere_sessie_telt_niet(self, installatie: Installatie, client: Client) -> None:
        van_ander = token(gekoppeld(scherm_app(installatie)))
        token(client)
        assert client.post("/proef/antwoord", data={"csrf_token": van_ander, "naam": "x"}).status_code == 400

    def test_formulier_van_een_andere_site_ook_met_token_niet(self, client: Client) -> None:
        data = {"csrf_token": token(client), "naam": "x"}
        antwoord = client.post("/proef/antwoord", data=data, headers={"Sec-Fetch-Site": "cross-site"})
        assert antwoord.status_code == 403
        zelfde = client.post("/proef/antwoord", data=data, headers={"Sec-Fetch-Site": "same-origin"})
        assert zelfde.status_code == 200

    def test_elke_post_route_eist_een_token(self, installatie: Installatie) -> None:
        app = scherm_app(installatie, inwoner())
        bezoeker = gekoppeld(app)
        paden = [rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
        assert len(paden) == 4
        assert [bezoeker.post(f"/proef{pad}").status_code for pad in paden] == [400] * 4

    def test_antwoorden_blijven_als_het_onderdeel_dat_regelt(self, installatie: Installatie) -> None:
        def toon_opnieuw() -> Any:
            return f"uw antwoord was: {request.form['naam']}", 400

        bezoeker = gekoppeld(scherm_app(installatie, bij_verlopen=toon_opnieuw))
        antwoord = bezoeker.post("/proef/antwoord", data={"naam": "Jansen"})
        assert (antwoord.status_code, antwoord.text) == (400, "uw antwoord was: Jansen")

    def test_antwoorden_zijn_te_redden_als_de_sessie_voorbij_is(self, installatie: Installatie) -> None:
        def bewaar() -> Any:
            session["bewaard"] = request.form["naam"]
            return redirect(aanmeldadres("inwoner"))

        app = scherm_app(installatie, inwoner(), bij_verlopen=bewaar)

        @app.post("/stap")
        @voor_inwoner()
        def stap() -> str:
            return "verwerkt"

        @app.get("/bewaard")
        @voor_inwoner()
        def bewaard() -> str:
            return str(session["bewaard"])

        bezoeker = gekoppeld(app)
        stuur(bezoeker, "/proef/in")
        data = {"csrf_token": token(bezoeker), "naam": "Jansen"}
        assert bezoeker.post("/proef/stap", data=data).text == "verwerkt"
        verzet(installatie, minutes=16)
        antwoord = bezoeker.post("/proef/stap", data=data, headers={"Referer": "http://localhost:8000/proef/stap1"})
        assert antwoord.location == "/aanmelden/?voor=inwoner&terug=%2Fproef%2Fstap1"
        stuur(bezoeker, "/proef/in")
        assert bezoeker.get("/proef/bewaard").text == "Jansen"

    def test_token_in_een_header_werkt_voor_fragmenten(self, client: Client) -> None:
        antwoord = client.post("/proef/antwoord", data={"naam": "x"}, headers={"X-CSRFToken": token(client)})
        assert antwoord.status_code == 200


class TestSessie:
    def test_nummer_en_token_wisselen_bij_aanmelden_en_het_oude_nummer_is_weg(
        self, installatie: Installatie, client: Client
    ) -> None:
        oud_token = token(client)
        oud = sessienummer(client)
        assert client.post("/proef/in", data={"csrf_token": oud_token}).text == "aangemeld"
        assert sessienummer(client) != oud
        assert client.get("/proef/mijn").status_code == 200
        assert client.post("/proef/antwoord", data={"csrf_token": oud_token, "naam": "x"}).status_code == 400
        aanvaller = gekoppeld(scherm_app(installatie))
        aanvaller.set_cookie("sessie", oud)
        assert aanvaller.get("/proef/mijn").status_code == 302

    def test_zelfgekozen_nummer_wordt_niet_overgenomen(self, client: Client) -> None:
        client.set_cookie("sessie", "A" * 43)
        token(client)
        assert sessienummer(client) != "A" * 43

    def test_afmelden_beeindigt_de_sessie_op_de_server(self, installatie: Installatie, client: Client) -> None:
        stuur(client, "/proef/in")
        nummer = sessienummer(client)
        stuur(client, "/proef/uit")
        gestolen = gekoppeld(scherm_app(installatie))
        gestolen.set_cookie("sessie", nummer)
        assert gestolen.get("/proef/mijn").status_code == 302

    def test_traag_verzoek_wekt_een_beeindigde_sessie_niet_tot_leven(self, installatie: Installatie) -> None:
        app = scherm_app(installatie, inwoner())
        bezoeker, tweede = gekoppeld(app), gekoppeld(app)

        @app.get("/traag")
        @openbaar
        def traag() -> str:
            session["iets"] = "nieuw"
            Context().run(stuur, tweede, "/proef/uit")  # los van dit verzoek, zoals in een andere draad
            return "klaar"

        stuur(bezoeker, "/proef/in")
        nummer = sessienummer(bezoeker)
        neem_sessie_over(bezoeker, tweede)
        bezoeker.get("/proef/traag")
        gestolen = gekoppeld(app)
        gestolen.set_cookie("sessie", nummer)
        assert gestolen.get("/proef/mijn").status_code == 302

    def test_in_redis_staat_geen_bsn_en_geen_bruikbaar_nummer(self, installatie: Installatie, client: Client) -> None:
        stuur(client, "/proef/in")
        sleutels: Any = installatie.redis.keys(f"{installatie.instellingen.redis_prefix}*")
        assert sleutels
        for sleutel in sleutels:
            assert sessienummer(client).encode() not in sleutel
            assert BSN not in str(installatie.redis.hgetall(sleutel))

    def test_cookie_op_http_en_op_https(self, kern_url: str, motoren: Motoren, tmp_path: Path, client: Client) -> None:
        kop = client.get("/proef/").headers["Set-Cookie"]
        assert re.fullmatch(r"sessie=[\w-]{43}; HttpOnly; Path=/; SameSite=Lax", kop)
        with open_installatie(kern_url, motoren.redis_url, tmp_path, publiek_adres="https://vb.example") as veilig:
            kop = gekoppeld(scherm_app(veilig)).get("/proef/").headers["Set-Cookie"]
        assert re.fullmatch(r"__Host-sessie=[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", kop)

    def test_pagina_zonder_sessie_zet_geen_cookie(self, client: Client) -> None:
        assert "Set-Cookie" not in client.get("/proef/adres").headers

    def test_onleesbare_sessie_is_geen_fout(self, installatie: Installatie, client: Client) -> None:
        stuur(client, "/proef/in")
        for sleutel in installatie.redis.scan_iter(f"{installatie.instellingen.redis_prefix}sessie:*"):
            installatie.redis.hset(sleutel, "inhoud", "stuk")
        assert client.get("/proef/mijn").status_code == 302


class TestKoppen:
    def test_csp_is_strikt_en_de_nonce_is_elke_keer_nieuw(self, client: Client) -> None:
        antwoorden = [client.get("/proef/") for _ in range(2)]
        nonces = [antwoord.text.partition("|")[2] for antwoord in antwoorden]
        assert nonces[0] != nonces[1]
        for antwoord, nonce in zip(antwoorden, nonces, strict=True):
            csp = antwoord.headers["Content-Security-Policy"]
            assert "unsafe" not in csp
            regels = dict(regel.split(" ", 1) for regel in csp.split("; "))
            assert regels["default-src"] == "'none'"
            assert regels["script-src"] == f"'self' 'nonce-{nonce}'"
            assert regels["style-src"] == f"'self' 'nonce-{nonce}'"
            assert (regels["frame-ancestors"], regels["base-uri"]) == ("'none'", "'none'")
            assert regels["form-action"] == "'self'"

    def test_onderdeel_mag_bronnen_toevoegen(self, installatie: Installatie) -> None:
        app = scherm_app(installatie, csp={"form-action": ["https://digid.example"], "frame-src": ["'self'"]})
        csp = gekoppeld(app).get("/proef/").headers["Content-Security-Policy"]
        assert "form-action 'self' https://digid.example" in csp
        assert "frame-src 'self'" in csp

    @pytest.mark.parametrize("pad", ["/proef/", "/proef/bestaat-niet", "/proef/kapot", "/proef/mijn"])
    def test_vaste_koppen_ook_op_fouten_en_omleidingen(self, client: Client, pad: str) -> None:
        koppen = client.get(pad).headers
        assert koppen["X-Content-Type-Options"] == "nosniff"
        assert koppen["X-Frame-Options"] == "DENY"
        assert koppen["Referrer-Policy"] == "same-origin"
        assert "camera=()" in koppen["Permissions-Policy"]
        assert koppen["Cross-Origin-Opener-Policy"] == "same-origin"
        assert koppen["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in koppen
        assert "Strict-Transport-Security" not in koppen

    def test_hsts_alleen_op_https(self, kern_url: str, motoren: Motoren, tmp_path: Path) -> None:
        with open_installatie(kern_url, motoren.redis_url, tmp_path, publiek_adres="https://vb.example") as veilig:
            koppen = gekoppeld(scherm_app(veilig)).get("/proef/").headers
        assert koppen["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

    def test_aangemeld_is_nooit_te_bewaren_ook_als_de_route_dat_wil(self, installatie: Installatie) -> None:
        app = scherm_app(installatie, inwoner())

        @app.get("/bewaarbaar")
        @openbaar
        def bewaarbaar() -> Any:
            return "x", {"Cache-Control": "public, max-age=60"}

        bezoeker = gekoppeld(app)
        assert bezoeker.get("/proef/bewaarbaar").headers["Cache-Control"] == "public, max-age=60"
        stuur(bezoeker, "/proef/in")
        assert bezoeker.get("/proef/bewaarbaar").headers["Cache-Control"] == "no-store"

    def test_omleiding_blijft_op_dit_platform(self, client: Client) -> None:
        antwoord = client.get("/proef/mijn?x=//kwaad.example", base_url="http://kwaad.example")
        assert antwoord.location.startswith("/aanmelden/?")
