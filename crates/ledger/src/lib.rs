//! The ledger: reports, claims and incidents in one embedded database.
