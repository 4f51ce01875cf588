package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.TestPorts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The files that people take home from lesson 20, held against a real Prometheus, as Debian's package `prometheus`
/// installs it, and against the lesson itself. Skipped where there is none.
class ObservabilityTest {
    private static final Path FILES = Home.folder().resolve("lessons/observability");
    private static final Path LESSON = Home.folder().resolve("lessons/lesson20.java");
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 200;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void thereIsAPrometheus() {
        assumeTrue(Files.isExecutable(PROMETHEUS) && Files.isExecutable(PROMTOOL), "no prometheus in /usr/bin");
    }

    @Test
    void prometheusTakesConfigAndRulesAndAlertsFireWhenTheyShould() throws Exception {
        promtool("check", "config", "prometheus.yml");
        promtool("check", "rules", "alerts.yml");
        promtool("test", "rules", "alerts.test.yml");
    }

    @Test
    void eachAlertSaysWhatToDoAndIsTestedBothWays() {
        Set<String> alerts = new TreeSet<>();
        Set<String> fire = new TreeSet<>();
        Set<String> doNot = new TreeSet<>();
        rules().filter(rule -> rule.has("alert")).forEach(rule -> {
            alerts.add(rule.path("alert").asString());
            assertTrue(rule.at("/annotations/summary").asString("").length() > 80, rule.toString());
        });
        yaml("alerts.test.yml").path("tests").forEach(test -> test.path("promql_expr_test").forEach(at ->
                (at.path("exp_samples").isEmpty() ? doNot : fire)
                        .add(at.path("expr").asString().replaceAll(".*alertname=\"(\\w+)\".*", "$1"))));

        assertFalse(alerts.isEmpty());
        assertEquals(alerts, fire);
        assertEquals(alerts, doNot);
    }

    @Test
    void theLessonExportsWhatAlertsAndDashboardAskFor() throws Exception {
        int port = TestPorts.free();
        Process prometheus = null;
        Process lesson = stay();
        try {
            prometheus = start(figures(lesson), port);
            Set<String> waiting = panels();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!waiting.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(POLL_MILLIS);
                for (String expression : List.copyOf(waiting)) {
                    if (hasData(port, expression)) waiting.remove(expression);
                }
            }
            assertEquals(Set.of(), waiting, "panels without data");
            for (String metric : named(Files.readString(FILES.resolve("alerts.yml")))) {
                assertTrue(hasData(port, metric), metric + " is not exported");
            }
            assertEquals(Set.of("ok"), healthOfRules(port));
        } finally {
            end(lesson);
            if (prometheus != null) end(prometheus);
        }
    }

    /// The lesson, with its figures at a port that is free.
    private static Process stay() throws IOException {
        var command = new ArrayList<>(Script.command(LESSON));
        command.addAll(List.of("--stay", "--port=0"));
        Process lesson = new ProcessBuilder(command).redirectErrorStream(true).start();
        lesson.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(_ -> lesson.destroyForcibly());
        return lesson;
    }

    /// Where it says that they are: `127.0.0.1:41234`.
    private static String figures(Process lesson) throws IOException {
        var said = new StringBuilder();
        for (String line; (line = lesson.inputReader().readLine()) != null; said.append(line).append('\n')) {
            if (line.contains("Figures at ")) return line.replaceAll(".*http://(\\S+)/metrics.*", "$1");
        }
        throw new AssertionError("the lesson ended: " + said);
    }

    /// A Prometheus of our own with the files as they are, but for the lesson's port and a shorter interval.
    private Process start(String target, int port) throws IOException {
        String config = Files.readString(FILES.resolve("prometheus.yml"));
        Files.writeString(folder.resolve("prometheus.yml"),
                config.replace("127.0.0.1:9464", target).replaceAll("(_interval:) \\d+s", "$1 1s"));
        Files.copy(FILES.resolve("alerts.yml"), folder.resolve("alerts.yml"));
        Process prometheus = new ProcessBuilder(PROMETHEUS.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        prometheus.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> prometheus.destroyForcibly());
        return prometheus;
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    /// The expressions of all panels, over as short a time as Prometheus here has figures for.
    private static Set<String> panels() {
        JsonNode dashboard = JsonMapper.builder().build().readTree(FILES.resolve("dashboard.json").toFile());
        Set<String> expressions = dashboard.path("panels").valueStream()
                .flatMap(panel -> panel.path("targets").valueStream()).map(target -> target.path("expr").asString())
                .map(expression -> expression.replace("$__rate_interval", "5s"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(expressions.size() >= 9, expressions.toString());
        return expressions;
    }

    /// Whether a query returns a series, and each of its values is a number.
    private boolean hasData(int port, String expression) throws IOException, InterruptedException {
        var query = URI.create("http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(expression, StandardCharsets.UTF_8)));
        try {
            List<String> values = ask(query).at("/data/result").valueStream()
                    .map(series -> series.at("/value/1").asString()).toList();
            return !values.isEmpty() && values.stream().noneMatch("NaN"::equals);
        } catch (ConnectException e) {
            return false; // it is not up yet
        }
    }

    /// What Prometheus itself says of each rule, after it has run it on the lesson's figures.
    private Set<String> healthOfRules(int port) throws IOException, InterruptedException {
        return ask(URI.create("http://127.0.0.1:" + port + "/api/v1/rules")).at("/data/groups").valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .map(rule -> (rule.path("health").asString() + " " + rule.path("lastError").asString("")).strip())
                .collect(Collectors.toSet());
    }

    private JsonNode ask(URI query) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(query).timeout(Duration.ofSeconds(5)).build();
        return JsonMapper.builder().build().readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static Set<String> named(String text) {
        return Pattern.compile("\\b(valkey|redis)_[a-z_]+").matcher(text.replaceAll("(?m)#.*", "")).results()
                .map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JsonNode> rules() {
        return yaml("alerts.yml").path("groups").valueStream().flatMap(group -> group.path("rules").valueStream());
    }

    private static JsonNode yaml(String file) {
        return YAMLMapper.builder().build().readTree(FILES.resolve(file).toFile());
    }

    private static void promtool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(words));
        Process tool = new ProcessBuilder(command).directory(FILES.toFile()).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tool.waitFor(), said);
    }
}
