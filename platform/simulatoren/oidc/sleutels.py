"""De ondertekensleutel van de simulator, bewaard in de map zodat alle webprocessen dezelfde hebben."""

from pathlib import Path
from typing import Any

from joserfc.jwk import RSAKey

from simulatoren.opslag import bewaard

BITS = 2048


def bewaarde_sleutel(bestand: Path) -> RSAKey:
    """De RSA-sleutel in `bestand`; wordt de eerste keer gemaakt."""
    return RSAKey.import_key(bewaard(bestand, _nieuw))


def _nieuw() -> str:
    return RSAKey.generate_key(BITS).as_pem(private=True).decode()


def openbaar_deel(sleutel: RSAKey) -> dict[str, Any]:
    """De sleutel als openbare JWK met `kid` en `use`."""
    return {**sleutel.as_dict(private=False), "kid": sleutel.thumbprint(), "use": "sig"}
