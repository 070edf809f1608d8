//! The problems of quotations in Markdown and in summaries: words in ordinary quotation marks, and block quotations
//! with a citation beside them.

use sourcewise_quotes::Refusal;

use super::quote_problems;
use crate::files::Span;
use crate::ids::SourceId;
use crate::problem::{Code, Problem, Severity};

/// Words in ordinary quotation marks that the document contains, but that are refused as a quote: see [`Refusal`]. They
/// cut a number or leave out a negation, for example.
pub(super) fn quotation_refused(source: &str, written: &str, refusal: &Refusal, span: Span) -> Problem {
    let problem = quote_problems::quote_refused(source, written, refusal, span);
    Problem { code: Code::QuotationNotFound, severity: Severity::Warning, ..problem }
}

/// Words in ordinary quotation marks that are not in the document of any cited source: in Markdown, or in a summary.
pub(super) fn quotation_not_found(
    quotation: &str,
    sources: &[SourceId],
    in_markdown: bool,
    span: Span,
) -> Problem {
    let message = format!("“{quotation}” is in quotation marks, but {}", absence(sources));
    let help = if in_markdown {
        let source = sources.first().map(SourceId::as_str).unwrap_or_default();
        format!("quote the document exactly, as `[@{source} \"…\"]`, or remove the quotation marks")
    } else {
        "quote the document exactly, in `quotes`, or remove the quotation marks".to_owned()
    };
    Problem::warning(Code::QuotationNotFound, span, message, help)
}

/// A block quotation, with a citation beside it, that is not in the document of any cited source. `problem` is what was
/// found for its words: its code, severity and notes are kept.
pub(super) fn block_not_found(sources: &[SourceId], problem: Problem) -> Problem {
    let source = sources.first().map(SourceId::as_str).unwrap_or_default();
    let message = format!("this block quotation is {}", absence(sources));
    let help = format!(
        "quote the document exactly; the page shows the quotation as checked if it ends with its citation, `[@{source}]`"
    );
    Problem { message, help, ..problem }
}

/// The end of a message: in which documents words are not.
fn absence(sources: &[SourceId]) -> String {
    match sources {
        [one, two] => format!("neither in the document of `{one}` nor in that of `{two}`"),
        [one] => format!("not in the document of `{one}`"),
        _ => {
            let ids: Vec<&str> = sources.iter().map(SourceId::as_str).collect();
            format!("in none of the documents of `{}`", ids.join("`, `"))
        }
    }
}
