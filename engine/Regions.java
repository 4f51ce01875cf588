package engine;

import engine.Listing.Code;
import engine.Listing.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Named parts of a method, between `// @start region=miss` and `// @end`, as JEP 413 writes them. They may nest.
final class Regions {
    private static final Pattern MARKER = Pattern.compile("\\s*//\\s*@(start|end)\\b\\s*(.*?)\\s*");
    private static final Pattern NAME = Pattern.compile("region\\s*=\\s*\"?(\\w+)\"?");

    private record Open(String name, int line) {}

    private Regions() {}

    static List<Code> of(List<String> lines, Problems problems) {
        var regions = new ArrayList<Code>();
        Deque<Open> open = new ArrayDeque<>();
        Map<String, Integer> started = new HashMap<>();
        for (int n = 1; n <= lines.size(); n++) {
            Matcher marker = MARKER.matcher(lines.get(n - 1));
            if (!marker.matches()) continue;
            Matcher name = NAME.matcher(marker.group(2));
            if (marker.group(1).equals("start")) {
                if (!name.matches()) {
                    problems.add(n, "a region needs a name; write // @start region=NAME");
                    name.reset("region=line" + n).matches();
                }
                Integer before = started.putIfAbsent(name.group(1), n);
                if (before != null) problems.add(n, "region '%s' starts at line %d already; give it a name of its own"
                        .formatted(name.group(1), before));
                open.push(new Open(name.group(1), n));
            } else if (open.isEmpty()) {
                problems.add(n, "@end closes no region; write // @start region=NAME above it");
            } else {
                Open start = open.pop();
                if (name.matches() && !name.group(1).equals(start.name)) problems.add(n,
                        "@end names region '%s', but '%s' is open here".formatted(name.group(1), start.name));
                if (n == start.line + 1) problems.add(start.line, "region '%s' is empty".formatted(start.name));
                regions.add(new Code(start.name, Kind.REGION, start.line + 1, n - 1,
                        withoutMarkers(lines.subList(start.line, n - 1))));
            }
        }
        open.forEach(o -> problems.add(o.line, "region '%s' does not close; write // @end below it".formatted(o.name)));
        return regions;
    }

    static boolean isMarker(String line) {
        return MARKER.matcher(line).matches();
    }

    static String withoutMarkers(List<String> lines) {
        return lines.stream().filter(l -> !isMarker(l)).collect(Collectors.joining("\n")).stripIndent();
    }
}
