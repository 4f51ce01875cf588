package bench;

import static lab.Lab.privateValkey;

import data.Scale;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The figures, a command each. A peer that cannot be had is named as missing.
@Command(name = "./jbang bench.java", synopsisSubcommandLabel = "COMMAND",
        description = "Measures what this project claims, beside its peers.")
public class Benchmarks implements Runnable {
    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "this help")
    boolean help;

    @Spec CommandSpec spec;

    @Override public void run() {
        spec.commandLine().usage(System.out);
    }

    @Command(description = "What recording adds to a loop of 100,000 GETs.")
    void recorder() {
        try (var valkey = privateValkey()) {
            double ratio = RecorderOverhead.ratio(valkey.uri().toString(), 100_000, 7);
            IO.println("100,000 GETs, recorded : plain Jedis = %.3f (median of 7 rounds, each running both)"
                    .formatted(ratio));
        }
    }

    @Command(description = "Pages that run a line of code each, and publish what it printed.")
    void exec(@Parameters(paramLabel = "PAGES", defaultValue = "20", description = "how many: 20") int pages) {
        race(pages, Pages.RAN, new Workshop(), new Nbconvert(), new RMarkdown(), new Framework());
    }

    @Command(description = "Pages of text with four blocks of code each.")
    void render(@Parameters(paramLabel = "PAGES", defaultValue = "1000", description = "how many: 1000") int pages) {
        race(pages, Pages.RENDERED, new Renderer(), new Hugo(), new Eleventy(true), new Eleventy(false), new JBake());
    }

    @Command(description = "A FlughafenDB, made by us and imported by sqlite3.")
    void data(@Parameters(paramLabel = "SCALE", defaultValue = "1", description = "how large: 1") String scale) {
        Import.race(Scale.of(scale)).forEach(IO::println);
    }

    private static void race(int pages, Pattern mark, Contestant ours, Contestant... peers) {
        var race = new Race(pages, mark);
        List<Race.Result> results = Stream.concat(Stream.of(ours), Stream.of(peers))
                .peek(contestant -> System.err.println(contestant.name() + " ...")).map(race::run).toList();
        IO.println("%d pages; %d processors".formatted(pages, Runtime.getRuntime().availableProcessors()));
        new ResultTable(results, pages, ours.name()).lines().forEach(IO::println);
    }
}
