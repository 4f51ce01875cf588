package data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// What can be done with a FlughafenDB on the command line.
@Command(name = "./jbang data/flughafendb.java", sortOptions = false, commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n", parameterListHeading = "%n",
        description = "Makes a FlughafenDB, looks into it, holds it against its rules, asks it.", footer = {
            "%nFILE is a FlughafenDB; without one, the one that FLUGHAFENDB names, else the lessons' own in the",
            "user's cache.",
            "%nExamples:",
            "  ./jbang data/flughafendb.java create --scale 1 --output /tmp/flughafen.db",
            "  ./jbang data/flughafendb.java inspect /tmp/flughafen.db",
            "  ./jbang data/flughafendb.java verify --scale 0.1",
            "  ./jbang data/flughafendb.java query \"SELECT iata, name FROM airport LIMIT 5\"",
            "  ./jbang data/flughafendb.java query \"SELECT * FROM airline\" --format csv",
            "%nExit code: 0 all well, 1 a rule is broken, 2 usage or set-up."})
public final class Commands implements Runnable {
    private static final long SEED = 1;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "this help")
    boolean help;

    @Spec CommandSpec spec;

    /// Which database to verify.
    static final class Which {
        @Parameters(paramLabel = "FILE", description = "the database") Path file;

        @Option(names = "--scale", paramLabel = "S", description = "the generated one of that scale, made if need be")
        String scale;
    }

    @Override public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: "
                + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(description = "Makes a database and prints where it is.")
    int create(
            @Option(names = "--scale", paramLabel = "S", description = "how large: 0.1") String scale,
            @Option(names = "--seed", paramLabel = "N", description = "other rows for each: 1") Long seed,
            @Option(names = "--output", paramLabel = "FILE", description = "a new file: one in the user's cache")
            Path output) {
        Scale large = scale == null ? Scale.DEFAULT : Scale.of(scale);
        long drawn = seed == null ? SEED : seed;
        IO.println(output == null ? CachedDatabase.get(notes(), large, drawn) : make(output, large, drawn));
        return 0;
    }

    @Command(description = "Says where its rows came from, how many there are, and what room they take.")
    int inspect(@Parameters(paramLabel = "FILE", arity = "0..1", description = "the database") Path file) {
        IO.println(Inspection.of(found(file)));
        return 0;
    }

    @Command(description = "Counts what breaks each rule.")
    int verify(@ArgGroup Which which) {
        Path database = which == null ? found(null)
                : which.scale == null ? found(which.file) : CachedDatabase.get(notes(), Scale.of(which.scale), SEED);
        return Verification.run(database) ? 0 : Fault.FAILED;
    }

    @Command(description = "Prints what a query finds; then, on stderr, its plan and how long it took.")
    int query(
            @Parameters(index = "0", paramLabel = "SQL", description = "one statement that only reads") String sql,
            @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "the database") Path file,
            @Option(names = "--format", paramLabel = "FORMAT", converter = Format.Reader.class, defaultValue = "table",
                    description = "table (the first 100 rows), csv or json (all): table") Format format) {
        Query.run(found(file), sql, format, System.out, System.err);
        return 0;
    }

    /// The database that is meant: it is there, and whole.
    private static Path found(Path file) {
        if (file == null) return Flughafen.locate();
        try {
            DatabaseFile.examine(file, notes());
            return file;
        } catch (DatabaseFile.Unfit e) {
            throw new Fault(Fault.USAGE, "%s %s; name another file, or none for the lessons' own"
                    .formatted(file, e.getMessage()), e);
        }
    }

    /// Makes it beside the file: that is there either whole or not at all.
    private static Path make(Path file, Scale scale, long seed) {
        if (Files.exists(file)) {
            throw new Fault(Fault.USAGE, file + " is there already; delete it, or name another file");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        part.toFile().deleteOnExit(); // Ctrl-C in the middle
        try (var progress = new MakingProgress(scale, file)) {
            Files.deleteIfExists(part);
            Generator.generate(part, scale, seed, progress::at);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            progress.done(DatabaseFile.examine(file, notes()).description());
            return file;
        } catch (IOException | SQLException | DatabaseFile.Unfit e) {
            String reason = e instanceof SQLException refused ? Query.reason(refused) : e.getMessage();
            throw new Fault(Fault.USAGE, "cannot make %s (%s); name a file in a folder that you may write, with room"
                    .formatted(file, reason), e);
        }
    }

    private static Path notes() {
        return UserCache.folder("flughafendb");
    }
}
