"""Getypte client van de referentielijsten en de selectielijst."""

from collections.abc import Iterator

from integratie.basis import ApiClient
from integratie.referentielijsten.schemas import (
    CommunicatieKanaalUit,
    ProcesTypeUit,
    ResultaattypeOmschrijvingUit,
    ResultaatUit,
)

OPENBARE_DIENSTEN = (
    "https://selectielijst.openzaak.nl/api/v1/",
    "https://referentielijsten-api.vng.cloud/api/v1/",
    "https://referentielijsten.roxit.nl/api/v1/",
)
"""Waar bestaande catalogi naar verwijzen; hun uuid's zijn gelijk aan die van de landelijke lijst."""


class ReferentielijstenClient(ApiClient):
    """Communicatiekanalen, procestypen, resultaten (selectielijstklassen) en generieke resultaattypeomschrijvingen."""

    api = "referentielijsten"

    def procestypen(self, jaar: int | None = None) -> Iterator[ProcesTypeUit]:
        """De procestypen, van één selectielijst of van alle jaren."""
        return self.alle("procestypen", ProcesTypeUit, **({"jaar": str(jaar)} if jaar else {}))

    def resultaten(self, procestype: str = "") -> Iterator[ResultaatUit]:
        """De resultaten, van één procestype (URL) of van alle."""
        return self.alle("resultaten", ResultaatUit, **({"proces_type": procestype} if procestype else {}))

    def resultaat(self, url: str) -> ResultaatUit:
        return self.haal(self.eigen(url), ResultaatUit)

    def procestype(self, url: str) -> ProcesTypeUit:
        return self.haal(self.eigen(url), ProcesTypeUit)

    def omschrijvingen(self) -> Iterator[ResultaattypeOmschrijvingUit]:
        return self.alle("resultaattypeomschrijvingen", ResultaattypeOmschrijvingUit)

    def communicatiekanalen(self) -> Iterator[CommunicatieKanaalUit]:
        return self.alle("communicatiekanalen", CommunicatieKanaalUit)

    def eigen(self, url: str) -> str:
        """Een URL bij een openbare dienst als URL van onze lijst; elke andere URL blijft zoals zij is."""
        pad = openbaar_pad(url)
        return self.url(pad) if pad else url


def openbaar_pad(url: str) -> str:
    """Het pad (`resultaten/<uuid>`) van een URL bij een openbare dienst; leeg bij elke andere URL."""
    return next((url.removeprefix(basis) for basis in OPENBARE_DIENSTEN if url.startswith(basis)), "")
