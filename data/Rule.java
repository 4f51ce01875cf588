package data;

/// Something that holds in a FlughafenDB, as data.
///
/// @param name a sentence that tells it
/// @param why  why it matters
/// @param sql  a query for what breaks it: no row, no violation. What it reads of the schema `temp` is made by [Rules].
public record Rule(String name, String why, String sql) {}
