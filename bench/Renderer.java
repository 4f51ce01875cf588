package bench;

import engine.Bench;
import engine.Chapter;
import engine.Course;
import engine.Home;
import engine.Lesson;
import engine.Outcome;
import engine.Run;
import engine.Site;
import engine.Text;
import engine.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lab.Event;
import tools.jackson.databind.json.JsonMapper;

/// This project's rendering without the runs: texts, code and transcripts are read, and become a site whose every link
/// is followed. It runs in a JVM of its own, with the options of `build.java`.
final class Renderer implements Contestant {
    private static final String TRANSCRIPT = "transcript.jsonl";

    @Override public String name() {
        return "this project";
    }

    @Override public String version() {
        return "JDK " + Runtime.version().feature();
    }

    @Override public Shell.Command prepare(Path folder, int pages) throws IOException {
        ScratchCourse.write(folder.resolve("course"), pages, n -> Pages.markdown(n) + "\n" + ScratchCourse.output(n));
        Files.writeString(folder.resolve(TRANSCRIPT), transcript());
        return new Shell.Command(Home.folder().toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Renderer.class.getName(), folder.toString());
    }

    private static String transcript() {
        JsonMapper json = JsonMapper.builder().build();
        var lines = new StringBuilder();
        long n = 0;
        for (Event event : List.of(new Event.Began("lesson", "25", "an OS", "a processor", List.of()),
                new Event.StepStarted("hello"), new Event.Printed("hello"),
                new Event.StepEnded("hello", 1_000, false, List.of(), null), new Event.Ended(0, 0, 2_000)))
            lines.append(json.writeValueAsString(new Event.Entry(++n, "main", "main", n, event))).append('\n');
        return lines.toString();
    }

    /// Renders the course that [#prepare] wrote into the folder named.
    public static void main(String[] folder) {
        Path home = Path.of(folder[0]);
        Course course = Course.read(home.resolve("course"));
        Map<Chapter, Text> texts = Text.read(course);
        List<Run> runs = new ArrayList<>();
        for (Lesson lesson : course.lessons()) {
            Transcript transcript = Transcript.read(home.resolve(TRANSCRIPT));
            var outcome = new Outcome("", transcript, false, 2, Optional.empty());
            runs.add(new Run(lesson, outcome, Optional.empty(), Optional.empty()));
        }
        var bench = new Bench("none", "none", "none", "none", Map.of());
        Site.of(course, texts, runs, bench).write(home.resolve("site"), Home.folder().resolve("templates"));
    }
}
