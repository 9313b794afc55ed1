"""Documenten: aanmaken, versies, locks, rechten en verwijderen (drc-001, drc-005 tot en met drc-010)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from integratie.basis import ApiFout
from integratie.documenten import DocumentenClient
from kern.installatie import Installatie
from kern.klok import VerzetbareKlok
from kern.tabellen import OutboxTabel
from registraties.documenten.bestanden import Sleutelvoorraad, nieuw_bestand
from registraties.documenten.modellen import Audittrail, Document, Documentversie
from tests.integratie.registraties.documenten.conftest import Maker
from tests.integratie.registraties.rechten import PROEF, fouten_van, geef_rechten, status_van
from tests.integratie.registraties.typen import Typen

PAD = "enkelvoudiginformatieobjecten"


def test_aanmaken_geeft_een_compleet_antwoord(document: Maker, typen: Typen, drc: DocumentenClient) -> None:
    gemaakt = document()
    assert gemaakt["inhoud"] == f"{gemaakt['url']}/download?versie=1"
    assert gemaakt["bestandsomvang"] == 5
    assert gemaakt["vertrouwelijkheidaanduiding"] == "intern"  # drc-007: van het informatieobjecttype
    assert gemaakt["identificatie"].startswith("DOCUMENT-2026-")
    assert (gemaakt["versie"], gemaakt["locked"], gemaakt["lock"], gemaakt["bestandsdelen"]) == (1, False, "", [])
    assert gemaakt["ondertekening"] == {"soort": "", "datum": None}
    assert gemaakt["integriteit"] == {"algoritme": "", "waarde": "", "datum": None}
    gelezen = drc.vraag("GET", gemaakt["url"])
    assert gelezen == {naam: waarde for naam, waarde in gemaakt.items() if naam != "lock"}
    assert document(vertrouwelijkheidaanduiding="openbaar")["vertrouwelijkheidaanduiding"] == "openbaar"


def test_een_document_dat_in_delen_komt_noemt_die_delen(document: Maker, drc: DocumentenClient) -> None:
    gemaakt = document(inhoud="", bestandsomvang=7)
    assert [deel["omvang"] for deel in gemaakt["bestandsdelen"]] == [7]
    assert document()["bestandsdelen"] == []
    assert drc.vraag("GET", gemaakt["url"])["bestandsdelen"] == gemaakt["bestandsdelen"]


def test_drc_001_het_type_bestaat_en_is_een_type(drc: DocumentenClient, invoer: Maker, typen: Typen) -> None:
    assert fouten_van(drc, "POST", PAD, invoer(informatieobjecttype="")) == {"informatieobjecttype": "blank"}
    onbekend = typen.informatieobjecttype[:-4] + "0000"
    assert fouten_van(drc, "POST", PAD, invoer(informatieobjecttype=onbekend)) == {"informatieobjecttype": "bad-url"}
    assert fouten_van(drc, "POST", PAD, invoer(informatieobjecttype=typen.catalogus)) == {
        "informatieobjecttype": "invalid-resource"
    }


def test_veldfouten_komen_allemaal_tegelijk(drc: DocumentenClient, invoer: Maker) -> None:
    fout = invoer(taal="nl", titel="", bronorganisatie="123456789", status="klaar", creatiedatum="gisteren")
    assert fouten_van(drc, "POST", PAD, fout) == {
        "taal": "min_length",
        "titel": "blank",
        "bronorganisatie": "invalid",
        "status": "invalid_choice",
        "creatiedatum": "invalid",
    }


def test_identificatie_is_uniek_binnen_de_bronorganisatie(
    drc: DocumentenClient, document: Maker, invoer: Maker
) -> None:
    document(identificatie="D-1")
    assert fouten_van(drc, "POST", PAD, invoer(identificatie="D-1")) == {"identificatie": "identificatie-niet-uniek"}


def test_identificatie_wordt_uniek_gemaakt_bij_acht_tegelijk(document: Maker) -> None:
    with ThreadPoolExecutor(8) as draden:
        nummers = list(draden.map(lambda _nr: document()["identificatie"], range(16)))
    assert len(set(nummers)) == 16


@pytest.mark.parametrize("status", ["in_bewerking", "ter_vaststelling"])
def test_drc_005_een_ontvangen_document_is_niet_in_bewerking(
    drc: DocumentenClient, invoer: Maker, document: Maker, status: str
) -> None:
    fout = {"status": "invalid_for_received"}
    assert fouten_van(drc, "POST", PAD, invoer(ontvangstdatum="2026-01-04", status=status)) == fout
    url = document(status=status)["url"]
    assert fouten_van(drc, "PATCH", url, {"ontvangstdatum": "2026-01-04", "lock": drc.vergrendel(url)}) == fout


def test_drc_006_indicatie_volgt_de_gebruiksrechten(drc: DocumentenClient, invoer: Maker, document: Maker) -> None:
    assert fouten_van(drc, "POST", PAD, invoer(indicatieGebruiksrecht=True)) == {
        "indicatieGebruiksrecht": "missing-gebruiksrechten"
    }
    url = document(indicatieGebruiksrecht=False)["url"]
    recht = {"informatieobject": url, "startdatum": "2026-01-01T00:00:00Z", "omschrijvingVoorwaarden": "Vragen"}
    een, twee = (drc.vraag("POST", "gebruiksrechten", json=recht)["url"] for _ in range(2))
    assert drc.document(url).indicatie_gebruiksrecht is True
    lock = drc.vergrendel(url)
    for waarde in (False, None):
        assert fouten_van(drc, "PATCH", url, {"indicatieGebruiksrecht": waarde, "lock": lock}) == {
            "indicatieGebruiksrecht": "existing-gebruiksrechten"
        }
    drc.verwijder(een)
    assert drc.document(url).indicatie_gebruiksrecht is True
    drc.verwijder(twee)
    assert drc.document(url).indicatie_gebruiksrecht is None
    assert drc.document(url).versie == 1
    assert fouten_van(drc, "PATCH", url, {"indicatieGebruiksrecht": True, "lock": lock}) == {
        "indicatieGebruiksrecht": "missing-gebruiksrechten"
    }


def test_drc_008_verwijderen_is_echt(
    drc: DocumentenClient, document: Maker, installatie: Installatie, werk_outbox_af: Callable[[], int]
) -> None:
    url = document()["url"]
    drc.wijzig_document(url, drc.vergrendel(url), inhoud="ZGFn", bestandsomvang=3)
    assert fouten_van(drc, "DELETE", url) == {"nonFieldErrors": "destroy-locked"}
    drc.ontgrendel(url, "")
    drc.verwijder(url)
    werk_outbox_af()
    assert status_van(drc, "GET", url) == 404
    assert status_van(drc, "GET", f"{url}/audittrail") == 404
    with installatie.db.lezen() as verbinding:
        for tabel in (Documentversie, Audittrail):
            assert verbinding.execute(select(func.count()).select_from(tabel)).scalar_one() == 0
    assert bestanden(installatie) == []


def bestanden(installatie: Installatie) -> list[str]:
    """Alle bestanden in de opslag van deze test."""
    wortel = installatie.instellingen.data / "bestanden" / "documenten"
    return [str(pad.relative_to(wortel)) for pad in wortel.rglob("*") if pad.is_file()] if wortel.exists() else []


def test_drc_009_vergrendelen_en_wijzigen(drc: DocumentenClient, document: Maker, invoer: Maker) -> None:
    url = document()["url"]
    heel = invoer(titel="Nieuw")
    assert fouten_van(drc, "PATCH", url, {"titel": "Nieuw"}) == {"nonFieldErrors": "unlocked"}
    assert fouten_van(drc, "PUT", url, heel | {"lock": "x"}) == {"nonFieldErrors": "unlocked"}
    lock = drc.vergrendel(url)
    assert drc.document(url).locked
    assert fouten_van(drc, "POST", f"{url}/lock", {}) == {"nonFieldErrors": "existing-lock"}
    assert fouten_van(drc, "PUT", url, heel) == {"lock": "required"}
    assert fouten_van(drc, "PATCH", url, {"titel": "Nieuw"}) == {"nonFieldErrors": "missing-lock-id"}
    for methode, json in (("PUT", heel), ("PATCH", {"titel": "Nieuw"})):
        assert fouten_van(drc, methode, url, json | {"lock": "x"}) == {"nonFieldErrors": "incorrect-lock-id"}
    gewijzigd = drc.vraag("PUT", url, json=heel | {"lock": lock})
    assert (gewijzigd["titel"], gewijzigd["versie"], gewijzigd["url"]) == ("Nieuw", 2, url)
    assert "lock" not in gewijzigd
    drc.ontgrendel(url, lock)
    assert not drc.document(url).locked


def test_drc_009_ontgrendelen_vraagt_de_lock_of_het_recht(
    drc: DocumentenClient, document: Maker, installatie: Installatie, typen: Typen
) -> None:
    url = document()["url"]
    zwak, sterk = (DocumentenClient(installatie, namens=naam) for naam in (PROEF, "sterk"))
    geef_rechten(installatie, drc_recht(typen, "documenten.lock", "documenten.lezen"))
    geef_rechten(installatie, drc_recht(typen, "documenten.geforceerd-unlock"), namens="sterk")
    lock = zwak.vergrendel(url)
    assert fouten_van(zwak, "POST", f"{url}/unlock", {}) == {"nonFieldErrors": "missing-lock-id"}
    assert fouten_van(zwak, "POST", f"{url}/unlock", {"lock": "x"}) == {"nonFieldErrors": "incorrect-lock-id"}
    zwak.ontgrendel(url, lock)
    zwak.vergrendel(url)
    assert status_van(sterk, "POST", f"{url}/lock", {}) == 403
    sterk.ontgrendel(url, "")
    assert not drc.document(url).locked


def test_drc_009_een_lock_bij_acht_tegelijk(drc: DocumentenClient, document: Maker) -> None:
    url = document()["url"]

    def vergrendel(_nr: int) -> str:
        try:
            return drc.vergrendel(url)
        except ApiFout as fout:
            return fout.fouten[0].code

    with ThreadPoolExecutor(8) as draden:
        uitkomsten = list(draden.map(vergrendel, range(8)))
    assert uitkomsten.count("existing-lock") == 7


def test_drc_010_definitief_blokkeert_niet(drc: DocumentenClient, document: Maker) -> None:
    url = document(status="definitief")["url"]
    assert drc.wijzig_document(url, drc.vergrendel(url), titel="Nieuw").titel == "Nieuw"


def test_elke_wijziging_is_een_versie_met_eigen_inhoud(
    drc: DocumentenClient, document: Maker, klok: VerzetbareKlok
) -> None:
    een = document()
    url = een["url"]
    lock = drc.vergrendel(url)
    klok.verzet(timedelta(hours=1))
    midden = klok.nu()
    klok.verzet(timedelta(hours=1))
    twee = drc.wijzig_document(url, lock, titel="Metadata")
    drie = drc.wijzig_document(url, lock, inhoud="ZGFn", bestandsomvang=3)
    assert [twee.versie, drie.versie] == [2, 3]
    inhoud = {versie: b"".join(drc.stroom(f"{url}/download", versie=versie)) for versie in (1, 2, 3)}
    assert inhoud == {1: b"hallo", 2: b"hallo", 3: b"dag"}
    assert b"".join(drc.stroom(f"{url}/download")) == b"dag"
    assert b"".join(drc.stroom(f"{url}/download", registratieOp=midden.isoformat())) == b"hallo"
    oud = drc.vraag("GET", url, params={"versie": 1})
    assert oud == {naam: waarde for naam, waarde in een.items() if naam != "lock"} | {"locked": True}
    assert drc.document(url, registratieOp=midden.isoformat()).versie == 1
    assert drc.vraag("GET", PAD)["count"] == 1
    assert status_van(drc, "GET", url, versie=4) == 404
    assert status_van(drc, "GET", url, registratieOp="2020-01-01T00:00:00Z") == 404
    assert fouten_van(drc, "GET", f"{url}?versie=x") == {"versie": "invalid"}
    assert fouten_van(drc, "GET", f"{url}?verzie=1") == {"nonFieldErrors": "unknown-parameters"}


def test_acht_wijzigingen_tegelijk_worden_acht_versies(drc: DocumentenClient, document: Maker) -> None:
    url = document()["url"]
    lock = drc.vergrendel(url)
    with ThreadPoolExecutor(4) as draden:
        versies = list(draden.map(lambda nr: drc.wijzig_document(url, lock, titel=f"Titel {nr}").versie, range(8)))
    assert sorted(versies) == list(range(2, 10))


def test_lijst_filters_en_zoeken(drc: DocumentenClient, document: Maker) -> None:
    een = document(identificatie="A-1", trefwoorden=["bouw", "woning"], creatiedatum="2026-02-01")
    document(identificatie="A-2", trefwoorden=["bouw"])

    def gevonden(**criteria: Any) -> list[str]:
        lijst = drc.vraag("GET", PAD, params=criteria)
        zoek = drc.vraag("POST", f"{PAD}/_zoek", json=criteria)
        assert lijst == zoek
        return [deel["identificatie"] for deel in lijst["results"]]

    assert gevonden(identificatie="A-1") == ["A-1"]
    assert gevonden(trefwoorden="bouw") == ["A-1", "A-2"]
    assert gevonden(trefwoorden="bouw,woning") == ["A-1"]
    assert gevonden(creatiedatum__gte="2026-02-01") == ["A-1"]
    assert gevonden(informatieobjecttype=een["informatieobjecttype"], ordering="-creatiedatum") == ["A-1", "A-2"]
    id_ = een["url"].rpartition("/")[2]
    assert drc.zoek_documenten(uuid__in=[id_]).results[0].identificatie == "A-1"
    assert fouten_van(drc, "POST", f"{PAD}/_zoek", {}) == {"nonFieldErrors": "empty_search_body"}
    assert fouten_van(drc, "GET", f"{PAD}?kleur=rood") == {"nonFieldErrors": "unknown-parameters"}


def drc_recht(typen: Typen, *scopes: str, va: str = "zeer_geheim") -> dict[str, Any]:
    return {
        "component": "drc",
        "scopes": list(scopes),
        "informatieobjecttype": typen.informatieobjecttype,
        "maxVertrouwelijkheidaanduiding": va,
    }


def test_rechten_per_type_en_vertrouwelijkheid(
    document: Maker, installatie: Installatie, typen: Typen, invoer: Maker
) -> None:
    openbaar = document(vertrouwelijkheidaanduiding="openbaar")["url"]
    geheim = document(vertrouwelijkheidaanduiding="geheim")["url"]
    geef_rechten(installatie, drc_recht(typen, "documenten.lezen", "documenten.aanmaken", va="intern"))
    proef = DocumentenClient(installatie, namens=PROEF)
    assert [deel["url"] for deel in proef.vraag("GET", PAD)["results"]] == [openbaar]
    assert proef.vraag("GET", PAD)["count"] == 1
    for pad in (geheim, f"{geheim}/download"):
        assert status_van(proef, "GET", pad) == 403
    assert b"".join(proef.stroom(f"{openbaar}/download")) == b"hallo"
    assert status_van(proef, "POST", PAD, invoer(vertrouwelijkheidaanduiding="geheim")) == 403
    assert proef.vraag("POST", PAD, json=invoer())["versie"] == 1
    assert status_van(proef, "POST", f"{openbaar}/lock", {}) == 403
    assert status_van(proef, "DELETE", openbaar) == 403
    assert status_van(proef, "GET", f"{openbaar}/audittrail") == 403


def werk_in_outbox(installatie: Installatie) -> list[str]:
    """De verwerkers van wat er in de outbox staat, zonder notificaties."""
    with installatie.db.lezen() as verbinding:
        vraag = select(OutboxTabel.verwerker).where(OutboxTabel.verwerker != "notificatie")
        return list(verbinding.scalars(vraag))


def test_een_mislukte_aanmaak_laat_geen_bestand_achter(
    drc: DocumentenClient, installatie: Installatie, typen: Typen, invoer: Maker
) -> None:
    geef_rechten(installatie, drc_recht(typen, "documenten.aanmaken", va="openbaar"))
    assert status_van(DocumentenClient(installatie, namens=PROEF), "POST", PAD, invoer()) == 403
    assert bestanden(installatie) == []


def test_een_val_tussen_bestand_en_transactie_ruimt_zichzelf_op(
    document: Maker, installatie: Installatie, klok: VerzetbareKlok, werk_outbox_af: Callable[[], int]
) -> None:
    voorraad = Sleutelvoorraad(installatie)
    klein = voorraad.neem()
    assert werk_in_outbox(installatie) == ["documenten.opruimen"]  # één rij voor de hele voorraad
    installatie.opslag.schrijf(klein, [b"nergens bij"])
    url = document()["url"]
    groot = nieuw_bestand(installatie, [b"nergens bij"])
    assert len(bestanden(installatie)) == 3
    klok.verzet(timedelta(days=1, minutes=1))
    werk_outbox_af()
    assert not any(installatie.opslag.bestaat(sleutel) for sleutel in (klein, groot.sleutel))
    assert len(bestanden(installatie)) == 1, url


def test_een_sleutel_wordt_een_keer_gebruikt_en_niet_bewaard(installatie: Installatie, klok: VerzetbareKlok) -> None:
    voorraad = Sleutelvoorraad(installatie)
    with ThreadPoolExecutor(4) as pool:
        sleutels = list(pool.map(lambda _: voorraad.neem(), range(120)))
    assert len(set(sleutels)) == 120
    voor, rijen = voorraad.neem(), len(werk_in_outbox(installatie))
    klok.verzet(timedelta(hours=1))
    assert voorraad.neem() not in (*sleutels, voor)
    assert len(werk_in_outbox(installatie)) == rijen + 1


def test_alleen_gereed_voor_publicatie(document: Maker, installatie: Installatie) -> None:
    gereed = document(isGereedVoorPublicatie=True)["url"]
    anders = [document(isGereedVoorPublicatie=waarde)["url"] for waarde in (False, None)]
    geef_rechten(installatie, alleen_is_gereed_voor_publicatie=True)
    proef = DocumentenClient(installatie, namens=PROEF)
    assert [deel["url"] for deel in proef.vraag("GET", PAD)["results"]] == [gereed]
    assert proef.vraag("POST", f"{PAD}/_zoek", json={"auteur": "Jan"})["count"] == 1
    for url in anders:
        assert status_van(proef, "GET", url) == 403
        assert status_van(proef, "GET", f"{url}/download") == 403
        assert proef.vraag("POST", f"{url}/lock", json={})["lock"]
    assert b"".join(proef.stroom(f"{gereed}/download")) == b"hallo"


def test_audittrail_en_notificaties(drc: DocumentenClient, document: Maker, installatie: Installatie) -> None:
    url = document()["url"]
    lock = drc.vergrendel(url)
    drc.wijzig_document(url, lock, titel="Nieuw")
    recht = {"informatieobject": url, "startdatum": "2026-01-01T00:00:00Z", "omschrijvingVoorwaarden": "Vragen"}
    drc.vraag("POST", "gebruiksrechten", json=recht)
    trail = drc.vraag("GET", f"{url}/audittrail")
    assert [(regel["actie"], regel["resource"]) for regel in trail] == [
        ("create", "enkelvoudiginformatieobject"),
        ("partial_update", "enkelvoudiginformatieobject"),
        ("create", "gebruiksrechten"),
    ]
    assert trail[1]["wijzigingen"]["oud"]["titel"] == "Aanvraag"
    assert trail[1]["wijzigingen"]["nieuw"]["titel"] == "Nieuw"
    assert lock not in str(trail)
    with installatie.db.lezen() as verbinding:
        vraag = select(OutboxTabel.inhoud).where(OutboxTabel.verwerker == "notificatie").order_by(OutboxTabel.id)
        berichten = [bericht for bericht in verbinding.scalars(vraag) if bericht["kanaal"] == "documenten"]
    assert [(bericht["actie"], bericht["resource"]) for bericht in berichten] == [
        ("create", "enkelvoudiginformatieobject"),
        ("partial_update", "enkelvoudiginformatieobject"),
        ("create", "gebruiksrechten"),
    ]
    assert set(berichten[0]["kenmerken"]) == {
        "bronorganisatie",
        "informatieobjecttype",
        "vertrouwelijkheidaanduiding",
        "informatieobjecttype.catalogus",
    }


def test_expand_van_het_type(drc: DocumentenClient, document: Maker) -> None:
    """drc-011 en drc-013: het type uit de catalogus gaat mee; een veld dat niet bestaat is 404."""
    url = document()["url"]
    assert (
        drc.vraag("GET", url, params={"expand": "informatieobjecttype"})["_expand"]["informatieobjecttype"][
            "omschrijving"
        ]
        == "Aanvraagformulier"
    )
    assert status_van(drc, "GET", url, expand="kleur") == 404


def test_drc_012_expand_gaat_drie_niveaus_diep(drc: DocumentenClient, document: Maker) -> None:
    """Wat dieper ligt dan het derde niveau wordt weggelaten, zonder fout."""
    url = document()["url"]
    drie = "informatieobjecttype.catalogus.informatieobjecttypen"
    gelezen = drc.vraag("GET", url, params={"expand": f"{drie}.catalogus"})
    catalogus = gelezen["_expand"]["informatieobjecttype"]["_expand"]["catalogus"]
    assert catalogus["domein"] == "ALGEM"
    (derde,) = catalogus["_expand"]["informatieobjecttypen"]
    assert (derde["omschrijving"], "_expand" in derde) == ("Aanvraagformulier", False)
    assert gelezen == drc.vraag("GET", url, params={"expand": drie})


def test_drc_014_niet_op_te_halen_is_404(installatie: Installatie, drc: DocumentenClient, document: Maker) -> None:
    """Is het type er niet meer, dan is er geen half antwoord."""
    url = document()["url"]
    weg = "catalogi:informatieobjecttypen/00000000-0000-4000-8000-000000000000"
    with installatie.db.schrijven() as verbinding:
        verbinding.execute(update(Document).values(informatieobjecttype=weg))
    assert status_van(drc, "GET", url, expand="informatieobjecttype") == 404
    assert status_van(drc, "GET", PAD, expand="informatieobjecttype") == 404
    assert drc.vraag("GET", url)["url"] == url


def test_een_waarde_die_niet_in_de_database_past(drc: DocumentenClient, document: Maker, invoer: Maker) -> None:
    url = document()["url"]
    for methode, pad, json in (
        ("POST", PAD, invoer(titel="a\u0000b")),
        ("POST", f"{PAD}/_zoek", {"auteur": "a\u0000b"}),
        ("GET", f"{url}?versie=99999999999", None),
    ):
        assert fouten_van(drc, methode, pad, json) == {"nonFieldErrors": "invalid"}


def test_dezelfde_sleutel_geeft_een_document_en_een_bestand(
    drc: DocumentenClient, invoer: Maker, installatie: Installatie
) -> None:
    een, twee = (drc.vraag("POST", PAD, json=invoer(), sleutel="k1") for _ in range(2))
    assert een == twee
    assert len(bestanden(installatie)) == 1
