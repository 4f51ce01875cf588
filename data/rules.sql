-- Rules that hold in any FlughafenDB. Each has a name, then why it matters, then a query for what breaks it.

-- references lead somewhere
-- A join loses the rows whose other half is missing, and says nothing.
SELECT * FROM pragma_foreign_key_check;

-- a flight is one of the timetable's
-- Whoever looks up a flight number must find the route, the airline and the times that are really flown.
SELECT flight_id
FROM flight f LEFT JOIN flightschedule s USING (flightno)
WHERE (s."from", s."to", s.airline_id, s.departure, s.arrival)
   IS NOT (f."from", f."to", f.airline_id, time(f.departure), time(f.arrival));

-- a flight leaves on a weekday of its timetable
-- A timetable says on which weekdays to expect a flight.
SELECT flight_id
FROM flight f JOIN flightschedule s USING (flightno)
WHERE NOT CASE strftime('%w', f.departure) WHEN '0' THEN sunday WHEN '1' THEN monday WHEN '2' THEN tuesday
    WHEN '3' THEN wednesday WHEN '4' THEN thursday WHEN '5' THEN friday ELSE saturday END;

-- a flight of the timetable has a weekday at least
-- A row without one is no plan at all.
SELECT flightno
FROM flightschedule
WHERE monday + tuesday + wednesday + thursday + friday + saturday + sunday = 0;

-- an airport pair of the timetable is flown
-- Nobody schedules flights between two airports only to leave all of them out.
SELECT s."from", s."to"
FROM flightschedule s
GROUP BY s."from", s."to"
HAVING NOT max(EXISTS (SELECT 1 FROM flight f WHERE f.flightno = s.flightno));

-- an airport pair of the timetable has passengers
-- There is no connection without demand.
SELECT s."from", s."to"
FROM flightschedule s
GROUP BY s."from", s."to"
HAVING NOT max(EXISTS (SELECT 1 FROM flight f JOIN booking b USING (flight_id) WHERE f.flightno = s.flightno));

-- a flight is flown by an aircraft of its airline
-- An airline sends its own fleet, so its aircraft tell what it can offer.
SELECT flight_id
FROM flight f JOIN airplane a USING (airplane_id)
WHERE a.airline_id <> f.airline_id;

-- a flight arrives after it departs
-- Durations, and whatever is sorted by time, rest on it.
SELECT flight_id
FROM flight
WHERE arrival <= departure;

-- an aircraft is in one place at a time
-- It cannot depart before it has landed.
SELECT flight_id
FROM (SELECT flight_id, departure, lag(arrival) OVER w AS landed
      FROM flight WINDOW w AS (PARTITION BY airplane_id ORDER BY departure))
WHERE landed > departure;

-- an aircraft leaves from where it landed
-- There are no empty flights in the tables that would take it elsewhere.
SELECT flight_id
FROM (SELECT flight_id, "from", lag("to") OVER w AS landed
      FROM flight WINDOW w AS (PARTITION BY airplane_id ORDER BY departure))
WHERE landed <> "from";

-- an aircraft turns round in at least 30 minutes
-- Passengers leave and board, luggage and fuel come in: no airport does it faster.
SELECT flight_id
FROM (SELECT flight_id, departure, lag(arrival) OVER w AS landed
      FROM flight WINDOW w AS (PARTITION BY airplane_id ORDER BY departure))
WHERE departure >= landed AND departure < datetime(landed, '30 minutes');

-- a seat is sold once
-- Two people with the same seat is the error that every booking system exists to prevent.
SELECT flight_id, seat
FROM booking
WHERE seat IS NOT NULL
GROUP BY flight_id, seat HAVING count(*) > 1;

-- no more seats are sold than there are
-- The seats that are left are capacity less bookings, and never fewer than none.
SELECT flight_id
FROM (SELECT flight_id, count(*) AS sold FROM booking GROUP BY flight_id)
JOIN flight USING (flight_id) JOIN airplane USING (airplane_id)
WHERE sold > capacity;

-- a passenger is on one flight at a time
-- Nobody can be in two places, and a person's flights have one order.
SELECT passenger_id, departure
FROM (SELECT passenger_id, departure, lag(arrival) OVER w AS landed
      FROM booking NOT INDEXED CROSS JOIN flight USING (flight_id) -- in the file's order: sorting beats seeking
      WINDOW w AS (PARTITION BY passenger_id ORDER BY departure))
WHERE landed > departure;

-- prices are positive, in hundredths
-- Sums of money must add up to the cent.
SELECT booking_id
FROM booking
WHERE price <= 0 OR abs(100 * price - CAST(100 * price + 0.5 AS INTEGER)) > 1e-6;

-- every passenger has details
-- Somebody must be reachable when a flight is late.
SELECT p.passenger_id
FROM passenger p LEFT JOIN passengerdetails d USING (passenger_id)
WHERE d.passenger_id IS NULL;

-- weather is of this world
-- The bounds are the records of the World Meteorological Organization, for land and round figures; it snows near 0 °C.
SELECT station, log_date, time
FROM weatherdata
WHERE temp NOT BETWEEN -90 AND 57 OR humidity NOT BETWEEN 0 AND 100 OR airpressure NOT BETWEEN 850 AND 1090
   OR wind NOT BETWEEN 0 AND 410 OR winddirection NOT BETWEEN 0 AND 360 OR weather LIKE '%snow%' AND temp > 3;
