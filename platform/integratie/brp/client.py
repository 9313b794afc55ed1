"""De client van BRP Personen bevragen. Een BSN staat alleen in de inhoud van een verzoek: nooit in een URL, fout of log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from integratie.basis import ApiFout, NietBereikbaar
from integratie.brp.schemas import Gegevens, Persoon, PersoonBeperkt
from kern.fouten import ParamFout
from kern.installatie import Installatie

SIMULATORPAD = "/simulatoren/brp"
"""Waar de simulator hangt in een installatie zonder BRP_URL."""

TIJDSLIMIET = httpx.Timeout(5, connect=2)
MEESTE_NUMMERS = 20
_LEESBAAR = " !#$&'()*+,-./:;=?@[]_~"
"""Tekens die zo in een header mogen; andere (é, regeleinden) gaan als %XX."""

ZOEKVELDEN = ("burgerservicenummer", "naam", "geboorte.datum", "geslacht", "leeftijd", "adressering")
"""Wat een zoekvraag standaard teruggeeft: genoeg om iemand te herkennen, niet meer."""

_Soort = TypeVar("_Soort", bound=Gegevens)


class BrpFout(ApiFout):
    """De BRP gaf geen bruikbaar antwoord. De tekst bevat nooit persoonsgegevens."""


class BrpOnbereikbaar(BrpFout, NietBereikbaar):
    """Geen verbinding, te laat, of een fout aan de kant van de BRP: probeer het later opnieuw."""


class BrpGeweigerd(BrpFout):
    """De BRP accepteert onze sleutel of autorisatie niet."""


class BrpVraagOnjuist(BrpFout):
    """Onze vraag klopt niet; `fouten` noemt de parameters met de code uit de standaard."""


class BrpTeVeel(BrpVraagOnjuist):
    """Er zijn meer personen gevonden dan de BRP teruggeeft: vraag om meer gegevens."""


class BrpAntwoordOnjuist(BrpFout):
    """Het antwoord heeft niet de vorm van de standaard."""


@dataclass(frozen=True)
class Doelbinding:
    """Waarvoor wij vragen. Gaat mee als header, voor de verantwoording bij de bron.

    `doel`: de geregistreerde verwerkingsactiviteit; `verwerking`: deze handeling; `gebruiker`: wie (medewerker) of wat (systeem).
    """

    doel: str
    verwerking: str = ""
    gebruiker: str = ""

    def headers(self) -> dict[str, str]:
        """De headers die Nederlandse gateways voor de BRP verwachten; lege gaan niet mee."""
        alle = {"x-doelbinding": self.doel, "x-verwerking": self.verwerking, "x-gebruiker": self.gebruiker}
        return {naam: quote(waarde, safe=_LEESBAAR) for naam, waarde in alle.items() if waarde}


class BrpClient:
    """BRP Personen bevragen op `basis_url` (zonder `/personen`). `sleutel` gaat mee als X-API-KEY."""

    def __init__(
        self,
        http: httpx.Client,
        basis_url: str,
        *,
        sleutel: str = "",
        tijdslimiet: httpx.Timeout = TIJDSLIMIET,
    ) -> None:
        self._http = http
        self._url = f"{basis_url.rstrip('/')}/personen"
        self._headers = {"X-API-KEY": sleutel} if sleutel else {}
        self._tijdslimiet = tijdslimiet

    def persoon(self, bsn: str, velden: Sequence[str], doelbinding: Doelbinding) -> Persoon | None:
        """Raadpleeg één persoon; None als het nummer niet in de BRP staat. `velden` zijn paden (`naam.voornamen`)."""
        return next(iter(self.personen([bsn], velden, doelbinding)), None)

    def personen(self, bsns: Sequence[str], velden: Sequence[str], doelbinding: Doelbinding) -> list[Persoon]:
        """Raadpleeg personen, per 20 in één aanroep. De volgorde is die van de BRP; onbekende nummers ontbreken."""
        uniek = list(dict.fromkeys(bsns))
        delen = [uniek[begin : begin + MEESTE_NUMMERS] for begin in range(0, len(uniek), MEESTE_NUMMERS)]
        vraag = {"type": "RaadpleegMetBurgerservicenummer", "fields": list(velden)}
        return [
            persoon
            for deel in delen
            for persoon in self._vraag({**vraag, "burgerservicenummer": deel}, doelbinding, Persoon)
        ]

    def zoek_naam_geboortedatum(
        self,
        geslachtsnaam: str,
        geboortedatum: date,
        doelbinding: Doelbinding,
        *,
        velden: Sequence[str] = ZOEKVELDEN,
        voornamen: str = "",
        voorvoegsel: str = "",
        geslacht: str = "",
        ook_overleden: bool = False,
    ) -> list[PersoonBeperkt]:
        """Zoek op geslachtsnaam (zonder voorvoegsel; eindigen op `*` mag na drie letters) en volledige geboortedatum."""
        vraag = {
            "geslachtsnaam": geslachtsnaam,
            "geboortedatum": geboortedatum.isoformat(),
            "voornamen": voornamen,
            "voorvoegsel": voorvoegsel,
            "geslacht": geslacht,
        }
        return self._zoek("ZoekMetGeslachtsnaamEnGeboortedatum", vraag, velden, doelbinding, ook_overleden)

    def zoek_postcode_huisnummer(
        self,
        postcode: str,
        huisnummer: int,
        doelbinding: Doelbinding,
        *,
        velden: Sequence[str] = ZOEKVELDEN,
        huisletter: str = "",
        toevoeging: str = "",
        geboortedatum: date | None = None,
        geslachtsnaam: str = "",
        ook_overleden: bool = False,
    ) -> list[PersoonBeperkt]:
        """Zoek op postcode en huisnummer; de rest verfijnt."""
        vraag = {
            "postcode": postcode,
            "huisnummer": huisnummer,
            "huisletter": huisletter,
            "huisnummertoevoeging": toevoeging,
            "geboortedatum": geboortedatum.isoformat() if geboortedatum else "",
            "geslachtsnaam": geslachtsnaam,
        }
        return self._zoek("ZoekMetPostcodeEnHuisnummer", vraag, velden, doelbinding, ook_overleden)

    def zoek_naam_gemeente(
        self,
        geslachtsnaam: str,
        voornamen: str,
        gemeente: str,
        doelbinding: Doelbinding,
        *,
        velden: Sequence[str] = ZOEKVELDEN,
        ook_overleden: bool = False,
    ) -> list[PersoonBeperkt]:
        """Zoek op geslachtsnaam en voornamen binnen een gemeente (code van vier cijfers)."""
        vraag = {"geslachtsnaam": geslachtsnaam, "voornamen": voornamen, "gemeenteVanInschrijving": gemeente}
        return self._zoek("ZoekMetNaamEnGemeenteVanInschrijving", vraag, velden, doelbinding, ook_overleden)

    def zoek_straat(
        self,
        straat: str,
        huisnummer: int,
        gemeente: str,
        doelbinding: Doelbinding,
        *,
        velden: Sequence[str] = ZOEKVELDEN,
        ook_overleden: bool = False,
    ) -> list[PersoonBeperkt]:
        """Zoek op straat en huisnummer binnen een gemeente (code van vier cijfers)."""
        vraag = {"straat": straat, "huisnummer": huisnummer, "gemeenteVanInschrijving": gemeente}
        soort = "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving"
        return self._zoek(soort, vraag, velden, doelbinding, ook_overleden)

    def zoek_nummeraanduiding(
        self, identificatie: str, doelbinding: Doelbinding, *, velden: Sequence[str] = ZOEKVELDEN
    ) -> list[PersoonBeperkt]:
        """Wie er ingeschreven staan op een adres, naar zijn BAG-nummeraanduiding (16 cijfers)."""
        vraag = {"nummeraanduidingIdentificatie": identificatie}
        return self._zoek("ZoekMetNummeraanduidingIdentificatie", vraag, velden, doelbinding)

    def zoek_adresseerbaar_object(
        self, identificatie: str, doelbinding: Doelbinding, *, velden: Sequence[str] = ZOEKVELDEN
    ) -> list[PersoonBeperkt]:
        """Wie er ingeschreven staan in een verblijfsobject, standplaats of ligplaats (16 cijfers). Mag ook `gezag` vragen."""
        vraag = {"adresseerbaarObjectIdentificatie": identificatie}
        return self._zoek("ZoekMetAdresseerbaarObjectIdentificatie", vraag, velden, doelbinding)

    def _zoek(
        self,
        soort: str,
        vraag: dict[str, Any],
        velden: Sequence[str],
        doelbinding: Doelbinding,
        ook_overleden: bool = False,
    ) -> list[PersoonBeperkt]:
        gevuld = {naam: waarde for naam, waarde in vraag.items() if waarde != ""}
        if ook_overleden:
            gevuld["inclusiefOverledenPersonen"] = True
        return self._vraag({"type": soort, **gevuld, "fields": list(velden)}, doelbinding, PersoonBeperkt)

    def _vraag(self, vraag: dict[str, Any], doelbinding: Doelbinding, soort: type[_Soort]) -> list[_Soort]:
        # `from None`: een keten zou het verzoek of het antwoord, met persoonsgegevens, in een log kunnen brengen.
        try:
            antwoord = self._http.post(
                self._url,
                json=vraag,
                headers={**self._headers, **doelbinding.headers(), "Accept": "application/json"},
                timeout=self._tijdslimiet,
            )
        except httpx.TransportError as fout:
            raise BrpOnbereikbaar(503, type(fout).__name__, "De BRP is niet bereikbaar.") from None
        _eis_gelukt(antwoord)
        try:
            return TypeAdapter(list[soort]).validate_python(antwoord.json()["personen"])  # type: ignore[valid-type]  # een klasse als waarde
        except ValidationError as fout:
            plekken = sorted({".".join(map(str, deel["loc"])) for deel in fout.errors(include_input=False)})
            fouten = tuple(ParamFout(plek, "invalid", "onverwachte waarde") for plek in plekken)
            raise BrpAntwoordOnjuist(502, "antwoord", "Het antwoord van de BRP klopt niet.", fouten) from None
        except (ValueError, KeyError, TypeError):
            raise BrpAntwoordOnjuist(502, "antwoord", "Het antwoord van de BRP heeft een onbekende vorm.") from None


def maak_brp_client(installatie: Installatie) -> BrpClient:
    """De client volgens de instellingen; zonder BRP_URL die op de simulator (alleen demo en test).

    Geeft `BrpOnbereikbaar` als er in productie geen adres is ingesteld.
    """
    i = installatie.instellingen
    if not i.brp_url and i.omgeving == "productie":
        raise BrpOnbereikbaar(503, "niet-ingesteld", "BRP_URL is niet ingesteld.")
    adres = i.brp_url or f"{i.adres}{SIMULATORPAD}"
    return BrpClient(installatie.http, adres, sleutel=i.brp_sleutel.get_secret_value())


def _eis_gelukt(antwoord: httpx.Response) -> None:
    """Maak van een foutstatus de uitzondering die erbij hoort."""
    status = antwoord.status_code
    if status == httpx.codes.OK:
        return
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise BrpGeweigerd(status, "geweigerd", "De BRP weigert de bevraging.")
    if status == httpx.codes.BAD_REQUEST:
        raise _vraagfout(antwoord)
    raise BrpOnbereikbaar(status, "fout", "De BRP gaf een foutmelding.")


def _vraagfout(antwoord: httpx.Response) -> BrpVraagOnjuist:
    try:
        probleem = antwoord.json()
        code = str(probleem.get("code", ""))
        fouten = tuple(
            ParamFout(str(deel["name"]), str(deel["code"]), str(deel.get("reason", "")))
            for deel in probleem.get("invalidParams", ())
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return BrpVraagOnjuist(400, "onbekend")
    return (BrpTeVeel if code == "tooManyResults" else BrpVraagOnjuist)(400, code, fouten=fouten)
