"""Het bouwblok dat geld uitbetaalt: een betaalopdracht (ISO 20022 pain.001) aan de bank of het financiële systeem van de gemeente.

De rekening staat in het verzoek en komt nooit in een procesvariabele, log of outbox-rij.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import httpx
from lxml import etree
from pydantic import Field
from stdnum import iban as ibancontrole

from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from integratie.basis import NietBereikbaar
from integratie.bronadres import bronadres
from integratie.geadresseerde import geadresseerde_van
from integratie.zaken.rollen import initiator_van
from kern.instellingen import Instellingen
from plugins.hulp import ZaakInvoer, clients, gekozen, vandaag

GROEP = Tekst("Betalen", "Payments")
PROEFREKENING = "NL02ABNA0123456789"  # het voorbeeld van de banken zelf, voor demo en test
SIMULATORPAD = "/simulatoren/uitbetalen"
NAAMRUIMTE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
ONJUIST = Fout("iban-onjuist", Tekst("Het rekeningnummer in het verzoek klopt niet.", "The account number is wrong."))
GEWEIGERD = Fout("geweigerd", Tekst("De bank nam de betaling niet aan.", "The bank rejected the payment."))


class UitbetaalKeuze(Gegevens):
    omschrijving: str = of_invoer(title="Omschrijving", description="Komt op het afschrift.", max_length=100)
    antwoord: str = Field("iban", title="Antwoord", description="Naam van het antwoord met de IBAN in het verzoek.")


class UitbetaalInvoer(ZaakInvoer):
    verzoek: str = Field(title="Verzoek", description="URL van het verzoek.")
    bedrag: Decimal = Field(title="Bedrag", description="In euro.", gt=0, max_digits=12, decimal_places=2)
    datum: date | None = Field(None, title="Datum", description="Gewenste dag; leeg is vandaag.")
    omschrijving: str = Field("", title="Omschrijving", description="In plaats van de instelling.", max_length=100)


class UitbetaalUitvoer(Gegevens):
    uitbetaling: str = Field(title="Uitbetaling", description="Kenmerk van de betaalopdracht.")


class Uitbetalen(Bouwblok[UitbetaalKeuze, UitbetaalInvoer, UitbetaalUitvoer]):
    """Natuurlijke sleutel: het kenmerk van de opdracht (MsgId en EndToEndId); de ontvanger voert een kenmerk één keer uit."""

    sleutel = "uitbetalen.opdracht"
    naam = Tekst("Uitbetalen", "Pay out")
    uitleg = Tekst(
        "Geeft opdracht om een bedrag te betalen aan de aanvrager, op de rekening uit het verzoek.",
        "Orders a payment to the applicant, to the account in the request.",
    )
    groep = GROEP
    fouten = (ONJUIST, GEWEIGERD)

    def voer_uit(self, opdracht: Opdracht[UitbetaalKeuze, UitbetaalInvoer]) -> UitbetaalUitvoer:
        verzoek = clients(opdracht).verzoeken.verzoek(opdracht.invoer.verzoek)
        iban = ibancontrole.compact(str(verzoek.aanvraag_gegevens.get(opdracht.configuratie.antwoord) or ""))
        if not ibancontrole.is_valid(iban):
            raise BpmnFout(ONJUIST.code)
        kenmerk = opdracht.uuid("uitbetaling").hex
        _stuur(opdracht, pain001(opdracht, kenmerk, iban, self._naam(opdracht)))
        return UitbetaalUitvoer(uitbetaling=kenmerk)

    def _naam(self, opdracht: Opdracht[UitbetaalKeuze, UitbetaalInvoer]) -> str:
        rol = initiator_van(clients(opdracht).zaken, opdracht.invoer.zaak)
        return (geadresseerde_van(opdracht.installatie, rol).naam if rol else "") or "Aanvrager"


def _stuur(opdracht: Opdracht[Any, Any], bericht: bytes) -> None:
    installatie = opdracht.installatie
    basis = bronadres(installatie, "uitbetalen_url", SIMULATORPAD)
    koppen = {"Content-Type": "application/xml"}
    if sleutel := installatie.instellingen.uitbetalen_sleutel.get_secret_value():
        koppen["X-API-KEY"] = sleutel
    try:
        antwoord = installatie.http.post(f"{basis}/pain001", content=bericht, headers=koppen)
    except httpx.TransportError as fout:
        raise NietBereikbaar(503, type(fout).__name__, "De bank is niet bereikbaar.") from None
    if antwoord.is_server_error:
        raise NietBereikbaar(antwoord.status_code, "bank", "De bank gaf een foutmelding.")
    if antwoord.is_error:
        raise BpmnFout(GEWEIGERD.code)


def pain001(opdracht: Opdracht[UitbetaalKeuze, UitbetaalInvoer], kenmerk: str, iban: str, naam: str) -> bytes:
    """De betaalopdracht met één betaling."""
    instellingen, bedrag = opdracht.installatie.instellingen, f"{opdracht.invoer.bedrag:.2f}"
    document = etree.Element(f"{{{NAAMRUIMTE}}}Document", nsmap={None: NAAMRUIMTE})  # type: ignore[dict-item]  # None is in lxml de standaardnaamruimte
    wortel = _in(document, "CstmrCdtTrfInitn")
    kop = _in(wortel, "GrpHdr")
    for naam_, tekst in (
        ("MsgId", kenmerk),
        ("CreDtTm", f"{opdracht.moment:%Y-%m-%dT%H:%M:%S}"),
        ("NbOfTxs", "1"),
        ("CtrlSum", bedrag),
    ):
        _in(kop, naam_, tekst)
    _in(_in(kop, "InitgPty"), "Nm", instellingen.gemeente_naam[:70])
    groep = _in(wortel, "PmtInf")
    _in(groep, "PmtInfId", kenmerk)
    _in(groep, "PmtMtd", "TRF")
    _in(_in(groep, "ReqdExctnDt"), "Dt", (opdracht.invoer.datum or vandaag(opdracht)).isoformat())
    _in(_in(groep, "Dbtr"), "Nm", instellingen.gemeente_naam[:70])
    _in(_in(_in(groep, "DbtrAcct"), "Id"), "IBAN", _rekening(instellingen))
    _in(_in(_in(_in(groep, "DbtrAgt"), "FinInstnId"), "Othr"), "Id", "NOTPROVIDED")
    _in_betaling(groep, kenmerk, bedrag, iban, naam, gekozen(opdracht, "omschrijving"))
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def _rekening(instellingen: Instellingen) -> str:
    if not instellingen.uitbetalen_iban and instellingen.omgeving == "productie":
        raise Onherstelbaar("UITBETALEN_IBAN is niet ingesteld")
    return instellingen.uitbetalen_iban or PROEFREKENING


def _in_betaling(groep: Any, kenmerk: str, bedrag: str, iban: str, naam: str, omschrijving: str) -> None:
    betaling = _in(groep, "CdtTrfTxInf")
    _in(_in(betaling, "PmtId"), "EndToEndId", kenmerk)
    _in(_in(betaling, "Amt"), "InstdAmt", bedrag).set("Ccy", "EUR")
    _in(_in(betaling, "Cdtr"), "Nm", naam[:70])
    _in(_in(_in(betaling, "CdtrAcct"), "Id"), "IBAN", iban)
    _in(_in(betaling, "RmtInf"), "Ustrd", omschrijving[:140])


def _in(ouder: Any, naam: str, tekst: str | None = None) -> Any:
    element = etree.SubElement(ouder, f"{{{NAAMRUIMTE}}}{naam}")
    element.text = tekst
    return element


BLOKKEN = (Uitbetalen,)
