// Eén tekstvak als editor: document, toetsen, werkbalk en vensters. Het tekstvak blijft wat er verstuurd wordt.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, NodeSelection, Plugin } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { naarHtml, schema, uitHtml } from "./schema.js";
import { kiesLink, kiesVeld, kiesVoorwaarde } from "./vensters.js";
import { Werkbalk } from "./werkbalk.js";

const VELD = /\{\{\s*([^{}]+?)\s*\}\}/g;
const { nodes, marks } = schema;

export class Editor {
  constructor(tekstvak, pagina) {
    Object.assign(this, { tekstvak, pagina, teksten: pagina.teksten });
    this.label = document.querySelector(`label[for="${tekstvak.id}"]`);
    this.naam = this.label?.firstChild.textContent.trim() ?? "";
    this.hulp = document.getElementById(`${tekstvak.id}-hulp`);
    this.schil = document.createElement("div");
    this.schil.className = "dv-brief__editor";
    this.html = document.createElement("button");
    Object.assign(this.html, { type: "button", className: "utrecht-button utrecht-button--subtle dv-knop--klein" });
    this.html.addEventListener("click", () => (this.view ? this.#alsHtml() : this.#metOpmaak()));
    this.melding = document.createElement("p");
    Object.assign(this.melding, { className: "utrecht-form-field-description", hidden: true, textContent: this.teksten.geen_opmaak });
    tekstvak.before(this.melding, this.schil);
    tekstvak.after(this.html);
    tekstvak.required = false;
    if (!this.#metOpmaak()) this.html.textContent = this.teksten.opmaak;
  }

  /** Toont de tekst met opmaak; kan dat niet zonder iets kwijt te raken, dan blijft het tekstvak. */
  #metOpmaak() {
    const doc = uitHtml(this.tekstvak.value);
    this.scheiding = />\s*\n/.test(this.tekstvak.value) ? "\n" : ""; // wat niet verandert hoort in de geschiedenis ook niet te veranderen
    this.melding.hidden = doc !== null;
    if (!doc) return false;
    this.tekstvak.hidden = true;
    if (this.hulp) this.hulp.hidden = true; // gaat over HTML
    this.html.textContent = this.teksten.html;
    this.#maak(doc);
    return true;
  }

  #alsHtml() {
    this.view.destroy();
    this.balk.weg();
    this.view = null;
    this.tekstvak.hidden = false;
    if (this.hulp) this.hulp.hidden = false;
    this.html.textContent = this.teksten.opmaak;
    this.tekstvak.focus();
  }

  #maak(doc) {
    this.view = new EditorView(this.schil, {
      state: EditorState.create({ doc, plugins: [keymap(this.#toetsen()), keymap(baseKeymap), history(), velden()] }),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": this.naam, class: "dv-brief__tekst" },
      handleDoubleClickOn: (_view, _plek, node, begin) => this.#open(node, begin),
      dispatchTransaction: (transactie) => this.#verander(transactie),
    });
    this.balk = new Werkbalk(this, this.#opdrachten());
    this.schil.prepend(this.balk.element);
    this.balk.ververs();
  }

  #verander(transactie) {
    this.view.updateState(this.view.state.apply(transactie));
    this.balk?.ververs();
    if (!transactie.docChanged) return;
    this.tekstvak.value = naarHtml(this.view.state.doc, this.scheiding);
    this.tekstvak.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** De tekst van buiten zetten, bijvoorbeeld uit wat deze browser bewaarde. */
  zet(html) {
    this.tekstvak.value = html;
    if (this.view) this.#alsHtml();
    if (!this.#metOpmaak()) this.html.textContent = this.teksten.opmaak;
  }

  #toetsen() {
    const regel = (state, dispatch) => {
      dispatch?.(state.tr.replaceSelectionWith(nodes.br.create()).scrollIntoView());
      return true;
    };
    return {
      "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em),
      Enter: chainCommands((state, dispatch) => this.#veldBewerken(state, dispatch), splitListItem(nodes.li)),
      "Shift-Enter": chainCommands(exitCode, regel),
      "Mod-]": sinkListItem(nodes.li), "Mod-[": liftListItem(nodes.li), "Mod-k": () => this.#link(), "Mod-e": () => this.#veld(), "Alt-F10": () => this.balk.focus(),
    };
  }

  #veldBewerken(state) {
    const { selection } = state;
    return selection instanceof NodeSelection && this.#open(selection.node, selection.from);
  }

  #open(node, begin) {
    if (node.type !== nodes.veld) return false;
    this.#veld(begin, node.attrs.uitdrukking);
    return true;
  }

  #opdrachten() {
    const lijst = (soort) => chainCommands(liftAls(soort), wrapInList(soort));
    return [
      ["vet", toggleMark(marks.strong), marks.strong], ["cursief", toggleMark(marks.em), marks.em],
      ["alinea", setBlockType(nodes.p)], ["kop", setBlockType(nodes.h2)], ["subkop", setBlockType(nodes.h3)],
      ["opsomming", lijst(nodes.ul)], ["nummering", lijst(nodes.ol)],
      ["veld", (_s, dispatch) => !dispatch || this.#veld()], ["voorwaarde", (_s, dispatch) => !dispatch || this.#voorwaarde()],
      ["link", (_s, dispatch) => !dispatch || this.#link()],
      ["tabel", tabel], ["rij_erbij", rijErbij], ["rij_weg", rijWeg], ["ongedaan", undo], ["opnieuw", redo],
    ];
  }

  #veld(plek = null, uitdrukking = "") {
    kiesVeld(this.pagina, uitdrukking).then((gekozen) => {
      if (gekozen) {
        const node = nodes.veld.create({ uitdrukking: gekozen });
        const { tr } = this.view.state;
        this.view.dispatch(plek === null ? tr.replaceSelectionWith(node, true) : tr.replaceWith(plek, plek + 1, node));
      }
      this.view.focus();
    });
    return true;
  }

  /** Voorwaarde en herhaling van het blok bij de cursor; met een selectie van alle blokken daarin. */
  #voorwaarde() {
    const { state } = this.view;
    const blokken = gekozenBlokken(state);
    if (!blokken.length) return false;
    const eerste = blokken[0].node.attrs;
    kiesVoorwaarde(this.pagina, eerste.als ?? "", eerste.elk ?? "").then((keuze) => {
      if (keuze) {
        const { tr } = this.view.state;
        for (const { plek, node } of blokken) tr.setNodeMarkup(plek, null, { ...node.attrs, als: keuze.als || null, elk: keuze.elk || null });
        this.view.dispatch(tr);
      }
      this.view.focus();
    });
    return true;
  }

  #link() {
    const { state } = this.view;
    const huidig = state.selection.$from.marks().find((mark) => mark.type === marks.a);
    if (state.selection.empty && !huidig) return true;
    kiesLink(huidig?.attrs.href ?? "").then((adres) => {
      if (adres !== null) {
        const { from, to } = state.selection.empty ? rondMerk(state, marks.a) : state.selection;
        const tr = this.view.state.tr.removeMark(from, to, marks.a);
        this.view.dispatch(adres ? tr.addMark(from, to, marks.a.create({ href: adres })) : tr);
      }
      this.view.focus();
    });
    return true;
  }
}

/** Getikte of geplakte `{{ … }}` wordt een veld. */
function velden() {
  return new Plugin({
    appendTransaction(transacties, _oud, state) {
      if (!transacties.some((transactie) => transactie.docChanged)) return null;
      const gevonden = [];
      state.doc.descendants((node, plek) => {
        if (node.isText) for (const treffer of node.text.matchAll(VELD)) gevonden.push([plek + treffer.index, treffer[0].length, treffer[1], node.marks]);
      });
      if (!gevonden.length) return null;
      const tr = state.tr;
      for (const [plek, lengte, uitdrukking, merken] of gevonden.reverse()) tr.replaceWith(plek, plek + lengte, nodes.veld.create({ uitdrukking }, null, merken));
      return tr;
    },
  });
}

function gekozenBlokken(state) {
  const { $from, $to } = state.selection;
  const bereik = $from.blockRange($to);
  if (!bereik) return [];
  const uit = [];
  if (bereik.depth > 0 && $from.sameParent($to) && ["li", "td", "th", "dd"].includes(bereik.parent.type.name)) {
    const diepte = bereik.parent.type.name === "li" ? bereik.depth : bereik.depth - 1; // een cel: de hele rij
    return [{ plek: $from.before(diepte), node: $from.node(diepte) }];
  }
  let plek = bereik.start;
  for (let nr = bereik.startIndex; nr < bereik.endIndex; nr += 1) {
    const node = bereik.parent.child(nr);
    uit.push({ plek, node });
    plek += node.nodeSize;
  }
  return uit;
}

/** Het stuk tekst rond de cursor met dit merk. */
function rondMerk(state, soort) {
  const { $from } = state.selection;
  let [van, tot] = [$from.start(), $from.start()];
  let gevonden = null;
  $from.parent.forEach((node, plek) => {
    [van, tot] = [$from.start() + plek, $from.start() + plek + node.nodeSize];
    if (soort.isInSet(node.marks) && van <= $from.pos && $from.pos <= tot) gevonden = { from: van, to: tot };
  });
  return gevonden ?? { from: $from.pos, to: $from.pos };
}

const liftAls = (soort) => (state, dispatch) => {
  const { $from } = state.selection;
  const inLijst = $from.depth > 1 && $from.node(-1).type === nodes.li && $from.node(-2).type === soort;
  return inLijst && liftListItem(nodes.li)(state, dispatch);
};

// --- tabellen: klein gehouden, want een brief heeft er zelden een ---

const celVan = (soort, attrs = {}) => nodes[soort].create(attrs, nodes.p.create({ kaal: true }));

function tabel(state, dispatch) {
  if (rijVan(state)) return false;
  if (dispatch) {
    const kop = nodes.thead.create(null, nodes.tr.create(null, [1, 2].map(() => celVan("th", { scope: "col" }))));
    const rij = nodes.tr.create(null, [1, 2].map(() => celVan("td")));
    dispatch(state.tr.replaceSelectionWith(nodes.table.create(null, [kop, nodes.tbody.create(null, rij)])).scrollIntoView());
  }
  return true;
}

function rijVan(state) {
  const { $from } = state.selection;
  for (let diepte = $from.depth; diepte > 0; diepte -= 1) {
    if ($from.node(diepte).type === nodes.tr) return { plek: $from.before(diepte), node: $from.node(diepte), ouder: $from.node(diepte - 1) };
  }
  return null;
}

function rijErbij(state, dispatch) {
  const rij = rijVan(state);
  if (!rij || rij.ouder.type === nodes.thead) return false;
  const cellen = Array.from({ length: rij.node.childCount }, () => celVan("td"));
  dispatch?.(state.tr.insert(rij.plek + rij.node.nodeSize, nodes.tr.create(null, cellen)));
  return true;
}

function rijWeg(state, dispatch) {
  const rij = rijVan(state);
  if (!rij || rij.ouder.childCount < 2) return false;
  dispatch?.(state.tr.delete(rij.plek, rij.plek + rij.node.nodeSize));
  return true;
}
