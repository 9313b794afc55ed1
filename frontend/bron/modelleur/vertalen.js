// De teksten van de modelleurs in het Nederlands; wat er niet staat blijft Engels.
import nl from "./nl.json";

export function vertaler(taal) {
  const teksten = taal === "nl" ? nl : {};
  return (sjabloon, waarden = {}) => (teksten[sjabloon] ?? sjabloon).replace(/{([^}]+)}/g, (heel, naam) => waarden[naam] ?? heel);
}

export const vertaalModule = { translate: ["factory", (taal) => vertaler(taal)] };
vertaalModule.translate[1].$inject = ["config.taal"];
