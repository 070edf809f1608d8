//! Integration tests: run the program on whole sites, and check exit codes, messages and output files.
//!
//! All tests are one binary. [`support`] creates small sites and runs the program on them. `../problems` holds a case
//! for every problem code, `../sites` whole sites with their expected output.

mod add;
mod architecture;
mod audit;
mod build;
mod cards;
mod case;
mod check;
mod comparison;
mod contrast;
mod desk;
mod determinism;
mod documents;
mod edit_sequences;
mod edits;
mod exports;
mod external;
mod find;
mod golden;
mod history;
mod hosts;
mod html;
mod ids;
mod incremental;
mod kills;
mod links;
mod locale;
mod lock;
mod manual;
mod mutations;
mod new;
mod output;
mod own_site;
mod page_metadata;
mod pages;
mod pairs;
mod parts;
mod places;
mod problems;
mod properties;
mod quotations;
mod quotes;
mod rename;
mod search;
mod serve;
mod server;
mod shell;
mod status;
mod suggest;
mod support;
mod terminal;
mod theme;
mod verbosity;
