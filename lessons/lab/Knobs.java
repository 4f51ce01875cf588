package lab;

import data.Fault;
import data.Suggest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The values a learner can turn: `jbang lesson08.java --readers=200`.
///
/// They are read from the process's own arguments, so that a field of the lesson can hold one.
final class Knobs {
    private static final List<String> ARGUMENTS = arguments();
    private static final Map<String, Event.Knob> KNOWN = new LinkedHashMap<>();
    private static final Map<String, String> RANGES = new ConcurrentHashMap<>(); // of those that have one, `1 to 70`

    private Knobs() {}

    static synchronized String word(String name, String preset) {
        String value = ARGUMENTS.stream().filter(a -> a.startsWith("--" + name + "="))
                .reduce((first, last) -> last).map(a -> a.substring(name.length() + 3)).orElse(preset);
        KNOWN.put(name, new Event.Knob(name, preset, value));
        return value;
    }

    /// @throws Fault (usage) for anything but `--name`, `--name=true` and `--name=false`
    static boolean choice(String name, boolean preset) {
        boolean alone = ARGUMENTS.contains("--" + name);
        String value = word(name, Boolean.toString(preset));
        if (!value.matches("true|false")) {
            throw new Fault(Fault.USAGE, "--%s=%s is neither true nor false; try --%s".formatted(name, value, name));
        }
        if (alone) KNOWN.put(name, new Event.Knob(name, Boolean.toString(preset), "true"));
        return alone || value.equals("true");
    }

    static int number(String name, int preset) {
        String value = word(name, Integer.toString(preset));
        try {
            return Integer.parseInt(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new Fault(Fault.USAGE, "--%s=%s is not a whole number; try --%s=%d"
                    .formatted(name, value, name, preset));
        }
    }

    /// @throws Fault (usage) if it is less than `least` or more than `most`
    static int number(String name, int preset, int least, int most) {
        RANGES.put(name, least + " to " + most);
        int value = number(name, preset);
        if (least <= value && value <= most) return value;
        throw new Fault(Fault.USAGE, "--%s=%d is out of range; it takes %s".formatted(name, value, RANGES.get(name)));
    }

    static synchronized List<Event.Knob> all() {
        return List.copyOf(KNOWN.values());
    }

    /// Whether the learner asked for help instead of a run.
    static boolean helpWanted() {
        return ARGUMENTS.contains("--help") || ARGUMENTS.contains("-h");
    }

    /// The knobs as a help text, a line each.
    static String help(String lesson) {
        var lines = new ArrayList<String>();
        lines.add("jbang " + lesson + ".java"
                + (all().isEmpty() ? "   (this one has nothing to turn)" : " [--NAME=VALUE ...]"));
        all().forEach(knob -> lines.add("  --%-16s %s unless you say otherwise%s".formatted(knob.name(), knob.preset(),
                RANGES.containsKey(knob.name()) ? ", " + RANGES.get(knob.name()) : "")));
        return String.join("\n", lines);
    }

    /// Refuses arguments that turn nothing.
    ///
    /// @throws Fault (usage) with the nearest knob
    static void refuseUnknown() {
        for (String argument : ARGUMENTS) {
            String name = argument.replaceFirst("^--", "").replaceFirst("=.*", "");
            boolean known = all().stream().anyMatch(knob -> knob.name().equals(name));
            if (known && preset(name).matches("true|false") && argument.equals("--" + name)) continue;
            if (known && argument.startsWith("--" + name + "=")) continue;
            throw new Fault(Fault.USAGE, known ? "--%s wants a value: --%s=%s".formatted(name, name, preset(name))
                    : "there is no knob '%s'%s".formatted(name,
                            Suggest.didYouMean(name, all().stream().map(Event.Knob::name).toList())));
        }
    }

    private static String preset(String name) {
        return all().stream().filter(knob -> knob.name().equals(name)).findFirst().orElseThrow().preset();
    }

    /// The arguments after the main class; a compact source file's `main` need not take them.
    private static List<String> arguments() {
        List<String> command = List.of(System.getProperty("sun.java.command", "").strip().split("\\s+"));
        return command.subList(Math.min(1, command.size()), command.size());
    }
}
