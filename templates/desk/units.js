// Words and sentences of a document, as the browser segments text. Each search starts at a given place and not at
// the start of the block, so that it takes no longer in a long block.

/**
 * In a block more than twice as long, only this many characters on each side of a place are split into sentences.
 */
const MAX_SENTENCE_CONTEXT = 4_000;
/** The words of a selection with more characters are not counted here; the server counts them. */
const MAX_COUNTED = 4_000;

export class TextUnits {
  segments = new Map();

  constructor(pane) {
    this.pane = pane;
  }

  /** Returns the segments of a block: its words or its sentences, as `granularity` says. */
  of(block, granularity, text = this.pane.text(block)) {
    const language = this.pane.body.lang;
    let cache = this.segments.get(granularity);
    if (cache?.language !== language) {
      cache = { language, segmenter: new Intl.Segmenter(language || undefined, { granularity }) };
      this.segments.set(granularity, cache);
    }
    if (cache.text !== text) Object.assign(cache, { text, segments: cache.segmenter.segment(text) });
    return cache.segments;
  }

  /** The word at or after a position, in this block or a later one. */
  wordAt({ block, offset }) {
    for (let at = block; at < this.pane.blocks.length; at += 1) {
      const found = this.scan(at, at === block ? offset : 0, 1);
      if (found) return found;
    }
    return null;
  }

  /** The word that ends before a position, in this block or an earlier one. */
  wordBefore({ block, offset }) {
    for (let at = block; at >= 0; at -= 1) {
      const found = this.scan(at, (at === block ? offset : this.pane.text(at).length) - 1, -1);
      if (found) return found;
    }
    return null;
  }

  /** Goes from segment to segment, forward if `step` is 1 and back if it is -1, until one is a word. */
  scan(block, from, step) {
    const segments = this.of(block, 'word');
    let segment = from < 0 ? undefined : segments.containing(from);
    while (segment) {
      const { index, segment: text, isWordLike } = segment;
      if (isWordLike) return { block, start: index, end: index + text.length };
      segment = step > 0 ? segments.containing(index + text.length) : index > 0 ? segments.containing(index - 1) : undefined;
    }
    return null;
  }

  firstWord() {
    return this.wordAt({ block: 0, offset: 0 });
  }

  lastWord() {
    const block = this.pane.blocks.length - 1;
    return this.wordBefore({ block, offset: this.pane.text(block).length });
  }

  nextWord({ block, end }) {
    return this.wordAt({ block, offset: end });
  }

  previousWord({ block, start }) {
    return this.wordBefore({ block, offset: start });
  }

  /**
  * Returns the first word of the next sentence. If `extend`, returns the last word of this sentence or, if the
  * cursor is on it already, of the next one.
  */
  nextSentence(word, extend) {
    const { end } = this.sentence(word);
    const last = this.wordBefore({ block: word.block, offset: end });
    if (!extend) return this.wordAt({ block: word.block, offset: end });
    if (last && last.start > word.start) return last;
    const next = this.wordAt({ block: word.block, offset: end });
    return next && this.wordBefore({ block: next.block, offset: this.sentence(next).end });
  }

  /** Returns the first word of this sentence or, if the cursor is on it already, of the sentence before. */
  previousSentence(word) {
    const first = this.wordAt({ block: word.block, offset: this.sentence(word).start });
    if (first && first.start < word.start) return first;
    const before = this.previousWord(first ?? word);
    return before && this.wordAt({ block: before.block, offset: this.sentence(before).start });
  }

  sentence({ block, start }) {
    const text = this.pane.text(block);
    const from = Math.max(0, start - MAX_SENTENCE_CONTEXT);
    const near = text.length > 2 * MAX_SENTENCE_CONTEXT ? text.slice(from, start + MAX_SENTENCE_CONTEXT) : text;
    const shift = near === text ? 0 : from;
    const { index, segment } = this.of(block, 'sentence', near).containing(start - shift);
    return { start: shift + index, end: shift + index + segment.length };
  }

  nextBlock({ block }) {
    return this.wordAt({ block: block + 1, offset: 0 });
  }

  previousBlock({ block, start }) {
    const first = this.wordAt({ block, offset: 0 });
    if (first && first.start < start) return first;
    const before = first && this.previousWord(first);
    return before && this.wordAt({ block: before.block, offset: 0 });
  }

  /** Counts the words from one position to another, or returns null if there are too many to count quickly. */
  count(from, to) {
    let count = 0;
    let length = 0;
    for (let block = from.block; block <= to.block; block += 1) {
      const text = this.pane.text(block).slice(block === from.block ? from.offset : 0, block === to.block ? to.offset : undefined);
      length += text.length;
      if (length > MAX_COUNTED) return null;
      count += text.split(/[\s\u2013\u2014]+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
    }
    return count;
  }
}
