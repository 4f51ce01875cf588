package engine;

import java.util.ArrayList;
import java.util.List;

/// Merges what several actors did into one order of time.
///
/// Each actor's calls and replies are in its own order already. Of all actors the one whose next call or reply is the
/// earliest goes first; when two are, who went last goes on. A reply that follows its call directly shares its row.
final class Interleaving {
    private record Moment(Exchange exchange, boolean call, long at) {}

    private final List<List<Moment>> lanes = new ArrayList<>();
    private final long origin;

    Interleaving(List<List<Exchange>> byLane, long origin) {
        this.origin = origin;
        for (List<Exchange> own : byLane) lanes.add(moments(own));
    }

    List<Sequence.Row> rows() {
        List<Moment> merged = merge();
        List<Sequence.Row> rows = new ArrayList<>();
        for (int i = 0; i < merged.size(); i++) {
            Moment moment = merged.get(i);
            boolean together = i + 1 < merged.size() && merged.get(i + 1).exchange() == moment.exchange();
            String kind = moment.call() && together ? "trip" : moment.call() ? "call" : "reply";
            rows.add(moment.exchange().row(kind, moment.at() - origin));
            if (moment.call() && together) i++;
        }
        return rows;
    }

    private static List<Moment> moments(List<Exchange> own) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Exchange exchange = own.get(i);
            moments.add(new Moment(exchange, true, exchange.start()));
            if (!Exchange.overTheWire(exchange.entries().getFirst().what())) continue;
            long next = i + 1 < own.size() ? own.get(i + 1).start() : Long.MAX_VALUE;
            moments.add(new Moment(exchange, false, Math.min(exchange.end(), next))); // clocks are rounded
        }
        return moments;
    }

    private List<Moment> merge() {
        List<Moment> merged = new ArrayList<>();
        int[] done = new int[lanes.size()];
        int last = 0;
        while (true) {
            int first = -1;
            for (int lane = 0; lane < done.length; lane++) {
                if (done[lane] == lanes.get(lane).size()) continue;
                long at = lanes.get(lane).get(done[lane]).at();
                long best = first < 0 ? Long.MAX_VALUE : lanes.get(first).get(done[first]).at();
                if (first < 0 || at < best || at == best && lane == last) first = lane;
            }
            if (first < 0) return merged;
            merged.add(lanes.get(first).get(done[first]++));
            last = first;
        }
    }
}
