package project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engine.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What the workflow promises: it does what a contributor does, with few rights, by actions that do not change.
class WorkflowTest {
    private final JsonNode workflow = YAMLMapper.builder().build()
            .readTree(Home.folder().resolve(".github/workflows/site.yml").toFile());

    @Test
    void itRunsWhatAContributorRuns() {
        List<String> commands = steps().map(step -> step.path("run").asString("")).toList();

        assertTrue(commands.containsAll(List.of("./jbang test.java", "./jbang build.java")), commands.toString());
    }

    @Test
    void whatIsPublishedKnowsItsAddress() {
        JsonNode step = steps().filter(s -> s.path("run").asString("").contains("--base-url"))
                .findFirst().orElseThrow();

        assertEquals(workflow.at("/jobs/publish/if").asString(), step.path("if").asString());
        assertEquals("https://owner.github.io/My-Site", address(step, "Owner/My-Site"));
        assertEquals("https://owner.github.io/", address(step, "Owner/Owner.github.io"));
    }

    @Test
    void everyActionIsPinnedToACommit() {
        List<String> actions = steps().map(step -> step.path("uses").asString("")).filter(a -> !a.isEmpty()).toList();

        assertFalse(actions.isEmpty());
        actions.forEach(action -> assertTrue(action.matches("actions/[a-z-]+@[0-9a-f]{40}"), action));
    }

    @Test
    void onlyWhatPublishesMayWriteAndOnlyFromMain() {
        JsonNode publish = workflow.at("/jobs/publish");

        assertEquals("{\"contents\":\"read\"}", workflow.path("permissions").toString());
        assertTrue(workflow.at("/jobs/build/permissions").isMissingNode());
        assertEquals("{\"pages\":\"write\",\"id-token\":\"write\"}", publish.path("permissions").toString());
        assertEquals("github.event_name == 'push' && github.ref == 'refs/heads/main'", publish.path("if").asString());
    }

    /// What the step, run by a shell, gives as the address.
    private static String address(JsonNode step, String repository) {
        try {
            String script = step.path("run").asString().replace("./jbang build.java pdf --base-url", "echo");
            var builder = new ProcessBuilder("bash", "-e", "-c", script).redirectErrorStream(true);
            builder.environment().putAll(Map.of("GITHUB_REPOSITORY", repository,
                    "GITHUB_REPOSITORY_OWNER", repository.replaceFirst("/.*", "")));
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<JsonNode> steps() {
        return workflow.path("jobs").valueStream().flatMap(job -> job.path("steps").valueStream());
    }
}
