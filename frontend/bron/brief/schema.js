// De beperkte HTML van sjablonen als ProseMirror-schema, en heen en terug. Wat het schema niet precies teruggeeft, bewerkt men als HTML.
import { DOMParser, Schema } from "prosemirror-model";

const VELD = /\{\{\s*([^]+?)\s*\}\}/g;
const RUIMTE = /[ \t\r\n\f]+/g;
const IN_REGEL = new Set(["STRONG", "EM", "BR", "SPAN", "A", "IMG"]);
const MET_BLOKKEN = "li,td,th,dd,div";
const gemeen = { als: { default: null }, elk: { default: null }, lang: { default: null } };
const NAMEN = { als: "data-als", elk: "data-elk", lang: "lang", href: "href", scope: "scope", src: "src", alt: "alt", width: "width" };

const lees = (dom, ...meer) => Object.fromEntries(["als", "elk", "lang", ...meer].map((naam) => [naam, dom.getAttribute(NAMEN[naam])]));

/** De kenmerken zoals de editor ze toont: voorwaarde en herhaling met hun uitleg ervoor. */
function getoond(attrs, ...meer) {
  const uit = {};
  for (const naam of ["als", "elk", "lang", ...meer]) if (attrs[naam] !== null && attrs[naam] !== undefined) uit[NAMEN[naam]] = attrs[naam];
  const uitleg = [attrs.als !== null && `${teksten.alleen_als} ${attrs.als}`, attrs.elk !== null && `${teksten.voor_elk} ${attrs.elk}`].filter(Boolean);
  if (uitleg.length) uit["data-wanneer"] = uitleg.join("; ");
  return uit;
}

let teksten = {};
let naamVan = (uitdrukking) => uitdrukking;

/** De teksten van de pagina, en hoe een veld heet. */
export function stel(nieuweTeksten, naamFunctie) {
  teksten = nieuweTeksten;
  naamVan = naamFunctie;
}

const blok = (tag, content, extra = {}) => ({
  content,
  attrs: gemeen,
  parseDOM: [{ tag, getAttrs: (dom) => lees(dom) }],
  toDOM: (node) => [tag, getoond(node.attrs), 0],
  ...extra,
});
const cel = (tag) =>
  blok(tag, "blok+", {
    attrs: { ...gemeen, scope: { default: null } },
    parseDOM: [{ tag, getAttrs: (dom) => lees(dom, "scope") }],
    toDOM: (node) => [tag, getoond(node.attrs, "scope"), 0],
    isolating: true,
  });
const merk = (tag, ...meer) => ({
  attrs: { ...gemeen, ...Object.fromEntries(meer.map((naam) => [naam, { default: null }])) },
  parseDOM: [{ tag, getAttrs: (dom) => lees(dom, ...meer) }],
  toDOM: (mark) => [tag, getoond(mark.attrs, ...meer), 0],
});

export const schema = new Schema({
  nodes: {
    doc: { content: "blok+" },
    p: blok("p", "inline*", {
      group: "blok",
      attrs: { ...gemeen, kaal: { default: false } },
      parseDOM: [{ tag: "p", getAttrs: (dom) => ({ ...lees(dom), kaal: dom.hasAttribute("data-kaal") }) }],
    }),
    h2: blok("h2", "inline*", { group: "blok", defining: true }),
    h3: blok("h3", "inline*", { group: "blok", defining: true }),
    ul: blok("ul", "li+", { group: "blok" }),
    ol: blok("ol", "li+", { group: "blok" }),
    li: blok("li", "p (p | ul | ol)*", { defining: true }),
    div: blok("div", "blok+", { group: "blok" }),
    dl: blok("dl", "(dt | dd)+", { group: "blok" }),
    dt: blok("dt", "inline*"),
    dd: blok("dd", "blok+"),
    table: blok("table", "caption? thead? tbody*", { group: "blok", isolating: true }),
    caption: blok("caption", "inline*"),
    thead: blok("thead", "tr+"),
    tbody: blok("tbody", "tr+"),
    tr: blok("tr", "(th | td)+"),
    th: cel("th"),
    td: cel("td"),
    text: { group: "inline" },
    br: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    veld: {
      inline: true,
      group: "inline",
      atom: true,
      attrs: { uitdrukking: {} },
      parseDOM: [{ tag: "span[data-veld]", priority: 60, getAttrs: (dom) => ({ uitdrukking: dom.getAttribute("data-veld") }) }],
      toDOM: (node) => ["span", { class: "dv-veld", "data-veld": node.attrs.uitdrukking, title: node.attrs.uitdrukking }, naamVan(node.attrs.uitdrukking)],
      leafText: (node) => `{{ ${node.attrs.uitdrukking} }}`,
    },
    img: {
      inline: true,
      group: "inline",
      attrs: { ...gemeen, src: { default: null }, alt: { default: null }, width: { default: null } },
      parseDOM: [
        { tag: "img", getAttrs: (dom) => lees(dom, "src", "alt", "width") },
        { tag: "span[data-beeld]", priority: 60, getAttrs: (dom) => JSON.parse(dom.getAttribute("data-beeld")) },
      ],
      toDOM: (node) => ["span", { class: "dv-veld", "data-beeld": JSON.stringify(node.attrs) }, `${teksten.afbeelding}: ${node.attrs.alt ?? ""}`],
    },
  },
  marks: { a: merk("a", "href"), strong: merk("strong"), em: merk("em"), span: { ...merk("span"), parseDOM: [{ tag: "span", getAttrs: (dom) => lees(dom) }] } },
});

// --- van HTML naar document ---

function boomVan(html) {
  const sjabloon = document.createElement("template"); // laadt niets en voert niets uit
  sjabloon.innerHTML = html;
  return sjabloon.content;
}

/** Losse tekst in een lijstpunt, cel of blok krijgt een alinea eromheen die er bij het bewaren weer uitgaat. */
function omwikkel(ouder) {
  let rij = [];
  const maak = () => {
    if (rij.some((kind) => kind.nodeType !== Node.TEXT_NODE || kind.textContent.trim())) {
      const p = document.createElement("p");
      p.setAttribute("data-kaal", "");
      ouder.insertBefore(p, rij[0]);
      p.append(...rij);
    }
    rij = [];
  };
  for (const kind of [...ouder.childNodes]) {
    if (kind.nodeType === Node.TEXT_NODE || IN_REGEL.has(kind.nodeName)) rij.push(kind);
    else maak();
  }
  maak();
}

function metVelden(wortel) {
  const lopen = document.createTreeWalker(wortel, NodeFilter.SHOW_TEXT);
  const gevonden = [];
  while (lopen.nextNode()) if (lopen.currentNode.data.includes("{{")) gevonden.push(lopen.currentNode);
  for (const tekst of gevonden) {
    const delen = tekst.data.split(VELD);
    tekst.replaceWith(...delen.map((deel, nr) => (nr % 2 ? veldSpan(deel) : document.createTextNode(deel))));
  }
}

function veldSpan(uitdrukking) {
  const span = document.createElement("span");
  span.setAttribute("data-veld", uitdrukking);
  return span;
}

/** Het document, of null als de HTML er niet precies weer uit zou komen. */
export function uitHtml(html) {
  const boom = boomVan(html);
  omwikkel(boom);
  for (const ouder of boom.querySelectorAll(MET_BLOKKEN)) omwikkel(ouder);
  for (const leeg of boom.querySelectorAll(MET_BLOKKEN)) {
    if (!leeg.firstElementChild) {
      const p = document.createElement("p");
      p.setAttribute("data-kaal", "");
      leeg.replaceChildren(p);
    }
  }
  metVelden(boom);
  const doc = DOMParser.fromSchema(schema).parse(boom);
  return gelijk(html, naarHtml(doc)) ? doc : null;
}

const gelijk = (een, ander) => vast(boomVan(een)) === vast(boomVan(ander));

/** HTML zonder verschillen die er niet toe doen: witruimte tussen blokken, spaties in accolades, volgorde van kenmerken. */
function vast(boom) {
  const uit = [];
  const loop = (knoop) => {
    for (const kind of knoop.childNodes) {
      if (kind.nodeType === Node.TEXT_NODE) uit.push(kind.data.replace(RUIMTE, " ").replace(VELD, "{{ $1 }}"));
      else if (kind.nodeType === Node.ELEMENT_NODE) {
        const kenmerken = [...kind.attributes].map((k) => `${k.name}=${JSON.stringify(k.value)}`).sort();
        const inRegel = IN_REGEL.has(kind.nodeName);
        uit.push(inRegel ? "" : "\n", `<${[kind.nodeName, ...kenmerken].join(" ")}>`, inRegel ? "" : "\n");
        loop(kind);
        uit.push(inRegel ? "" : "\n", `</${kind.nodeName}>`, inRegel ? "" : "\n");
      } else uit.push("?"); // commentaar: niet te bewaren
    }
  };
  loop(boom);
  return uit.join("").replace(/ ?\n[\n ]*/g, "\n").replace(/ *(<BR>) */g, "$1").trim();
}

// --- van document naar HTML ---

const ontsnap = (tekst) => tekst.replace(/[&<>]/g, (teken) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[teken]);
const kenmerk = (waarde) => ontsnap(waarde).replace(/"/g, "&quot;");
const open = (tag, attrs) =>
  `<${tag}${Object.keys(NAMEN).filter((naam) => attrs[naam] !== null && attrs[naam] !== undefined).map((naam) => ` ${NAMEN[naam]}="${kenmerk(attrs[naam])}"`).join("")}>`;

export function naarHtml(doc, scheiding = "") {
  const delen = [];
  doc.forEach((kind) => delen.push(blokHtml(kind)));
  return delen.join(scheiding);
}

function blokHtml(node) {
  if (node.inlineContent) {
    const kaal = node.attrs.kaal && node.attrs.als === null && node.attrs.elk === null && node.attrs.lang === null;
    return kaal ? regelHtml(node) : `${open(node.type.name, node.attrs)}${regelHtml(node)}</${node.type.name}>`;
  }
  const delen = [];
  node.forEach((kind) => delen.push(blokHtml(kind)));
  return `${open(node.type.name, node.attrs)}${delen.join("")}</${node.type.name}>`;
}

function regelHtml(node) {
  let uit = "";
  let actief = [];
  node.forEach((kind) => {
    let samen = 0;
    while (samen < actief.length && samen < kind.marks.length && actief[samen].eq(kind.marks[samen])) samen += 1;
    uit += sluit(actief.slice(samen)) + kind.marks.slice(samen).map((mark) => open(mark.type.name, mark.attrs)).join("") + inhoudHtml(kind);
    actief = kind.marks;
  });
  return uit + sluit(actief);
}

const sluit = (marks) => [...marks].reverse().map((mark) => `</${mark.type.name}>`).join("");

function inhoudHtml(node) {
  if (node.isText) return ontsnap(node.text);
  if (node.type.name === "veld") return ontsnap(`{{ ${node.attrs.uitdrukking} }}`);
  return open(node.type.name, node.attrs);
}
