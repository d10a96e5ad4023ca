//! Scores against annotated text.
