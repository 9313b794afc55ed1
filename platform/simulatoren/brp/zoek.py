"""Het vinden van inwoners bij een getoetste vraag."""

from collections.abc import Mapping
from typing import Any

from simulatoren.brp.bevolking import Adresgegevens, Bevolking, Inwoner

ONVINDBAAR = ("F", "W")


def zoek(vraag: Mapping[str, Any], bevolking: Bevolking) -> list[Inwoner]:
    """De inwoners bij een vraag; raadplegen volgt de volgorde van de nummers en geeft elk nummer één keer."""
    if vraag["type"] == "RaadpleegMetBurgerservicenummer":
        nummers = dict.fromkeys(vraag["burgerservicenummer"])
        gevonden = [bevolking.inwoners[bsn] for bsn in nummers if bsn in bevolking.inwoners]
        gemeente = vraag.get("gemeenteVanInschrijving")
        return [inwoner for inwoner in gevonden if not gemeente or _woont_in(inwoner, bevolking, gemeente)]
    return [inwoner for inwoner in bevolking.inwoners.values() if _past(inwoner, vraag, bevolking)]


def _past(inwoner: Inwoner, vraag: Mapping[str, Any], bevolking: Bevolking) -> bool:
    if inwoner.overleden and not vraag.get("inclusiefOverledenPersonen"):
        return False
    if inwoner.opschorting and inwoner.opschorting.reden in ONVINDBAAR:
        return False
    adres = bevolking.adres(inwoner)
    return all(
        _parameter_past(naam, str(waarde), inwoner, adres, bevolking)
        for naam, waarde in vraag.items()
        if naam not in ("type", "fields", "inclusiefOverledenPersonen") and waarde not in (None, "")
    )


def _parameter_past(
    naam: str, waarde: str, inwoner: Inwoner, adres: Adresgegevens | None, bevolking: Bevolking
) -> bool:
    if naam == "gemeenteVanInschrijving":
        return _woont_in(inwoner, bevolking, waarde)
    persoonlijk = {
        "geslachtsnaam": inwoner.geslachtsnaam,
        "voornamen": inwoner.voornamen,
        "voorvoegsel": inwoner.voorvoegsel,
        "geslacht": inwoner.geslacht,
        "geboortedatum": inwoner.geboren,
    }
    if naam in persoonlijk:
        return _lijkt(persoonlijk[naam], waarde)
    return adres is not None and _adres_past(naam, waarde, adres)


def _adres_past(naam: str, waarde: str, adres: Adresgegevens) -> bool:
    if naam == "straat":
        return _lijkt(adres.straat, waarde) or _lijkt(adres.korte_straatnaam, waarde)
    eigen = {
        "postcode": adres.postcode,
        "huisnummer": str(adres.huisnummer),
        "huisletter": adres.huisletter,
        "huisnummertoevoeging": adres.toevoeging,
        "nummeraanduidingIdentificatie": adres.nummeraanduiding,
        "adresseerbaarObjectIdentificatie": adres.object_id,
    }[naam]
    gevraagd = waarde.replace(" ", "") if naam == "postcode" else waarde.lstrip("0") if naam == "huisnummer" else waarde
    return eigen.casefold() == gevraagd.casefold()


def _woont_in(inwoner: Inwoner, bevolking: Bevolking, gemeente: str) -> bool:
    adres = bevolking.adres(inwoner)
    return (adres.gemeente if adres else "9999" if inwoner.locatie else "1999") == gemeente


def _lijkt(eigen: str, gevraagd: str) -> bool:
    """Gelijk zonder op hoofdletters te letten, met `*` aan het begin of eind voor de rest."""
    eigen, kern = eigen.casefold(), gevraagd.casefold().strip("*")
    if gevraagd.endswith("*"):
        return eigen.startswith(kern)
    if gevraagd.startswith("*"):
        return eigen.endswith(kern)
    return eigen == kern
