"""Kleine bouwstenen van kern: spoor, veilige paden, klok, diensten, instellingen, opslag en toegangsregels."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from kern import spoor
from kern.aanmelden.identiteit import Identiteit, Machtiging
from kern.aanmelden.niveaus import Niveau
from kern.buiten import AdresGeweigerd, BegrensdTransport
from kern.diensten import Diensten
from kern.instellingen import InstellingenFout, laad_instellingen
from kern.klok import VerzetbareKlok
from kern.opslag import open_opslag
from kern.toegang import eigenaar_van, veilig_pad


class TestSpoor:
    def test_neemt_de_trace_over_en_begint_een_nieuwe_stap(self) -> None:
        stap = spoor.uit_kop(f"00-{'a' * 32}-{'b' * 16}-01")
        assert stap.trace_id == "a" * 32
        assert stap.span_id != "b" * 16
        assert spoor.uit_kop(stap.kop).trace_id == stap.trace_id

    @pytest.mark.parametrize(
        "kop", [None, "", "onzin", f"00-{'0' * 32}-{'b' * 16}-01", f"00-{'a' * 32}-{'0' * 16}-01", f"00-{'A' * 32}-{'b' * 16}-01", f"ff-{'a' * 32}-{'b' * 16}-01"]
    )  # fmt: skip
    def test_ongeldige_kop_geeft_een_nieuwe_trace(self, kop: str | None) -> None:
        assert spoor.uit_kop(kop).trace_id not in ("0" * 32, "a" * 32, "A" * 32)

    def test_gaat_mee_met_een_verzoek_maar_overschrijft_niet(self) -> None:
        with structlog.contextvars.bound_contextvars(trace_id="c" * 32):
            verzoek = httpx.Request("GET", "https://x.example")
            spoor.geef_mee(verzoek)
            assert spoor.uit_kop(verzoek.headers["traceparent"]).trace_id == "c" * 32
            verzoek.headers["traceparent"] = "eigen"
            spoor.geef_mee(verzoek)
            assert verzoek.headers["traceparent"] == "eigen"


class TestVeiligPad:
    @pytest.mark.parametrize("pad", ["/", "/mijn/", "/mijn/zaken?a=1&b=%2F", "/a//b"])
    def test_eigen_pad_blijft(self, pad: str) -> None:
        assert veilig_pad(pad) == pad

    @pytest.mark.parametrize(
        "pad", [None, "", "//kwaad.example", "/\\kwaad.example", "https://kwaad.example", "javascript:x", "/a\nb", "/a\\b", "/\t/kwaad", "mijn"]
    )  # fmt: skip
    def test_ander_adres_wordt_de_wortel(self, pad: str | None) -> None:
        assert veilig_pad(pad) == "/"

    @given(st.text(max_size=30))
    def test_wat_overblijft_wijst_nooit_naar_een_ander(self, tekst: str) -> None:
        doel = httpx.URL("https://wij.example/").join(veilig_pad(tekst))
        assert doel.host == "wij.example"


def identiteit(**anders: object) -> Identiteit:
    basis: dict[str, object] = {
        "soort": "inwoner",
        "bron": "digid",
        "middel": "digid",
        "onderwerp": "x",
        "niveau": Niveau.MIDDEN,
        "tijdstip": datetime.now(UTC),
    }
    return Identiteit.model_validate({**basis, **anders})


class TestEigenaar:
    def test_inwoner_met_bsn_en_zonder(self) -> None:
        assert eigenaar_van(identiteit(bsn="999990019")) == ("bsn", "999990019")
        assert eigenaar_van(identiteit(bron="eidas", pseudoniem="DE/NL/1")) == ("pseudoniem", "DE/NL/1")

    def test_ondernemer_met_vestiging_ziet_alleen_die(self) -> None:
        organisatie = {"soort": "ondernemer", "bron": "eherkenning", "kvk": "90001234", "pseudoniem": "p"}
        assert eigenaar_van(identiteit(**organisatie)) == ("kvk", "90001234")
        assert eigenaar_van(identiteit(**organisatie, vestiging="000012345678")) == ("vestiging", "000012345678")

    def test_gemachtigde_ziet_alleen_wat_van_de_vertegenwoordigde_is(self) -> None:
        machtiging = Machtiging(soort="bsn", vertegenwoordigde="999990020")
        assert eigenaar_van(identiteit(bsn="999990019", machtiging=machtiging)) == ("bsn", "999990020")


class TestKlok:
    def test_vandaag_is_de_nederlandse_datum(self) -> None:
        klok = VerzetbareKlok(stil_op=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
        assert klok.vandaag() == date(2026, 7, 1)
        klok.verzet(timedelta(days=1))
        assert klok.vandaag() == date(2026, 7, 2)


class TestDiensten:
    def test_verwijzing_overleeft_een_verhuizing(self) -> None:
        oud = Diensten.uit(laad_instellingen(omgeving="test", publiek_adres="https://oud.example"))
        nieuw = Diensten.uit(laad_instellingen(omgeving="test", publiek_adres="https://nieuw.example"))
        bewaard = oud.naar_opslag("https://oud.example/zaken/api/v1/zaken/1")
        assert bewaard == "zaken:zaken/1"
        assert nieuw.naar_url(bewaard) == "https://nieuw.example/zaken/api/v1/zaken/1"
        assert nieuw.naar_opslag("https://onbekend.example/x") == "https://onbekend.example/x"

    def test_andere_registratie_met_een_instelling(self) -> None:
        ander = "https://mijn%40id:geh%3Aeim@open.example/zaken/api/v1/"
        dienst = Diensten.uit(laad_instellingen(omgeving="test", dienst_zaken=ander))["zaken"]
        assert dienst.basis == "https://open.example/zaken/api/v1"
        assert (dienst.client_id, dienst.geheim, dienst.eigen) == ("mijn@id", "geh:eim", False)


class TestInstellingen:
    def test_alle_fouten_tegelijk_met_hun_naam(self) -> None:
        with pytest.raises(InstellingenFout) as gevangen:
            laad_instellingen(omgeving="test", poort=0, redis_url="http://x", bronorganisatie="123456789")
        namen = [regel.partition(":")[0] for regel in str(gevangen.value).splitlines()]
        assert namen == ["POORT", "REDIS_URL", "BRONORGANISATIE"]

    def test_productie_eist_een_sleutel(self) -> None:
        with pytest.raises(InstellingenFout, match="GEHEIME_SLEUTEL"):
            laad_instellingen(omgeving="productie")


class TestBuiten:
    @pytest.mark.parametrize(
        "adres", ["http://publiek.example/", "https://127.0.0.1/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://localhost/"]
    )  # fmt: skip
    def test_intern_of_onversleuteld_adres_wordt_geweigerd(self, adres: str) -> None:
        with httpx.Client(transport=BegrensdTransport(frozenset())) as client, pytest.raises(AdresGeweigerd):
            client.get(adres)


class TestOpslag:
    def test_stroomt_erin_en_eruit(self, tmp_path: Path) -> None:
        opslag = open_opslag(tmp_path.as_uri())
        assert opslag.schrijf("ab/x", iter([b"abc", b"def"])) == 6
        assert b"".join(opslag.lees("ab/x", 1, 4)) == b"bcd"
        opslag.verwijder("ab/x")
        opslag.verwijder("ab/x")
        assert not opslag.bestaat("ab/x")

    def test_elders_werkt_als_hier(self) -> None:
        """Wat geen map van deze machine is, gaat via fsspec; hier een opslag in het geheugen."""
        opslag = open_opslag("memory://bestanden")
        assert opslag.schrijf("ab/x", iter([b"abc", b"def"])) == 6
        assert b"".join(opslag.lees("ab/x", 1, 4)) == b"bcd"
        assert not opslag.bestaat("ab/x.deel")
        opslag.verwijder("ab/x")
        opslag.verwijder_map("ab")
        assert not opslag.bestaat("ab/x")

    def test_map_weg_is_alles_weg(self, tmp_path: Path) -> None:
        opslag = open_opslag(tmp_path.as_uri())
        opslag.schrijf("ab/cd/x", [b"x"])
        opslag.verwijder_map("ab")
        opslag.verwijder_map("ab")
        assert not opslag.bestaat("ab")

    @pytest.mark.parametrize("sleutel", ["../x", "/etc/passwd", "a/../../x"])
    def test_sleutel_blijft_binnen_de_map(self, tmp_path: Path, sleutel: str) -> None:
        with pytest.raises(ValueError, match="ongeldige sleutel"):
            open_opslag(tmp_path.as_uri()).schrijf(sleutel, [b"x"])

    def test_afgebroken_schrijven_laat_niets_achter_onder_de_naam(self, tmp_path: Path) -> None:
        def half() -> Iterator[bytes]:
            yield b"abc"
            raise RuntimeError("verbinding weg")

        opslag = open_opslag(tmp_path.as_uri())
        with pytest.raises(RuntimeError, match="weg"):
            opslag.schrijf("ab/x", half())
        assert not opslag.bestaat("ab/x")

    def test_geschreven_staat_op_de_schijf(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Bestand en nieuwe mappen, met de inhoud al onder haar naam: een bevestigd document overleeft stroomuitval."""
        vast: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda nummer: vast.append(os.fstat(nummer).st_ino))
        opslag = open_opslag(tmp_path.as_uri())
        opslag.schrijf("ab/x", [b"abc"])
        opslag.schrijf("ab/y", [b"abc"])
        op_schijf = ["ab/x", "ab", "", "ab/y", "ab"]
        assert vast == [(tmp_path / pad).stat().st_ino for pad in op_schijf]
