package data;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/// Sells the seats of all flights.
final class Booking {
    private Booking() {}

    /// Writes so many bookings, flight after flight: more where there are more seats and more demand.
    static void write(List<Flight> flights, int count, Travellers travellers, Table booking, SplittableRandom random)
            throws SQLException {
        double[] shares = shares(flights, count, random);
        double due = 0;
        int sold = 0;
        for (int i = 0; i < shares.length; i++) {
            due += shares[i];
            int wanted = i == shares.length - 1 ? count - sold : (int) StrictMath.round(due) - sold;
            sold += sell(i + 1, flights.get(i), wanted, sold, travellers, booking, random);
        }
    }

    /// How many bookings each flight is to have: by its weight, but never more than it has seats; what does not fit
    /// goes to the others, by their weights.
    private static double[] shares(List<Flight> flights, int count, SplittableRandom random) {
        double[] shares = new double[flights.size()];
        double all = 0;
        for (int i = 0; i < shares.length; i++) {
            Flight flight = flights.get(i);
            double luck = 0.5 + random.nextDouble();
            all += shares[i] = flight.airplane().type().seats() * Period.demand(flight.day()) * luck;
        }
        double factor = count / all;
        for (boolean grows = true; grows;) { // each time around some more flights are full
            double left = count;
            double weight = 0;
            for (int i = 0; i < shares.length; i++) {
                int seats = flights.get(i).airplane().type().seats();
                if (factor * shares[i] < seats) weight += shares[i];
                else left -= seats;
            }
            grows = left / weight > factor;
            if (grows) factor = left / weight;
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.min(factor * shares[i], flights.get(i).airplane().type().seats());
        }
        return shares;
    }

    /// Sells up to so many seats of a flight, each to someone who can be there; returns how many.
    private static int sell(int flightId, Flight flight, int wanted, int sold, Travellers travellers, Table booking,
            SplittableRandom random) throws SQLException {
        AirplaneType type = flight.airplane().type();
        int[] who = new int[Math.min(wanted, type.seats())];
        int n = 0;
        while (n < who.length) {
            int passenger = travellers.board(flight.leg().from().id(), flight.departure(), random);
            if (passenger < 0) break;
            who[n++] = passenger;
        }
        double fare = fare(flight);
        for (int seat = 0, next = 0; next < n; seat++) { // selection sampling: Knuth, TAOCP 2, 3.4.2, algorithm S
            if (random.nextInt(type.seats() - seat) >= n - next) continue;
            travellers.land(who[next], flight.leg().to().id(), flight.arrival());
            double price = price(fare, 12 * seat < type.seats(), random);
            booking.add(sold + next + 1, flightId, type.seat(seat), who[next] + 1, price);
            next++;
        }
        return n;
    }

    /// What a flight costs about, by distance and demand.
    private static double fare(Flight flight) {
        return (25 + 0.09 * flight.leg().from().kmTo(flight.leg().to())) * Period.demand(flight.day());
    }

    /// Dearer the later it was booked, and three times as dear in front.
    private static double price(double fare, boolean inFront, SplittableRandom random) {
        double daysBefore = -30 * StrictMath.log(1 - random.nextDouble());
        double haste = 0.75 + 0.9 * StrictMath.exp(-daysBefore / 14);
        double price = fare * haste * (inFront ? 3 : 1) * (0.9 + 0.2 * random.nextDouble());
        return StrictMath.round(price * 100) / 100.0;
    }
}
