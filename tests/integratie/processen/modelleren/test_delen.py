"""Het JSON-eindpunt van de tekenvlakken."""

from processen.modelleren import Werkplaats
from tests.integratie.processen.modelleren.conftest import JAN, PAKKET
from tests.reishulp import Gemeente
from tests.schermhulp import Venster, http_naar

DEEL = f"/beheer/pakketten/{PAKKET}/deel"
PAD = "scenarios/50-eindpunt.yaml"


def test_lezen_bewaren_en_botsen(femke: Venster, plaats: Werkplaats) -> None:
    http, kop = femke.http, {"X-CSRFToken": femke.token}
    lijst = http.get(f"/beheer/pakketten/{PAKKET}/delen").json()
    bpmn = next(deel for deel in lijst["delen"] if deel["pad"].endswith(".bpmn"))
    gelezen = http.get(f"{DEEL}/{bpmn['pad']}")
    assert (gelezen.headers["ETag"], gelezen.headers["Content-Type"]) == (
        f'"{bpmn["versie"]}"',
        "application/xml; charset=utf-8",
    )
    assert len(gelezen.content) == bpmn["grootte"]
    assert http.put(f"{DEEL}/{PAD}", content=b"a", headers=kop).status_code == 428
    assert (
        http.put(f"{DEEL}/{PAD}", content=b"a", headers={"If-None-Match": "*"}).status_code == 400
    )  # zonder CSRF-token
    nieuw = http.put(f"{DEEL}/{PAD}", content=b"a", headers={**kop, "If-None-Match": "*"})
    assert nieuw.status_code == 200, nieuw.text
    etag = nieuw.headers["ETag"]
    plaats.bewaar(PAKKET, PAD, b"b", versie=nieuw.json()["versie"], wie=JAN)
    botst = http.put(f"{DEEL}/{PAD}", content=b"c", headers={**kop, "If-Match": etag})
    assert botst.status_code == 412
    assert botst.json()["melding"].startswith("Jan heeft dit intussen gewijzigd.")
    goed = http.put(f"{DEEL}/{PAD}", content=b"c", headers={**kop, "If-Match": botst.headers["ETag"]})
    assert goed.json()["anders"]
    assert http.post(f"/beheer/pakketten/{PAKKET}/delen/ongedaan", headers=kop).json()["stap"]["paden"] == [PAD]
    nu = http.get(f"{DEEL}/{PAD}")
    assert nu.content == b"b"
    assert http.delete(f"{DEEL}/{PAD}", headers={**kop, "If-Match": nu.headers["ETag"]}).status_code == 204
    assert http.get(f"{DEEL}/{PAD}").status_code == 404
    assert http.put(f"{DEEL}/kwaad.exe", content=b"c", headers={**kop, "If-Match": '"1"'}).status_code == 400
    assert http.get("/beheer/pakketten/bestaat-niet/delen").status_code == 404


def test_alleen_voor_functioneel_beheer(gemeente: Gemeente) -> None:
    with http_naar(gemeente.installatie) as http:
        bas = Venster(http).log_in("bas", "/behandelen/")
        assert bas.naar("/beheer/pakketten/").status == 403
        assert bas.naar(f"{DEEL}/pakket.toml").status == 403
