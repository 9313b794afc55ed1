// De modelleurs van proces en beslissing. Eén bundel, die alleen op hun pagina's laadt.
import { toonBeslissing } from "./beslissing.js";
import { toonProces } from "./proces.js";
import { toonVerschil } from "./vergelijken.js";
import { toonKaart } from "./kaart.js";

const SOORTEN = { proces: toonProces, beslissing: toonBeslissing, verschil: toonVerschil, kaart: toonKaart };

for (const element of document.querySelectorAll("[data-modelleur]")) {
  SOORTEN[element.dataset.modelleur](element).catch((fout) => {
    const melding = element.querySelector("[data-stand]");
    melding.textContent = element.dataset.mislukt;
    melding.dataset.stand = "fout";
    console.error(fout);
  });
}
