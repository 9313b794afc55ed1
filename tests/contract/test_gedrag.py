"""Wat de conformiteitstests van de ZGW-standaard van elke registratie vragen, in de volgorde waarin zij het doen.

De gegevens zijn van hun soort: een catalogus met een kort domein, typen met alleen het nodige, statussen van voor de startdatum,
tijdstippen zonder zone, velden die niet bestaan. Bij een fout telt welke er vooraan staat.
"""

from typing import Any

import pytest

from integratie.basis import ApiFout
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from tests.contract.decor import NFE, RSIN, Aanroep, Decor
from tests.integratie.registraties.rechten import geef_rechten


def test_ac_003_het_type_hoort_bij_de_scopes(doe: Aanroep) -> None:
    """ac-003: zonder scope van de component zelf mag het type leeg zijn, met zo'n scope niet."""
    for component, type_, scope in (
        ("zrc", "zaaktype", "zaken.lezen"),
        ("drc", "informatieobjecttype", "documenten.lezen"),
        ("brc", "besluittype", "besluiten.lezen"),
    ):
        deel = {"component": component, "scopes": ["notificaties.publiceren"], type_: ""}
        invoer = {"clientIds": [f"nieuw-{component}"], "label": "Toets", "autorisaties": [deel]}
        assert doe("POST", "autorisaties:applicaties", invoer)["url"]
        deel["scopes"] = [scope]
        fout = doe.eerste_fout("POST", "autorisaties:applicaties", invoer | {"clientIds": ["ander"]})
        assert fout == (f"autorisaties.0.{type_}", "required")


def test_zrc_zaak(doe: Aanroep, decor: Decor, nergens: str) -> None:
    """zrc-001, 002, 009, 010, 011, 012 en 015 aan een zaak zelf, bij maken, vervangen en deels wijzigen."""
    zaak = decor.zaak()
    bij_alle: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"communicatiekanaal": nergens}, ("communicatiekanaal", "bad-url")),
        ({"relevanteAndereZaken": [{"url": nergens, "aardRelatie": "vervolg"}]}, ("relevanteAndereZaken.0.url", "bad-url")),
        ({"opschorting": {"wrong": "x"}}, ("opschorting.indicatie", "required")),
        ({"verlenging": {"wrong": "x"}}, ("verlenging.reden", "required")),
        ({"hoofdzaak": nergens}, ("hoofdzaak", "no_match")),
        ({"productenOfDiensten": [nergens]}, ("productenOfDiensten", "invalid-products-services")),
    ]  # fmt: skip
    for velden, verwacht in bij_alle:
        assert doe.eerste_fout("POST", "zaken:zaken", decor.zaak_json(**velden)) == verwacht
        assert doe.eerste_fout("PUT", zaak, decor.zaak_json(**velden)) == verwacht
        assert doe.eerste_fout("PATCH", zaak, velden) == verwacht
    assert doe.eerste_fout("POST", "zaken:zaken", decor.zaak_json(zaaktype=nergens)) == ("zaaktype", "bad-url")
    concept = doe.maak("catalogi:zaaktypen", decor.zaaktype_json("concept"))
    fout = doe.eerste_fout("POST", "zaken:zaken", decor.zaak_json(zaaktype=concept))
    assert fout == ("zaaktype", "not-published")
    bezet = decor.zaak_json(identificatie=doe("GET", zaak)["identificatie"])
    assert doe.eerste_fout("POST", "zaken:zaken", bezet) == ("identificatie", "identificatie-niet-uniek")
    vast = ("identificatie", "wijzigen-niet-toegelaten")
    assert doe.eerste_fout("PUT", zaak, decor.zaak_json(identificatie="anders")) == vast
    assert doe.eerste_fout("PATCH", zaak, {"identificatie": "anders"}) == vast
    zonder = decor.zaak_json()
    del zonder["vertrouwelijkheidaanduiding"]
    assert doe("POST", "zaken:zaken", zonder)["vertrouwelijkheidaanduiding"] == "openbaar"
    assert doe("PATCH", zaak, {"productenOfDiensten": ["https://toets.example/dienst/"]})["url"] == zaak


def test_zrc_012_lege_groepen(doe: Aanroep, decor: Decor) -> None:
    """zrc-012: `null` voor opschorting of verlenging is een leeg antwoord, geen fout."""
    zaak = decor.zaak()
    for veld in ("opschorting", "verlenging"):
        antwoorden = [
            doe("POST", "zaken:zaken", decor.zaak_json(**{veld: None})),
            doe("PUT", zaak, decor.zaak_json(**{veld: None})),
            doe("PATCH", zaak, {veld: None}),
        ]
        assert all(not antwoord[veld]["reden"] for antwoord in antwoorden)


def test_null_telt_als_weggelaten(doe: Aanroep, decor: Decor) -> None:
    """De conformiteitstests sturen een antwoord terug als verzoek, met null in velden die het bestand alleen als tekst kent."""
    leeg = {"opdrachtgevendeOrganisatie": None, "betalingsindicatie": None, "verlenging": None, "processobject": None}
    zaak = doe("POST", "zaken:zaken", decor.zaak_json(**leeg))
    for antwoord in (zaak, doe("PUT", zaak["url"], decor.zaak_json(**leeg)), doe("PATCH", zaak["url"], leeg)):
        assert (antwoord["opdrachtgevendeOrganisatie"], antwoord["betalingsindicatie"]) == ("", "")
    teksten = dict.fromkeys(("omschrijvingGeneriek", "toelichting", "publicatietekst"))
    zaaktype = doe("POST", "catalogi:zaaktypen", decor.zaaktype_json("nul", **teksten))
    assert {zaaktype[veld] for veld in teksten} == {""}
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": decor.besluittype, "datum": "2019-01-01"}
    assert doe("POST", "besluiten:besluiten", besluit | {"ingangsdatum": "2018-01-01", "zaak": None})["zaak"] == ""
    soort = decor.documenttype_json("Zonder categorie")
    del soort["informatieobjectcategorie"]
    assert doe("POST", "catalogi:informatieobjecttypen", soort)["informatieobjectcategorie"] == ""


def test_zrc_013_en_014(doe: Aanroep, decor: Decor) -> None:
    """Een deelzaak is geen hoofdzaak en een zaak niet haar eigen; bij `nvt` hoort geen betaaldatum."""
    zaak = decor.zaak()
    deel = decor.zaak(zaaktype=decor.deelzaaktype, hoofdzaak=zaak)
    assert doe.eerste_fout("PATCH", zaak, {"hoofdzaak": zaak}) == ("hoofdzaak", "self-forbidden")
    onder_deel = decor.zaak_json(zaaktype=decor.deelzaaktype, hoofdzaak=deel)
    assert doe.eerste_fout("POST", "zaken:zaken", onder_deel) == ("hoofdzaak", "deelzaak-als-hoofdzaak")
    betaald = {"betalingsindicatie": "nvt", "laatsteBetaaldatum": "2019-01-01T12:00:00Z"}
    verwacht = ("laatsteBetaaldatum", "betaling-nvt")
    assert doe.eerste_fout("POST", "zaken:zaken", decor.zaak_json(**betaald)) == verwacht
    assert doe("PUT", zaak, decor.zaak_json(**betaald))["laatsteBetaaldatum"] is None
    assert doe("PATCH", zaak, betaald)["laatsteBetaaldatum"] is None
    assert doe("PATCH", zaak, {"betalingsindicatie": "geheel"})["betalingsindicatie"] == "geheel"
    assert doe("PATCH", zaak, {"laatsteBetaaldatum": "2019-01-01T12:00:00Z"})["laatsteBetaaldatum"]
    assert doe("PATCH", zaak, {"betalingsindicatie": "nvt"})["laatsteBetaaldatum"] is None


def test_zrc_003_tot_006_documenten_bij_een_zaak(doe: Aanroep, decor: Decor, nergens: str) -> None:
    """zrc-003, 004 en 005: het document bestaat, zaak en document blijven, en het DRC weet van de koppeling tot zij weg is."""
    zaak, ander, document, tweede = decor.zaak(), decor.zaak(), decor.document(), decor.document()
    pad, invoer = "zaken:zaakinformatieobjecten", {"zaak": zaak, "informatieobject": document}
    vals = invoer | {"informatieobject": nergens}
    assert doe.eerste_fout("POST", pad, vals) == ("informatieobject", "bad-url")
    gemaakt = doe("POST", pad, invoer | {"registratiedatum": "1900-01-01"})
    url = gemaakt["url"]
    assert (gemaakt["aardRelatieWeergave"], gemaakt["registratiedatum"] > "2026") == (
        "Hoort bij, omgekeerd: kent",
        True,
    )
    for nieuw in ({"zaak": ander}, {"informatieobject": tweede}):
        (veld,) = nieuw
        assert doe.eerste_fout("PUT", url, invoer | nieuw) == (veld, "wijzigen-niet-toegelaten")
        assert doe.eerste_fout("PATCH", url, nieuw) == (veld, "wijzigen-niet-toegelaten")
    assert doe("PUT", url, invoer | {"titel": "nieuw"})["titel"] == "nieuw"
    spiegel = f"documenten:objectinformatieobjecten?object={zaak}"
    assert [deel["object"] for deel in doe("GET", spiegel)] == [zaak]
    assert (doe("DELETE", url), doe("GET", spiegel)) == (None, [])


def test_zrc_007_008_en_021_afsluiten_en_heropenen(doe: Aanroep, decor: Decor) -> None:
    """De eindstatus sluit, ook op een tijdstip zonder zone en van voor de start; heropenen wist wat het afsluiten afleidde."""
    zaak = decor.zaak()
    koppeling = {"zaak": zaak, "informatieobject": decor.document(indicatieGebruiksrecht=None, status="")}
    doe.maak("zaken:zaakinformatieobjecten", koppeling)
    geweigerd = decor.sluit(zaak)
    assert (geweigerd[0], geweigerd[1][0]) == (400, (NFE, "indicatiegebruiksrecht-unset"))
    zaak = decor.zaak()
    assert decor.sluit(zaak)["url"]
    gesloten = doe("GET", zaak)
    assert gesloten["einddatum"] == "2018-04-20"
    assert (gesloten["archiefnominatie"], gesloten["archiefactiedatum"]) == ("vernietigen", "2028-04-20")
    opnieuw = {"zaak": zaak, "statustype": decor.begin, "datumStatusGezet": "2018-04-23T13:37:00"}
    assert doe("POST", "zaken:statussen", opnieuw)["url"]
    heropend = doe("GET", zaak)
    assert [heropend[veld] for veld in ("einddatum", "archiefactiedatum", "archiefnominatie")] == [None] * 3


def test_zrc_007_gesloten_zaak(doe: Aanroep, decor: Decor, installatie: Installatie) -> None:
    """zrc-007: met alle scopes blijft een gesloten zaak te wijzigen; zonder de geforceerde scope is elke schrijfactie 403."""
    zaak = decor.zaak()
    decor.sluit(zaak)
    scopes = ["zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.verwijderen"]
    recht = {"component": "zrc", "scopes": scopes, "zaaktype": decor.zaaktype}
    geef_rechten(installatie, recht | {"maxVertrouwelijkheidaanduiding": "openbaar"}, namens="beperkt")
    beperkt = Aanroep(installatie, "beperkt")
    van, pand = {"zaak": zaak}, {"objectType": "pand", "objectIdentificatie": {"identificatie": "toets"}}
    resultaat = doe("GET", zaak)["resultaat"]
    pogingen: list[tuple[str, str, dict[str, Any] | None]] = [
        ("POST", "zaken:klantcontacten", van | {"datumtijd": "2019-02-22T00:00:00"}),
        ("POST", "zaken:zaakobjecten", van | pand),
        ("POST", f"{zaak}/zaakeigenschappen", van | {"eigenschap": decor.eigenschap, "waarde": "goed"}),
        ("PUT", resultaat, van | {"resultaattype": decor.resultaattype, "toelichting": "x"}),
        ("PATCH", resultaat, {"toelichting": "x"}),
        ("DELETE", resultaat, None),
        ("PUT", zaak, decor.zaak_json()),
        ("PATCH", zaak, {"toelichting": "x"}),
    ]
    for poging in pogingen:
        assert beperkt(*poging)[0] == 403, poging
    heropen = {"zaak": zaak, "statustype": decor.begin, "datumStatusGezet": "2018-04-21T17:37:00"}
    with pytest.raises(ApiFout) as fout:  # zrc-008: heropenen vraagt een eigen scope
        ZakenClient(installatie, namens="beperkt").vraag("POST", "statussen", json=heropen)
    assert (fout.value.status, fout.value.code) == (403, "permission_denied")
    for poging in pogingen:
        assert not isinstance(doe(*poging), tuple), poging


def test_ztc_001_tot_003_selectielijst(doe: Aanroep, decor: Decor, nergens: str) -> None:
    """ztc-001 en 002: wat hier niet in de selectielijst staat en er ook niet thuishoort: `invalid-resource`."""
    fout = doe.eerste_fout("POST", "catalogi:zaaktypen", decor.zaaktype_json("nieuw", selectielijstProcestype=nergens))
    assert fout == ("selectielijstProcestype", "invalid-resource")
    zaaktype = doe.maak("catalogi:zaaktypen", decor.zaaktype_json("nieuw"))
    for veld in ("resultaattypeomschrijving", "selectielijstklasse"):
        invoer = decor.resultaattype_json(zaaktype) | {veld: nergens}
        assert doe.eerste_fout("POST", "catalogi:resultaattypen", invoer) == (veld, "invalid-resource")


def test_selectielijstklasse_uit_de_lijst_van_het_zaaktype(doe: Aanroep, decor: Decor) -> None:
    """Een lijst van een dienst die wij niet kennen is niet na te gaan: van een zaak mag de klasse uit de lijst van het zaaktype komen."""
    lijst = "https://selectielijst.example/api/v1"
    invoer = decor.zaaktype_json("met", selectielijstProcestype=f"{lijst}/procestypen/1")
    zaaktype = doe.maak("catalogi:zaaktypen", invoer)
    assert doe("POST", f"{zaaktype}/publish")["concept"] is False
    klasse = f"{lijst}/resultaten/9"
    zaak = decor.zaak(zaaktype=zaaktype, selectielijstklasse=klasse)
    assert doe("GET", zaak)["selectielijstklasse"] == klasse
    geweigerd = (f"{lijst}/resultaten/", f"{lijst}/procestypen/1", "https://elders.example/api/v1/resultaten/9")
    for url in geweigerd:
        assert doe.eerste_fout("PATCH", zaak, {"selectielijstklasse": url}) == ("selectielijstklasse", "bad-url")
    ander = decor.zaak_json(selectielijstklasse=klasse)  # dit zaaktype noemt geen lijst
    assert doe.eerste_fout("POST", "zaken:zaken", ander) == ("selectielijstklasse", "bad-url")


def test_omschrijving_van_een_resultaattype_als_lijst_van_een(doe: Aanroep, kaal: Decor) -> None:
    """Zo sturen de landelijke OpenAPI-tests haar; twee is geen omschrijving."""
    invoer = kaal.resultaattype_json(doe.maak("catalogi:zaaktypen", kaal.zaaktype_json("los")))
    url = invoer["resultaattypeomschrijving"]
    lijst = invoer | {"resultaattypeomschrijving": [url]}
    assert doe("POST", "catalogi:resultaattypen", lijst)["resultaattypeomschrijving"] == url
    for verkeerd in ([], [url, url], [[url]], [None]):
        gevonden = doe.eerste_fout("POST", "catalogi:resultaattypen", invoer | {"resultaattypeomschrijving": verkeerd})
        assert gevonden[0] == "resultaattypeomschrijving"


@pytest.mark.parametrize(
    ("wijze", "gevuld", "veld", "code"),
    [
        ("afgehandeld", {"einddatumBekend": True}, "einddatumBekend", "must-be-empty"),
        ("termijn", {"procestermijn": "P5Y", "einddatumBekend": True}, "einddatumBekend", "must-be-empty"),
        ("eigenschap", {}, "datumkenmerk", "required"),
        ("hoofdzaak", {"datumkenmerk": "x"}, "datumkenmerk", "must-be-empty"),
        ("zaakobject", {"datumkenmerk": "x"}, "objecttype", "required"),
        ("eigenschap", {"datumkenmerk": "x", "objecttype": "pand"}, "objecttype", "must-be-empty"),
        ("ander_datumkenmerk", {"datumkenmerk": "x", "objecttype": "pand"}, "registratie", "required"),
        ("afgehandeld", {"registratie": "x"}, "registratie", "must-be-empty"),
        ("termijn", {}, "procestermijn", "required"),
        ("gerelateerde_zaak", {"procestermijn": "P5Y"}, "procestermijn", "must-be-empty"),
    ],
)
def test_ztc_004_tot_008_brondatum(
    doe: Aanroep, kaal: Decor, wijze: str, gevuld: dict[str, Any], veld: str, code: str
) -> None:
    """ztc-004 tot en met 008: wat bij een afleidingswijze verplicht of juist leeg is. Goede invoer mag vaker: een omschrijving is niet uniek."""
    zaaktype = doe.maak("catalogi:zaaktypen", kaal.zaaktype_json("los"))
    invoer = kaal.resultaattype_json(zaaktype, wijze, **gevuld)
    fout = (f"brondatumArchiefprocedure.{veld}", code)
    assert doe.eerste_fout("POST", "catalogi:resultaattypen", invoer) == fout
    elders = {"selectielijstklasse": "https://nergens.example/404"}
    assert doe.eerste_fout("POST", "catalogi:resultaattypen", invoer | elders) == fout  # ook dan vooraan
    goed = kaal.resultaattype_json(zaaktype)
    assert doe.maak("catalogi:resultaattypen", goed) != doe.maak("catalogi:resultaattypen", goed)


def test_ztc_009_tot_011_gepubliceerd_is_vast(doe: Aanroep, decor: Decor, installatie: Installatie) -> None:
    """Zonder geforceerde scope: een type krijgt alleen een einddatum, en onder een gepubliceerd zaaktype komt of gaat niets."""
    geef_rechten(
        installatie,
        {"component": "ztc", "scopes": ["catalogi.lezen", "catalogi.schrijven"]},
        namens="beperkt",
    )
    beperkt = Aanroep(installatie, "beperkt")
    types = {
        decor.zaaktype: decor.zaaktype_json("hoofd"),
        decor.besluittype: decor.besluittype_json("Toets"),
        decor.documenttype: decor.documenttype_json("Stuk"),
    }
    for url, invoer in types.items():
        for methode, deel in (("PUT", invoer), ("PATCH", {"toelichting": "x", "trefwoord": ["x"], "onderwerp": "x"})):
            assert beperkt.eerste_fout(methode, url, deel) == (NFE, "non-concept-object")
        assert beperkt("PATCH", url, {"eindeGeldigheid": "2030-01-01"})["eindeGeldigheid"] == "2030-01-01"
    vast = (NFE, "non-concept-zaaktype")
    los = doe.maak("catalogi:zaaktypen", decor.zaaktype_json("los"))
    nieuw: dict[str, dict[str, Any]] = {
        "roltypen": {"omschrijving": "Nieuw", "omschrijvingGeneriek": "adviseur"},
        "statustypen": {"omschrijving": "Nieuw", "volgnummer": 9},
        "resultaattypen": decor.resultaattype_json(""),
    }
    for pad, invoer in nieuw.items():
        definitief = invoer | {"zaaktype": decor.zaaktype}
        assert beperkt.eerste_fout("POST", f"catalogi:{pad}", definitief) == vast
        url = doe.maak(f"catalogi:{pad}", invoer | {"zaaktype": los})
        assert beperkt.eerste_fout("PUT", url, definitief) == vast  # erheen verplaatsen
        assert beperkt.eerste_fout("PATCH", url, {"zaaktype": decor.zaaktype}) == vast
    for url in (decor.roltype, decor.begin, decor.resultaattype):
        assert beperkt.eerste_fout("PATCH", url, {"omschrijving": "x"}) == vast
        assert beperkt.eerste_fout("DELETE", url) == vast


def test_ztc_012_en_013_relaties(doe: Aanroep, decor: Decor) -> None:
    """ztc-012: publiceren met een besluittype in concept. ztc-013: een type uit een andere catalogus, bij elke relatie."""
    concept = doe.maak("catalogi:besluittypen", decor.besluittype_json("Concept"))
    zaaktype = doe.maak("catalogi:zaaktypen", decor.zaaktype_json("los", besluittypen=[concept]))
    assert doe.eerste_fout("POST", f"{zaaktype}/publish") == (NFE, "concept-relation")
    ander = {"domein": "ZGWTT", "rsin": RSIN, "contactpersoonBeheerNaam": "Toets"}
    catalogus = doe.maak("catalogi:catalogussen", ander)
    elders: list[tuple[str, dict[str, Any]]] = [
        ("besluittypen", decor.besluittype_json("Nieuw", zaaktypen=[zaaktype])),
        ("besluittypen", decor.besluittype_json("Nieuw", informatieobjecttypen=[decor.documenttype])),
        ("zaaktypen", decor.zaaktype_json("nieuw", besluittypen=[decor.besluittype])),
        ("zaaktypen", decor.zaaktype_json("nieuw", deelzaaktypen=[decor.deelzaaktype])),
    ]
    for pad, invoer in elders:
        fout = doe.eerste_fout("POST", f"catalogi:{pad}", invoer | {"catalogus": catalogus})
        assert fout == (NFE, "relations-incorrect-catalogus")
    leeg = doe.maak("catalogi:zaaktypen", decor.zaaktype_json("leeg") | {"catalogus": catalogus})
    ziot = decor.ziot | {"zaaktype": leeg, "informatieobjecttype": decor.documenttype}
    fout = doe.eerste_fout("POST", "catalogi:zaaktype-informatieobjecttypen", ziot)
    assert fout == (NFE, "relations-incorrect-catalogus")


def test_drc_009_vergrendelen(doe: Aanroep, decor: Decor) -> None:
    """drc-009: schrijven vraagt een slot met de juiste sleutel; openen met de verkeerde sleutel of een leeg verzoek kan niet zomaar."""
    document = decor.document(status="in_bewerking")
    invoer = decor.document_json(status="in_bewerking")
    for methode, deel in (("PUT", invoer), ("PATCH", {"titel": "x"})):
        assert doe.eerste_fout(methode, document, deel | {"lock": "verkeerd"}) == (NFE, "unlocked")
    slot = doe("POST", f"{document}/lock", {})["lock"]
    assert doe.eerste_fout("POST", f"{document}/lock", {}) == (NFE, "existing-lock")
    assert doe.eerste_fout("PUT", document, invoer) == ("lock", "required")
    assert doe.eerste_fout("PATCH", document, {"titel": "x"}) == (NFE, "missing-lock-id")
    for methode, deel in (("PUT", invoer), ("PATCH", {"titel": "x"})):
        assert doe.eerste_fout(methode, document, deel | {"lock": "verkeerd"}) == (NFE, "incorrect-lock-id")
        assert doe(methode, document, deel | {"lock": slot})["url"] == document
    assert doe("POST", f"{document}/unlock", {}) is None  # met alle scopes: geforceerd
    assert doe("GET", document)["locked"] is False


def test_brc_besluit(doe: Aanroep, decor: Decor, nergens: str) -> None:
    """brc-001 tot en met 006: type, identificatie en zaak van een besluit, en de spiegel van zijn documenten in het DRC."""
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": decor.besluittype, "zaak": decor.zaak()}
    besluit |= {"datum": "2018-09-06", "ingangsdatum": "2018-10-01", "toelichting": "x"}
    pad = "besluiten:besluiten"
    assert doe.eerste_fout("POST", pad, besluit | {"besluittype": nergens}) == ("besluittype", "bad-url")
    assert doe.eerste_fout("POST", pad, besluit | {"zaak": nergens}) == ("zaak", "bad-url")
    concept = doe.maak("catalogi:besluittypen", decor.besluittype_json("Concept"))
    assert doe.eerste_fout("POST", pad, besluit | {"besluittype": concept}) == ("besluittype", "not-published")
    elders = besluit | {"zaak": decor.zaak(zaaktype=decor.deelzaaktype)}
    assert doe.eerste_fout("POST", pad, elders) == (NFE, "zaaktype-mismatch")
    gemaakt = doe("POST", pad, besluit)
    bezet = besluit | {"identificatie": gemaakt["identificatie"]}
    assert doe.eerste_fout("POST", pad, bezet) == ("identificatie", "identificatie-niet-uniek")
    doe("POST", f"{concept}/publish")
    for methode, basis in (("PUT", besluit), ("PATCH", {})):
        for veld, waarde in (("identificatie", "anders"), ("besluittype", concept)):
            fout = doe.eerste_fout(methode, gemaakt["url"], {**basis, veld: waarde})
            assert fout == (veld, "wijzigen-niet-toegelaten")


def test_brc_003_tot_008_documenten_bij_een_besluit(doe: Aanroep, decor: Decor, nergens: str) -> None:
    """Het documenttype hoort bij het besluittype; de koppeling is vast, staat in het DRC en verdwijnt daar weer."""
    naam = "Met stuk"
    soort = doe.maak("catalogi:besluittypen", decor.besluittype_json(naam, informatieobjecttypen=["Stuk"]))
    doe("POST", f"{soort}/publish")
    besluit = {"verantwoordelijkeOrganisatie": RSIN, "besluittype": soort, "datum": "2018-09-06"}
    url = doe.maak("besluiten:besluiten", besluit | {"ingangsdatum": "2018-10-01"})
    document, pad = decor.document(), "besluiten:besluitinformatieobjecten"
    invoer = {"besluit": url, "informatieobject": document}
    assert doe.eerste_fout("POST", pad, invoer | {"informatieobject": nergens}) == ("informatieobject", "bad-url")
    koppeling = doe.maak(pad, invoer)
    assert doe.eerste_fout("POST", pad, invoer) == (NFE, "unique")
    spiegel = f"documenten:objectinformatieobjecten?object={url}"
    assert [(deel["informatieobject"], deel["objectType"]) for deel in doe("GET", spiegel)] == [(document, "besluit")]
    assert (doe("DELETE", koppeling), doe("GET", spiegel)) == (None, [])
    zonder = doe.maak("besluiten:besluiten", besluit | {"besluittype": decor.besluittype, "ingangsdatum": "2018-10-01"})
    fout = doe.eerste_fout("POST", pad, invoer | {"besluit": zonder})
    assert fout == (NFE, "missing-besluittype-informatieobjecttype-relation")


def test_zrc_rollen_een_te_lange_waarde_vindt_niets(doe: Aanroep, decor: Decor) -> None:
    """De standaard geeft deze filters geen grens: een niet ingevulde plaatshouder is geen fout, er is alleen niemand die zo heet."""
    velden = ("natuurlijkPersoon__inpBsn", "natuurlijkPersoon__inpA_nummer", "vestiging__vestigingsNummer")
    zoek = "&".join(f"betrokkeneIdentificatie__{veld}=%7B%7B{veld}%7D%7D" for veld in velden)
    assert doe("GET", f"zaken:rollen?zaak={decor.zaak()}&{zoek}")["count"] == 0
