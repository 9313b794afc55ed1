"""Het scherm van sjablonen: nakijken met voorbeeld, niets bewaren dat niet klopt, en elke versie terug te zetten."""

from io import BytesIO

from docx import Document
from pypdf import PdfReader

from formuliermotor.briefopmaak import briefstijl
from formuliermotor.kantoor import soort_van, tekst_uit
from integratie.configuratie import BRIEFOPMAAK, SJABLOON, Configuratie
from tests.integratie.behandelen.hulp import BAS, Browser, browser
from tests.reishulp import Gemeente

PAD = "/beheer/sjablonen/tv-bevestiging-registratie"


def velden(**anders: str) -> dict[str, str]:
    goed = {
        "onderwerp_nl": "Uw nummer", "inhoud_nl": "<p>{{ aanhef }},</p><p>Nummer {{ nummer }}, tot {{ tot }}.</p>",
        "onderwerp_en": "", "inhoud_en": "", "velden": 'nummer = "N-1"\ntot = date("2026-09-01")', "actie": "bewaar",
    }  # fmt: skip
    return {**goed, **anders}


def test_een_sjabloon_schrijven(gemeente: Gemeente) -> None:
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    oud = configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie")
    assert oud
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", "/beheer/sjablonen/")
        assert "tv-bevestiging-registratie" in femke.tekst
        femke.naar(PAD)
        femke.stuur(PAD, **velden(inhoud_nl="<p>Dag</p>\n<script>x</script><p>{{ nummr }}</p>"))
        for deel in ("Zo wordt het niet bewaard", "regel 2: <script> mag niet", "veld nummr is onbekend"):
            assert deel in femke.tekst
        femke.stuur(PAD, **velden(velden="nummer = ("))
        assert "Deze regel is niet te lezen: nummer = (" in femke.tekst
        femke.stuur(PAD, **velden(actie="kijk"))
        assert "Nummer N-1, tot 1 september 2026." in femke.tekst
        femke.stuur(PAD, **velden(actie="pdf"))
        assert femke.antwoord.content.startswith(b"%PDF")
        assert configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie") == oud
        _bewaar_en_zet_terug(femke, configuratie, oud[1])


def _bewaar_en_zet_terug(femke: Browser, configuratie: Configuratie, versie: int) -> None:
    oud = configuratie.haal(SJABLOON, "tv-bevestiging-registratie")
    femke.naar(PAD)
    femke.stuur(PAD, **velden())
    nieuw = configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie")
    assert nieuw
    assert (nieuw[0]["onderwerp"], nieuw[1]) == ({"nl": "Uw nummer"}, versie + 1)
    assert nieuw[0]["velden"]["tot"] == {"$feel": "date", "waarde": "2026-09-01"}
    femke.naar(f"{PAD}/versies")
    femke.stuur(f"{PAD}/versies/{versie}")
    assert configuratie.haal(SJABLOON, "tv-bevestiging-registratie") == oud


def test_een_bestand_bij_een_brief(gemeente: Gemeente) -> None:
    """Wat niet mag wordt genoemd met zijn alinea en niet bewaard; wat mag komt ingevuld terug."""
    configuratie = Configuratie(gemeente.installatie, namens="beheer")
    oud = configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie")
    assert oud
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", PAD)
        _met_bestand(femke, docx("Beste {{ naam }}", "Nummer {{ nummr }}"))
        assert "bestand, alinea 2: veld nummr is onbekend" in femke.tekst
        assert configuratie.haal_met_versie(SJABLOON, "tv-bevestiging-registratie") == oud
        _met_bestand(femke.naar(PAD), docx("Beste {{ naam }}", "Nummer {{ nummer }}"))
        assert "Nu in gebruik: brief.docx" in femke.tekst
        assert "Nummer N-1" in femke.tekst  # de tekst van het ingevulde bestand
        femke.stuur(PAD, **velden(actie="bestand"))
        assert soort_van(femke.antwoord.content) == "docx"
        assert tekst_uit(femke.antwoord.content) == ["Beste Mevrouw A. de Vries", "Nummer N-1"]
        assert soort_van(femke.naar(f"{PAD}/bestand").antwoord.content) == "docx"
        femke.naar(PAD).stuur(PAD, **velden(bestand_weg="1"))
        assert "Nu in gebruik" not in femke.tekst
        configuratie.bewaar(SJABLOON, "tv-bevestiging-registratie", oud[0])


def docx(*alineas: str) -> bytes:
    document, uit = Document(), BytesIO()
    for alinea in alineas:
        document.add_paragraph(alinea)
    document.save(uit)
    return uit.getvalue()


def _met_bestand(femke: Browser, inhoud: bytes) -> None:
    data = {"csrf_token": femke.token, **velden()}
    femke.antwoord = femke.http.post(PAD, data=data, files={"bestand": ("brief.docx", inhoud)})


def test_wat_het_script_vraagt(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", PAD)
        token = femke.token
        for vorm, tekst, fout in (
            ("als", "nummer = 1", ""), ("als", "nummmer = 1", "veld nummmer is onbekend"), ("elk", "nummer", "naam in lijst"),
            ("elk", "een in nummer", ""), ("veld", "een + 1", "veld een is onbekend"),
        ):  # fmt: skip
            data = {"csrf_token": token, "vorm": vorm, "tekst": tekst, "velden": "nummer = 1"}
            assert fout in femke.http.post(f"{PAD}/uitdrukking", data=data).json()["fout"]
        kop = {"X-Fragment": "1"}
        data = {"csrf_token": token, **velden(actie="kijk")}
        deel = femke.http.post(PAD, data=data, headers=kop)
        assert "<html" not in deel.text
        assert "Nummer N-1" in deel.text
        data = {"csrf_token": token, **velden(inhoud_nl="<p>{{ weg }}</p>")}
        assert femke.http.post(PAD, data=data, headers=kop).status_code == 422


def test_de_opmaak_van_alle_brieven(gemeente: Gemeente) -> None:
    adres = "/beheer/sjablonen/opmaak"
    with browser(gemeente.installatie) as femke:
        femke.log_in("femke", adres)
        for kleur, fout in (("rood", "# met zes tekens"), ("#ffff00", "te licht")):
            femke.stuur(adres, afzender="", kleur=kleur, adres="links", actie="bewaar")
            assert (femke.status, fout in femke.tekst) == (422, True)
        goed = {"afzender": "Dienst Wonen", "antwoordadres": "Postbus 7", "kleur": "#112233", "adres": "rechts"}
        femke.naar(adres).stuur(adres, **goed, actie="pdf")
        assert "Postbus 7" in PdfReader(BytesIO(femke.antwoord.content)).pages[0].extract_text()
        femke.naar(adres).stuur(adres, **goed, actie="bewaar")
        assert "De opmaak is bewaard" in femke.tekst
        stijl = briefstijl(gemeente.installatie, namens="processen")
        assert (stijl.organisatie, stijl.antwoordadres, stijl.kleur, stijl.adres_rechts, stijl.versie) == (
            "Dienst Wonen", "Postbus 7", "#112233", True, 1,
        )  # fmt: skip
        Configuratie(gemeente.installatie, namens="beheer").verwijder(BRIEFOPMAAK, "brieven")
        assert briefstijl(gemeente.installatie, namens="processen").versie == 0


def test_alleen_voor_functioneel_beheer(gemeente: Gemeente) -> None:
    with browser(gemeente.installatie, BAS) as bas:
        assert bas.naar("/beheer/sjablonen/").status == 403
