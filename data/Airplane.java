package data;

/// One aircraft of an airline.
record Airplane(int id, AirplaneType type, Airline airline) {}
