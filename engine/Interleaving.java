package engine;

import java.util.ArrayList;
import java.util.List;

/// Merges what several actors did into one order of time.
///
/// Each actor's calls and replies are in its own order already. Of all actors the one whose next call or reply is the
/// earliest goes first; when two are, who went last goes on. A reply that follows its call directly shares its row.
final class Interleaving {
    private record Moment(Exchange exchange, int lane, boolean call, long at) {}

    private final List<List<Moment>> actors = new ArrayList<>();
    private final long origin;

    Interleaving(List<List<Exchange>> byActor, long origin) {
        this.origin = origin;
        for (List<Exchange> own : byActor) actors.add(moments(own, Math.min(actors.size() + 1, Cast.LANES)));
    }

    List<Sequence.Row> rows() {
        List<Moment> merged = merge();
        var shown = new Abridged();
        List<Sequence.Row> rows = new ArrayList<>();
        for (int i = 0; i < merged.size(); i++) {
            Moment moment = merged.get(i);
            boolean together = i + 1 < merged.size() && merged.get(i + 1).exchange() == moment.exchange();
            String kind = moment.call() && together ? "trip" : moment.call() ? "call" : "reply";
            rows.add(moment.exchange().row(kind, moment.lane(), moment.at() - origin, shown));
            if (moment.call() && together) i++;
        }
        return rows;
    }

    private static List<Moment> moments(List<Exchange> own, int lane) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Exchange exchange = own.get(i);
            moments.add(new Moment(exchange, lane, true, exchange.start()));
            if (!Exchange.overTheWire(exchange.entries().getFirst().what())) continue;
            long next = i + 1 < own.size() ? own.get(i + 1).start() : Long.MAX_VALUE;
            moments.add(new Moment(exchange, lane, false, Math.min(exchange.end(), next))); // clocks are rounded
        }
        return moments;
    }

    private List<Moment> merge() {
        List<Moment> merged = new ArrayList<>();
        int[] done = new int[actors.size()];
        int last = 0;
        while (true) {
            int first = -1;
            for (int actor = 0; actor < done.length; actor++) {
                if (done[actor] == actors.get(actor).size()) continue;
                long at = actors.get(actor).get(done[actor]).at();
                long best = first < 0 ? Long.MAX_VALUE : actors.get(first).get(done[first]).at();
                if (first < 0 || at < best || at == best && actor == last) first = actor;
            }
            if (first < 0) return merged;
            merged.add(actors.get(first).get(done[first]++));
            last = first;
        }
    }
}
