//! The comparison as a variable of templates. Every question names many sources, and every source is named by many
//! questions: their views are converted once, and shared.

use rayon::prelude::*;
use tera::{Map, Value};

use super::site_data::SiteData;
use super::view::{ComparisonView, PositionView, QuestionView};
use crate::compare::Columns;

/// The summary of each source, as templates see it.
pub(super) struct SourceValues(Columns<Value>);

impl SourceValues {
    pub(super) fn of(data: &SiteData<'_>) -> Self {
        Self(data.columns.iter().map(|column| Value::from_serializable(&*column.summary)).collect())
    }

    /// Converts the view of the whole comparison.
    pub(super) fn comparison(&self, comparison: &ComparisonView) -> Value {
        let mut value = map_of(Value::from_serializable(comparison));
        let questions = comparison.questions.par_iter().map(|question| self.question(question));
        value.insert("questions".into(), questions.collect::<Vec<Value>>().into());
        value.into()
    }

    /// Converts the view of a question.
    pub(super) fn question(&self, question: &QuestionView) -> Value {
        let mut value = map_of(Value::from_serializable(question));
        let positions = question.positions.iter().map(|position| self.position(position));
        value.insert("positions".into(), positions.collect::<Vec<Value>>().into());
        value.into()
    }

    fn position(&self, position: &PositionView) -> Value {
        let mut value = map_of(Value::from_serializable(position));
        let sources = position.sources.iter().map(|source| self.0[source.column].clone());
        value.insert("sources".into(), sources.collect::<Vec<Value>>().into());
        value.into()
    }
}

fn map_of(view: Value) -> Map {
    view.into_map().unwrap_or_default()
}
