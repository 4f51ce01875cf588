///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//SOURCES lessons/lab/*.java
//SOURCES data/*.java
//SOURCES engine/*.java

import data.Fault;
import engine.Bench;
import engine.Console;
import engine.Course;
import engine.Golden;
import engine.Home;
import engine.LastBuild;
import engine.Lesson;
import engine.Progress;
import engine.Report;
import engine.Run;
import engine.Runner;
import engine.Site;
import engine.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// Builds the workshop: runs its lessons, holds them to what they must say, renders the site.
void main(String... args) {
    System.exit(Console.run(Build::new, args));
}

@Command(name = "./jbang build.java", description = "Runs the lessons that changed and renders the site.",
        footer = "%nExit code: 0 all well, 1 a lesson failed or drifted, 2 usage or set-up.")
static class Build implements Callable<Integer> {
    private static final List<String> COMMANDS = List.of("verify", "accept");

    private final Path home = Home.folder();
    private final Path templates = home.resolve("templates");

    @Option(names = "--course", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "the lessons' folder: lessons")
    Path course = home.resolve("lessons");

    @Option(names = "--output", paramLabel = "DIR", description = "where the site goes: site")
    Path output = home.resolve("site");

    @Option(names = "--rerun", scope = ScopeType.INHERIT, description = "run also what did not change")
    boolean rerun;

    @Parameters(paramLabel = "LESSON", scope = ScopeType.INHERIT,
            description = "verify, accept or rerun only these, such as lesson02")
    List<String> names;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "this help")
    boolean help;

    @Override public Integer call() {
        var last = new LastBuild(course, templates, output);
        Optional<List<String>> unchanged = rerun || names != null ? Optional.empty() : last.summary();
        unchanged.ifPresent(Report::printSummary);
        int exit = unchanged.isPresent() ? 0 : build(last);
        IO.println(output.resolve("index.html").toAbsolutePath().normalize());
        return exit;
    }

    private int build(LastBuild last) {
        Course read = Course.read(course);
        Map<Lesson, Text> texts = Text.read(read);
        List<Run> runs = run(read.lessons(), read.named(names, COMMANDS));
        int exit = report(runs);
        Site.of(read, texts, runs).write(output, templates);
        if (exit == 0) last.remember(Report.summary(runs.stream().map(Run::remembered).toList()));
        return exit;
    }

    @Command(description = "Runs the lessons and holds each against its golden file; renders nothing.")
    int verify() {
        Course read = Course.read(course);
        Text.read(read);
        List<Lesson> chosen = read.named(names, COMMANDS);
        return report(run(chosen, chosen).stream().map(Golden::hold).toList());
    }

    @Command(description = "Takes what the lessons say now as golden.")
    int accept() {
        List<Lesson> chosen = Course.read(course).named(names, COMMANDS);
        List<Run> runs = run(chosen, chosen);
        runs.stream().filter(run -> run.failure().isEmpty()).filter(Golden::accept)
                .forEach(run -> IO.println("changed: " + run.lesson().golden()));
        return report(runs);
    }

    private List<Run> run(List<Lesson> lessons, List<Lesson> named) {
        return Progress.over(lessons, new Runner(Bench.find(), rerun ? named : List.of())::run);
    }

    private int report(List<Run> runs) {
        return Report.print(runs) ? 0 : Fault.FAILED;
    }
}
