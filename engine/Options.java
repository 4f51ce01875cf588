package engine;

import data.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// What can be said before or after any command, and how lessons run by it.
public final class Options {
    @Option(names = "--course", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "the lessons' folder: lessons")
    Path course = Home.folder().resolve("lessons");

    @Option(names = "--rerun", scope = ScopeType.INHERIT, description = "run also what did not change")
    boolean rerun;

    @Option(names = "--explain", scope = ScopeType.INHERIT, description = "say why each lesson ran or did not")
    boolean explain;

    @Option(names = "--jobs", paramLabel = "N", scope = ScopeType.INHERIT,
            description = "run so many lessons beside each other: 1, since lessons measure")
    int jobs = 1;

    @Option(names = "--fail-fast", scope = ScopeType.INHERIT,
            description = "stop at the first lesson that fails, and render nothing then")
    boolean failFast;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "say only what went wrong")
    boolean quiet;

    @Option(names = "--valkey", paramLabel = "URL", scope = ScopeType.INHERIT,
            description = "the lessons' Valkey, as VALKEY_URL: valkey://user:password@host:6379; or cluster: "
                    + "three primaries and three replicas of our own; else one server of our own")
    String valkey;

    @Option(names = "--scale", paramLabel = "S", scope = ScopeType.INHERIT,
            description = "how large a FlughafenDB, from 0.01 to 1, or large: 0.1")
    String scale;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "this help")
    boolean help;

    /// Reads the course that `--course` names.
    public Course course() {
        return Course.read(course);
    }

    /// The folder that `--course` names.
    public Path folder() {
        return course;
    }

    /// Finds or gets what `--valkey` and `--scale` ask for, as [Bench#find] says.
    public Bench bench() {
        return Bench.find(valkey, scale);
    }

    /// One that looks into what lessons would stand on with `--valkey` and `--scale`.
    public Doctor doctor() {
        return new Doctor(valkey, scale);
    }

    /// Whether nothing is to be rendered of lessons of which one failed.
    public boolean stops(int exit) {
        return failFast && exit != 0;
    }

    /// Whether a build that would change nothing may be left out.
    public boolean mayRest() {
        return !rerun && !explain;
    }

    /// Runs lessons, and shows how far they are.
    ///
    /// @param named those to run although nothing changed, if `--rerun` says so
    /// @param judge what else decides whether a lesson failed
    public List<Run> run(Bench bench, List<Lesson> lessons, List<Lesson> named, UnaryOperator<Run> judge) {
        if (jobs < 1) throw new Fault(Fault.USAGE, "--jobs %d: want 1 or more".formatted(jobs));
        var runner = new Runner(bench, rerun ? named : List.of());
        try (var progress = Progress.over(lessons.size(), quiet)) {
            return new InOrder(jobs, failFast).run(lessons, lesson -> judge.apply(runner.run(lesson)), progress::at);
        }
    }

    /// Says how lessons ran.
    ///
    /// @return the exit code
    public int report(List<Run> runs) {
        Report.printFailures(runs);
        if (explain) Report.printReasons(runs);
        printSummary(Report.summary(runs));
        return runs.stream().allMatch(run -> run.failure().isEmpty()) ? 0 : Fault.FAILED;
    }

    /// Says something that went well.
    public void say(Object text) {
        if (!quiet) IO.println(text);
    }

    /// Prints a summary, which `--quiet` leaves out.
    public void printSummary(List<String> summary) {
        if (!quiet) Report.printSummary(summary);
    }
}
