-- The FlughafenDB's fourteen tables for SQLite, with the names and the order of columns of the original.
-- Dates and times are UTC, as text that sorts: 2025-06-02, 14:05:00, 2025-06-02 14:05:00.

-- Where the rows came from: one row. The epoch is the first day of the flights; days is how long they go on.
CREATE TABLE meta (
    version     INTEGER NOT NULL,
    seed        INTEGER,
    scale       TEXT    NOT NULL,
    epoch       TEXT    NOT NULL,
    days        INTEGER NOT NULL,
    fingerprint TEXT    NOT NULL
) STRICT;

-- An airport and its codes; where generated, busiest first.
CREATE TABLE airport (
    airport_id INTEGER PRIMARY KEY,
    iata       TEXT,
    icao       TEXT NOT NULL,
    name       TEXT NOT NULL
) STRICT;

-- Where an airport lies; geolocation is well-known text, POINT(longitude latitude).
CREATE TABLE airport_geo (
    airport_id  INTEGER PRIMARY KEY REFERENCES airport,
    name        TEXT NOT NULL,
    city        TEXT,
    country     TEXT,
    latitude    REAL NOT NULL,
    longitude   REAL NOT NULL,
    geolocation TEXT NOT NULL
) STRICT;

-- An airline and the airport it calls home.
CREATE TABLE airline (
    airline_id   INTEGER PRIMARY KEY,
    iata         TEXT    NOT NULL,
    airlinename  TEXT,
    base_airport INTEGER NOT NULL REFERENCES airport
) STRICT;

-- A type of aircraft.
CREATE TABLE airplane_type (
    type_id     INTEGER PRIMARY KEY,
    identifier  TEXT,
    description TEXT
) STRICT;

-- One aircraft of an airline; capacity is its seats.
CREATE TABLE airplane (
    airplane_id INTEGER PRIMARY KEY,
    capacity    INTEGER NOT NULL,
    type_id     INTEGER NOT NULL REFERENCES airplane_type,
    airline_id  INTEGER NOT NULL REFERENCES airline
) STRICT;

-- The timetable: times of day, and 1 for each weekday on which the flight departs.
CREATE TABLE flightschedule (
    flightno   TEXT    NOT NULL PRIMARY KEY,
    "from"     INTEGER NOT NULL REFERENCES airport,
    "to"       INTEGER NOT NULL REFERENCES airport,
    departure  TEXT    NOT NULL,
    arrival    TEXT    NOT NULL,
    airline_id INTEGER NOT NULL REFERENCES airline,
    monday     INTEGER NOT NULL DEFAULT 0 CHECK (monday IN (0, 1)),
    tuesday    INTEGER NOT NULL DEFAULT 0 CHECK (tuesday IN (0, 1)),
    wednesday  INTEGER NOT NULL DEFAULT 0 CHECK (wednesday IN (0, 1)),
    thursday   INTEGER NOT NULL DEFAULT 0 CHECK (thursday IN (0, 1)),
    friday     INTEGER NOT NULL DEFAULT 0 CHECK (friday IN (0, 1)),
    saturday   INTEGER NOT NULL DEFAULT 0 CHECK (saturday IN (0, 1)),
    sunday     INTEGER NOT NULL DEFAULT 0 CHECK (sunday IN (0, 1))
) STRICT;

-- One departure of a scheduled flight, with its aircraft.
CREATE TABLE flight (
    flight_id   INTEGER PRIMARY KEY,
    flightno    TEXT    NOT NULL REFERENCES flightschedule,
    "from"      INTEGER NOT NULL REFERENCES airport,
    "to"        INTEGER NOT NULL REFERENCES airport,
    departure   TEXT    NOT NULL,
    arrival     TEXT    NOT NULL,
    airline_id  INTEGER NOT NULL REFERENCES airline,
    airplane_id INTEGER NOT NULL REFERENCES airplane
) STRICT;

-- What was changed in a flight, when and by whom; empty until someone changes one.
CREATE TABLE flight_log (
    log_date        TEXT    NOT NULL,
    user            TEXT    NOT NULL,
    flight_id       INTEGER NOT NULL REFERENCES flight ON DELETE CASCADE,
    flightno_old    TEXT    NOT NULL,
    flightno_new    TEXT    NOT NULL,
    from_old        INTEGER NOT NULL,
    to_old          INTEGER NOT NULL,
    from_new        INTEGER NOT NULL,
    to_new          INTEGER NOT NULL,
    departure_old   TEXT    NOT NULL,
    arrival_old     TEXT    NOT NULL,
    departure_new   TEXT    NOT NULL,
    arrival_new     TEXT    NOT NULL,
    airplane_id_old INTEGER NOT NULL,
    airplane_id_new INTEGER NOT NULL,
    airline_id_old  INTEGER NOT NULL,
    airline_id_new  INTEGER NOT NULL,
    comment         TEXT
) STRICT;

-- Someone who flies.
CREATE TABLE passenger (
    passenger_id INTEGER PRIMARY KEY,
    passportno   TEXT NOT NULL,
    firstname    TEXT NOT NULL,
    lastname     TEXT NOT NULL
) STRICT;

-- Where a passenger lives and can be reached.
CREATE TABLE passengerdetails (
    passenger_id INTEGER PRIMARY KEY REFERENCES passenger ON DELETE CASCADE,
    birthdate    TEXT    NOT NULL,
    sex          TEXT,
    street       TEXT    NOT NULL,
    city         TEXT    NOT NULL,
    zip          INTEGER NOT NULL,
    country      TEXT    NOT NULL,
    emailaddress TEXT,
    telephoneno  TEXT
) STRICT;

-- A seat of a flight, sold to a passenger; the price is in no particular currency.
CREATE TABLE booking (
    booking_id   INTEGER PRIMARY KEY,
    flight_id    INTEGER NOT NULL REFERENCES flight,
    seat         TEXT,
    passenger_id INTEGER NOT NULL REFERENCES passenger,
    price        REAL    NOT NULL
) STRICT;

-- Someone who works at an airport; the password is a made-up hash that nothing checks.
CREATE TABLE employee (
    employee_id  INTEGER PRIMARY KEY,
    firstname    TEXT NOT NULL,
    lastname     TEXT NOT NULL,
    birthdate    TEXT NOT NULL,
    sex          TEXT,
    street       TEXT NOT NULL,
    city         TEXT NOT NULL,
    zip          INTEGER NOT NULL,
    country      TEXT NOT NULL,
    emailaddress TEXT,
    telephoneno  TEXT,
    salary       REAL,
    department   TEXT,
    username     TEXT,
    password     TEXT
) STRICT;

-- How many hops away an airport is; a scratch table that a search fills, empty until then.
CREATE TABLE airport_reachable (
    airport_id INTEGER PRIMARY KEY,
    hops       INTEGER
) STRICT;

-- Hourly readings: °C, % humidity, hPa, km/h, and degrees of wind. A station of a generated database is an airport_id.
CREATE TABLE weatherdata (
    log_date      TEXT    NOT NULL,
    time          TEXT    NOT NULL,
    station       INTEGER NOT NULL,
    temp          REAL    NOT NULL,
    humidity      REAL    NOT NULL,
    airpressure   REAL    NOT NULL,
    wind          REAL    NOT NULL,
    weather       TEXT,
    winddirection INTEGER NOT NULL,
    PRIMARY KEY (station, log_date, time)
) STRICT, WITHOUT ROWID;

-- Indexes: one for each reference to another table, and those that a traveller's questions need.
CREATE UNIQUE INDEX airport_iata ON airport (iata);
CREATE UNIQUE INDEX airport_icao ON airport (icao);
CREATE INDEX airport_geo_country ON airport_geo (country);
CREATE UNIQUE INDEX airline_iata ON airline (iata);
CREATE INDEX airline_base_airport ON airline (base_airport);
CREATE INDEX airplane_type_id ON airplane (type_id);
CREATE INDEX airplane_airline ON airplane (airline_id);
CREATE INDEX flightschedule_from ON flightschedule ("from");
CREATE INDEX flightschedule_to ON flightschedule ("to");
CREATE INDEX flightschedule_airline ON flightschedule (airline_id);
CREATE INDEX flight_from ON flight ("from", departure);
CREATE INDEX flight_to ON flight ("to", arrival);
CREATE INDEX flight_departure ON flight (departure);
CREATE INDEX flight_flightno ON flight (flightno);
CREATE INDEX flight_airline ON flight (airline_id);
CREATE INDEX flight_airplane ON flight (airplane_id);
CREATE INDEX flight_log_flight ON flight_log (flight_id);
CREATE UNIQUE INDEX passenger_passport ON passenger (passportno);
CREATE UNIQUE INDEX booking_seat ON booking (flight_id, seat);
CREATE INDEX booking_passenger ON booking (passenger_id);
CREATE UNIQUE INDEX employee_username ON employee (username);
