//! What the program does, told from outside: whole sites in, exit codes, messages and pages out.
//!
//! One binary. [`support`] makes small sites and runs the program on them; `../problems` holds a case for every
//! problem that it can report, and `../sites` whole sites with what they must become.

mod add;
mod architecture;
mod audit;
mod build;
mod cards;
mod case;
mod check;
mod comparison;
mod contrast;
mod determinism;
mod documents;
mod exports;
mod external;
mod found;
mod golden;
mod head;
mod hosts;
mod html;
mod incremental;
mod kills;
mod links;
mod lock;
mod manners;
mod manual;
mod mutations;
mod new;
mod output;
mod own_site;
mod pages;
mod pairs;
mod problems;
mod properties;
mod quotations;
mod quotes;
mod search;
mod serve;
mod server;
mod shell;
mod suggest;
mod support;
mod theme;
mod words;
