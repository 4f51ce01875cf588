package lab;

import data.Fault;
import data.Flughafen;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/// The lesson's Valkey and its FlughafenDB, each opened when it is first asked for.
///
/// Without `VALKEY_URL` the Valkey is a private server. On one that we did not start the lesson works under a key
/// prefix of its own, and nothing is left there. An actor uses what the process that spawned it has opened.
final class Bench {
    private static final String PARENTS_VALKEY = "LAB_VALKEY";
    private static final String PARENTS_COPY = "LAB_COPY";

    private static final List<Event> BEFORE = new ArrayList<>(); // opened before the first step: a field holds it
    private static boolean begun;

    private static ValkeyServer server;
    private static UnifiedJedis client;
    private static KeyspaceWatch watch;
    private static DataSource flughafen;
    private static Path copyFile;
    private static DataSource copy;
    private static HttpClient http;

    private Bench() {}

    static synchronized UnifiedJedis valkey() {
        if (client != null) return client;
        String parents = System.getenv(PARENTS_VALKEY);
        String given = System.getenv("VALKEY_URL");
        if (parents != null) open(parents, "", "private");
        else if (privately()) open(PrivateValkey.start().uri().toString(), "", "private");
        else {
            String prefix = "cache-me:" + Steps.lesson() + ":";
            open(given, prefix, ValkeyUrl.parse(given).toString());
            if (Steps.isActor()) return client;
            GuestKeys.delete(server, prefix); // of a run that was killed
            watch.look();
            Scratch.atEnd(() -> {
                Actor.killAll(); // or they write again
                GuestKeys.delete(server, prefix);
            });
        }
        return client;
    }

    /// Whether the lesson's Valkey is a server of its own: nobody gave it another.
    private static boolean privately() {
        String given = System.getenv("VALKEY_URL");
        return given == null || given.isBlank();
    }

    private static void open(String url, String prefix, String where) {
        server = ValkeyServer.primaryAt(ValkeyUrl.parse(url));
        client = server.client(Recorder.get(), prefix);
        if (!Steps.isActor()) watch = new KeyspaceWatch(server, prefix);
        opened(new Event.Uses("Valkey", server.version(), where),
                "Valkey %s at %s".formatted(server.version(), server.url()));
    }

    static synchronized HttpClient http() {
        if (http == null) {
            var plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1));
            http = new RecordedHttp(plain.build(), Recorder.get());
        }
        return http;
    }

    static synchronized DataSource flughafen() {
        if (flughafen == null) {
            Path file = Flughafen.locate();
            flughafen = RecordedDataSource.readOnly(file, Recorder.get());
            if (copy == null) openedFlughafen(file);
        }
        return flughafen;
    }

    static synchronized DataSource flughafenCopy() {
        if (copy == null) {
            String parents = System.getenv(PARENTS_COPY);
            Path file = parents != null ? Path.of(parents) : Flughafen.locate();
            copyFile = parents != null ? file : copied(file);
            copy = RecordedDataSource.writable(copyFile, Recorder.get());
            if (flughafen == null) openedFlughafen(file);
        }
        return copy;
    }

    /// The database is the same, whether it or a copy is used first.
    private static void openedFlughafen(Path file) {
        if (Steps.isActor()) return;
        String what = Flughafen.describe(file);
        opened(new Event.Uses("FlughafenDB", Flughafen.identity(file), what), "FlughafenDB, %s".formatted(what));
    }

    private static Path copied(Path original) {
        try {
            return Files.copy(original, Scratch.folder().resolve("flughafendb.db"));
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot copy the database %s: %s".formatted(original, e.getMessage()), e);
        }
    }

    private static void opened(Event event, String shown) {
        if (Steps.isActor()) return; // it was said already
        Output.show(Terminal.standard().quiet("  " + shown));
        if (begun) Recorder.get().add(event);
        else BEFORE.add(event);
    }

    /// The lesson begins: what was opened so far is recorded, and what that sent belongs to no step.
    static synchronized void begin() {
        begun = true;
        BEFORE.forEach(Recorder.get()::add);
        Recorder.get().takeCounts();
    }

    /// What changed in Valkey's keyspace since the last call; null if the lesson has not used Valkey.
    static synchronized Event.Keyspace keyspace() {
        return watch == null ? null : watch.look();
    }

    static boolean valkeyIsAtLeast(String version) {
        valkey();
        return Version.parse(server.version()).compareTo(Version.parse(version)) >= 0;
    }

    static boolean valkeyIsACluster() {
        valkey();
        return server.cluster();
    }

    /// Lets an actor use this process's Valkey, and its copy of the database if there is one.
    static synchronized void shareWith(Map<String, String> environment) {
        valkey();
        if (privately()) environment.put(PARENTS_VALKEY, server.url().toString());
        if (copyFile != null) environment.put(PARENTS_COPY, copyFile.toString());
    }
}
