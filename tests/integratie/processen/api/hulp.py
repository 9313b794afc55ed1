"""De API van de motor in een eigen app, en een aanroeper met een token met bepaalde rechten."""

import hashlib
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from werkzeug.test import Client, TestResponse

from kern.installatie import Installatie
from kern.tabellen import Toegangssleutel
from kern.web import maak_api_app
from processen.api import maak_motor_api
from tests.integratie.kern.schermen import gekoppeld
from tests.integratie.processen.motor.conftest import Proef

PAD = "/processen/api/v1"


def maak_token(installatie: Installatie, rechten: Any = "alles", api: str = "processen") -> dict[str, str]:
    """Een toegangssleutel voor de API van de motor, of een andere; geeft de kop waarmee een client zich noemt."""
    naam = f"client{uuid4().hex[:8]}"
    rij = {
        "soort": "token", "client_id": naam, "geheim": hashlib.sha256(f"{naam}.geheim".encode()).digest(),
        "rechten": {api: rechten},
    }  # fmt: skip
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(insert(Toegangssleutel).values(rij))
    return {"Authorization": f"Token {naam}.geheim"}


class Aanroeper:
    """Wie de API gebruikt; elke methode geeft het antwoord als JSON, en eist de verwachte status."""

    def __init__(self, proef: Proef, rechten: Any = "alles") -> None:
        app = maak_api_app("processen", proef.installatie, import_naam=__name__)
        app.register_blueprint(maak_motor_api(proef.installatie, proef.motor))
        self._client: Client = gekoppeld(app, PAD)
        self._kop = maak_token(proef.installatie, rechten)

    def vraag(self, methode: str, pad: str, **meer: Any) -> TestResponse:
        return self._client.open(f"{PAD}{pad}", method=methode, headers=self._kop, **meer)

    def haal(self, pad: str, status: int = 200, **parameters: Any) -> Any:
        return self._eis(self.vraag("GET", pad, query_string=parameters), status)

    def stuur(self, pad: str, status: int, methode: str = "POST", **lichaam: Any) -> Any:
        return self._eis(self.vraag(methode, pad, json=lichaam), status)

    @staticmethod
    def _eis(antwoord: TestResponse, status: int) -> Any:
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json if antwoord.text else None
