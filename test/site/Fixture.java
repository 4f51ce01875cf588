package engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lab.Event;

/// A tiny course of two lessons whose recorded run holds every kind of event.
final class Fixture {
    static final Path TEMPLATES = Path.of("templates");

    private Fixture() {}

    static List<Page> pages() {
        Run first = run(lesson("lesson01", "Meet the airport"), List.of(Recording.quiet("look").step()));
        Run second = run(lesson("lesson02", "Cache-aside"), Recording.all());
        Course course = new Course("Cache me if you can", "<p>A workshop on caching that runs itself.</p>", Path.of("lessons"), List.of(
                new Course.Module("Start here", "", List.of(first.lesson())),
                new Course.Module("Database query caching", "", List.of(second.lesson()))), Set.of());
        Companion plain = new Companion("Meet the airport", 15, Optional.empty(), List.of(
                new Block.Prose("<p>One question.</p>\n", List.of()), cell("look", false)), Set.of());
        Companion text = new Companion("Cache-aside", 40, Optional.empty(), blocks(), Set.of());
        return List.of(HomePage.of(course, Map.of("lesson01", plain, "lesson02", text), List.of(first, second)),
                LessonPage.of(course, plain, sources("lesson01", List.of("look")), first),
                LessonPage.of(course, text, sources("lesson02", Recording.names()), second));
    }

    private static Lesson lesson(String id, String title) {
        Path folder = Path.of("lessons");
        return new Lesson(id, title, id.equals("lesson02") ? "and the race in it" : "", id.equals("lesson01") ? "Start here" : "Database query caching", folder.resolve(id + ".java"),
                folder.resolve(id + ".md"), folder.resolve(id + ".out"), Optional.empty(), Optional.empty());
    }

    private static Run run(Lesson lesson, List<Transcript.Step> steps) {
        var began = new Event.Began(lesson.id(), "25.0.3+9-LTS", List.of());
        var uses = new Event.Entry(1, "main", "main", Recording.START, new Event.Uses("Valkey", "9.1.2", "private"));
        var transcript = new Transcript(Optional.of(began), steps, List.of(uses), Optional.of(new Event.Ended(5, 0, 412_000)));
        return new Run(lesson, new Outcome("key", transcript, true, 412, Optional.empty()), Optional.empty(), Optional.empty());
    }

    private static Map<String, Listing> sources(String id, List<String> steps) {
        Map<String, Listing.Code> codes = new LinkedHashMap<>();
        for (String step : steps) codes.put(step, new Listing.Code(step, Listing.Kind.METHOD, 20 + 10 * codes.size(), 0, "", Recording.code(step)));
        return Map.of(id + ".java", new Listing(Path.of("lessons", id + ".java"), steps,
                List.of(new Listing.Knob("ttl", "60", 12), new Listing.Knob("readers", "50", 13)), codes, Set.of()));
    }

    private static Block.Cell cell(String step, boolean folded) {
        return new Block.Cell("cell-" + step, (step.equals("look") ? "lesson01" : "lesson02") + ".java", step, true, Block.Side.BOTH, folded,
                Recording.caption(step), 1);
    }

    private static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(prose("what-you-will-see", "What you will see", """
                <p>Ask the cache first. On a miss ask the database, and remember the answer: six lines that carry most of the web. \
                This lesson writes them, measures them, and then <em>breaks</em> them.</p>
                <p>The pattern is called cache-aside, because the cache stands beside the path from the application to its database, and \
                neither knows of the other. It is described by <a href="https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala">Nishtala \
                et al.</a>, and <code>departures</code> in <a href="#cell-firstRead">the first step</a> is all of it.</p>
                """));
        blocks.add(cell("firstRead", false));
        blocks.add(prose("a-second-read", "The second read is free", """
                <p>The same question again. Nothing of it reaches SQLite:</p>
                <ul><li>the key is there, so the answer is too;</li><li>the answer has the same type and value as before.</li></ul>
                """));
        blocks.add(new Block.Prediction("<p>A reader asks 1,000 times for an airport that does not exist. How many queries does SQLite see?</p>",
                List.of(new Block.Answer("1: the first miss fills the cache", false), new Block.Answer("None: the key is not there", false),
                        new Block.Answer("1,000: nothing was ever cached", true)),
                "<p>An empty answer was never stored, so every read is a miss. This is called cache penetration.</p>", 40));
        blocks.add(cell("penetration", true));
        blocks.add(new Block.Fence("sh", "# what the server says of it\nvalkey-cli --scan --pattern 'departures:*' | head -3\n"));
        blocks.add(prose("the-race", "A race that leaves a lie", "<p>Two actors, forced into an order that happens once in a million requests.</p>\n"));
        blocks.add(new Block.Aside(Block.Aside.Kind.SURPRISE, "<p>Deleting the key <em>before</em> the slow reader sets it does not help at all.</p>"));
        blocks.add(cell("race", false));
        blocks.add(new Block.Aside(Block.Aside.Kind.PITFALL, "<p>A TTL in seconds that was computed as a fraction becomes <code>0</code>, and the server refuses it.</p>"));
        blocks.add(new Block.Aside(Block.Aside.Kind.HINT, "<p>Compare the versions in the server, not in the client.</p>"));
        blocks.add(prose("what-else", "What else a step may do", """
                <table><thead><tr><th>pattern</th><th>writes</th><th>stale for</th></tr></thead><tbody>
                <tr><td>cache-aside</td><td>database, then delete</td><td>until the next write</td></tr>
                <tr><td>write-through</td><td>both, in one place</td><td>never, in theory</td></tr></tbody></table>
                """));
        for (String step : List.of("hostile", "fields", "broken")) blocks.add(cell(step, false));
        return blocks;
    }

    private static Block.Prose prose(String id, String title, String html) {
        return new Block.Prose("<h2 id=\"%s\">%s</h2>\n%s".formatted(id, title, html), List.of(new Block.Heading(2, id, title)));
    }
}
