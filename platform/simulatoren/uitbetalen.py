"""Simulator van een bank die betaalopdrachten aanneemt: `POST /pain001`, antwoord pain.002. Hetzelfde MsgId telt één keer."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from lxml import etree
from stdnum import iban

from kern.toegang import openbaar
from simulatoren.basis import maak_flask
from simulatoren.opslag import schrijf_heel

NS = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
ANTWOORD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><OrgnlGrpInfAndSts>
<OrgnlMsgId>{kenmerk}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>{staat}</GrpSts>
</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>
"""


def maak_app(*, omgeving: str, map_: Path) -> Flask:
    """De simulator; aangenomen opdrachten staan in `map_`, één bestand per MsgId."""
    app = maak_flask("uitbetalen", omgeving)

    @app.post("/pain001")
    @openbaar
    def neem_aan() -> ResponseReturnValue:
        opdracht = _lees(request.get_data())
        kenmerk = "" if opdracht is None else str(opdracht.findtext(".//p:MsgId", "", NS))
        if opdracht is None or not kenmerk.isalnum() or not _klopt(opdracht):
            return Response(
                ANTWOORD.format(kenmerk=kenmerk if kenmerk.isalnum() else "", staat="RJCT"),
                422,
                content_type="application/xml",
            )
        schrijf_heel(map_ / f"{kenmerk}.xml", request.get_data(), vervang=False)
        return Response(ANTWOORD.format(kenmerk=kenmerk, staat="ACCP"), content_type="application/xml")

    @app.get("/opdrachten")
    @openbaar
    def opdrachten() -> ResponseReturnValue:
        return jsonify([_samenvatting(bestand) for bestand in sorted(map_.glob("*.xml"))])

    return app


def _lees(inhoud: bytes) -> Any:
    try:
        return etree.fromstring(inhoud, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def _klopt(opdracht: Any) -> bool:
    rekeningen = [deel.text or "" for deel in opdracht.iterfind(".//p:CdtrAcct/p:Id/p:IBAN", NS)]
    bedragen = [float(deel.text or 0) for deel in opdracht.iterfind(".//p:InstdAmt", NS)]
    klopt = len(rekeningen) == len(bedragen) == int(opdracht.findtext(".//p:NbOfTxs", "0", NS))
    return bool(rekeningen) and klopt and all(map(iban.is_valid, rekeningen)) and min(bedragen) > 0


def _samenvatting(bestand: Path) -> dict[str, str]:
    opdracht = _lees(bestand.read_bytes())
    vind = {"kenmerk": "MsgId", "bedrag": "InstdAmt", "omschrijving": "Ustrd", "datum": "Dt"}
    return {naam: opdracht.findtext(f".//p:{pad}", "", NS) for naam, pad in vind.items()}
