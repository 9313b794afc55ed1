"""Elke resource van de registraties met tokens: slechte verwijzingen, lussen, vreemde lichamen en acht clients tegelijk.

De resources komen uit de declaraties, met van elk een voorbeeld uit `tests.integratie.registraties.voorbeelden`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from kern.installatie import Installatie
from kit.lezen import tabel_achter
from kit.schema import Soort, kolomsoort
from tests.integratie.registraties.voorbeelden import (
    APIS,
    VOORBEELDEN,
    ZONDER_JSON,
    Gemaakt,
    Rij,
    Voorbeeld,
    bron_van,
    operaties,
    registratie,
    verwijzingen,
)

CLIENTS = 8
DIEP = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
GROOT = b'{"a":"' + b"x" * (11 << 20) + b'"}'
VREEMD = (DIEP, b"", b"null", b"[]", b"1", b'"x"', b"{", b"\xff", b'{"a":1}x', b'{"a":NaN}')
Stand = dict[str, tuple[int, int]]
T = TypeVar("T")
# Van deze mag er maar één zijn met dezelfde inhoud.
UNIEK = {
    "klantinteracties-actorklantcontact",
    "klantinteracties-partijidentificator",
    "klantinteracties-vertegenwoordiging",
    "producttypen-dmnconfig",
    "producttypen-organisatie",
    "producttypen-prijs",
    "producttypen-producttype",
    "producttypen-schema",
    "producttypen-uniformeproductnaam",
}
WOORDEN = "producttypen.zoekwoord"  # woorden om tikfouten te herkennen; een woord komt er één keer in


@pytest.fixture
def gemaakt(installatie: Installatie) -> Gemaakt:
    return Gemaakt(installatie).alles()


def stand(installatie: Installatie) -> Stand:
    """Per tabel het aantal rijen en een som over hun inhoud: elke wijziging verandert dat."""
    with installatie.db.lezen() as verbinding:
        schemas = text("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY(:namen)")
        namen = [*verbinding.scalars(schemas, {"namen": list(APIS)}), "kern.outbox", "kern.idempotentie"]
        delen = (f"SELECT '{naam}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {naam} AS t" for naam in namen)  # noqa: S608  # namen van de database zelf
        return {naam: (aantal, som) for naam, aantal, som in verbinding.execute(text(" UNION ALL ".join(delen)))}


def tegelijk(taken: Sequence[Callable[[], T]]) -> list[T]:
    with ThreadPoolExecutor(CLIENTS) as draden:
        return [toekomst.result() for toekomst in [draden.submit(taak) for taak in taken]]


def is_fout_van_de_aanroeper(antwoord: httpx.Response) -> bool:
    """Een 4xx met uitleg, zoals elke API die geeft."""
    problem = antwoord.headers["Content-Type"] == "application/problem+json"
    return 400 <= antwoord.status_code < 500 and problem and bool(antwoord.json()["title"])


def test_elke_resource_heeft_een_voorbeeld() -> None:
    daar = {(voorbeeld.api, voorbeeld.naam) for voorbeeld in VOORBEELDEN}
    te_maken = {(api, bron.enkelvoud) for api in APIS for bron in registratie(api).bronnen if "maak" in bron.operaties}
    assert te_maken - daar == ZONDER_JSON
    assert daar - te_maken == {("objecten", "object")}


# verwijzingen


def _met(lichaam: Rij, plek: tuple[Any, ...], waarde: Any) -> Rij:
    anders = deepcopy(lichaam)
    doel: Any = anders
    for stap in plek[:-1]:
        doel = doel[stap]
    doel[plek[-1]] = waarde
    return anders


def _slechte(gemaakt: Gemaakt, voorbeeld: Voorbeeld) -> Iterator[tuple[str, Rij]]:
    """Het voorbeeld, met telkens één verwijzing die niet klopt: er is niets, het is iets anders, of het is geen verwijzing."""
    for plek, doel in verwijzingen(voorbeeld.lichaam):
        als_url = doel.startswith("@@")
        veld = "url" if als_url else "uuid"
        niets = str(gemaakt.rij(doel.lstrip("@"), voorbeeld.api)[veld])[:-36] + str(uuid4())
        ander = str(gemaakt.rij("verzoek", voorbeeld.api)[veld])  # daar verwijst geen enkel voorbeeld naar
        slecht: tuple[Any, ...] = (niets, ander, "", "x", 1, [], {}, True)
        for waarde in slecht:
            yield f"{plek}={waarde!r}", _met(gemaakt.lichaam(voorbeeld), plek, waarde)


def test_slechte_verwijzingen(gemaakt: Gemaakt) -> None:
    """Bij het maken en bij het wijzigen: een 4xx met uitleg, en er is niets veranderd."""
    vooraf, fout = stand(gemaakt.installatie), []
    for voorbeeld in VOORBEELDEN:
        for naam, lichaam in _slechte(gemaakt, voorbeeld):
            doelen = [("POST", gemaakt.pad(voorbeeld))]
            doelen += [("PATCH", gemaakt.url(voorbeeld))] if "wijzig" in operaties(voorbeeld) else []
            for methode, pad in doelen:
                antwoord = gemaakt.stuur(voorbeeld.api, methode, pad, lichaam)
                if not is_fout_van_de_aanroeper(antwoord):
                    fout.append(f"{voorbeeld} {methode} {naam}: {antwoord.status_code}")
    assert fout == []
    assert stand(gemaakt.installatie) == vooraf


def _naar_zichzelf(voorbeeld: Voorbeeld) -> list[str]:
    """De velden waarmee een resource naar een resource van dezelfde soort verwijst."""
    bron = bron_van(voorbeeld)
    return [
        veld.alias or naam
        for naam, veld in (bron.schrijf.model_fields if bron else {}).items()
        if bron
        and hasattr(bron.model, naam)
        and kolomsoort(getattr(bron.model, naam)) is Soort.EIGEN
        and tabel_achter(getattr(bron.model, naam)) is bron.model
    ]


LUSSEN = {("klantinteracties", "subIdentificatorVan"), ("producttypen", "hoofd_thema")}


def test_geen_enkele_resource_verwijst_naar_zichzelf(gemaakt: Gemaakt) -> None:
    gezien, fout = set(), []
    for voorbeeld in VOORBEELDEN:
        for veld in _naar_zichzelf(voorbeeld):
            uuid = gemaakt.rijen[str(voorbeeld)]["uuid"]
            for waarde in (uuid, {"uuid": uuid}):
                antwoord = gemaakt.stuur(voorbeeld.api, "PATCH", gemaakt.url(voorbeeld), {veld: waarde})
                if not is_fout_van_de_aanroeper(antwoord):
                    fout.append(f"{voorbeeld} {veld}: {antwoord.status_code}")
            gezien.add((voorbeeld.api, veld))
    assert fout == []
    assert gezien == LUSSEN


def test_geen_lus_via_een_ander(gemaakt: Gemaakt) -> None:
    """Een thema onder zijn eigen onderthema, en partijen die zichzelf vertegenwoordigen of hun eigen contactpersoon zijn."""
    vooraf = stand(gemaakt.installatie)
    hoofd = gemaakt.rij("thema", "producttypen")
    onder = {"naam": "Onder", "hoofd_thema": hoofd["uuid"], "producttype_uuids": []}
    onderthema = gemaakt.stuur("producttypen", "POST", "themas", onder).json()
    partij = {"uuid": gemaakt.rij("partij", "klantinteracties")["uuid"]}
    contactpersoon = {
        "soortPartij": "contactpersoon",
        "partijIdentificatie": {"werkteVoorPartij": partij, "contactnaam": {"achternaam": "Wit"}},
    }
    zichzelf = {"vertegenwoordigendePartij": partij, "vertegenwoordigdePartij": partij}
    tussen = stand(gemaakt.installatie)
    for api, methode, pad, lichaam in (
        ("producttypen", "PATCH", f"themas/{hoofd['uuid']}", {"hoofd_thema": onderthema["uuid"]}),
        ("klantinteracties", "PATCH", f"partijen/{partij['uuid']}", contactpersoon),
        ("klantinteracties", "POST", "vertegenwoordigingen", zichzelf),
    ):
        assert is_fout_van_de_aanroeper(gemaakt.stuur(api, methode, pad, lichaam)), pad
    assert tussen != vooraf
    assert stand(gemaakt.installatie) == tussen


# lichamen


def test_vreemde_lichamen_bij_wat_er_is(gemaakt: Gemaakt) -> None:
    """Leeg, geen JSON, te diep of te groot, bij elke resource die bestaat."""
    vooraf, fout = stand(gemaakt.installatie), []
    for voorbeeld in VOORBEELDEN:
        methoden = {"wijzig": "PATCH", "vervang": "PUT"}
        for methode in (methoden[naam] for naam in methoden if naam in operaties(voorbeeld)):
            for lichaam in VREEMD:
                antwoord = gemaakt.stuur(voorbeeld.api, methode, gemaakt.url(voorbeeld), ruw=lichaam)
                if not is_fout_van_de_aanroeper(antwoord):
                    fout.append(f"{voorbeeld} {methode} {lichaam[:9]!r}: {antwoord.status_code}")
        if "wijzig" in operaties(voorbeeld):
            groot = gemaakt.stuur(voorbeeld.api, "PATCH", gemaakt.url(voorbeeld), ruw=GROOT).status_code
            assert groot == httpx.codes.REQUEST_ENTITY_TOO_LARGE, voorbeeld
    assert fout == []
    assert stand(gemaakt.installatie) == vooraf


def test_lijsten_onder_een_resource_weigeren_wat_zij_niet_kennen(gemaakt: Gemaakt) -> None:
    """Wat geen pad met een nummer erin heeft, staat in `test_elke_operatie`."""
    for api in APIS:
        for bron in registratie(api).bronnen:
            if "lijst" in bron.operaties and "{" in bron.pad:
                ouder = bron.pad.partition("{")[2].partition("}")[0].removesuffix("_uuid").replace("_", "")
                pad = bron.pad.partition("{")[0] + gemaakt.rij(ouder, api)["uuid"] + bron.pad.partition("}")[2]
                assert gemaakt.stuur(api, "GET", pad).status_code == httpx.codes.OK, pad
                assert is_fout_van_de_aanroeper(gemaakt.stuur(api, "GET", f"{pad}?onzin=1")), pad


# acht clients

# Alleen verwijzingen, een gepubliceerde versie, of een bericht dat alleen geopend kan worden.
ZONDER_TEKST = {
    "klantinteracties-categorierelatie",
    "klantinteracties-actorklantcontact",
    "klantinteracties-vertegenwoordiging",
    "verzoeken-verzoektypeversie",
    "berichten-bericht",
}


def _velden(gemaakt: Gemaakt, voorbeeld: Voorbeeld) -> list[str]:
    """De velden die los te wijzigen zijn in een andere tekst (dat blijkt door het te doen), of anders wat in het voorbeeld verschilt."""
    bron = bron_van(voorbeeld)
    schema = bron.invoer("partial_update").model_json_schema()["properties"] if bron else {}
    vrij = [
        naam
        for naam, veld in schema.items()
        if veld.get("type") == "string" and not {"enum", "format", "pattern"} & set(veld)
    ][:CLIENTS]
    teksten = [naam for naam in vrij if all(_wordt(gemaakt, voorbeeld, naam, tekst) for tekst in ("een", "twee"))]
    return (teksten or [naam for naam, waarde in voorbeeld.lichaam.items() if "#" in str(waarde)])[:CLIENTS]


def _wordt(gemaakt: Gemaakt, voorbeeld: Voorbeeld, naam: str, tekst: str) -> bool:
    antwoord = gemaakt.stuur(voorbeeld.api, "PATCH", gemaakt.url(voorbeeld), {naam: tekst})
    return antwoord.status_code == httpx.codes.OK and antwoord.json()[naam] == tekst


def _zet(gemaakt: Gemaakt, voorbeeld: Voorbeeld, lichaam: Rij) -> int:
    return gemaakt.stuur(voorbeeld.api, "PATCH", gemaakt.url(voorbeeld), lichaam).status_code


def _lees(gemaakt: Gemaakt, voorbeeld: Voorbeeld) -> Rij:
    rij: Rij = gemaakt.stuur(voorbeeld.api, "GET", gemaakt.url(voorbeeld)).json()
    return rij


def _komt_voor(gestuurd: Any, gelezen: Any) -> bool:
    """Alles wat gestuurd is staat in wat gelezen is."""
    if isinstance(gestuurd, dict):
        return all(_komt_voor(waarde, gelezen.get(naam)) for naam, waarde in gestuurd.items())
    if isinstance(gestuurd, list):
        return all(_komt_voor(een, ander) for een, ander in zip(gestuurd, gelezen, strict=True))
    return bool(gestuurd == gelezen) or gestuurd in ("1", "12.50")  # een bedrag komt als getal terug


def test_acht_clients_wijzigen_dezelfde_resource(gemaakt: Gemaakt) -> None:
    """Elk een eigen veld, zolang er velden zijn: geen wijziging gaat verloren, ook al schrijft PATCH de hele rij."""
    fout, zonder = [], set()
    for voorbeeld in (deel for deel in VOORBEELDEN if "wijzig" in operaties(deel)):
        velden = [] if str(voorbeeld) in ZONDER_TEKST else _velden(gemaakt, voorbeeld)
        zonder |= set() if velden else {str(voorbeeld)}
        if velden:
            zetten = [_zetting(gemaakt, voorbeeld, velden[nr % len(velden)], f"client {nr}") for nr in range(CLIENTS)]
            statussen = Counter(tegelijk([partial(_zet, gemaakt, voorbeeld, zet) for zet in zetten]))
            fout += [f"{voorbeeld} {statussen}"] if set(statussen) != {httpx.codes.OK} else []
            nu = _lees(gemaakt, voorbeeld)
            kwijt = [veld for veld in velden if not any(veld in zet and _komt_voor(zet, nu) for zet in zetten)]
            fout += [f"{voorbeeld} {veld}: {nu[veld]}" for veld in kwijt]
    assert fout == []
    assert zonder == ZONDER_TEKST


def _zetting(gemaakt: Gemaakt, voorbeeld: Voorbeeld, veld: str, tekst: str) -> Rij:
    nieuw = gemaakt.lichaam(voorbeeld).get(veld)
    return {veld: tekst if nieuw is None or (isinstance(nieuw, str) and voorbeeld.naam != "rekeningnummer") else nieuw}


def _groei(voor: Stand, na: Stand) -> Counter[str]:
    return Counter(
        {naam: na[naam][0] - voor[naam][0] for naam in na if naam != WOORDEN and na[naam][0] != voor[naam][0]}
    )


def _los(gemaakt: Gemaakt, voorbeeld: Voorbeeld) -> tuple[Counter[str], Rij]:
    """Wat er bij komt als één client het maakt, en een lichaam om het nog eens te maken."""
    pad, lichaam, voor = gemaakt.pad(voorbeeld), gemaakt.lichaam(voorbeeld), stand(gemaakt.installatie)
    if gemaakt.stuur(voorbeeld.api, "POST", pad, lichaam).status_code == httpx.codes.CREATED:
        return _groei(voor, stand(gemaakt.installatie)), gemaakt.lichaam(voorbeeld)
    # Er mag er maar één zijn: dan eerst weg wat er is.
    assert gemaakt.stuur(voorbeeld.api, "DELETE", gemaakt.url(voorbeeld)).status_code == httpx.codes.NO_CONTENT
    voor = stand(gemaakt.installatie)
    rij = gemaakt.maak(voorbeeld)
    groei = _groei(voor, stand(gemaakt.installatie))
    gemaakt.stuur(voorbeeld.api, "DELETE", gemaakt.url_van(voorbeeld, rij))
    return groei, lichaam


def test_acht_clients_maken_hetzelfde(gemaakt: Gemaakt) -> None:
    """Wat uniek is blijft uniek, niemand krijgt een 5xx, en van wie een fout kreeg staat er niets: alles of niets."""
    fout, een_wint = [], set()
    for voorbeeld in VOORBEELDEN:
        groei, lichaam = _los(gemaakt, voorbeeld)
        voor = stand(gemaakt.installatie)
        maak = partial(gemaakt.stuur, voorbeeld.api, "POST", gemaakt.pad(voorbeeld), lichaam)
        statussen = Counter(antwoord.status_code for antwoord in tegelijk([maak] * CLIENTS))
        gelukt = statussen[httpx.codes.CREATED]
        gegroeid = _groei(voor, stand(gemaakt.installatie))
        verwacht = Counter({naam: aantal * gelukt for naam, aantal in groei.items()})
        een_wint |= {str(voorbeeld)} if gelukt == 1 else set()
        if not gelukt or set(statussen) - {201, 400, 409} or gegroeid != verwacht:
            fout.append(f"{voorbeeld}: {statussen} {gegroeid} {verwacht}")
    assert fout == []
    assert een_wint == UNIEK


def test_acht_keer_hetzelfde_verzoek_maakt_er_een(gemaakt: Gemaakt) -> None:
    """Met dezelfde Idempotency-Key: acht keer hetzelfde antwoord, en het is één keer gemaakt."""
    fout = []
    for voorbeeld in VOORBEELDEN:
        groei, lichaam = _los(gemaakt, voorbeeld)
        voor, pad = stand(gemaakt.installatie), gemaakt.pad(voorbeeld)
        maak = partial(gemaakt.stuur, voorbeeld.api, "POST", pad, lichaam, sleutel=str(voorbeeld))
        antwoorden = Counter((antwoord.status_code, antwoord.text) for antwoord in tegelijk([maak] * CLIENTS))
        gegroeid = _groei(voor, stand(gemaakt.installatie))
        klopt = [status for status, _ in antwoorden] == [httpx.codes.CREATED]
        if not klopt or gegroeid != groei + Counter({"kern.idempotentie": 1}):
            fout.append(f"{voorbeeld}: {antwoorden} {gegroeid} {groei}")
    assert fout == []


def test_samengesteld_is_alles_of_niets_ook_met_acht_tegelijk(gemaakt: Gemaakt) -> None:
    """De helft struikelt pas in de database, halverwege de transactie: daarvan blijft niets staan."""
    actor = {"uuid": gemaakt.rij("actor", "klantinteracties")["uuid"]}
    contact = {"kanaal": "telefoon", "onderwerp": "Vraag", "taal": "nld", "vertrouwelijk": False}
    goed = {
        "klantcontact": contact,
        "betrokkenen": [{"rol": "klant", "initiator": True}],
        "onderwerpobjecten": [{"onderwerpobjectidentificator": {"objectId": "Z1"}}],
        "interneTaak": {"gevraagdeHandeling": "Bel", "status": "te_verwerken", "toegewezenAanActoren": [actor]},
        "actoren": [actor],
    }
    pad, fout = "klantcontacten/_afronden", {**goed, "actoren": [actor, actor]}
    nul = stand(gemaakt.installatie)
    assert gemaakt.stuur("klantinteracties", "POST", pad, goed).status_code == httpx.codes.CREATED
    een = stand(gemaakt.installatie)
    taken = [partial(gemaakt.stuur, "klantinteracties", "POST", pad, lichaam) for lichaam in (goed, fout)]
    statussen = Counter(antwoord.status_code for antwoord in tegelijk(taken * (CLIENTS // 2)))
    assert statussen == {201: CLIENTS // 2, 400: CLIENTS // 2}
    erbij = _groei(een, stand(gemaakt.installatie))
    assert erbij == Counter({naam: aantal * CLIENTS // 2 for naam, aantal in _groei(nul, een).items()})
    assert erbij["klantinteracties.internetaak"] == CLIENTS // 2


def test_acht_clients_verwijderen_en_wijzigen_hetzelfde(gemaakt: Gemaakt) -> None:
    """Er is er hoogstens één die het verwijdert; daarna is het voor iedereen weg, of het staat er nog heel."""
    fout = []
    for voorbeeld in reversed([deel for deel in VOORBEELDEN if "verwijder" in operaties(deel)]):
        url = gemaakt.url(voorbeeld)
        weg = partial(gemaakt.stuur, voorbeeld.api, "DELETE", url)
        wijzig = partial(gemaakt.stuur, voorbeeld.api, "PATCH", url, {})
        statussen = Counter(antwoord.status_code for antwoord in tegelijk([weg, wijzig] * (CLIENTS // 2)))
        daarna = gemaakt.stuur(voorbeeld.api, "GET", url).status_code
        if (statussen[204], daarna) not in ((1, 404), (0, 200)) or any(status >= 500 for status in statussen):
            fout.append(f"{voorbeeld}: {statussen}, daarna {daarna}")
    assert fout == []
