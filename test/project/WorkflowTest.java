package project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engine.Home;
import java.util.List;
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

    private Stream<JsonNode> steps() {
        return workflow.path("jobs").valueStream().flatMap(job -> job.path("steps").valueStream());
    }
}
