//! `[extra]` in a page's front matter: any TOML, converted to JSON for the site's own templates.

use toml::de::{DeTable, DeValue};

/// Converts a TOML table to JSON. Dates become strings. `inf` and `nan`, which JSON doesn't have, become null.
pub(super) fn map(table: DeTable<'_>) -> serde_json::Map<String, serde_json::Value> {
    table.into_iter().map(|(key, value)| (key.into_inner().into_owned(), json(value.into_inner()))).collect()
}

fn json(value: DeValue<'_>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::String(text.into_owned()),
        // An integer that `i64` can't hold becomes a string.
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.to_string()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or_else(|_| Value::String(number.as_str().to_owned()), Value::from),
        DeValue::Boolean(flag) => Value::Bool(flag),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.into_iter().map(|item| json(item.into_inner())).collect())
        }
        DeValue::Table(table) => Value::Object(map(table)),
    }
}
