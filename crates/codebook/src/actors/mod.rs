//! Actors: states, organisations, groups, offices, persons and roles.
