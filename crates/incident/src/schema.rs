//! The fields of the incident's records.
