"""Bouwblokken van de wettelijke klok. De klok is de enige die een datum van een zaak berekent; zij schrijft hem ook naar de zaak."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.basis import ApiFout
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import (
    GebeurtenisIn,
    Gebeurtenissoort,
    KlokDetailUit,
    KlokIn,
    Verzoeksoort,
    WekkerIn,
    Wekmoment,
)
from kern.plugins import haak
from plugins.hulp import ZaakInvoer, clients, gekozen, vandaag

GROEP = Tekst("Termijnen", "Legal terms")
ONGELDIG = 400
ONMOGELIJKE_DAGEN = ("toekomst", "voor-ontvangst")
DATUM_KAN_NIET = Fout(
    "datum-kan-niet",
    Tekst("De dag ligt voor de ontvangst of moet nog komen.", "The day is before receipt, or still to come."),
)
EINDE_VAN: dict[str, Gebeurtenissoort] = {
    "aanvulling gevraagd": "aangevuld",
    "buitenland gevraagd": "buitenland ontvangen",
    "derden gevraagd": "derden gereageerd",
    "overmacht": "overmacht voorbij",
}


class Einddatum(Gegevens):
    einddatum: date | None = Field(None, title="Einddatum", description="De laatste dag om te beslissen.")


def _klok(opdracht: Opdracht[Any, Any], zaak: str) -> KlokDetailUit:
    """De klok van de zaak; heeft zij er nog geen, dan begint die nu."""
    client = _client(opdracht)
    return client.klok(zaak) or client.begin(KlokIn(zaak=zaak, door=opdracht.element))


def _client(opdracht: Opdracht[Any, Any]) -> TermijnenClient:
    return clients(opdracht).termijnen


def _leg_vast(opdracht: Opdracht[Any, Any], soort: Gebeurtenissoort, **velden: Any) -> KlokDetailUit:
    zaak = opdracht.invoer.zaak
    _klok(opdracht, zaak)
    gebeurtenis = GebeurtenisIn(
        uuid=opdracht.uuid(soort), soort=soort, door="proces", door_naam=opdracht.definitie,
        **{"dag": vandaag(opdracht), **velden},
    )  # fmt: skip
    return _client(opdracht).leg_vast(zaak, gebeurtenis)


def _of_bpmn_fout(code: str, fout: ApiFout) -> Exception:
    """Wat de wet niet toelaat is een voorziene uitkomst; al het andere blijft de fout die het was."""
    if fout.status != ONGELDIG or not fout.fouten:
        return fout
    return BpmnFout(code, fout.fouten[0].reden)


def _of_datumfout(fout: ApiFout) -> Exception:
    """Een dag voor de ontvangst, of een die nog moet komen, is een voorziene uitkomst; een ander bezwaar is een fout in het model."""
    op_datum = bool(fout.fouten) and fout.fouten[0].code in ONMOGELIJKE_DAGEN
    return _of_bpmn_fout(DATUM_KAN_NIET.code, fout) if op_datum else fout


class StartKeuze(Gegevens):
    soort: Literal[""] | Verzoeksoort = Field(
        "", title="Soort verzoek", description="Leeg is die van [[termijnen]] in het pakket."
    )


class StartInvoer(ZaakInvoer):
    ontvangen: date | None = Field(None, title="Ontvangen", description="Leeg is de startdatum van de zaak.")
    bekendgemaakt: date | None = Field(
        None,
        title="Bekendgemaakt",
        description="Alleen bij bezwaar: de dag waarop het bestreden besluit bekend is gemaakt.",
    )


class StartUitvoer(Einddatum):
    streefdatum: date | None = Field(None, title="Streefdatum", description="Wanneer de gemeente klaar wil zijn.")


class TermijnStarten(Bouwblok[StartKeuze, StartInvoer, StartUitvoer]):
    """Een klok die al loopt blijft zoals zij is."""

    sleutel = "termijnen.starten"
    naam = Tekst("Beslistermijn starten", "Start decision period")
    uitleg = Tekst(
        "Begint de wettelijke klok van de zaak, met de regels van het zaaktype.",
        "Starts the legal clock of the case, with the rules of the case type.",
    )
    groep = GROEP
    fouten = (DATUM_KAN_NIET,)

    def voer_uit(self, opdracht: Opdracht[StartKeuze, StartInvoer]) -> StartUitvoer:
        invoer = opdracht.invoer
        begin = KlokIn(
            zaak=invoer.zaak,
            soort=opdracht.configuratie.soort,
            ontvangen=invoer.ontvangen,
            bekendgemaakt=invoer.bekendgemaakt,
            door="proces",
            door_naam=opdracht.definitie,
        )
        try:
            klok = _client(opdracht).begin(begin)
        except ApiFout as fout:
            raise _of_datumfout(fout) from fout
        return StartUitvoer(einddatum=klok.einddatum, streefdatum=klok.streefdatum)


class OpschortKeuze(Gegevens):
    soort: Literal[
        "aanvulling gevraagd", "buitenland gevraagd", "derden gevraagd", "instemming", "toerekenbaar", "overmacht"
    ] = Field(
        "aanvulling gevraagd",
        title="Soort",
        description="Waarom de wet de termijn laat stilstaan (Awb 4:15; derden horen: Woo 4.4).",
    )
    reden: str = of_invoer(title="Reden", description="Waarom de behandeling wacht.", max_length=200)
    grondslag: str = Field("", title="Grondslag", description="Een ander artikel dan Awb 4:15.", max_length=200)


class OpschortInvoer(ZaakInvoer):
    reden: str = Field("", title="Reden", description="In plaats van de instelling.", max_length=200)
    tot: date | None = Field(
        None,
        title="Tot en met",
        description="De laatste dag waarop het antwoord op tijd is; zonder datum geen hersteltermijn.",
    )


class OpschortUitvoer(Einddatum):
    tot: date | None = Field(None, title="Tot en met", description="De laatste dag van de opschorting.")


class TermijnOpschorten(Bouwblok[OpschortKeuze, OpschortInvoer, OpschortUitvoer]):
    """De termijn staat stil vanaf de dag na deze stap."""

    sleutel = "termijnen.opschorten"
    naam = Tekst("Beslistermijn opschorten", "Suspend decision period")
    uitleg = Tekst(
        "De beslistermijn staat stil tot het antwoord er is, of tot en met de laatste dag daarvoor (Awb 4:15).",
        "The decision period stands still until the answer arrives or its last day has passed.",
    )
    groep = GROEP
    fouten = (Fout("opschorten-kan-niet", Tekst("Volgens de wet kan dit niet.", "The law does not allow this.")),)

    def voer_uit(self, opdracht: Opdracht[OpschortKeuze, OpschortInvoer]) -> OpschortUitvoer:
        keuze, reden = opdracht.configuratie, gekozen(opdracht, "reden")
        try:
            klok = _leg_vast(opdracht, keuze.soort, tot=opdracht.invoer.tot, reden=reden, grondslag=keuze.grondslag)
        except ApiFout as fout:
            raise _of_bpmn_fout("opschorten-kan-niet", fout) from fout
        return OpschortUitvoer(einddatum=klok.einddatum, tot=opdracht.invoer.tot)


class HervatKeuze(Gegevens):
    reden: str = Field("", title="Reden", description="Wat er binnenkwam.", max_length=200)


class HervatInvoer(ZaakInvoer):
    aangevuld: bool = Field(
        True,
        title="Aangevuld",
        description="Onwaar als er niets kwam: dan loopt de termijn na de hersteltermijn vanzelf weer.",
    )


class TermijnHervatten(Bouwblok[HervatKeuze, HervatInvoer, Einddatum]):
    """Staat er niets stil, dan verandert er niets."""

    sleutel = "termijnen.hervatten"
    naam = Tekst("Beslistermijn hervatten", "Resume decision period")
    uitleg = Tekst(
        "Het antwoord is er: de beslistermijn loopt weer vanaf deze dag.", "The answer arrived: the period runs again."
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[HervatKeuze, HervatInvoer]) -> Einddatum:
        klok = _klok(opdracht, opdracht.invoer.zaak)
        einde = next((soort for soort in EINDE_VAN.values() if soort in klok.mogelijk), None)
        if opdracht.invoer.aangevuld and einde is not None:
            klok = _leg_vast(opdracht, einde, reden=opdracht.configuratie.reden)
        return Einddatum(einddatum=klok.einddatum)


class VerdaagKeuze(Gegevens):
    reden: str = of_invoer(title="Reden", description="Waarom er meer tijd nodig is.", max_length=200)
    duur: str = of_invoer(title="Duur", description="Hoelang, bijvoorbeeld P6W.")
    grondslag: str = Field("", title="Grondslag", description="Een ander artikel dan het gewone.", max_length=200)


class VerdaagInvoer(ZaakInvoer):
    reden: str = Field("", title="Reden", description="In plaats van de instelling.", max_length=200)
    duur: str = Field("", title="Duur", description="In plaats van de instelling.")


class TermijnVerdagen(Bouwblok[VerdaagKeuze, VerdaagInvoer, Einddatum]):
    """Verdagen kan één keer, en alleen voor de termijn voorbij is."""

    sleutel = "termijnen.verdagen"
    naam = Tekst("Beslissing verdagen", "Postpone decision")
    uitleg = Tekst(
        "De beslissing komt later (Awb 4:14, 7:10 of 9:11). Stuur de aanvrager daarvan bericht.",
        "The decision comes later. Tell the applicant.",
    )
    groep = GROEP
    fouten = (Fout("verdagen-kan-niet", Tekst("Volgens de wet kan dit niet.", "The law does not allow this.")),)

    def voer_uit(self, opdracht: Opdracht[VerdaagKeuze, VerdaagInvoer]) -> Einddatum:
        reden, duur = gekozen(opdracht, "reden"), gekozen(opdracht, "duur")
        try:
            klok = _leg_vast(opdracht, "verdaagd", duur=duur, reden=reden, grondslag=opdracht.configuratie.grondslag)
        except ApiFout as fout:
            raise _of_bpmn_fout("verdagen-kan-niet", fout) from fout
        return Einddatum(einddatum=klok.einddatum)


class VastlegKeuze(Gegevens):
    soort: Literal[
        "ontvangen",
        "bekendgemaakt",
        "zienswijze gevraagd",
        "zienswijze gegeven",
        "ingebreke gesteld",
        "geen dwangsom",
        "ingetrokken",
        "beslist",
    ] = Field(title="Soort", description="Wat er gebeurde.")
    reden: str = Field(
        "", title="Reden", description="Bij geen dwangsom en bij een zienswijze: waarom.", max_length=200
    )


class VastlegInvoer(ZaakInvoer):
    dag: date | None = Field(None, title="Dag", description="Wanneer; leeg is vandaag.")
    tot: date | None = Field(
        None, title="Tot en met", description="Bij een zienswijze: de laatste dag waarop de aanvrager kan reageren."
    )
    reden: str = Field("", title="Reden", description="In plaats van de instelling.", max_length=1000)
    grondslag: str = Field("", title="Grondslag", description="Een ander artikel dan het gewone.", max_length=200)


class VastlegUitvoer(Einddatum):
    tot: date | None = Field(None, title="Tot en met", description="De laatste dag om te reageren.")


class GebeurtenisVastleggen(Bouwblok[VastlegKeuze, VastlegInvoer, VastlegUitvoer]):
    """Voor wat de andere bouwblokken niet doen."""

    sleutel = "termijnen.vastleggen"
    naam = Tekst("Gebeurtenis vastleggen", "Record event")
    uitleg = Tekst(
        "Legt een gebeurtenis in het grootboek van de termijn vast en rekent opnieuw.",
        "Records an event in the ledger of the period and recomputes it.",
    )
    groep = GROEP
    fouten = (DATUM_KAN_NIET,)

    def voer_uit(self, opdracht: Opdracht[VastlegKeuze, VastlegInvoer]) -> VastlegUitvoer:
        keuze, invoer = opdracht.configuratie, opdracht.invoer
        velden = {"dag": invoer.dag or vandaag(opdracht), "tot": invoer.tot, "grondslag": invoer.grondslag}
        try:
            klok = _leg_vast(opdracht, keuze.soort, reden=invoer.reden or keuze.reden, **velden)
        except ApiFout as fout:
            raise _of_datumfout(fout) from fout
        return VastlegUitvoer(einddatum=klok.einddatum, tot=invoer.tot)


class LeesUitvoer(StartUitvoer):
    toestand: str = Field(title="Toestand", description="loopt, opgeschort, verlopen, beslist of geen termijn.")
    dagen: int | None = Field(None, title="Dagen", description="Tot en met de einddatum; negatief als die voorbij is.")
    opgeschort: bool = Field(title="Opgeschort", description="Staat de termijn nu stil?")
    dwangsom: int | None = Field(None, title="Dwangsom", description="Tot vandaag verschuldigd, in hele euro's.")


class TermijnLezen(Bouwblok[Geen, ZaakInvoer, LeesUitvoer]):
    """De stand van vandaag."""

    sleutel = "termijnen.lezen"
    naam = Tekst("Termijn lezen", "Read period")
    uitleg = Tekst("Hoe het met de beslistermijn van de zaak staat.", "The state of the decision period of the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ZaakInvoer]) -> LeesUitvoer:
        klok = _klok(opdracht, opdracht.invoer.zaak)
        return LeesUitvoer(
            einddatum=klok.einddatum,
            streefdatum=klok.streefdatum,
            toestand=klok.toestand,
            dagen=klok.dagen,
            opgeschort=klok.toestand == "opgeschort",
            dwangsom=klok.dwangsom.bedrag if klok.dwangsom else None,
        )


class WekkerUitvoer(Gegevens):
    wekker: str = Field(title="Wekker", description="Sleutel van het bericht waar het proces daarna op wacht.")


def _zet_wekker(opdracht: Opdracht[Any, Any], moment: Wekmoment, **velden: Any) -> WekkerUitvoer:
    zaak, uuid = opdracht.invoer.zaak, opdracht.uuid("wekker")
    _klok(opdracht, zaak)
    _client(opdracht).wek(WekkerIn(uuid=uuid, zaak=zaak, moment=moment, **velden))
    return WekkerUitvoer(wekker=str(uuid))


class WachtInvoer(ZaakInvoer):
    datum: date = Field(title="Datum", description="De dag waarop het bericht komt.")


class WachtenTot(Bouwblok[Geen, WachtInvoer, WekkerUitvoer]):
    """Daarna komt bericht `termijn-bereikt`, tenzij er dan al beslist is."""

    sleutel = "termijnen.wachten-tot"
    naam = Tekst("Wachten tot een dag", "Wait until a day")
    uitleg = Tekst(
        "Zet een wekker; laat het proces daarna op bericht termijn-bereikt wachten met deze sleutel.",
        "Sets an alarm; let the process wait for message termijn-bereikt with this key.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, WachtInvoer]) -> WekkerUitvoer:
        return _zet_wekker(opdracht, "bereikt", datum=opdracht.invoer.datum)


class ReactieInvoer(ZaakInvoer):
    tot: date = Field(title="Tot en met", description="De laatste dag om te reageren, zoals vastgelegd bij de vraag.")


class ReactieVoorbij(Bouwblok[Geen, ReactieInvoer, WekkerUitvoer]):
    """Daarna komt bericht `termijn-reactie-voorbij`, op de dag na de laatste dag; een storing op die dag schuift het bericht mee."""

    sleutel = "termijnen.reactie-voorbij"
    naam = Tekst("Bericht als de reactietermijn voorbij is", "Message when the time to respond is over")
    uitleg = Tekst(
        "Zet een wekker op de dag na de laatste dag om te reageren; wacht daarna op bericht termijn-reactie-voorbij. Ook na een besluit.",
        "Sets an alarm on the day after the last day to respond; then wait for message termijn-reactie-voorbij. Also after a decision.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ReactieInvoer]) -> WekkerUitvoer:
        return _zet_wekker(opdracht, "reactie", datum=opdracht.invoer.tot)


class DreigKeuze(Gegevens):
    werkdagen: int = Field(10, title="Werkdagen", description="Hoeveel werkdagen voor de einddatum.", ge=0, le=250)


class DreigtTeVerlopen(Bouwblok[DreigKeuze, ZaakInvoer, WekkerUitvoer]):
    """Daarna komt bericht `termijn-dreigt`; schuift de einddatum, dan schuift het bericht mee."""

    sleutel = "termijnen.dreigt-te-verlopen"
    naam = Tekst("Bericht als de termijn dreigt te verlopen", "Message when the period is about to expire")
    uitleg = Tekst(
        "Zet een wekker op enkele werkdagen voor de einddatum; wacht daarna op bericht termijn-dreigt.",
        "Sets an alarm some working days before the end; then wait for message termijn-dreigt.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[DreigKeuze, ZaakInvoer]) -> WekkerUitvoer:
        return _zet_wekker(opdracht, "dreigt", werkdagen=opdracht.configuratie.werkdagen)


class TermijnVerlopen(Bouwblok[Geen, ZaakInvoer, WekkerUitvoer]):
    """Daarna komt bericht `termijn-verlopen`, op de dag na de einddatum; schuift die, dan schuift het bericht mee."""

    sleutel = "termijnen.verlopen"
    naam = Tekst("Bericht als de termijn verlopen is", "Message when the period has expired")
    uitleg = Tekst(
        "Zet een wekker op de dag na de einddatum; wacht daarna op bericht termijn-verlopen.",
        "Sets an alarm on the day after the end; then wait for message termijn-verlopen.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[Geen, ZaakInvoer]) -> WekkerUitvoer:
        return _zet_wekker(opdracht, "verlopen")


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [
        TermijnStarten, TermijnOpschorten, TermijnHervatten, TermijnVerdagen, GebeurtenisVastleggen, TermijnLezen,
        WachtenTot, DreigtTeVerlopen, TermijnVerlopen, ReactieVoorbij,
    ]  # fmt: skip
