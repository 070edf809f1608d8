// Shows a document: its blocks with headings, lists, tables, pages and paragraph numbers. Translates between places in
// it (block, and offset in UTF-16 units) and places on the page (text nodes).

import { el, fill } from './dom.js';
import { t } from './words.js';

/** Long documents are built in slices of this many blocks, so that the page can react in between. */
const BLOCKS_PER_SLICE = 400;

const TAGS = { heading: 'h2', quote: 'blockquote', item: 'li', table: 'tr' };
/** Neighbouring blocks of one of these kinds are put into one list or table. */
const GROUPS = { item: () => el('ul'), table: () => el('tbody') };

export class DocumentPane {
  body = el('div', { class: 'body' });
  blocks = [];
  /** For each block: its element, and its text nodes with the offset at which each starts. */
  parts = [];
  /** Text node → its block and offset. */
  places = new WeakMap();
  /** A promise that is fulfilled when all blocks are on the page. */
  ready = Promise.resolve();

  /** Shows a document's blocks, and returns true. Does nothing, and returns false, if it already shows them. */
  show(blocks, language) {
    if (isSame(blocks, this.blocks)) return false;
    this.blocks = blocks;
    this.parts = [];
    this.body.lang = language ?? '';
    fill(this.body);
    this.group = null;
    this.ready = this.build(blocks);
    return true;
  }

  async build(blocks) {
    for (let from = 0; from < blocks.length; from += BLOCKS_PER_SLICE) {
      if (from > 0) await new Promise((next) => setTimeout(next));
      if (this.blocks !== blocks) return;
      const target = document.createDocumentFragment();
      for (let at = from; at < Math.min(from + BLOCKS_PER_SLICE, blocks.length); at += 1) this.add(target, blocks[at], at);
      this.body.append(target);
    }
  }

  add(target, block, at) {
    if (block.division) {
      this.group = null;
      target.append(el('p', { class: 'division' }, block.division));
    }
    const element = el(TAGS[block.kind] ?? 'p', { class: `block kind-${block.kind}`, 'data-block': at, 'data-paragraph': block.paragraph });
    const part = { element, nodes: [] };
    this.parts.push(part);
    if (block.kind === 'table') this.addCells(part, block.text, at);
    else this.addText(element, part, block.text, at, 0);
    this.placeBlock(target, block.kind, element);
  }

  /** Puts a block into the list or table of the blocks before it, or directly into the document. */
  placeBlock(target, kind, element) {
    if (!GROUPS[kind]) {
      this.group = null;
      target.append(element);
      return;
    }
    if (this.group?.kind !== kind) {
      const parent = GROUPS[kind]();
      this.group = { kind, parent };
      target.append(kind === 'table' ? el('div', { class: 'wide' }, el('table', {}, parent)) : parent);
    }
    this.group.parent.append(element);
  }

  addCells(part, text, at) {
    let start = 0;
    for (const cell of text.split('\t')) {
      const element = el('td');
      this.addText(element, part, cell, at, start);
      part.element.append(element);
      start += cell.length + 1;
    }
  }

  addText(element, part, text, block, start) {
    const node = document.createTextNode(text);
    this.places.set(node, { block, start });
    part.nodes.push({ node, start });
    element.append(node);
  }

  text(block) {
    return this.blocks[block]?.text ?? '';
  }

  elementOf(block) {
    return this.parts[block]?.element;
  }

  /** Converts a range of one block to a range on the page; null if the block is not on the page yet. */
  rangeOf({ block, start, end }) {
    const from = this.nodeAt(block, start, false);
    const to = this.nodeAt(block, end, true);
    if (!from || !to) return null;
    const range = new Range();
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** Returns the text node of a position, and the offset in it. Between two cells, `isEnd` selects the first. */
  nodeAt(block, offset, isEnd) {
    const nodes = this.parts[block]?.nodes ?? [];
    const found = nodes.findLast(({ start }) => (isEnd ? start < offset : start <= offset)) ?? nodes[0];
    return found && { node: found.node, offset: Math.min(offset - found.start, found.node.length) };
  }

  /** Converts a place on the page to a position: that of the nearest text after it or, if `isEnd`, before it. */
  positionOf(node, offset, isEnd) {
    const place = this.places.get(node);
    if (place) return { block: place.block, offset: place.start + offset };
    if (!this.body.contains(node)) return this.outside(node, isEnd);
    const edge = node.childNodes[isEnd ? offset - 1 : offset] ?? node;
    const walker = document.createTreeWalker(this.body, NodeFilter.SHOW_TEXT);
    walker.currentNode = edge;
    let found = this.places.has(edge) ? edge : isEnd ? lastTextIn(edge) : walker.nextNode();
    while (found && !this.places.has(found)) found = isEnd ? walker.previousNode() : walker.nextNode();
    if (!found && isEnd) return this.outside(null, true);
    if (!found) return null;
    const { block, start } = this.places.get(found);
    return { block, offset: isEnd ? start + found.length : start };
  }

  /**
   * Returns the document's first position for a start before it, and its last for an end after it; otherwise null.
   */
  outside(node, isEnd) {
    const isBefore = node && this.body.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    if (isBefore && isEnd) return null;
    if (!isBefore && !isEnd) return null;
    const last = this.parts.length - 1;
    return isEnd ? { block: last, offset: this.text(last).length } : { block: 0, offset: 0 };
  }

  /** Scrolls until a range is a third of the view below its top, unless it is already in sight. */
  async reveal(range, smooth = true) {
    await this.ready;
    const element = this.elementOf(range.block);
    if (!element) return;
    const isCalm = !smooth || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const scroller = this.body.closest('.document');
    const box = (this.rangeOf(range) ?? element).getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    if (box.top >= view.top + 16 && box.bottom <= view.bottom - 64) return;
    const top = scroller.scrollTop + box.top - view.top - view.height / 3;
    scroller.scrollTo({ top, behavior: isCalm ? 'instant' : 'smooth' });
  }

  /** Says, in place of the document, that the source has none. */
  showNothing(record) {
    this.blocks = [];
    fill(this.body, el('p', { class: 'soft' }, t('no_document_help', { record })));
  }
}

function lastTextIn(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) last = walker.currentNode;
  return last;
}

/** Whether two documents have the same blocks. */
function isSame(a, b) {
  const isEqual = (one, other) =>
    one.text === other.text && one.kind === other.kind && one.paragraph === other.paragraph && one.division === other.division;
  return a === b || (a.length === b.length && a.length > 0 && a.every((block, at) => isEqual(block, b[at])));
}
