//! Incidents: the many tellings of one happening merged into one, with the reason for each merge.
