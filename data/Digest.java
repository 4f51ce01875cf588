package data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Short names for what is the same: computed by the machine itself, so that it costs nothing at start-up.
final class Digest {
    private Digest() {}

    /// CRC-32C of the parts' texts, as 8 hexadecimal digits.
    static String of(Object... parts) {
        var sum = new CRC32C();
        Arrays.stream(parts).forEach(part -> sum.update((part + "\n").getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(sum.getValue());
    }
}
