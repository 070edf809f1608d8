// Selecting words of the document. The mouse and touch select as on any page. The keyboard has a cursor that is on
// a word and moves by words, sentences and paragraphs. In each case, the selection is the browser's own.

import { isTyping } from './dom.js';
import { nameOf } from './keys.js';
import { TextUnits } from './units.js';

/** The selection is held for this long after a press, because browsers end it a moment after a touch. */
const RELEASE_MS = 50;

export class Selecting {
  /** The word that the keyboard is on: `{ block, start, end }`, or null. */
  word = null;
  /** The word at which a selection by keyboard began. */
  anchor = null;

  /** `onChange({ from, to })` is called with each new selection, `onChange(null)` when the selection has ended. */
  constructor(pane, scroller, marks, { onChange, onClick, onWord }) {
    Object.assign(this, { pane, scroller, marks, onChange, onClick, onWord });
    this.units = new TextUnits(pane);
    this.listener = () => this.read();
    document.addEventListener('selectionchange', this.listener);
    scroller.addEventListener('keydown', (event) => this.onKey(event));
    scroller.addEventListener('click', (event) => this.onPress(event));
    scroller.addEventListener('focus', () => this.showWord());
    scroller.addEventListener('blur', () => marks.set('word', []));
  }

  close() {
    document.removeEventListener('selectionchange', this.listener);
  }

  /** Reads the browser's selection. Ignores selections outside the document, as in a text field. */
  read() {
    if (this.isHeld) return;
    const selection = document.getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) {
      // If a text field gets the focus, the browser's selection ends, but the selected words are kept.
      if (!isTyping() && this.selected && this.isInPane(selection)) this.change(null);
      return;
    }
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.pane.body)) return;
    const from = this.pane.positionOf(range.startContainer, range.startOffset, false);
    const to = this.pane.positionOf(range.endContainer, range.endOffset, true);
    if (!from || !to || comparePositions(from, to) >= 0) return;
    this.change(endingBefore(from, to, this.pane));
  }

  /**
   * Keeps the selection while an element is pressed. Otherwise, a touch would end it before the element gets its
   * click.
   */
  holdWhilePressed(element) {
    element.addEventListener('pointerdown', () => { this.isHeld = true; });
    const release = () => setTimeout(() => { this.isHeld = false; }, RELEASE_MS);
    for (const end of ['click', 'pointercancel']) element.addEventListener(end, release);
  }

  isInPane({ anchorNode }) {
    return anchorNode !== null && this.scroller.contains(anchorNode);
  }

  change(selected) {
    this.selected = selected;
    this.onChange(selected);
  }

  /** Ends the selection. */
  clear() {
    document.getSelection().removeAllRanges();
    this.anchor = null;
    if (this.selected) this.change(null);
  }

  onPress(event) {
    const selection = document.getSelection();
    if (!selection.isCollapsed || event.target.closest('button, a') || selection.anchorNode === null) return;
    const position = this.pane.positionOf(selection.anchorNode, selection.anchorOffset, false);
    if (!position || !this.pane.body.contains(selection.anchorNode)) return;
    this.anchor = null;
    this.word = this.units.wordAt(position) ?? this.word;
    this.showWord();
    this.onClick(position);
  }

  onKey(event) {
    if (event.target !== this.scroller) return;
    const name = nameOf(event);
    const extend = name.includes('Shift+');
    const move = {
      ArrowRight: () => this.units.nextWord(this.word),
      ArrowLeft: () => this.units.previousWord(this.word),
      ArrowDown: () => this.units.nextSentence(this.word, extend),
      ArrowUp: () => this.units.previousSentence(this.word, extend),
      'Ctrl+ArrowDown': () => this.units.nextBlock(this.word),
      'Ctrl+ArrowUp': () => this.units.previousBlock(this.word),
      'Ctrl+Home': () => this.units.firstWord(),
      'Ctrl+End': () => this.units.lastWord(),
    }[name.replace('Shift+', '')];
    if (!move) return;
    event.preventDefault();
    this.startWord();
    const before = this.word;
    const word = this.isFresh ? this.word : move();
    this.isFresh = false;
    this.moveTo(word ?? before, extend, before);
  }

  /** Puts the cursor on the first word in sight, unless it is on a word already. */
  startWord() {
    this.isFresh = this.word === null;
    if (!this.isFresh) return;
    const top = this.scroller.getBoundingClientRect().top;
    const block = this.pane.parts.findIndex(({ element }) => element.getBoundingClientRect().bottom > top + 24);
    this.word = this.units.wordAt({ block: Math.max(block, 0), offset: 0 }) ?? this.units.firstWord();
  }

  moveTo(word, extend, before) {
    if (!word) return;
    this.word = word;
    if (extend) {
      this.anchor ??= before ?? word;
      this.select(this.anchor, word);
    } else {
      if (this.selected) this.clear();
      this.anchor = null;
      document.getSelection().removeAllRanges();
      this.onWord(this.pane.text(word.block).slice(word.start, word.end));
    }
    this.showWord();
    this.pane.reveal(word, false);
  }

  /** Selects from one word to another, in whichever order they come. */
  select(anchor, focus) {
    const isForward = comparePositions(at(anchor), at(focus)) <= 0;
    const [first, last] = isForward ? [anchor, focus] : [focus, anchor];
    const from = this.pane.nodeAt(first.block, first.start, false);
    const to = this.pane.nodeAt(last.block, last.end, true);
    document.getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
    this.change({ from: { block: first.block, offset: first.start }, to: { block: last.block, offset: last.end } });
  }

  showWord() {
    const isShown = this.word !== null && document.activeElement === this.scroller;
    this.marks.set('word', isShown ? [this.word] : []);
  }

  /** Puts the cursor on the word at a position. */
  putWord(position) {
    this.word = this.units.wordAt(position) ?? this.word;
    this.anchor = null;
    this.showWord();
  }
}

const at = ({ block, start }) => ({ block, offset: start });

export const comparePositions = (a, b) => a.block - b.block || a.offset - b.offset;

/**
 * If a selection ends at the start of a block, as after a triple click, lets it end at the end of the block
 * before.
 */
function endingBefore(from, to, pane) {
  if (to.offset > 0 || to.block === from.block) return { from, to };
  return { from, to: { block: to.block - 1, offset: pane.text(to.block - 1).length } };
}
