"""De ingebouwde bronnen van formulieren: de BRP, het handelsregister, en het besluit waar een link over ging."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from contracten import Bron, BronNietBereikbaar, Tekst, Veld, Vrager
from integratie.basis import ApiFout
from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitUit
from integratie.brp import Doelbinding, maak_brp_client
from integratie.catalogi import CatalogiClient
from integratie.kvk import maak_kvk_client
from integratie.urn import urn_van
from integratie.zaken import ZakenClient
from integratie.zaken.rollen import initiator_van, urn_van_rol
from kern import ldv
from kern.installatie import Installatie
from kern.toegang import eigenaar_van

ACTIVITEIT: Final = "urn:dienstverlening:verwerking:formulier-invullen"
NAMENS: Final = "formulieren"
DOEL: Final = "formulier-invullen"
T = TypeVar("T")


def _velden(**namen: tuple[str, str]) -> tuple[Veld, ...]:
    return tuple(Veld(sleutel.replace("__", "."), Tekst(*naam)) for sleutel, naam in namen.items())


class Brp(Bron):
    """Gegevens van een inwoner. Wie met eIDAS zonder BSN inlogt staat er niet in; naam en geboortedatum geeft dan het inlogmiddel."""

    sleutel = "brp"
    naam = Tekst("Basisregistratie Personen", "Personal Records Database")
    grondslag = Tekst("Wet basisregistratie personen, artikel 3.2", "Personal Records Database Act, section 3.2")
    ook_voor_ander = True
    velden = _velden(
        naam__volledigeNaam=("Naam", "Name"), naam__voornamen=("Voornamen", "First names"), naam__geslachtsnaam=("Achternaam", "Surname"),
        geboorte__datum__datum=("Geboortedatum", "Date of birth"), adressering__adresregel1=("Straat en huisnummer", "Street and number"),
        adressering__adresregel2=("Postcode en plaats", "Postcode and town"),
    )  # fmt: skip

    def onbekend(self, gevraagd: Iterable[str]) -> list[str]:
        """Elk pad van de BRP mag; `velden` noemt de gewone."""
        del gevraagd
        return []

    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        eigenaar, paden = eigenaar_van(wie.identiteit), list(gevraagd)
        if eigenaar[0] != "bsn":
            return _zonder_bsn(wie)
        naam = f"Formulier {wie.waarbij} voorinvullen"
        with ldv.verwerking(installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=eigenaar):
            doelbinding = Doelbinding(DOEL, wie.waarbij, "systeem")
            persoon = _of_niet(lambda: maak_brp_client(installatie).persoon(eigenaar[1], paden, doelbinding))
        return {pad: persoon.waarde(pad) for pad in paden} if persoon else {}


def _zonder_bsn(wie: Vrager) -> Mapping[str, Any]:
    identiteit = wie.identiteit
    if identiteit.soort != "inwoner":
        return {}
    geboren = identiteit.geboortedatum.isoformat() if identiteit.geboortedatum else None
    return {"naam.volledigeNaam": identiteit.naam, "geboorte.datum.datum": geboren}


class Kvk(Bron):
    """Gegevens van een onderneming; is iemand beperkt tot een vestiging, dan van die vestiging."""

    sleutel = "kvk"
    naam = Tekst("Handelsregister", "Business Register")
    grondslag = Tekst("Handelsregisterwet 2007, artikel 30", "Business Register Act 2007, section 30")
    ook_voor_ander = True
    velden = _velden(
        naam=("Naam", "Name"), adres=("Adres", "Address"), rechtsvorm=("Rechtsvorm", "Legal form"), kvkNummer=("KvK-nummer", "KvK number"),
        rsin=("RSIN", "RSIN"),
    )  # fmt: skip

    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        del gevraagd  # het basisprofiel is één antwoord
        soort, waarde = eigenaar_van(wie.identiteit)
        if soort not in ("kvk", "vestiging"):
            return {}
        return _of_niet(lambda: _profiel(installatie, wie, soort, waarde))


def _profiel(installatie: Installatie, wie: Vrager, soort: str, waarde: str) -> Mapping[str, Any]:
    client = maak_kvk_client(installatie)
    profiel = client.basisprofiel(waarde if soort == "kvk" else wie.identiteit.kvk)
    if profiel is None:
        return {}
    vestiging = client.vestigingsprofiel(waarde) if soort == "vestiging" else None
    adres = (vestiging or profiel).bezoekadres
    return {
        "naam": vestiging.eerste_handelsnaam if vestiging else profiel.naam,
        "adres": adres.regel if adres else "",
        "rechtsvorm": profiel.rechtsvorm,
        "kvkNummer": profiel.kvk_nummer,
        "rsin": profiel.rsin,
    }


class Besluit(Bron):
    """Gegevens van het besluit waar het kenmerk in het adres naar wijst, voor wie dat besluit kreeg; anders niets."""

    sleutel = "besluit"
    naam = Tekst("Besluit", "Decision")
    grondslag = Tekst("Algemene wet bestuursrecht, artikel 6:5", "General Administrative Law Act, section 6:5")
    ook_voor_ander = True
    velden = _velden(
        nummer=("Nummer", "Number"), naam=("Naam", "Name"), genomen=("Datum", "Date"), laatsteDag=("Laatste dag voor bezwaar", "Last day to object"),
        zaaknummer=("Zaaknummer", "Case number"),
    )  # fmt: skip

    def haal(self, installatie: Installatie, wie: Vrager, gevraagd: Iterable[str]) -> Mapping[str, Any]:
        del gevraagd  # één besluit is één antwoord
        if not wie.kenmerk:
            return {}
        return _of_niet(lambda: _besluit(installatie, wie))


def _besluit(installatie: Installatie, wie: Vrager) -> Mapping[str, Any]:
    besluit = BesluitenClient(installatie, namens=NAMENS).met_nummer(
        wie.kenmerk, installatie.instellingen.bronorganisatie
    )
    if besluit is None or not besluit.zaak:
        return {}
    eigenaar = eigenaar_van(wie.identiteit)
    naam = "Besluit bij een formulier gezocht"
    with ldv.verwerking(installatie, activiteit=ACTIVITEIT, naam=naam, betrokkene=eigenaar):
        return _van(installatie, urn_van(*eigenaar, kvk=wie.identiteit.kvk), besluit)


def _van(installatie: Installatie, urn: str, besluit: BesluitUit) -> Mapping[str, Any]:
    zaken = ZakenClient(installatie, namens=NAMENS)
    rol = initiator_van(zaken, besluit.zaak)
    if rol is None or urn_van_rol(rol) != urn:
        return {}
    soort = CatalogiClient(installatie, namens=NAMENS).vraag("GET", besluit.besluittype)
    uiterlijk = besluit.uiterlijke_reactiedatum
    return {
        "nummer": besluit.identificatie,
        "naam": soort["omschrijving"],
        "genomen": besluit.datum.isoformat(),
        "laatsteDag": uiterlijk.isoformat() if uiterlijk else None,
        "zaaknummer": zaken.zaak(besluit.zaak).identificatie,
    }


def _of_niet(vraag: Callable[[], T]) -> T:
    """Een storing bij de bron is geen fout van het formulier."""
    try:
        return vraag()
    except ApiFout as fout:
        raise BronNietBereikbaar(type(fout).__name__) from fout


BRONNEN: Final[tuple[type[Bron], ...]] = (Brp, Kvk, Besluit)
