"""Een beslissing uitrekenen buiten een procesinstantie om: voor bouwblokken, en voor wie een tabel wil proberen."""

from collections.abc import Iterator

import feel
from integratie.processen.motor import BeslisIn, BeslisUit
from kern.fouten import Ongeldig, ParamFout
from processen.api.basis import Eindpunt, Vraag, eindpunt
from processen.motor import NietGevonden
from processen.motor.gebeurtenissen import als_variabelen


def eindpunten() -> Iterator[Eindpunt]:
    """Het eindpunt van dit onderwerp."""
    yield eindpunt(
        "/beslissingen", "post", "beslissingen", "definities.lezen", _beslis, lees=BeslisUit, schrijf=BeslisIn,
        kan_ontbreken=True,
    )  # fmt: skip


def _beslis(vraag: Vraag) -> BeslisUit:
    """De tabel zoals zij nu geldt, dus met wat een beheerder eraan veranderde. 404 als zij er niet is."""
    b: BeslisIn = vraag.invoer
    try:
        gegevens = als_variabelen(b.gegevens)
    except (ValueError, TypeError, KeyError):
        raise Ongeldig(ParamFout("gegevens", "invalid", "Hierin staat een waarde die FEEL niet kent.")) from None
    with vraag.installatie.db.lezen() as verbinding:
        omgeving = vraag.motor.omgeving(verbinding)
        gecompileerd = omgeving.haal(b.versie) if b.versie else omgeving.actieve(b.definitie)
    if not any(b.beslissing in {*model.beslissingen, *model.knopen} for model in gecompileerd.beslissingen):
        raise NietGevonden(f"beslissing {b.beslissing}")
    uitslag = omgeving.beslis(gecompileerd, b.beslissing, gegevens, b.peildatum)
    return BeslisUit(**{**uitslag.uitleg, "versie": gecompileerd.definitie, "uitkomst": feel.naar_json(uitslag.waarde)})
