//! Tests of the blocks of whole pages.

use super::*;
use crate::Limits;
use crate::html::strip;

const LIMITS: Limits = Limits { file_bytes: 1 << 20, decompressed_bytes: 1 << 20, seconds: 10 };

fn blocks(page: &str) -> Vec<(BlockKind, String)> {
    let tree = Tree::parse(page, LIMITS).expect("a page within limits");
    let references = References::new(&tree, &|_| false);
    extract(&tree, Tree::ROOT, &Styles::of(&tree, &[], LIMITS).expect("a page within limits"), &references)
        .into_iter()
        .map(|block| (block.kind, block.text))
        .collect()
}

fn texts(page: &str) -> Vec<String> {
    blocks(page).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn words_are_neither_joined_nor_split() {
    assert_eq!(
        texts(
            "<div>The <b>har</b>bour<br>was <i>closed</i>.<p>A&shy;gain</p>And\n <span>then</span><div>not.</div>"
        ),
        ["The harbour was closed.", "Again", "And then", "not."]
    );
    assert_eq!(texts("<td>One.<br>\n<br>Two.<br><br><br>Three."), ["One.", "Two.", "Three."]);
    assert_eq!(texts("<pre>a  b\n  c</pre>d\ne"), ["a  b\n  c", "d e"]);
}

#[test]
fn block_kinds_follow_from_ancestor_elements() {
    use BlockKind::{Caption, Heading, Item, Note, Paragraph, Quote};
    let page = "<h2>H</h2><p>P<ul><li>I<li><p>J</p></ul><blockquote><p>Q</p></blockquote>\
                <figure><img><figcaption>C</figcaption></figure><ol class=footnotes><li>N</ol>";
    let kinds: Vec<_> = blocks(page).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Heading, Paragraph, Item, Item, Quote, Caption, Note]);
}

#[test]
fn words_set_aside_keep_their_place() {
    let struck = |page: &str| {
        let tree = Tree::parse(page, LIMITS).expect("a page within limits");
        let references = References::new(&tree, &|_| false);
        let blocks = extract(
            &tree,
            Tree::ROOT,
            &Styles::of(&tree, &[], LIMITS).expect("a page within limits"),
            &references,
        );
        let places = blocks.into_iter().flat_map(|block| {
            let text = block.text;
            block.set_aside.into_iter().map(move |one| (text[..one.at].to_owned(), one.words))
        });
        places.collect::<Vec<_>>()
    };
    let place = |before: &str, words: &str| vec![(before.to_owned(), words.to_owned())];
    assert_eq!(struck("<p>The mill <del>burnt</del> <ins>stood</ins>.</p>"), place("The mill", "burnt"));
    assert_eq!(struck("<pre>\n éé<s>x</s>éé\n</pre>"), place("éé", "x"));
    assert_eq!(struck("<pre>é <s>x</s>\n</pre>"), place("é", "x"));
    assert_eq!(struck("<p>The mill.<p><s>It burnt.</s><p>It stood."), place("The mill.", "It burnt."));
    assert_eq!(struck("<p><s>It burnt.</s><p>It stood."), place("", "It burnt."));
    assert_eq!(struck("<p>10<sup>6<del>7</del></sup> steps"), place("10", "7"));
    let table = "<table><tr><th>Year<th>Mills<tr><td>1998<td>two <s>three</s>";
    assert_eq!(struck(table), place("1998\ttwo", "three"));
}

#[test]
fn a_removal_keeps_figures_apart_but_not_the_letters_of_a_word() {
    for (page, expected) in [
        ("organi<del>z</del><ins>s</ins>ation", "organisation"),
        ("organi<ins>s</ins><s>z</s>ation", "organisation"),
        ("1<del>,</del>200", "1\u{fffc}200"),
        ("1<b><strike>,</strike></b>200", "1\u{fffc}200"),
        ("1<del>9</del><ins>8</ins>200", "18200"),
        ("1<del>,</del>,200", "1,200"),
        ("the<del> old</del>mill", "the mill"),
        ("1<svg><path/></svg>200", "1\u{fffc}200"),
        ("not<select><option>un</select>able", "not\u{fffc}able"),
        ("1<video src=x></video>200 and 3<input value=5>4", "1\u{fffc}200 and 3\u{fffc}4"),
        ("1<span hidden>,</span>200", "1200"),
        ("1<span style='opacity: 0'>,</span>200", "1 200"),
        ("1<input type=hidden value=5><script>x</script>200", "1200"),
        ("the <svg></svg>mill<span hidden>x</span>, and", "the mill, and"),
    ] {
        let mut tree = Tree::parse(&format!("<p>{page}"), LIMITS).expect("a page within limits");
        let styles = Styles::of(&tree, &[], LIMITS).expect("a page within limits");
        strip::strip_non_text(&mut tree);
        strip::strip_hidden(&mut tree, &styles);
        let references = References::new(&tree, &|_| false);
        let blocks = extract(&tree, Tree::ROOT, &styles, &references);
        assert_eq!(blocks.first().map(|block| block.text.as_str()), Some(expected), "{page}");
    }
}
