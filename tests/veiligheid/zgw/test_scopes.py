"""De autorisatiematrix van de ZGW-API's: elke operatie × elke scope, en wat verklaard is klopt met de standaard (regels 1.10)."""

import re
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import httpx
import pytest

from dienstverlening.inrichten import voor_alle_types
from integratie.autorisaties.schemas import Component
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.machines import Ondertekening
from kit import Registratie
from kit.openapi import maak_document
from tests.integratie.registraties.rechten import geef_rechten

COMPONENTEN: dict[str, Component] = {
    "zaken": "zrc",
    "documenten": "drc",
    "besluiten": "brc",
    "catalogi": "ztc",
    "autorisaties": "ac",
    "notificaties": "nrc",
}
AUDIT = "audittrails.lezen"
Nodig = dict[str, tuple[str, ...]]


def nodig(api: str, wijzigen: tuple[str, ...] = ("bijwerken",), **anders: tuple[str, ...]) -> Nodig:
    """Wat er voor een gewone resource nodig is, als namen van scopes binnen deze API."""
    delen = {"lezen": ("lezen",), "maken": ("aanmaken",), "wijzigen": wijzigen, "weg": ("verwijderen",), **anders}
    return {soort: tuple(f"{api}.{scope}" for scope in scopes) for soort, scopes in delen.items()}


SCHRIJVEN, AANVULLEN = ("schrijven",), ("schrijven", "geforceerd-schrijven")
TYPEN = nodig("catalogi", AANVULLEN, maken=SCHRIJVEN, publiceren=SCHRIJVEN, weg=("schrijven", "geforceerd-verwijderen"))
ONDERDEEL = TYPEN | nodig("catalogi", AANVULLEN, maken=AANVULLEN, weg=("schrijven", "geforceerd-verwijderen"))
LEZER = ("publiceren", "consumeren")
BIJ = (
    "bijwerken",
    "geforceerd-bijwerken",
)  # geforceerd bij een gesloten zaak, ook waar de tabel alleen bijwerken noemt (zrc-007)
BIJ_ZAAK = nodig("zaken", BIJ, maken=BIJ, weg=BIJ)
KOPPELING = nodig("zaken", BIJ, maken=("aanmaken", *BIJ), weg=(*BIJ, "verwijderen"))
# Regels 1.10: per soort resource wat er nodig is om te lezen, te maken, te wijzigen en te verwijderen.
REGELS: dict[str, Nodig] = {
    "zaak": nodig("zaken", BIJ),
    "status": nodig("zaken", maken=("aanmaken", "statussen.toevoegen", "heropenen")),
    "resultaat": BIJ_ZAAK,
    "rol": BIJ_ZAAK,
    "zaakeigenschap": BIJ_ZAAK,
    "klantcontact": BIJ_ZAAK,
    "zaakinformatieobject": KOPPELING,
    "zaakobject": KOPPELING,
    "zaakcontactmoment": BIJ_ZAAK,
    "zaakverzoek": BIJ_ZAAK,
    "zaakbesluit": BIJ_ZAAK,
    "zaaknotitie": BIJ_ZAAK,
    "zaaknummer": nodig("zaken"),
    "catalogus": TYPEN,
    "zaaktype": TYPEN,
    "besluittype": TYPEN,
    "informatieobjecttype": TYPEN,
    "statustype": ONDERDEEL,
    "resultaattype": ONDERDEEL,
    "roltype": ONDERDEEL,
    "eigenschap": ONDERDEEL,
    "zaakobjecttype": ONDERDEEL,
    "zaaktypeinformatieobjecttype": ONDERDEEL,
    "enkelvoudiginformatieobject": nodig("documenten", ("bijwerken", "geforceerd-bijwerken")),
    "gebruiksrechten": nodig("documenten"),
    "verzending": nodig("documenten"),
    "objectinformatieobject": nodig("documenten"),
    "download": nodig("documenten"),
    "lock": nodig("documenten", maken=("lock",)),
    "unlock": nodig("documenten", maken=("lock", "geforceerd-unlock")),
    "bestandsdeel": nodig("documenten"),
    "audittrail": {"lezen": (AUDIT,)},
    "besluit": nodig("besluiten"),
    "besluitinformatieobject": nodig("besluiten"),
    "applicatie": nodig("autorisaties", maken=("bijwerken",), weg=("bijwerken",)),
    "kanaal": nodig("notificaties", ("publiceren",), lezen=LEZER, maken=("publiceren",)),
    "abonnement": nodig("notificaties", ("consumeren",), lezen=LEZER, maken=("consumeren",), weg=("consumeren",)),
    "notificatie": nodig("notificaties", maken=("publiceren",)),
}
SOORT = {"get": "lezen", "head": "lezen", "post": "maken", "put": "wijzigen", "patch": "wijzigen", "delete": "weg"}


BIJZONDER = {
    "_zoek$": "lezen",
    "/publish$": "publiceren",
    "^/zaak_(bijwerken|opschorten|verlengen|afsluiten)/|archief_herberekenen$": "wijzigen",
}
"""POST die niet maakt."""


def operaties(api: str) -> list[tuple[str, str, str, list[str]]]:
    """(methode, pad, operatie, scopes) van alles wat de registratie aanbiedt."""
    inhoud = vars(import_module(f"registraties.{api}.bronnen")).values()
    registratie = next(deel for deel in inhoud if isinstance(deel, Registratie))
    paden = maak_document(registratie, "https://voorbeeld")["paths"]
    return [
        (methode, pad, operatie["operationId"], operatie.get("security", [{}])[0].get("aanmelding", []))
        for pad, methoden in paden.items()
        for methode, operatie in methoden.items()
    ]


@pytest.mark.parametrize("api", COMPONENTEN)
def test_verklaarde_scopes_zijn_die_van_de_standaard(api: str) -> None:
    for methode, pad, operatie, scopes in operaties(api):
        naam = operatie.partition("_")[0]
        soort = next((soort for einde, soort in BIJZONDER.items() if re.search(einde, pad)), SOORT[methode])
        if naam not in REGELS:
            assert naam in ("substatus", "documentnummer", "document", "cloudevent", "import"), (
                operatie
            )  # uitbreidingen
            continue
        assert sorted(scopes) == sorted(REGELS[naam][soort]), f"{methode} {pad}"


class Vrager:
    """Verzoeken namens een client met één scope."""

    def __init__(self, installatie: Installatie, api: str, namens: str) -> None:
        self._basis = installatie.diensten[api].basis
        self._http = installatie.http
        self._auth = Ondertekening(installatie, installatie.diensten[api], namens)

    def status(self, methode: str, pad: str) -> int:
        url = f"{self._basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}"
        if pad.endswith("/consumer"):
            url += "?clientId=x"
        lichaam = None if methode in ("get", "head", "delete") else b"{}"
        if pad.endswith("_zoek"):
            lichaam = b'{"uuid__in": []}'
        koppen = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326", "Content-Type": "application/json"}
        return self._http.request(methode, url, content=lichaam, headers=koppen, auth=self._auth).status_code


@pytest.mark.parametrize("api", COMPONENTEN)
def test_elke_operatie_met_elke_scope(installatie: Installatie, api: str) -> None:
    """Met een verklaarde scope komt een verzoek voorbij de poort (dan 200, 400, 404 …); met elke andere is het 403."""
    te_doen = operaties(api)
    alle = sorted({scope for *_, scopes in te_doen for scope in scopes})
    component = COMPONENTEN[api]
    fout = []
    for nummer, scope in enumerate([*alle, "onbekend.lezen"]):
        autorisatie = voor_alle_types(installatie, component, [scope]).als_json(alleen_gezet=True)
        geef_rechten(installatie, autorisatie, namens=f"matrix-{nummer}")
        vrager = Vrager(installatie, api, f"matrix-{nummer}")
        for methode, pad, _, scopes in te_doen:
            status = vrager.status(methode, pad)
            if (status == httpx.codes.FORBIDDEN) is (scope in scopes) or status >= httpx.codes.INTERNAL_SERVER_ERROR:
                fout.append(f"{scope}: {methode} {pad} geeft {status}, verklaard is {scopes}")
    assert fout == []


@pytest.mark.parametrize("api", COMPONENTEN)
def test_een_scope_bij_een_ander_component_telt_niet(installatie: Installatie, api: str) -> None:
    """Ook niet met dezelfde naam: `audittrails.lezen` bij zaken opent geen audittrail van documenten."""
    alle = sorted({scope for *_, scopes in operaties(api) for scope in scopes})
    ander: Component = "ztc" if api != "catalogi" else "ac"
    geef_rechten(installatie, {"component": ander, "scopes": alle})
    vrager = Vrager(installatie, api, "proef")
    assert {vrager.status(methode, pad) for methode, pad, *_ in operaties(api)} == {httpx.codes.FORBIDDEN}


@pytest.mark.parametrize("component", ["zrc", "drc"])
def test_ztc_014_wie_zaken_of_documenten_leest_mag_zaaktypen_lezen(
    installatie: Installatie, component: Component
) -> None:
    scope = {"zrc": "zaken.lezen", "drc": "documenten.lezen"}[component]
    geef_rechten(installatie, voor_alle_types(installatie, component, [scope]).als_json(alleen_gezet=True))
    vrager = Vrager(installatie, "catalogi", "proef")
    open_ = {(methode, pad) for methode, pad, *_ in operaties("catalogi") if vrager.status(methode, pad) != 403}
    assert open_ == {("get", "/zaaktypen"), ("get", "/zaaktypen/{uuid}"), ("head", "/zaaktypen/{uuid}")}


GEEN, VERLOPEN, FOUT = "not_authenticated", "jwt-expired", "invalid-jwt-signature"


@pytest.mark.parametrize("api", COMPONENTEN)
def test_elke_operatie_zonder_geldige_jwt(installatie: Installatie, klok: VerzetbareKlok, api: str) -> None:
    """Geen JWT, een verlopen JWT of een foute handtekening: elke operatie geeft 403 met de code van de standaard."""
    geef_rechten(installatie, namens="oud")
    oud = _jwt(installatie, api, "oud")
    klok.verzet(timedelta(hours=2))
    nieuw = _jwt(installatie, api, "oud")
    pogingen = {
        "": GEEN,
        oud: VERLOPEN,
        f"{nieuw[:-4]}AAAA": FOUT,
        f"Bearer {nieuw.split()[1].rpartition('.')[0]}.": FOUT,
    }
    basis, fout = installatie.diensten[api].basis, []
    for methode, pad, *_ in operaties(api):
        url = f"{basis}{re.sub('{[^}]+}', lambda _: str(uuid4()), pad)}"
        for kop, code in pogingen.items():
            antwoord = installatie.http.request(methode, url, headers={"Authorization": kop} if kop else {})
            gevonden = code if methode == "head" else antwoord.json()["code"]
            if (antwoord.status_code, gevonden) != (httpx.codes.FORBIDDEN, code):
                fout.append(f"{methode} {pad}: {antwoord.status_code} {gevonden} in plaats van {code}")
    assert fout == []


def _jwt(installatie: Installatie, api: str, namens: str) -> str:
    ondertekening = Ondertekening(installatie, installatie.diensten[api], namens)
    return str(next(ondertekening.auth_flow(httpx.Request("GET", "http://x.test"))).headers["Authorization"])
