"""Een besluit wijzigen of intrekken vanaf het scherm, en de vraag om een zienswijze op het besluitscherm."""

import re
from datetime import timedelta
from uuid import uuid4

from integratie.besluiten import BesluitenClient
from integratie.besluiten.schemas import BesluitUit
from integratie.besluiten.stand import stand_van
from integratie.processen import ProcessenClient
from integratie.processen.publicaties import PublicatieIn, PublicatieUit
from integratie.producten import ProductenClient
from integratie.producten.schemas import ProductUit
from integratie.taken import TakenClient
from integratie.urn import urn_zaak
from integratie.zaken.schemas import ZaakUit
from tests.integratie.behandelen.hulp import BAS, KIM, TESSA, Browser, browser, pad_zaak, te_beoordelen
from tests.reishulp import KOOP, Gemeente

NUMMER = re.compile(r'name="nummer" value="([^"]+)"')


def verleend(gemeente: Gemeente) -> tuple[ZaakUit, BesluitUit]:
    """Een vergunning die rechtdoor verleend is; de zaak is dicht."""
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    (besluit,) = gemeente.besluiten(zaak)
    return zaak, besluit


def pad_besluit(zaak: ZaakUit, besluit: BesluitUit) -> str:
    return f"{pad_zaak(zaak)}/besluiten/{besluit.url.rpartition('/')[2]}"


def producten(gemeente: Gemeente, zaak: ZaakUit) -> list[ProductUit]:
    urn = urn_zaak(gemeente.installatie.instellingen.bronorganisatie, zaak.identificatie)
    return list(ProductenClient(gemeente.installatie, namens="processen").alle_producten({"aanvraag_zaak_urn": urn}))


def vul_in(scherm: Browser, gemeente: Gemeente, type_: str, **anders: str) -> dict[str, str]:
    """Wat iemand invult op het besluitscherm dat nu openstaat; `type_` is de naam van het besluittype."""
    nummer = NUMMER.search(scherm.antwoord.text)
    keuze = re.search(rf'<option value="([^"]+)"[^>]*>{type_}<', scherm.antwoord.text)
    assert nummer
    assert keuze
    vandaag = gemeente.installatie.klok.vandaag()
    velden = {
        "nummer": nummer[1], "besluittype": keuze[1], "bestuursorgaan": "Het college van burgemeester en wethouders",
        "grondslag": "Huisvestingswet 2014, artikel 23c", "ondertekenaar": "Hoofd team Wonen",
        "motivering": "U woont er niet meer.", "ingangsdatum-dag": str(vandaag.day),
        "ingangsdatum-maand": str(vandaag.month), "ingangsdatum-jaar": str(vandaag.year),
    }  # fmt: skip
    return {**velden, **anders}


def keur_goed(gemeente: Gemeente, zaak: ZaakUit) -> str:
    """Een collega keurt het voorgelegde besluit goed; geeft wat zij op haar scherm zag."""
    taken = TakenClient(gemeente.installatie, namens="behandelen").medewerkertaken(zaaknummer=zaak.identificatie)
    (taak,) = [taak for taak in taken if taak.gegevens.get("besluitvoorstel") and taak.status == "open"]
    with browser(gemeente.installatie, TESSA) as tessa:
        pad = f"/behandelen/taken/{taak.uuid}/besluit"
        gezien = tessa.naar(pad).tekst
        tessa.stuur(pad, goedkeuren="1")
        assert "Het besluit is vastgelegd." in tessa.tekst
    gemeente.werk()
    return gezien


def test_intrekken_met_een_nieuw_besluit_brief_en_product(gemeente: Gemeente, bas: Browser) -> None:
    zaak, oud = verleend(gemeente)
    gemeente.verzet(days=3)
    vandaag = gemeente.installatie.klok.vandaag()
    bas.log_in(BAS, "/behandelen/")
    pad = f"{pad_besluit(zaak, oud)}/intrekken"
    assert pad in bas.naar(pad_zaak(zaak)).antwoord.text
    bas.naar(pad)
    type_ = "Intrekking vergunning toeristische verhuur"
    invoer = vul_in(bas, gemeente, type_, reden="U voldoet niet meer aan de voorwaarden.", product="intrekken")
    bas.stuur(pad, **invoer)
    assert "Kies een antwoord: bij dit besluit mag de aanvrager eerst reageren." in bas.tekst
    bas.stuur(pad, **invoer, zienswijze="geen-reactie")
    assert "Er is nog niet gevraagd wat de aanvrager vindt." in bas.tekst
    goed = {**invoer, "zienswijze": "niet-nodig", "zienswijze_waarom": "spoed"}
    bas.stuur(pad, **{**goed, "ondertekenaar": "Stagiair"})
    assert "Stagiair heeft geen mandaat" in bas.tekst
    bas.stuur(pad, **goed)
    assert "Een collega van uw team moet het goedkeuren." in bas.tekst
    gezien = keur_goed(gemeente, zaak)
    assert oud.identificatie in gezien
    assert "Dat wordt ook ingetrokken" in gezien
    nu = {besluit.identificatie: besluit for besluit in gemeente.besluiten(zaak)}
    oud, nieuw = nu.pop(oud.identificatie), next(iter(nu.values()))
    assert nieuw.uitleg.kenmerk("Trekt in") == oud.identificatie
    assert nieuw.uitleg.kenmerk("Zienswijze") == "Niet gevraagd: Awb 4:11, onder a."
    assert (oud.vervalreden, oud.vervaldatum) == ("ingetrokken_overheid", vandaag - timedelta(days=1))
    assert (nieuw.verzenddatum, bool(nieuw.uiterlijke_reactiedatum)) == (vandaag, True)
    assert {(product.status, product.eind_datum) for product in producten(gemeente, zaak)} == {
        ("ingetrokken", oud.vervaldatum)
    }
    assert "Wij veranderen een eerder besluit" in [bericht.onderwerp for bericht in gemeente.berichten()]
    dossier = bas.naar(f"{pad_besluit(zaak, nieuw)}/json").antwoord.json()
    assert [deel["stand"]["geldigheid"] for deel in dossier["keten"]] == ["ingetrokken", "geldt"]
    assert [brief["status"] for brief in dossier["brieven"]] == ["definitief"]
    bas.naar(pad)
    assert "Dit besluit is al gewijzigd of ingetrokken." in bas.tekst
    met = f"Ingetrokken met besluit {nieuw.identificatie}"
    assert met in bas.naar(pad_zaak(zaak)).tekst
    with browser(gemeente.installatie, KIM) as kim:
        assert met in kim.naar(f"/kcc/zaak/{zaak.uuid}").tekst


def test_wijzigen_met_een_andere_laatste_dag(gemeente: Gemeente, bas: Browser) -> None:
    zaak, oud = verleend(gemeente)
    pad = f"{pad_besluit(zaak, oud)}/wijzigen"
    bas.naar(pad)
    einde = gemeente.installatie.klok.vandaag() + timedelta(days=90)
    dagen = {"vervaldatum-dag": einde.day, "vervaldatum-maand": einde.month, "vervaldatum-jaar": einde.year}
    bas.stuur(
        pad,
        **vul_in(
            bas, gemeente, "Wijziging vergunning toeristische verhuur", reden="De woning wordt verbouwd.",
            product="aanpassen", zienswijze="gegeven", zienswijze_tekst="U vindt het goed.",
            **{naam: str(waarde) for naam, waarde in dagen.items()},
        ),
    )  # fmt: skip
    keur_goed(gemeente, zaak)
    oud, nieuw = sorted(gemeente.besluiten(zaak), key=lambda b: bool(b.uitleg.kenmerk("Vervangt")))
    assert stand_van(oud, gemeente.installatie.klok.vandaag()).door == nieuw.identificatie
    assert (nieuw.vervaldatum, nieuw.uitleg.kenmerk("Zienswijze")) == (einde, "U vindt het goed.")
    assert {(product.status, product.eind_datum) for product in producten(gemeente, zaak)} == {("actief", einde)}


def test_weigeren_op_het_scherm_vraagt_eerst_een_zienswijze(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    weigering = "Weigering toeristische verhuur"
    bas.stuur(pad, **vul_in(bas, gemeente, weigering))
    assert "bij dit besluit mag de aanvrager eerst reageren" in bas.tekst
    invoer = vul_in(bas, gemeente, weigering, zienswijze="vragen", motivering="Uw woning is van een corporatie.")
    bas.stuur(pad, **invoer)
    assert "De aanvrager krijgt de vraag om te reageren." in bas.tekst
    gemeente.werk()
    assert gemeente.besluiten(zaak) == []
    (taak,) = gemeente.klanttaken()
    assert "Uw woning is van een corporatie." in str(taak.details)
    bas.naar(pad)
    assert "is gevraagd wat de aanvrager vindt" in bas.tekst
    bas.stuur(pad, **vul_in(bas, gemeente, weigering, zienswijze="geen-reactie"))
    assert "De aanvrager kan nog reageren tot en met" in bas.tekst
    gemeente.vul_aan(reactie="De corporatie vindt het goed.")
    assert "Zienswijze wegen" in [taak.titel for taak in gemeente.taken(zaak)]


def test_antwoordt_niemand_dan_gaat_het_na_de_reactietermijn_verder(gemeente: Gemeente, bas: Browser) -> None:
    zaak, _ = te_beoordelen(gemeente)
    pad = f"{pad_zaak(zaak)}/besluit"
    bas.naar(pad)
    weigering = "Weigering toeristische verhuur"
    bas.stuur(pad, **vul_in(bas, gemeente, weigering, zienswijze="vragen"))
    gemeente.werk()
    zonder = "Beslissen zonder zienswijze"
    assert zonder not in [taak.titel for taak in gemeente.taken(zaak)]
    gemeente.verzet(days=15)
    gemeente.werk()
    assert zonder in [taak.titel for taak in gemeente.taken(zaak)]
    bas.log_in(BAS, pad)
    bas.stuur(pad, **vul_in(bas, gemeente, weigering, zienswijze="geen-reactie"))
    assert "Een collega van uw team moet het goedkeuren." in bas.tekst


def publiceer(gemeente: Gemeente, zaak: ZaakUit, besluit: BesluitUit) -> PublicatieUit:
    """Het besluit staat in het Gemeenteblad."""
    client = ProcessenClient(gemeente.installatie, namens="processen")
    uuid = uuid4()
    client.maak_publicatie(
        PublicatieIn(
            uuid=uuid, zaak=zaak.url, besluit=besluit.url, titel="Vergunning Dorpsstraat", soort="kennisgeving",
            rubriek="andere vergunning", onderwerp="Wonen", tekst="Er is een vergunning.", locatie="Dorpsstraat",
            gebied={"type": "Point", "coordinates": [5.1, 52.2]},
        )
    )  # fmt: skip
    client.lever_aan(uuid)
    gemeente.werk()
    return client.publicatie(uuid)


def trek_in(gemeente: Gemeente, bas: Browser, zaak: ZaakUit, besluit: BesluitUit) -> None:
    pad = f"{pad_besluit(zaak, besluit)}/intrekken"
    bas.naar(pad)
    type_ = "Intrekking vergunning toeristische verhuur"
    invoer = vul_in(bas, gemeente, type_, reden="Niet meer nodig.", product="blijft", zienswijze="niet-nodig")
    bas.stuur(pad, **invoer, zienswijze_waarom="verwacht")
    keur_goed(gemeente, zaak)


def test_wat_in_het_gemeenteblad_stond_komt_er_bij_intrekken_weer_in(gemeente: Gemeente, bas: Browser) -> None:
    zaak, oud = verleend(gemeente)
    eerder = publiceer(gemeente, zaak, oud)
    assert eerder.staat == "gepubliceerd"
    trek_in(gemeente, bas, zaak, oud)
    (nieuw,) = [besluit for besluit in gemeente.besluiten(zaak) if besluit.url != oud.url]
    client = ProcessenClient(gemeente.installatie, namens="processen")
    (concept,) = [p for p in client.publicaties(zaak.url) if p.uuid != eerder.uuid]
    assert (concept.besluit, concept.rubriek, concept.onderwerp, concept.locatie, concept.gebied) == (
        nieuw.url, eerder.rubriek, eerder.onderwerp, eerder.locatie, eerder.gebied,
    )  # fmt: skip
    assert f"stond in het Gemeenteblad ({eerder.nummer}): Vergunning Dorpsstraat" in concept.tekst
    (taak,) = gemeente.taken(zaak)
    assert (taak.titel, taak.kandidaatgroepen) == ("Kennisgeving nakijken", ["vergunningen"])
    gemeente.rond_af(zaak, nagekeken=True)
    uit = client.publicatie(concept.uuid)
    assert uit.staat == "gepubliceerd"
    (nieuw,) = [besluit for besluit in gemeente.besluiten(zaak) if besluit.url != oud.url]
    assert nieuw.publicatiedatum == uit.gepubliceerd


def test_publiceerde_een_ander_systeem_dan_krijgt_het_team_een_taak(gemeente: Gemeente, bas: Browser) -> None:
    zaak, oud = verleend(gemeente)
    besluiten = BesluitenClient(gemeente.installatie, namens="processen")
    besluiten.wijzig_besluit(oud.url, publicatiedatum=gemeente.installatie.klok.vandaag().isoformat())
    trek_in(gemeente, bas, zaak, oud)
    (taak,) = gemeente.taken(zaak)
    assert taak.titel == "Herziening publiceren in het Gemeenteblad"
    assert oud.identificatie in taak.toelichting
    assert not list(ProcessenClient(gemeente.installatie, namens="processen").publicaties(zaak.url))
