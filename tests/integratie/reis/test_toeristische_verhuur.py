"""Het hoofdwerk van begin tot eind, langs alle registraties: een verzoek, een zaak, een besluit, een brief."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import func, select

from formuliermotor.brief import als_tekst
from integratie.documenten import DocumentenClient
from integratie.klantinteracties import KlantinteractiesClient
from integratie.klantinteracties.schemas import PartijUit
from integratie.processen import ProcessenClient
from integratie.processen.schemas import ActieIn
from integratie.producten.schemas import ProductUit
from integratie.termijnen import TermijnenClient
from integratie.termijnen.schemas import StoringIn
from integratie.urn import urn_pseudoniem
from kern.tabellen import OutboxTabel
from kern.termijnen import bezwaartermijn, termijn
from processen import maak_motor
from processen.pakketten import installeer, lees_pakket
from simulatoren.postvak import Postvak, berichten
from tests.reishulp import BSN, CORPORATIE, KOOP, PAKKET, Gemeente

REGISTRATIE = {"woonsituatie": "koop", "deelVanWoning": "geheel"}


@pytest.fixture(autouse=True)
def _niets_blijft_liggen(gemeente: Gemeente) -> Iterator[None]:
    """Na elke reis is er geen dood werk, en niets dat nu nog moet."""
    gemeente.bsn = BSN
    yield
    nu = gemeente.installatie.klok.nu()
    with gemeente.installatie.db.lezen() as verbinding:
        vraag = (
            select(func.count())
            .select_from(OutboxTabel)
            .where((OutboxTabel.staat == "dood") | (OutboxTabel.vanaf <= nu))
        )
        assert verbinding.execute(vraag).scalar_one() == 0


def _tekst(gemeente: Gemeente, url: str) -> str:
    client = DocumentenClient(gemeente.installatie, namens="mijngemeente")
    inhoud = b"".join(client.inhoud(client.document(url)))
    return "\n".join(pagina.extract_text() for pagina in pypdf.PdfReader(BytesIO(inhoud)).pages)


def _document(gemeente: Gemeente, zaak: str, titel: str) -> str:
    client = DocumentenClient(gemeente.installatie, namens="mijngemeente")
    documenten = (client.document(koppeling.informatieobject) for koppeling in gemeente.zaken.documenten(zaak))
    return next(document.url for document in documenten if titel in document.titel)


def test_registratie_gaat_rechtdoor(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.statussen(zaak) == ["Ontvangen", "Geregistreerd"]
    assert zaak.einddatum == gemeente.installatie.klok.vandaag()
    assert gemeente.resultaat(zaak) == "Geregistreerd"
    (eigenschap,) = gemeente.zaken.eigenschappen(zaak.url)
    (product,) = [p for p in gemeente.producten() if p.aanvraag_zaak_url == zaak.url]
    assert product.naam == eigenschap.waarde
    assert eigenschap.waarde in _tekst(gemeente, _document(gemeente, zaak.url, "registratienummer"))
    (bericht,) = [deel for deel in gemeente.berichten() if eigenschap.waarde in deel.bericht_tekst]
    assert len(bericht.bijlagen) == 2
    ontvangen = als_tekst(verzoek.geregistreerd_op, "nl")  # met het tijdstip (Awb 4:3a)
    assert f"ontvangen op {ontvangen}. " in bericht.bericht_tekst


def test_berichten_in_de_voorkeurstaal(gemeente: Gemeente) -> None:
    client = KlantinteractiesClient(gemeente.installatie, namens="formulieren")
    partij = client.zorg_voor_partij_bsn(gemeente.bsn)
    for taal, onderwerp in (("eng", "Your home is registered"), ("nld", "Uw woning is geregistreerd")):
        client.wijzig(f"partijen/{partij.uuid}", {"voorkeurstaal": taal}, PartijUit)
        verzoek = gemeente.dien_in("registratie", REGISTRATIE)
        gemeente.werk()
        (zending,) = ProcessenClient(gemeente.installatie, namens="processen").zendingen(gemeente.zaak(verzoek).url)
        assert zending.onderwerp == onderwerp


def test_initiator_met_aanmelding(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    (rol,) = gemeente.zaken.rollen(gemeente.zaak(verzoek).url)
    assert rol.betrokkene_identificatie is not None
    assert (rol.omschrijving_generiek, rol.betrokkene_identificatie["inpBsn"]) == ("initiator", BSN)
    assert rol.authenticatie_context is not None
    assert rol.authenticatie_context.source == "digid"


def test_vergunning_wordt_automatisch_verleend(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.statussen(zaak) == ["Ontvangen", "In behandeling", "Besluit genomen", "Afgehandeld"]
    assert gemeente.resultaat(zaak) == "Verleend"
    (besluit,) = gemeente.besluiten(zaak)
    vandaag = gemeente.installatie.klok.vandaag()
    assert (besluit.verzenddatum, besluit.uiterlijke_reactiedatum) == (vandaag, bezwaartermijn(vandaag))
    assert besluit.bestuursorgaan == "Het college van burgemeester en wethouders"
    assert "Huisvestingswet 2014, artikel 23c" in besluit.toelichting
    assert "Mandaatregister" in besluit.toelichting
    brief = _tekst(gemeente, _document(gemeente, zaak.url, "u krijgt een vergunning"))
    for deel in (
        "De woning is van u.",
        "Huisvestingswet 2014, artikel 23c",
        "Hoofd team Wonen",
        "bezwaar",
        besluit.identificatie,
    ):
        assert deel in brief


def test_weigeren_is_altijd_een_mens(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert zaak.einddatum is None
    assert gemeente.besluiten(zaak) == []
    (taak,) = gemeente.taken(zaak)
    assert taak.kandidaatgroepen == ["vergunningen"]
    assert taak.gegevens["bezwaren"][0].startswith("U huurt van een woningcorporatie")
    gemeente.rond_af(zaak, besluit="weigeren", steuntOp="nee", motivering="Een corporatiewoning mag u niet verhuren.")
    zaak = gemeente.zaak(verzoek)
    assert gemeente.resultaat(zaak) == "Geweigerd"
    assert "Een corporatiewoning mag u niet verhuren." in _tekst(
        gemeente, _document(gemeente, zaak.url, "geen vergunning")
    )


def test_aanvulling_op_tijd(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    gemeente.rond_af(zaak, besluit="aanvullen", vraag="Stuur een plattegrond")
    assert gemeente.zaak(verzoek).opschorting.indicatie
    (taak,) = gemeente.klanttaken()
    assert taak.einddatum_handelings_termijn == termijn(gemeente.installatie.klok.vandaag(), "P14D")
    assert taak.details["voorinvullenGegevens"] == {"vraag": "Stuur een plattegrond"}
    gemeente.vul_aan(toelichting="Hier is hij")
    assert not gemeente.zaak(verzoek).opschorting.indicatie
    gemeente.rond_af(zaak, besluit="verlenen", motivering="Alsnog in orde.")
    assert gemeente.resultaat(gemeente.zaak(verzoek)) == "Verleend"


def test_aanvulling_te_laat(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    gemeente.rond_af(zaak, besluit="aanvullen", vraag="Stuur een plattegrond")
    gemeente.verzet(days=17)
    gemeente.werk()
    assert gemeente.klanttaken() == []
    (taak,) = gemeente.taken(zaak)
    assert taak.titel == "Termijn voor aanvulling verlopen"
    gemeente.rond_af(zaak, besluit="buitenbehandeling", motivering="De plattegrond kwam niet.")
    assert gemeente.resultaat(gemeente.zaak(verzoek)) == "Buiten behandeling gesteld"


def test_een_storing_die_later_wordt_vastgelegd_zet_een_verlopen_klanttaak_weer_klaar(gemeente: Gemeente) -> None:
    """Awb 2:21: ook als het team pas na de laatste dag van de storing hoort. Nog eens vastleggen maakt geen tweede taak."""
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    gemeente.rond_af(zaak, besluit="aanvullen", vraag="Stuur een plattegrond.")
    (taak,) = gemeente.klanttaken()
    dagen = (taak.einddatum_handelings_termijn - gemeente.installatie.klok.vandaag()).days
    gemeente.verzet(days=dagen)
    storing = gemeente.installatie.klok.nu()
    gemeente.verzet(days=1)
    gemeente.werk()
    assert gemeente.klanttaken() == []
    client = TermijnenClient(gemeente.installatie, namens="processen")
    for nummer in range(2):
        einde = gemeente.installatie.klok.nu()
        melding = StoringIn(
            uuid=uuid4(), begin=storing, einde=einde, omschrijving=f"DigiD lag eruit ({nummer}).", door="b"
        )
        client.meld_storing(melding)
        gemeente.werk()
    (weer,) = gemeente.klanttaken()
    assert (weer.titel, weer.details["formulierDefinitie"]) == (taak.titel, taak.details["formulierDefinitie"])
    assert weer.einddatum_handelings_termijn > taak.einddatum_handelings_termijn
    assert [t.titel for t in gemeente.taken(zaak)].count("Klanttaak staat weer open na een storing") == 1
    gemeente.vul_aan(plattegrond="Hier is hij.")


def test_twee_keer_indienen_is_een_verzoek(gemeente: Gemeente) -> None:
    kenmerk = uuid4().hex
    eerste = gemeente.dien_in("vergunning", KOOP, kenmerk)
    tweede = gemeente.dien_in("vergunning", KOOP, kenmerk)
    gemeente.werk()
    assert eerste.url == tweede.url
    assert len(gemeente.zaken.zoek_zaken(identificatie=gemeente.zaak(eerste).identificatie).results) == 1


def test_wie_geen_email_wil_krijgt_post(gemeente: Gemeente) -> None:
    voor = len(gemeente.print)
    gemeente.dien_in("vergunning", KOOP)
    gemeente.werk()
    assert len(gemeente.print) == voor + 3  # de ontvangstbevestiging met de kopie, en het besluit


def test_wie_email_wil_krijgt_email(gemeente: Gemeente, postvak: Postvak) -> None:
    client = KlantinteractiesClient(gemeente.installatie, namens="formulieren")
    gemeente.bsn = "999991656"
    partij = client.zorg_voor_partij_bsn(gemeente.bsn)
    client.zet_kanaalvoorkeur(partij.uuid, "toeristische-verhuur", "inwoner@voorbeeld.example")
    voor = len(gemeente.print)
    gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    (mail,) = berichten(postvak._map)
    assert mail.onderwerp == "Uw woning is geregistreerd"
    assert len(mail.bijlagen) == 2
    assert len(gemeente.print) == voor


def test_pakket_nog_eens_installeren_verandert_niets(gemeente: Gemeente) -> None:
    motor = maak_motor(gemeente.installatie)
    voor = gemeente.zaken.zoek_zaken(bronorganisatie=gemeente.installatie.instellingen.bronorganisatie).count
    installeer(gemeente.installatie, motor, lees_pakket(PAKKET))
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    assert gemeente.zaak(verzoek).einddatum is not None
    assert (
        gemeente.zaken.zoek_zaken(bronorganisatie=gemeente.installatie.instellingen.bronorganisatie).count == voor + 1
    )


def test_herinnering(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("vergunning", CORPORATIE)
    gemeente.werk()
    gemeente.rond_af(gemeente.zaak(verzoek), besluit="aanvullen", vraag="Stuur een plattegrond")
    (taak,) = gemeente.klanttaken()
    assert taak.datum_herinnering == taak.einddatum_handelings_termijn - timedelta(days=3)
    voor = len(gemeente.berichten())
    gemeente.verzet(days=(taak.datum_herinnering - gemeente.installatie.klok.vandaag()).days + 1)
    gemeente.werk()
    nieuw = gemeente.berichten()
    assert len(nieuw) == voor + 1
    assert "Denkt u aan uw aanvulling?" in {bericht.onderwerp for bericht in nieuw}
    gemeente.vul_aan(toelichting="Hier is hij")


def _controleer(gemeente: Gemeente, zaak: str) -> None:
    client = ProcessenClient(gemeente.installatie, namens="behandelen")
    actie = ActieIn(uuid=uuid4(), zaak=zaak, proces="toeristische-verhuur-controle")
    assert client.start_actie(actie) == client.start_actie(actie)
    gemeente.werk()


def test_controle_achteraf_vraagt_correctie_en_schorst(gemeente: Gemeente) -> None:
    verzoek = gemeente.dien_in("registratie", REGISTRATIE)
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    _controleer(gemeente, zaak.url)
    gemeente.rond_af(zaak, oordeel="correctie", vraag="Het huisnummer klopt niet.")
    gemeente.vul_aan(toelichting="Het is nummer 12.")
    gemeente.rond_af(
        zaak, oordeel="schorsen", vraag="Er wonen andere mensen.", steuntOp="ambtshalve", uitzondering="geen"
    )
    assert _product(gemeente, zaak.url).status == "actief"
    klok = TermijnenClient(gemeente.installatie, namens="processen").klok(zaak.url)
    assert klok is not None
    assert (klok.toestand, klok.mogelijk, klok.stappen[-1].grondslag) == ("beslist", [], "Awb 4:8 en 4:9")
    assert "beslistermijn" not in klok.stappen[-1].uitleg
    gemeente.vul_aan(reactie="Dat zijn mijn ouders.")
    gemeente.rond_af(zaak, oordeel="schorsen", motivering="Uw ouders mogen de woning niet verhuren.")
    (schorsing,) = gemeente.besluiten(zaak)
    assert schorsing.verzenddatum == gemeente.installatie.klok.vandaag()
    assert schorsing.uiterlijke_reactiedatum is not None
    assert schorsing.uiterlijke_reactiedatum >= schorsing.verzenddatum + timedelta(weeks=6)
    assert _product(gemeente, zaak.url).status == "ingetrokken"
    brief = _tekst(gemeente, _document(gemeente, zaak.url, "geschorst"))
    assert "Uw ouders mogen de woning niet verhuren." in brief
    assert schorsing.identificatie in brief
    gemeente.rond_af(zaak, opheffen="ja", motivering="U woont nu zelf in de woning.")
    assert _product(gemeente, zaak.url).status == "actief"
    nu = {besluit.identificatie: besluit for besluit in gemeente.besluiten(zaak)}
    assert len(nu) == 2
    assert nu[schorsing.identificatie].vervalreden == "ingetrokken_overheid"
    assert "Uw registratie is weer geldig" in {bericht.onderwerp for bericht in gemeente.berichten()}


def _product(gemeente: Gemeente, zaak: str) -> ProductUit:
    (product,) = [p for p in gemeente.producten() if p.aanvraag_zaak_url == zaak]
    return product


@pytest.mark.parametrize("nachten", [61, "61"])
def test_meer_dan_zestig_nachten_beoordeelt_een_mens(gemeente: Gemeente, nachten: int | str) -> None:
    """Ook als het formulier het getal als tekst stuurt."""
    verzoek = gemeente.dien_in("vergunning", {**KOOP, "nachten": nachten})
    gemeente.werk()
    zaak = gemeente.zaak(verzoek)
    assert gemeente.besluiten(zaak) == []
    assert [taak.titel for taak in gemeente.taken(zaak)] == ["Aanvraag beoordelen"]


def test_wie_zonder_bsn_inlogt_krijgt_mail_in_zijn_taal(gemeente: Gemeente, postvak: Postvak) -> None:
    """Een partij kan hij niet zijn: zijn keuze en taal staan in zijn verzoek."""
    gegevens = {**REGISTRATIE, "digitaal": "ja", "email": "greta@voorbeeld.example"}
    gemeente.dien_in("registratie", gegevens, initiator=urn_pseudoniem("DE/NL/5c1f0a7e"), verzoek_taal="en")
    gemeente.werk()
    (mail,) = [bericht for bericht in berichten(postvak._map) if "greta@voorbeeld.example" in str(bericht)]
    assert mail.onderwerp == "Your home is registered"
