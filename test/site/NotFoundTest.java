package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The page that a server shows below any address.
class NotFoundTest {
    @TempDir Path folder;

    @Test
    void itsLinksLeadToTheSiteAtTheServersRoot() throws IOException {
        assertLinksLeadTo("/", write());
    }

    @Test
    void whoPublishesSaysWhereElseTheSiteBegins() throws Exception {
        Path site = write();
        JsonNode workflow = YAMLMapper.builder().build().readTree(Path.of(".github/workflows/site.yml").toFile());
        String step = workflow.at("/jobs/build/steps").valueStream().map(s -> s.path("run").asString(""))
                .filter(run -> run.contains("404.html")).findFirst().orElseThrow();
        var shell = new ProcessBuilder("bash", "-e", "-c", step).directory(folder.toFile()).inheritIO();
        shell.environment().put("BASE", "/a-repository/");
        assertEquals(0, shell.start().waitFor());
        assertLinksLeadTo("/a-repository/", site);
    }

    private Path write() {
        Path site = folder.resolve("site");
        Fixture.site().write(site, Fixture.TEMPLATES);
        return site;
    }

    private static void assertLinksLeadTo(String base, Path site) throws IOException {
        Document page = Jsoup.parse(Files.readString(site.resolve("404.html")), "https://x.y" + base + "no/such/page");
        List<String> leads = Stream.concat(page.select("[href]:not(base)").eachAttr("abs:href").stream(),
                page.select("[src]").eachAttr("abs:src").stream()).toList();
        assertTrue(leads.contains("https://x.y" + base + "index.html"));
        assertTrue(leads.contains("https://x.y" + base + "lesson02.html"));
        for (String link : leads) {
            String path = URI.create(link).getPath();
            if (!link.startsWith("https://x.y")) continue; // elsewhere
            assertTrue(path.startsWith(base), link);
            assertTrue(Files.isRegularFile(site.resolve(path.substring(base.length()))), link); // `#text` would be a folder
        }
    }
}
