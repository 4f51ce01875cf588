package data.dump;

// The database's driver logs through slf4j: to nowhere.
//DEPS org.slf4j:slf4j-nop:2.0.20

import data.Console;
import data.Scale;
import data.UserCache;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `import`: a dump in, a database for the lessons out.
@Command(name = "./jbang data/import.java", sortOptions = false, optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        description = "Reads a dump of the original FlughafenDB into a database for the lessons.", footer = {
            "%nExamples:",
            "  ./jbang data/import.java flughafendb_small",
            "  ./jbang data/import.java flughafendb_small --output small.db --missing empty",
            "%nThe last line says how to use it: FLUGHAFENDB=FILE.",
            "%nExit code: 0 all well, 2 nothing was imported."})
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DUMP", description = "the folder that MySQL Shell dumped a schema into")
    Path folder;

    @Option(names = "--output", paramLabel = "FILE",
            description = "where the database goes: a file of the schema's name in your cache folder")
    Path output;

    @Option(names = "--missing", paramLabel = "fill|empty", defaultValue = "fill",
            description = "tables that the dump lacks: made by rules, or left empty (${DEFAULT-VALUE})")
    Missing missing;

    @Option(names = "--scale", paramLabel = "S", defaultValue = "0.1", converter = ScaleReader.class,
            description = "how much is made by rules, from 0.01 to 1 (${DEFAULT-VALUE})")
    Scale scale;

    @Option(names = "--help", usageHelp = true, description = "this text")
    boolean help;

    /// What becomes of tables that a dump lacks.
    enum Missing { fill, empty }

    static final class ScaleReader implements ITypeConverter<Scale> {
        @Override public Scale convert(String text) {
            return Scale.of(text);
        }
    }

    private ImportCommand() {}

    /// Runs it; what a user can mend is one line on stderr.
    ///
    /// @return the exit code: 0, or 2 where nothing was imported
    public static int run(String... args) {
        return Console.run(ImportCommand::new, args);
    }

    @Override public Integer call() {
        Dump dump = Dump.read(folder);
        Path file = output != null ? output : UserCache.folder("imported").resolve(dump.schema() + ".db");
        try (var progress = new ImportProgress()) {
            IO.println("FLUGHAFENDB=" + new Importer(dump, missing == Missing.fill, scale, progress).into(file));
        }
        return 0;
    }
}
