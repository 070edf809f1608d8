//! Tests of pages for pairs of sources, the filter, and the diagrams.

use crate::support::SiteTest;

#[test]
fn two_sources_are_compared_side_by_side_on_their_own_page() {
    let ran = SiteTest::golden().build().succeeds();
    let page = ran.page("compare/ballad--gazette.html");
    let page = page.contains("id=\"page--differ\"").contains("A lamp fell").contains("Lightning struck");
    let page =
        page.contains("id=\"page--agree\"").contains("id=\"page--second\"").contains("id=\"page--neither\"");
    // The Gazette comes first, since it alone has a date.
    page.contains("The Ford Gazette and").lacks("one witness");
    ran.page("compare/ballad--letter.html").contains("they count as one witness");
    ran.page("compare.html").contains("href=\"compare/ballad--gazette.html\"");
    ran.page("sources/ballad.html").contains("href=\"../compare/ballad--letter.html\"");
}

#[test]
fn pages_can_link_to_a_pair_in_either_order() {
    let site = SiteTest::golden().file(
        "content/x.md",
        "+++\ntitle = \"X\"\n+++\n[Both](compare/ballad--letter.html), [again](compare/letter--ballad.html).\n",
    );
    site.build().succeeds().page("x.html").contains("href=\"compare/ballad--letter.html\">again");
}

#[test]
fn sites_with_many_sources_have_no_pair_pages() {
    let mut site = SiteTest::golden();
    for number in 0..10 {
        site = site.file(&format!("seeds/paper-{number}.toml"), "title = \"A paper\"\n");
    }
    let ran = site.build().succeeds();
    assert!(!ran.public.keys().any(|path| path.contains("--")), "{:?}", ran.public.keys());
    ran.page("compare.html").lacks("page--pairs").contains("id=\"filter--13\"");
}

#[test]
fn a_bracket_joins_the_columns_with_the_same_origin() {
    let ran = SiteTest::golden().build().succeeds();
    let page = ran.page("compare.html").contains("Both rest on The miller");
    let (_, row) = page.text.split_once("<tr class=\"join\">").expect("there is a row that joins columns");
    let (row, _) = row.split_once("</tr>").expect("the row ends");
    let columns: Vec<&str> =
        row.split("<td class=\"cell ").skip(1).filter_map(|cell| cell.split('"').next()).collect();
    assert_eq!(columns, ["of-1 out", "of-2 first", "of-3 last"]);
}

#[test]
fn the_filter_has_every_source_of_the_site() {
    let ran = SiteTest::golden().build().succeeds();
    let style = ran.page("assets/filter.css");
    for number in 1..=3 {
        assert!(style.text.contains(&format!("#filter--{number}:checked")), "{}", style.text);
        assert!(ran.page("compare.html").text.contains(&format!("id=\"filter--{number}\"")));
    }
    assert!(!style.text.contains("filter--4") && !style.text.contains("{%"), "{}", style.text);
}

#[test]
fn diagrams_have_text_alternatives() {
    let ran = SiteTest::golden().build().succeeds();
    let page = ran.page("sources.html").contains("rests on The miller").contains("names no source");
    let page = page.contains("1 its own claim, 1 attributed, 1 silent, 1 not examined");
    // The letter rests on the ballad, and the ballad on the miller: two lines end at the same origin.
    assert_eq!(page.text.matches("<path class=\"shared\" d=").count(), 2, "{}", page.text);
    assert_eq!(page.text.matches("<path class=\"\" d=").count(), 0, "{}", page.text);
}

#[test]
fn a_marker_opens_the_summary_of_its_row() {
    let page = SiteTest::golden().build().succeeds().page("index.html");
    let page = page.contains("popovertarget=\"gist--cause\"").contains("id=\"gist--cause\" popover");
    page.contains("href=\"compare/cause.html\"");
}
