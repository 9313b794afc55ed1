"""ODT en DOCX als sjabloon: dezelfde velden en FEEL, en niets actiefs of van buiten."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from docx import Document as Docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from odfdo import Document as Odt
from odfdo import List, ListItem, Paragraph

from formuliermotor.kantoor import controleer_bestand, soort_van, vul_bestand
from formuliermotor.sjablonen import SjabloonFout
from formuliermotor.sjablonen.uitdrukkingen import Omgeving

REGELS = [
    "{{ aanhef }},",
    "U krijgt {{ bedrag + 1 }} euro.",
    "[[als bedrag > 100]] Dat is veel.",
    "[[als bedrag < 100]] Dat is weinig.",
    "[[elk reden in redenen]] Reden: {{ reden.naam }}.",
    "{{ if soort = “x” then “ja” else “nee” }}",
]
VELDEN = {"bedrag": 250, "redenen": [{"naam": "een"}, {"naam": "twee"}], "soort": "x"}
SJABLOON = {"soort": "brief", "velden": VELDEN}
GEVULD = ["Dag,", "U krijgt 251 euro.", "Dat is veel.", "Reden: een.", "Reden: twee.", "ja"]
Maker = Callable[..., bytes]


def docx(*regels: str) -> bytes:
    document = Docx()
    for regel in regels:
        alinea = document.add_paragraph()
        for deel in (regel[:4], regel[4:9], regel[9:]):  # opmaak die door de accolades loopt
            alinea.add_run(deel).bold = deel != regel[4:9]
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


def odt(*regels: str) -> bytes:
    document = Odt("text")
    document.body.clear()
    for regel in regels:
        alinea = Paragraph(regel)
        alinea.set_span("vet", regex=r"aan|U krijgt \{\{ bed")
        document.body.append(alinea)
    uit = BytesIO()
    document.container.set_part("content.xml", document.content.serialize())
    document.container.save(uit)
    return uit.getvalue()


def regels_van(inhoud: bytes) -> list[str]:
    if soort_van(inhoud) == "docx":
        return [alinea.text for alinea in Docx(BytesIO(inhoud)).paragraphs if alinea.text]
    return [
        str(alinea.text_recursive) for alinea in Odt(BytesIO(inhoud)).body.get_paragraphs() if alinea.text_recursive
    ]


def omgeving(**meer: Any) -> Omgeving:
    return Omgeving({"aanhef": "Dag", **VELDEN, **meer}, sjabloon="proef", streng=True)


@pytest.fixture(params=[docx, odt], ids=["docx", "odt"])
def maak(request: pytest.FixtureRequest) -> Maker:
    gekozen: Maker = request.param
    return gekozen


def test_invullen_met_voorwaarde_en_herhaling(maak: Maker) -> None:
    sjabloon = maak(*REGELS)
    assert controleer_bestand(sjabloon, SJABLOON) == []
    assert regels_van(vul_bestand(sjabloon, omgeving())) == GEVULD


def test_een_onbekend_veld_wordt_genoemd_en_geweigerd(maak: Maker) -> None:
    sjabloon = maak(
        "Beste {{ naam }} {{ persoon }}",
        "[[als leeftijd > 3]] x",
        "[[elk q in lijst]] {{ q }}",
        "{{ bedrag + }}",
        "{% if x %}",
        "los [[als x]]",
    )
    problemen = " | ".join(str(probleem) for probleem in controleer_bestand(sjabloon, SJABLOON))
    for deel in ("regel 1: veld persoon", "veld leeftijd", "veld lijst", "bedrag +:", "{% … %}", "hoort aan het begin"):
        assert deel in problemen
    assert "veld q" not in problemen
    assert "veld naam" not in problemen  # wie de brief krijgt is in een bestand altijd bekend
    with pytest.raises(SjabloonFout, match="sjabloon proef: veld persoon is onbekend"):
        vul_bestand(sjabloon, omgeving())
    with pytest.raises(SjabloonFout, match="heeft geen waarde"):
        vul_bestand(maak("{{ bedrag }}"), omgeving(bedrag=None))


def test_een_waarde_is_tekst_en_geen_code(maak: Maker) -> None:
    kwaad = "{{ 7 * 6 }} {% x %} <w:p/> & [[als false]]"
    assert regels_van(vul_bestand(maak("Dag {{ soort }}"), omgeving(soort=kwaad))) == [f"Dag {kwaad}"]


def test_een_tabelrij_en_een_lijstpunt_worden_herhaald() -> None:
    document = Docx()
    tabel = document.add_table(rows=1, cols=2)
    tabel.cell(0, 0).text, tabel.cell(0, 1).text = "[[elk r in redenen]]{{ r.naam }}", "{{ bedrag }}"
    rij = document.add_table(rows=1, cols=2).rows[0]
    rij.cells[0].text, rij.cells[1].text = "blijft", "[[als bedrag < 0]]weg"
    uit = BytesIO()
    document.save(uit)
    gevuld = Docx(BytesIO(vul_bestand(uit.getvalue(), omgeving())))
    assert [[cel.text for cel in rij.cells] for rij in gevuld.tables[0].rows] == [["een", "250"], ["twee", "250"]]
    assert [cel.text for cel in gevuld.tables[1].rows[0].cells] == ["blijft", ""]
    blad = Odt("text")
    blad.body.clear()
    blad.body.append(List([ListItem("[[elk r in redenen]]{{ r.naam }}")]))
    odt_uit = BytesIO()
    blad.container.set_part("content.xml", blad.content.serialize())
    blad.container.save(odt_uit)
    assert regels_van(vul_bestand(odt_uit.getvalue(), omgeving())) == ["een", "twee"]


def met(inhoud: bytes, **delen: str) -> bytes:
    """Hetzelfde pak met delen erbij of vervangen; `__` in een naam is een schuine streep."""
    nieuw = {naam.replace("__", "/"): tekst for naam, tekst in delen.items()}
    uit = BytesIO()
    with zipfile.ZipFile(BytesIO(inhoud)) as bron, zipfile.ZipFile(uit, "w") as doel:
        for naam in bron.namelist():
            if naam not in nieuw:
                doel.writestr(naam, bron.read(naam))
        for naam, tekst in nieuw.items():
            doel.writestr(naam, tekst)
    return uit.getvalue()


def gevaarlijk() -> Iterator[tuple[str, bytes, str]]:
    relatie = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/{}" Target="{}" TargetMode="External"/></Relationships>'
    content = '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:x="http://www.w3.org/1999/xlink" xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">{}</o:document-content>'
    w = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:instrText>{}</w:instrText></w:document>'
    dtd = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    yield "macro", met(docx("x"), **{"word/vbaProject.bin": "x"}), "macro's"
    yield "odt-macro", met(odt("x"), **{"Basic/script.xml": "<x/>"}), "macro's"
    yield (
        "sjabloon van buiten",
        met(docx("x"), **{"word/_rels/x.rels": relatie.format("attachedTemplate", "http://x/t.dotm")}),
        "verwijst naar buiten: http://x/t.dotm",
    )
    yield (
        "beeld van buiten",
        met(odt("x"), **{"content.xml": content.format('<d:image x:href="http://169.254.169.254/x"/>')}),
        "verwijst naar buiten",
    )
    yield (
        "bestand van buiten",
        met(odt("x"), **{"content.xml": content.format('<d:image x:href="../../etc/passwd"/>')}),
        "verwijst naar buiten",
    )
    yield (
        "veldcode",
        met(docx("x"), **{"word/document.xml": w.format(' DDEAUTO c:\\\\cmd "x" ')}),
        "verwijst naar buiten",
    )
    yield "dtd", met(docx("x"), **{"word/document.xml": dtd}), "geen veilige XML"
    yield "geen pak", b"%PDF-1.7", "geen ODT- of DOCX-bestand"
    yield "te groot", met(docx("x"), **{"word/media.xml": "<x>" + "a" * (21 << 20) + "</x>"}), "te groot"


@pytest.mark.parametrize(("inhoud", "reden"), [(b, r) for _, b, r in gevaarlijk()], ids=[n for n, _, _ in gevaarlijk()])
def test_wat_gevaarlijk_is_wordt_geweigerd(inhoud: bytes, reden: str) -> None:
    assert any(reden in str(probleem) for probleem in controleer_bestand(inhoud, SJABLOON))


def test_een_gewone_link_mag() -> None:
    relatie = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://x/hyperlink" Target="https://voorbeeldstad.example" TargetMode="External"/></Relationships>'
    assert controleer_bestand(met(docx("x"), **{"word/_rels/x.rels": relatie}), SJABLOON) == []


def test_een_adres_staat_ook_in_een_bestand_op_regels(maak: Maker) -> None:
    gevuld = vul_bestand(maak("{{ adres }} x", "Aan {{ adres }}"), omgeving(adres="Straat 1\r\n1234 AB\x00 STAD"))
    assert regels_van(gevuld) == ["Straat 1\n1234 AB STAD x", "Aan Straat 1\n1234 AB STAD"]


VOETNOTEN = """<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:id="2"><w:p><w:r><w:t>Zie {{ %s }}</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def met_voetnoot(veld: str) -> bytes:
    soort = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    inhoud = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document = Docx(BytesIO(docx("x")))
    naam = PackURI("/word/footnotes.xml")
    document.part.relate_to(Part(naam, inhoud, (VOETNOTEN % veld).encode(), document.part.package), soort)
    uit = BytesIO()
    document.save(uit)
    return uit.getvalue()


def test_ook_een_voetnoot_wordt_nagekeken_en_ingevuld() -> None:
    problemen = controleer_bestand(met_voetnoot("onbekend"), SJABLOON)
    assert [probleem.nl for probleem in problemen] == ["veld onbekend is onbekend, in: onbekend"]
    with zipfile.ZipFile(BytesIO(vul_bestand(met_voetnoot("bedrag"), omgeving()))) as pak:
        assert b"Zie 250" in pak.read("word/footnotes.xml")


def test_een_kapot_of_versleuteld_bestand_wordt_geweigerd(maak: Maker) -> None:
    bestand = bytearray(maak("x"))
    versleuteld, anders = bytearray(bestand), bytearray(bestand)
    plek = bestand.find(b"PK\x01\x02")
    while plek >= 0:
        versleuteld[plek + 8], anders[plek + 10] = 1, 99
        plek = bestand.find(b"PK\x01\x02", plek + 4)
    kapot = bestand[: len(bestand) // 2] + b"xxxx" + bestand[len(bestand) // 2 + 4 :]
    for slecht in (bytes(versleuteld), bytes(anders), bytes(kapot)):
        (probleem,) = controleer_bestand(slecht, SJABLOON)
        assert probleem.nl in ("het bestand is kapot of versleuteld", "dit is geen ODT- of DOCX-bestand")
