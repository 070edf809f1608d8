// Finds out what Chromium shows of an article: which words leave a mark on the screen, in what order and how high.

const WIDTH_PX = 900;
const HEIGHT_PX = 800;

/** Returns the text of the article of a page that a reader sees: raised digits after `^`, lowered ones after `_`. */
export async function seenText(tab, html, decoder) {
  await tab.setViewport({ width: WIDTH_PX, height: HEIGHT_PX });
  await tab.setContent(html, { waitUntil: 'load' });
  const groups = await tab.evaluate(findTexts);
  const before = await screenshot(tab);
  const after = [];
  for (const group of groups.keys()) {
    await tab.evaluate((index) => window.blank(index), group);
    after.push(await screenshot(tab));
  }
  const seen = await decoder.evaluate(differences, before, after, groups);
  const text = await tab.evaluate((visible) => window.textOf(visible), seen);
  return text.replace(/[ \u00a0]+/g, ' ');
}

const screenshot = (tab) => tab.screenshot({ fullPage: true, optimizeForSpeed: true, encoding: 'base64' });

/**
 * Compares screenshots with the one before. Returns for each text of each group, given as its boxes, whether the
 * screenshot of its group differs there. Runs in a page.
 */
async function differences(before, after, groups) {
  const MIN_DIFFERENCE = 24; // of 255, in any colour
  const MIN_PIXELS = 8;
  const pixels = async (image) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${image}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const one = await pixels(before);
  const differing = (other, { left, top, right, bottom }) => {
    let count = 0;
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(one.height, bottom); y++)
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(one.width, right); x++) {
        const at = 4 * (y * one.width + x);
        const difference = (channel) => Math.abs(one.data[at + channel] - other.data[at + channel]);
        if (Math.max(difference(0), difference(1), difference(2)) >= MIN_DIFFERENCE) count++;
      }
    return count;
  };
  const seen = [];
  for (const [index, texts] of groups.entries()) {
    const other = await pixels(after[index]);
    seen.push(texts.map((boxes) => boxes.reduce((sum, box) => sum + differing(other, box), 0) >= MIN_PIXELS));
  }
  return seen;
}

/**
 * Finds the texts of the article. Returns groups of them, each text as its boxes; the boxes of a group do not overlap.
 * Adds `blank(group)`, which makes the texts of one group transparent, and `textOf(visible)`. Runs in the page.
 */
function findTexts() {
  const article = document.querySelector('article');
  const rangeOf = (node) => {
    const range = new Range();
    range.selectNodeContents(node);
    return range;
  };
  const boxesOf = (node) =>
    [...rangeOf(node).getClientRects()].map(({ left, top, right, bottom }) => ({ left, top: top + scrollY, right, bottom: bottom + scrollY }));
  const overlap = (one, other) =>
    one.some((a) => other.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
  const groups = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const boxes = boxesOf(node);
    const free = groups.find((group) => !group.some((other) => overlap(boxes, other.boxes)));
    if (free) free.push({ node, boxes });
    else groups.push([{ node, boxes }]);
  }

  document.head.append(Object.assign(document.createElement('style'), { textContent: '::highlight(blank) { color: transparent }' }));
  window.blank = (index) => CSS.highlights.set('blank', new Highlight(...groups[index].map(({ node }) => rangeOf(node))));

  const isStruck = (node) => {
    for (let up = node.parentElement; up !== article; up = up.parentElement)
      if (getComputedStyle(up).textDecorationLine.includes('line-through')) return true;
    return false;
  };
  const isReversed = (node) => {
    const box = (at) => {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const at = node.data.search(/\S\S/);
    return at >= 0 && box(at).left > box(at + 1).left;
  };
  const MIN_SHIFT_EM = 0.2;
  const heightMark = (node) => {
    for (let up = node.parentElement; getComputedStyle(up).display === 'inline'; up = up.parentElement) {
      const { verticalAlign: align, position, top, fontSize } = getComputedStyle(up);
      const shift = position === 'relative' ? parseFloat(top) / parseFloat(fontSize) : 0;
      if (align === 'super' || parseFloat(align) > 0 || shift < -MIN_SHIFT_EM) return '^';
      if (align === 'sub' || parseFloat(align) < 0 || shift > MIN_SHIFT_EM) return '_';
    }
    return '';
  };
  const APART = '\ufffc';
  const MIN_GAP_EM = 0.2;
  /** Whether the first character of a text is not next to the last one of the text before. */
  const isApart = (before, node) => {
    if (/\s$/.test(before.data) || /^\s/.test(node.data)) return false;
    const [last, first] = [boxesOf(before).at(-1), boxesOf(node)[0]];
    const isSameLine = last.top < first.bottom && first.top < last.bottom;
    return isSameLine && first.left - last.right > MIN_GAP_EM * parseFloat(getComputedStyle(node.parentElement).fontSize);
  };
  /** Takes from the page what can't be seen, and returns the text that is left. */
  window.textOf = (visible) => {
    const isVisible = new Map(groups.flatMap((group, index) => group.map((text, at) => [text.node, visible[index][at]])));
    const marks = nodes.map((node) => (isVisible.get(node) && !isStruck(node) && !isReversed(node) ? heightMark(node) : undefined));
    const shown = nodes.filter((_, index) => marks[index] !== undefined);
    const apart = new Set(shown.filter((node, index) => index > 0 && isApart(shown[index - 1], node)));
    const generated = [...article.querySelectorAll('*')].flatMap((element) =>
      ['before', 'after'].filter((side) => !['none', 'normal', '""'].includes(getComputedStyle(element, `::${side}`).content)).map((side) => [element, side]));
    for (const [index, node] of nodes.entries())
      node.data = marks[index] === undefined ? '' : (apart.has(node) ? APART : '') + marks[index] + node.data;
    for (const [element, side] of generated) element[side === 'before' ? 'prepend' : 'append'](APART);
    for (const picture of article.querySelectorAll('img')) picture.before(APART);
    return article.innerText;
  };
  return groups.map((group) => group.map(({ boxes }) => boxes));
}
