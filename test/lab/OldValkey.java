package lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import data.UserCache;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The oldest Valkey that lessons run on, 8.0, beside the newest: from the distribution's packages, kept for the next run.
public final class OldValkey {
    private static final String VERSION = "8.0";

    private OldValkey() {}

    /// Starts one; skips the test where the distribution has none.
    public static PrivateValkey start() throws IOException, InterruptedException {
        Path cache = UserCache.folder("valkey-" + VERSION);
        Path kept = cache.resolve("kept");
        try (var file = FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            if (!Files.exists(kept)) fetch(Files.createTempDirectory(cache, "fetch"), kept);
        }
        return PrivateValkey.start(new ValkeyBinary(ValkeyBinary.unpackedIn(kept), kept.resolve("bin/valkey-server")));
    }

    private static void fetch(Path work, Path kept) throws IOException, InterruptedException {
        Path script = work.resolve("valkey-package.sh");
        try (var resource = ValkeyPackage.class.getResourceAsStream("valkey-package.sh")) {
            Files.copy(resource, script);
        }
        Path unpacked = work.resolve("valkey");
        int exit = new ProcessBuilder("sh", script.toString(), unpacked.toString(), VERSION)
                .redirectErrorStream(true).redirectOutput(new File("/dev/null")).start().waitFor();
        assumeTrue(exit == 0, "the distribution has no Valkey " + VERSION);
        Files.move(unpacked, kept);
    }
}
