"""Willekeurige verzoeken naar alles wat een API beschrijft: nooit een 5xx, en nooit een antwoord dat niet bij de beschrijving past.

Gewoon krijgt elke operatie veertig gevallen, steeds dezelfde; in `make veiligheid` honderd. Met `FUZZ_GEVALLEN` (per operatie) of
`FUZZ_GEVALLEN_PER_API` (verdeeld over haar operaties, en nooit minder dan het eerste) zijn het er meer, in blokken met verse gegevens en elk
een eigen zaad. `FUZZ_STAND` is dan een map die per blok dat goed ging onthoudt hoeveel verzoeken er echt verstuurd zijn: een afgebroken loop
gaat daarmee verder, en hun som is het aantal.
"""

import hashlib
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from kern.diensten import API_PADEN
from kern.installatie import Installatie

GEWOON = 40  # gevallen per operatie
GEVALLEN = int(os.environ.get("FUZZ_GEVALLEN", str(GEWOON)))  # 's nachts meer
PER_API = int(os.environ.get("FUZZ_GEVALLEN_PER_API", "0"))
GRONDIG = max(GEVALLEN, PER_API) > GEWOON
DELEN = 6 if GRONDIG else 1
"""Een API is in zoveel stukken te beproeven. Gewoon in één: dan verdelen de bestanden het werk."""
BLOK = 250  # gevallen met dezelfde gegevens
ZAAD = os.environ.get("FUZZ_ZAAD", "")
STATUS = ("not_a_server_error", "status_code_conformance")
ALLES = (*STATUS, "response_schema_conformance")

Koppen = Callable[[], Mapping[str, str]]


@dataclass(frozen=True)
class Doel:
    """Eén API van een gevulde installatie, hoe een verzoek zich meldt, en wat haar opnieuw vult."""

    installatie: Installatie
    api: str
    koppen: Koppen
    vul: Callable[[], object]

    def beproef(self, deel: int = 0) -> None:
        """Beproef elke operatie van dit deel; wat misgaat staat per operatie in de fout."""
        fouten = []
        operaties = list(self._operaties())
        gevallen = max(GEVALLEN, math.ceil(PER_API / len(operaties)))
        for operatie in operaties[deel::DELEN]:
            try:
                self._beproef_operatie(operatie, gevallen)
            except (Exception, FailureGroup) as fout:  # noqa: BLE001  # een foute operatie houdt de andere niet tegen
                fout.add_note(f"{self.api}: {operatie.label}")
                fouten.append(fout)
        if fouten:
            raise BaseExceptionGroup(f"{self.api}: {len(fouten)} operaties", fouten)

    def _operaties(self) -> Iterable[Any]:
        """Wat verwijdert komt het laatst, anders is er niets meer om op te stuiten. Gewoon zonder HEAD: dat is dezelfde code als GET."""
        schema = schemathesis.openapi.from_wsgi(f"{API_PADEN[self.api][0]}/openapi.json", self.installatie.wsgi)
        operaties = [gevonden.ok() for gevonden in schema.get_all_operations() if isinstance(gevonden, Ok)]
        gekozen = [operatie for operatie in operaties if operatie.method != "head" or GRONDIG]
        return sorted(gekozen, key=lambda operatie: operatie.method == "delete")

    def _beproef_operatie(self, operatie: Any, gevallen: int) -> None:
        for blok in range(math.ceil(gevallen / BLOK)):
            aantal = min(BLOK, gevallen - blok * BLOK)
            gedaan = _gedaan(self.api, operatie, blok, aantal)
            if gedaan.exists():
                continue
            if blok:
                self.vul()
            koppen = dict(self.koppen())
            verstuurd = _beproef_blok(operatie, blok, aantal, koppen, self._bestaand(operatie.path, koppen))
            _onthoud(gedaan, verstuurd)

    def _bestaand(self, pad: str, koppen: dict[str, str]) -> dict[str, str]:
        """De padparameters van iets dat bestaat, voor zover er een lijst van is."""
        gevonden: dict[str, str] = {}
        for deel in re.finditer(r"\{(\w+)\}", pad):
            lijst = pad[: deel.start()].rstrip("/").format_map(gevonden)
            antwoord = self.installatie.http.get(f"{self.installatie.diensten[self.api].basis}{lijst}", headers=koppen)
            sleutels = list(_sleutels(antwoord.json())) if antwoord.is_success else []
            if not sleutels:
                return {}
            gevonden[deel[1]] = sleutels[-1]
        return gevonden


def _sleutels(pagina: Any) -> Iterator[str]:
    """Waarmee de rijen van deze lijst in een pad staan: het eind van hun URL, of hun uuid."""
    rijen = pagina.get("results", []) if isinstance(pagina, dict) else pagina
    for rij in rijen:
        if "url" in rij:
            yield httpx.URL(rij["url"]).path.rpartition("/")[2]
        elif "uuid" in rij:
            yield rij["uuid"]


def _beproef_blok(operatie: Any, blok: int, aantal: int, koppen: dict[str, str], bestaand: Mapping[str, str]) -> int:
    """De gevallen van één blok, de helft over iets dat bestaat; geeft hoeveel verzoeken er echt verstuurd zijn."""
    verstuurd = count()

    @settings(
        max_examples=aantal,
        deadline=None,
        database=None,
        derandomize=not GRONDIG,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(geval=_gevallen(operatie), raak=st.booleans())
    def proef(geval: Any, *, raak: bool) -> None:
        if raak and bestaand:
            geval.path_parameters = {**(geval.path_parameters or {}), **bestaand}
        next(verstuurd)
        antwoord = geval.call(headers=koppen)
        deels = _vraagt_velden(geval)
        geval.validate_response(antwoord, checks=[CHECKS.get_one(naam) for naam in (STATUS if deels else ALLES)])

    (seed(f"{ZAAD} {operatie.label} {blok}")(proef) if GRONDIG else proef)()
    return next(verstuurd)


def _gevallen(operatie: Any) -> st.SearchStrategy[Any]:
    """Verzoeken die bij de beschrijving passen; één op de tien doet dat net niet (die te bedenken kost veel meer tijd)."""
    past, past_niet = (operatie.as_strategy(generation_mode=soort) for soort in GenerationMode)
    return st.integers(0, 9).flatmap(lambda getal: past_niet if getal == 5 else past)


def _vraagt_velden(geval: Any) -> bool:
    """Wie maar een paar velden vraagt, krijgt niet alles wat verplicht is."""
    return "fields" in (geval.query or {}) or (isinstance(geval.body, dict) and "fields" in geval.body)


def _gedaan(api: str, operatie: Any, blok: int, aantal: int) -> Path:
    """Het bestand dat er is als dit blok goed ging."""
    naam = hashlib.sha256(f"{operatie.label} {blok} {aantal}".encode()).hexdigest()[:16]
    return Path(os.environ.get("FUZZ_STAND") or os.devnull) / api / naam


def _onthoud(bestand: Path, verstuurd: int) -> None:
    """Zet in het bestand hoeveel verzoeken het waren: een operatie met weinig keus heeft er minder dan gevraagd."""
    if "FUZZ_STAND" in os.environ:
        bestand.parent.mkdir(parents=True, exist_ok=True)
        bestand.write_text(f"{verstuurd}\n", encoding="utf-8")
