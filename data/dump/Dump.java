package data.dump;

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A folder into which MySQL Shell dumped one schema: `util.dumpSchemas(["flughafendb_small"], folder)`.
///
/// `@.json` names the schema, `SCHEMA.json` its tables, `@.done.json` says that the dump is finished and how many bytes
/// each table has. `tables` are those of the schema, whether their rows are there or not.
record Dump(Path folder, String schema, List<String> tables, JsonNode basenames, JsonNode bytes, List<String> files) {
    /// @throws Fault (usage) if the folder holds no finished dump of one schema
    static Dump read(Path folder) {
        List<String> files = list(folder);
        if (!files.contains("@.json")) {
            throw new Fault(Fault.USAGE, folder + ": not a dump of MySQL Shell: no @.json; name a folder with one");
        }
        if (!files.contains("@.done.json")) {
            throw new Fault(Fault.USAGE, folder + ": has no @.done.json: it was not finished; dump or fetch it again");
        }
        JsonNode dump = Json.read(folder.resolve("@.json"));
        if (dump.path("schemas").size() != 1) {
            throw new Fault(Fault.USAGE, "%s: has %d schemas, not one; dump only the FlughafenDB".formatted(
                    folder.resolve("@.json"), dump.path("schemas").size()));
        }
        String schema = dump.path("schemas").get(0).asString();
        Path file = folder.resolve(dump.path("basenames").path(schema).asString(schema) + ".json");
        JsonNode described = Json.read(file);
        List<String> tables = described.path("tables").valueStream().map(JsonNode::asString).toList();
        JsonNode bytes = Json.read(folder.resolve("@.done.json")).path("tableDataBytes").path(schema);
        return new Dump(folder, schema, tables, described.path("basenames"), bytes, files);
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, folder + ": not a folder that can be read; name the folder of a dump", e);
        }
    }

    /// The table with its rows' files; empty if the dump lacks them.
    ///
    /// @throws Fault (usage) if some of its files are there and others are not
    Optional<DumpTable> table(String name) {
        return DumpTable.find(this, name);
    }

    /// How files of the table begin: `flughafendb_small@airport`.
    String basename(String table) {
        return basenames.path(table).asString(schema + "@" + table);
    }

    /// Bytes of the table's rows, not compressed; -1 if the dump does not say.
    long bytesOf(String table) {
        return bytes.path(table).asLong(-1);
    }
}
