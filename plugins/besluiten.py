"""Bouwblokken over besluiten."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from contracten import Bekendmaker, Bouwblok, BpmnFout, Fout, Geen, Gegevens, Onherstelbaar, Opdracht, Tekst, of_invoer
from contracten.nummer import nummer_bij
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitIn, BesluitInformatieObjectIn, BesluitUit
from integratie.besluiten.strekking import AUTOMATISCH, JA, kent_toe, lees_strekkingen
from integratie.besluiten.toelichting import KENMERKEN, Toelichting
from integratie.besluiten.vervangen import vervang
from integratie.catalogi.schemas import BesluitTypeUit
from integratie.mandaten import GeenMandaat, Ondertekening, lees_register, toets
from integratie.termijnen.dagen import OnmogelijkeDag, eis_na_ontvangst
from kern.plugins import haak
from kern.termijnen import BEZWAARTERMIJN
from plugins import bekendmaking, bezwaar
from plugins.gemeenteblad import Gemeenteblad
from plugins.hulp import bestaat_misschien_al, clients, gekozen, gevuld, vandaag
from plugins.mens import eis_medewerker, medewerker_besliste

GROEP = Tekst("Besluiten", "Decisions")
INSTELLING = "In plaats van de instelling."
INGETROKKEN = "ingetrokken_overheid"
DATUM_KAN_NIET = Fout(
    "datum-kan-niet",
    Tekst("De dag ligt voor de ontvangst van het verzoek.", "The day is before the request was received."),
)


class BesluitKeuze(Gegevens):
    besluittype: str = of_invoer(title="Besluittype", description="Omschrijving van het besluittype.")
    bestuursorgaan: str = of_invoer(
        title="Bestuursorgaan", description="Namens wie het besluit genomen wordt.", max_length=50
    )
    grondslag: str = of_invoer(title="Grondslag", description="De wettelijke grondslag.")
    mandaat: str = of_invoer(title="Mandaat", description="Waarop de bevoegdheid om te tekenen berust.")
    ondertekenaar: str = of_invoer(title="Ondertekenaar", description="Functie van wie tekent.")


class BesluitInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    toelichting: str = Field("", title="Motivering", description="Waarom dit besluit genomen is.")
    ingangsdatum: date | None = Field(None, title="Ingangsdatum", description="Leeg is vandaag.")
    vervaldatum: date | None = Field(None, title="Vervaldatum", description="Laatste dag, als het besluit eindigt.")
    besluittype: str = Field("", title="Besluittype", description=INSTELLING)
    bestuursorgaan: str = Field("", title="Bestuursorgaan", description=INSTELLING, max_length=50)
    grondslag: str = Field("", title="Grondslag", description=INSTELLING)
    mandaat: str = Field("", title="Mandaat", description=INSTELLING)
    ondertekenaar: str = Field("", title="Ondertekenaar", description=INSTELLING)
    bedrag: Decimal | None = Field(
        None, title="Bedrag", description="Waar het besluit over gaat, in euro's; het mandaat kan een grens hebben."
    )

    zienswijze: str = Field(
        "",
        title="Zienswijze",
        description="Wat er met de zienswijze van de aanvrager gebeurde, voor de verantwoording.",
    )


class BesluitUitvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    besluitnummer: str = Field(title="Besluitnummer", description="Identificatie van het besluit.")
    bezwaar_tot: date = Field(
        title="Bezwaar tot",
        description="Laatste dag om er iets tegen te doen (de reactietermijn van het besluittype), bij verzending op de dag van het besluit.",
    )


class BesluitVastleggen(Bouwblok[BesluitKeuze, BesluitInvoer, BesluitUitvoer]):
    """Natuurlijke sleutel: een besluitnummer dat vóór de eerste poging vaststaat."""

    sleutel = "besluiten.vastleggen"
    naam = Tekst("Besluit vastleggen", "Record decision")
    uitleg = Tekst(
        "Legt een besluit vast, met bestuursorgaan, grondslag, mandaat, ondertekenaar en motivering. Een besluit dat niet toekent vraagt een medewerker.",
        "Records a decision, with authority, legal basis, mandate, signatory and reasons. Anything but a grant needs an employee.",
    )
    groep = GROEP
    fouten = (
        Fout("geen-mandaat", Tekst("De ondertekenaar heeft hiervoor geen mandaat.", "The signatory has no mandate.")),
        DATUM_KAN_NIET,
    )

    def voer_uit(self, opdracht: Opdracht[BesluitKeuze, BesluitInvoer]) -> BesluitUitvoer:
        client, datum = clients(opdracht).besluiten, vandaag(opdracht)
        rsin = opdracht.installatie.instellingen.bronorganisatie
        nummer = f"BESLUIT-{datum.year}-{nummer_bij(opdracht.uuid('besluit'), 3)}"
        soort = self._type(opdracht, datum)
        besluit = client.met_nummer(nummer, rsin) or self._maak(opdracht, client, nummer, datum, soort)
        laatste = clients(opdracht).termijnen.laatste_dag(datum, soort.reactietermijn or BEZWAARTERMIJN)
        return BesluitUitvoer(besluit=besluit.url, besluitnummer=nummer, bezwaar_tot=laatste)

    @staticmethod
    def _type(opdracht: Opdracht[BesluitKeuze, BesluitInvoer], datum: date) -> BesluitTypeUit:
        naam = gekozen(opdracht, "besluittype")
        soort = clients(opdracht).catalogi.besluittype(naam, datum)
        if soort is None:
            raise Onherstelbaar(f"besluittype '{naam}' bestaat niet")
        return soort

    @staticmethod
    def _maak(
        opdracht: Opdracht[BesluitKeuze, BesluitInvoer],
        client: BesluitenClient,
        nummer: str,
        datum: date,
        soort: BesluitTypeUit,
    ) -> BesluitUit:
        invoer = opdracht.invoer
        _toets_mandaat(opdracht, soort.omschrijving, datum)
        _eis_na_ontvangst(opdracht, datum)
        besluit = BesluitIn(
            identificatie=nummer,
            verantwoordelijke_organisatie=opdracht.installatie.instellingen.bronorganisatie,
            besluittype=soort.url,
            zaak=invoer.zaak,
            datum=datum,
            toelichting=_toelichting(opdracht, soort).als_tekst(),
            bestuursorgaan=gekozen(opdracht, "bestuursorgaan"),
            ingangsdatum=invoer.ingangsdatum or datum,
            vervaldatum=invoer.vervaldatum,
        )
        return client.maak_besluit(besluit, sleutel=opdracht.idempotentie("besluit"))


def _toelichting(opdracht: Opdracht[BesluitKeuze, BesluitInvoer], soort: BesluitTypeUit) -> Toelichting:
    """De motivering met de verantwoording. Toekennen mag zonder mens, en dat staat er dan bij; al het andere niet."""
    waarden = (gekozen(opdracht, veld) for veld in ("grondslag", "mandaat", "ondertekenaar"))
    toelichting = Toelichting(opdracht.invoer.toelichting, tuple(zip(KENMERKEN, waarden, strict=True)))
    if opdracht.invoer.zienswijze:
        toelichting = toelichting.met("Zienswijze", opdracht.invoer.zienswijze)
    if not kent_toe(soort, lees_strekkingen(clients(opdracht).configuratie)):
        eis_medewerker(opdracht, f"besluit '{soort.omschrijving}' kent niet toe")
        return toelichting
    return toelichting if medewerker_besliste(opdracht) else toelichting.met(AUTOMATISCH, JA)


def _toets_mandaat(opdracht: Opdracht[BesluitKeuze, BesluitInvoer], besluittype: str, datum: date) -> None:
    """Tekenen zonder mandaat is een voorziene uitkomst: het model kan het besluit aan een ander voorleggen."""
    ondertekening = Ondertekening(
        gekozen(opdracht, "bestuursorgaan"),
        besluittype,
        gekozen(opdracht, "ondertekenaar"),
        datum,
        opdracht.invoer.bedrag,
    )
    try:
        toets(lees_register(clients(opdracht).configuratie), ondertekening)
    except GeenMandaat as fout:
        raise BpmnFout("geen-mandaat", fout.tekst) from fout


def _eis_na_ontvangst(opdracht: Opdracht[BesluitKeuze, BesluitInvoer], datum: date) -> None:
    """Een besluit op een verzoek dat nog moet komen is geen besluit (Awb 4:13)."""
    bron = clients(opdracht)
    try:
        eis_na_ontvangst(bron.termijnen, bron.zaken.zaak(opdracht.invoer.zaak), datum)
    except OnmogelijkeDag as fout:
        raise BpmnFout(DATUM_KAN_NIET.code, fout.tekst) from fout


class KoppelInvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    document: str = Field(title="Document", description="URL van het document.")


class DocumentKoppelen(Bouwblok[Geen, KoppelInvoer, Geen]):
    """Natuurlijke sleutel: besluit en document samen."""

    sleutel = "besluiten.document-koppelen"
    naam = Tekst("Document bij het besluit hangen", "Attach document to the decision")
    uitleg = Tekst("Het document legt het besluit vast.", "The document records the decision.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, KoppelInvoer]) -> Geen:
        koppeling = BesluitInformatieObjectIn(
            besluit=opdracht.invoer.besluit, informatieobject=opdracht.invoer.document
        )
        with bestaat_misschien_al():
            clients(opdracht).besluiten.koppel_document(koppeling, sleutel=opdracht.idempotentie("koppel"))
        return Geen()


class WijzigInvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    toelichting: str = Field(
        "", title="Motivering", description="De nieuwe motivering; de verantwoording blijft staan."
    )
    ingangsdatum: date | None = Field(None, title="Ingangsdatum", description="Nieuwe eerste dag.")
    vervaldatum: date | None = Field(None, title="Vervaldatum", description="Nieuwe laatste dag.")
    publicatiedatum: date | None = Field(
        None, title="Publicatiedatum", description="Wanneer het besluit gepubliceerd is."
    )


class BesluitWijzigen(Bouwblok[Geen, WijzigInvoer, Geen]):
    """Dezelfde gegevens nog eens zetten verandert niets."""

    sleutel = "besluiten.wijzigen"
    naam = Tekst("Besluit wijzigen", "Change decision")
    uitleg = Tekst("Wijzigt de meegegeven gegevens van een besluit.", "Changes the given data of a decision.")
    groep = GROEP
    fouten = (DATUM_KAN_NIET,)

    def voer_uit(self, opdracht: Opdracht[Geen, WijzigInvoer]) -> Geen:
        client, invoer = clients(opdracht).besluiten, opdracht.invoer
        velden, besluit = gevuld(invoer, "besluit", "toelichting"), client.besluit(invoer.besluit)
        if invoer.publicatiedatum and invoer.publicatiedatum < besluit.datum:
            genomen = f"{besluit.datum:%d-%m-%Y}"
            raise BpmnFout(DATUM_KAN_NIET.code, f"Het besluit is van {genomen}: het kan niet eerder gepubliceerd zijn.")
        if invoer.toelichting:
            velden["toelichting"] = _motiveer(besluit, invoer.toelichting)
        if velden:
            client.wijzig_besluit(invoer.besluit, **velden)
        return Geen()


class IntrekKeuze(Gegevens):
    reden: Literal["ingetrokken_overheid", "ingetrokken_belanghebbende"] = Field(
        title="Reden", description="Wie het besluit intrekt: de gemeente, of op verzoek van de belanghebbende."
    )


class IntrekInvoer(Gegevens):
    besluit: str = Field(title="Besluit", description="URL van het besluit.")
    toelichting: str = Field("", title="Motivering", description="Waarom het besluit ingetrokken wordt.")
    per: date | None = Field(None, title="Per", description="Laatste dag dat het besluit geldt; leeg is vandaag.")


class BesluitIntrekken(Bouwblok[IntrekKeuze, IntrekInvoer, Geen]):
    """Een ingetrokken besluit met deze reden blijft zoals het is."""

    sleutel = "besluiten.intrekken"
    naam = Tekst("Besluit intrekken", "Withdraw decision")
    uitleg = Tekst("Laat een besluit vervallen, met de reden.", "Ends a decision, with the reason.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[IntrekKeuze, IntrekInvoer]) -> Geen:
        client, invoer, reden = clients(opdracht).besluiten, opdracht.invoer, opdracht.configuratie.reden
        besluit = client.besluit(invoer.besluit)
        if besluit.vervalreden == reden:
            return Geen()
        if reden == INGETROKKEN:
            eis_medewerker(opdracht, "een besluit intrekken")
        velden = {"vervalreden": reden, "vervaldatum": (invoer.per or vandaag(opdracht)).isoformat()}
        if invoer.toelichting:
            velden["toelichting"] = _motiveer(besluit, f"{besluit.uitleg.motivering}\n\n{invoer.toelichting}".strip())
        client.wijzig_besluit(besluit.url, **velden)
        return Geen()


class VervangInvoer(Gegevens):
    oud: str = Field(title="Oud besluit", description="URL van het besluit dat gewijzigd of ingetrokken wordt.")
    nieuw: str = Field(title="Nieuw besluit", description="URL van het besluit dat dat doet.")


class BesluitVervangen(Bouwblok[Geen, VervangInvoer, Geen]):
    """Wijzigen en intrekken is een nieuw besluit, met een eigen motivering, bekendmaking en bezwaartermijn. Nog eens verandert niets."""

    sleutel = "besluiten.vervangen"
    naam = Tekst("Besluit vervangen", "Replace decision")
    uitleg = Tekst(
        "Een nieuw besluit wijzigt het oude of trekt het in: het oude geldt tot de ingangsdatum van het nieuwe, en elk noemt het andere.",
        "A new decision changes or withdraws the old one, which ends when the new one starts; each names the other.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, VervangInvoer]) -> Geen:
        client = clients(opdracht).besluiten
        oud, nieuw = client.besluit(opdracht.invoer.oud), client.besluit(opdracht.invoer.nieuw)
        if not oud.vervalreden:
            eis_medewerker(opdracht, "een besluit wijzigen of intrekken")
        vervang(client, oud, nieuw)
        return Geen()


def _motiveer(besluit: BesluitUit, motivering: str) -> str:
    return replace(besluit.uitleg, motivering=motivering).als_tekst()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    eigen = [BesluitVastleggen, DocumentKoppelen, BesluitWijzigen, BesluitIntrekken, BesluitVervangen]
    return [*eigen, *bezwaar.BLOKKEN, *bekendmaking.BLOKKEN]


@haak
def bekendmakers() -> Iterable[type[Bekendmaker]]:
    """De bekendmakers van deze plugin."""
    return [Gemeenteblad]
