"""Bouwblokken om iets te laten weten: de aanvrager, of een ander proces."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from contracten import Bouwblok, Geen, Gegevens, Opdracht, Tekst, of_invoer
from integratie.processen import ProcessenClient
from integratie.processen.motor import BerichtIn
from integratie.processen.schemas import Berichtaard, ZendingIn, Zendingkanaal
from kern.plugins import haak
from plugins.hulp import gekozen


class VerstuurKeuze(Gegevens):
    sjabloon: str = of_invoer(title="Sjabloon", description="Sleutel van het sjabloon (soort bericht).")
    soort: str = of_invoer(title="Soort", description="Soort bericht, waarvoor iemand kan kiezen of het digitaal mag.")
    bijlagen_in_email: bool = Field(
        False, title="Bijlagen mailen", description="Stuur de documenten ook als bijlage bij de e-mail."
    )
    ontvangstbevestiging: bool = Field(
        False,
        title="Ontvangstbevestiging",
        description="Dit bericht bevestigt de ontvangst: kopie, dag van ontvangst en einddatum komen erbij.",
    )
    aard: Literal[""] | Berichtaard = Field(
        "",
        title="Aard van het bericht",
        description="Wat het bericht voor de wet is: wat moet aankomen en ongelezen blijft, gaat na een tijd alsnog per brief. Leeg volgt uit het besluit.",
    )
    kanaal: Zendingkanaal = Field(
        "voorkeur",
        title="Kanaal",
        description="Hoe het bericht gaat, naast MijnGemeente; voorkeur is wat de aanvrager koos. Kan het niet, dan per brief.",
    )


class VerstuurInvoer(Gegevens):
    zaak: str = Field(title="Zaak", description="URL van de zaak.")
    gegevens: dict[str, Any] = Field(
        default_factory=dict, title="Gegevens", description="Waarden die het sjabloon gebruikt."
    )
    documenten: list[str] = Field(
        default_factory=list, title="Documenten", description="URL's van documenten die meegaan."
    )
    besluit: str | None = Field(
        None, title="Besluit", description="URL van het besluit dat hiermee bekend wordt gemaakt."
    )
    sjabloon: str = Field("", title="Sjabloon", description="In plaats van de instelling.")
    soort: str = Field("", title="Soort", description="In plaats van de instelling.")
    aard: Literal[""] | Berichtaard | None = Field(
        None, title="Aard van het bericht", description="In plaats van de instelling."
    )


class VerstuurUitvoer(Gegevens):
    zending: str = Field(
        title="Zending", description="Kenmerk van de zending; het bericht zending-verzonden heeft dit als sleutel."
    )


class Versturen(Bouwblok[VerstuurKeuze, VerstuurInvoer, VerstuurUitvoer]):
    """Natuurlijke sleutel: het uuid van de zending, dat uit de uitvoering volgt."""

    sleutel = "berichten.versturen"
    naam = Tekst("Bericht sturen", "Send message")
    uitleg = Tekst(
        "Stuurt de aanvrager een bericht: in MijnGemeente, en per e-mail of post naar zijn voorkeur.",
        "Sends the applicant a message: in the portal, and by e-mail or post as preferred.",
    )
    groep = Tekst("Berichten", "Messages")

    def voer_uit(self, opdracht: Opdracht[VerstuurKeuze, VerstuurInvoer]) -> VerstuurUitvoer:
        keuze, invoer = opdracht.configuratie, opdracht.invoer
        zending = ZendingIn(
            uuid=opdracht.uuid("zending"),
            zaak=invoer.zaak,
            sjabloon=gekozen(opdracht, "sjabloon"),
            soort=gekozen(opdracht, "soort"),
            gegevens=invoer.gegevens,
            documenten=invoer.documenten,
            bijlagen_in_email=keuze.bijlagen_in_email,
            kanaal=keuze.kanaal,
            besluit=invoer.besluit,
            aard=invoer.aard or keuze.aard,
            ontvangst=keuze.ontvangstbevestiging,
        )
        ProcessenClient(opdracht.installatie, namens=opdracht.namens).verstuur(zending)
        return VerstuurUitvoer(zending=str(zending.uuid))


class BerichtKeuze(Gegevens):
    bericht: str = Field(title="Bericht", description="De naam van het bericht waarop een ander proces wacht.")


class BerichtInvoer(Gegevens):
    sleutel: str = Field(
        title="Sleutel", description="Waaraan het wachtende proces te herkennen is, zoals het zaaknummer."
    )
    inhoud: dict[str, Any] = Field(
        default_factory=dict, title="Inhoud", description="Waarden die het andere proces krijgt."
    )


class BerichtSturen(Bouwblok[BerichtKeuze, BerichtInvoer, Geen]):
    """Natuurlijke sleutel: het unieke id van het bericht, dat uit de uitvoering volgt."""

    sleutel = "processen.bericht-sturen"
    naam = Tekst("Ander proces een bericht sturen", "Send a message to another process")
    uitleg = Tekst(
        "Laat een proces dat op dit bericht wacht verdergaan; wacht er nog geen, dan blijft het bericht klaarliggen.",
        "Lets a process that waits for this message continue; if none does yet, the message is kept.",
    )
    groep = Tekst("Processen", "Processes")

    def voer_uit(self, opdracht: Opdracht[BerichtKeuze, BerichtInvoer]) -> Geen:
        invoer = opdracht.invoer
        bericht = BerichtIn(
            naam=opdracht.configuratie.bericht,
            correlatiesleutel=invoer.sleutel,
            uniek_id=str(opdracht.uuid("bericht")),
            inhoud=invoer.inhoud,
        )
        ProcessenClient(opdracht.installatie, namens=opdracht.namens).geef_bericht(bericht)
        return Geen()


@haak
def bouwblokken() -> Iterable[type[Any]]:
    """De bouwblokken van deze plugin."""
    return [Versturen, BerichtSturen]
