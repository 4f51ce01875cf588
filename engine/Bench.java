package engine;

import data.FlughafenDb;
import java.nio.file.Path;
import java.util.Map;
import lab.ValkeyBinary;
import lab.ValkeyServer;
import lab.ValkeyUrl;

/// What lessons stand on, found once for all of them: so that they need not fetch or generate it, let alone at once.
///
/// @param identity    stands for Valkey and the database: another bench, another run
/// @param environment what a lesson's process is told
public record Bench(String identity, Map<String, String> environment) {

    /// Finds Valkey and the FlughafenDB, or gets them.
    ///
    /// @throws data.Fault (usage) if one cannot be had, or what the environment names is not fit
    public static Bench find() {
        Path database = FlughafenDb.locate().toAbsolutePath();
        return new Bench("Valkey %s%nFlughafenDB %s".formatted(valkey(), FlughafenDb.identity(database)),
                Map.of("FLUGHAFENDB", database.toString()));
    }

    private static String valkey() {
        String given = System.getenv("VALKEY_URL");
        return given == null || given.isBlank() ? ValkeyBinary.find().version().toString()
                : ValkeyServer.at(ValkeyUrl.parse(given)).toString();
    }
}
