"""De bekendmaking: bewijs van elke poging, een brief als de aankondiging terugkomt of niemand leest, en geen besluit zonder verzending."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import get_args
from uuid import UUID, uuid4

import pypdf
import pytest

from integratie.berichten import BerichtenClient
from integratie.configuratie import PROCESPAKKET, SJABLOON, Configuratie
from integratie.klantinteracties import KlantinteractiesClient
from integratie.processen import ProcessenClient
from integratie.processen.schemas import Berichtaard, ZendingIn, ZendingUit
from integratie.urn import urn_bsn
from integratie.zaken.schemas import ZaakUit
from processen.verzenden.bewijs import verhuld
from tests.reishulp import CORPORATIE, KOOP, Gemeente

SOORT = "toeristische-verhuur"
WEKEN_LATER = 15
SJABLOON_PROEF = "proef-bericht"
ZONDER_ADRES = "999994001"


@pytest.fixture
def voorkeur(gemeente: Gemeente) -> Iterator[KlantinteractiesClient]:
    client = KlantinteractiesClient(gemeente.installatie, namens="formulieren")
    yield client
    client.zet_kanaalvoorkeur(client.zorg_voor_partij_bsn(gemeente.bsn).uuid, SOORT, None)


def kies(client: KlantinteractiesClient, gemeente: Gemeente, adres: str | None) -> None:
    client.zet_kanaalvoorkeur(client.zorg_voor_partij_bsn(gemeente.bsn).uuid, SOORT, adres)


def verleend(gemeente: Gemeente) -> ZaakUit:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    return gemeente.zaak(verzoek)


def bekendmaking(gemeente: Gemeente, zaak: ZaakUit) -> ZendingUit:
    (zending,) = [z for z in _client(gemeente).zendingen(zaak.url) if z.besluit]
    return zending


def _client(gemeente: Gemeente) -> ProcessenClient:
    return ProcessenClient(gemeente.installatie, namens="processen")


@pytest.mark.parametrize(
    ("adres", "kanaal", "waarheen", "aanbieder"),
    [
        ("marieke@voorbeeld.example", "email", "m…@voorbeeld.example", "SMTP"),
        ("+31612345678", "sms", "…5678", "NotifyNL"),
        (None, "print", "adres bij de bron", "Eigen printstraat"),
    ],
)
def test_bewijs_van_elke_poging(
    gemeente: Gemeente,
    voorkeur: KlantinteractiesClient,
    adres: str | None,
    kanaal: str,
    waarheen: str,
    aanbieder: str,
) -> None:
    kies(voorkeur, gemeente, adres)
    zaak = verleend(gemeente)
    portaal, poging = bekendmaking(gemeente, zaak).bewijs
    assert (portaal.kanaal, portaal.antwoord.partition(" ")[0]) == ("portaal", "bericht")
    assert (poging.kanaal, poging.waarheen, poging.bezorgd) == (kanaal, waarheen, True)
    assert poging.aanbieder.startswith(aanbieder)
    assert poging.antwoord
    assert "Besluit" in poging.wat
    (besluit,) = gemeente.besluiten(zaak)
    assert besluit.verzenddatum == gemeente.installatie.klok.vandaag()


def test_een_teruggekomen_aankondiging_gaat_alsnog_op_papier(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak = verleend(gemeente)
    zending = bekendmaking(gemeente, zaak)
    client = _client(gemeente)
    for _ in range(2):
        client.meld_bezorging(zending.uuid, kanaal="email", bezorgd=False, antwoord="550 onbekend")
    gemeente.werk()
    na = bekendmaking(gemeente, zaak)
    assert na.kanalen == ["portaal", "email", "print"]
    assert [(b.kanaal, b.bezorgd) for b in na.bewijs] == [
        ("portaal", True), ("email", True), ("email", False), ("email", False), ("print", True),
    ]  # fmt: skip
    client.meld_bezorging(zending.uuid, kanaal="print", bezorgd=True, antwoord="bezorgd")
    gemeente.werk()
    assert len([b for b in bekendmaking(gemeente, zaak).bewijs if b.kanaal == "print"]) == 2


@pytest.mark.parametrize("gelezen", [True, False])
def test_een_besluit_dat_niemand_leest_gaat_alsnog_op_papier(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient, gelezen: bool
) -> None:
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak = verleend(gemeente)
    if gelezen:
        client = BerichtenClient(gemeente.installatie, namens="mijngemeente")
        for bericht in client.alle_berichten({"ontvanger": urn_bsn(gemeente.bsn)}):
            if bericht.geopend_op is None:
                client.markeer_geopend(bericht.url, gemeente.installatie.klok.nu())
    gemeente.verzet(days=WEKEN_LATER)
    gemeente.werk()
    assert ("print" in bekendmaking(gemeente, zaak).kanalen) is not gelezen


def stuur(gemeente: Gemeente, zaak: ZaakUit, aard: Berichtaard) -> UUID:
    """Een bericht zonder document, van deze aard."""
    uuid = uuid4()
    _client(gemeente).verstuur(
        ZendingIn(uuid=uuid, zaak=zaak.url, sjabloon=SJABLOON_PROEF, soort=SOORT, aard=aard, gegevens={})
    )
    return uuid


@pytest.fixture
def sjabloon(gemeente: Gemeente) -> None:
    inhoud = {"soort": "bericht", "onderwerp": {"nl": "Proef"}, "inhoud": {"nl": "<p>Een bericht.</p>"}}
    Configuratie(gemeente.installatie, namens="processen").bewaar(SJABLOON, SJABLOON_PROEF, inhoud)


def op_papier(gemeente: Gemeente, zaak: ZaakUit, zendingen: Mapping[Berichtaard, UUID]) -> set[Berichtaard]:
    kanalen = {z.uuid: z.kanalen for z in _client(gemeente).zendingen(zaak.url)}
    return {aard for aard, uuid in zendingen.items() if "print" in kanalen[uuid]}


MOET_AANKOMEN: set[Berichtaard] = {"besluit", "aanvulling", "voornemen", "verdaging", "dwangsom"}
AARDEN: tuple[Berichtaard, ...] = get_args(Berichtaard)


@pytest.mark.usefixtures("sjabloon")
def test_alleen_wat_moet_aankomen_gaat_ongelezen_alsnog_op_papier(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    """Waar iemand op tijd moet reageren na vijf dagen, de rest na veertien; een ontvangstbevestiging en wat overig is nooit."""
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak = verleend(gemeente)
    zendingen = {aard: stuur(gemeente, zaak, aard) for aard in AARDEN}
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == set()
    gemeente.verzet(days=6)
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == {"aanvulling", "voornemen"}
    gemeente.verzet(days=9)
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == MOET_AANKOMEN


@pytest.mark.usefixtures("sjabloon")
def test_een_zaaktype_kan_zelf_zeggen_na_hoeveel_dagen(gemeente: Gemeente, voorkeur: KlantinteractiesClient) -> None:
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak = verleend(gemeente)
    configuratie = Configuratie(gemeente.installatie, namens="processen")
    pakket = configuratie.haal(PROCESPAKKET, SOORT)
    assert pakket is not None
    regels = [
        {"zaaktype": "TV-VERGUNNING", "aard": a, "naOngelezenDagen": d} for a, d in (("besluit", 0), ("overig", 2))
    ]
    configuratie.bewaar(PROCESPAKKET, SOORT, {**pakket, "papier": regels})
    zendingen = {aard: stuur(gemeente, zaak, aard) for aard in AARDEN}
    gemeente.werk()
    gemeente.verzet(days=3)
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == {"overig"}
    gemeente.verzet(days=12)
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == MOET_AANKOMEN - {"besluit"} | {"overig"}
    configuratie.bewaar(PROCESPAKKET, SOORT, pakket)


@pytest.mark.usefixtures("sjabloon")
def test_wie_niet_elektronisch_koos_krijgt_wat_moet_aankomen_meteen_op_papier(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    kies(voorkeur, gemeente, None)
    zaak = verleend(gemeente)
    zendingen = {aard: stuur(gemeente, zaak, aard) for aard in AARDEN}
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == MOET_AANKOMEN


@pytest.mark.usefixtures("sjabloon")
def test_bij_elke_aard_gaat_een_teruggekomen_aankondiging_op_papier(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak = verleend(gemeente)
    zendingen = {aard: stuur(gemeente, zaak, aard) for aard in AARDEN}
    gemeente.werk()
    for uuid in zendingen.values():
        _client(gemeente).meld_bezorging(uuid, kanaal="email", bezorgd=False, antwoord="550 onbekend")
    gemeente.werk()
    assert op_papier(gemeente, zaak, zendingen) == set(AARDEN)


@pytest.mark.usefixtures("sjabloon")
def test_komt_de_brief_terug_dan_zoekt_een_medewerker_het_uit(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    kies(voorkeur, gemeente, None)
    zaak = verleend(gemeente)
    uuid = stuur(gemeente, zaak, "aanvulling")
    gemeente.werk()
    for _ in range(2):
        _client(gemeente).meld_bezorging(uuid, kanaal="print", bezorgd=False, antwoord="Onbestelbaar retour")
    gemeente.werk()
    (taak,) = gemeente.taken(zaak)
    assert taak.titel == "Bericht kan niet bezorgd worden"
    assert "print: Onbestelbaar retour." in taak.toelichting


@pytest.mark.usefixtures("sjabloon")
def test_wat_moet_aankomen_en_nergens_heen_kan_krijgt_een_taak(gemeente: Gemeente) -> None:
    onbekend = replace(gemeente, bsn=ZONDER_ADRES)
    verzoek = onbekend.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = onbekend.zaak(verzoek)
    for aard in ("verdaging", "overig"):
        stuur(onbekend, zaak, aard)
    gemeente.werk()
    (taak,) = [t for t in gemeente.taken(zaak) if t.titel == "Bericht kan niet bezorgd worden"]
    assert "print: er is geen postadres." in taak.toelichting


def test_zonder_postadres_is_er_niets_bekendgemaakt_en_krijgt_een_mens_een_taak(gemeente: Gemeente) -> None:
    onbekend = replace(gemeente, bsn=ZONDER_ADRES)
    zaak = verleend(onbekend)
    zending = bekendmaking(gemeente, zaak)
    assert (zending.staat, zending.verzonden) == ("mislukt", None)
    assert [(b.kanaal, b.bezorgd, b.antwoord) for b in zending.bewijs][-1] == ("print", False, "er is geen postadres")
    (besluit,) = gemeente.besluiten(zaak)
    assert (besluit.verzenddatum, besluit.uiterlijke_reactiedatum) == (None, None)
    (taak,) = gemeente.taken(zaak)
    assert (taak.titel, taak.kandidaatgroepen) == ("Bericht kan niet bezorgd worden", ["vergunningen"])
    assert "print: er is geen postadres." in taak.toelichting


@pytest.mark.parametrize(("adres", "tekst"), [("jan@x.example", "j…@x.example"), ("+31612345678", "…5678")])
def test_een_adres_staat_er_verhuld(adres: str, tekst: str) -> None:
    assert verhuld(adres) == tekst


def test_een_bericht_zonder_document_dat_terugkomt_gaat_als_brief(
    gemeente: Gemeente, voorkeur: KlantinteractiesClient
) -> None:
    """De tekst van het bericht is dan de brief; nog eens terugkomen geeft geen tweede."""
    kies(voorkeur, gemeente, "marieke@voorbeeld.example")
    zaak, client = verleend(gemeente), _client(gemeente)
    uuid = uuid4()
    client.verstuur(ZendingIn(uuid=uuid, zaak=zaak.url, sjabloon="tv-opgeheven", soort=SOORT))
    gemeente.werk()
    for _ in range(2):
        client.meld_bezorging(uuid, kanaal="email", bezorgd=False, antwoord="550 onbekend")
        gemeente.werk()
    (zending,) = [z for z in client.zendingen(zaak.url) if z.uuid == uuid]
    assert zending.kanalen == ["portaal", "email", "print"]
    (brief,) = [pad for pad in gemeente.print if pad.stem.startswith(str(uuid))]
    tekst = " ".join(" ".join(blad.extract_text() for blad in pypdf.PdfReader(brief).pages).split())
    assert zending.tekst.split(".")[0].split(",")[-1].strip() in tekst


def test_acht_workers_versturen_elke_zending_een_keer(gemeente: Gemeente, voorkeur: KlantinteractiesClient) -> None:
    """Acht workers tegelijk, en elke zending twee keer klaargezet: één bericht, één brief en één bewijs per kanaal."""
    kies(voorkeur, gemeente, None)
    zaak, client = verleend(gemeente), _client(gemeente)
    (document,) = [k.informatieobject for k in gemeente.zaken.documenten(zaak.url)][:1]
    uuids = [uuid4() for _ in range(8)]
    for uuid in uuids * 2:
        client.verstuur(
            ZendingIn(uuid=uuid, zaak=zaak.url, sjabloon="tv-opgeheven", soort=SOORT, documenten=[document])
        )
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: Gemeente(gemeente.installatie).werk(), range(8)))
    gemeente.werk()
    verzonden = {z.uuid: z for z in client.zendingen(zaak.url)}
    berichten = [b.referentie for b in BerichtenClient(gemeente.installatie, namens="mijngemeente").alle_berichten({"ontvanger": urn_bsn(gemeente.bsn)})]  # fmt: skip
    for uuid in uuids:
        assert [b.kanaal for b in verzonden[uuid].bewijs] == ["portaal", "print"]
        assert berichten.count(uuid.hex[:25]) == 1
        delen = [pad.stem for pad in gemeente.print if pad.stem.startswith(str(uuid))]
        assert delen == [f"{uuid}-0", f"{uuid}-1"], "het blad met het adres, en het document"
