//! What a number is of: money, a share, a span of time, a size; by the words and signs around it.

use super::line::Line;
use super::tokens::Tongue;

/// What an amount is measured in. Only amounts of the same unit compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Things counted.
    Count,
    /// Money of a currency, by its code of ISO 4217.
    Money(&'static str),
    /// Hundredths of something.
    Percent,
    /// A difference of two shares in percent.
    PercentPoints,
    /// Hundredths of a percentage point.
    BasisPoints,
    /// A span of time; its value is in days.
    Span,
    /// An age in years (*40-year-old*).
    Age,
    /// A year of the calendar.
    Year,
    /// A day of the calendar; its value is `20260420`, or `420` where no year is named.
    Day,
    /// A multiple (*10x*, *three times*).
    Times,
    /// A size in a unit of measure, by its sign.
    Measure(&'static str),
}

/// What currencies are called and how they are signed; `$` alone is the United States'.
#[rustfmt::skip]
const CURRENCIES: &[(&str, &[&str])] = &[
    ("AUD", &["a$", "au$", "aud"]), ("BRL", &["r$", "brl", "reais"]), ("CAD", &["c$", "ca$", "cad"]),
    ("CHF", &["chf", "franken"]), ("CNY", &["rmb", "cny", "yuan", "renminbi"]),
    ("EUR", &["€", "eur", "euro", "euros"]), ("GBP", &["£", "gbp", "pounds", "pfund"]), ("HKD", &["hk$", "hkd"]),
    ("INR", &["₹", "inr", "rs", "rupees"]), ("JPY", &["¥", "jpy", "yen"]), ("KRW", &["₩", "krw"]),
    ("NZD", &["nz$", "nzd"]), ("RUB", &["₽", "rub", "rubles", "roubles", "rubel"]), ("SGD", &["s$", "sgd"]),
    ("TWD", &["nt$", "twd"]), ("USD", &["$", "us$", "usd", "dollar", "dollars", "dólares"]),
];

/// Units of measure: the sign, and what they are called.
#[rustfmt::skip]
const MEASURES: &[(&str, &[&str])] = &[
    ("GB", &["gb", "gigabyte", "gigabytes"]), ("GHz", &["ghz", "gigahertz"]), ("GW", &["gw", "gigawatt", "gigawatts"]),
    ("GWh", &["gwh"]), ("MB", &["mb", "megabyte", "megabytes"]), ("MHz", &["mhz", "megahertz"]),
    ("MW", &["mw", "megawatt", "megawatts"]), ("MWh", &["mwh"]), ("TB", &["tb", "terabyte", "terabytes"]),
    ("acre", &["acre", "acres"]), ("cm", &["cm", "centimeters", "centimetres", "zentimeter"]),
    ("ft", &["foot", "feet", "ft"]), ("gallon", &["gallon", "gallons"]), ("ha", &["hectares", "hektar", "hectáreas"]),
    ("inch", &["inch", "inches"]), ("kWh", &["kwh"]),
    ("kg", &["kg", "kilo", "kilos", "kilograms", "kilogramm", "kilogrammes", "kilogramos"]),
    ("km", &["km", "kilometer", "kilometers", "kilometre", "kilometres", "kilomètres", "kilómetros"]),
    ("kmh", &["kph", "kmh"]), ("lb", &["lb", "lbs"]), ("litre", &["liters", "litres", "liter", "litros"]),
    ("m", &["meter", "meters", "metre", "metres", "mètres", "metros"]), ("mi", &["mile", "miles"]), ("mm", &["mm"]),
    ("mph", &["mph"]), ("nm", &["nm", "nanometer", "nanometers", "nanometre", "nanometres"]),
    ("t", &["tonne", "tonnes", "tonnen", "toneladas"]), ("ton", &["ton", "tons"]),
];

/// Spans of time, in days: a month is a twelfth of a year of 365.25 days.
#[rustfmt::skip]
const SPANS: &[(f64, &[&str])] = &[
    (1.0 / 1440.0, &["minute", "minutes", "minuten", "minutos"]),
    (1.0 / 24.0, &["hour", "hours", "stunde", "stunden", "heure", "heures", "hora", "horas"]),
    (1.0, &["day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días"]),
    (7.0, &["week", "weeks", "woche", "wochen", "semaine", "semaines", "semana", "semanas"]),
    (30.4375, &["month", "months", "monat", "monate", "monaten", "mois", "mes", "meses"]),
    (365.25, &["year", "years", "jahr", "jahre", "jahren", "an", "ans", "année", "années", "año", "años"]),
    (3652.5, &["decade", "decades", "jahrzehnt", "jahrzehnte"]),
];

#[rustfmt::skip]
const SHARES: &[(Unit, &[&str])] = &[
    (Unit::PercentPoints, &["percentage point", "percentage points", "percent points", "prozentpunkt", "prozentpunkte",
        "prozentpunkten", "points de pourcentage", "point de pourcentage", "puntos porcentuales", "pp"]),
    (Unit::BasisPoints, &["basis point", "basis points", "basispunkte", "basispunkten", "points de base",
        "puntos básicos", "bps", "bp"]),
    (Unit::Percent, &["%", "percent", "per cent", "pct", "prozent", "pour cent", "por ciento"]),
];

/// The currency that a sign or code before a number stands for, and where it begins: `€`, `US$`, `RMB`.
pub(super) fn currency_before(line: &Line, at: usize) -> Option<(Unit, usize)> {
    let sign = line.back(at, 1)?;
    // A letter before the sign is a part of it.
    if sign.lower == "$" && sign.glued && at >= 2 && line.is_word(at - 2) {
        let whole = format!("{}$", line.lower(at - 2));
        return currency(&whole).map(|unit| (unit, at - 2));
    }
    let code = sign.text.chars().all(|c| !c.is_lowercase()) || sign.text == "Rs";
    currency(&sign.lower).filter(|_| code).map(|unit| (unit, at - 1))
}

fn currency(word: &str) -> Option<Unit> {
    let word = word.strip_prefix("d'").unwrap_or(word);
    CURRENCIES.iter().find_map(|(code, known)| known.contains(&word).then_some(Unit::Money(code)))
}

/// A unit after a number: what it is, by how much the number is to be multiplied, and the token after it.
pub(super) fn unit_after(line: &Line, at: usize) -> Option<(Unit, f64, usize)> {
    let hyphen = usize::from(line.is_hyphen(at));
    let at = at + hyphen;
    for (unit, names) in SHARES {
        if let Some(name) = names.iter().find(|name| line.has(at, name)) {
            return Some((*unit, 1.0, at + name.split(' ').count()));
        }
    }
    let of = usize::from(line.tongue != Tongue::English && line.lower(at) == "de");
    let us = usize::from(line.lower(at) == "u.s." && matches!(line.lower(at + 1), "dollar" | "dollars"));
    if let Some(unit) = currency(line.lower(at + of + us)) {
        return Some((unit, 1.0, at + of + us + 1));
    }
    let word = line.lower(at);
    if let Some((days, _)) = SPANS.iter().find(|(_, names)| names.contains(&word)) {
        let old = line.is_hyphen(at + 1) && line.lower(at + 2) == "old";
        let aged = matches!(word, "years" | "year") && line.lower(at + 1) == "old";
        return Some(match (old && *days > 365.0, aged) {
            (true, _) => (Unit::Age, 1.0, at + 3),
            (_, true) => (Unit::Age, 1.0, at + 2),
            _ => (Unit::Span, *days, at + 1),
        });
    }
    if matches!(word, "x" | "times" | "fold") && (word != "x" || line.glued(at)) {
        return Some((Unit::Times, 1.0, at + 1));
    }
    let squared = usize::from(line.lower(at) == "square");
    let (sign, _) = MEASURES.iter().find(|(_, names)| names.contains(&line.lower(at + squared)))?;
    let unit = if squared == 1 { square(sign)? } else { Unit::Measure(sign) };
    Some((unit, 1.0, at + squared + 1))
}

fn square(sign: &str) -> Option<Unit> {
    [("ft", "ft²"), ("m", "m²"), ("km", "km²"), ("mi", "mi²"), ("inch", "inch²")]
        .into_iter()
        .find_map(|(plain, squared)| (plain == sign).then_some(Unit::Measure(squared)))
}
