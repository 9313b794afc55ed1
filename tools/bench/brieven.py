"""Hoeveel brieven één worker per seconde maakt: sjabloon vullen, PDF/A-3a met gegevens erin, keuring, en met een zegel eronder.

    .venv/bin/python tools/bench/brieven.py

De eerste brief (lettertypen en bibliotheken laden) telt niet mee en staat er los bij. De registraties doen niet mee: dit is het werk dat
de processor van een worker kost.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from formuliermotor.brief import Brief, Pdfstijl, briefgegevens, maak_brief, vul
from formuliermotor.pdf import Ingesloten
from formuliermotor.sjablonen import voorbeeldgegevens
from formuliermotor.zegel import Zegel, lees_zegel

PAKKETTEN = Path(__file__).parents[2] / "processen" / "procespakketten"
SJABLONEN = {
    "korte brief (1 bladzijde)": "toeristische-verhuur/sjablonen/tv-bevestiging-registratie.json",
    "besluit (2 bladzijden)": "toeristische-verhuur/sjablonen/tv-besluit-verlening.json",
}
SECONDEN, DOEL = 5.0, 10.0
NU = datetime(2026, 7, 14, 12, tzinfo=UTC)


def zegel(map_: Path) -> Zegel:
    """Een zegel met een RSA-sleutel van 3072 bits, zoals een gemeente haar krijgt."""
    sleutel = rsa.generate_private_key(65537, 3072)
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gemeente Voorbeeldstad")])
    dag = timedelta(days=365)
    bouwer = x509.CertificateBuilder(naam, naam, sleutel.public_key(), x509.random_serial_number(), NU - dag, NU + dag)
    certificaat = bouwer.sign(sleutel, hashes.SHA256())
    pad = map_ / "zegel.p12"
    pad.write_bytes(
        pkcs12.serialize_key_and_certificates(b"z", sleutel, certificaat, None, BestAvailableEncryption(b"z"))
    )
    return lees_zegel(pad, "z")


def een(sjabloon: dict[str, Any], nummer: int, met: Zegel | None) -> bytes:
    """Eén brief, zoals `documenten.genereren` hem maakt."""
    gegevens = {**voorbeeldgegevens(sjabloon), "zaaknummer": f"ZAAK-{nummer}"}
    data = Ingesloten("brief.json", briefgegevens(sjabloon, 1, "nl", gegevens), "Gegevens van deze brief", NU)
    kenmerken = [("Zaaknummer", f"ZAAK-{nummer}"), ("Datum", "14-07-2026")]
    gevuld = vul(sjabloon, gegevens)
    brief = Brief(gevuld, ["A. de Vries", "Dorpsstraat 1", "1234 AB Voorbeeldstad"], kenmerken, "nl", NU, [data])
    pdf = maak_brief(brief, Pdfstijl("Gemeente Voorbeeldstad"))
    return met.verzegel(pdf, NU) if met else pdf


def meet(sjabloon: dict[str, Any], met: Zegel | None) -> float:
    """Brieven per seconde."""
    begin, aantal = time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDEN:
        aantal += 1
        een(sjabloon, aantal, met)
    return aantal / (time.perf_counter() - begin)


def main() -> int:
    """Druk de cijfers af; 1 als een doel niet gehaald is."""
    traagst = DOEL
    with TemporaryDirectory() as map_:
        stempel = zegel(Path(map_))
        for naam, pad in SJABLONEN.items():
            sjabloon = {"sleutel": Path(pad).stem, **json.loads((PAKKETTEN / pad).read_text("utf-8"))}
            begin = time.perf_counter()
            een(sjabloon, 0, stempel)
            sys.stdout.write(f"{naam}: eerste {time.perf_counter() - begin:.2f} s")
            for soort, met in (("zonder zegel", None), ("met zegel", stempel)):
                snelheid = meet(sjabloon, met)
                traagst = min(traagst, snelheid)
                sys.stdout.write(f"; {soort} {snelheid:.1f}/s")
            sys.stdout.write("\n")
    sys.stdout.write(f"doel: {DOEL:.0f} brieven per seconde per worker\n")
    return int(traagst < DOEL)


if __name__ == "__main__":
    sys.exit(main())
