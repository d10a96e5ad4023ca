//! The codebook: the ontology (PLOVER 2.0, CAMEO 1.1b3), the actors, the event patterns and the pages.
//!
//! *Invariant*: loading validates everything and reports all faults at once, each with file and line.

pub mod actors;
