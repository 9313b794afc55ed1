"""`?expand=`: gekoppelde gegevens onder `_expand`, per relatie in één keer opgehaald en gefilterd met de rechten van de aanroeper.

Een relatie is een leesveld met URL's. Eigen URL's worden in één vraag per relatie gelezen, andere bij hun API opgehaald.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from integratie.basis import ApiFout, NietBereikbaar
from kern.fouten import Probleem
from kit.bron import Bron
from kit.lezen import Lezer, tabel_achter
from kit.omgeving import Omgeving, id_uit_opslag
from kit.schema import Soort, kolomsoort

GROOTSTE_AANTAL_PADEN = 25
GROOTSTE_AANTAL_RESOURCES = 25_000  # per relatie; anders haalt één verzoek de halve database op
CATALOGI = "catalogi"
# Bij welke scope een resource van een andere API te zien is, en welk veld daarvan zijn type noemt (regels 1.9).
ANDERE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "documenten": ("drc", ("documenten.lezen",), "informatieobjecttype"),
    "besluiten": ("brc", ("besluiten.lezen",), "besluittype"),
    "zaken": ("zrc", ("zaken.lezen",), "zaaktype"),
}
ZOEKBAAR = ("documenten:enkelvoudiginformatieobjecten", "zaken:zaken")
"""Verzamelingen die `_zoek` met `uuid__in` kennen: een hele pagina in één vraag."""
Boom = dict[str, "Boom"]


def ontleed(tekst: str, toegestaan: Collection[str] = (), diepte: int | None = None) -> Boom:
    """`status.statustype,rollen` als boom; tussenliggende niveaus horen er altijd bij. Een pad buiten `toegestaan` geeft 404.

    Met `diepte` vervalt wat dieper ligt (drc-012); zonder is er geen grens (zrc-026 (expand)).
    """
    paden = [pad for pad in tekst.split(",") if pad]
    onbekend = [pad for pad in paden if toegestaan and pad not in toegestaan]
    if onbekend:
        raise Probleem(404, detail=f"Deze relatie bestaat niet: {onbekend[0]}.")
    if len(paden) > GROOTSTE_AANTAL_PADEN:
        raise Probleem(400, code="expand-te-groot", detail=f"Hoogstens {GROOTSTE_AANTAL_PADEN} expand-paden.")
    boom: Boom = {}
    for pad in paden:
        tak = boom
        for stap in pad.split(".")[:diepte]:
            tak = tak.setdefault(stap, {})
    return boom


class Expander:
    """Voegt `_expand` toe aan weergaven van resources van één registratie."""

    def __init__(self, omgeving: Omgeving, lezers: Mapping[str, Lezer]) -> None:
        self._omgeving = omgeving
        self._lezers = lezers

    def voeg_toe(self, lezer: Lezer, weergaven: list[dict[str, Any]], boom: Boom) -> None:
        """Breid alle weergaven uit; een relatie die niet bij de resource hoort geeft 404 (zrc-025 (expand), zrc-027, drc-011 en drc-013)."""
        self._toets(lezer.bron, boom)
        for naam, tak in boom.items():
            self._breid_uit(weergaven, naam, tak)

    def _toets(self, bron: Bron, boom: Boom) -> None:
        """Elk pad bestaat, ook als er nu niets achter staat; voorbij een andere API blijkt dat pas uit wat daar staat."""
        for naam, tak in boom.items():
            if naam not in bron.expand:
                raise Probleem(404, detail=f"Deze relatie bestaat niet: {naam}.")
            doel = _doel(bron, naam) if tak else None
            if doel is not None:
                self._toets(self._omgeving.registratie.bij_model(doel), tak)

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
        if len(urls) > GROOTSTE_AANTAL_RESOURCES:
            raise Probleem(
                400, code="expand-te-groot", detail="Dit zijn te veel gegevens ineens: kies een kleinere pagina."
            )
        elders: dict[str, str] = {}
        for url in urls:
            opslag = self._omgeving.diensten.naar_opslag(url)
            id_ = id_uit_opslag(opslag, self._omgeving.registratie.naam)
            if id_ is None:
                elders[url] = opslag
            else:
                eigen.setdefault(_vorm(opslag.partition(":")[2].rpartition("/")[0]), []).append((url, id_))
        self._haal_elders(elders, gevonden)
        self._breid_andere_uit(list(gevonden.values()), tak)
        for pad, paren in eigen.items():
            self._haal_eigen(pad, paren, tak, gevonden)
        return gevonden

    def _haal_eigen(
        self, pad: str, paren: Iterable[tuple[str, UUID]], tak: Boom, gevonden: dict[str, dict[str, Any]]
    ) -> None:
        lezer = next(lezer for lezer in self._lezers.values() if _vorm(lezer.bron.pad) == pad)
        toegang, bron = self._omgeving.toegang, lezer.bron
        waar = bron.rechten.beperking(toegang, "haal", bron.scopes.get("haal", ()))
        with self._omgeving.installatie.db.lezen() as verbinding:
            rijen = lezer.met_ids(verbinding, [id_ for _, id_ in paren], waar)
        op_id = {rij["k_id"]: lezer.geef_weer(rij) for rij in rijen}
        if tak:
            self.voeg_toe(lezer, list(op_id.values()), tak)
        gevonden.update({url: op_id[id_] for url, id_ in paren if id_ in op_id})

    def _haal_elders(self, elders: Mapping[str, str], gevonden: dict[str, dict[str, Any]]) -> None:
        """Resources van andere API's die de aanroeper mag zien; is er een niet op te halen, dan 404 op het geheel (zrc-028, drc-014)."""
        zichtbaar = {url: opslag for url, opslag in elders.items() if self._mag_iets_zien(opslag)}
        bij_elkaar = self._zoek_bij_elkaar(zichtbaar)
        for url, opslag in zichtbaar.items():
            antwoord = bij_elkaar.get(opslag) or self._omgeving.ophaler.haal(url)
            if not antwoord:
                raise Probleem(404, detail="Te expanderen gegevens zijn niet op te halen.")
            if self._mag_zien(opslag, antwoord):
                gevonden[url] = dict(antwoord)

    def _zoek_bij_elkaar(self, elders: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Resources die bij hun API in één vraag te zoeken zijn, per verwijzing; wat ontbreekt wordt los opgehaald."""
        gevonden: dict[str, dict[str, Any]] = {}
        naar_opslag = self._omgeving.diensten.naar_opslag
        for verzameling in ZOEKBAAR:
            ids = [opslag.rpartition("/")[2] for opslag in elders.values() if opslag.rpartition("/")[0] == verzameling]
            for resource in self._zoek(verzameling, ids) if ids[1:] else ():
                gevonden[naar_opslag(str(resource["url"]))] = resource
        return gevonden

    def _zoek(self, verzameling: str, ids: list[str]) -> list[dict[str, Any]]:
        """Leeg als de API van een ander niet op uuid kan zoeken: dan gaat het één voor één."""
        try:
            return list(self._omgeving.ophaler.zoek(verzameling, ids))
        except ApiFout as fout:
            if isinstance(fout, NietBereikbaar):
                raise
            return []

    def _breid_andere_uit(self, weergaven: list[dict[str, Any]], tak: Boom) -> None:
        """Nog dieper, in resources van een andere API: die hebben hun verwijzingen als gewone velden."""
        for naam, onder in tak.items() if weergaven else ():
            if not any(naam in weergave for weergave in weergaven):
                raise Probleem(404, detail=f"Deze relatie bestaat niet: {naam}.")
            self._breid_uit(weergaven, naam, onder)

    def _mag_iets_zien(self, opslag: str) -> bool:
        """Heeft de aanroeper bij deze API enig leesrecht? Wie niets mag zien, laat ook niets ophalen."""
        api, _, pad = opslag.partition(":")
        toegang = self._omgeving.toegang
        if api == CATALOGI:
            ook = any(toegang.heeft(*ANDERE[andere][:2]) for andere in ("zaken", "documenten"))  # ztc-014
            return toegang.heeft("ztc", ("catalogi.lezen",)) or (ook and pad.startswith("zaaktypen/"))
        component, scopes, _ = ANDERE.get(api, ("", (), ""))
        return toegang.heeft(component, scopes)

    def _mag_zien(self, opslag: str, gevonden: Mapping[str, Any]) -> bool:
        """Valt deze resource onder een autorisatie van de aanroeper, met haar eigen type en va-grens?"""
        api = opslag.partition(":")[0]
        if api == CATALOGI:
            return True
        component, scopes, veld = ANDERE[api]
        toegang = self._omgeving.toegang
        if api == "documenten" and toegang.alleen_gereed and not gevonden.get("isGereedVoorPublicatie"):
            return False
        type_ = self._omgeving.diensten.naar_opslag(str(gevonden.get(veld, "")))
        return toegang.mag(component, scopes, type_, str(gevonden.get("vertrouwelijkheidaanduiding", "")))


def _doel(bron: Bron, relatie: str) -> type[Any] | None:
    """De tabel waar een relatie binnen deze registratie naar wijst; None als zij elders wijst."""
    naam = next(naam for naam, veld in bron.lees.model_fields.items() if relatie in (naam, veld.alias))
    afgeleid = bron.afgeleid.get(naam)
    if afgeleid is not None:
        return afgeleid.doel() if afgeleid.doel else None
    kolom = getattr(bron.model, naam)
    return tabel_achter(kolom) if kolomsoort(kolom) is Soort.EIGEN else None


def _urls(waarde: Any) -> list[str]:
    if isinstance(waarde, list):
        return [url for deel in waarde for url in _urls(deel)]
    if isinstance(waarde, dict):
        return _urls(waarde.get("url"))
    return [waarde] if isinstance(waarde, str) and waarde else []


def _vorm(pad: str) -> str:
    """Een pad zonder de ouders zelf: `zaken/<uuid>/zaakeigenschappen` en `zaken/{zaak}/zaakeigenschappen` zijn hetzelfde."""
    return "/".join("{}" if nummer % 2 else deel for nummer, deel in enumerate(pad.split("/")))
