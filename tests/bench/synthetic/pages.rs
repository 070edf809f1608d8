//! Generates Markdown pages of about 600 words, with headings, lists, a table, a quote, three kinds of links and a
//! footnote.

use super::prose::{Random, heading, paragraph, sentence, thing};

const MIN_PAGE_WORDS: usize = 600;

/// A page without front matter, whose form depends on the site generator.
pub(super) struct Page {
    /// `page-00017`
    pub(super) name: String,
    pub(super) title: String,
    /// `2019-04-08`
    pub(super) day: String,
    pub(super) body: String,
}

impl Page {
    /// Generates page `number` of `of` pages. `ending` is appended to the page name in internal links.
    pub(super) fn new(number: usize, of: usize, ending: &str) -> Self {
        let mut random = Random::new(1, number);
        let title = heading(&mut random);
        let day = format!("20{:02}-{:02}-{:02}", 10 + number % 15, 1 + number % 12, 1 + number % 28);
        Self { name: name(number), title, day, body: body(&mut random, of, ending) }
    }
}

fn name(number: usize) -> String {
    format!("page-{number:05}")
}

fn body(random: &mut Random, pages: usize, ending: &str) -> String {
    let mut blocks = vec![paragraph(random, 50), links(random, pages, ending)];
    blocks.push(format!("## {}", heading(random)));
    blocks.push(format!("{} That *much* is **certain**.[^note]", paragraph(random, 60)));
    blocks.push(list(random, 5, |_| "-".to_owned()));
    blocks.push(format!("## {}", heading(random)));
    blocks.push(table(random));
    blocks.push(format!("> {}", paragraph(random, 40)));
    blocks.push(format!("### {}", heading(random)));
    blocks.push(list(random, 4, |at| format!("{}.", at + 1)));
    let words =
        |blocks: &[String]| -> usize { blocks.iter().map(|block| block.split_whitespace().count()).sum() };
    while words(&blocks) < MIN_PAGE_WORDS {
        blocks.push(paragraph(random, 50));
    }
    blocks.push(format!("[^note]: {}", sentence(random)));
    blocks.push("[board]: https://example.com/board \"The board\"\n".to_owned());
    blocks.join("\n\n")
}

/// A paragraph with an external link, an internal one and a reference link.
fn links(random: &mut Random, pages: usize, ending: &str) -> String {
    format!(
        "More about {} is [elsewhere](https://example.org/{}/), some of it [on this site](/pages/{}{ending}), and \
         `gauge_{}` is [the board's][board].",
        thing(random),
        random.below(1000),
        name(random.below(pages.min(100))),
        random.below(100),
    )
}

fn list(random: &mut Random, items: usize, marker: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..items).map(|at| format!("{} {}", marker(at), sentence(random))).collect();
    items.join("\n")
}

fn table(random: &mut Random) -> String {
    let mut table = "| Place | Next to | Feet |\n| :--- | --- | ---: |".to_owned();
    for _ in 0..5 {
        table = format!("{table}\n| {} | {} | {} |", thing(random), thing(random), random.below(9000));
    }
    table
}
