/** JSON van een eigen adres; een leeg adres geeft een lege lijst. */
export async function haalJson(adres, opties = {}) {
  if (!adres) return [];
  const antwoord = await fetch(adres, { credentials: "same-origin", headers: { Accept: "application/json" }, ...opties });
  if (!antwoord.ok) throw new Error(`${adres}: ${antwoord.status}`);
  return antwoord.json();
}

/** Stuurt tekst met het bewijs tegen vervalsing, en leest het JSON-antwoord. */
export function stuur(adres, body) {
  const csrf = document.querySelector("[data-csrf]").dataset.csrf;
  return haalJson(adres, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "Content-Type": "text/plain; charset=utf-8", "X-CSRFToken": csrf },
  });
}
