// Bewaren zonder iets te verliezen: wat nog niet op de server staat, staat in deze browser.
import { Bewaarplek, zeg } from "../bewaarplek.js";

const WACHT = 300;

export class Bewaren {
  constructor(pagina) {
    this.pagina = pagina;
    this.formulier = pagina.formulier;
    this.melding = pagina.element.querySelector("[data-stand]");
    this.plek = new Bewaarplek(`brief:${location.pathname}`);
    this.begin = JSON.stringify(this.#waarden());
    this.formulier.addEventListener("input", () => {
      clearTimeout(this.wacht);
      this.wacht = setTimeout(() => this.#onthoud(), WACHT);
    });
    this.formulier.addEventListener("submit", (gebeurtenis) => {
      if (gebeurtenis.submitter?.value === "bewaar") {
        gebeurtenis.preventDefault();
        this.bewaar();
      } else this.formulier.target = gebeurtenis.submitter?.value.startsWith("pdf") ? "_blank" : "";
    });
    window.addEventListener("beforeunload", (gebeurtenis) => this.#vuil() && gebeurtenis.preventDefault());
    // Wie onder het bewaren al op een link klikt, houdt die pagina; niet elke browser kan dat zeggen.
    window.navigation?.addEventListener("navigate", ({ destination }) => (this.elders ||= !destination.sameDocument));
    window.navigation?.addEventListener("navigateerror", () => (this.elders = false));
    this.#biedAan();
  }

  #waarden() {
    const uit = {};
    for (const veld of this.formulier.elements) {
      if (veld.name && !["csrf_token", "versie", "bestand", "actie"].includes(veld.name) && (veld.type !== "radio" || veld.checked)) {
        uit[veld.name] = veld.type === "checkbox" ? veld.checked : veld.value.replace(/\r\n/g, "\n");
      }
    }
    return uit;
  }

  #vuil() {
    return !this.klaar && JSON.stringify(this.#waarden()) !== this.begin;
  }

  async bewaar(opnieuw = true) {
    this.elders = false;
    this.#onthoud();
    this.#zeg("bezig", this.pagina.teksten.bezig);
    const body = new FormData(this.formulier);
    body.set("actie", "bewaar");
    let antwoord;
    try {
      antwoord = await fetch(location.href, { method: "POST", body, headers: { "X-Fragment": "1" }, credentials: "same-origin", redirect: "manual" });
    } catch {
      return this.#zeg("fout", this.pagina.teksten.geen_verbinding);
    }
    const naar = antwoord.headers.get("X-Naar");
    if (naar) return this.#gelukt(naar);
    if (antwoord.status === 400 && opnieuw && (await this.#verversBewijs())) return this.bewaar(false);
    if (antwoord.type === "opaqueredirect" || [400, 401, 403].includes(antwoord.status)) return this.#aanmelden();
    if (antwoord.status >= 500) return this.#zeg("fout", this.pagina.teksten.geen_verbinding);
    this.pagina.toon(await antwoord.text());
    return this.#zeg("fout", this.pagina.teksten.geweigerd);
  }

  #gelukt(naar) {
    this.klaar = true;
    this.plek.vergeet();
    if (!this.elders) location.assign(naar);
  }

  #aanmelden() {
    const { aangemeld, aanmelden } = this.pagina.teksten;
    this.#zeg("fout", aangemeld, [[aanmelden, () => window.open(location.href, "_blank", "noopener")]]);
  }

  /** Na opnieuw aanmelden hoort bij de nieuwe sessie een nieuw bewijs tegen vervalsing. */
  async #verversBewijs() {
    const antwoord = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!antwoord?.ok) return false;
    const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
    const bewijs = pagina.querySelector("#briefformulier [name=csrf_token]")?.value;
    if (bewijs) this.formulier.elements.csrf_token.value = bewijs;
    return Boolean(bewijs);
  }

  #biedAan() {
    const hier = this.plek.lees();
    if (!hier || JSON.stringify(hier) === this.begin) return this.plek.vergeet();
    const { niet_bewaard, zet_terug, laat_maar } = this.pagina.teksten;
    this.#zeg("fout", niet_bewaard, [
      [zet_terug, () => this.#zetTerug(hier)],
      [laat_maar, () => {
        this.plek.vergeet();
        this.#zeg("", "");
      }],
    ]);
  }

  #zetTerug(waarden) {
    for (const [naam, waarde] of Object.entries(waarden)) {
      const veld = this.formulier.elements[naam];
      const editor = this.pagina.editors.find((deel) => deel.tekstvak === veld);
      if (editor) editor.zet(waarde);
      else if (veld?.type === "checkbox") veld.checked = waarde;
      else if (veld) veld.value = waarde;
    }
    this.#zeg("", "");
    this.pagina.straks();
    this.#onthoud();
  }

  #zeg(stand, tekst, keuzes = []) {
    this.melding.dataset.stand = stand;
    zeg(this.melding, tekst, keuzes);
    if (stand === "fout") this.melding.scrollIntoView({ block: "nearest" });
  }

  #onthoud() {
    if (this.#vuil()) this.plek.zet(this.#waarden());
    else this.plek.vergeet();
  }
}
