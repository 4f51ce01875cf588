package data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The user's cache folder of this project: databases, Valkey copies, cached runs. Anything in it may be deleted.
public final class UserCache {
    private UserCache() {}

    /// The folder `name` in the user's cache, made if it is not there.
    ///
    /// The place is the platform's own: `XDG_CACHE_HOME`, else `~/Library/Caches` on macOS, else `~/.cache`.
    ///
    /// @throws Fault (usage) if it cannot be made
    public static Path folder(String name) {
        Path folder = root().resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE,
                    "cannot create the cache folder %s (%s); set XDG_CACHE_HOME to a folder you may write"
                            .formatted(folder, e.getMessage()), e);
        }
    }

    /// The folder that holds them all.
    public static Path root() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        // heeded by every other program; Java's user.home is the list of users'
        String declared = System.getenv("HOME");
        Path home = Path.of(declared != null && !declared.isBlank() ? declared : System.getProperty("user.home"));
        Path caches = xdg != null && !xdg.isBlank() ? Path.of(xdg)
                : home.resolve(System.getProperty("os.name").startsWith("Mac") ? "Library/Caches" : ".cache");
        return caches.resolve("cache-me-if-you-can");
    }
}
