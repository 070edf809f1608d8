//! What templates see in many places, such as the source of every answer: made into a template's value once.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// A view, and the value that templates see of it. A copy costs next to nothing, and so does a copy of the value: where
/// a view that holds one is made into a value, the one that is there is taken.
#[derive(Clone, Debug)]
pub struct Shared<T>(Arc<(T, Value)>);

impl<T: Serialize> Shared<T> {
    /// Makes the value of a view.
    pub fn new(view: T) -> Self {
        let value = Value::from_serializable(&view);
        Self(Arc::new((view, value)))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.1.serialize(serializer)
    }
}
