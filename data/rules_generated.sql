-- Rules that only a generated FlughafenDB promises. What its tables lack is in the temp schema: see RuleFacts.

-- flights leave in the period that begins with the epoch
-- A lesson that asks meta for the epoch finds flights from that day on.
SELECT flight_id
FROM flight JOIN meta
WHERE departure < epoch OR departure >= date(epoch, days || ' days');

-- an aircraft reaches where it goes
-- The great circle is the shortest way there is, and no fuel lasts for more than the range.
SELECT flight_id
FROM flight f JOIN temp.distance d USING ("from", "to")
JOIN airplane a USING (airplane_id) JOIN temp.model t USING (type_id)
WHERE d.km > t.range_km;

-- an aircraft has as many seats as its type
-- How full a flight is depends on it.
SELECT airplane_id
FROM airplane a LEFT JOIN temp.model t USING (type_id)
WHERE a.capacity IS NOT t.seats;

-- a flight takes as long as its distance asks for
-- From gate to gate: the way at cruise speed and 30 minutes, rounded up to five.
SELECT flight_id
FROM flight f JOIN temp.distance d USING ("from", "to")
JOIN airplane a USING (airplane_id) JOIN temp.model t USING (type_id)
WHERE (unixepoch(arrival) - unixepoch(departure)) / 60
    NOT BETWEEN 30 + 60 * km / cruise_kmh - 0.001 AND 35 + 60 * km / cruise_kmh + 0.001;

-- the busiest tenth of the airports has half of the departures
-- Hot keys: a cache that holds a few airports answers most questions.
SELECT busy.departures, everywhere.departures
FROM (SELECT count(*) AS departures FROM flight
      WHERE "from" <= (SELECT count(*) / 10 FROM airport)) AS busy
JOIN (SELECT count(*) AS departures FROM flight) AS everywhere
WHERE 2 * busy.departures < everywhere.departures;

-- traffic falls from tier to tier
-- As in Zipf's law: the first ten airports, the next 90, the next 900 and the rest have ever fewer flights each.
SELECT tier
FROM (SELECT tier, avg(departures) AS each, lag(avg(departures)) OVER (ORDER BY tier) AS higher
      FROM (SELECT CASE WHEN airport_id <= 10 THEN 1 WHEN airport_id <= 100 THEN 2
                        WHEN airport_id <= 1000 THEN 3 ELSE 4 END AS tier,
                   (SELECT count(*) FROM flight f WHERE f."from" = a.airport_id) AS departures
            FROM airport a)
      GROUP BY tier)
WHERE each >= higher;

-- more flights leave on strong weekdays
-- People fly on Mondays, Thursdays, Fridays and Sundays rather than in between.
SELECT *
FROM (SELECT count(*) FILTER (WHERE strong) * 1.0 / count(DISTINCT CASE WHEN strong THEN date END) AS on_strong,
             count(*) FILTER (WHERE NOT strong) * 1.0 / count(DISTINCT CASE WHEN NOT strong THEN date END) AS on_weak
      FROM flight JOIN temp.day ON date = substr(departure, 1, 10))
WHERE on_strong <= on_weak;

-- more flights leave in season
-- The four weeks of highest demand have more flights than the four of lowest, with the same timetable.
SELECT *
FROM (SELECT count(*) FILTER (WHERE season = 'high') AS high, count(*) FILTER (WHERE season = 'low') AS low
      FROM flight JOIN temp.day ON date = substr(departure, 1, 10))
WHERE high <= low;

-- flights are fuller when demand is high
-- Of the seats flown in the busiest third of the days more are sold than in the quietest.
SELECT *
FROM (SELECT sum(sold) FILTER (WHERE third = 3) * 1.0 / sum(capacity) FILTER (WHERE third = 3) AS busy,
             sum(sold) FILTER (WHERE third = 1) * 1.0 / sum(capacity) FILTER (WHERE third = 1) AS quiet
      FROM (SELECT flight_id, count(*) AS sold FROM booking GROUP BY flight_id)
      JOIN flight USING (flight_id) JOIN airplane USING (airplane_id)
      JOIN temp.day ON date = substr(departure, 1, 10))
WHERE busy <= quiet;

-- a seat that is sold is one of the cabin's
-- A boarding pass for a row that is not there helps nobody.
SELECT b.booking_id
FROM flight f CROSS JOIN airplane a USING (airplane_id) CROSS JOIN booking b USING (flight_id)
LEFT JOIN temp.cabin c ON c.type_id = a.type_id AND c.seat = b.seat
WHERE c.seat IS NULL;

-- longer flights cost more
-- The mean price rises from each class of distance to the next: up to 500, 1,000, 2,000, 4,000, 8,000 km, and beyond.
SELECT class
FROM (SELECT class, sum(income) / sum(sold) AS price, lag(sum(income) / sum(sold)) OVER (ORDER BY class) AS shorter
      FROM (SELECT flight_id, count(*) AS sold, sum(price) AS income FROM booking GROUP BY flight_id)
      JOIN (SELECT flight_id, CASE WHEN km <= 500 THEN 1 WHEN km <= 1000 THEN 2 WHEN km <= 2000 THEN 3
                                   WHEN km <= 4000 THEN 4 WHEN km <= 8000 THEN 5 ELSE 6 END AS class
            FROM flight JOIN temp.distance USING ("from", "to")) USING (flight_id)
      GROUP BY class)
WHERE price <= shorter;

-- flights cost more when demand is high
-- In each class of distance the mean price is higher on the busiest third of the days than on the quietest.
SELECT long
FROM (SELECT km > 1500 AS long,
             sum(income) FILTER (WHERE third = 3) / sum(sold) FILTER (WHERE third = 3) AS busy,
             sum(income) FILTER (WHERE third = 1) / sum(sold) FILTER (WHERE third = 1) AS quiet
      FROM (SELECT flight_id, count(*) AS sold, sum(price) AS income FROM booking GROUP BY flight_id)
      JOIN flight USING (flight_id) JOIN temp.distance USING ("from", "to")
      JOIN temp.day ON date = substr(departure, 1, 10)
      GROUP BY long)
WHERE busy <= quiet;

-- late bookings cost more
-- No table has the day of a booking. Its trace is left: equal seats of a flight were sold at prices a fifth apart.
SELECT f.flight_id
FROM flight f CROSS JOIN airplane a USING (airplane_id) CROSS JOIN booking b USING (flight_id)
CROSS JOIN temp.cabin c ON c.type_id = a.type_id AND c.seat = b.seat
WHERE NOT c.front
GROUP BY f.flight_id HAVING count(*) >= 20 AND max(price) < 1.2 * min(price);

-- a station reads the weather every hour
-- Without gaps: the weather at a departure is that of its hour.
SELECT station
FROM (SELECT station, count(*) AS readings, sum(substr(time, 3) <> ':00:00') AS odd,
             log_date || ' ' || min(time) AS first, log_date || ' ' || max(time) AS last
      FROM weatherdata GROUP BY station, log_date)
GROUP BY station
HAVING sum(odd) > 0 OR sum(readings) <> (unixepoch(max(last)) - unixepoch(min(first))) / 3600 + 1;

-- it is colder farther from the equator
-- Of all stations, the third nearest to a pole is colder in each month than the third nearest to the equator.
SELECT month
FROM (SELECT substr(log_date, 6, 2) AS month, avg(mean) FILTER (WHERE third = 3) AS far,
             avg(mean) FILTER (WHERE third = 1) AS near
      FROM (SELECT station, log_date, avg(temp) AS mean FROM weatherdata GROUP BY station, log_date)
      JOIN temp.station USING (station)
      GROUP BY month)
WHERE far >= near;

-- polar stations are colder than tropical ones
-- In each month, even in the northern summer: polar is beyond 60 degrees, tropical between the tropics.
SELECT month
FROM (SELECT substr(log_date, 6, 2) AS month, avg(temp) AS polar
      FROM weatherdata JOIN temp.polar_station USING (station) GROUP BY month)
JOIN (SELECT substr(log_date, 6, 2) AS month, avg(temp) AS tropical
      FROM weatherdata JOIN temp.tropical_station USING (station) GROUP BY month) USING (month)
WHERE polar >= tropical;

-- northern summer is warmer than southern winter
-- At equal latitude, beyond the tropics: the seasons are opposite.
WITH mean AS MATERIALIZED (SELECT station, avg(temp) AS temp FROM weatherdata GROUP BY station)
SELECT north, south
FROM temp.mirrored_station JOIN mean n ON n.station = north JOIN mean s ON s.station = south
WHERE n.temp <= s.temp;
