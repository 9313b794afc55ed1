"""Het zegel op een brief: een PAdES-handtekening met het certificaat van de gemeente, zodat elke wijziging daarna te zien is.

Het certificaat komt uit `ZEGEL_BESTAND` (PKCS#12). Een certificaat dat nu niet geldt verzegelt niets: `ZegelFout`, en er gaat geen brief uit.
Het zegel is een aanvulling op het bestand (incremental update), dus de PDF/A eronder verandert niet.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12

from kern.installatie import Installatie
from kern.klok import NEDERLAND

log = structlog.get_logger()
VELD: Final = "Zegel"
HASH: Final = "sha256"
WAARSCHUW: Final = timedelta(days=30)
RUIMTE: Final = 16384
"""Bytes voor de handtekening: ruim genoeg voor een keten van drie certificaten met lange sleutels."""


class ZegelFout(Exception):
    """Er kan niet verzegeld worden. De tekst zegt waarom en wat een beheerder moet doen; nooit het wachtwoord."""


@dataclass(frozen=True)
class Zegel:
    """Een certificaat met sleutel, klaar om mee te verzegelen. `van` en `tot` zijn de geldigheid (UTC)."""

    naam: str
    van: datetime
    tot: datetime
    _ondertekenaar: Any

    def verzegel(self, pdf: bytes, nu: datetime, *, reden: str = "") -> bytes:
        """De PDF met het zegel eronder, gedateerd op `nu`. `ZegelFout` als het certificaat dan niet geldt."""
        self.eis_geldig(nu)
        if self.tot - nu < WAARSCHUW:
            log.warning("zegelcertificaat verloopt", naam=self.naam, dag=_dag(self.tot))
        return _onderteken(pdf, self._ondertekenaar, nu, self.naam, reden)

    def eis_geldig(self, nu: datetime) -> None:
        """`ZegelFout` als het certificaat op dit moment niet geldt."""
        if nu > self.tot:
            raise ZegelFout(
                f"het zegelcertificaat van {self.naam} is verlopen op {_dag(self.tot)}; er gaan geen brieven uit tot ZEGEL_BESTAND "
                "een geldig certificaat heeft"
            )
        if nu < self.van:
            raise ZegelFout(f"het zegelcertificaat van {self.naam} geldt pas vanaf {_dag(self.van)}")


def zegel_van(installatie: Installatie) -> Zegel | None:
    """Het zegel van deze installatie, of None als er geen is ingesteld. Een vervangen bestand telt meteen."""
    instellingen = installatie.instellingen
    if not instellingen.zegel_bestand:
        return None
    pad = Path(instellingen.zegel_bestand)
    try:
        gewijzigd = pad.stat().st_mtime_ns
    except OSError:
        raise ZegelFout(f"ZEGEL_BESTAND {pad} is er niet") from None
    return lees_zegel(pad, instellingen.zegel_wachtwoord.get_secret_value(), gewijzigd)


@lru_cache(maxsize=4)
def lees_zegel(pad: Path, wachtwoord: str, _gewijzigd: int = 0) -> Zegel:
    """Lees een PKCS#12-bestand; `ZegelFout` als het niet te openen is of geen sleutel met certificaat heeft."""
    try:
        sleutel, certificaat, keten = pkcs12.load_key_and_certificates(
            pad.read_bytes(), wachtwoord.encode() if wachtwoord else None
        )
    except (OSError, ValueError):
        raise ZegelFout(f"ZEGEL_BESTAND {pad} is niet te openen: geen PKCS#12, of een ander ZEGEL_WACHTWOORD") from None
    if sleutel is None or certificaat is None:
        raise ZegelFout(f"in ZEGEL_BESTAND {pad} zit geen sleutel met certificaat")
    return Zegel(
        _naam(certificaat),
        certificaat.not_valid_before_utc,
        certificaat.not_valid_after_utc,
        _ondertekenaar(sleutel, certificaat, keten),
    )


def _naam(certificaat: x509.Certificate) -> str:
    namen = certificaat.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(namen[0].value) if namen else certificaat.subject.rfc4514_string()


def _ondertekenaar(sleutel: PrivateKeyTypes, certificaat: x509.Certificate, keten: list[x509.Certificate]) -> Any:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - zie _onderteken
        Encoding,
        NoEncryption,
        PrivateFormat,
    )
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data  # noqa: PLC0415 - idem
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - idem
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415 - idem

    class Ondertekenaar(SimpleSigner):  # type: ignore[misc]  # pyhanko wordt als ongetypt gelezen
        """Bewaart de sleutel: hem bij elke brief opnieuw openen (en narekenen) kost bij RSA meer dan de brief zelf."""

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            if isinstance(sleutel, RSAPrivateKey) and digest_algorithm == HASH:
                return sleutel.sign(data, PKCS1v15(), SHA256())
            if isinstance(sleutel, EllipticCurvePrivateKey) and digest_algorithm == HASH:
                return sleutel.sign(data, ECDSA(SHA256()))
            return bytes(super().sign_raw(data, digest_algorithm))

    def als_der(deel: x509.Certificate) -> Any:
        return next(iter(load_certs_from_pemder_data(deel.public_bytes(Encoding.DER))))

    voorraad = SimpleCertificateStore()
    voorraad.register_multiple([als_der(deel) for deel in keten])
    sleutelbytes = sleutel.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Ondertekenaar(
        signing_cert=als_der(certificaat),
        signing_key=load_private_key_from_pemder_data(sleutelbytes, passphrase=None),
        cert_registry=voorraad,
    )


def _onderteken(pdf: bytes, ondertekenaar: Any, nu: datetime, naam: str, reden: str) -> bytes:
    """PAdES B-B. Het tijdstip is dat van de klok van het platform, niet van de bibliotheek."""
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - kost een seconde; alleen een worker verzegelt
        IncrementalPdfFileWriter,
    )
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415 - zie hierboven
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415 - zie hierboven

    class Zegelaar(PdfSigner):  # type: ignore[misc]  # pyhanko wordt als ongetypt gelezen
        def init_signing_session(self, *args: Any, **opties: Any) -> Any:
            sessie = super().init_signing_session(*args, **opties)
            sessie.system_time = nu.astimezone(UTC)
            return sessie

    gegevens = PdfSignatureMetadata(
        field_name=VELD, subfilter=SigSeedSubFilter.PADES, md_algorithm=HASH, name=naam, reason=reden or None
    )
    uit = Zegelaar(gegevens, ondertekenaar).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RUIMTE)
    return bytes(uit.getvalue())


def _dag(moment: datetime) -> str:
    return f"{moment.astimezone(NEDERLAND):%d-%m-%Y}"
