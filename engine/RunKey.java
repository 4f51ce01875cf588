package engine;

import java.nio.file.Path;

/// Makes the keys of runs: a digest of all that a run depends on.
///
/// @param bench what all runs have in common: JDK, Valkey, database
record RunKey(String bench, Digests digests) {

    RunKey(Bench bench) {
        this(bench.identity() + "\nJDK " + Runtime.version(), new Digests());
    }

    /// The key of `script`: its files by name and content, what they say of their libraries included, and the bench.
    ///
    /// @param role a script that must fail its checks has another key than one that must hold them
    String of(Path script, Role role) {
        var all = new StringBuilder(bench).append('\n').append(role);
        Sources.of(script).forEach(file -> all.append("\n%s %s".formatted(file.getFileName(), digests.of(file))));
        return Digests.of(all.toString());
    }
}
