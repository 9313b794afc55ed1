"""Registraties zoeken in de Producten API: welke producten een toezichthouder mag zien staat in het pakket (`[[toezicht]]`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from integratie.betrokkene import uit_eigenaren
from integratie.clients import Clients
from integratie.configuratie import PROCESPAKKET
from integratie.producten.schemas import ProductUit
from kern.ldv import Betrokkene

GROEP = 4
"""Nummers van het platform zijn groepen van vier tekens; wie ze zonder streepjes overtypt, vindt ze ook."""


@dataclass(frozen=True)
class Regel:
    """Eén `[[toezicht]]`: een producttype met nummers, het gegeven met het adres, en de producttypen die op dat nummer staan."""

    producttype: str
    titel: Mapping[str, str]
    adres: str
    erbij: tuple[str, ...]


@dataclass(frozen=True)
class Bijzonderheid:
    """Iets op hetzelfde nummer, zoals een melding."""

    soort: str
    vanaf: date | None
    status: str
    gegevens: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Registratie:
    """Wat een toezichthouder ziet; niet wie het is: daarvoor is er de zaak."""

    titel: Mapping[str, str]
    nummer: str
    status: str
    vanaf: date | None
    tot: date | None
    adres: str
    zaaknummer: str
    erbij: tuple[Bijzonderheid, ...]
    url: str
    betrokkenen: frozenset[Betrokkene]


class Zoeker:
    """Zoekt namens één medewerker."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def regels(self) -> list[Regel]:
        """Wat er te zoeken is, uit alle geïnstalleerde pakketten."""
        pakketten = self._clients.configuratie.alle(PROCESPAKKET)
        ruw = [regel for pakket in pakketten for regel in pakket.get("toezicht", [])]
        return [Regel(r["producttype"], r["titel"], r.get("adres", ""), tuple(r.get("erbij", ()))) for r in ruw]

    def op_nummer(self, nummer: str) -> list[Registratie]:
        """De registraties met dit nummer."""
        namen = dict.fromkeys((nummer, nummer.upper(), met_streepjes(nummer)))
        gevonden = {p.url: p for naam in namen for p in self._clients.producten.alle_producten({"naam": naam})}
        return list(self._registraties(gevonden.values()))

    def op_adres(self, adres: Mapping[str, str]) -> list[Registratie]:
        """De registraties op dit adres; zonder letter en toevoeging alle op dat huisnummer."""
        gevonden: dict[str, ProductUit] = {}
        for veld in dict.fromkeys(regel.adres for regel in self.regels() if regel.adres):
            criteria = {"dataobject_attr": f"{veld}__postcode__exact__{adres['postcode']}"}
            passend = (p for p in self._clients.producten.alle_producten(criteria) if _is_adres(p, veld, adres))
            gevonden |= {product.url: product for product in passend}
        return list(self._registraties(gevonden.values()))

    def _registraties(self, producten: Iterable[ProductUit]) -> Iterator[Registratie]:
        per_type = {regel.producttype: regel for regel in self.regels()}
        for product in producten:
            regel = per_type.get(product.producttype.code)
            if regel is not None:
                yield self._registratie(product, regel)

    def _registratie(self, product: ProductUit, regel: Regel) -> Registratie:
        zelfde = list(self._clients.producten.alle_producten({"naam": product.naam})) if regel.erbij else []
        erbij = [p for p in zelfde if p.producttype.code in regel.erbij]
        erbij.sort(key=lambda p: (p.start_datum or date.min, p.aanmaak_datum), reverse=True)
        return Registratie(
            titel=regel.titel,
            nummer=product.naam,
            status=product.status,
            vanaf=product.start_datum,
            tot=product.eind_datum,
            adres=adrestekst((product.dataobject or {}).get(regel.adres)),
            zaaknummer=(product.aanvraag_zaak_urn or "").rpartition(":")[2],
            erbij=tuple(_bijzonderheid(deel) for deel in erbij),
            url=product.url,
            betrokkenen=frozenset(
                b for p in (product, *erbij) for b in uit_eigenaren(e.als_json() for e in p.eigenaren)
            ),
        )


def met_streepjes(nummer: str) -> str:
    """Een overgetypt nummer in de vorm waarin het uitgegeven is."""
    kaal = "".join(teken for teken in nummer.upper() if teken.isalnum())
    return "-".join(kaal[i : i + GROEP] for i in range(0, len(kaal), GROEP))


def adrestekst(adres: Any) -> str:
    """Een adres op één regel; leeg als er geen is."""
    if not isinstance(adres, Mapping):
        return ""
    deel = {naam: str(waarde) for naam, waarde in adres.items() if waarde}
    nummer = (
        deel.get("huisnummer", "")
        + deel.get("huisletter", "")
        + (f"-{deel['toevoeging']}" if "toevoeging" in deel else "")
    )
    code = deel.get("postcode", "")
    plaats = f"{code[:4]} {code[4:]} {deel.get('plaats', '')}".strip()
    return f"{deel['straat']} {nummer}, {plaats}" if "straat" in deel else f"{plaats} {nummer}".strip()


def _is_adres(product: ProductUit, veld: str, gezocht: Mapping[str, str]) -> bool:
    adres = (product.dataobject or {}).get(veld) or {}
    velden = ["huisnummer", *(naam for naam in ("huisletter", "toevoeging") if gezocht.get(naam))]
    return all(str(adres.get(naam, "")).casefold() == gezocht[naam].casefold() for naam in velden)


def _bijzonderheid(product: ProductUit) -> Bijzonderheid:
    gegevens = tuple(
        (naam, str(waarde))
        for naam, waarde in (product.dataobject or {}).items()
        if not isinstance(waarde, dict | list)
    )
    return Bijzonderheid(product.producttype.code, product.start_datum, product.status, gegevens)
