"""Wat de conformiteitstests van de Autorisaties en de Catalogi API vragen, waar `test_gedrag` het nog niet deed."""

from typing import Any

import pytest

from kern.installatie import Installatie
from tests.contract.decor import NFE, Aanroep, Decor
from tests.integratie.registraties.rechten import geef_rechten

VAST = (NFE, "non-concept-zaaktype")
VULLING = {"datumkenmerk": "identificatie", "objecttype": "pand", "registratie": "toets", "procestermijn": "P5M"}
LEEG = {"datumkenmerk": "", "objecttype": "", "registratie": "", "procestermijn": None}
WIJZEN: dict[str, tuple[tuple[str, ...], bool]] = {
    "afgehandeld": ((), False),
    "ander_datumkenmerk": (("datumkenmerk", "objecttype", "registratie"), True),
    "eigenschap": (("datumkenmerk",), True),
    "gerelateerde_zaak": ((), True),
    "hoofdzaak": ((), True),
    "ingangsdatum_besluit": ((), True),
    "termijn": (("procestermijn",), False),
    "vervaldatum_besluit": ((), True),
    "zaakobject": (("datumkenmerk", "objecttype"), True),
}
"""Per afleidingswijze wat verplicht is (de rest is leeg), en of `einddatumBekend` waar mag zijn."""
EIGENSCHAP = {"formaat": "tekst", "lengte": "5", "kardinaliteit": "113", "waardenverzameling": ["toets"]}


def test_ac_001_en_002_applicaties(doe: Aanroep) -> None:
    """Een client-id hoort bij één applicatie; alle autorisaties en een lijst gaan niet samen, en één van beide moet."""
    lezen = {"component": "zrc", "scopes": ["zaken.lezen"], "zaaktype": "https://toets.example/zaaktypen/1"}
    lijst = [lezen | {"maxVertrouwelijkheidaanduiding": "openbaar"}]
    eerste = {"clientIds": ["een", "twee"], "label": "Toets", "autorisaties": lijst}
    pad = "autorisaties:applicaties"
    assert doe("POST", pad, eerste)["heeftAlleAutorisaties"] is False
    alles: dict[str, Any] = {"clientIds": ["drie"], "label": "Toets", "heeftAlleAutorisaties": True, "autorisaties": []}
    assert doe.eerste_fout("POST", pad, alles | {"clientIds": ["een"]}) == ("clientIds", "clientId-exists")
    dubbel, geen = alles | {"autorisaties": lijst}, alles | {"heeftAlleAutorisaties": False}
    assert doe.eerste_fout("POST", pad, dubbel) == (NFE, "ambiguous-authorizations-specified")
    assert doe.eerste_fout("POST", pad, geen) == (NFE, "missing-authorizations")


def onderdelen(decor: Decor) -> dict[str, dict[str, Any]]:
    """Van elk soort onderdeel van een zaaktype een verzoek dat klopt, op het zaaktype na."""
    return {
        "eigenschappen": {"naam": "Nieuw", "definitie": "Toets", "specificatie": EIGENSCHAP},
        "roltypen": {"omschrijving": "Nieuw", "omschrijvingGeneriek": "adviseur"},
        "statustypen": {"omschrijving": "Nieuw", "volgnummer": 100},
        "resultaattypen": decor.resultaattype_json(""),
        "zaaktype-informatieobjecttypen": decor.ziot | {"volgnummer": 100},
    }


def test_ztc_010_onderdelen_van_een_gepubliceerd_zaaktype(doe: Aanroep, decor: Decor, installatie: Installatie) -> None:
    """Wijzigen en weghalen kan alleen bij een concept, ook met alle rechten; met de geforceerde scopes bij naam is het een correctie.

    Alle rechten laten wel toe dat er iets bijkomt, behalve een resultaattype.
    """
    scopes = ["catalogi.lezen", "catalogi.schrijven"]
    geforceerd = [*scopes, "catalogi.geforceerd-schrijven", "catalogi.geforceerd-verwijderen"]
    geef_rechten(installatie, {"component": "ztc", "scopes": scopes}, namens="beperkt")
    geef_rechten(installatie, {"component": "ztc", "scopes": geforceerd}, namens="dwingend")
    beperkt, dwingend = Aanroep(installatie, "beperkt"), Aanroep(installatie, "dwingend")
    for pad, velden in onderdelen(decor).items():
        invoer = velden | {"zaaktype": decor.zaaktype}
        assert beperkt.eerste_fout("POST", f"catalogi:{pad}", invoer) == VAST, pad
        resultaat = pad == "resultaattypen"
        if resultaat:
            assert doe.eerste_fout("POST", f"catalogi:{pad}", invoer | {"omschrijving": "Anders"}) == VAST
        url = (dwingend if resultaat else doe).maak(f"catalogi:{pad}", invoer | {"omschrijving": "Anders"})
        wijzigingen: list[tuple[str, Any]] = [("PUT", invoer), ("PATCH", {"omschrijving": "ja"}), ("DELETE", None)]
        for methode, deel in wijzigingen:
            assert beperkt.eerste_fout(methode, url, deel) == VAST, (pad, methode)
            assert doe.eerste_fout(methode, url, deel) == VAST, (pad, methode)
        assert dwingend("PATCH", url, {"omschrijving": "ja"})["url"] == url
        assert dwingend("DELETE", url) is None


def test_ztc_011_relaties_met_gepubliceerde_typen(doe: Aanroep, decor: Decor, installatie: Installatie) -> None:
    """ztc-011 verviel voor de typen zelf: een concept mag naar gepubliceerde typen wijzen, en is te wijzigen en te verwijderen.

    De oude conformiteitstests vroegen hier `non-concept-relation`; zie docs/standaarden/afwijkingen.md.
    """
    scopes = ["catalogi.lezen", "catalogi.schrijven"]
    geef_rechten(installatie, {"component": "ztc", "scopes": scopes}, namens="beperkt")
    beperkt = Aanroep(installatie, "beperkt")
    relaties = {"zaaktypen": [decor.zaaktype], "informatieobjecttypen": [decor.documenttype]}
    invoer = decor.besluittype_json("Toets", **relaties) | {"beginGeldigheid": "2040-01-01"}
    versie = beperkt.maak("catalogi:besluittypen", invoer)  # het gepubliceerde zaaktype noemt deze naam
    assert beperkt("PUT", versie, invoer | {"toelichting": "x"})["toelichting"] == "x"
    assert beperkt("PATCH", versie, {"toelichting": "y"})["toelichting"] == "y"
    assert beperkt("DELETE", versie) is None
    zaaktype = decor.zaaktype_json("nieuw", besluittypen=[decor.besluittype], deelzaaktypen=[decor.deelzaaktype])
    url = beperkt.maak("catalogi:zaaktypen", zaaktype)
    assert beperkt("PATCH", url, {"besluittypen": []})["besluittypen"] == []
    assert beperkt.maak("catalogi:zaaktype-informatieobjecttypen", decor.ziot | {"zaaktype": url})


def test_ztc_004_tot_008_elke_afleidingswijze(doe: Aanroep, kaal: Decor) -> None:
    """De hele tabel: wat bij elke afleidingswijze moet, mag, en leeg blijft."""
    zaaktype, pad = doe.maak("catalogi:zaaktypen", kaal.zaaktype_json("los")), "catalogi:resultaattypen"
    for wijze, (verplicht, eind_mag) in WIJZEN.items():
        goed = {naam: VULLING[naam] if naam in verplicht else LEEG[naam] for naam in VULLING}
        doe.maak(pad, kaal.resultaattype_json(zaaktype, wijze, **goed, einddatumBekend=eind_mag))
        for naam, vulling in VULLING.items():
            anders = goed | {naam: LEEG[naam] if naam in verplicht else vulling}
            fout = doe.eerste_fout("POST", pad, kaal.resultaattype_json(zaaktype, wijze, **anders))
            code = "required" if naam in verplicht else "must-be-empty"
            assert fout == (f"brondatumArchiefprocedure.{naam}", code), (wijze, naam)
        if not eind_mag:
            fout = doe.eerste_fout("POST", pad, kaal.resultaattype_json(zaaktype, wijze, **goed, einddatumBekend=True))
            assert fout == ("brondatumArchiefprocedure.einddatumBekend", "must-be-empty"), wijze


@pytest.fixture
def versies(doe: Aanroep, kaal: Decor) -> dict[str, str]:
    """Van een documenttype en een besluittype een concept en een versie die nu geldt, en de geldige URL's."""
    uit = {}
    nu, later = {"eindeGeldigheid": "2100-01-01"}, {"beginGeldigheid": "2300-01-01", "eindeGeldigheid": "2400-01-01"}
    soorten = {
        "informatieobjecttypen": kaal.documenttype_json("Stuk"),
        "besluittypen": kaal.besluittype_json("Besluit", informatieobjecttypen=["Stuk"]),
    }
    for pad, invoer in soorten.items():
        doe.maak(f"catalogi:{pad}", invoer | nu)  # blijft een concept
        uit[pad] = doe.maak(f"catalogi:{pad}", invoer | nu)
        for url in (uit[pad], doe.maak(f"catalogi:{pad}", invoer | later)):
            assert doe("POST", f"{url}/publish")["concept"] is False
    return uit


def test_ztc_alleen_wat_nu_geldt_staat_in_een_antwoord(doe: Aanroep, kaal: Decor, versies: dict[str, str]) -> None:
    """Een relatie op naam toont precies de gepubliceerde versie van nu: geen concept, en geen versie van later."""
    documenttype, besluittype = versies["informatieobjecttypen"], versies["besluittypen"]
    assert doe("GET", besluittype)["informatieobjecttypen"] == [documenttype]
    lijst = doe("GET", "catalogi:besluittypen?omschrijving=Besluit&datumGeldigheid=2024-09-23")
    assert [deel["url"] for deel in lijst["results"]] == [besluittype]
    assert lijst["results"][0]["informatieobjecttypen"] == [documenttype]
    zelf = kaal.zaaktype_json("zelf", beginGeldigheid="2005-01-01", eindeGeldigheid="2100-01-01")
    doe.maak("catalogi:zaaktypen", zelf)  # blijft een concept
    gerelateerd = [{"zaaktype": "zelf", "aardRelatie": "vervolg", "toelichting": ""}]
    relaties = {"deelzaaktypen": ["zelf"], "besluittypen": ["Besluit"], "gerelateerdeZaaktypen": gerelateerd}
    zaaktype = doe.maak("catalogi:zaaktypen", zelf | relaties)
    ziot = {"zaaktype": zaaktype, "informatieobjecttype": "Stuk", "volgnummer": 1, "richting": "inkomend"}
    doe.maak("catalogi:zaaktype-informatieobjecttypen", ziot)
    assert doe("POST", f"{zaaktype}/publish")["concept"] is False
    gelezen = doe("GET", zaaktype)
    assert (gelezen["deelzaaktypen"], gelezen["besluittypen"]) == ([zaaktype], [besluittype])
    assert gelezen["informatieobjecttypen"] == [documenttype]
    assert [deel["zaaktype"] for deel in gelezen["gerelateerdeZaaktypen"]] == [zaaktype]


def test_ztc_een_concept_toont_wat_er_nog_niet_gepubliceerd_is(doe: Aanroep, kaal: Decor) -> None:
    """Wie een catalogus opbouwt leest terug wat hij schreef: namen van concepten, beide kanten op en in zijn eigen volgorde.

    Na publiceren staat er alleen nog wat gepubliceerd is.
    """
    soorten = [doe.maak("catalogi:informatieobjecttypen", kaal.documenttype_json(naam)) for naam in ("Een", "Twee")]
    besluittype = doe.maak("catalogi:besluittypen", kaal.besluittype_json("B", informatieobjecttypen=["Een", "Twee"]))
    delen = {naam: doe.maak("catalogi:zaaktypen", kaal.zaaktype_json(naam)) for naam in ("b", "a")}
    gerelateerd = [{"zaaktype": naam, "aard_relatie": "bijdrage", "toelichting": ""} for naam in delen]
    relaties = {"besluittypen": ["B"], "deelzaaktypen": ["a", "b"], "gerelateerdeZaaktypen": gerelateerd}
    zaaktype = doe.maak("catalogi:zaaktypen", kaal.zaaktype_json("hoofd", **relaties))
    ziot = {"zaaktype": zaaktype, "informatieobjecttype": "Een", "volgnummer": 2, "richting": "intern"}
    doe.maak("catalogi:zaaktype-informatieobjecttypen", ziot)
    gelezen = doe("PATCH", zaaktype, {"besluittypen": ["B"], "deelzaaktypen": ["a", "b"]})
    assert (gelezen["besluittypen"], set(gelezen["deelzaaktypen"])) == ([besluittype], set(delen.values()))
    assert [deel["zaaktype"] for deel in gelezen["gerelateerdeZaaktypen"]] == list(delen.values())
    assert gelezen["informatieobjecttypen"] == [soorten[0]]
    gelezen = doe("GET", besluittype)
    assert (set(gelezen["informatieobjecttypen"]), gelezen["zaaktypen"]) == (set(soorten), [zaaktype])
    assert set(doe("GET", f"{besluittype}?datumGeldigheid=2020-01-01")["informatieobjecttypen"]) == set(soorten)
    gelezen = doe("GET", soorten[0])
    assert (gelezen["besluittypen"], gelezen["zaaktypen"]) == ([besluittype], [zaaktype])
    for type_ in (*soorten, besluittype):
        assert doe("POST", f"{type_}/publish")["concept"] is False
    assert doe("GET", besluittype)["zaaktypen"] == []
    assert doe("GET", soorten[0])["besluittypen"] == [besluittype]
