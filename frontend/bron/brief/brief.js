// De editor van brieven en berichten, op de schermen van sjablonen en in de werkbank. Zonder dit script zijn het tekstvakken met HTML.
import { Bewaren } from "./bewaren.js";
import { Editor } from "./editor.js";
import { stel } from "./schema.js";

const WACHT = 700;
const REGEL = /^\s*([^\W\d]\w*)\s*=/u;
const VOORBEELD = { string: '"tekst"', number: "1", integer: "1", boolean: "true", array: '["een", "twee"]', object: "{}" };

class Briefpagina {
  constructor(element) {
    const keuzes = JSON.parse(element.dataset.keuzes);
    Object.assign(this, { element, vast: keuzes.vast, proces: keuzes.proces, teksten: keuzes.teksten });
    element.brief = this;
    this.formulier = element.querySelector("#briefformulier");
    this.kijk = element.querySelector("#brief-kijk");
    this.velden = this.formulier.elements.velden;
    stel(this.teksten, (uitdrukking) => this.naamVan(uitdrukking));
    const sms = element.dataset.soort === "sms";
    this.editors = sms ? [] : ["inhoud_nl", "inhoud_en"].map((naam) => new Editor(this.formulier.elements[naam], this));
    this.bewaren = new Bewaren(this);
    this.formulier.addEventListener("input", () => this.straks());
    this.formulier.addEventListener("change", () => this.straks());
    element.dataset.klaar = "";
  }

  // --- velden ---

  naamVan(naam) {
    const eigen = this.vast[naam] ?? this.proces[naam]?.label;
    if (eigen) return eigen;
    if (!/^[\p{L}_]\w*$/u.test(naam)) return naam;
    const woorden = naam.replace(/(\p{Lu})/gu, (letter) => ` ${letter.toLowerCase()}`).replace(/[_-]/g, " ").trim();
    return woorden[0].toUpperCase() + woorden.slice(1);
  }

  #namen() {
    return this.velden.value.split("\n").map((regel) => REGEL.exec(regel)?.[1]).filter(Boolean);
  }

  eigenVelden() {
    return this.#namen().map((naam) => [naam, this.naamVan(naam)]);
  }

  vasteVelden() {
    return Object.entries(this.vast);
  }

  procesvelden() {
    const bekend = new Set([...this.#namen(), ...Object.keys(this.vast)]);
    return Object.keys(this.proces).filter((naam) => !bekend.has(naam)).map((naam) => [naam, this.naamVan(naam)]);
  }

  /** Een variabele van het proces wordt een veld, met een voorbeeld dat de beheerder daarna kan verbeteren. */
  zorgVoorVeld(naam) {
    if (!(naam in this.proces) || this.#namen().includes(naam) || naam in this.vast) return;
    const voorbeeld = VOORBEELD[this.proces[naam].soort] ?? '"tekst"';
    this.velden.value = `${this.velden.value.trimEnd()}\n${naam} = ${voorbeeld}`.trimStart();
    this.velden.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- naar de server ---

  csrf() {
    return this.formulier.elements.csrf_token.value;
  }

  /** Wat er aan een uitdrukking mankeert; leeg als zij goed is, of als er nu niet te vragen valt. */
  async keur(vorm, tekst, eigen = "") {
    const body = new URLSearchParams({ vorm, tekst, eigen, velden: this.velden.value, soort: this.formulier.elements.soort?.value ?? "", csrf_token: this.csrf() });
    try {
      const antwoord = await fetch(this.element.dataset.keur, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      return antwoord.ok ? (await antwoord.json()).fout : "";
    } catch {
      return "";
    }
  }

  straks() {
    clearTimeout(this.wacht);
    this.wacht = setTimeout(() => this.ververs(), WACHT);
  }

  async ververs() {
    const body = new FormData(this.formulier);
    body.set("actie", "kijk");
    this.vraag?.abort();
    this.vraag = new AbortController();
    try {
      const antwoord = await fetch(location.href, { method: "POST", body, headers: { "X-Fragment": "1" }, credentials: "same-origin", redirect: "manual", signal: this.vraag.signal });
      if (antwoord.ok || antwoord.status === 422) this.toon(await antwoord.text());
    } catch {
      /* geen verbinding: het oude voorbeeld blijft staan, bewaren zegt wat er is */
    }
  }

  toon(html) {
    if (!html.includes("<!doctype")) this.kijk.innerHTML = html;
  }
}

for (const element of document.querySelectorAll("[data-brief]")) new Briefpagina(element);
