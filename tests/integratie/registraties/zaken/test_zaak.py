"""De regels van de resource zaak, elk door de hele API."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from integratie.basis import ApiFout
from integratie.catalogi import CatalogiClient
from integratie.zaken import ZakenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from registraties.zaken.modellen import Zaak
from tests.integratie.registraties.rechten import fouten_van
from tests.integratie.registraties.typen import RSIN, Typen, maak_typen, zaaktype_invoer
from tests.integratie.registraties.zaken.hulp import maak_document, maak_zaak, rol_json, zaak_json, zet_status

ONBEKEND = "00000000-0000-4000-8000-000000000000"


def test_nieuwe_zaak_krijgt_afgeleide_waarden(zaken: ZakenClient, typen: Typen, klok: VerzetbareKlok) -> None:
    """zrc-002, zrc-009, zrc-012 en wat [OZ] afleidt uit het zaaktype."""
    zaak = maak_zaak(zaken, typen)
    assert zaak["identificatie"].startswith("ZAAK-2026-")
    assert zaak["vertrouwelijkheidaanduiding"] == "intern"
    assert zaak["registratiedatum"] == klok.vandaag().isoformat()
    assert zaak["einddatumGepland"] == "2026-02-02"
    assert zaak["uiterlijkeEinddatumAfdoening"] == "2026-03-02"
    assert zaak["verlenging"] == {"reden": "", "duur": None}
    assert zaak["opschorting"] == {"indicatie": False, "reden": "", "eerdereOpschorting": False}
    assert zaak["archiefstatus"] == "nog_te_archiveren"
    assert (zaak["status"], zaak["resultaat"], zaak["einddatum"]) == (None, None, None)
    assert maak_zaak(zaken, typen, vertrouwelijkheidaanduiding="geheim")["vertrouwelijkheidaanduiding"] == "geheim"


def test_zaaktype_is_een_gepubliceerd_zaaktype(installatie: Installatie, baas: ZakenClient, typen: Typen) -> None:
    """zrc-001: wijzigen mag, zolang er nog niets onder hangt dat bij het oude zaaktype hoort."""
    catalogi = CatalogiClient(installatie, namens="catalogi")
    concept = catalogi.zorg_voor_zaaktype(zaaktype_invoer(typen.catalogus, "CONCEPT")).url
    gevallen = {
        f"{typen.zaaktype.rpartition('/')[0]}/{ONBEKEND}": "bad-url",
        "https://elders.example/zaaktypen/1": "bad-url",
        typen.begin: "invalid-resource",
        concept: "not-published",
    }
    for zaaktype, code in gevallen.items():
        assert fouten_van(baas, "POST", "zaken", zaak_json(typen, zaaktype=zaaktype)) == {"zaaktype": code}
    zaak = maak_zaak(baas, typen)["url"]
    ander = maak_typen(installatie, "ANDER").zaaktype
    for zaaktype, code in gevallen.items():
        assert fouten_van(baas, "PATCH", zaak, {"zaaktype": zaaktype}) == {"zaaktype": code}
    assert baas.vraag("PATCH", zaak, json={"zaaktype": ander})["zaaktype"] == ander
    baas.vraag("PATCH", zaak, json={"zaaktype": typen.zaaktype})
    zet_status(baas, zaak, typen.begin)
    assert fouten_van(baas, "PATCH", zaak, {"zaaktype": ander}) == {"zaaktype": "wijzigen-niet-toegelaten"}


def test_identificatie_is_uniek_en_blijft(zaken: ZakenClient, typen: Typen) -> None:
    """zrc-002."""
    zaak = maak_zaak(zaken, typen, identificatie="Z-1")
    dubbel = {"identificatie": "identificatie-niet-uniek"}
    assert fouten_van(zaken, "POST", "zaken", zaak_json(typen, identificatie="Z-1")) == dubbel
    assert maak_zaak(zaken, typen, identificatie="Z-1", bronorganisatie="999990561")["identificatie"] == "Z-1"
    geweigerd = "wijzigen-niet-toegelaten"
    assert fouten_van(zaken, "PATCH", zaak["url"], {"identificatie": "Z-2"}) == {"identificatie": geweigerd}
    assert fouten_van(zaken, "PATCH", zaak["url"], {"bronorganisatie": "999990561"}) == {"bronorganisatie": geweigerd}
    assert zaken.vraag("PUT", zaak["url"], json=zaak_json(typen))["identificatie"] == "Z-1"


def test_nummers_zijn_ook_gelijktijdig_uniek(zaken: ZakenClient, typen: Typen) -> None:
    with ThreadPoolExecutor(8) as draden:
        nummers = list(draden.map(lambda _: maak_zaak(zaken, typen)["identificatie"], range(16)))
    assert len(set(nummers)) == 16


def test_hoofdzaak(zaken: ZakenClient, typen: Typen) -> None:
    """zrc-013."""
    hoofd = maak_zaak(zaken, typen)["url"]
    deel = maak_zaak(zaken, typen, hoofdzaak=hoofd)["url"]
    zaak = maak_zaak(zaken, typen)["url"]
    assert zaken.vraag("GET", hoofd)["deelzaken"] == [deel]
    gevallen = (
        (zaak, {"hoofdzaak": zaak}, "self-forbidden"),
        (zaak, {"hoofdzaak": deel}, "deelzaak-als-hoofdzaak"),
        (hoofd, {"hoofdzaak": zaak}, "deelzaak-als-hoofdzaak"),
        (zaak, {"hoofdzaak": f"{hoofd.rpartition('/')[0]}/{ONBEKEND}"}, "no_match"),
        (zaak, {"hoofdzaak": "geen url"}, "bad-url"),
    )
    for url, json, code in gevallen:
        assert fouten_van(zaken, "PATCH", url, json) == {"hoofdzaak": code}
    zaken.vraag("DELETE", hoofd)
    assert zaken.vraag("GET", "zaken")["count"] == 1


def test_betaling(zaken: ZakenClient, typen: Typen, klok: VerzetbareKlok) -> None:
    """zrc-014."""
    datum = "2026-01-05T10:00:00Z"
    nvt = zaak_json(typen, betalingsindicatie="nvt", laatsteBetaaldatum=datum)
    assert fouten_van(zaken, "POST", "zaken", nvt) == {"laatsteBetaaldatum": "betaling-nvt"}
    morgen = (klok.nu() + timedelta(days=1)).isoformat()
    later = zaak_json(typen, betalingsindicatie="geheel", laatsteBetaaldatum=morgen)
    assert fouten_van(zaken, "POST", "zaken", later) == {"laatsteBetaaldatum": "future_not_allowed"}
    zaak = maak_zaak(zaken, typen, betalingsindicatie="geheel", laatsteBetaaldatum=datum)
    assert (zaak["laatsteBetaaldatum"], zaak["betalingsindicatieWeergave"][-15:]) == (datum, "geheel betaald.")
    leeg = zaken.vraag("PATCH", zaak["url"], json={"betalingsindicatie": "nvt"})
    assert leeg["laatsteBetaaldatum"] is None


def test_producten_van_het_zaaktype(zaken: ZakenClient, typen: Typen) -> None:
    """zrc-015."""
    goed = maak_zaak(zaken, typen, productenOfDiensten=["https://producten.example/1"])
    assert goed["productenOfDiensten"] == ["https://producten.example/1"]
    anders = zaak_json(typen, productenOfDiensten=["https://producten.example/2"])
    assert fouten_van(zaken, "POST", "zaken", anders) == {"productenOfDiensten": "invalid-products-services"}


def test_relevante_andere_zaken(zaken: ZakenClient, typen: Typen) -> None:
    """zrc-011."""
    ander = maak_zaak(zaken, typen)["url"]
    relaties = [{"url": ander, "aardRelatie": "vervolg"}]
    assert maak_zaak(zaken, typen, relevanteAndereZaken=relaties)["relevanteAndereZaken"] == relaties
    weg = {"url": f"{ander[:-4]}0000", "aardRelatie": "vervolg"}
    json = zaak_json(typen, relevanteAndereZaken=[*relaties, weg])
    assert fouten_van(zaken, "POST", "zaken", json) == {"relevanteAndereZaken.1.url": "bad-url"}


def test_gegevensgroepen(zaken: ZakenClient, typen: Typen) -> None:
    """zrc-012: null telt als weggelaten, een leeg object niet."""
    zaak = maak_zaak(zaken, typen, verlenging=None, opschorting=None, processobject=None)
    assert zaak["opschorting"] == {"indicatie": False, "reden": "", "eerdereOpschorting": False}
    leeg: dict[str, Any] = {"opschorting": {}, "verlenging": {"duur": "P1D"}}
    assert fouten_van(zaken, "POST", "zaken", zaak_json(typen, **leeg)) == {
        "opschorting.indicatie": "required",
        "opschorting.reden": "required",
        "verlenging.reden": "required",
    }
    te_lang = {"verlenging": {"reden": "Druk", "duur": "P1000000000000D"}}
    assert fouten_van(zaken, "PATCH", zaak["url"], te_lang) == {"verlenging.duur": "invalid"}
    zonder_duur = {"verlenging": {"reden": "Druk", "duur": None}}
    assert fouten_van(zaken, "PATCH", zaak["url"], zonder_duur) == {"verlenging.duur": "null"}
    terug = zaken.vraag("PATCH", zaak["url"], json={"verlenging": zaak["verlenging"]})
    assert terug["verlenging"] == {"reden": "", "duur": None}
    assert "opschorting.reden" in fouten_van(zaken, "PATCH", zaak["url"], {"opschorting": {"indicatie": True}})


def test_eerdere_opschorting(zaken: ZakenClient, typen: Typen) -> None:
    """[OZ]: een opschorting die voorbij is, blijft te zien; zelf zetten telt niet."""
    zaak = maak_zaak(zaken, typen, opschorting={"indicatie": True, "reden": "x", "eerdereOpschorting": True})
    assert zaak["opschorting"]["eerdereOpschorting"] is False
    for indicatie, eerder in ((False, True), (True, True), (True, True)):
        json = {"opschorting": {"indicatie": indicatie, "reden": "x"}}
        assert zaken.vraag("PATCH", zaak["url"], json=json)["opschorting"]["eerdereOpschorting"] is eerder


def test_archiveren_vraagt_gegevens_en_gearchiveerde_documenten(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    """zrc-022."""
    zaak = maak_zaak(zaken, typen)["url"]
    document = maak_document(installatie, typen.informatieobjecttype)
    zaken.vraag("POST", "zaakinformatieobjecten", json={"zaak": zaak, "informatieobject": document})
    json: dict[str, Any] = {"archiefstatus": "gearchiveerd"}
    assert fouten_van(zaken, "PATCH", zaak, json) == {
        "archiefnominatie": "archiefnominatie-not-set",
        "archiefactiedatum": "archiefactiedatum-not-set",
        "archiefstatus": "documents-not-archived",
    }
    compleet = json | {"archiefnominatie": "vernietigen", "archiefactiedatum": "2030-01-01"}
    assert fouten_van(zaken, "PATCH", zaak, compleet) == {"archiefstatus": "documents-not-archived"}


def test_alle_fouten_tegelijk(zaken: ZakenClient) -> None:
    """Regels 1.4: elke fout een regel, in camelCase met lijstindex."""
    json: dict[str, Any] = {
        "bronorganisatie": "123456789",
        "verantwoordelijkeOrganisatie": None,
        "startdatum": "5 januari",
        "omschrijving": "x" * 81,
        "vertrouwelijkheidaanduiding": "prive",
        "kenmerken": [{"kenmerk": "1", "bron": "b"}, {"kenmerk": "2"}],
        "relevanteAndereZaken": {},
    }
    assert fouten_van(zaken, "POST", "zaken", json) == {
        "bronorganisatie": "invalid",
        "verantwoordelijkeOrganisatie": "null",
        "startdatum": "invalid",
        "omschrijving": "max_length",
        "vertrouwelijkheidaanduiding": "invalid_choice",
        "kenmerken.1.bron": "required",
        "relevanteAndereZaken": "not_a_list",
        "zaaktype": "required",
    }


def test_put_vervangt_en_patch_raakt_alleen_wat_meegaat(zaken: ZakenClient, typen: Typen) -> None:
    """Regels 1.6."""
    kenmerken = [{"kenmerk": "1", "bron": "b"}, {"kenmerk": "2", "bron": "b"}]
    zaak = maak_zaak(zaken, typen, omschrijving="Een", toelichting="Lang", kenmerken=kenmerken)
    gewijzigd = zaken.vraag("PATCH", zaak["url"], json={"omschrijving": "Twee"})
    assert gewijzigd["laatstGemuteerd"] > zaak["laatstGemuteerd"]
    assert gewijzigd == zaak | {"omschrijving": "Twee", "laatstGemuteerd": gewijzigd["laatstGemuteerd"]}
    korter = zaken.vraag("PATCH", zaak["url"], json={"kenmerken": kenmerken[1:]})
    assert korter["kenmerken"] == kenmerken[1:]
    assert fouten_van(zaken, "PUT", zaak["url"], {"omschrijving": "Drie"}) == dict.fromkeys(
        ("bronorganisatie", "zaaktype", "verantwoordelijkeOrganisatie", "startdatum"), "required"
    )
    vervangen = zaken.vraag("PUT", zaak["url"], json=zaak_json(typen, omschrijving="Drie"))
    assert (vervangen["omschrijving"], vervangen["toelichting"], vervangen["kenmerken"]) == ("Drie", "", [])
    assert vervangen["registratiedatum"] == zaak["registratiedatum"]
    assert zaken.vraag("PATCH", zaak["url"], json={"uuid": ONBEKEND, "einddatum": "2026-01-09"})["einddatum"] is None


def test_acht_clients_wijzigen_tegelijk(zaken: ZakenClient, typen: Typen) -> None:
    """Geen enkele wijziging gaat verloren: acht clients wijzigen elk hun eigen veld, en elke PATCH lukt."""
    velden: list[dict[str, Any]] = [
        {"omschrijving": "a"},
        {"toelichting": "b"},
        {"opdrachtgevendeOrganisatie": RSIN},
        {"einddatumGepland": "2026-05-01"},
        {"publicatiedatum": "2026-05-02"},
        {"kenmerken": [{"kenmerk": "k", "bron": "b"}]},
        {"opschorting": {"indicatie": True, "reden": "r", "eerdereOpschorting": False}},
        {"processobjectaard": "p"},
    ]
    for _ in range(3):
        zaak = maak_zaak(zaken, typen)["url"]
        with ThreadPoolExecutor(8) as draden:
            list(draden.map(lambda json: zaken.vraag("PATCH", zaak, json=json), velden))  # noqa: B023  # binnen deze ronde
        eind = zaken.vraag("GET", zaak)
        assert {naam: eind[naam] for deel in velden for naam in deel} == {
            naam: waarde for deel in velden for naam, waarde in deel.items()
        }


def test_acht_clients_kiezen_dezelfde_identificatie(zaken: ZakenClient, typen: Typen) -> None:
    """Wie net te laat is hoort hetzelfde als wie later komt: welk veld het is, en waarom."""
    for ronde in range(5):
        json = zaak_json(typen, identificatie=f"TEGELIJK-{ronde}")

        def maak(_: int, json: dict[str, Any] = json) -> dict[str, str]:
            try:
                zaken.vraag("POST", "zaken", json=json)
            except ApiFout as fout:
                return {deel.naam: deel.code for deel in fout.fouten}
            return {}

        with ThreadPoolExecutor(8) as draden:
            uitkomsten = list(draden.map(maak, range(8)))
        assert uitkomsten.count({}) == 1
        assert uitkomsten.count({"identificatie": "identificatie-niet-uniek"}) == 7


def test_onder_een_zaak_die_net_verdwijnt_komt_niets(
    installatie: Installatie, zaken: ZakenClient, typen: Typen
) -> None:
    """Wie wachtte op wie de zaak verwijderde, hoort dat zij er niet is."""
    document = maak_document(installatie, typen.informatieobjecttype)
    rol = rol_json("", typen.rollen["behandelaar"])
    zaak = maak_zaak(zaken, typen)["url"]
    status = {"statustype": typen.begin, "datumStatusGezet": "2026-01-06T09:00:00Z"}
    delen = [
        ("zaakinformatieobjecten", {"zaak": zaak, "informatieobject": document}),
        ("statussen", {**status, "zaak": zaak}),
        ("rollen", {**rol, "zaak": zaak}),
        ("zaakobjecten", {"zaak": zaak, "objectType": "pand", "objectIdentificatie": {"identificatie": "1"}}),
    ]
    with installatie.db.schrijven() as verbinding:
        vraag = select(Zaak.id).where(Zaak.id == UUID(zaak.rpartition("/")[2])).with_for_update()
        id_ = verbinding.execute(vraag).scalar_one()
        with ThreadPoolExecutor(4) as draden:
            bezig = [draden.submit(fouten_van, zaken, "POST", pad, json) for pad, json in delen]
            time.sleep(0.5)  # tot elk verzoek op de zaak wacht
            verbinding.execute(delete(Zaak).where(Zaak.id == id_))
            verbinding.commit()
            assert [deel.result() for deel in bezig] == [{"zaak": "no_match"}] * len(delen)


@pytest.mark.parametrize("rsin", ["123456789", "12345678", "51743994a", "0"])
def test_rsin_voldoet_aan_de_elfproef(zaken: ZakenClient, typen: Typen, rsin: str) -> None:
    assert fouten_van(zaken, "POST", "zaken", zaak_json(typen, bronorganisatie=rsin)) == {"bronorganisatie": "invalid"}


@pytest.mark.parametrize(
    ("gestuurd", "bewaard"), [("2026-01-02", "2026-01-01T23:00:00Z"), ("2026-01-02T10:00:00", "2026-01-02T09:00:00Z")]
)
def test_een_tijdstip_zonder_zone_is_nederlandse_tijd(
    zaken: ZakenClient, typen: Typen, gestuurd: str, bewaard: str
) -> None:
    """Afnemers sturen een betaaldatum ook als kale dag of zonder zone."""
    betaald = {"betalingsindicatie": "geheel", "laatsteBetaaldatum": gestuurd}
    zaak = maak_zaak(zaken, typen, **betaald)
    assert zaak["laatsteBetaaldatum"] == bewaard
    assert zaken.vraag("PATCH", zaak["url"], json=betaald)["laatsteBetaaldatum"] == bewaard


@pytest.mark.parametrize("tijdstip", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "0001-01-01"])
def test_een_tijdstip_is_te_bewaren_en_weer_te_lezen(zaken: ZakenClient, typen: Typen, tijdstip: str) -> None:
    """Wat in UTC voor het jaar 1 of na 9999 valt, komt er niet in: daarna was de zaak niet meer te lezen of te verwijderen."""
    zaak = maak_zaak(zaken, typen)["url"]
    for veld in ("laatsteBetaaldatum", "laatstGeopend"):
        assert fouten_van(zaken, "PATCH", zaak, {veld: tijdstip}) == {veld: "invalid"}
    contact = {"zaak": zaak, "datumtijd": tijdstip}
    assert fouten_van(zaken, "POST", "klantcontacten", contact) == {"datumtijd": "invalid"}
    with pytest.raises(ApiFout, match="aanmaakdatum__gt: invalid"):
        zaken.vraag("GET", "zaaknotities", params={"aanmaakdatum__gt": tijdstip})


def test_een_startdatum_zonder_einde_heeft_geen_geplande_datums(zaken: ZakenClient, typen: Typen) -> None:
    zaak = maak_zaak(zaken, typen, startdatum="9999-12-31")
    assert (zaak["einddatumGepland"], zaak["uiterlijkeEinddatumAfdoening"]) == (None, None)
