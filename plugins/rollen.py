"""Bouwblokken over wie er bij een zaak betrokken is. Een BSN komt nooit in een procesvariabele: het blok leest het zelf."""

from typing import Any

from pydantic import Field

from contracten import Bouwblok, BpmnFout, Fout, Gegevens, Opdracht, Tekst
from integratie.urn import urn_bsn
from integratie.verzoeken.schemas import VerzoekUit
from integratie.zaken.rollen import betrokkene_uit_urn
from integratie.zaken.schemas import RolIn, RolUit, ZaakUit
from plugins.hulp import ZaakInvoer, clients, is_misschien_al_weg, met_omschrijving

GROEP = Tekst("Zaken", "Cases")
NUMMERS = ("inpBsn", "anpIdentificatie", "vestigingsNummer", "kvkNummer", "identificatie")


class RolKeuze(Gegevens):
    roltype: str = Field(title="Roltype", description="Omschrijving van het roltype.")


class RolUitvoer(Gegevens):
    rol: str = Field(title="Rol", description="URL van de rol.")


def zorg_voor_rol(opdracht: Opdracht[Any, Any], zaak: str, roltype: str, soort: str, wie: dict[str, Any]) -> str:
    """De rol van deze betrokkene bij de zaak; is zij er nog niet, dan ontstaat zij. Geeft haar URL."""
    api = clients(opdracht)
    soort_rol = _roltype(opdracht, api.zaken.zaak(zaak), roltype)
    for rol in api.zaken.rollen(zaak, roltype=soort_rol):
        if rol.betrokkene_type == soort and _nummers(rol.betrokkene_identificatie) == _nummers(wie):
            return rol.url
    nieuw = RolIn.model_validate(
        {
            "zaak": zaak,
            "roltype": soort_rol,
            "betrokkene_type": soort,
            "betrokkene_identificatie": wie,
            "roltoelichting": roltype,
        }
    )
    return api.zaken.voeg_rol_toe(nieuw, sleutel=opdracht.idempotentie(f"rol:{roltype}")).url


def _roltype(opdracht: Opdracht[Any, Any], zaak: ZaakUit, omschrijving: str) -> str:
    return met_omschrijving(clients(opdracht).catalogi.roltypen(zaak.zaaktype), omschrijving, "roltype").url


def _nummers(wie: dict[str, Any] | None) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in (wie or {}).items() if naam in NUMMERS and waarde}


class PersoonKeuze(RolKeuze):
    antwoord: str = Field(
        "",
        title="Antwoord",
        description="Naam van het antwoord met het BSN; leeg is de mede-aanvrager van het verzoek.",
    )


class PersoonInvoer(ZaakInvoer):
    verzoek: str = Field(title="Verzoek", description="URL van het verzoek.")


class RolPersoon(Bouwblok[PersoonKeuze, PersoonInvoer, RolUitvoer]):
    """Natuurlijke sleutel: zaak, roltype en persoon samen."""

    sleutel = "zaken.rol-persoon"
    naam = Tekst("Persoon bij de zaak betrekken", "Add person to the case")
    uitleg = Tekst(
        "Geeft iemand uit het verzoek een rol bij de zaak, zoals een partner of mede-aanvrager.",
        "Gives someone from the request a role in the case, such as a partner or co-applicant.",
    )
    groep = GROEP
    fouten = (Fout("niemand", Tekst("Het verzoek noemt niemand.", "The request names nobody.")),)

    def voer_uit(self, opdracht: Opdracht[PersoonKeuze, PersoonInvoer]) -> RolUitvoer:
        verzoek = clients(opdracht).verzoeken.verzoek(opdracht.invoer.verzoek)
        urn = _wie(verzoek, opdracht.configuratie.antwoord)
        if not urn:
            raise BpmnFout("niemand")
        soort, wie = betrokkene_uit_urn(urn)
        rol = zorg_voor_rol(opdracht, opdracht.invoer.zaak, opdracht.configuratie.roltype, soort, wie)
        return RolUitvoer(rol=rol)


def _wie(verzoek: VerzoekUit, antwoord: str) -> str:
    if not antwoord:
        return verzoek.mede_initiator
    bsn = str(verzoek.aanvraag_gegevens.get(antwoord) or "")
    return urn_bsn(bsn) if bsn else ""


class OrganisatieInvoer(ZaakInvoer):
    kvk_nummer: str = Field(title="KVK-nummer", description="Acht cijfers.", pattern=r"^\d{8}$")
    vestigingsnummer: str = Field(
        "", title="Vestigingsnummer", description="Twaalf cijfers, als het om een vestiging gaat."
    )
    naam: str = Field("", title="Naam", description="Naam van de organisatie.", max_length=500)


class RolOrganisatie(Bouwblok[RolKeuze, OrganisatieInvoer, RolUitvoer]):
    """Natuurlijke sleutel: zaak, roltype en KVK-nummer (met vestiging) samen."""

    sleutel = "zaken.rol-organisatie"
    naam = Tekst("Organisatie bij de zaak betrekken", "Add organisation to the case")
    uitleg = Tekst("Geeft een onderneming of vestiging een rol.", "Gives an organisation or branch a role.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[RolKeuze, OrganisatieInvoer]) -> RolUitvoer:
        invoer = opdracht.invoer
        wie: dict[str, Any] = {"kvkNummer": invoer.kvk_nummer, "statutaireNaam": invoer.naam}
        soort = "niet_natuurlijk_persoon"
        if invoer.vestigingsnummer:
            soort = "vestiging"
            wie = {"kvkNummer": invoer.kvk_nummer, "vestigingsNummer": invoer.vestigingsnummer}
            wie |= {"handelsnaam": [invoer.naam]} if invoer.naam else {}
        return RolUitvoer(rol=zorg_voor_rol(opdracht, invoer.zaak, opdracht.configuratie.roltype, soort, wie))


class MedewerkerInvoer(ZaakInvoer):
    gebruiker: str = Field(
        title="Gebruiker", description="Gebruikersnaam van de medewerker.", min_length=1, max_length=254
    )
    naam: str = Field("", title="Naam", description="Achternaam, zoals die bij de zaak komt te staan.", max_length=200)


class RolMedewerker(Bouwblok[RolKeuze, MedewerkerInvoer, RolUitvoer]):
    """Natuurlijke sleutel: zaak, roltype en gebruikersnaam samen."""

    sleutel = "zaken.rol-medewerker"
    naam = Tekst("Medewerker bij de zaak betrekken", "Add employee to the case")
    uitleg = Tekst("Geeft een medewerker een rol, zoals behandelaar.", "Gives an employee a role, such as handler.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[RolKeuze, MedewerkerInvoer]) -> RolUitvoer:
        invoer = opdracht.invoer
        wie = {"identificatie": invoer.gebruiker, "achternaam": invoer.naam}
        return RolUitvoer(rol=zorg_voor_rol(opdracht, invoer.zaak, opdracht.configuratie.roltype, "medewerker", wie))


class AfdelingInvoer(ZaakInvoer):
    afdeling: str = Field(title="Afdeling", description="Code van de afdeling.", min_length=1, max_length=24)
    naam: str = Field("", title="Naam", description="Naam van de afdeling.", max_length=50)


class RolAfdeling(Bouwblok[RolKeuze, AfdelingInvoer, RolUitvoer]):
    """Natuurlijke sleutel: zaak, roltype en afdelingscode samen."""

    sleutel = "zaken.rol-afdeling"
    naam = Tekst("Afdeling bij de zaak betrekken", "Add department to the case")
    uitleg = Tekst("Geeft een afdeling of ketenpartner een rol.", "Gives a department or partner a role.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[RolKeuze, AfdelingInvoer]) -> RolUitvoer:
        invoer = opdracht.invoer
        wie = {"identificatie": invoer.afdeling, "naam": invoer.naam}
        rol = zorg_voor_rol(opdracht, invoer.zaak, opdracht.configuratie.roltype, "organisatorische_eenheid", wie)
        return RolUitvoer(rol=rol)


class VerwijderInvoer(ZaakInvoer):
    wie: str = Field(
        "", title="Wie", description="Gebruikersnaam, afdelingscode of KVK-nummer; leeg is iedereen met deze rol."
    )


class AantalUitvoer(Gegevens):
    aantal: int = Field(title="Aantal", description="Hoeveel rollen er nu nog van dit type zijn.")


class RolVerwijderen(Bouwblok[RolKeuze, VerwijderInvoer, AantalUitvoer]):
    """Wat al weg is, is van een vorige poging."""

    sleutel = "zaken.rol-verwijderen"
    naam = Tekst("Betrokkene van de zaak halen", "Remove someone from the case")
    uitleg = Tekst("Haalt een rol weg bij de zaak.", "Removes a role from the case.")
    groep = GROEP

    def voer_uit(self, opdracht: Opdracht[RolKeuze, VerwijderInvoer]) -> AantalUitvoer:
        zaken, wie = clients(opdracht).zaken, opdracht.invoer.wie
        zaak = zaken.zaak(opdracht.invoer.zaak)
        roltype = _roltype(opdracht, zaak, opdracht.configuratie.roltype)
        alle = list(zaken.rollen(zaak.url, roltype=roltype))
        weg = [rol for rol in alle if not wie or _is(rol, wie)]
        for rol in weg:
            with is_misschien_al_weg():
                zaken.verwijder(rol.url)
        return AantalUitvoer(aantal=len(alle) - len(weg))


def _is(rol: RolUit, wie: str) -> bool:
    nummers = _nummers(rol.betrokkene_identificatie)
    return wie in {waarde for naam, waarde in nummers.items() if naam not in ("inpBsn", "anpIdentificatie")}


BLOKKEN = (RolPersoon, RolOrganisatie, RolMedewerker, RolAfdeling, RolVerwijderen)
