///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
//SOURCES lessons/lab/*.java
//SOURCES data/[A-Z]*.java
//SOURCES engine/*.java

import data.Console;
import data.Fault;
import engine.BaseUrl;
import engine.Bench;
import engine.Chapter;
import engine.Chromium;
import engine.Course;
import engine.Golden;
import engine.Home;
import engine.LastBuild;
import engine.Leftovers;
import engine.Lesson;
import engine.NewLesson;
import engine.Options;
import engine.Publication;
import engine.Report;
import engine.Run;
import engine.Site;
import engine.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Builds the workshop: runs its lessons, holds them to what they must say, renders the site.
void main(String... args) {
    System.exit(Console.run(Build::new, args));
}

@Command(name = "./jbang build.java", sortOptions = false, commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions, for each command:%n", parameterListHeading = "%n",
        description = "Without a command: runs the lessons that changed and renders the site.", footer = {
            "%nExamples:",
            "  ./jbang build.java                      the site, in site/index.html",
            "  ./jbang build.java verify lesson02      does it still say what it must?",
            "  ./jbang build.java accept lesson02      yes: it must say what it says now",
            "  ./jbang build.java --rerun --jobs 2     all once more, two at a time",
            "  ./jbang build.java new 26 \"Write-around\"",
            "  ./jbang build.java pdf                  all lessons as one PDF, within the site",
            "%nExit code: 0 all well, 1 a lesson failed or drifted, 2 usage or set-up."})
static class Build implements Callable<Integer> {
    private final Path home = Home.folder();
    private final Path templates = home.resolve("templates");

    @Mixin Options options;

    @Option(names = "--output", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "where the site goes: site")
    Path output = home.resolve("site");

    @Option(names = "--base-url", paramLabel = "URL", scope = ScopeType.INHERIT,
            description = "where it will be published: for a sitemap, and for previews of links")
    String baseUrl;

    @Parameters(paramLabel = "LESSON", description = "with --rerun: only these, such as lesson02")
    List<String> names;

    @Spec CommandSpec spec;

    @Override public Integer call() {
        return build(Optional.empty(), "index.html");
    }

    /// @param press what also prints the site
    /// @param made  what this makes, within the site
    private int build(Optional<Chromium> press, String made) {
        Optional<BaseUrl> base = Optional.ofNullable(baseUrl).map(BaseUrl::parse);
        Bench bench = options.bench();
        var last = new LastBuild(bench, options.folder(), templates, output, base);
        boolean mayRest = options.mayRest() && names == null && Files.exists(output.resolve(made));
        Optional<List<String>> unchanged = mayRest ? last.summary() : Optional.empty();
        int exit = 0;
        if (unchanged.isPresent()) options.printSummary(unchanged.get());
        else exit = build(bench, last, new Publication(base, press));
        if (!options.stops(exit)) options.say(output.resolve(made).toAbsolutePath().normalize());
        return exit;
    }

    private int build(Bench bench, LastBuild last, Publication publication) {
        Course course = options.course();
        Map<Chapter, Text> texts = Text.read(course);
        List<Run> runs = options.run(bench, course.scripts(), named(course, names), run -> run);
        int exit = options.report(runs);
        if (options.stops(exit)) return exit;
        Site.of(course, texts, runs, bench).write(output, templates, publication);
        if (exit == 0) last.remember(Report.summary(runs.stream().map(Run::remembered).toList()));
        return exit;
    }

    @Command(description = "Builds, and prints all lessons into a PDF within the site. Needs Chromium or Chrome.")
    int pdf() {
        return build(Optional.of(Chromium.find()), Publication.PDF);
    }

    @Command(description = "Runs the lessons and holds each against its golden file; renders nothing.")
    int verify(@Parameters(paramLabel = "LESSON", description = "only these, such as lesson02") List<String> names) {
        Course course = options.course();
        Text.read(course);
        return options.report(run(named(course, names), Golden::hold));
    }

    @Command(description = "Takes what the lessons say now as golden.")
    int accept(@Parameters(paramLabel = "LESSON", description = "only these, such as lesson02") List<String> names) {
        List<Run> runs = run(named(options.course(), names), run -> run);
        runs.stream().filter(run -> run.failure().isEmpty()).filter(Golden::accept)
                .forEach(run -> options.say("changed: " + run.lesson().golden()));
        return options.report(runs);
    }

    @Command(description = "Says what lessons would stand on here, and what is missing.")
    int doctor() {
        return options.doctor().examine() ? 0 : Fault.USAGE;
    }

    @Command(name = "new", description = "Writes a lesson to start from, with text, exercise and solution.")
    int lesson(@Parameters(paramLabel = "NN", description = "its number, such as 04") String number,
            @Parameters(paramLabel = "TITLE", description = "such as \"Write-behind\"") String title) {
        NewLesson.of(options.course(), home, number, title).write().forEach(options::say);
        return 0;
    }

    @Command(description = "Forgets cached runs: the next build runs every lesson.")
    int clean() {
        options.say("forgot " + new Leftovers().forget());
        return 0;
    }

    private List<Run> run(List<Lesson> lessons, UnaryOperator<Run> judge) {
        return options.run(options.bench(), lessons, lessons, judge);
    }

    private List<Lesson> named(Course course, List<String> names) {
        return course.named(names, spec.subcommands().keySet());
    }
}
