package engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that a run depends on. Equal inputs, equal runs.
///
/// @param bench what all runs have in common, by name: JDK, Valkey, database
/// @param files digests of the script's files, by their way from its folder; what they say of libraries included
/// @param role  a script that must fail its checks has other runs than one that must hold them
record Inputs(Map<String, String> bench, Map<String, String> files, Role role) {

    static Inputs of(Path script, Role role, Bench bench, Digests digests) {
        Map<String, String> files = new TreeMap<>();
        Path folder = script.toAbsolutePath().normalize().getParent();
        Sources.of(script).forEach(file ->
                files.put(folder.relativize(file.toAbsolutePath()).toString(), digests.of(file)));
        return new Inputs(new TreeMap<>(bench.identity()), files, role);
    }

    /// Stands for these inputs, and no others.
    String key() {
        return Digests.of(toString());
    }

    /// What is other than it was before: `lesson02.java changed`; empty if nothing is.
    String changesSince(Inputs before) {
        Stream<String> stands = bench.entrySet().stream()
                .filter(now -> !now.getValue().equals(before.bench.get(now.getKey())))
                .map(now -> "%s is %s, was %s".formatted(now.getKey(), now.getValue(), before.bench.get(now.getKey())));
        Stream<String> changed = files.keySet().stream().filter(before.files::containsKey)
                .filter(file -> !files.get(file).equals(before.files.get(file))).map(file -> file + " changed");
        Stream<String> added = files.keySet().stream().filter(file -> !before.files.containsKey(file))
                .map(file -> file + " is new");
        Stream<String> gone = before.files.keySet().stream().filter(file -> !files.containsKey(file))
                .map(file -> file + " is gone");
        return Stream.of(stands, changed, added, gone).flatMap(s -> s).collect(Collectors.joining(", "));
    }
}
