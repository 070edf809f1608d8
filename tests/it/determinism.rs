//! Checks that the same input gives the same bytes, independent of folder names and of the order of file creation.

use crate::case::Case;
use crate::support::{SiteTest, Tree};

fn built(site: &SiteTest) -> Tree {
    let tree = site.build().succeeds().public;
    assert!(tree.len() > 10, "{:?}", tree.keys());
    tree
}

#[track_caller]
fn assert_same_files(one: &Tree, other: &Tree) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, bytes) in one {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&other[path]), "{path}");
        assert_eq!(bytes, &other[path], "{path}");
    }
}

#[test]
fn two_builds_give_the_same_bytes() {
    let site = SiteTest::golden_with_cards();
    assert_same_files(&built(&site), &built(&site));
    let own = SiteTest::own();
    assert_same_files(&built(&own), &built(&own));
}

#[test]
fn the_order_of_file_creation_does_not_matter() {
    let files = Case::parse(include_str!("../sites/mill.txt")).files;
    assert!(files.len() > 10);
    let forwards = SiteTest::new().files(files.clone());
    let backwards = SiteTest::new().files(files.into_iter().rev());
    assert_same_files(&built(&forwards), &built(&backwards));
}

#[test]
fn the_name_of_the_sites_folder_does_not_matter() {
    let files = Case::parse(include_str!("../sites/mill.txt")).files;
    let elsewhere = SiteTest::named("another name, with ümlauts").files(files);
    assert_same_files(&built(&SiteTest::golden_with_cards()), &built(&elsewhere));
}

#[test]
fn a_build_from_another_folder_gives_the_same_bytes() {
    let site = SiteTest::golden_with_cards();
    let here = built(&site);
    site.run_in("content/places", &["build", "--root", "../.."]).succeeds();
    assert_same_files(&here, &site.tree("public"));
}

#[test]
fn the_path_to_the_site_does_not_matter() {
    let site = SiteTest::named("mill").file("seeds/a.txt", "It burnt.\n");
    let here = site.build().succeeds().public;
    site.run_in("seeds", &["build", "--root", ".."]).succeeds();
    assert_same_files(&here, &site.tree("public"));
}
