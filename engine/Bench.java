package engine;

import data.Fault;
import data.Flughafen;
import data.Scale;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lab.PrivateCluster;
import lab.ValkeyBinary;
import lab.ValkeyServer;
import lab.ValkeyUrl;

/// What lessons stand on, found once for all of them: so that they need not fetch or generate it, let alone at once.
///
/// @param valkey      its version; of one that we did not start also where it is
/// @param version     of Valkey, `9.1.2`
/// @param database    stands for the rows of the FlughafenDB
/// @param scale       how large that is, `0.1`
/// @param environment what a lesson's process is told
public record Bench(String valkey, String version, String database, String scale, Map<String, String> environment) {
    /// What stands for a cluster of our own where the URL of a Valkey is asked for.
    static final String CLUSTER = "cluster";

    /// Finds Valkey and the FlughafenDB, or gets them.
    ///
    /// @param url   of the Valkey to use, `cluster` for a cluster of our own, else that in `VALKEY_URL`, else null:
    ///              one of our own
    /// @param scale how large a FlughafenDB; null for the one that `FLUGHAFENDB` names, or one of the default size
    /// @throws Fault (usage) if one cannot be had, or what the environment names is not fit
    public static Bench find(String url, String scale) {
        Path file = database(scale).toAbsolutePath();
        var environment = new HashMap<>(Map.of("FLUGHAFENDB", file.toString()));
        String database = Flughafen.identity(file);
        String size = Flughafen.scale(file);
        String given = given(url);
        if (given.isBlank()) {
            String version = ValkeyBinary.find().version().toString();
            return new Bench(version, version, database, size, environment);
        }
        if (given.equals(CLUSTER)) {
            environment.put("VALKEY_URL", PrivateCluster.start().url()); // it ends with this process
            String version = ValkeyBinary.find().version().toString();
            return new Bench(version + ", a cluster of our own", version, database, size, environment);
        }
        ValkeyServer server = ValkeyServer.primaryAt(ValkeyUrl.parse(given));
        environment.put("VALKEY_URL", given);
        return new Bench(server.version() + " at " + server.url(), server.version(), database, size, environment);
    }

    /// The URL of a Valkey that we did not start, or "".
    static String given(String url) {
        String told = url != null ? url : System.getenv("VALKEY_URL");
        return told == null ? "" : told.strip();
    }

    static Path database(String scale) {
        String own = System.getenv("FLUGHAFENDB");
        boolean named = own != null && !own.isBlank();
        if (scale == null) return Flughafen.locate();
        if (named) throw new Fault(Fault.USAGE, "--scale has no say in the database that FLUGHAFENDB names, "
                + own + "; leave out one of the two");
        return Flughafen.locate(Scale.of(scale));
    }

    /// What all runs on this bench have in common, by name.
    Map<String, String> identity() {
        return Map.of("Valkey", valkey, "FlughafenDB", database, "JDK", Runtime.version().toString());
    }
}
