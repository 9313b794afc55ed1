"""Korte vormen voor verzoeken aan de Klantinteracties API."""

from typing import Any

from integratie.klantinteracties import KlantinteractiesClient

BSN, ANDER_BSN, RSIN, KVK, VESTIGING = "999990639", "999990019", "517439943", "90000018", "000090000182"
NIETS = "00000000-0000-4000-8000-000000000000"


def maak(klanten: KlantinteractiesClient, pad: str, **velden: Any) -> dict[str, Any]:
    gemaakt: dict[str, Any] = klanten.vraag("POST", pad, json=velden)
    return gemaakt


def persoon(klanten: KlantinteractiesClient, **velden: Any) -> dict[str, Any]:
    return maak(klanten, "partijen", **{"soortPartij": "persoon", "indicatieActief": True, **velden})


def organisatie(klanten: KlantinteractiesClient, naam: str = "Bakkerij") -> dict[str, Any]:
    return persoon(klanten, soortPartij="organisatie", partijIdentificatie={"naam": naam})


def nummer(soort: str = "bsn", waarde: str = BSN) -> dict[str, str]:
    register, objecttype = {
        "bsn": ("brp", "natuurlijk_persoon"),
        "rsin": ("hr", "niet_natuurlijk_persoon"),
        "kvk_nummer": ("hr", "niet_natuurlijk_persoon"),
        "vestigingsnummer": ("hr", "vestiging"),
    }[soort]
    return {
        "codeRegister": register,
        "codeObjecttype": objecttype,
        "codeSoortObjectId": soort,
        "objectId": waarde,
    }


def adres(klanten: KlantinteractiesClient, partij: dict[str, Any] | None = None, **velden: Any) -> dict[str, Any]:
    van = {"verstrektDoorPartij": {"uuid": partij["uuid"]}} if partij else {}
    return maak(klanten, "digitaleadressen", **{"adres": "a@b.nl", "soortDigitaalAdres": "email", **van, **velden})


def contact(klanten: KlantinteractiesClient, **velden: Any) -> dict[str, Any]:
    standaard = {"kanaal": "telefoon", "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}
    return maak(klanten, "klantcontacten", **{**standaard, **velden})


def actor(klanten: KlantinteractiesClient, naam: str = "Vergunningen", **velden: Any) -> dict[str, Any]:
    return maak(klanten, "actoren", **{"naam": naam, "soortActor": "organisatorische_eenheid", **velden})


def ids(pagina: dict[str, Any]) -> list[str]:
    return [rij["uuid"] for rij in pagina["results"]]
