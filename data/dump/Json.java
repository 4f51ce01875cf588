package data.dump;

// The dump's metadata are JSON.
//DEPS tools.jackson.core:jackson-databind:3.2.4

import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON files of a dump.
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /// The object in `file`.
    ///
    /// @throws Fault (usage) if it is not there, or no object of JSON
    static JsonNode read(Path file) {
        try {
            JsonNode read = MAPPER.readTree(Files.readAllBytes(file));
            if (read.isObject()) return read;
            throw new Fault(Fault.USAGE, file + ": not an object of JSON; fetch the dump again");
        } catch (JacksonException e) {
            throw new Fault(Fault.USAGE, "%s:%d: not JSON (%s); fetch the dump again".formatted(file,
                    e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
