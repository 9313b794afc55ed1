// Wat nog niet op de server staat, onthoudt deze browser. Is die opslag vol of uitgezet, dan blijft alleen de server over.
export class Bewaarplek {
  constructor(sleutel) {
    this.sleutel = sleutel;
  }

  zet(waarde) {
    try {
      localStorage.setItem(this.sleutel, JSON.stringify(waarde));
    } catch {
      /* vol of uitgezet */
    }
  }

  /** @returns wat er staat, of null */
  lees() {
    try {
      return JSON.parse(localStorage.getItem(this.sleutel));
    } catch {
      return null;
    }
  }

  vergeet() {
    try {
      localStorage.removeItem(this.sleutel);
    } catch {
      /* uitgezet */
    }
  }
}

/** Zet in de live region `melding` een tekst, met een knop voor elke `[naam, doe]` van `keuzes`. */
export function zeg(melding, tekst, keuzes = []) {
  const knoppen = keuzes.map(([naam, doe]) => {
    const knop = document.createElement("button");
    Object.assign(knop, { type: "button", className: "utrecht-button utrecht-button--secondary-action dv-knop--klein", textContent: naam });
    knop.addEventListener("click", doe);
    return knop;
  });
  melding.replaceChildren(tekst ?? "", ...knoppen);
}
