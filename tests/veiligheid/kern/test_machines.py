"""Machines die zich aanmelden: elke manier om met een JWT of token te knoeien wordt geweigerd, en geldige werken."""

import hashlib
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import delete, insert

from kern.fouten import Probleem
from kern.installatie import Installatie
from kern.machines import Aanroeper, Ondertekening, Poortwachter, eigen_geheim
from kern.tabellen import Toegangssleutel
from kern.toegang import huidige_aanroeper, voor_machine
from kern.web import maak_api_app
from tests.kernhulp import verzet

GEHEIM = "g" * 40
CLIENT = "zaaksysteem"


@pytest.fixture
def poort(installatie: Installatie) -> Poortwachter:
    """Een poortwachter die één ander client_id en één token kent."""
    rijen = [
        {"soort": "zgw", "client_id": CLIENT, "geheim": installatie.kluis.encrypt(GEHEIM.encode()), "rechten": {}},
        {
            "soort": "token",
            "client_id": "kanaal",
            "geheim": hashlib.sha256(b"kanaal.geheim").digest(),
            "rechten": {"klantinteracties": "lezen"},
        },
    ]
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel), rijen)
    return Poortwachter(installatie)


def token(inhoud: dict[str, Any] | None = None, *, geheim: str = GEHEIM, kop: dict[str, Any] | None = None) -> str:
    """Een ZGW-JWT, met `inhoud` over de gewone inhoud heen (None haalt een claim weg)."""
    claims = {"iss": CLIENT, "iat": int(time.time()), "client_id": CLIENT, "user_id": "u", "user_representation": "U"}
    claims = {naam: waarde for naam, waarde in {**claims, **(inhoud or {})}.items() if waarde is not None}
    return jwt.encode({"alg": "HS256", **(kop or {})}, claims, OctKey.import_key(geheim))


def b64(waarde: Any) -> str:
    return urlsafe_b64encode(orjson.dumps(waarde)).rstrip(b"=").decode()


def code_van(doe: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(Probleem) as gevangen:
        doe()
    return gevangen.value.status, gevangen.value.code


def eis_geweigerd(poort: Poortwachter, jwt_: str) -> None:
    assert code_van(lambda: poort.zgw(f"Bearer {jwt_}")) == (403, "invalid-jwt-signature")


def test_geldige_jwt_geeft_de_aanroeper(poort: Poortwachter) -> None:
    assert poort.zgw(f"Bearer {token()}") == Aanroeper(CLIENT, "u", "U")


def test_een_tijdstip_mag_tekst_van_cijfers_zijn(poort: Poortwachter) -> None:
    """Zo ondertekent de landelijke testcollectie: `iat` als tekst, en een klok die ruim vier minuten voorloopt."""
    nu = int(time.time())
    assert poort.zgw(f"Bearer {token({'iat': str(nu)})}").client_id == CLIENT
    assert poort.zgw(f"Bearer {token({'iat': nu + 257, 'exp': nu + 10_000_257})}").client_id == CLIENT


def test_gebruiker_in_de_jwt_geeft_geen_eigen_rechten(poort: Poortwachter) -> None:
    assert poort.zgw(f"Bearer {token({'user_id': 'dienstverlening-zaken'})}").eigen is False


@pytest.mark.parametrize(
    ("maak", "code"),
    [
        (lambda: "", "not_authenticated"),
        (lambda: "Basic abc", "not_authenticated"),
        (lambda: "Bearer ", "not_authenticated"),
        (lambda: "Bearer onzin", "jwt-decode-error"),
        (lambda: "Bearer a.b.c", "jwt-decode-error"),
        (lambda: f"Bearer {b64({})}.{b64([1])}.x", "jwt-decode-error"),
        (lambda: f"Bearer {token({'client_id': None})}", "missing-client-identifier"),
        (lambda: f"Bearer {token({'client_id': 5})}", "missing-client-identifier"),
        (lambda: f"Bearer {token({'client_id': 'onbekend'})}", "invalid-client-identifier"),
        (lambda: f"Bearer {token(geheim='h' * 40)}", "invalid-jwt-signature"),
        (lambda: f"Bearer {token()[:-4]}AAAA", "invalid-jwt-signature"),
        (lambda: f"Bearer {token({'iat': None})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': 'gisteren'})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': time.time() - 3700})}", "jwt-expired"),
        (lambda: f"Bearer {token({'iat': time.time() + 3600})}", "jwt-expired"),
        (lambda: f"Bearer {token({'exp': time.time() - 60})}", "jwt-expired"),
        (lambda: f"Bearer {token({'nbf': time.time() + 60})}", "jwt-expired"),
        (lambda: f"Bearer {token({'exp': 'nooit'})}", "jwt-expired"),
        (lambda: f"Bearer {token({'exp': True})}", "jwt-expired"),
        (lambda: f"Bearer {token({'nbf': [1]})}", "jwt-expired"),
        (lambda: f"Bearer {token({'iat': True})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': ''})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': '-1'})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': '9' * 400})}", "jwt-missing-iat-claim"),
        (lambda: f"Bearer {token({'iat': str(int(time.time()) - 3700)})}", "jwt-expired"),
        (lambda: f"Bearer {token({'exp': str(int(time.time()) - 60)})}", "jwt-expired"),
    ],
)
def test_onbruikbare_jwt_geeft_403_met_de_juiste_code(poort: Poortwachter, maak: Callable[[], str], code: str) -> None:
    assert code_van(lambda: poort.zgw(maak())) == (403, code)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE"])
def test_alg_none_wordt_geweigerd(poort: Poortwachter, alg: str) -> None:
    inhoud = b64({"client_id": CLIENT, "iat": int(time.time())})
    for handtekening in ("", "AAAA"):
        eis_geweigerd(poort, f"{b64({'alg': alg, 'typ': 'JWT'})}.{inhoud}.{handtekening}")


@pytest.mark.parametrize(
    "kop", [{}, [], "x", 5, None, {"alg": None}, {"alg": 5}, {"alg": ["HS256"]}, {"alg": "HS256", "b64": False}, {"alg": "HS256", "crit": ["x"]}]
)  # fmt: skip
def test_rare_kop_wordt_geweigerd_en_is_geen_500(poort: Poortwachter, kop: Any) -> None:
    inhoud = b64({"client_id": CLIENT, "iat": int(time.time())})
    eis_geweigerd(poort, f"{b64(kop)}.{inhoud}.AAAA")


@pytest.mark.parametrize("alg", ["HS384", "HS512"])
def test_ander_algoritme_met_het_juiste_geheim_wordt_geweigerd(poort: Poortwachter, alg: str) -> None:
    claims = {"client_id": CLIENT, "iat": int(time.time())}
    ander = jwt.encode({"alg": alg}, claims, OctKey.import_key(GEHEIM), algorithms=[alg])
    eis_geweigerd(poort, ander)


def test_asymmetrische_sleutel_in_plaats_van_het_geheim_wordt_geweigerd(poort: Poortwachter) -> None:
    """RS256 met een eigen sleutel, ook als die in de kop meekomt (jwk)."""
    sleutel = RSAKey.generate_key(2048)
    claims = {"client_id": CLIENT, "iat": int(time.time())}
    for extra in ({}, {"jwk": sleutel.as_dict(private=False)}):
        vals = jwt.encode({"alg": "RS256", **extra}, claims, sleutel, algorithms=["RS256"])
        eis_geweigerd(poort, vals)


@pytest.mark.parametrize("kid", ["../../../../dev/null", "/etc/passwd", "' OR 1=1 --", "x\x00y"])
def test_kid_wordt_nergens_voor_gebruikt(poort: Poortwachter, kid: str) -> None:
    assert poort.zgw(f"Bearer {token(kop={'kid': kid})}").client_id == CLIENT
    leeg = token(kop={"kid": kid}, geheim="\x00" * 40)
    eis_geweigerd(poort, leeg)


def test_onbekend_kritiek_kopveld_wordt_geweigerd(poort: Poortwachter) -> None:
    kop, inhoud, _ = token(kop={}).split(".")
    vals = f"{b64({'alg': 'HS256', 'crit': ['b64'], 'b64': False})}.{inhoud}.{kop}"
    eis_geweigerd(poort, vals)


def test_eigen_onderdeel_kan_niet_worden_nagedaan(installatie: Installatie, poort: Poortwachter) -> None:
    vals = token({"client_id": "dienstverlening-zaken"})
    eis_geweigerd(poort, vals)
    echt = token(
        {"client_id": "dienstverlening-zaken"}, geheim=eigen_geheim(installatie, "dienstverlening-zaken", "zgw")
    )
    assert poort.zgw(f"Bearer {echt}").eigen is True
    geen_geheim = eigen_geheim(installatie, "dienstverlening-zaken", "zgw")
    als_token = f"Token dienstverlening-zaken.{geen_geheim}"
    assert code_van(lambda: poort.token(als_token)) == (401, "not_authenticated")


@pytest.mark.parametrize(
    "kop", [None, "", "Token", "Token ", "Token fout", "Bearer kanaal.ander", "Token kanaal.", "Basic kanaal.geheim"]
)
def test_onbekend_token_geeft_401(poort: Poortwachter, kop: str | None) -> None:
    assert code_van(lambda: poort.token(kop)) == (401, "not_authenticated")


def test_bekend_token_geeft_alleen_zijn_rechten(poort: Poortwachter) -> None:
    assert poort.token("Token kanaal.geheim") == Aanroeper("kanaal", rechten={"klantinteracties": "lezen"})


def test_ingetrokken_sleutel_werkt_niet_meer_na_de_nieuwe_versie(installatie: Installatie, poort: Poortwachter) -> None:
    geldig = f"Bearer {token()}"
    poort.zgw(geldig)
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(delete(Toegangssleutel))
    installatie.redis.incr(installatie.redis_sleutel("versie", "toegang"))
    assert code_van(lambda: poort.zgw(geldig)) == (403, "invalid-client-identifier")
    assert code_van(lambda: poort.token("Token kanaal.geheim")) == (401, "not_authenticated")


def test_route_voor_machines_kent_de_aanroeper_en_weigert_de_rest(installatie: Installatie) -> None:
    app = maak_api_app("zaken", installatie, import_naam=__name__)

    @app.get("/wie")
    @voor_machine("zaken.lezen")
    def wie() -> dict[str, str]:
        return {"client": huidige_aanroeper().client_id}

    @app.get("/token")
    @voor_machine(aanmelding="token")
    def met_token() -> dict[str, str]:
        return {"client": huidige_aanroeper().client_id}

    client = app.test_client()
    zonder = client.get("/wie")
    assert (zonder.status_code, zonder.content_type) == (403, "application/problem+json")
    assert client.get("/token").status_code == 401
    for pad, dienst in (("/wie", "zaken"), ("/token", "verzoeken")):
        ondertekening = Ondertekening(installatie, installatie.diensten[dienst], "processen")
        verzoek = next(ondertekening.auth_flow(httpx.Request("GET", "http://x.test")))
        koppen = {"Authorization": verzoek.headers["Authorization"]}
        assert client.get(pad, headers=koppen).get_json() == {"client": "dienstverlening-processen"}


def test_eigen_ondertekening_verloopt_mee_met_de_klok(installatie: Installatie, poort: Poortwachter) -> None:
    ondertekening = Ondertekening(installatie, installatie.diensten["zaken"], "processen")
    kop = next(ondertekening.auth_flow(httpx.Request("GET", "http://x.test"))).headers["Authorization"]
    verzet(installatie, minutes=59)
    assert poort.zgw(kop).client_id == "dienstverlening-processen"
    verzet(installatie, minutes=2)
    assert code_van(lambda: poort.zgw(kop)) == (403, "jwt-expired")


def test_de_klok_van_een_ander_mag_minuten_voorlopen(poort: Poortwachter) -> None:
    """Clients die hun token een marge in de toekomst geven, en de conformiteitstest van de standaard, horen erin te komen."""
    assert poort.zgw(f"Bearer {token({'iat': time.time() + 257})}").client_id == CLIENT
