package engine;

import data.Fault;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Adds a lesson's aliases to the text of a `jbang-catalog.json`.
final class Catalog {
    /// Writes as it is written by hand: `"name": value`.
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withSeparators(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)))
            .build();

    private Catalog() {}

    /// The catalog's text with `lesson04`, `exercise04` and `solution04` at its end.
    static String with(Path catalog, String folder, String number, String title) {
        ObjectNode root = read(catalog);
        ObjectNode aliases = root.withObject("aliases");
        add(aliases, "lesson" + number, folder + "/lesson" + number, title);
        add(aliases, "exercise" + number, folder + "/exercises/exercise" + number, title + ": the exercise");
        add(aliases, "solution" + number, folder + "/exercises/solution" + number, title + ": the solution");
        return JSON.writeValueAsString(root) + "\n";
    }

    private static ObjectNode read(Path catalog) {
        try {
            return (ObjectNode) JSON.readTree(SourceFile.text(catalog));
        } catch (JacksonException | ClassCastException e) {
            throw new Fault(Fault.USAGE, "%s: is no catalog of JBang's: %s".formatted(catalog, e.getMessage()), e);
        }
    }

    private static void add(ObjectNode aliases, String name, String script, String description) {
        aliases.putObject(name).put("script-ref", script + ".java").put("description", description);
    }
}
