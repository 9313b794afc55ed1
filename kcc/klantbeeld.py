"""Het klantbeeld: elk blok komt van één bron, met een vast aantal aanroepen; een bron die niet antwoordt raakt alleen haar blok."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from huisstijl import lui
from integratie.klantinteracties.client import KlantcontactMetRelaties
from integratie.tegelijk import tegelijk
from integratie.verzoeken.schemas import VerzoekTypeUit
from kcc.bronnen import Bronnen
from kcc.klanten import Klant
from kern.klok import NEDERLAND

KORT, LANG = 5, 25
# Geheimhouding en opschorting (overleden, vertrokken) geeft de BRP altijd mee.
VELDEN = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "geboorte.datum",
    "adressering",
    "overlijden.datum",
)
GEZIN = ("partners", "kinderen", "ouders", "gezag")
Stand = tuple[str, str]


@dataclass(frozen=True)
class Regel:
    """Eén regel van een blok en van de tijdlijn. `doel` is (soort, uuid) van een eigen pagina; `stand` is (tekst, kleur).

    `teken` is een icoon van de huisstijl.
    """

    soort: str
    titel: str
    wanneer: date | datetime | None = None
    bij: str = ""
    doel: tuple[str, UUID] | None = None
    stand: Stand | None = None
    teken: str = "rechts"

    @property
    def moment(self) -> datetime:
        """Om op te sorteren; zonder datum als oudste."""
        if isinstance(self.wanneer, datetime):
            return self.wanneer
        return datetime.combine(self.wanneer or date(1900, 1, 1), time(), NEDERLAND)


@dataclass(frozen=True)
class Blok:
    """Wat een bron gaf. `gegevens` is er alleen bij het blok over de persoon of onderneming zelf."""

    naam: str
    kop: str
    leeg: str = ""
    regels: Sequence[Regel] = ()
    totaal: int = 0
    gegevens: Any = None
    bereikbaar: bool = True


@dataclass(frozen=True)
class Bladzij:
    """Welk deel van een lijst gevraagd is."""

    nummer: int = 1
    grootte: int = KORT

    @property
    def params(self) -> dict[str, int]:
        return {"page": self.nummer, "pageSize": self.grootte}


Uitkomst = tuple[Sequence[Regel], int]
Lader = Callable[[Bronnen, Klant, Bladzij], Uitkomst]


@dataclass(frozen=True)
class Bloksoort:
    """Hoe een blok heet, wat er staat als het leeg is, en hoe het geladen wordt. `vraagt_nummer`: niet zonder BSN of KVK-nummer."""

    kop: str
    leeg: str
    laad: Lader
    vraagt_nummer: bool = True


def _zaken(bron: Bronnen, klant: Klant, bladzij: Bladzij, *, afgerond: bool) -> Uitkomst:
    rol = "natuurlijkPersoon__inpBsn" if klant.soort == "bsn" else "nietNatuurlijkPersoon__kvkNummer"
    criteria = {
        f"rol__betrokkeneIdentificatie__{rol}": klant.nummer,
        "einddatum__isnull": not afgerond,
        "ordering": "-startdatum",
        "expand": "zaaktype,status.statustype",
    }
    pagina = bron.zaken.vraag("POST", "zaken/_zoek", json=criteria, params=bladzij.params)
    return [zaakregel(zaak) for zaak in pagina["results"]], pagina["count"]


def zaakregel(zaak: Mapping[str, Any]) -> Regel:
    """Een zaak uit de Zaken API, met `zaaktype` en `status.statustype` uitgeklapt."""
    erbij = zaak.get("_expand", {})
    status = erbij.get("status", {}).get("_expand", {}).get("statustype", {}).get("omschrijving", "")
    afgerond = bool(zaak["einddatum"])
    return Regel(
        soort=lui("Zaak"),
        titel=erbij.get("zaaktype", {}).get("omschrijving") or zaak["omschrijving"] or zaak["identificatie"],
        wanneer=date.fromisoformat(zaak["startdatum"]),
        bij=zaak["identificatie"],
        doel=("zaak", UUID(str(zaak["uuid"]))),
        stand=(status, "inactive" if afgerond else "active") if status else None,
        teken="bestand",
    )


def _lopende_zaken(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    return _zaken(bron, klant, bladzij, afgerond=False)


def _afgeronde_zaken(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    return _zaken(bron, klant, bladzij, afgerond=True)


def _contacten(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    begin = "hadBetrokkene__wasPartij__"
    soort = {"bsn": "bsn", "kvk": "kvk_nummer"}.get(klant.soort, "")
    identificator = {
        f"{begin}partijIdentificator__codeSoortObjectId": soort,
        f"{begin}partijIdentificator__objectId": klant.nummer,
    }
    criteria = identificator if soort else {f"{begin}uuid": klant.nummer}
    pagina = bron.klantinteracties.klantcontacten(criteria, **bladzij.params)
    return [contactregel(contact) for contact in pagina.results], pagina.count


def contactregel(contact: KlantcontactMetRelaties) -> Regel:
    """Een klantcontact; met een interne taak is het een contactverzoek."""
    taken = contact.gekoppeld.get("leiddeTotInterneTaken", [])
    open_ = any(taak["status"] == "te_verwerken" for taak in taken)
    stand = (lui("Wacht op antwoord"), "warning") if open_ else (lui("Afgehandeld"), "success")
    return Regel(
        soort=lui("Contactverzoek") if taken else lui("Contact"),
        titel=contact.onderwerp,
        wanneer=contact.plaatsgevonden_op,
        bij=", ".join(filter(None, (contact.kanaal, *(actor.naam for actor in contact.had_betrokken_actoren)))),
        doel=("contact", contact.uuid),
        stand=stand if taken else None,
        teken="telefoon",
    )


def _taken(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    pagina = bron.taken.zoek_klanttaken({"isToegewezenAan": klant.urn, "status": "open"}, **bladzij.params)
    regels = [
        Regel(lui("Taak"), taak.titel, taak.startdatum, stand=(lui("Nog te doen"), "warning"), teken="taak")
        for taak in pagina.results
    ]
    return regels, pagina.count


def _berichten(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    """Wat de klant ook ziet: of een bericht gelezen is, niet wat erin staat, en niet wat nog niet uit is."""
    nu = bron.installatie.klok.nu().isoformat()
    criteria = {"ontvanger": klant.urn, "publicatiedatum__lte": nu, "ordering": "-publicatiedatum"}
    pagina = bron.berichten.zoek_berichten(criteria, **bladzij.params)
    gelezen, ongelezen = (lui("Gelezen"), "inactive"), (lui("Ongelezen"), "neutral")
    regels = [
        Regel(
            lui("Bericht"),
            bericht.onderwerp,
            bericht.publicatiedatum,
            stand=gelezen if bericht.geopend_op else ongelezen,
            teken="bericht",
        )
        for bericht in pagina.results
    ]
    return regels, pagina.count


def _producten(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    veld = "eigenaren__bsn" if klant.soort == "bsn" else "eigenaren__kvk_nummer"
    pagina = bron.producten.zoek_producten({veld: klant.nummer, "ordering": "-start_datum"}, **bladzij.params)
    regels = [
        Regel(
            lui("Product"),
            product.producttype.naam,
            product.start_datum,
            product.naam,
            stand=(str(product.status).replace("_", " ").capitalize(), "neutral"),
        )
        for product in pagina.results
    ]
    return regels, pagina.count


def _verzoeken(bron: Bronnen, klant: Klant, bladzij: Bladzij) -> Uitkomst:
    pagina = bron.verzoeken.zoek_verzoeken({"initiator": klant.urn, "ordering": "-geregistreerdOp"}, **bladzij.params)
    namen = _verzoektypen(bron) if pagina.results else {}
    verwerkt, nieuw = (lui("Verwerkt"), "inactive"), (lui("Ontvangen"), "neutral")
    regels = [
        Regel(
            lui("Verzoek"),
            namen.get(verzoek.verzoek_type, lui("Verzoek")),
            verzoek.geregistreerd_op,
            verzoek.verzoek_bron.kenmerk if verzoek.verzoek_bron else "",
            stand=verwerkt if verzoek.verwerk_status == "verwerkt" else nieuw,
        )
        for verzoek in pagina.results
    ]
    return regels, pagina.count


def _verzoektypen(bron: Bronnen) -> dict[str, str]:
    """Hoe elk soort verzoek heet, op URL: één aanroep, hoeveel verzoeken er ook zijn."""
    typen = bron.verzoeken.lijst("verzoektypen", VerzoekTypeUit, pageSize=500).results
    return {soort.url: soort.titel for soort in typen}


BLOKKEN: Mapping[str, Bloksoort] = {
    "zaken": Bloksoort(lui("Lopende zaken"), lui("Er lopen geen zaken."), _lopende_zaken),
    "afgerond": Bloksoort(lui("Afgeronde zaken"), lui("Er zijn geen afgeronde zaken."), _afgeronde_zaken),
    "contacten": Bloksoort(
        lui("Contacten en contactverzoeken"), lui("Er is nog geen contact geweest."), _contacten, vraagt_nummer=False
    ),
    "taken": Bloksoort(lui("Open taken"), lui("De klant heeft niets te doen."), _taken),
    "berichten": Bloksoort(lui("Berichten"), lui("Er zijn geen berichten gestuurd."), _berichten),
    "producten": Bloksoort(lui("Producten"), lui("De klant heeft geen producten."), _producten),
    "verzoeken": Bloksoort(lui("Verzoeken"), lui("De klant heeft niets aangevraagd."), _verzoeken),
}


KOPPEN = {
    "identiteit": lui("Gegevens"),
    "partij": lui("Contactgegevens"),
    **{naam: soort.kop for naam, soort in BLOKKEN.items()},
}


def identiteit(bron: Bronnen, klant: Klant) -> Any:
    """De gegevens van de persoon of onderneming uit de basisregistratie; None als zij daar niet staat."""
    if klant.soort == "bsn":
        return bron.brp.persoon(klant.nummer, VELDEN, bron.doelbinding("klantbeeld"))
    return bron.kvk.basisprofiel(klant.nummer) if klant.soort == "kvk" else None


def partij(bron: Bronnen, klant: Klant) -> Any:
    """De partij met haar contactgegevens en voorkeuren; None als de klant die nog niet heeft."""
    if klant.soort == "bsn":
        return bron.klantinteracties.partij_bij_bsn(klant.nummer)
    if klant.soort == "kvk":
        return bron.klantinteracties.partij_bij_kvk(klant.nummer)
    return bron.klantinteracties.partij(klant.nummer)


def gezin(bron: Bronnen, klant: Klant) -> Any:
    """Partner, kinderen, ouders en gezag: een eigen bevraging, alleen na een reden."""
    return bron.brp.persoon(klant.nummer, GEZIN, bron.doelbinding("gezin"))


def laad_blok(bron: Bronnen, klant: Klant, naam: str, bladzij: Bladzij) -> Blok:
    """Eén blok; een storing of weigering van de bron staat in het blok zelf."""
    return _laad(bron, {naam: _lader(bron, klant, naam, bladzij)})[naam]


def laad(bron: Bronnen, klant: Klant) -> dict[str, Blok]:
    """Alle blokken van het klantbeeld, tegelijk opgevraagd."""
    namen = [naam for naam, soort in BLOKKEN.items() if klant.urn or not soort.vraagt_nummer]
    return _laad(
        bron,
        {
            "identiteit": lambda: Blok("identiteit", KOPPEN["identiteit"], gegevens=identiteit(bron, klant)),
            "partij": lambda: Blok("partij", KOPPEN["partij"], gegevens=partij(bron, klant)),
            **{naam: _lader(bron, klant, naam, Bladzij()) for naam in namen},
        },
    )


def _lader(bron: Bronnen, klant: Klant, naam: str, bladzij: Bladzij) -> Callable[[], Blok]:
    soort = BLOKKEN[naam]

    def doe() -> Blok:
        regels, totaal = soort.laad(bron, klant, bladzij)
        return Blok(naam, soort.kop, soort.leeg, regels, totaal)

    return doe


def _laad(bron: Bronnen, werk: Mapping[str, Callable[[], Blok]]) -> dict[str, Blok]:
    uitkomsten = tegelijk(bron.installatie, werk, buiten=("identiteit",)).items()
    return {naam: u.waarde if u.bereikbaar else Blok(naam, KOPPEN[naam], bereikbaar=False) for naam, u in uitkomsten}


def tijdlijn(blokken: Iterable[Blok]) -> list[Regel]:
    """Alles wat er met deze klant gebeurde, nieuwste eerst, over alle kanalen heen."""
    regels = [regel for blok in blokken for regel in blok.regels if regel.wanneer]
    return sorted(regels, key=lambda regel: regel.moment, reverse=True)
