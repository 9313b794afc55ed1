"""Simulator van het Gemeenteblad: aanleveren (PUT), de stand van een aanlevering, en de zoekdienst (SRU 2.0) waar iedereen leest.

Het blad van een dag is meteen uit; een aanlevering met een latere gewenste dag wacht daarop.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from lxml import etree

from kern.klok import Klok
from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.opslag import schrijf_heel

BIJLAGE = re.compile(r"bijlage-\d{1,3}(\.[a-z0-9]{1,10})?")
KENMERK = re.compile(r"[A-Za-z0-9-]{1,100}")
NUMMER = re.compile(r'dt\.identifier\s*==?\s*"?(gmb-\d{4}-\d+)"?')
DCTERMS, OVERHEIDOP = "http://purl.org/dc/terms/", "http://standaarden.overheid.nl/product/terms/"
SRU, GZD = "http://docs.oasis-open.org/ns/search-ws/sruResponse", "http://standaarden.overheid.nl/sru"
VERPLICHT = ("title", "type", "creator", "subject")
GROOTSTE_BIJLAGE = 25_000_000
EERSTE = 1001


def maak_app(*, omgeving: str, klok: Klok, map_: Path, basis_url: str) -> Flask:
    """De simulator; elke aanlevering is een bestand in `map_`, op haar kenmerk."""
    app = maak_flask("gemeenteblad", omgeving)
    app.config["MAX_CONTENT_LENGTH"] = GROOTSTE_BIJLAGE
    blad = _Blad(map_, klok.vandaag, basis_url)

    @app.put("/aanleveringen/<kenmerk>")
    @openbaar
    def lever_aan(kenmerk: str) -> ResponseReturnValue:
        if not KENMERK.fullmatch(kenmerk):
            abort(404)
        gelezen = _lees(request.get_data(), lambda naam: map_ / kenmerk / naam)
        if isinstance(gelezen, str):
            return jsonify(reden=gelezen), 400
        schrijf_heel(map_ / f"{kenmerk}.json", json.dumps({"kenmerk": kenmerk, **gelezen}).encode(), vervang=False)
        return jsonify(kenmerk=kenmerk, status="aangenomen"), 201

    @app.put("/aanleveringen/<kenmerk>/bijlagen/<naam>")
    @openbaar
    def bijlage(kenmerk: str, naam: str) -> ResponseReturnValue:
        if not KENMERK.fullmatch(kenmerk) or not BIJLAGE.fullmatch(naam):
            abort(404)
        inhoud = request.get_data()
        if not inhoud:
            return jsonify(reden="Het bestand is leeg."), 400
        schrijf_heel(map_ / kenmerk / naam, inhoud)
        return jsonify(naam=naam, omvang=len(inhoud)), 201

    @app.get("/aanleveringen/<kenmerk>")
    @openbaar
    def stand(kenmerk: str) -> ResponseReturnValue:
        gevonden = next((deel for deel in blad.uitgaven() if deel["kenmerk"] == kenmerk), None)
        if gevonden is not None:
            return jsonify(kenmerk=kenmerk, status="gepubliceerd", publicatie=gevonden["nummer"])
        if not KENMERK.fullmatch(kenmerk) or not (map_ / f"{kenmerk}.json").exists():
            abort(404)
        return jsonify(kenmerk=kenmerk, status="aangenomen")

    _zet_leesroutes(app, blad, map_)
    return app


def _zet_leesroutes(app: Flask, blad: "_Blad", map_: Path) -> None:
    """Wat iedereen kan lezen: de zoekdienst, de publicatie en haar bijlagen."""

    @app.get("/sru")
    @openbaar
    def sru() -> ResponseReturnValue:
        gevraagd = NUMMER.search(request.args.get("query", ""))
        passend = [deel for deel in blad.uitgaven() if gevraagd is None or deel["nummer"] == gevraagd[1]]
        return Response(_antwoord(passend), content_type="application/xml")

    @app.get("/<nummer>.html")
    @openbaar
    def lees(nummer: str) -> ResponseReturnValue:
        gevonden = next((deel for deel in blad.uitgaven() if deel["nummer"] == nummer), None)
        if gevonden is None:
            abort(404)
        bij = [f"Bijlage: {titel} ({blad.basis}/{nummer}/{naam})" for naam, titel in gevonden["bijlagen"].items()]
        tekst = "\n\n".join([gevonden["title"], *gevonden["alineas"], *bij])
        return Response(tekst, content_type="text/plain; charset=utf-8")

    @app.get("/<nummer>/<naam>")
    @openbaar
    def lees_bijlage(nummer: str, naam: str) -> ResponseReturnValue:
        gevonden = next((deel for deel in blad.uitgaven() if deel["nummer"] == nummer), None)
        if gevonden is None or naam not in gevonden["bijlagen"]:
            abort(404)
        return Response((map_ / gevonden["kenmerk"] / naam).read_bytes(), content_type="application/octet-stream")


class _Blad:
    """De uitgaven: genummerd op volgorde van aankomst, elk op haar dag."""

    def __init__(self, map_: Path, vandaag: Callable[[], date], basis_url: str) -> None:
        self._map, self._vandaag, self.basis = map_, vandaag, basis_url

    def uitgaven(self) -> Iterator[dict[str, Any]]:
        bestanden = sorted(self._map.glob("*.json"), key=lambda bestand: (bestand.stat().st_mtime_ns, bestand.name))
        for volgnummer, bestand in enumerate(bestanden, EERSTE):
            deel = json.loads(bestand.read_bytes())
            uit = self._map / f"{bestand.stem}.uit"
            if not uit.exists() and deel["available"] <= self._vandaag().isoformat():
                schrijf_heel(uit, self._vandaag().isoformat().encode(), vervang=False)
            if uit.exists():
                dag = uit.read_text()
                nummer = f"gmb-{dag[:4]}-{volgnummer}"
                yield {"bijlagen": {}, **deel, "nummer": nummer, "dag": dag, "adres": f"{self.basis}/{nummer}.html"}


def _lees(inhoud: bytes, bestand: Callable[[str], Path]) -> dict[str, Any] | str:
    """De velden van een aanlevering, of waarom zij niet aangenomen wordt. `bestand` is waar een bijlage bewaard is."""
    try:
        wortel = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return "Dit is geen XML."
    velden = {naam: str(wortel.findtext(f".//{{{DCTERMS}}}{naam}") or "") for naam in (*VERPLICHT, "available")}
    leeg = [naam for naam in VERPLICHT if not velden[naam]]
    alineas = [str(al.text or "") for al in wortel.iterfind(".//{*}al")]
    if leeg or not any(alineas):
        return f"Verplichte gegevens ontbreken: {', '.join(leeg or ['tekst'])}."
    bijlagen = {str(deel.get("bestand")): deel for deel in wortel.iterfind(".//{*}bijlage")}
    mist = [naam for naam, deel in bijlagen.items() if not _klopt(naam, str(deel.get("sha256")), bestand)]
    if mist:
        return f"Deze bijlagen zijn niet of anders aangeleverd: {', '.join(mist)}."
    return {**velden, "alineas": alineas, "bijlagen": {naam: str(deel.text) for naam, deel in bijlagen.items()}}


def _klopt(naam: str, afdruk: str, bestand: Callable[[str], Path]) -> bool:
    if not BIJLAGE.fullmatch(naam) or not bestand(naam).exists():
        return False
    return hashlib.sha256(bestand(naam).read_bytes()).hexdigest() == afdruk


def _antwoord(delen: list[dict[str, Any]]) -> bytes:
    wortel = etree.Element(f"{{{SRU}}}searchRetrieveResponse", nsmap={"sru": SRU, "gzd": GZD, "dcterms": DCTERMS})
    etree.SubElement(wortel, f"{{{SRU}}}version").text = "2.0"
    etree.SubElement(wortel, f"{{{SRU}}}numberOfRecords").text = str(len(delen))
    records = etree.SubElement(wortel, f"{{{SRU}}}records")
    for deel in delen:
        record = etree.SubElement(records, f"{{{SRU}}}record")
        gzd = etree.SubElement(etree.SubElement(record, f"{{{SRU}}}recordData"), f"{{{GZD}}}gzd")
        for naam, waarde in {"identifier": deel["nummer"], "title": deel["title"], "available": deel["dag"]}.items():
            etree.SubElement(gzd, f"{{{DCTERMS}}}{naam}").text = waarde
        etree.SubElement(gzd, f"{{{GZD}}}preferredUrl").text = deel["adres"]
    return bytes(etree.tostring(wortel, xml_declaration=True, encoding="UTF-8"))
