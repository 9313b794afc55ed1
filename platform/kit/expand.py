"""`?expand=`: gekoppelde gegevens onder `_expand`, per relatie in één keer opgehaald en gefilterd met de rechten van de aanroeper.

Een relatie is een leesveld met URL's. Eigen URL's worden in één vraag per relatie gelezen, andere bij hun API opgehaald.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from kern.fouten import Probleem
from kit.lezen import Lezer
from kit.omgeving import Omgeving, id_uit_opslag

GROOTSTE_AANTAL_PADEN = 25
SCOPES_ANDERE = {
    "catalogi": ("ztc", ("catalogi.lezen", "zaken.lezen", "documenten.lezen")),
    "documenten": ("drc", ("documenten.lezen",)),
    "besluiten": ("brc", ("besluiten.lezen",)),
    "zaken": ("zrc", ("zaken.lezen",)),
}
Boom = dict[str, "Boom"]


def ontleed(tekst: str) -> Boom:
    """`status.statustype,rollen` als boom; tussenliggende niveaus horen er altijd bij."""
    paden = [pad for pad in tekst.split(",") if pad]
    if len(paden) > GROOTSTE_AANTAL_PADEN:
        raise Probleem(400, code="expand-te-groot", detail=f"Hoogstens {GROOTSTE_AANTAL_PADEN} expand-paden.")
    boom: Boom = {}
    for pad in paden:
        tak = boom
        for stap in pad.split("."):
            tak = tak.setdefault(stap, {})
    return boom


class Expander:
    """Voegt `_expand` toe aan weergaven van resources van één registratie."""

    def __init__(self, omgeving: Omgeving, lezers: Mapping[str, Lezer]) -> None:
        self._omgeving = omgeving
        self._lezers = lezers

    def voeg_toe(self, lezer: Lezer, weergaven: list[dict[str, Any]], boom: Boom) -> None:
        """Breid alle weergaven uit; een relatie die niet bij de resource hoort geeft 404 (zrc-027)."""
        for naam, tak in boom.items():
            if naam not in lezer.bron.expand:
                raise Probleem(404, detail=f"Deze relatie bestaat niet: {naam}.")
            self._breid_uit(weergaven, naam, tak)

    def _breid_uit(self, weergaven: list[dict[str, Any]], naam: str, tak: Boom) -> None:
        gevonden = self._haal({url for weergave in weergaven for url in _urls(weergave.get(naam))}, tak)
        for weergave in weergaven:
            waarde = weergave.get(naam)
            doel = weergave.setdefault("_expand", {})
            if isinstance(waarde, list):
                doel[naam] = [gevonden[url] for url in _urls(waarde) if url in gevonden]
            else:
                doel[naam] = next((gevonden[url] for url in _urls(waarde) if url in gevonden), {})

    def _haal(self, urls: set[str], tak: Boom) -> dict[str, dict[str, Any]]:
        eigen: dict[str, list[tuple[str, UUID]]] = {}
        gevonden: dict[str, dict[str, Any]] = {}
        for url in urls:
            opslag = self._omgeving.diensten.naar_opslag(url)
            id_ = id_uit_opslag(opslag, self._omgeving.registratie.naam)
            if id_ is None:
                self._haal_elders(url, opslag.partition(":")[0], gevonden)
            else:
                eigen.setdefault(opslag.partition(":")[2].split("/")[0], []).append((url, id_))
        for pad, paren in eigen.items():
            self._haal_eigen(pad, paren, tak, gevonden)
        return gevonden

    def _haal_eigen(
        self, pad: str, paren: Iterable[tuple[str, UUID]], tak: Boom, gevonden: dict[str, dict[str, Any]]
    ) -> None:
        lezer = next(lezer for lezer in self._lezers.values() if lezer.bron.pad == pad)
        toegang, bron = self._omgeving.toegang, lezer.bron
        waar = bron.rechten.beperking(toegang, "haal", bron.scopes.get("haal", ()))
        with self._omgeving.installatie.db.lezen() as verbinding:
            rijen = lezer.met_ids(verbinding, [id_ for _, id_ in paren], waar)
        op_id = {rij["k_id"]: lezer.geef_weer(rij) for rij in rijen}
        if tak:
            self.voeg_toe(lezer, list(op_id.values()), tak)
        gevonden.update({url: op_id[id_] for url, id_ in paren if id_ in op_id})

    def _haal_elders(self, url: str, api: str, gevonden: dict[str, dict[str, Any]]) -> None:
        component, scopes = SCOPES_ANDERE.get(api, ("", ()))
        if not self._omgeving.toegang.heeft(component, scopes):
            return
        antwoord = self._omgeving.ophaler.haal(url)
        if antwoord is None:
            raise Probleem(404, detail="Te expanderen gegevens zijn niet op te halen.")
        gevonden[url] = dict(antwoord)


def _urls(waarde: Any) -> list[str]:
    if isinstance(waarde, list):
        return [url for deel in waarde for url in _urls(deel)]
    if isinstance(waarde, dict):
        return _urls(waarde.get("url"))
    return [waarde] if isinstance(waarde, str) and waarde else []
