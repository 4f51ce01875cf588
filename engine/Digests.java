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

/// SHA-256 of files, each of which is read once, and of texts.
final class Digests {
    private final Map<Path, String> known = new ConcurrentHashMap<>();

    String of(Path file) {
        return known.computeIfAbsent(file, f -> {
            try {
                return sha256(Files.readAllBytes(f));
            } catch (IOException e) {
                throw new Fault(Fault.FAILED, "cannot read %s: %s".formatted(f, e.getMessage()), e);
            }
        });
    }

    static String of(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
