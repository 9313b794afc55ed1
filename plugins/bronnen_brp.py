"""Bouwblokken die in de BRP kijken naar de aanvrager van een zaak, zijn partner, kinderen en huisgenoten."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field

from contracten import Bouwblok, Gegevens, Opdracht, Tekst
from integratie.brp import Doelbinding, Persoon, maak_brp_client
from integratie.zaken.rollen import initiator_van
from kern import ldv
from plugins.hulp import ZaakInvoer, clients, vandaag
from plugins.rollen import zorg_voor_rol

GROEP = Tekst("Bronnen", "Sources")
ACTIVITEIT = "urn:dienstverlening:verwerking:behandelen"
MEERDERJARIG = 18
NEDERLANDSE = "0001"


class DoelKeuze(Gegevens):
    doel: str = Field("behandelen", title="Doel", description="De geregistreerde verwerking waarvoor gevraagd wordt.")


def bsn_van_aanvrager(opdracht: Opdracht[Any, Any], zaak: str) -> str:
    """Het BSN van de initiator; leeg als hij er geen heeft. Blijft binnen het bouwblok."""
    rol = initiator_van(clients(opdracht).zaken, zaak)
    return str(((rol.betrokkene_identificatie if rol else None) or {}).get("inpBsn") or "")


def vraag_persoon(opdracht: Opdracht[Any, Any], bsn: str, velden: Sequence[str]) -> Persoon | None:
    """Eén persoon uit de BRP, met verantwoording in het logboek; None zonder BSN."""
    if not bsn:
        return None
    doelbinding = Doelbinding(opdracht.configuratie.doel, opdracht.definitie, "proces")
    installatie = opdracht.installatie
    with ldv.verwerking(installatie, activiteit=ACTIVITEIT, naam="BRP bevraagd voor een zaak", betrokkene=("bsn", bsn)):
        return maak_brp_client(installatie).persoon(bsn, velden, doelbinding)


def leeftijd(geboren: date | None, op: date) -> int | None:
    """De leeftijd op een dag; None als de geboortedag niet volledig bekend is."""
    if geboren is None:
        return None
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


class PersoonUitvoer(Gegevens):
    gevonden: bool = Field(False, title="Gevonden", description="Staat de aanvrager in de BRP?")
    leeftijd: int | None = Field(None, title="Leeftijd", description="In jaren; null als de geboortedag onbekend is.")
    meerderjarig: bool = Field(False, title="Meerderjarig", description="Is de aanvrager 18 of ouder?")
    overleden: bool = Field(False, title="Overleden", description="Is de aanvrager overleden?")
    ingezetene: bool = Field(False, title="Ingezetene", description="Woont de aanvrager in Nederland?")
    gemeentecode: str = Field("", title="Gemeentecode", description="Gemeente van inschrijving.")
    nederlander: bool = Field(
        False, title="Nederlander", description="Heeft de aanvrager de Nederlandse nationaliteit?"
    )
    adres: str = Field("", title="Adres", description="BAG-nummer van het woonadres (nummeraanduiding), of leeg.")


class BrpPersoon(Bouwblok[DoelKeuze, ZaakInvoer, PersoonUitvoer]):
    """Leest alleen."""

    sleutel = "bronnen.brp-persoon"
    naam = Tekst("Aanvrager in de BRP", "Applicant in the population register")
    uitleg = Tekst("Haalt op wat nodig is om te kiezen: leeftijd en waar iemand woont.", "Gets age and residence.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[DoelKeuze, ZaakInvoer]) -> PersoonUitvoer:
        velden = (
            "leeftijd",
            "gemeenteVanInschrijving",
            "nationaliteiten",
            "verblijfplaats.nummeraanduidingIdentificatie",
        )
        persoon = vraag_persoon(opdracht, bsn_van_aanvrager(opdracht, opdracht.invoer.zaak), velden)
        if persoon is None:
            return PersoonUitvoer()
        jaren = persoon.leeftijd
        codes = {soort.waarde("nationaliteit.code") for soort in persoon.nationaliteiten or ()}
        gemeente = str(persoon.waarde("gemeenteVanInschrijving.code") or "")
        return PersoonUitvoer(
            gevonden=True,
            leeftijd=jaren,
            meerderjarig=jaren is not None and jaren >= MEERDERJARIG,
            overleden=persoon.overleden,
            ingezetene=bool(gemeente) and not persoon.geemigreerd and not persoon.overleden,
            gemeentecode=gemeente,
            nederlander=NEDERLANDSE in codes,
            adres=str(persoon.waarde("verblijfplaats.nummeraanduidingIdentificatie") or ""),
        )


class PartnerKeuze(DoelKeuze):
    roltype: str = Field("", title="Roltype", description="Geeft de partner deze rol bij de zaak; leeg is geen rol.")


class PartnerUitvoer(Gegevens):
    heeft_partner: bool = Field(False, title="Heeft partner", description="Is er een huwelijk of partnerschap?")
    soort: str = Field("", title="Soort", description="Huwelijk of geregistreerd partnerschap, of leeg.")
    rol: str | None = Field(None, title="Rol", description="URL van de rol van de partner bij de zaak, of null.")


class BrpPartner(Bouwblok[PartnerKeuze, ZaakInvoer, PartnerUitvoer]):
    """Natuurlijke sleutel van de rol: zaak, roltype en persoon samen."""

    sleutel = "bronnen.brp-partner"
    naam = Tekst("Partner van de aanvrager", "Partner of the applicant")
    uitleg = Tekst(
        "Kijkt of de aanvrager een partner heeft, en kan de partner bij de zaak betrekken.",
        "Checks whether the applicant has a partner, and can add the partner to the case.",
    )
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[PartnerKeuze, ZaakInvoer]) -> PartnerUitvoer:
        persoon = vraag_persoon(opdracht, bsn_van_aanvrager(opdracht, opdracht.invoer.zaak), ("partners",))
        huidige = (
            [partner for partner in (persoon.partners or ()) if partner.ontbinding_huwelijk_partnerschap is None]
            if persoon
            else []
        )
        if not huidige:
            return PartnerUitvoer()
        partner, roltype = huidige[0], opdracht.configuratie.roltype
        soort = str(partner.waarde("soortVerbintenis.omschrijving") or "")
        rol = None
        if roltype and partner.burgerservicenummer:
            wie = {"inpBsn": partner.burgerservicenummer}
            rol = zorg_voor_rol(opdracht, opdracht.invoer.zaak, roltype, "natuurlijk_persoon", wie)
        return PartnerUitvoer(heeft_partner=True, soort=soort, rol=rol)


class KinderenUitvoer(Gegevens):
    aantal: int = Field(0, title="Aantal", description="Hoeveel kinderen de aanvrager heeft.")
    leeftijden: list[int] = Field(default_factory=list, title="Leeftijden", description="In jaren, de jongste eerst.")
    aantal_minderjarig: int = Field(0, title="Minderjarig", description="Hoeveel er jonger zijn dan 18.")
    jongste: int | None = Field(None, title="Jongste", description="Leeftijd van de jongste, of null.")


class BrpKinderen(Bouwblok[DoelKeuze, ZaakInvoer, KinderenUitvoer]):
    """Leest alleen."""

    sleutel = "bronnen.brp-kinderen"
    naam = Tekst("Kinderen van de aanvrager", "Children of the applicant")
    uitleg = Tekst("Telt de kinderen en hun leeftijden.", "Counts the children and their ages.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[DoelKeuze, ZaakInvoer]) -> KinderenUitvoer:
        persoon = vraag_persoon(opdracht, bsn_van_aanvrager(opdracht, opdracht.invoer.zaak), ("kinderen",))
        kinderen = list(persoon.kinderen or ()) if persoon else []
        dagen = (kind.geboorte.datum.als_datum() for kind in kinderen if kind.geboorte and kind.geboorte.datum)
        jaren = sorted(j for dag in dagen if (j := leeftijd(dag, vandaag(opdracht))) is not None)
        return KinderenUitvoer(
            aantal=len(kinderen),
            leeftijden=jaren,
            aantal_minderjarig=sum(1 for jaar in jaren if jaar < MEERDERJARIG),
            jongste=jaren[0] if jaren else None,
        )


class BewoningUitvoer(Gegevens):
    aantal: int = Field(0, title="Aantal", description="Hoeveel mensen op het adres staan ingeschreven.")
    aantal_meerderjarig: int = Field(0, title="Meerderjarig", description="Hoeveel er 18 of ouder zijn.")


class BrpBewoning(Bouwblok[DoelKeuze, ZaakInvoer, BewoningUitvoer]):
    """Leest alleen."""

    sleutel = "bronnen.brp-bewoning"
    naam = Tekst("Bewoners van het adres", "Residents at the address")
    uitleg = Tekst("Telt wie er op het adres van de aanvrager wonen.", "Counts the residents at the address.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[DoelKeuze, ZaakInvoer]) -> BewoningUitvoer:
        velden = ("verblijfplaats.adresseerbaarObjectIdentificatie",)
        persoon = vraag_persoon(opdracht, bsn_van_aanvrager(opdracht, opdracht.invoer.zaak), velden)
        object_id = str(persoon.waarde(velden[0]) or "") if persoon else ""
        if not object_id:
            return BewoningUitvoer()
        doelbinding = Doelbinding(opdracht.configuratie.doel, opdracht.definitie, "proces")
        client = maak_brp_client(opdracht.installatie)
        bewoners = client.zoek_adresseerbaar_object(object_id, doelbinding, velden=("leeftijd",))
        oud = [bewoner for bewoner in bewoners if (bewoner.leeftijd or 0) >= MEERDERJARIG]
        return BewoningUitvoer(aantal=len(bewoners), aantal_meerderjarig=len(oud))


BLOKKEN = (BrpPersoon, BrpPartner, BrpKinderen, BrpBewoning)
