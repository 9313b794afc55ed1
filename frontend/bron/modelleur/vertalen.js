// De teksten van de modelleurs: Nederlands, en in het Engels alleen wat bij ons anders heet. Wat er niet staat blijft zoals de bibliotheek het zegt.
import en from "./en.json";
import nl from "./nl.json";

const TEKSTEN = { nl, en };

/** Eén of meer: de bibliotheek vult alleen getallen in. */
const AANTALLEN = {
  "{errors} Errors, {warnings} Warnings": {
    nl: ({ errors, warnings }) => `${telt(errors, "fout", "fouten")}, ${telt(warnings, "aandachtspunt", "aandachtspunten")}`,
    en: ({ errors, warnings }) => `${telt(errors, "error", "errors")}, ${telt(warnings, "warning", "warnings")}`,
  },
};

const telt = (aantal, een, meer) => `${aantal} ${Number(aantal) === 1 ? een : meer}`;

export function vertaler(taal) {
  const teksten = TEKSTEN[taal] ?? {};
  return (sjabloon, waarden = {}) =>
    AANTALLEN[sjabloon]?.[taal]?.(waarden) ?? (teksten[sjabloon] ?? sjabloon).replace(/{([^}]+)}/g, (heel, naam) => waarden[naam] ?? heel);
}

export const vertaalModule = { translate: ["factory", (taal) => vertaler(taal)] };
vertaalModule.translate[1].$inject = ["config.taal"];
