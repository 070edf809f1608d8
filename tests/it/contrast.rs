//! The theme's colours: every two that meet are far enough apart, by day and by night.
//!
//! Contrast as WCAG 2.2 defines it (relative luminance, success criteria 1.4.3, 1.4.6 and 1.4.11): 7:1 for running
//! text, 4.5:1 for other text, 3:1 for what is not text.

use std::collections::BTreeMap;

use sourcewise::render::embedded::ASSETS;

const BODY: f64 = 7.0;
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// Which colour stands on which, and how far apart they must be.
const PAIRS: [(&str, &[&str], f64); 9] = [
    ("ink", &["paper", "sheet", "wash", "warn-wash"], BODY),
    ("mark-ink", &["mark"], BODY),
    ("soft", &["paper", "sheet", "wash"], TEXT),
    ("link", &["paper", "sheet", "wash", "warn-wash"], TEXT),
    ("warn", &["paper", "sheet", "wash", "warn-wash"], TEXT),
    ("paper", &["ink"], BODY),
    ("focus", &["paper", "sheet", "wash"], MARK),
    ("on-tone", &["tone-1", "tone-2", "tone-3", "tone-4", "tone-5", "tone-6", "tone-7", "tone-8"], TEXT),
    ("soft", &["warn-wash"], TEXT),
];

/// The colours of the theme: name → by day, by night.
fn colours() -> BTreeMap<String, [String; 2]> {
    let (_, text) = ASSETS.iter().find(|(name, _)| *name == "assets/tokens.css").expect("there are tokens");
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("));
    let colours = lines.map(|(name, values)| {
        let (day, night) = values.trim_end_matches(");").split_once(", ").expect("two colours");
        (name.to_owned(), [day.to_owned(), night.to_owned()])
    });
    colours.collect()
}

fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').expect("colours are written #rrggbb");
    let channel = |at: usize| {
        let value =
            f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two hexadecimal digits")) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colours_that_meet_are_far_enough_apart_by_day_and_by_night() {
    let colours = colours();
    let tones = (1..=8).map(|tone| format!("tone-{tone}"));
    let on_ground =
        tones.flat_map(|tone| ["paper", "sheet", "wash"].map(|ground| (tone.clone(), ground, TEXT)));
    let listed = PAIRS.iter().flat_map(|(colour, grounds, least)| {
        grounds.iter().map(|ground| ((*colour).to_owned(), *ground, *least))
    });
    let mut faint = Vec::new();
    for (colour, ground, least) in listed.chain(on_ground) {
        for time in [0, 1] {
            let found = contrast(&colours[&colour][time], &colours[ground][time]);
            if found < least {
                faint
                    .push(format!("{colour} on {ground}, {}: {found:.2} of {least}", ["day", "night"][time]));
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn contrast_is_what_the_standard_says() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
