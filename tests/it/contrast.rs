//! Checks that the theme's colour pairs have enough contrast in the light and the dark scheme.
//!
//! Contrast is defined in WCAG 2.2 (relative luminance, success criteria 1.4.3, 1.4.6 and 1.4.11): at least 7:1 for
//! body text, 4.5:1 for other text, 3:1 for graphics.

use std::collections::BTreeMap;

use sourcewise::render::embedded::ASSETS;

const MIN_BODY_CONTRAST: f64 = 7.0;
const MIN_TEXT_CONTRAST: f64 = 4.5;
const MIN_GRAPHICS_CONTRAST: f64 = 3.0;

/// Foreground colours, each with the backgrounds on which it is used, and the minimum contrast.
const PAIRS: [(&str, &[&str], f64); 9] = [
    ("ink", &["paper", "sheet", "wash", "warn-wash"], MIN_BODY_CONTRAST),
    ("mark-ink", &["mark"], MIN_BODY_CONTRAST),
    ("soft", &["paper", "sheet", "wash"], MIN_TEXT_CONTRAST),
    ("link", &["paper", "sheet", "wash", "warn-wash"], MIN_TEXT_CONTRAST),
    ("warn", &["paper", "sheet", "wash", "warn-wash"], MIN_TEXT_CONTRAST),
    ("paper", &["ink"], MIN_BODY_CONTRAST),
    ("focus", &["paper", "sheet", "wash"], MIN_GRAPHICS_CONTRAST),
    (
        "on-tone",
        &["tone-1", "tone-2", "tone-3", "tone-4", "tone-5", "tone-6", "tone-7", "tone-8"],
        MIN_TEXT_CONTRAST,
    ),
    ("soft", &["warn-wash"], MIN_TEXT_CONTRAST),
];

/// The colours of the theme: name → [light, dark].
fn colours() -> BTreeMap<String, [String; 2]> {
    let (_, text) =
        ASSETS.iter().find(|(name, _)| *name == "assets/tokens.css").expect("the theme has tokens.css");
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("));
    let colours = lines.map(|(name, values)| {
        let (light, dark) =
            values.trim_end_matches(");").split_once(", ").expect("light-dark() has two colours");
        (name.to_owned(), [light.to_owned(), dark.to_owned()])
    });
    colours.collect()
}

fn luminance(colour: &str) -> f64 {
    let hex = colour.strip_prefix('#').expect("colours are written #rrggbb");
    let channel = |at: usize| {
        let value =
            f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("colours have hexadecimal digits"))
                / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colour_pairs_have_enough_contrast_in_light_and_dark() {
    let colours = colours();
    let tones = (1..=8).map(|tone| format!("tone-{tone}"));
    let on_backgrounds = tones.flat_map(|tone| {
        ["paper", "sheet", "wash"].map(|background| (tone.clone(), background, MIN_TEXT_CONTRAST))
    });
    let listed = PAIRS.iter().flat_map(|(colour, backgrounds, min)| {
        backgrounds.iter().map(|background| ((*colour).to_owned(), *background, *min))
    });
    let mut failures = Vec::new();
    for (colour, background, min) in listed.chain(on_backgrounds) {
        for scheme in [0, 1] {
            let found = contrast(&colours[&colour][scheme], &colours[background][scheme]);
            if found < min {
                failures.push(format!(
                    "{colour} on {background}, {}: {found:.2}, minimum {min}",
                    ["light", "dark"][scheme]
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn contrast_matches_known_values() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
