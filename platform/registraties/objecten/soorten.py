"""Het objecttype in een URL, onder welk adres het ook genoemd wordt."""

import re

from kit import Omgeving

_PAD = re.compile(r"/objecttypes/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/?$")


def soort_uit_url(omgeving: Omgeving, url: str) -> str:
    """Het objecttype achter een URL, als dienst:pad.

    De Objecten API biedt de objecttypen zelf ook aan, en wie verhuist houdt oude adressen: is de Objecttypen API van onszelf, dan
    telt alleen het uuid (regels 12.1). Anders telt het adres.
    """
    opslag = omgeving.diensten.naar_opslag(url)
    gevonden = _PAD.search(url)
    if gevonden and (omgeving.diensten["objecttypen"].eigen or opslag.startswith("objecten:")):
        return f"objecttypen:objecttypes/{gevonden[1].lower()}"
    return opslag
