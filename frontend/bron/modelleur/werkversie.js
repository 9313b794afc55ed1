// Laden en bewaren van één deel van de werkversie. Wat nog niet op de server staat, staat in deze browser: er gaat niets verloren.
import { Bewaarplek, zeg } from "../bewaarplek.js";

const WACHT = 800; // ms stilte voor het bewaren
const OPNIEUW = 5000;

/**
 * @property {string} tekst   wat er laatst geladen of ingevuld is
 * Meldingen staan als `data-tekst-…` op het element, in de taal van de pagina; `[data-stand]` toont ze en is een live region.
 */
export class Werkversie {
  constructor(element, zetTerug) {
    this.adres = element.dataset.adres;
    this.teksten = element.dataset;
    this.melding = element.querySelector("[data-stand]");
    this.csrf = document.querySelector("[data-csrf]").dataset.csrf;
    this.alleenLezen = "alleenLezen" in element.dataset;
    this.zetTerug = zetTerug;
    this.plek = new Bewaarplek(`werkversie:${this.adres}`);
    this.wacht = null;
    this.bezig = null;
    this.vuil = false;
    window.addEventListener("online", () => this.vuil && this.bewaar());
    window.addEventListener("beforeunload", (gebeurtenis) => this.vuil && gebeurtenis.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.vuil && this.bewaar());
  }

  /** De tekst zoals de server hem heeft; een nog niet bewaarde wijziging uit deze browser wordt daarna aangeboden. */
  async laad() {
    const antwoord = await fetch(this.adres, { headers: { Accept: "text/plain" }, credentials: "same-origin" });
    if (!antwoord.ok || antwoord.redirected) throw new Error(`${this.adres}: ${antwoord.status}`);
    this.versie = antwoord.headers.get("ETag");
    this.tekst = await antwoord.text();
    const hier = this.alleenLezen ? null : this.plek.lees();
    if (hier && hier.tekst !== this.tekst) this.#biedAan(hier);
    else this.plek.vergeet();
    return this.tekst;
  }

  /** Er is iets veranderd: bewaar het hier meteen, en op de server zodra het even stil is. */
  wijzig(tekst) {
    if (this.alleenLezen || tekst === this.tekst) return;
    this.tekst = tekst;
    this.vuil = true;
    this.plek.zet({ tekst });
    clearTimeout(this.wacht);
    this.wacht = setTimeout(() => this.bewaar(), WACHT);
  }

  async bewaar() {
    clearTimeout(this.wacht);
    if (this.bezig) return this.bezig.then(() => (this.vuil ? this.bewaar() : undefined));
    this.bezig = this.#stuur().finally(() => (this.bezig = null));
    return this.bezig;
  }

  async #stuur() {
    const tekst = this.tekst;
    this.#zeg("bezig", this.teksten.tekstBezig);
    let antwoord;
    try {
      antwoord = await fetch(this.adres, {
        method: "PUT",
        body: tekst,
        headers: { "If-Match": this.versie, "X-CSRFToken": this.csrf, "Content-Type": "text/plain; charset=utf-8" },
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch {
      return this.#later(this.teksten.tekstGeenVerbinding);
    }
    if (antwoord.status === 412) return this.#botsing();
    if (antwoord.type === "opaqueredirect" || antwoord.status === 401 || antwoord.status === 403) {
      return this.#later(this.teksten.tekstAangemeld, this.teksten.tekstAanmelden);
    }
    if (antwoord.status >= 500) return this.#later(this.teksten.tekstGeenVerbinding);
    if (!antwoord.ok) return this.#zeg("fout", await this.#reden(antwoord));
    this.versie = antwoord.headers.get("ETag");
    if (this.tekst === tekst) {
      this.vuil = false;
      this.plek.vergeet();
      this.#zeg("goed", this.teksten.tekstBewaard);
    } else {
      this.wacht = setTimeout(() => this.bewaar(), WACHT);
    }
  }

  async #reden(antwoord) {
    const inhoud = await antwoord.json().catch(() => ({}));
    return inhoud.melding ?? this.teksten.tekstGeweigerd;
  }

  /** Een collega was eerder. Beide versies blijven: wie hier kiest, vindt de andere in de geschiedenis terug. */
  async #botsing() {
    const antwoord = await fetch(this.adres, { credentials: "same-origin" });
    const [versie, tekst] = [antwoord.headers.get("ETag"), await antwoord.text()];
    this.#zeg("fout", this.teksten.tekstBotsing, [
      [this.teksten.tekstNeemHunne, async () => {
        Object.assign(this, { versie, tekst, vuil: false });
        this.plek.vergeet();
        await this.zetTerug(tekst);
        this.#zeg("goed", this.teksten.tekstBewaard);
      }],
      [this.teksten.tekstHoudMijne, () => {
        this.versie = versie;
        return this.bewaar();
      }],
    ]);
  }

  #biedAan(hier) {
    this.#zeg("fout", this.teksten.tekstNietBewaard, [
      [this.teksten.tekstZetTerug, async () => {
        await this.zetTerug(hier.tekst);
        this.wijzig(hier.tekst);
      }],
      [this.teksten.tekstLaatMaar, () => {
        this.plek.vergeet();
        this.#zeg("goed", "");
      }],
    ]);
  }

  #later(tekst, knop) {
    this.wacht = setTimeout(() => this.bewaar(), OPNIEUW);
    this.#zeg("fout", tekst, knop ? [[knop, () => window.open(location.href, "_blank", "noopener")]] : []);
  }

  #zeg(stand, tekst, keuzes = []) {
    this.melding.dataset.stand = stand;
    if (stand === "bezig" && this.melding.textContent) return; // niet bij elke toets voorlezen
    zeg(this.melding, tekst, keuzes);
  }
}
