"""Waarom een inwoner op die dag antwoord krijgt, en waarom dat verschoof: het grootboek van de klok in gewone woorden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from huisstijl import lui, vertaal
from huisstijl.filters import datum, nederlands
from integratie.termijnen.schemas import KlokDetailUit, StapUit

STIL = lui("Wij vroegen u om aanvulling")
KOPPEN = {
    "ontvangen": lui("Wij hebben uw aanvraag ontvangen"),
    "bekendgemaakt": lui("De termijn begint na de bezwaartermijn"),
    "aanvulling gevraagd": STIL,
    "aangevuld": lui("Wij kregen uw aanvulling"),
    "buitenland gevraagd": lui("Wij wachten op informatie uit het buitenland"),
    "buitenland ontvangen": lui("De informatie uit het buitenland is er"),
    "derden gevraagd": lui("Wij vragen anderen wat zij ervan vinden"),
    "derden gereageerd": lui("Wij weten wat anderen ervan vinden"),
    "instemming": lui("U vond het goed dat het langer duurt"),
    "toerekenbaar": lui("De vertraging komt van uw kant"),
    "overmacht": lui("Wij kunnen door overmacht niet beslissen"),
    "overmacht voorbij": lui("Wij kunnen weer verder"),
    "verdaagd": lui("Wij hebben meer tijd nodig"),
    "zienswijze gevraagd": lui("Wij vroegen wat u van ons voornemen vindt"),
    "zienswijze gegeven": lui("U reageerde op ons voornemen"),
    "ingebreke gesteld": lui("U liet weten dat wij te laat zijn"),
    "geen dwangsom": lui("Wij hoeven geen dwangsom te betalen"),
    "ingetrokken": lui("U trok dit in"),
    "beslist": lui("Wij hebben beslist"),
}
GEWOON = ("ontvangen", "beslist")
WACHTEND = ("aanvulling gevraagd", "buitenland gevraagd", "derden gevraagd", "instemming", "toerekenbaar", "overmacht")


@dataclass(frozen=True)
class Termijnstap:
    """Eén stap voor de tijdlijn."""

    dag: date
    kop: str
    tekst: str


def termijnverhaal(klok: KlokDetailUit | None) -> list[Termijnstap]:
    """De stappen die de datum bepaalden. Leeg als er geen termijn is, of als er niets bijzonders gebeurde."""
    if klok is None or klok.begin is None:
        return []
    redenen = {(g.soort, g.dag): g.reden for g in klok.gebeurtenissen if not g.herroepen}
    stappen = [stap for stap in klok.stappen if stap.geldig]
    if klok.dwangsom is None and all(stap.wat in GEWOON for stap in stappen):
        return []  # de verwachting bovenaan zegt genoeg
    verhaal = [
        Termijnstap(
            stap.dag, vertaal(KOPPEN[stap.wat]), Markup(" ").join(_zinnen(stap, redenen.get((stap.wat, stap.dag), "")))
        )
        for stap in stappen
        if stap.wat in KOPPEN
    ]
    return [*verhaal, *_dwangsom(klok)]


def _zinnen(stap: StapUit, reden: str) -> Iterator[str]:
    dag = datum(stap.einddatum) if stap.einddatum else ""
    if reden and stap.wat in (*WACHTEND, "verdaagd", "geen dwangsom"):
        yield vertaal("De reden: %(reden)s.", reden=reden_in_taal(reden))
    if stap.wat in ("ontvangen", "bekendgemaakt") and dag:
        yield vertaal("Wij moeten dan uiterlijk %(dag)s beslissen.", dag=dag)
    elif stap.wat in WACHTEND and dag:
        yield vertaal("De tijd om te beslissen staat stil. Wij moeten nu uiterlijk %(dag)s beslissen.", dag=dag)
    elif stap.wat == "verdaagd" and dag:
        yield vertaal("Wij moeten nu uiterlijk %(dag)s beslissen.", dag=dag)
    elif stap.wat == "ingebreke gesteld":
        yield vertaal("Hebben wij twee weken later nog niet beslist, dan krijgt u geld van ons: een dwangsom.")


def reden_in_taal(reden: str) -> str:
    """Zonder punt aan het eind. Een vaste reden van een pakket is vertaald; wat een medewerker typte blijft Nederlands."""
    vertaald = vertaal(reden)
    kaal = vertaald.rstrip(".")
    return kaal if vertaald != reden else nederlands(kaal)


def _dwangsom(klok: KlokDetailUit) -> Iterator[Termijnstap]:
    som = klok.dwangsom
    if som is None:
        return
    feiten = {"bedrag": som.bedrag, "dag": datum(som.laatste_dag)}
    zin = (
        vertaal("U krijgt tot nu toe %(bedrag)s euro. Dat loopt op tot wij beslissen, of tot %(dag)s.", **feiten)
        if som.loopt
        else vertaal("U krijgt %(bedrag)s euro. Dat is het bedrag tot en met %(dag)s; het wordt niet hoger.", **feiten)
    )
    yield Termijnstap(som.eerste_dag, vertaal("Wij zijn u een dwangsom verschuldigd"), zin)
