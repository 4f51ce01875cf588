package engine;

import data.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the keys of runs: a digest of all that a run depends on. A file is read once, however many scripts share it.
///
/// @param bench what all runs have in common: JDK, Valkey, database
record RunKey(String bench, Map<Path, String> digests) {

    RunKey(String bench) {
        this(bench + "\njdk " + Runtime.version(), new ConcurrentHashMap<>());
    }

    /// The key of `script`: its files by name and content, what they say of their libraries included, and the bench.
    ///
    /// @param role a script that must fail its checks has another key than one that must hold them
    String of(Path script, Role role) {
        var all = new StringBuilder(bench).append('\n').append(role);
        for (Path file : Sources.of(script)) all.append('\n').append(file.getFileName()).append(' ').append(digest(file));
        return sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String digest(Path file) {
        return digests.computeIfAbsent(file, f -> {
            try {
                return sha256(Files.readAllBytes(f));
            } catch (IOException e) {
                throw new Fault(Fault.FAILED, "cannot read %s: %s".formatted(f, e.getMessage()), e);
            }
        });
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
