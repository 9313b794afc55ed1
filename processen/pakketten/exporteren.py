"""Een geïnstalleerd pakket teruglezen, en een pakket als bestanden schrijven.

Formulieren, sjablonen, verzendregels, modellen en beslissingen komen zoals zij nu in de installatie staan, dus met wat een beheerder
eraan veranderde. Zaaktypen, verzoektypen en producten komen zoals zij geïnstalleerd zijn.
"""

import zipfile
from pathlib import Path
from typing import Any

import orjson
from lxml import etree

from integratie.basis import Schema
from integratie.configuratie import FORMULIER, PROCESPAKKET, REFERENTIELIJST, SJABLOON, VERZENDREGEL, Configuratie
from kern.installatie import Installatie
from processen.motor import Motor
from processen.pakketten.formaat import (
    Kop,
    Lijstdeel,
    Pakket,
    PakketFout,
    Productdeel,
    Sjabloondeel,
    Verzendregeldeel,
    Verzoektypedeel,
    Zaaktypedeel,
)

NAMENS = "processen"
OPTIES = orjson.OPT_INDENT_2
VASTE_TIJD = (2026, 1, 1, 0, 0, 0)
"""In een zip: dezelfde inhoud geeft dezelfde bytes."""


def bron_van(pakket: Pakket) -> dict[str, Any]:
    """Wat bij het installeren bewaard wordt om het pakket later terug te kunnen geven."""
    return {
        "kop": pakket.kop.als_json(),
        "zaaktypen": [deel.als_json() for deel in pakket.zaaktypen],
        "verzoektypen": [deel.als_json() for deel in pakket.verzoektypen],
        "producten": [deel.als_json() for deel in pakket.producten],
        "scenarios": pakket.scenarios,
    }


def lees_geinstalleerd(installatie: Installatie, motor: Motor, naam: str) -> Pakket:
    """Het pakket zoals het nu geïnstalleerd is. `PakketFout` als het er niet is."""
    client = Configuratie(installatie, namens=NAMENS)
    gevonden = client.haal(PROCESPAKKET, naam)
    if gevonden is None or "bron" not in gevonden:
        raise PakketFout(
            [f"pakket {naam} is hier niet geïnstalleerd, of met een te oude versie: installeer het opnieuw"]
        )
    bron = gevonden["bron"]
    eigen = {
        soort.naam: [deel for deel in client.alle(soort) if deel.get("pakket") == naam]
        for soort in (FORMULIER, SJABLOON, VERZENDREGEL, REFERENTIELIJST)
    }
    processen, beslissingen = _modellen(installatie, motor, naam)
    return Pakket(
        kop=Kop.model_validate(bron["kop"]),
        zaaktypen=[Zaaktypedeel.model_validate(deel) for deel in bron["zaaktypen"]],
        verzoektypen=[Verzoektypedeel.model_validate(deel) for deel in bron["verzoektypen"]],
        producten=[Productdeel.model_validate(deel) for deel in bron["producten"]],
        formulieren={deel["sleutel"]: deel["definitie"] for deel in eigen[FORMULIER.naam]},
        processen=processen,
        beslissingen=beslissingen,
        sjablonen={deel["sleutel"]: Sjabloondeel.model_validate(deel) for deel in eigen[SJABLOON.naam]},
        verzendregels=sorted(
            (Verzendregeldeel.model_validate(d) for d in eigen[VERZENDREGEL.naam]), key=lambda r: r.sleutel
        ),
        referentielijsten={d["sleutel"]: Lijstdeel.model_validate(d) for d in eigen[REFERENTIELIJST.naam]},
        scenarios=bron.get("scenarios", {}),
    )


def _modellen(installatie: Installatie, motor: Motor, naam: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """De actieve modellen van het pakket, en hun beslissingen (bij naam, elk één keer)."""
    processen: dict[str, bytes] = {}
    beslissingen: dict[str, bytes] = {}
    with installatie.db.lezen() as verbinding:
        for definitie in motor.definities.lijst(verbinding):
            if definitie.pakket == naam and definitie.staat == "actief":
                bpmn, dmn = motor.definities.model(verbinding, definitie.id)
                processen[definitie.sleutel] = bpmn
                beslissingen |= {_naam_van(tekst): tekst.encode() for tekst in dmn}
    return processen, beslissingen


def _naam_van(dmn: str) -> str:
    """De bestandsnaam van een beslismodel: zijn id."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(dmn.encode(), parser).get("id") or "beslissing"


def als_bestanden(pakket: Pakket) -> dict[str, bytes]:
    """Het pakket als bestanden: pad naar inhoud, op naam, elke keer gelijk."""
    bestanden = {"pakket.toml": als_toml(pakket.kop).encode()}
    bestanden |= {f"zaaktypen/{deel.identificatie.lower()}.json": _json(deel) for deel in pakket.zaaktypen}
    bestanden |= {f"verzoektypen/{deel.naam}.json": _json(deel) for deel in pakket.verzoektypen}
    bestanden |= {f"producten/{deel.code}.json": _json(deel) for deel in pakket.producten}
    bestanden |= {f"formulieren/{naam}.json": _json(deel) for naam, deel in pakket.formulieren.items()}
    bestanden |= {f"sjablonen/{naam}.json": _json(deel) for naam, deel in pakket.sjablonen.items()}
    bestanden |= {f"referentielijsten/{naam}.json": _json(deel) for naam, deel in pakket.referentielijsten.items()}
    bestanden |= {f"processen/{naam}.bpmn": inhoud for naam, inhoud in pakket.processen.items()}
    bestanden |= {f"beslissingen/{naam}.dmn": inhoud for naam, inhoud in pakket.beslissingen.items()}
    bestanden |= {f"scenarios/{naam}.yaml": tekst.encode() for naam, tekst in pakket.scenarios.items()}
    bestanden["verzendregels.json"] = _json([deel.als_json() for deel in pakket.verzendregels])
    return dict(sorted(bestanden.items()))


def schrijf(pakket: Pakket, doel: Path) -> None:
    """Schrijf het pakket naar een map, of naar een zip als `doel` op .zip eindigt."""
    bestanden = als_bestanden(pakket)
    if doel.suffix == ".zip":
        with zipfile.ZipFile(doel, "w", zipfile.ZIP_DEFLATED) as zip_:
            for naam, inhoud in bestanden.items():
                zip_.writestr(zipfile.ZipInfo(f"{pakket.kop.naam}/{naam}", VASTE_TIJD), inhoud)
        return
    for naam, inhoud in bestanden.items():
        bestand = doel / naam
        bestand.parent.mkdir(parents=True, exist_ok=True)
        bestand.write_bytes(inhoud)


def _json(deel: Schema | Any) -> bytes:
    return orjson.dumps(deel.als_json() if isinstance(deel, Schema) else deel, option=OPTIES) + b"\n"


def als_toml(kop: Kop) -> str:
    """`pakket.toml`: losse velden, de catalogus, en per start, actie en team een tabel."""
    velden = kop.model_dump(by_alias=False, exclude_none=True)
    los = [naam for naam, waarde in velden.items() if not isinstance(waarde, dict | list)]
    regels = [f"{naam} = {_waarde(velden[naam])}" for naam in los]
    for tabel in (naam for naam, waarde in velden.items() if isinstance(waarde, dict) and waarde):
        regels += ["", f"[{tabel}]", *(f"{_sleutel(naam)} = {_waarde(deel)}" for naam, deel in velden[tabel].items())]
    for soort, delen in velden.items():
        for deel in delen if isinstance(delen, list) else ():
            regels += ["", f"[[{soort}]]", *(f"{naam} = {_waarde(waarde)}" for naam, waarde in deel.items())]
    return "\n".join(regels) + "\n"


def _sleutel(naam: str) -> str:
    """Een naam met een punt staat in TOML tussen aanhalingstekens."""
    return f'"{naam}"' if "." in naam else naam


def _waarde(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return str(waarde).lower()
    if isinstance(waarde, dict):
        return "{ " + ", ".join(f"{naam} = {_waarde(deel)}" for naam, deel in sorted(waarde.items())) + " }"
    if isinstance(waarde, list):
        return "[" + ", ".join(map(_waarde, waarde)) + "]"
    return orjson.dumps(waarde).decode() if isinstance(waarde, str) else str(waarde)
